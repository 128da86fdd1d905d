import { isOpen } from '../../domain/calling-window.ts';
import type { PhoneChannel } from '../../domain/channels.ts';
import { isStillWanted, type Task } from '../../domain/decide.ts';
import type { DialResult } from '../../domain/evidence.ts';
import type { CoreRun, Running } from './core.ts';
import { lookOnceMore, reconcileRounds, watchRounds } from './core-lookups.ts';
import { simulationResult } from './simulation-result.ts';

const problem = (code: string) => ({ code, message: code.replaceAll('_', ' ') });
const skipped = (reason: 'do_not_call' | 'outside_window' | 'too_late' | 'line_lost' | 'canceled'): DialResult => ({
  proves: 'skipped',
  reason,
});
/** What the activities do, by the same rules, without waiting: each task of the core, played against the world. */
export class CoreTasks {
  private readonly run: CoreRun;

  constructor(run: CoreRun) {
    this.run = run;
  }

  private get world() {
    return this.run.world;
  }

  /** The clock of the machine that the activities run on. */
  private get workerClock(): number {
    return this.run.clock + this.run.run.schedule.worker_skew_ms;
  }

  start(one: Running, done: () => void): void {
    const { task } = one;
    if (task.do === 'take_line') this.takeLine(done);
    if (task.do === 'release_line') this.releaseLine(done);
    if (task.do === 'dial') this.dial(one, task, done);
    if (task.do === 'simulate') this.simulate(one, done);
    if (task.do === 'hang_up') this.hangUp(task, done);
    if (task.do === 'watch' && task.once_more) lookOnceMore(this.run, one, task.n, done);
    else if (task.do === 'watch') watchRounds(this.run, one, task.n, done);
    if (task.do === 'reconcile') reconcileRounds(this.run, one, task.n, done);
  }

  private releaseLine(done: () => void): void {
    this.after(5, () => {
      this.run.happen({ type: 'line_released' });
      done();
    });
  }

  private after(ms: number, run: () => void): void {
    this.run.ours(this.world.now + ms, run);
  }

  private takeLine(done: () => void): void {
    this.after(10, () => {
      const { run } = this.run;
      const taken = !this.world.otherBookingHolds(this.world.now);
      const open = run.line_waits.at(-1);
      if (!taken) {
        this.world.count('line busy');
        this.run.act('find the line busy');
        if (!open || open.to !== Infinity) run.line_waits.push({ from: this.run.clock, to: Infinity });
      } else if (open && open.to === Infinity) open.to = this.run.clock;
      this.run.happen({ type: taken ? 'line_taken' : 'line_busy' });
      done();
    });
  }

  /** The last look before a phone rings, as activities/dial-guard.ts takes it. */
  private guard(one: Running, task: Task & { do: 'dial' }, n: number): DialResult | undefined {
    const { settings, order } = this.run.run.input;
    const plan = this.world.planOf(n);
    if (one.stopped) return skipped('canceled');
    if (!isOpen(settings.calling_window, order.zones, this.workerClock)) return skipped('outside_window');
    if (this.workerClock > task.not_after) return skipped('too_late');
    if (plan.guard !== 'none') this.world.count(`guard ${plan.guard}`);
    const later = (code: string, ms: number): DialResult => ({
      proves: 'deferred',
      retry_after_ms: ms,
      problem: problem(code),
    });
    if (plan.guard === 'database_down') return later('records_unreachable', 10_000);
    if (this.world.isForbidden(this.world.now)) return skipped('do_not_call');
    if (plan.guard === 'line_lost') return skipped('line_lost');
    if (plan.guard === 'no_bridge' && task.channel === 'bridge') return later('no_bridge', 30_000);
    return undefined;
  }

  private dial(one: Running, task: Task & { do: 'dial' }, done: () => void): void {
    this.run.happen({ type: 'dial_started', channel: task.channel });
    const { n } = this.run.state.attempts.at(-1)!;
    const dial: (typeof this.run.run.dials)[number] = { n, channel: task.channel, decided_at: this.world.now };
    this.run.run.dials.push(dial);
    this.run.act(`dial ${task.channel} (attempt ${n})`);
    const ended = (result: DialResult): void => {
      dial.result = result;
      this.run.act(`learn that dial ${n} proves ${result.proves}${'reason' in result ? ` (${result.reason})` : ''}`);
      this.run.happen({ type: 'dial_ended', n, result });
      done();
    };
    const plan = this.world.planOf(n);
    if (plan.turn_ms > 0) this.world.count('dial waits for its turn');
    const leave = (): void => {
      const call = this.run.state.attempts.find((attempt) => attempt.n === n)!.call_id;
      const unwanted = !isStillWanted(this.run.state, call);
      const reason = this.guard(one, task, n) ?? (unwanted ? skipped('canceled') : undefined);
      if (reason) {
        ended(reason);
        return;
      }
      const policy = this.run.run.input.order.escalation[task.channel as PhoneChannel];
      const { ring_seconds, max_call_seconds } = policy;
      const answer = this.world.dial({ n, channel: task.channel, ring_seconds, max_call_seconds });
      this.run.ours(answer.at, () => ended(answer.result));
    };
    // While it waits in its queue a cancel ends it at once.
    const wait = (left: number): void => {
      if (one.stopped) this.after(0, () => ended(skipped('canceled')));
      // A workflow that is asked takes in first what came while nothing ran.
      else if (left <= 0) this.after(0, () => this.after(0, leave));
      else this.world.agenda.plan(this.world.now + Math.min(left, 1_000), () => wait(left - 1_000));
    };
    this.after(20, () => wait(plan.turn_ms));
  }

  private hangUp(task: Task & { do: 'hang_up' }, done: () => void): void {
    const { n, why, mode } = task;
    const sid = this.run.state.attempts.find((one) => one.n === n)!.call_sid!;
    this.run.happen({ type: 'hang_up_started', n, why, mode });
    this.run.act(`hang up ${n} (${mode}, ${why})`);
    this.after(20, () => {
      const { result, after } = this.world.hangUp(sid, mode);
      this.after(after, () => {
        this.run.act(`learn that the hang-up of ${n} is ${result.done}`);
        this.run.happen({ type: 'hang_up_ended', n, result });
        done();
      });
    });
  }

  private simulate(one: Running, done: () => void): void {
    this.run.happen({ type: 'dial_started', channel: 'simulation' });
    const { n } = this.run.state.attempts.at(-1)!;
    this.run.run.simulations.push(this.world.now);
    this.run.act('simulate');
    const { simulation } = this.run.run.schedule;
    const result = simulationResult(simulation);
    if (simulation !== 'works') this.world.count(`simulation ${simulation}`);
    this.after(60_000, () => {
      done();
      if (!one.let_go) this.run.happen({ type: 'simulated', n, result });
    });
  }
}
