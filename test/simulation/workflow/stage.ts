import { CLOSED } from '../../../domain/circuit.ts';
import type { DialOnRecord, Evidence } from '../../../domain/evidence.ts';
import { parseCallId } from '../../../domain/ids.ts';
import type { ElevenLabsAgents, PhoneDial, TwilioVoice } from '../../../providers/interface.ts';
import type { Records, StoredBooking } from '../../../records/interface.ts';
import { elevenlabs, twilio } from '../../activities/world.ts';
import { inputOf } from '../input.ts';
import type { Run } from '../run.ts';
import type { DialPlan, Schedule } from '../schedule.ts';
import { World } from '../world.ts';

const HOUR = 3_600_000;
/** After the outcome the world is watched on for so long. */
const AFTERMATH_MS = 30 * HOUR;

/** What is to be told to the booking's workflow. */
export type Message = { signal: 'cancel' } | { signal: 'evidence'; evidence: Evidence };

/** A zone in which it is that hour now. */
function zoneAt(hour: number, now: number): string {
  let offset = hour - new Date(now).getUTCHours();
  if (offset > 12) offset -= 24;
  if (offset < -12) offset += 24;
  return offset === 0 ? 'Etc/UTC' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

/** One booking's world, with the faces that the real activities know: two providers' clients and the records. */
export class Stage {
  readonly run: Run;
  readonly world: World;
  /** What is due to be told, in order. */
  readonly outbox: Message[] = [];
  private readonly claimed = new Map<string, DialOnRecord>();
  private held: { now: number; real: number } | undefined;
  /** Tells the courier that the world has changed. */
  changed: () => void = () => undefined;

  constructor(schedule: Schedule, now: number, id: string, taskQueue: string) {
    const input = inputOf(schedule, now, id, zoneAt(schedule.starts_at_hour, now));
    input.settings.dial_queues = { native: taskQueue, bridge: taskQueue };
    this.world = new World(schedule, now, id, (evidence) => void this.outbox.push({ signal: 'evidence', evidence }));
    this.run = {
      schedule,
      input,
      start: now,
      world: this.world,
      acts: [],
      dials: [],
      simulations: [],
      line_waits: [],
      reconciled: [],
      outcome: null,
      outcomes: 0,
    };
    if (schedule.cancel_at_ms < AFTERMATH_MS) {
      this.world.agenda.plan(now + schedule.cancel_at_ms, () => {
        if (this.run.ended_at !== undefined) return;
        this.world.count('canceled by the client');
        this.world.tell('the client cancels');
        this.outbox.push({ signal: 'cancel' });
      });
    }
  }

  /** Nothing goes on: time was skipped since it was last asked, and that it is only while every task and activity is done. */
  isQuiet(): boolean {
    const since = this.held;
    this.held = { now: this.world.now, real: performance.now() };
    if (!since) return false;
    const quiet = this.held.now - since.now > this.held.real - since.real + 300;
    if (quiet) this.held = undefined;
    return quiet;
  }

  tell(word: string): void {
    this.run.acts.push({ at: this.world.now, word });
    this.world.tell(`  we ${word}`);
  }

  planOf(callId: string): DialPlan {
    return this.world.planOf(parseCallId(callId)!.n);
  }

  private dial(channel: 'native' | 'bridge', { call_id, ring_seconds, max_call_seconds }: PhoneDial) {
    const { n } = parseCallId(call_id)!;
    const { result } = this.world.dial({ n, channel, ring_seconds, max_call_seconds });
    this.changed();
    if (this.world.planOf(n).fault.startsWith('process_died')) throw new Error('the process died');
    return result;
  }

  private hangUp(callSid: string, mode: 'cancel' | 'complete') {
    const { result } = this.world.hangUp(callSid, mode);
    this.changed();
    return result;
  }

  readonly twilio: TwilioVoice = twilio({
    dial: async (dial) => this.dial('bridge', dial),
    call: async (callSid) => this.world.call(callSid),
    callsTo: async (_phone, since) => this.world.callsTo(Date.parse(since)),
    hangUp: async (callSid, mode) => this.hangUp(callSid, mode),
    takeLeave: async (callSid) => this.hangUp(callSid, 'complete'),
  });

  readonly elevenlabs: ElevenLabsAgents = elevenlabs({
    dial: async (dial) => this.dial('native', dial),
    conversation: async (id) => this.world.conversation(id),
    conversationsOf: async (_booking, since) => this.world.conversationsOf(Date.parse(since)),
  });

  /** The database, as the last look before a dial finds it. */
  recordsFor(plan: DialPlan | undefined): Records {
    const guard = plan?.guard ?? 'none';
    if (guard !== 'none') this.world.count(`guard ${guard}`);
    const { input } = this.run;
    const row = { order: input.order, view: { outcome: null }, accounts: undefined, sandbox: false } as StoredBooking;
    const records: Partial<Records> = {
      booking: async () => row,
      claimDial: async ({ call_id }) => {
        const at = new Date(this.world.now).toISOString();
        const before = this.claimed.get(call_id);
        if (before) return { how: 'dialed', dials: [before] };
        this.claimed.set(call_id, { call_id, channel: 'native', at });
        return { how: 'claimed' };
      },
      evidence: async () => [],
      isForbidden: async () => {
        if (guard === 'database_down') throw new Error('the database is out of reach');
        return this.world.isForbidden(this.world.now);
      },
      takeLine: async () => ({ taken: guard !== 'line_lost', of_key: 1 }),
      hasBridge: async () => guard !== 'no_bridge',
      saveSnapshot: async () => [],
      findAttempt: async () => undefined,
      circuit: async () => CLOSED,
      changeCircuit: async (_provider, change) => ({ before: CLOSED, after: change(CLOSED) }),
      putTranscript: async () => undefined,
      addEvidence: async () => undefined as never,
      claimFor: async () => undefined,
      linkAttempt: async (callId) => void this.world.linked.add(parseCallId(callId)!.n),
    };
    return records as Records;
  }

  /** The world goes on without the booking, to see what outlives it. */
  aftermath(): Run {
    this.world.runUntil(this.world.now + AFTERMATH_MS);
    return this.run;
  }
}
