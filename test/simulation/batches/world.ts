import { childAcceptor } from '../../../accepting/accept.ts';
import { bookingIdMaker } from '../../../accepting/keyed-hashes.ts';
import type { AcceptingSettings } from '../../../accepting/settings.ts';
import type { ActivityDependencies } from '../../../activities/dependencies.ts';
import { look } from '../../../activities/look.ts';
import { retention } from '../../../activities/retention.ts';
import type { Accounts } from '../../../domain/accounts.ts';
import { parseCallId } from '../../../domain/ids.ts';
import { numbersOfLine, sameLine } from '../../../domain/same-line.ts';
import type { Artifacts, Records } from '../../../records/interface.ts';
import { mindOnce } from '../../../worker/mind-places.ts';
import { elevenlabs } from '../../activities/world.ts';
import { DIAL_QUEUES } from '../../support/escalation.ts';
import { Engine } from './engine.ts';
import { Disaster, House, WORKERS, type Work } from './house.ts';
import type { Memory } from './memory.ts';
import { Phones } from './phones.ts';
import type { CallPlan, RowPlan, Schedule } from './schedule.ts';
import { Temporal } from './temporal.ts';
import { Timeline } from './timeline.ts';
import { Truth } from './truth.ts';

export const START = Date.parse('2026-11-23T15:00:00.000Z');
export const OWNER = 'owner';
const ACCOUNTS: Accounts = {
  mode: 'live',
  twilio: `AC${'0'.repeat(32)}`,
  elevenlabs: 'agent_1',
  played: false,
  caller: '+15005550006',
};
const WINDOW = { from: 0, to: 1440 };
/** The two workers look in turn. */
const MIND_MS = 30_000;
const HOUR_MS = 3_600_000;
const bookingIdOf = bookingIdMaker(Buffer.from('simulated'));

const artifacts = { remove: async () => undefined, list: async () => [] } as unknown as Artifacts;
const QUIET_CALL: CallPlan = { end: 'talks', result: 'declined', rings_ms: 3_000, talks_ms: 20_000 };

/** A change of the records, of Temporal, or of the acceptance, as a bug would make it. */
export interface Mutation {
  records?: (records: Records, memory: Memory) => Partial<Records>;
  deps?: (deps: ActivityDependencies) => Partial<ActivityDependencies>;
}

export const phoneOf = ({ line, kind }: Pick<RowPlan, 'line' | 'kind'>): string => {
  if (kind === 'invalid') return '+54 12';
  return kind === 'abroad' ? `+5982900${1_000 + line}` : `+54114321${1_000 + line}`;
};

/** Everything that lives in one schedule. */
export class World {
  readonly timeline: Timeline;
  readonly house: House;
  readonly engine: Engine;
  readonly phones: Phones;
  readonly temporal: Temporal;
  readonly truth: Truth;
  readonly schedule: Schedule;
  readonly memory: Memory;
  /** Messages that reached the client, by id. */
  readonly posted: string[] = [];
  readonly settings: AcceptingSettings;
  readonly #records: Records;
  readonly #mutation: Mutation;
  readonly #calls = new Map<string, CallPlan[]>();

  constructor(schedule: Schedule, memory: Memory, mutation: Mutation = {}) {
    this.schedule = schedule;
    this.memory = memory;
    this.#mutation = mutation;
    this.timeline = new Timeline(START, () => this.house.isBusy());
    this.house = new House(this.timeline, schedule);
    memory.begin(() => this.timeline.now);
    this.#records = { ...memory.records, ...mutation.records?.(memory.records, memory) };
    this.phones = new Phones(this.timeline, schedule.seed);
    this.engine = new Engine(
      this.timeline,
      this.house,
      (work) => this.depsOf(work),
      (error) => this.truth.failed(error),
    );
    this.temporal = new Temporal(this.engine, this.house, this.phones, schedule);
    this.truth = new Truth(this);
    this.phones.rings = (call) => this.truth.dialed(call);
    this.house.did = (done) => this.truth.saw(done);
    this.settings = {
      booking: {
        reconcile_seconds: 90,
        settle_seconds: 30,
        calling_window: WINDOW,
        available: ['native'],
        dial_queues: DIAL_QUEUES,
        calls_queue: 'calls',
      },
      accounts: ACCOUNTS,
      phoneHash: (phone) => `hash-of-${sameLine(phone)}`,
      bookingIdOf,
    };
    for (const row of schedule.batches.flatMap(({ rows }) => rows)) this.#calls.set(row.key, row.calls);
    for (const { row } of schedule.singles) this.#calls.set(row.key, row.calls);
    for (const command of schedule.commands)
      if (command.do === 'append') for (const row of command.rows) this.#calls.set(row.key, row.calls);
  }

  /** Countries that may be called now. */
  get countries(): string[] | undefined {
    const barred = this.schedule.blows.find((blow) => blow.do === 'bar_country');
    return barred && this.timeline.now >= START + barred.at_ms ? ['AR'] : undefined;
  }

