import { createHash } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { childAcceptor } from '../../../accepting/accept.ts';
import { shortlistAcceptor } from '../../../accepting/accept-shortlist.ts';
import { bookingIdMaker } from '../../../accepting/keyed-hashes.ts';
import type { AcceptingSettings } from '../../../accepting/settings.ts';
import type { ActivityDependencies } from '../../../activities/dependencies.ts';
import type { ShortlistActivities } from '../../../activities/interface.ts';
import { lookAtShortlists } from '../../../activities/look-shortlists.ts';
import { shortlist } from '../../../activities/shortlist.ts';
import { resumeShortlist, type ShortlistRuns } from '../../../delivery/resume-shortlist.ts';
import { tellParent } from '../../../delivery/tell-parent.ts';
import { CHANNELS } from '../../../domain/channels.ts';
import { callIdOf, FIRST_INBOUND } from '../../../domain/ids.ts';
import { iso } from '../../../domain/iso.ts';
import { lostEnd } from '../../../domain/lost-run.ts';
import type { BookingInput } from '../../../domain/order.ts';
import { viewOf } from '../../../domain/render.ts';
import { shortlistRequestSchema } from '../../../domain/schemas/shortlist.ts';
import type { BookingView } from '../../../domain/view.ts';
import type { Records } from '../../../records/interface.ts';
import type { StoredShortlist } from '../../../records/ports/shortlists.ts';
import { DIAL_QUEUES } from '../../support/escalation.ts';
import { Agenda } from '../agenda.ts';
import { OWN } from '../circumstances.ts';
import { BOOKING_ID } from '../input.ts';
import { NEVER, resumesAt } from '../schedule.ts';
import { beginningOf, Child, HOUR } from './child.ts';
import { Engine } from './engine.ts';
import type { ShortlistPlan } from './plan.ts';
import { reachable, type Store } from './store.ts';

const MINUTE = 60_000;
const LONGEST_MS = 21 * 24 * HOUR;
/** A halted shortlist that nobody reviews is left alone after so long. */
const LEFT_ALONE_MS = 3 * HOUR;
const DATE = '2027-01-20';
const TIME = '16:00';

/** A product with a bug; the simulator's checks must see it. */
export interface Bug {
  activities?: (real: ShortlistActivities) => ShortlistActivities;
  records?: (real: Records) => Records;
}

/** A shortlist played to its end, with the truth about all its bookings. */
export interface Played {
  plan: ShortlistPlan;
  beginning: number;
  children: Child[];
  stored: StoredShortlist | undefined;
  events: Awaited<ReturnType<Records['shortlistEventsAfter']>>;
  /** The client's messages that came through, by their ids. */
  told: { id: string; body: string }[];
  /** The client's cancel was answered. */
  canceledAt?: number;
  erased: Set<string>;
  /** Nothing more is to come by itself. */
  isQuiet: boolean;
  injected: Map<string, number>;
  story: { at: number; text: string }[];
  broke?: string;
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const settled = (answer: unknown) => ({ answer });
const failed = (error: Error) => ({ error });
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const environment = new MockActivityEnvironment({ attempt: 1 });
/** The activities as a worker runs them. A failure inside of the environment would be logged. */
const inContext = (real: ShortlistActivities): ShortlistActivities =>
  Object.fromEntries(
    Object.entries(real).map(([name, run]: [string, (input: never) => Promise<unknown>]) => [
      name,
      async (input: never) => {
        const ended = await environment.run(() => run(input).then(settled, failed));
        const { answer, error } = ended as { answer?: unknown; error?: Error };
        if (error) throw error;
        return answer;
      },
    ]),
  ) as unknown as ShortlistActivities;
const idOf = bookingIdMaker(Buffer.from('simulated'));
const hash = (text: string): string => createHash('sha1').update(text).digest('hex');

export class ShortlistWorld {
  readonly played: Played;
  readonly engine: Engine;
  readonly children = new Map<string, Child>();
  now: number;
  private readonly agenda = new Agenda();
  private readonly plan: ShortlistPlan;
  private readonly records: Records;
  private readonly settings: AcceptingSettings;
  private readonly activities: ShortlistActivities;
  private readonly deps: ActivityDependencies;
  private readonly runs: ShortlistRuns;
  /** Events that come from outside, and are still to come. */
  private outstanding = 0;
  private turns = { fate: 0, start: 0, signal: 0, client: 0 };
  private id = '';

