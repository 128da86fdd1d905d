import { type Decision, decide, isMoot, type Task, taskKey } from '../../domain/decide.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Fact } from '../../domain/fact.ts';
import { fold } from '../../domain/fold.ts';
import { dialsOf, mayBeAlive } from '../../domain/leg.ts';
import { mustRecall } from '../../domain/recall.ts';
import type { Outcome } from '../../domain/result.ts';
import { type BookingState, initialState } from '../../domain/state.ts';
import { planAudit } from './audit.ts';
import { SetBacks } from './core-set-back.ts';
import { CoreTasks } from './core-tasks.ts';
import { FENCES, type Fences } from './fences.ts';
import { BOOKING_ID, inputOf, startOf } from './input.ts';
import { outboundIn } from './ring-back.ts';
import type { Run } from './run.ts';
import { resumesAt, type Schedule } from './schedule.ts';
import { World } from './world.ts';

/** The core that is under test; a test that wants to see the checks fail puts a bug into one of the two. */
export interface Core {
  decide: (state: BookingState, now: number) => Decision;
  fold: (state: BookingState, fact: Fact, now: number) => BookingState;
  recalls?: (state: BookingState, step: Decision) => boolean;
  fences?: Partial<Fences>;
}

const REAL: Core = { decide, fold };
/** Loops, not evidence: two days of budget may be two months of a business that opens for a quarter of an hour. */
const MAX_TURNS = 200_000;
/** After the outcome the world is watched on for so long: legs that outlive the booking show themselves. */
const AFTERMATH_MS = 30 * 3_600_000;
/** As workflows/insist.ts has them. */
const FIRST_PAUSE_MS = 5_000;
const MAX_PAUSE_MS = 300_000;
const LETS_GO: readonly Task['do'][] = ['watch', 'reconcile', 'simulate'];

/** Something of ours that goes on; `let_go`: nobody waits for its end any more. */
export interface Running {
  task: Task;
  let_go: boolean;
  /** Asked to stop: a dial that has not left will not. */
  stopped: boolean;
  /** The run that started it was set back, or is gone: what comes of it, nobody hears. */
  orphan: boolean;
}

/**
 * The workflow's loop on a virtual clock: decide, arrange tasks, let the world go on, fold what comes. Deterministic. Unlike the
 * world it stands still while no process of ours runs, and its clock is Temporal's, which may leap.
 */
export class CoreRun {
  readonly run: Run;
  readonly world: World;
  state: BookingState;
  readonly running = new Map<string, Running>();
  readonly fences: Fences;
  private readonly core: Core;
  private readonly tasks: CoreTasks;
  private readonly setBacks: SetBacks;
  private changed = true;
  /** Evidence that the database could not take yet. */
  private unwritten: Evidence[] = [];
  /** A run that had its outcome was set back to before it. */
  private revived = false;
  private readonly waited = new Set<string>();
  private recalling: Running | undefined;
  private writing: Running | undefined;
  /** The revision of the state that the database has. */
  private written = 0;

  constructor(schedule: Schedule, core: Core) {
    const start = startOf(schedule);
    const input = inputOf(schedule, start);
    this.core = core;
    this.fences = { ...FENCES, ...core.fences };
    this.world = new World(schedule, start, BOOKING_ID, (evidence) => {
      this.world.delivered.push({ at: this.world.now, evidence });
      if (evidence.kind === 'report')
        this.run.acts.push({ at: this.world.now, word: `hear report ${evidence.call_id}` });
      this.signal({ type: 'evidence', evidence });
    });
    this.world.zone = input.order.zones[0]!;
    this.run = {
      schedule,
      input,
      start,
      world: this.world,
      acts: [],
      dials: [],
      simulations: [],
      line_waits: [],
      reconciled: [],
      resets: [],
      exact: true,
      audited: [],
      outcome: null,
      outcomes: 0,
    };
    this.state = initialState(input);
    this.world.outbound = () =>
      outboundIn(
        this.world,
        dialsOf(this.state).map((call) => ({
          call_id: call.call_id,
          alive: mayBeAlive(call),
          named: call.call_sid !== undefined || call.conversation_id !== undefined || call.rang,
          answered: call.answered_at !== undefined,
        })),
      );
    this.tasks = new CoreTasks(this);
    this.setBacks = new SetBacks(this, this.tasks);
  }

  /** Temporal's clock. */
  get clock(): number {
    const { at_ms, by_ms } = this.run.schedule.clock_leap;
    return this.world.now + (this.world.now >= this.run.start + at_ms ? by_ms : 0);
  }

  /** The first moment from `at` on when a process of ours runs. */
  awake(at: number): number {
    const t = resumesAt(this.run.schedule.standstills, this.run.start, at);
    if (t > at) this.world.count('standstill');
    return t;
  }

  /** Plans something of ours: it happens once a process is there to do it, and the booking thinks again after it. */
  ours(at: number, run: () => void): void {
    const time = this.awake(at);
    this.world.agenda.plan(time, () => {
      const later = this.awake(this.world.now);
      if (later > this.world.now) return this.ours(later, run);
      run();
      this.changed = true;
    });
  }