  recordsOf(work: Work): Records {
    return this.house.reaching(work, 'database', this.#records);
  }

  /** Everything that a process works with. */
  depsOf(work: Work): ActivityDependencies {
    const records = this.recordsOf(work);
    const gateway = this.temporal.gateway(work);
    const now = (): number => this.timeline.now;
    const accept = childAcceptor({
      records,
      gateway,
      settings: { ...this.settings, allowedCountries: this.countries },
      counted: () => undefined,
      now,
    });
    const log = { info: () => undefined, error: () => undefined, warn: (fields: object) => this.truth.warned(fields) };
    const deps: ActivityDependencies = {
      accounts: ACCOUNTS,
      callingWindow: WINDOW,
      allowedCountries: this.countries,
      elevenlabs: elevenlabs({ dial: (dial) => this.#dial(work, dial.call_id, dial.order.business.phone) }),
      records,
      artifacts,
      callbacks: { post: ({ id }) => this.#post(work, id) },
      forgetRuns: (ids) => this.temporal.forgetRuns(work, ids),
      stillWanted: (run, callId) => this.temporal.stillWanted(work, callId, run.workflowId),
      lineHanded: (id) => this.temporal.lineHanded(work, id),
      childEnded: gateway.childEnded,
      children: {
        accept,
        cancel: gateway.cancel,
      },
      batches: this.temporal.batches(work),
      runs: this.temporal.runs(work),
      callsAtOnce: { twilio: this.schedule.calls_at_once, elevenlabs: this.schedule.calls_at_once },
      booking: this.settings.booking,
      phoneHash: this.settings.phoneHash,
      phoneHashes: (phone) => numbersOfLine(phone).map((number) => `hash-of-${number}`),
      log,
      alarms: { raise: () => undefined },
      clock: { now, sleep: (ms) => this.timeline.sleep(ms) },
    };
    return { ...deps, ...this.#mutation.deps?.(deps) };
  }

  async #dial(work: Work, call_id: string, phone: string) {
    const { bookingId, n } = parseCallId(call_id)!;
    const { order } = this.temporal.bookings.get(bookingId)!.state.input;
    const batch = order.batch;
    const plans = this.#calls.get(batch?.key ?? order.metadata.key ?? '') ?? [];
    const plan = plans[n - 1] ?? plans.at(-1) ?? QUIET_CALL;
    const placed_at = this.truth.placedAt(call_id);
    try {
      return await this.house.operate(work, 'provider', 'dial', [call_id], () =>
        this.phones.dial({ call_id, booking_id: bookingId, phone, batch, placed_at }, plan),
      );
    } catch (error) {
      if (work.dead) throw error;
      const message = String(error);
      const was = message.includes('answer') ? ('unknown' as const) : ('not_sent' as const);
      return { proves: was, problem: { code: 'x', message } };
    }
  }

  async #post(work: Work, id: string) {
    try {
      return await this.house.operate(work, 'provider', 'post', [id], () => {
        this.posted.push(id);
        return { status: 200 };
      });
    } catch (error) {
      if (work.dead) throw error;
      return { error: String(error) };
    }
  }

  /** The work that processes do by themselves, and the blows that hit them. */
  begin(): void {
    for (const [i, place] of WORKERS.entries()) this.timeline.plan((i * MIND_MS) / 2, () => this.#mind(place));
    this.#hourly();
    for (const blow of this.schedule.blows) {
      this.timeline.at(blow.at_ms, () => {
        if (blow.do === 'bar_country') return this.house.note('country barred');
        if (blow.do === 'kill') {
          this.house.note(`${blow.place} killed`);
          return this.house.kill(blow.place);
        }
        const id = this.truth.idOf(blow.batch, blow.row);
        if (id !== undefined && this.engine.end(id))
          this.house.note(blow.row === undefined ? 'run of a batch lost' : 'run of a booking lost');
      });
    }
  }

  /** Skipped while nobody has, or waits for, a line or a place: then there is nothing to find. */
  #mind(place: string): void {
    this.timeline.plan(MIND_MS, async () => {
      this.#mind(place);
      const [some] = this.memory.all(
        'select 1 from lines union all select 1 from slots union all select 1 from line_waiters limit 1',
      );
      if (!some || !this.house.isUp(place)) return;
      const work = this.house.begin(place);
      void mindOnce(this.depsOf(work), this.timeline.now).finally(() => this.house.end(work));
    });
  }

  #hourly(): void {
    this.engine.start('hourly', 'hourly', async (run) => {
      const times = { start_ms: 1_200_000, heartbeat_ms: 30_000, most: 10 };
      for (;;) {
        await this.timeline.sleep(HOUR_MS);
        const input = { retention_days: null, limit: 100 };
        const begun = await this.engine
          .activity(run, times, (deps) => retention(deps).beginDueErasures(input))
          .catch((error) => this.truth.failed(error));
        for (const id of begun ?? []) void this.temporal.eraseBooking(id);
        await this.engine
          .activity(run, times, (deps) => look(deps).lookOver())
          .catch((error) => this.truth.failed(error));
      }
    });
  }
}

export const isDisaster = (error: unknown): boolean =>
  error instanceof Disaster ||
  (error instanceof Error && (isDisaster(error.cause) || /was lost|failed$/.test(error.message)));
