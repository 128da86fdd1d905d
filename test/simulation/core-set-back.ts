import { knownNumbers } from '../../domain/admission.ts';
import type { Fact } from '../../domain/fact.ts';
import { isInboundNumber, parseCallId } from '../../domain/ids.ts';
import { callsOf, isPhone } from '../../domain/leg.ts';
import type { BookingState } from '../../domain/state.ts';
import type { CoreRun } from './core.ts';
import type { CoreTasks } from './core-tasks.ts';
import type { Reset } from './schedule.ts';

/** What the engine keeps of what it was told: a signal, or a cancel. */
interface Signal {
  at: number;
  fact: Fact;
  /** How many points the run had passed when it took it in. */
  taken_after?: number;
  lost: boolean;
}

/** A moment that the run can be set back to. */
interface Point {
  at: number;
  state: BookingState;
}

const isDialing = (state: BookingState, n: number): boolean =>
  callsOf(state).some((one) => one.n === n && one.leg === 'dialing');

/**
 * The engine's store and the database, each of which may become an older one. As long as its assumption holds (one store remembers),
 * neither is set back over what the other has lost already.
 */
export class SetBacks {
  /** Dials that were written down for the run that is there now. */
  readonly claimants = new Set<number>();
  private readonly run: CoreRun;
  private readonly tasks: CoreTasks;
  private readonly signals: Signal[] = [];
  private readonly history: Point[] = [];
  /** Dials that an older database has lost. */
  private readonly lostClaims = new Set<number>();

  constructor(run: CoreRun, tasks: CoreTasks) {
    this.run = run;
    this.tasks = tasks;
  }

  private get world() {
    return this.run.world;
  }

  plan(): void {
    const { agenda, circumstances, schedule } = this.world;
    for (const { back_ms, retold, in_flight, afterwards, ...anchor } of schedule.resets) {
      circumstances.whenDue(anchor, () => {
        const before = this.world.now - back_ms;
        this.to(({ at }) => at <= before, { retold, in_flight });
        if (afterwards === 'cancel') agenda.plan(this.world.now + 500, () => this.run.cancel());
        if (afterwards === 'forbid') this.world.forbid('do-not-call meanwhile');
      });
    }
    for (const { back_ms, ...anchor } of schedule.older_databases) {
      circumstances.whenDue(anchor, () => this.restore(back_ms));
    }
  }

  /** The engine has it, whether or not a process of ours runs. */
  keep(fact: Fact): Signal {
    const signal: Signal = { at: this.world.now, fact, lost: false };
    this.signals.push(signal);
    return signal;
  }

  take(signal: Signal): void {
    if (signal.lost || this.run.run.gone_at !== undefined) return;
    signal.taken_after = this.history.length;
    this.run.happen(signal.fact);
  }

  /** The run has come to a point that it can be set back to. */
  pass(): void {
    this.history.push({ at: this.world.now, state: this.run.state });
  }

  private isKept(what: 'one_store_remembers' | 'the_engine_keeps_a_cancel' | 'the_list_is_not_set_back'): boolean {
    return !this.world.isBroken(what);
  }

  /** The database has it too. */
  private isOnRecord({ fact }: Signal): boolean {
    return fact.type !== 'evidence' || this.world.database.has(fact.evidence);
  }

  /** From this moment on the engine's store may not be an older one. */
  private notBefore(retold: boolean): number {
    if (retold) return -Infinity;
    const only = this.signals.filter((signal) => !signal.lost && !this.isOnRecord(signal)).map(({ at }) => at);
    const cancel = this.run.run.cancel_at ?? -Infinity;
    return Math.max(
      this.isKept('the_engine_keeps_a_cancel') ? cancel : -Infinity,
      ...(this.isKept('one_store_remembers') ? only : []),
    );
  }

  /** A dial that was under way at that point would be sent by an activity that begins again. */
  private remembersWhatIsLost({ state }: Point): boolean {
    if (!this.isKept('one_store_remembers')) return true;
    return [...this.lostClaims].every((n) => knownNumbers(state).includes(n) && !isDialing(state, n));
  }

  /** The run is set back to the last point that is so: what goes on of it goes on for nobody. */
  to(isSo: (point: Point) => boolean, { retold, in_flight }: Pick<Reset, 'retold' | 'in_flight'>): void {
    const { run, world } = this;
    if (run.run.gone_at !== undefined) return;
    const from = this.notBefore(retold);
    let index = Math.max(this.history.findLastIndex(isSo), 0);
    const mayBe = (point: Point): boolean => point.at >= from && this.remembersWhatIsLost(point);
    while (index < this.history.length && !mayBe(this.history[index]!)) index += 1;
    const point = this.history[index];
    if (!point) return;
    this.history.length = index + 1;
    world.count(retold ? 'run reset' : 'engine store older');
    if (run.run.outcome !== null) world.count('set back after the outcome');
    const lost = retold ? '' : '; what it was told since is gone';
    world.tell(`the run is set back by ${world.now - point.at} ms${lost}`);
    run.run.resets.push({ at: world.now, to: point.at });
    run.goOnFrom(point.state);
    // Whoever claimed a dial for the run before does not speak for this one.
    this.claimants.clear();
    for (const signal of this.signals) {
      const isKnown = signal.taken_after !== undefined && signal.taken_after <= index;
      if (isKnown || signal.lost) continue;
      if (!retold && signal.at > point.at) signal.lost = true;
      else if (signal.taken_after !== undefined) run.after(0, () => this.take(signal));
    }
    this.resume(in_flight);
  }

  private resume(inFlight: Reset['in_flight']): void {
    const { state } = this.run;
    const last = state.attempts.at(-1);
    const dialing = last !== undefined && isDialing(state, last.n);
    if (dialing) this.world.count('set back in mid-dial');
    else if (callsOf(state).some((one) => one.leg === 'live')) this.world.count('set back in mid-call');
    else this.world.count('set back while waiting');
    if (last && (dialing || (!isPhone(last) && last.simulation === 'running'))) this.tasks.resume(last, inFlight);
  }

  /** The workflow that is there now knows that this dial may have left. */
  private knowsOf(n: number): boolean {
    const { state } = this.run;
    return isDialing(state, n) ? this.claimants.has(n) : knownNumbers(state).includes(n);
  }

  /** An older copy of the database is put in its place. */
  private restore(backMs: number): void {
    const { world } = this;
    const { database } = world;
    const kept = [world.now - backMs];
    const dials = database.dials();
    if (this.isKept('one_store_remembers')) {
      for (const { call_id } of dials) {
        if (!this.knowsOf(parseCallId(call_id)!.n)) kept.push(database.claimedAt(call_id)!);
      }
      for (const { lost, fact } of this.signals) {
        if (fact.type !== 'evidence') continue;
        // A run that has lost a dial takes in no word of it: only the database has that.
        const named = parseCallId(fact.evidence.call_id)!.n;
        if (lost || (!isInboundNumber(named) && !this.knowsOf(named))) kept.push(database.writtenAt(fact.evidence));
      }
    }
    if (this.isKept('the_list_is_not_set_back')) kept.push(world.forbidden_at ?? -Infinity);
    const to = Math.max(...kept);
    database.restore(to);
    for (const { call_id } of dials) {
      if (database.claimedAt(call_id) === undefined) this.lostClaims.add(parseCallId(call_id)!.n);
    }
    world.count('database older');
    if (!database.accepted) world.count('booking’s row lost');
    const without = database.accepted ? '' : ': the booking is not in it';
    world.tell(`the database is the one of ${world.now - to} ms ago${without}`);
  }
}
