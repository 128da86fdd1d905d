import type { FileHandle } from 'node:fs/promises';
import type { TranscriptDigest } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import type { BookingOrder } from '../domain/order.ts';
import { talkContext } from '../domain/talk-context.ts';
import { digestOf } from '../providers/transcript.ts';
import type { StoredTurn } from '../records/ports/events.ts';
import type { SaidFrame } from './agent-frames.ts';
import { CallRecorder } from './call-recorder.ts';
import type { BridgeContext } from './context.ts';
import { ofCall, reasonOf } from './log.ts';
import { type LeftRecording, StereoWav } from './stereo-wav.ts';
import { Transcript } from './transcript.ts';
import { TurnStore } from './turn-store.ts';

/** What is kept of one call's talk, over all of its streams: the turns and the recording. */
export class Talk {
  readonly recorder: CallRecorder | undefined;
  readonly #callId: string;
  readonly #context: BridgeContext;
  #path: string;
  readonly #turns: TurnStore;
  readonly #transcript: Transcript;
  /** When the call's first stream began, Unix ms. */
  readonly #beganAt: number;
  #kept: Promise<void> | undefined;

  /** `prior`: turns of this call that are stored already; `resumed`: another process had its first streams. */
  constructor(setup: { callId: string; context: BridgeContext; prior: StoredTurn[]; resumed: boolean }) {
    const { callId, context, prior, resumed } = setup;
    const { clock, records, log, recording } = context;
    this.#callId = callId;
    this.#context = context;
    this.#turns = new TurnStore({ records, callId, clock, log });
    const began = clock.now();
    const before = prior.at(-1)?.at_seconds ?? 0;
    this.#beganAt = clock.date().getTime() - before * 1000;
    this.#transcript = new Transcript({
      seconds: () => before + (clock.now() - began) / 1000,
      store: (turn) => this.#turns.add(turn),
      before: prior,
      final: 'next_turn',
    });
    this.#path = `recordings/${callId}/${clock.date().toISOString().replace(/\D/g, '')}.wav`;
    if (recording) {
      const wav = new StereoWav(this.#openFile(resumed), ofCall(log, callId), (bytes) => void this.#enter(bytes));
      this.recorder = new CallRecorder(wav, () => clock.now());
    }
  }

  said(turn: SaidFrame): void {
    if (turn.type === 'agent_said') this.#transcript.announced('agent', turn.text);
    else if (turn.type === 'agent_corrected') this.#transcript.corrected('agent', turn.original, turn.text);
    else this.#transcript.heard('business', turn.text);
  }

  /** The agent was interrupted when this part of its words had been heard. */
  cutOff(heard: number): void {
    this.#transcript.cutOff('agent', heard);
  }

  turns(): StoredTurn[] {
    return this.#transcript.turns();
  }

  digest(): TranscriptDigest {
    return this.#transcript.digest();
  }

  /** What was agreed over all of its streams, once everything is stored: read by the turns that are kept. */
  async conclusion(order: BookingOrder): Promise<TranscriptDigest> {
    const context = talkContext(order, this.#beganAt);
    const kept = await this.#keptTurns();
    return kept ? digestOf(kept, context) : this.#transcript.digest(context);
  }

  /** Stores what was said so far; resolves when it is stored. Never rejects. */
  flush(): Promise<void> {
    this.#transcript.close();
    return this.#turns.written();
  }

  /** Brings this part of a talk to an end that goes on elsewhere: the recording there is the one that counts. */
  async abandon(): Promise<void> {
    await Promise.all([this.flush(), this.recorder?.abandon()]);
  }

  /** Brings turns and recording to an end; resolves when they are stored. Never rejects; safe to repeat. */
  keep(): Promise<void> {
    this.#kept ??= this.#keepAll();
    return this.#kept;
  }

  async #keepAll(): Promise<void> {
    this.#transcript.close();
    await Promise.all([this.#turns.written(), this.#keepRecording()]);
  }

  async #keepRecording(): Promise<void> {
    const { counters } = this.#context;
    const bytes = await this.recorder?.finish();
    for (let lost = this.recorder?.lost ?? 0; lost > 0; lost--) counters.drop('recording');
    if (bytes !== undefined) await this.#enter(bytes);
  }

  /** The recording that another process has begun, where its file can be reached; else a new one. */
  async #openFile(resumed: boolean): Promise<FileHandle | LeftRecording> {
    const { records, artifacts, clock, log } = this.#context;
    const known = resumed ? await records.recording(parseCallId(this.#callId)?.bookingId ?? '') : undefined;
    if (known?.call_id !== this.#callId) return artifacts.create(this.#path);
    try {
      const { file, bytes, written_ms } = await artifacts.extend(known.path);
      this.#path = known.path;
      return { file, bytes, gapMs: clock.date().getTime() - written_ms };
    } catch (error) {
      log.warn({ call_id: this.#callId, reason: reasonOf(error) }, 'the recording so far cannot be gone on with');
      return artifacts.create(this.#path);
    }
  }

  /** Where another process had a part of the talk, their places may differ from those here. Undefined: not (all) there. */
  async #keptTurns(): Promise<StoredTurn[] | undefined> {
    const { records, log } = this.#context;
    try {
      const kept = await records.turnsOf(this.#callId);
      return kept.length >= this.turns().length ? kept : undefined;
    } catch (error) {
      log.warn({ call_id: this.#callId, reason: reasonOf(error) }, 'could not read back the turns of a talk');
      return undefined;
    }
  }

  /** As soon as there is something to hear, so that what a crash leaves behind is found; and at the end. */
  async #enter(bytes: number): Promise<void> {
    const { records, log } = this.#context;
    try {
      await records.putRecording({ call_id: this.#callId, path: this.#path, content_type: 'audio/wav', bytes });
    } catch (error) {
      log.error({ call_id: this.#callId, reason: reasonOf(error) }, 'the recording was not entered in the records');
    }
  }
}
