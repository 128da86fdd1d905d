import { isOpen } from '../../domain/calling-window.ts';
import type { PhoneChannel } from '../../domain/channels.ts';
import { isStillWanted } from '../../domain/decide.ts';
import type { DialResult, SkipReason } from '../../domain/evidence.ts';
import { callIdOf } from '../../domain/ids.ts';
import { policyOf } from '../../domain/policy.ts';
import type { CoreRun, Running } from './core.ts';
import type { Run } from './run.ts';
import type { GuardFault } from './schedule.ts';

const problem = (code: string) => ({ code, message: code.replaceAll('_', ' ') });
const skipped = (reason: SkipReason): DialResult => ({ proves: 'skipped', reason });
const later = (code: string, retry_after_ms: number): DialResult => ({
  proves: 'deferred',
  retry_after_ms,
  problem: problem(code),
});

/** As activities/guard/last-instant.ts has it. */
const MAX_LOOKING_MS = 20_000;
/** As workflows/steps.ts has it. */
const MAX_QUEUE_MS = 600_000;
const LEAST_QUEUE_MS = 60_000;
/** A worker that is gone is noticed by its missing heartbeat. */
const HEARTBEAT_MS = 10_000;

export interface DialOrder {
  n: number;
  channel: PhoneChannel;
  not_after: number;
  /** Attempts that the workflow knew of when it asked for the dial. */
  known: readonly number[];
}

/** One dial of the core's, by the rules of activities/guard/: the first checks, the last question, the claim, the request. */
export class CoreDial {
  private readonly run: CoreRun;
  private readonly one: Running;
  private readonly order: DialOrder;
  private readonly entry: Run['dials'][number];
  private readonly ended: (result: DialResult) => void;
  private began = 0;

  constructor(run: CoreRun, one: Running, order: DialOrder, ended: (result: DialResult) => void) {
    this.run = run;
    this.one = one;
    this.order = order;
    this.entry = { n: order.n, channel: order.channel, decided_at: run.world.now };
    this.ended = (result) => {
      this.entry.result = result;
      run.act(
        `learn that dial ${order.n} proves ${result.proves}${'reason' in result ? ` (${result.reason})` : ''}${one.orphan ? ', for a run that is not there any more' : ''}`,
      );
      ended(result);
    };
    const again = run.run.dials.some((dial) => dial.n === order.n);
    this.guard = again ? 'none' : this.plan.guard;
    run.run.dials.push(this.entry);
  }

  private get world() {
    return this.run.world;
  }

  private get plan() {
    return this.world.planOf(this.order.n);
  }

  /** What the look finds, the first time that this number is dialed: a run that was set back finds another world. */
  private readonly guard: GuardFault;

  private get callId(): string {
    return callIdOf(this.world.bookingId, this.order.n);
  }

  /** The clock of the machine that the activities run on. */
  private get workerClock(): number {
    return this.run.clock + this.run.run.schedule.worker_skew_ms;
  }

  /** Waits in its provider's queue. A cancel ends the wait at once; a dial that no worker takes in time times out. */
  start(turnMs: number): void {
    if (turnMs > 0) this.world.count('dial waits for its turn');
    const most = Math.max(Math.min(MAX_QUEUE_MS, this.order.not_after - this.run.clock), LEAST_QUEUE_MS);
    const timesOutAt = this.world.now + most;
    // When its turn comes, all processes may stand still.
    const begin = (): void => (this.world.now >= timesOutAt ? this.ended(this.noting('not_taken')) : this.look());
    const wait = (left: number): void => {
      if (this.one.stopped) this.run.after(0, () => this.ended(skipped('canceled')));
      else if (left <= 0 || this.world.now >= timesOutAt) this.run.after(0, begin);
      else this.world.agenda.plan(this.world.now + Math.min(left, 1_000), () => wait(left - 1_000));
    };
    this.run.after(20, () => wait(turnMs));
  }

  /** Goes on later, unless its process has died by then: then only the missing heartbeat tells. */
  private later(at: number, next: () => void): void {
    const from = this.world.now;
    if (at === from) next();
    else this.run.ours(at, () => (this.world.circumstances.diedBetween(from, this.world.now) ? this.die() : next()));
  }

  private die(): void {
    this.world.count('dial dies with its process');
    this.run.after(HEARTBEAT_MS, () => this.ended({ proves: 'unknown', problem: problem('process_died') }));
  }

  /** Ends it where there is a reason. */
  private isStopped(reason: DialResult | undefined): boolean {
    if (reason) this.ended(reason);
    return reason !== undefined;
  }

