import { decodeMulaw } from './codec/mulaw.ts';

/** 20 ms of 8 kHz mu-law. */
const FRAME_BYTES = 160;
const FRAME_MS = 20;
/** Mean amplitude of a frame, of 32,767: above the hiss of a line, below soft speech. */
const LOUD = 300;
/** Speech so far makes a hello; a knock or a click does not last. */
const HELLO_MS = 120;
/** Longer than the pauses inside a greeting's words, and short enough that the callee does not say it again. */
const QUIET_MS = 300;

function meanAmplitude(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += Math.abs(decodeMulaw(bytes[at]!));
  return sum / (to - from);
}

/** Tells by loudness alone when the callee has said its hello. */
export class Hello {
  #loudMs = 0;
  #quietMs = 0;

  /** Takes the callee's next audio, 8 kHz mu-law. True once it has spoken and fallen silent. */
  hear(bytes: Uint8Array): boolean {
    for (let at = 0; at < bytes.length; at += FRAME_BYTES) {
      const loud = meanAmplitude(bytes, at, Math.min(at + FRAME_BYTES, bytes.length)) >= LOUD;
      if (loud) this.#loudMs += FRAME_MS;
      this.#quietMs = loud ? 0 : this.#quietMs + FRAME_MS;
      if (this.#loudMs >= HELLO_MS && this.#quietMs >= QUIET_MS) return true;
    }
    return false;
  }
}