  constructor(plan: ShortlistPlan, store: Store, bug: Bug = {}) {
    this.plan = plan;
    this.now = beginningOf(plan);
    this.played = {
      plan,
      beginning: this.now,
      children: [],
      stored: undefined,
      events: [],
      told: [],
      erased: new Set(),
      isQuiet: false,
      injected: new Map(),
      story: [],
    };
    const records = reachable(store.records, () => this.isAway(this.now));
    this.records = bug.records ? bug.records(records) : records;
    const { dropUnstartedOf } = this.records;
    this.records = new Proxy(this.records, {
      get: (target, name) =>
        name === 'dropUnstartedOf'
          ? async (id: string) => {
              await dropUnstartedOf(id);
              await this.noteDropped();
            }
          : target[name as keyof Records],
    });
    const { from_hour, to_hour } = plan.window;
    const calling_window = { from: from_hour * 60, to: to_hour * 60 };
    this.settings = {
      booking: {
        reconcile_seconds: 90,
        settle_seconds: 120,
        calling_window,
        available: [...CHANNELS],
        dial_queues: DIAL_QUEUES,
      },
      accounts: OWN,
      providersAreLocal: true,
      phoneHash: hash,
      bookingIdOf: idOf,
    };
    this.engine = new Engine({
      now: () => this.now,
      plan: (at, run) => this.agenda.plan(at, () => this.due(run)),
      awake: (at) => this.awake(at),
      activities: undefined as never,
      nextFate: () => plan.fates[this.turns.fate++] ?? 'none',
      lateMs: plan.late_ms,
      count: (what) => this.count(what),
      tell: (text) => this.tell(text),
    });
    this.runs = {
      standing: async () => this.engine.standing(),
      resume: async (input, carried) => {
        this.count('run resumed');
        this.engine.resume(input, carried);
      },
    };
    this.deps = {
      ...({} as ActivityDependencies),
      accounts: OWN,
      callingWindow: calling_window,
      records: this.records,
      phoneHash: hash,
      phoneHashes: (phone) => [hash(phone)],
      callbacks: { post: async (message) => this.hears(message) },
      children: {
        accept: childAcceptor({
          records: this.records,
          gateway: { start: async (input) => this.startBooking(input) },
          settings: this.settings,
          counted: () => undefined,
          now: () => this.now,
        }),
        cancel: async (id) => this.cancelBooking(id),
      },
      childEnded: async (_, id) => this.signalEnd(id),
      shortlistRuns: this.runs,
      alarms: { raise: () => undefined },
      log: silent,
      clock: { now: () => this.now, sleep: async () => undefined },
    };
    const told = inContext(shortlist(this.deps));
    this.activities = bug.activities ? bug.activities(told) : told;
    (this.engine as unknown as { around: { activities: ShortlistActivities } }).around.activities = this.activities;
  }

  count(what: string): void {
    this.played.injected.set(what, (this.played.injected.get(what) ?? 0) + 1);
  }

  tell(text: string): void {
    this.played.story.push({ at: this.now, text });
  }

  private isAway(at: number): boolean {
    const away = resumesAt(this.plan.database_outages, this.played.beginning, at) > at;
    if (away) this.count('database away');
    return away;
  }

  private awake(at: number): number {
    const t = resumesAt(this.plan.standstills, this.played.beginning, at);
    if (t > at) this.count('standstill');
    return t;
  }

  private pending: Promise<void> | undefined;
  private due(run: () => void | Promise<void>): void {
    const work = run();
    if (work) this.pending = work;
  }

  /** Something from outside, until it could be done. */
  private outside(at: number, what: string, run: () => void | Promise<void>): void {
    this.outstanding += 1;
    const attempt = async (): Promise<void> => {
      try {
        await run();
        this.outstanding -= 1;
      } catch (error) {
        if (!(error instanceof Error) || !/away|did not answer/.test(error.message)) throw error;
        this.tell(`${what} has to wait: ${error.message}`);
        this.agenda.plan(this.now + MINUTE, () => this.due(attempt));
      }
    };
    this.agenda.plan(at, () => this.due(attempt));
  }

