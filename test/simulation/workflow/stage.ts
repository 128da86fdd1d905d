import { mayAct } from '../../../domain/accounts.ts';
import { isPhoneChannel, type PhoneChannel } from '../../../domain/channels.ts';
import type { Evidence } from '../../../domain/evidence.ts';
import { isFollowUp } from '../../../domain/follow-up.ts';
import { parseCallId } from '../../../domain/ids.ts';
import type { AttemptStatus, AttemptView, BookingView } from '../../../domain/view.ts';
import type { ElevenLabsAgents, PhoneDial, TwilioVoice } from '../../../providers/interface.ts';
import { elevenlabs, twilio } from '../../activities/world.ts';
import { dialQueuesAt } from '../../support/escalation.ts';
import { inputOf } from '../input.ts';
import { outboundIn } from '../ring-back.ts';
import type { Run } from '../run.ts';
import { type DialPlan, NEVER, type Schedule } from '../schedule.ts';
import { isAlive } from '../truth.ts';
import { World } from '../world.ts';

const HOUR = 3_600_000;
/** As records/inbound.ts has it. */
const ALIVE: readonly AttemptStatus[] = ['dialing', 'unknown', 'ringing', 'in_progress'];
/** After the outcome the world is watched on for so long. */
const AFTERMATH_MS = 30 * HOUR;

/** What is to be told to the booking's workflow. */
export type Message = { signal: 'cancel' } | { signal: 'line_handed' } | { signal: 'evidence'; evidence: Evidence };

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
  private held: { now: number; real: number } | undefined;
  /** The booking's row, as its workflow has written it, and when. */
  private rows: { at: number; view: BookingView }[] = [];
  /** Calls of the business that have a run of their own. */
  readonly followUps = new Set<string>();
  private whenGone: () => void = () => undefined;
  /** Tells the courier that the world has changed. */
  changed: () => void = () => undefined;

  constructor(wanted: Schedule, now: number, id: string, taskQueue: string) {
    // What the test server cannot do: it resets no runs, and a run that is terminated has no end to wait for.
    const schedule: Schedule = { ...wanted, resets: [], gone_at_ms: NEVER };
    const input = inputOf(schedule, now, id, zoneAt(schedule.starts_at_hour, now));
    input.settings.dial_queues = dialQueuesAt(taskQueue);
    this.world = new World(schedule, now, id, (evidence) => void this.outbox.push({ signal: 'evidence', evidence }));
    this.world.zone = input.order.zones[0]!;
    this.world.follows = true;
    this.world.outbound = () =>
      outboundIn(
        this.world,
        this.attempts
          .filter(({ channel, direction }) => isPhoneChannel(channel) && direction === 'outbound')
          .map(({ call_id, call_sid, conversation_id, status }) => ({
            call_id,
            alive: ALIVE.includes(status),
            named: status !== 'dialing' || call_sid !== null || conversation_id !== null,
            answered: status === 'in_progress',
          })),
      );
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
      resets: [],
      exact: false,
      audited: [],
      outcome: null,
      outcomes: 0,
      followed: [],
    };
    for (const { back_ms, ...anchor } of schedule.older_databases) {
      this.world.circumstances.whenDue(anchor, () => this.restore(back_ms));
    }
    if (schedule.cancel_at_ms < AFTERMATH_MS) {
      this.world.agenda.plan(now + schedule.cancel_at_ms, () => {
        if (this.run.ended_at !== undefined) return;
        this.world.count('canceled by the client');
        this.world.tell('the client cancels');
        this.outbox.push({ signal: 'cancel' });
      });
    }
  }

  /** The engine remembers all dials; what was forbidden stays. */
  private restore(backMs: number): void {
    const { world } = this;
    world.count('database older');
    const to = Math.max(world.now - backMs, world.forbidden_at ?? -Infinity);
    world.database.restore(to);
    this.rows = this.rows.filter(({ at }) => at <= to);
    if (!world.database.accepted) world.count('booking’s row lost');
  }

  private get attempts(): AttemptView[] {
    return this.rows.at(-1)?.view.attempts ?? [];
  }

  write(view: BookingView): void {
    this.rows.push({ at: this.world.now, view });
  }

  /** As delivery/deliver.ts has it. */
  isFollowUp(evidence: Evidence): boolean {
    return this.run.outcome !== null && isFollowUp({ attempts: this.attempts }, evidence);
  }

  private get callersAreGone(): boolean {
    const { legs, rings_back_at, now } = this.world;
    return (rings_back_at === undefined || rings_back_at < now) && legs.every((leg) => !leg.inbound || !isAlive(leg));
  }

  /** Resolves when whoever calls after the outcome has called and hung up, and all word of it has come. */
  callersGone(): Promise<void> {
    return new Promise((resolve) => {
      this.whenGone = resolve;
      this.lookForCallers();
    });
  }

  lookForCallers(): void {
    if (this.outbox.length === 0 && this.callersAreGone) this.whenGone();
  }

  /** This process may act for the booking. */
  get mayAct(): boolean {
    const { accounts, sandbox } = this.run.input.settings;
    return mayAct(this.world.circumstances.accountsAt(this.world.now), accounts, sandbox);
  }

  /** Once the other booking gives the number free, its line is this one's. */
  awaitLine(): void {
    const { world, run } = this;
    world.agenda.plan(world.freeAgainAt(world.now), () => {
      if (run.ended_at !== undefined || run.line_waits.at(-1)?.to !== Infinity) return;
      world.count('line handed over');
      this.outbox.push({ signal: 'line_handed' });
    });
    this.changed();
  }

  lineHanded(): void {
    const open = this.run.line_waits.at(-1);
    if (open?.to === Infinity) open.to = this.world.now;
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

  /** Over what a call was claimed, which its request to Twilio does not say. */
  private claimed(callId: string): PhoneChannel {
    return this.world.database.dials().find(({ call_id }) => call_id === callId)!.channel;
  }

  private dial(channel: PhoneChannel, { call_id, ring_seconds, max_call_seconds }: PhoneDial) {
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
    dial: async (dial) => this.dial(this.claimed(dial.call_id), dial),
    call: async (callSid) => this.world.call(callSid),
    callsTo: async (_phone, since) => this.world.callsTo(Date.parse(since)),
    hangUp: async (callSid, mode) => this.hangUp(callSid, mode),
    hangUpWithGoodbye: async (callSid) => this.hangUp(callSid, 'complete'),
    limit: async () => undefined,
  });

  readonly elevenlabs: ElevenLabsAgents = elevenlabs({
    dial: async (dial) => this.dial('native', dial),
    conversation: async (id) => this.world.conversation(id),
    conversationsOf: async (_booking, since) => this.world.conversationsOf(Date.parse(since)),
  });

  /** The world goes on without the booking, to see what outlives it. */
  aftermath(): Run {
    this.world.runUntil(this.world.now + AFTERMATH_MS);
    return this.run;
  }
}
