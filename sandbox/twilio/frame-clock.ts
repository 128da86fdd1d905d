const FRAME_MS = 20;

/** Called for each due 20 ms of a stream; false when no more are wanted. */
type Frame = () => boolean;

/**
 * One clock for all streams. Each stream gets as many frames as the time since its begin requires, so that none drifts however late the
 * timer is.
 */
class FrameClock {
  private readonly streams = new Map<Frame, { began: number; sent: number }>();
  private timer: NodeJS.Timeout | undefined;

  add(frame: Frame): void {
    this.streams.set(frame, { began: performance.now(), sent: 0 });
    this.timer ??= setInterval(() => this.tick(), FRAME_MS / 2);
  }

  remove(frame: Frame): void {
    this.streams.delete(frame);
    if (this.streams.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private tick(): void {
    const now = performance.now();
    for (const [frame, stream] of this.streams) {
      const due = Math.floor((now - stream.began) / FRAME_MS);
      while (stream.sent < due && this.streams.has(frame)) {
        stream.sent++;
        if (!frame()) this.remove(frame);
      }
    }
  }
}

export const frameClock = new FrameClock();