  private hears({ id, body }: { id: string; body: string }) {
    if (this.turns.client++ < this.plan.client_fails) {
      this.count('client fails');
      return { status: 503 };
    }
    this.tell(`the client is told: ${id}`);
    this.played.told.push({ id, body });
    return { status: 200 };
  }

  private signalEnd(bookingId: string): void {
    const fate = this.plan.signals[this.turns.signal++] ?? 'on_time';
    if (fate !== 'on_time') this.count(`signal ${fate}`);
    if (fate === 'lost') throw new Error('Temporal did not answer');
    const signal = () => void this.engine.signal((run) => run.childEnded(bookingId));
    if (fate === 'late') this.agenda.plan(this.now + 10 * MINUTE, signal);
    else signal();
    if (fate === 'twice') this.agenda.plan(this.now + MINUTE, signal);
  }

  private startBooking({ order }: BookingInput): void {
    const fate = this.plan.starts[this.turns.start++] ?? 'none';
    if (fate !== 'none') this.count(`start ${fate}`);
    if (fate === 'refused') throw new Error('Temporal did not answer');
    if (!this.children.has(order.id)) {
      const { candidate } = order.shortlist!;
      const earlier = this.played.children.filter((one) => one.candidate === candidate).length;
      const child = new Child(order, this.plan, earlier + 1, this.now);
      this.children.set(order.id, child);
      this.played.children.push(child);
      this.tell(`${order.id} asks candidate ${candidate}`);
      this.count(order.escalation.simulation.enabled ? 'simulation' : earlier > 0 ? 'asked once more' : 'asked');
      this.follow(child);
    }
    if (fate === 'answer_lost') throw new Error('Temporal did not answer');
  }

  /** A run whose row was dropped finds itself on no record, and dials no more. */
  private async noteDropped(): Promise<void> {
    for (const child of this.played.children) {
      if (child.recorded || (await this.records.booking(child.id))) continue;
      child.cancel(this.now);
      child.recorded = true;
      this.count('booking dropped');
      this.tell(`${child.id} is on no record any more`);
    }
  }

  /** Waits for the end of a booking. A cancel changes it. */
  private follow(child: Child): void {
    const { run } = child;
    if (!Number.isFinite(child.overAt)) {
      this.played.broke = `${child.id} never ends: ${run.broke}`;
      return;
    }
    const isLost = run.outcome === null || run.ended_at === undefined || run.gone_at! < run.ended_at;
    // A lost run is found by the hourly look.
    const at = isLost ? Math.ceil(child.overAt / HOUR) * HOUR + 1_000 : child.overAt;
    this.outside(at, `the end of ${child.id}`, async () => {
      if (child.run !== run || child.recorded) return;
      await this.end(child, isLost);
    });
  }

  private async end(child: Child, isLost: boolean): Promise<void> {
    const { state } = child.run;
    const stored = await this.records.booking(child.id);
    const { id, order } = child;
    const played = JSON.stringify(viewOf(state!)).replaceAll(BOOKING_ID, id);
    const own = { ...(JSON.parse(played) as BookingView), shortlist: order.shortlist };
    const view = isLost ? lostEnd({ ...own, status: 'in_progress', outcome: null }, false, undefined, this.now) : own;
    const result = view.outcome!.result;
    if (stored)
      await this.records.saveSnapshot({
        version: 1_000,
        view: { ...view, updated_at: iso(this.now) },
        events: [{ key: 'final', event: { type: 'final', at: iso(this.now), outcome: view.outcome! } }],
      });
    child.recorded = true;
    child.result = result;
    child.endedAt = this.now;
    this.tell(`${id} ends: ${result}`);
    this.count(`booking ${result}`);
    await tellParent({ id, shortlist: order.shortlist }, { childEnded: this.deps.childEnded, log: silent });
    this.planAfter(child);
  }

