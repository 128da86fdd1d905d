import { knownNumbers } from '../../domain/admission.ts';
import type { Task } from '../../domain/decide.ts';
import type { DialResult } from '../../domain/evidence.ts';
import { callsOf } from '../../domain/leg.ts';
import type { Attempt } from '../../domain/state.ts';
import type { CoreRun, Running } from './core.ts';
import { CoreDial } from './core-dial.ts';
import { lookOnceMore, reconcileRounds, watchRounds } from './core-lookups.ts';
import { simulationResult } from './simulation-result.ts';

const OTHER_ACCOUNTS = { code: 'other_accounts', message: 'other accounts' };

/** What the activities do, by the same rules, without waiting: each task of the core, played against the world. */
export class CoreTasks {
  private readonly run: CoreRun;
  /** Until when each dial may leave, as the workflow said. */
  private readonly notAfter = new Map<number, number>();

  constructor(run: CoreRun) {
    this.run = run;
  }

  private get world() {
    return this.run.world;
  }

  start(one: Running, done: () => void): void {
    const { task } = one;
    if (task.do === 'take_line') this.takeLine(one, done);
    if (task.do === 'release_line') this.releaseLine(one, done);
    if (task.do === 'dial') this.dial(one, task, done);
    if (task.do === 'simulate') this.simulate(one, done);
    if (task.do === 'hang_up') this.hangUp(one, task, done);
    if (task.do === 'watch' && task.once_more) lookOnceMore(this.run, one, task.n, done);
    else if (task.do === 'watch') watchRounds(this.run, one, task.n, done);
    if (task.do === 'reconcile') reconcileRounds(this.run, one, task.n, done);
  }

  /** What was under way when the run stood at the point that it is set back to. */
  resume(attempt: Attempt, how: 'repeated' | 'lost'): void {
    if (attempt.channel === 'simulation') {
      this.run.restart({ do: 'simulate' }, (one, done) => this.simulated(one, attempt.n, done));
      return;
    }
    const { n, channel } = attempt;
    const task: Task = { do: 'dial', channel, not_after: this.notAfter.get(n) ?? Infinity };
    this.run.restart(task, (one, done) => {
      if (how === 'repeated') this.send(one, n, task, done);
      else
        this.run.after(0, () =>
          this.dialEnded(one, n, { proves: 'unknown', problem: { code: 'reset', message: 'reset' } }, done),
        );
    });
  }

  /** Asks the database which dials ever left. */
  recall(one: Running, done: () => void): void {
    this.run.recorded(10, one, () => {
      const { database } = this.world;
      this.run.happenTo(one, { type: 'recalled', dials: database.dials(), evidence: database.evidence() });
      done();
    });
  }

  private releaseLine(one: Running, done: () => void): void {
    this.run.recorded(5, one, () => {
      this.run.happenTo(one, { type: 'line_released' });
      done();
    });
  }

  private takeLine(one: Running, done: () => void): void {
    this.run.recorded(10, one, () => {
      const { run } = this.run;
      const taken = !this.world.otherBookingHolds(this.world.now);
      const open = run.line_waits.at(-1);
      if (!taken) {
        this.world.count('line busy');
        this.run.act('find the line busy');
        if (!open || open.to !== Infinity) run.line_waits.push({ from: this.run.clock, to: Infinity });
        this.world.agenda.plan(this.world.freeAgainAt(this.world.now), () => this.handLine());
      }
      this.run.happenTo(one, { type: taken ? 'line_taken' : 'line_busy' });
      done();
    });
  }

  /** Whoever frees the number's line hands it to the booking that waits for it. */
  private handLine(): void {
    const { line, outcome } = this.run.state;
    if (outcome !== null || line.held || line.waiting_since === undefined) return;
    this.world.count('line handed over');
    this.run.signal({ type: 'line_taken' });
  }

  private dial(one: Running, task: Task & { do: 'dial' }, done: () => void): void {
    this.run.happen({ type: 'dial_started', channel: task.channel });
    const { n } = this.run.state.attempts.at(-1)!;
    this.notAfter.set(n, task.not_after);
    this.run.act(`dial ${task.channel} (attempt ${n})`);
    this.send(one, n, task, done);
  }

  private send(one: Running, n: number, { channel, not_after }: Task & { do: 'dial' }, done: () => void): void {
    const known = knownNumbers(this.run.state);
    const dial = new CoreDial(this.run, one, { n, channel, not_after, known }, (result) =>
      this.dialEnded(one, n, result, done),
    );
    dial.start(this.world.planOf(n).turn_ms);
  }

  private dialEnded(one: Running, n: number, result: DialResult, done: () => void): void {
    this.run.happenTo(one, { type: 'dial_ended', n, result });
    done();
  }

  private hangUp(one: Running, task: Task & { do: 'hang_up' }, done: () => void): void {
    const { n, why, mode } = task;
    const sid = callsOf(this.run.state).find((call) => call.n === n)!.call_sid!;
    this.run.happen({ type: 'hang_up_started', n, why, mode });
    this.run.act(`hang up ${n} (${mode}, ${why})`);
    this.run.after(20, () => {
      const elsewhere = { result: { done: 'failed' as const, problem: OTHER_ACCOUNTS }, after: 300 };
      const { result, after } = this.run.mayAct ? this.world.hangUp(sid, mode) : elsewhere;
      this.run.after(after, () => {
        this.run.act(`learn that the hang-up of ${n} is ${result.done}`);
        this.run.happenTo(one, { type: 'hang_up_ended', n, result });
        done();
      });
    });
  }

  private simulate(one: Running, done: () => void): void {
    this.run.happen({ type: 'dial_started', channel: 'simulation' });
    this.simulated(one, this.run.state.attempts.at(-1)!.n, done);
  }

  private simulated(one: Running, n: number, done: () => void): void {
    const { simulation } = this.run.run.schedule;
    const begun = this.run.mayAct;
    if (begun) {
      this.run.run.simulations.push(this.world.now);
      this.run.act('simulate');
      if (simulation !== 'works') this.world.count(`simulation ${simulation}`);
    }
    const from = this.world.now;
    this.run.after(begun ? 60_000 : 50, () => {
      // With a process that starts anew with other accounts it is over.
      const lost = !begun || (this.world.circumstances.diedBetween(from, this.world.now) && !this.run.mayAct);
      done();
      if (one.let_go) return;
      const result = lost
        ? { ok: false as const, problem: OTHER_ACCOUNTS }
        : simulationResult(simulation, this.world.start);
      this.run.happenTo(one, { type: 'simulated', n, result });
    });
  }
}
