import { PHONE_AUDIO } from '../domain/audio-format.ts';
import type { AgentSession, AgentSocket } from './agent-socket.ts';
import { type Converter, converter } from './codec/convert.ts';
import { SILENCE } from './codec/mulaw.ts';

/** 20 ms of phone audio. */
export const FRAME_BYTES = 160;
/** Two minutes of speech in advance are not a conversation. */
const MAX_QUEUED = 8000 * 120;

/**
 * Voice and ear of one agent of a duet. Its speech comes faster than real time and waits here as phone audio, to be taken frame by frame.
 */
export class DuetVoice {
  readonly #queue: { audio: Buffer; eventId: number }[] = [];
  #queued = 0;
  #voidThrough = -1;
  #spoke = false;
  #toPhone: Converter | undefined;
  #fromPhone: Converter | undefined;
  #ready = false;

  get ready(): boolean {
    return this.#ready;
  }

  /** True when the agent has spoken at all. */
  get spoke(): boolean {
    return this.#spoke;
  }

  /** True when all speech so far was taken. */
  get silent(): boolean {
    return this.#queued === 0;
  }

  joined(session: AgentSession): void {
    this.#toPhone = converter(session.output, PHONE_AUDIO);
    this.#fromPhone = converter(PHONE_AUDIO, session.input);
    this.#ready = true;
  }

  /** Base64 in the agent's output format. */
  says(payload: string, eventId: number): void {
    if (eventId <= this.#voidThrough || this.#queued > MAX_QUEUED) return;
    const bytes = Buffer.from(payload, 'base64');
    const audio = this.#toPhone?.convert(bytes) ?? bytes;
    if (audio.length === 0) return;
    this.#queue.push({ audio, eventId });
    this.#queued += audio.length;
    this.#spoke = true;
  }

  interrupted(eventId: number): void {
    this.#voidThrough = Math.max(this.#voidThrough, eventId);
    const kept = this.#queue.filter((piece) => piece.eventId > this.#voidThrough);
    this.#queue.splice(0, this.#queue.length, ...kept);
    this.#queued = kept.reduce((total, { audio }) => total + audio.length, 0);
  }

  /** The next 20 ms of speech, padded with silence. */
  frame(): Buffer {
    const frame = Buffer.alloc(FRAME_BYTES, SILENCE);
    let filled = 0;
    while (filled < FRAME_BYTES && this.#queue.length > 0) {
      const piece = this.#queue[0]!;
      const taken = piece.audio.copy(frame, filled, 0, FRAME_BYTES - filled);
      filled += taken;
      if (taken === piece.audio.length) this.#queue.shift();
      else piece.audio = piece.audio.subarray(taken);
    }
    this.#queued -= filled;
    return frame;
  }

  /** Sends 20 ms of phone audio to its agent. */
  hear(agent: AgentSocket, frame: Buffer): void {
    if (this.#ready) agent.hear((this.#fromPhone?.convert(frame) ?? frame).toString('base64'));
  }
}