  /** What people do once the booking has its outcome. */
  private planAfter(child: Child): void {
    const { review, ring_back, erase_after_ms } = this.plan.candidates[child.candidate - 1]!;
    const quiet = Math.max(this.now, ...child.legs.map(({ ended_at }) => ended_at ?? this.now));
    if (ring_back && child.rang && child.result !== 'confirmed' && child.result !== 'do_not_call')
      this.outside(this.now + ring_back.after_ms, 'a ring-back', () => this.ringBack(child, ring_back.says));
    if (review && child.result === 'needs_review')
      this.outside(quiet + review.after_ms, 'a review', () => this.review(child, review.result));
    if (erase_after_ms < NEVER)
      this.outside(this.now + erase_after_ms, 'an erasure', async () => {
        if ((await this.records.beginErasure(child.id, { at: iso(this.now) })) !== 'begun') return;
        await this.records.forgetBooking(child.id);
        this.played.erased.add(child.id);
        child.erasedAt = this.now;
        this.count('booking erased');
        this.tell(`${child.id} is erased`);
      });
  }

  private async review(child: Child, result: 'confirmed' | 'declined'): Promise<void> {
    const at = iso(this.now);
    const given =
      result === 'confirmed'
        ? { confirmed_date: DATE, confirmed_time: TIME }
        : { confirmed_date: null, confirmed_time: null };
    const decision = { result, ...given, notes: null };
    const added = await this.records.addReview({ booking_id: child.id, decision, by: 'Olga', at, key: 'k' });
    if (added.how === 'refused') return;
    child.reviews.push({ at: this.now, result });
    this.count(`review ${result}`);
    this.tell(`${child.id} is reviewed: ${result}`);
    await tellParent(
      { id: child.id, shortlist: child.order.shortlist },
      { childEnded: this.deps.childEnded, log: silent },
    );
  }

  /** As activities/follow-up.ts concludes it: repeated until the shortlist's run knows. */
  private async ringBack(child: Child, says: 'gives' | 'doubtful' | 'nothing'): Promise<void> {
    const call_id = callIdOf(child.id, FIRST_INBOUND);
    const report =
      says === 'nothing' ? null : ({ result: 'confirmed', confirmed_date: DATE, confirmed_time: TIME } as const);
    const proof = says === 'gives' ? ({ level: 'claimed', date: null, time: null, agreement: null } as const) : null;
    const noted = await this.records.noteFollowUp(child.id, { at: iso(this.now), call_id, report, proof });
    if (noted) {
      child.rangBack = { at: this.now, says };
      this.count(`rings back: ${says}`);
      this.tell(`the business of ${child.id} rings back: ${says}`);
      const { review } = this.plan.candidates[child.candidate - 1]!;
      if (review && says === 'doubtful')
        this.outside(this.now + review.after_ms + 1, 'a review', () => this.review(child, review.result));
    }
    if (child.rangBack) this.signalEnd(child.id);
  }

  private cancelBooking(id: string) {
    const child = this.children.get(id);
    if (!child) return { answer: 'not_found' as const };
    if (child.recorded || !child.cancel(this.now)) return { answer: 'final' as const };
    this.tell(`${id} is canceled`);
    this.follow(child);
    return { answer: 'accepted' as const };
  }

  private request() {
    const { plan } = this;
    const { decide_by_ms, native, bridge, callback } = plan;
    return shortlistRequestSchema.parse({
      candidates: plan.candidates.map(({ zone, opening_hours }, i) => ({
        business: {
          name: `Dentista ${i + 1}`,
          phone: `+5411432102${String(i).padStart(2, '0')}`,
          timezone: zone,
          ...(opening_hours.length > 0 && { opening_hours }),
        },
      })),
      request: { service_type: 'dentista', user_name: 'Mauro' },
      escalation: { native, bridge, simulation: { enabled: plan.simulation }, callback },
      ...(decide_by_ms < NEVER && { decide_by: iso(this.played.beginning + decide_by_ms) }),
      ...(plan.has_callback_url && { callback_url: 'http://127.0.0.1:9/hook' }),
    });
  }

