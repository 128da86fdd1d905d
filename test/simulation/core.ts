import { decide, isMoot, type Step, type Task, taskKey } from '../../domain/decide.ts';
import { fold } from '../../domain/fold.ts';
import type { Happening } from '../../domain/happening.ts';
import { type BookingState, initialState } from '../../domain/state.ts';
import { CoreTasks } from './core-tasks.ts';
import { BOOKING_ID, inputOf, startOf } from './input.ts';
import type { Run } from './run.ts';
import { resumesAt, type Schedule } from './schedule.ts';
import { World } from './world.ts';

/** The core that is under test; a test that wants to see the checks fail puts a bug into one of the two. */
export interface Core {
  decide: (state: BookingState, now: number) => Step;
  fold: (state: BookingState, happening: Happening, now: number) => BookingState;
}

const REAL: Core = { decide, fold };
/** Loops, not evidence: no schedule needs nearly so many. */
const MOST_TURNS = 8_000;
/** After the outcome the world is watched on for so long: legs that outlive the booking show themselves. */
const AFTERMATH_MS = 30 * 3_600_000;
const LETS_GO: readonly Task['do'][] = ['watch', 'reconcile', 'simulate'];

/** Something of ours that goes on; `let_go`: nobody waits for its end any more. */
export interface Running {
  task: Task;
  let_go: boolean;
  /** Asked to stop: a dial that has not left will not. */
  stopped: boolean;
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
  private readonly core: Core;
  private readonly tasks: CoreTasks;
  private changed = true;

  constructor(schedule: Schedule, core: Core) {
    const start = startOf(schedule);
    const input = inputOf(schedule, start);
    this.core = core;
    this.world = new World(schedule, start, BOOKING_ID, (evidence) => {
      this.world.delivered.push({ at: this.world.now, evidence });
      if (evidence.kind === 'report')
        this.run.acts.push({ at: this.world.now, word: `hear report ${evidence.call_id}` });
      this.ours(this.world.now, () => this.happen({ type: 'evidence', evidence }));
    });
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
      outcome: null,
      outcomes: 0,
    };
    this.state = initialState(input);
    this.tasks = new CoreTasks(this);
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

  happen(happening: Happening): void {
    this.state = this.core.fold(this.state, happening, this.clock);
  }

  act(word: string): void {
    this.run.acts.push({ at: this.world.now, word });
    this.world.tell(`  we ${word}`);
  }

  private arrange(tasks: Task[]): boolean {
    const wanted = new Set(tasks.map(taskKey));
    for (const [key, one] of this.running) {
      if (one.task.do === 'dial' && isMoot(this.state, this.state.attempts.at(-1)!)) one.stopped = true;
      if (!wanted.has(key) && LETS_GO.includes(one.task.do)) {
        one.let_go = true;
        this.running.delete(key);
      }
    }
    let started = false;
    for (const task of tasks) {
      const waits = (task.do === 'dial' || task.do === 'take_line') && this.running.has('release_line');
      if (this.running.has(taskKey(task)) || waits) continue;
      const one: Running = { task, let_go: false, stopped: false };
      this.running.set(taskKey(task), one);
      this.tasks.start(one, () => {
        if (this.running.get(taskKey(task)) === one) this.running.delete(taskKey(task));
      });
      started = true;
    }
    return started;
  }

  private plansFromOutside(): void {
    const { cancel_at_ms, do_not_call_at_ms, clock_leap, worker_skew_ms } = this.run.schedule;
    if (worker_skew_ms !== 0) this.world.count('worker skew');
    if (clock_leap.by_ms > 0) this.world.count('clock leap');
    if (cancel_at_ms < AFTERMATH_MS) {
      this.world.agenda.plan(this.run.start + cancel_at_ms, () => {
        // A booking that has its outcome refuses (409).
        if (this.run.ended_at !== undefined) return;
        this.world.count('canceled by the client');
        this.run.cancel_at = this.world.now;
        this.world.tell('the client cancels');
        this.ours(this.world.now, () => this.happen({ type: 'cancel_requested' }));
      });
    }
    if (do_not_call_at_ms < AFTERMATH_MS) {
      this.world.agenda.plan(this.run.start + do_not_call_at_ms, () => this.world.count('do-not-call meanwhile'));
    }
  }

  play(): Run {
    const { run, world } = this;
    this.plansFromOutside();
    for (let turns = 0; ; turns++) {
      if (turns > MOST_TURNS) {
        run.broke = 'it loops without end';
        return run;
      }
      this.happen({ type: 'time_passed' });
      const step = this.core.decide(this.state, this.clock);
      if (step.is === 'final') {
        this.happen({ type: 'settled', outcome: step.outcome });
        run.outcome = step.outcome;
        run.outcomes += 1;
        run.ended_at = world.now;
        run.heard = world.delivered.length;
        world.tell(
          `final: ${step.outcome.result} (${step.outcome.channel ?? 'no channel'}) ${step.outcome.notes ?? ''}`,
        );
        break;
      }
      if (this.arrange(step.tasks)) continue;
      const leap = this.clock - world.now;
      const wake = step.wake_at === undefined ? Infinity : this.awake(Math.max(step.wake_at - leap, world.now + 1));
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
        return run;
      }
      world.runUntil(wake);
    }
    run.state = this.state;
    world.runUntil(world.now + AFTERMATH_MS);
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