  private look(): void {
    this.began = this.workerClock;
    if (this.isStopped(this.firstLook())) return;
    // A workflow that is asked takes in first what came while nothing ran.
    this.later(this.world.now + this.plan.looks_ms, () => this.run.after(0, () => this.ask()));
  }

  private reasonByTheClock(): DialResult | undefined {
    const { order } = this.run.run.input;
    const { fences } = this.run;
    const calling_window = fences.window(this.world);
    if (!isOpen(fences.hours(calling_window, order), order.zones, this.workerClock)) {
      return { proves: 'skipped', reason: 'outside_window', calling_window };
    }
    if (!fences.isInTime(order, this.workerClock)) return skipped('outside_window');
    return this.workerClock > this.order.not_after ? skipped('too_late') : undefined;
  }

  private firstLook(): DialResult | undefined {
    const { guard, world, run } = this;
    if (this.one.stopped) return skipped('canceled');
    if (world.circumstances.isDatabaseAway(world.now)) {
      world.count('database away before a dial');
      return later('records_unreachable', HEARTBEAT_MS);
    }
    if (!run.fences.isOnRecord(world.database)) return this.noting('not_on_record');
    if (!run.mayAct) return this.noting('other_accounts');
    if (run.fences.isBarred(world)) return this.noting('number_barred');
    const byTheClock = this.reasonByTheClock();
    if (byTheClock) return byTheClock;
    if (guard !== 'none') world.count(`guard ${guard}`);
    if (guard === 'database_down') return later('records_unreachable', HEARTBEAT_MS);
    if (world.database.forbidden) return skipped('do_not_call');
    if (guard === 'line_lost') return skipped('line_lost');
    if (guard === 'no_bridge' && this.order.channel === 'bridge') return later('no_bridge', 30_000);
    return undefined;
  }

  private noting(reason: SkipReason): DialResult {
    this.world.count(`dial skipped: ${reason}`);
    return skipped(reason);
  }

  private reasonAtTheLastInstant(): DialResult | undefined {
    if (this.one.stopped) return skipped('canceled');
    if (this.workerClock - this.began > MAX_LOOKING_MS) {
      this.world.count('dial looked too long');
      return later('looked_too_long', HEARTBEAT_MS);
    }
    return this.reasonByTheClock();
  }

  private reasonByTheWorkflow(): DialResult | undefined {
    if (!this.run.fences.hasRun(this.one.orphan)) return skipped('canceled');
    return isStillWanted(this.run.state, this.callId, this.run.clock) ? undefined : skipped('canceled');
  }

  private ask(): void {
    if (this.isStopped(this.reasonAtTheLastInstant() ?? this.reasonByTheWorkflow())) return;
    this.entry.asked_at = this.world.now;
    if (this.guard === 'forbidden_meanwhile') this.world.forbid('do-not-call between look and claim');
    if (this.guard === 'reset_meanwhile') this.run.resetInMidDial(this.order.n);
    this.later(this.world.now + this.plan.claims_ms, () => {
      if (!this.isStopped(this.claim())) this.send();
    });
  }

  private claim(): DialResult | undefined {
    const { order, world, run } = this;
    if (world.circumstances.isDatabaseAway(world.now)) return later('records_unreachable', HEARTBEAT_MS);
    const at = new Date(this.workerClock).toISOString();
    const request = { call_id: this.callId, channel: order.channel, known: order.known, at };
    const claimed = run.fences.claim(world.database, request, world.now);
    if (claimed.how === 'forbidden') return skipped('do_not_call');
    if (claimed.how === 'not_on_record') return this.noting('not_on_record');
    if (claimed.how === 'rung_back') {
      world.count('dial skipped: rung_back');
      return { proves: 'skipped', reason: 'rung_back', inbound: claimed.inbound };
    }
    if (claimed.how === 'dialed') {
      world.count('dial was on record already');
      return { proves: 'unknown', problem: problem('stores_disagree'), dialed: claimed.dials };
    }
    run.claimed(order.n, this.one);
    const tooLate = this.reasonAtTheLastInstant();
    if (tooLate) {
      world.count('dial claimed too late');
      world.database.unclaim(this.callId, world.now);
    }
    return tooLate;
  }

  private send(): void {
    const { n, channel } = this.order;
    const { ring_seconds, max_call_seconds } = policyOf(this.run.run.input.order, channel);
    const { result, at } = this.world.dial({ n, channel, ring_seconds, max_call_seconds });
    this.later(at, () => this.ended(result.proves === 'deferred' ? { ...result, left: true } : result));
  }
}