  /** Something of ours, so many ms from now. */
  after(ms: number, run: () => void): void {
    this.ours(this.world.now + ms, run);
  }

  happen(fact: Fact): void {
    this.state = this.core.fold(this.state, fact, this.clock);
    if (fact.type === 'evidence') this.unwritten.push(fact.evidence);
    const wait = this.run.line_waits.at(-1);
    if (fact.type === 'line_taken' && wait?.to === Infinity) wait.to = this.clock;
  }

  /** What came of something of ours, unless the run that wanted it is not there any more. */
  happenTo(one: Running, fact: Fact): void {
    if (!one.orphan) this.happen(fact);
  }

  /** This process may act for the booking. */
  get mayAct(): boolean {
    const { accounts, sandbox } = this.run.input.settings;
    return this.fences.mayAct(this.world.circumstances.accountsAt(this.world.now), accounts, sandbox);
  }

  /** Does a piece of work on the database, for as long as it takes, as workflows/insist.ts does. */
  recorded(ms: number, one: Running | undefined, work: () => void, pause = FIRST_PAUSE_MS): void {
    this.after(ms, () => {
      if (one?.orphan) return;
      const away = this.world.circumstances.isDatabaseAway(this.world.now);
      if (away) this.world.count('database away');
      if (away || this.state.records.away_since !== undefined) {
        this.happen({ type: away ? 'records_away' : 'records_back' });
      }
      if (away) this.recorded(pause, one, work, Math.min(pause * 2, MAX_PAUSE_MS));
      else work();
    });
  }

  /** Keeps the database behind the state, as workflows/read-model.ts does: one write at a time. */
  private write(): void {
    if (this.writing || (this.unwritten.length === 0 && this.state.revision === this.written)) return;
    const written = (): void => {
      for (const evidence of this.unwritten) this.world.database.add(evidence, this.world.now);
      this.unwritten = [];
      this.written = this.state.revision;
      this.writing = undefined;
    };
    const { world, state } = this;
    if (!world.circumstances.isDatabaseAway(world.now) && state.records.away_since === undefined) written();
    else {
      this.writing = { task: { do: 'release_line' }, let_go: false, stopped: false, orphan: false };
      this.recorded(5, this.writing, written);
    }
  }

  /** Hands something to the engine: it keeps it whether or not a process of ours runs. */
  signal(fact: Fact): void {
    const signal = this.setBacks.keep(fact);
    this.ours(this.world.now, () => this.setBacks.take(signal));
  }

  act(word: string): void {
    this.run.acts.push({ at: this.world.now, word });
    this.world.tell(`  we ${word}`);
  }

  private arrange(tasks: Task[]): boolean {
    const wanted = new Set(tasks.map(taskKey));
    const last = dialsOf(this.state).at(-1);
    for (const [key, one] of this.running) {
      if (one.task.do === 'dial' && last && isMoot(this.state, last, this.clock)) one.stopped = true;
      if (!wanted.has(key) && LETS_GO.includes(one.task.do)) {
        one.let_go = true;
        this.running.delete(key);
      }
    }
    let started = false;
    for (const task of tasks) {
      const waits = (task.do === 'dial' || task.do === 'take_line') && this.running.has('release_line');
      if (this.running.has(taskKey(task)) || waits) continue;
      this.restart(task, (one, done) => this.tasks.start(one, done));
      started = true;
    }
    return started;
  }

  /** Starts a task, or what was under way of it at the point that the run was set back to. */
  restart(task: Task, begin: (one: Running, done: () => void) => void): void {
    const one: Running = { task, let_go: false, stopped: false, orphan: false };
    this.running.set(taskKey(task), one);
    begin(one, () => {
      if (this.running.get(taskKey(task)) === one) this.running.delete(taskKey(task));
    });
  }

  /** A dial is on record: who asked for it. */
  claimed(n: number, by: Running): void {
    if (!by.orphan) this.setBacks.claimants.add(n);
  }

  /** An operator resets the run to before a dial, which has just been told that it may leave. */
  resetInMidDial(n: number): void {
    this.setBacks.to(({ state }) => !state.attempts.some((one) => one.n === n), {
      retold: true,
      in_flight: 'repeated',
    });
  }

  /** The run goes on from what it was once. */
  goOnFrom(state: BookingState): void {
    this.orphanAll();
    this.state = state;
    this.unwritten = [];
    this.changed = true;
    this.revived = this.run.outcome !== null;
  }

  private orphanAll(): void {
    for (const one of this.running.values()) {
      one.orphan = true;
      if (LETS_GO.includes(one.task.do)) one.let_go = true;
    }
    this.running.clear();
    for (const one of [this.recalling, this.writing]) if (one) one.orphan = true;
    this.writing = undefined;
  }

