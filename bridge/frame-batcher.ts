import type { Clock } from './clock.ts';
import type { FrameWriter } from './frame-writer.ts';

/** `auto`: only while the process is busy. Sending two 20 ms frames together halves the system calls. */
export type BatchingMode = 'auto' | 'on' | 'off';

const TICK_MS = 5;
/** A frame that waits this long (the next one should have come after 20 ms) is sent alone. */
const MAX_TICKS = 5;
const LOOK_EVERY_MS = 1000;
/** Share of a core that the media thread uses: joining begins after some readings above the first, and ends below the second. */
const BUSY = 0.75;
const BUSY_LOOKS = 3;
const CALM = 0.45;
/** Base64 of slightly more than 20 ms. A longer message is not a frame at the phone network's pace, and is never held back. */
const MAX_BASE64 = 320;

export interface Load {
  /** Share of a core that this thread has used since the last reading. */
  busy(): number;
}

/** Processor time rather than wall time: a thread that others displace is not busy itself. */
function systemLoad(): Load {
  let last = process.threadCpuUsage();
  let at = performance.now();
  return {
    busy() {
      const { user, system } = process.threadCpuUsage(last);
      const passed = performance.now() - at;
      last = process.threadCpuUsage();
      at += passed;
      return (user + system) / 1000 / passed;
    },
  };
}

/**
 * Joins frames under load: every first frame waits for the next one of its stream, at most one frame's time, and one write sends both. Uses
 * one timer for all streams of the process, and only while it joins.
 */
export class FrameBatcher {
  readonly #clock: Clock;
  readonly #writers = new Map<FrameWriter, number>();
  readonly #stopLooking: () => void;
  #tick = 0;
  #stopTicking: (() => void) | undefined;

  constructor(mode: BatchingMode, clock: Clock, load: Load = systemLoad()) {
    this.#clock = clock;
    if (mode === 'on') this.#begin();
    let busyLooks = 0;
    const look = (): void => {
      const busy = load.busy();
      busyLooks = busy > BUSY ? busyLooks + 1 : 0;
      if (!this.active && busyLooks >= BUSY_LOOKS) this.#begin();
      else if (this.active && busy < CALM) this.#end();
    };
    this.#stopLooking = mode === 'auto' ? clock.every(LOOK_EVERY_MS, look) : () => {};
  }

  get active(): boolean {
    return this.#stopTicking !== undefined;
  }

  /** Sends a frame through a writer, at once or together with the next one. */
  send(writer: FrameWriter, message: Buffer, start: number, end: number): void {
    if (!this.active || writer.holds || end - start > MAX_BASE64) {
      writer.send(message, start, end);
      return;
    }
    writer.hold(message, start, end);
    this.#writers.set(writer, this.#tick);
  }

  /** Releases a writer that is not used any more. */
  forget(writer: FrameWriter): void {
    this.#writers.delete(writer);
  }

  stop(): void {
    this.#stopLooking();
    this.#end();
  }

  #begin(): void {
    this.#stopTicking ??= this.#clock.every(TICK_MS, () => {
      this.#tick++;
      for (const [writer, since] of this.#writers) {
        if (writer.holds && this.#tick - since > MAX_TICKS) writer.flush();
      }
    });
  }

  #end(): void {
    this.#stopTicking?.();
    this.#stopTicking = undefined;
    for (const writer of this.#writers.keys()) writer.flush();
    this.#writers.clear();
  }
}
