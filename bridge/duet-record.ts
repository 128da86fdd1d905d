import type { TranscriptDigest } from '../domain/evidence.ts';
import type { BookingOrder } from '../domain/order.ts';
import { talkContext } from '../domain/talk-context.ts';
import type { Artifacts } from '../records/interface.ts';
import type { EventRecords } from '../records/ports/events.ts';
import type { SaidFrame } from './agent-frames.ts';
import type { Clock } from './clock.ts';
import { type BridgeLog, ofCall, reasonOf } from './log.ts';
import { StereoWav } from './stereo-wav.ts';
import { Transcript } from './transcript.ts';
import { TurnStore } from './turn-store.ts';

/** Frames that are written together: half a second. */
const BATCH = 25;

/** Records a duet: the turns of both agents, and both voices in stereo, the business on the left. */
export class DuetRecord {
  readonly #callId: string;
  readonly #records: Pick<EventRecords, 'addTurn' | 'putTranscript' | 'putRecording'>;
  readonly #log: BridgeLog;
  readonly #clock: Clock;
  readonly #turns: TurnStore;
  readonly #transcript: Transcript;
  readonly #path: string;
  readonly #wav: StereoWav | undefined;
  #business: Buffer[] = [];
  #agent: Buffer[] = [];
  #began: number;
  #receptionistAnnounces = false;

  constructor(setup: {
    callId: string;
    records: Pick<EventRecords, 'addTurn' | 'putTranscript' | 'putRecording'>;
    artifacts: Pick<Artifacts, 'create'>;
    clock: Clock;
    log: BridgeLog;
    recording?: boolean;
  }) {
    const { callId, records, artifacts, clock, log } = setup;
    this.#callId = callId;
    this.#records = records;
    this.#log = log;
    this.#clock = clock;
    this.#began = clock.now();
    this.#turns = new TurnStore({ records, callId, clock, log });
    this.#transcript = new Transcript({
      seconds: () => (clock.now() - this.#began) / 1000,
      store: (turn) => this.#turns.add(turn),
      final: 'own_next_turn',
    });
    this.#path = `recordings/${callId}/${clock.date().toISOString().replace(/\D/g, '')}.wav`;
    if (setup.recording ?? true) this.#wav = new StereoWav(artifacts.create(this.#path), ofCall(log, callId));
  }

  /** Starts the time of both voices. */
  begin(): void {
    this.#began = this.#clock.now();
  }

  callerSaid(turn: SaidFrame): void {
    if (turn.type === 'agent_said') this.#transcript.announced('agent', turn.text);
    else if (turn.type === 'agent_corrected') this.#transcript.corrected('agent', turn.original, turn.text);
    // The caller's understanding, unless the receptionist's socket announces its own words.
    else if (!this.#receptionistAnnounces) this.#transcript.heard('business', turn.text);
  }

  receptionistSaid(turn: SaidFrame): void {
    if (turn.type === 'agent_said') {
      this.#receptionistAnnounces = true;
      this.#transcript.announced('business', turn.text);
    } else if (turn.type === 'agent_corrected') this.#transcript.corrected('business', turn.original, turn.text);
  }

  /** Records 20 ms of both voices, 8 kHz mu-law. */
  frame(business: Buffer, agent: Buffer): void {
    this.#business.push(business);
    this.#agent.push(agent);
    if (this.#business.length >= BATCH) this.#flush();
  }

  /** Stores everything. Resolves to what was agreed. Never rejects. */
  async keep(order: BookingOrder): Promise<TranscriptDigest> {
    this.#transcript.close();
    this.#flush();
    const [bytes] = await Promise.all([this.#wav?.close(), this.#turns.written()]);
    const turns = this.#transcript.turns();
    try {
      if (turns.length > 0) await this.#records.putTranscript(this.#callId, turns, 'attempt');
      if (bytes !== undefined) {
        const recording = { call_id: this.#callId, path: this.#path, content_type: 'audio/wav', bytes };
        await this.#records.putRecording(recording);
      }
    } catch (error) {
      this.#log.error({ call_id: this.#callId, reason: reasonOf(error) }, 'could not store a simulation in full');
    }
    return this.#transcript.digest(talkContext(order, this.#clock.date().getTime()));
  }

  #flush(): void {
    if (this.#business.length > 0) this.#wav?.append(Buffer.concat(this.#business), Buffer.concat(this.#agent));
    this.#business = [];
    this.#agent = [];
  }
}