  private plansFromOutside(): void {
    const { cancel_at_ms, clock_leap, worker_skew_ms, gone_at_ms } = this.run.schedule;
    const { agenda } = this.world;
    this.setBacks.plan();
    if (gone_at_ms < AFTERMATH_MS) {
      agenda.plan(this.run.start + gone_at_ms, () => {
        if (this.run.ended_at !== undefined) return;
        this.run.gone_at = this.world.now;
        this.orphanAll();
        this.world.count('run is gone');
        this.world.tell('the run is terminated');
        this.changed = true;
      });
    }
    if (worker_skew_ms !== 0) this.world.count('worker skew');
    if (clock_leap.by_ms > 0) this.world.count('clock leap');
    if (cancel_at_ms < AFTERMATH_MS) {
      agenda.plan(this.run.start + cancel_at_ms, () => this.cancel());
    }
  }

  cancel(): void {
    // A booking that has its outcome, or no run, refuses (409).
    if (this.run.ended_at !== undefined || this.run.gone_at !== undefined) return;
    this.world.count('canceled by the client');
    this.run.cancel_at ??= this.world.now;
    this.world.tell('the client cancels');
    this.signal({ type: 'cancel_requested' });
  }

  /** The workflow's loop, until it has an outcome or is gone. */
  private live(): void {
    const { run, world } = this;
    for (let turns = 0; run.gone_at === undefined; turns++) {
      if (turns > MAX_TURNS) {
        run.broke = 'it loops without end';
        return;
      }
      this.happen({ type: 'time_passed' });
      this.write();
      const step = this.core.decide(this.state, this.clock);
      const recalls = this.core.recalls ? this.core.recalls(this.state, step) : mustRecall(this.state, step);
      if (step.is === 'final' && !recalls) {
        this.settle(step.outcome);
        return;
      }
      this.noteWait(step);
      if (recalls) this.recall();
      else if (step.is === 'going_on' && this.arrange(step.tasks)) continue;
      this.setBacks.pass();
      const leap = this.clock - world.now;
      const wake =
        recalls || step.is === 'final' || step.wake_at === undefined
          ? Infinity
          : this.awake(Math.max(step.wake_at - leap, world.now + 1));
      this.changed = false;
      while (!this.changed && world.agenda.next <= wake) {
        if (world.agenda.next > run.start + 400 * 24 * 3_600_000) break;
        world.runUntil(world.agenda.next);
      }
      // What came meanwhile is taken in together, as one workflow task does after a standstill.
      world.runUntil(world.now);
      if (this.changed) continue;
      if (!Number.isFinite(wake)) {
        run.broke = `it waits for nothing: ${JSON.stringify(step)}`;
        return;
      }
      world.runUntil(wake);
    }
  }

  /** Counts once in a run that a booking waited for its times, and which of them it has. */
  private noteWait(step: Decision): void {
    if (step.is !== 'going_on' || !step.waiting_for || this.waited.has(step.waiting_for)) return;
    const { times } = this.run.schedule;
    this.waited.add(step.waiting_for);
    if (step.waiting_for === 'not_before') this.world.count('waits for not_before');
    if (step.waiting_for !== 'calling_hours') return;
    this.world.count('waits for hours');
    if (times.opening_hours.length > 0) this.world.count('waits for hours, with opening hours');
    if (times.weekdays.length > 0) this.world.count('waits for hours, by weekday');
    if (times.holidays.length > 0) this.world.count('waits for hours, with holidays');
  }

  /** As the workflow asks before it ends; whatever else goes on meanwhile. */
  private recall(): void {
    if (this.recalling !== undefined && !this.recalling.orphan) return;
    const one: Running = { task: { do: 'release_line' }, let_go: false, stopped: false, orphan: false };
    this.recalling = one;
    this.tasks.recall(one, () => {
      if (this.recalling === one) this.recalling = undefined;
    });
  }

  private settle(outcome: Outcome): void {
    const { run, world } = this;
    this.setBacks.pass();
    this.happen({ type: 'settled', outcome });
    world.tell(`final: ${outcome.result} (${outcome.channel ?? 'no channel'}) ${outcome.notes ?? ''}`);
    for (const one of this.running.values()) if (LETS_GO.includes(one.task.do)) one.let_go = true;
    // A row that has its outcome keeps it, whatever a run that was set back finds later.
    if (run.outcome !== null) return;
    run.outcome = outcome;
    run.outcomes += 1;
    run.ended_at = world.now;
    run.heard = world.delivered.length;
    run.state = this.state;
    world.database.settle(world.now);
    planAudit(run);
  }

  play(): Run {
    const { run, world } = this;
    this.plansFromOutside();
    this.live();
    run.state ??= this.state;
    const end = world.now + AFTERMATH_MS;
    while (world.agenda.next <= end && run.broke === undefined) {
      world.runUntil(world.agenda.next);
      if (!this.revived) continue;
      this.revived = false;
      this.live();
    }
    world.runUntil(end);
    return run;
  }
}

/** Plays one schedule against the core. */
export const playCore = (schedule: Schedule, core: Core = REAL): Run => {
  const one = new CoreRun(schedule, core);
  try {
    return one.play();
  } catch (error) {
    one.run.broke = (error as Error).stack ?? String(error);
    return one.run;
  }
};