  /** As `POST /v1/shortlists` does it, with one key. */
  private async post(): Promise<void> {
    const accept = shortlistAcceptor({
      records: this.records,
      gateway: { startShortlist: async (input) => this.engine.start(input) },
      settings: this.settings,
      now: () => this.now,
    });
    const accepted = await accept({ request: this.request(), owner: 'owner', key: `seed ${this.plan.seed}` });
    if (!('view' in accepted)) throw new Error(`the shortlist is not accepted: ${JSON.stringify(accepted)}`);
    if (this.id !== '') {
      this.count('the same request again');
      if (accepted.view.id !== this.id) this.played.broke = 'the same request makes another shortlist';
    }
    this.id = accepted.view.id;
  }

  /** As `POST /v1/shortlists/{id}/cancel` does it. */
  private async cancel(): Promise<void> {
    const { records, runs } = this;
    const bookings = await records.cancelShortlist(this.id, iso(this.now));
    if (!bookings) return;
    if (this.plan.cancel_lost && !this.played.injected.has('cancel lost')) {
      this.count('cancel lost');
      throw new Error('Temporal did not answer');
    }
    const answer = this.engine.signal((run) => run.cancel());
    for (const { order, view } of bookings) if (!view.outcome) this.cancelBooking(order.id);
    if (answer === 'not_found') await resumeShortlist(this.id, { records, runs, now: () => this.now });
    this.played.canceledAt = this.now;
    this.count('canceled by the client');
    this.tell('the client cancels');
  }

  private async look(): Promise<void> {
    await lookAtShortlists(this.deps, this.runs, { fresh_ms: 5_000 }).catch((error: Error) => {
      if (!/away/.test(error.message)) throw error;
    });
    this.agenda.plan(this.now + HOUR, () => this.due(() => this.look()));
  }

  private planOutside(): void {
    const { plan } = this;
    const { beginning } = this.played;
    this.outside(beginning, 'the request', () => this.post());
    const later = (ms: number, what: string, run: () => void | Promise<void>): void => {
      if (ms < NEVER)
        this.outside(beginning + Math.max(ms, 1_000), what, async () => (this.id === '' ? undefined : run()));
    };
    later(plan.cancel_at_ms, 'the cancel', () => this.cancel());
    later(plan.repeated_at_ms, 'the repeated request', () => this.post());
    for (const ms of plan.gone_at_ms) later(ms, 'the end of the run', () => this.engine.terminate());
    for (const { at_ms, back_ms } of plan.set_backs)
      later(at_ms, 'an older store', () => this.engine.setBack(this.now - back_ms));
    this.agenda.plan(beginning + HOUR, () => this.due(() => this.look()));
  }

  async play(): Promise<Played> {
    const { played } = this;
    this.planOutside();
    const end = this.now + LONGEST_MS;
    let alone = Infinity;
    while (this.agenda.next <= end && played.broke === undefined) {
      const item = this.agenda.take()!;
      this.now = Math.max(this.now, item.at);
      item.run();
      const { pending } = this;
      this.pending = undefined;
      await pending;
      await tick();
      const waitsForNobody = this.outstanding === 0 && this.engine.state?.asking === undefined;
      const rests = this.engine.isRunning && waitsForNobody && this.isHalted;
      if (this.outstanding === 0 && this.hasEnd) break;
      if (!rests) alone = Infinity;
      else if (alone === Infinity) alone = this.now;
      else if (this.now > alone + LEFT_ALONE_MS) break;
    }
    played.isQuiet = this.agenda.next <= end;
    return played;
  }

  private get hasEnd(): boolean {
    const standing = this.engine.standing();
    return standing.is === 'gone' && standing.end !== undefined;
  }

  private get isHalted(): boolean {
    return (this.engine.state?.candidates ?? []).some(({ ending }) => ending?.result === 'needs_review');
  }

  /** What `GET` and the events say in the end. */
  async read(store: Store): Promise<void> {
    this.played.stored = await store.records.shortlist(this.id);
    this.played.events = await store.records.shortlistEventsAfter(this.id, 0, 1_000);
  }
}

/** Plays one plan on emptied records. */
export async function playShortlist(plan: ShortlistPlan, store: Store, bug?: Bug): Promise<Played> {
  store.empty();
  const world = new ShortlistWorld(plan, store, bug);
  try {
    await world.play();
    await world.read(store);
  } catch (error) {
    world.played.broke = (error as Error).stack ?? String(error);
  }
  return world.played;
}
