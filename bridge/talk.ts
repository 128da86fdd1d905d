import type { FileHandle } from 'node:fs/promises';
import type { TranscriptDigest } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import type { LineAct } from '../domain/line-acts.ts';
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

/** The stored parts of one call's talk, over all of its streams: turns and recording. */
export class Talk {
  readonly recorder: CallRecorder | undefined;
  readonly #callId: string;
  readonly #context: BridgeContext;
  #path: string;
  readonly #turns: TurnStore;
  readonly #transcript: Transcript;
  /** Unix milliseconds at which the call's first stream began. */
  readonly #beganAt: number;
  #kept: Promise<void> | undefined;

  /** @param setup `prior`: stored turns of this call; `resumed`: its first streams were in another process */
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

  /** The agent did this on the line. */
  acted(act: LineAct): void {
    this.#transcript.acted(act);
  }

  /** The agent was interrupted after this part of its words. */
  cutOff(heard: number): void {
    this.#transcript.cutOff('agent', heard);
  }

  turns(): StoredTurn[] {
    return this.#transcript.turns();
  }

  digest(): TranscriptDigest {
    return this.#transcript.digest();
  }

  /** The agreement over all streams, after everything is stored. It is read from the stored turns. */
  async conclusion(order: BookingOrder): Promise<TranscriptDigest> {
    const context = talkContext(order, this.#beganAt);
    const kept = await this.#keptTurns();
    return kept ? digestOf(kept, context) : this.#transcript.digest(context);
  }

  /** Stores the words so far. Resolves when they are stored. Never rejects. */
  flush(): Promise<void> {
    this.#transcript.close();
    return this.#turns.written();
  }

  /** Ends this part of a talk that continues elsewhere: the recording there counts. */
  async abandon(): Promise<void> {
    await Promise.all([this.flush(), this.recorder?.abandon()]);
  }

  /** Completes turns and recording. Resolves when they are stored. Never rejects; may be repeated. */
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

  /** The recording that another process began, where its file is reachable; else a new one. */
  async #openFile(resumed: boolean): Promise<FileHandle | LeftRecording> {
    const { records, artifacts, clock, log } = this.#context;
    const known = resumed ? await records.recording(parseCallId(this.#callId)?.bookingId ?? '') : undefined;
    if (known?.call_id !== this.#callId) return artifacts.create(this.#path);
    try {
      const { file, bytes, written_ms } = await artifacts.extend(known.path);
      this.#path = known.path;
      return { file, bytes, gapMs: clock.date().getTime() - written_ms };
    } catch (error) {
      log.warn({ call_id: this.#callId, reason: reasonOf(error) }, 'could not continue the recording');
      return artifacts.create(this.#path);
    }
  }

  /** Another process may have hosted a part of the talk, so turns may have other places than here. Undefined: not (all) stored. */
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

  /** Called at the first audio, so that a crash leaves a findable file; and at the end. */
  async #enter(bytes: number): Promise<void> {
    const { records, log } = this.#context;
    try {
      await records.putRecording({ call_id: this.#callId, path: this.#path, content_type: 'audio/wav', bytes });
    } catch (error) {
      log.error({ call_id: this.#callId, reason: reasonOf(error) }, 'could not store the recording’s entry');
    }
  }
}
