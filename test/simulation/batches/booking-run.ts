import { concludeActivities } from '../../../activities/conclude.ts';
import type { ActivityDependencies } from '../../../activities/dependencies.ts';
import { guardedDial } from '../../../activities/dial.ts';
import { recordActivities } from '../../../activities/records.ts';
import { knownNumbers, nextNumber } from '../../../domain/admission.ts';
import { type Decision, decide, isMoot, isStillWanted, type Task, taskKey } from '../../../domain/decide.ts';
import type { DialResult, Evidence } from '../../../domain/evidence.ts';
import type { Fact } from '../../../domain/fact.ts';
import { fold } from '../../../domain/fold.ts';
import { callIdOf } from '../../../domain/ids.ts';
import { iso } from '../../../domain/iso.ts';
import { callsOf, dialsOf, mostSecondsOf } from '../../../domain/leg.ts';
import type { BookingInput } from '../../../domain/order.ts';
import { policyOf } from '../../../domain/policy.ts';
import { mustRecall } from '../../../domain/recall.ts';
import { viewOf, waitingOf } from '../../../domain/render.ts';
import type { Outcome } from '../../../domain/result.ts';
import { isSameValue } from '../../../domain/same-value.ts';
import { type BookingState, type Call, initialState } from '../../../domain/state.ts';
import type { BookingView } from '../../../domain/view.ts';
import { ActivityFailed, type Engine, type Run } from './engine.ts';
import type { Phones } from './phones.ts';

/** As `QUEUE_SECONDS` of the workflow. */
const QUEUE_SECONDS = 600;
const LETS_GO: readonly Task['do'][] = ['watch', 'reconcile'];
const POLL_MS = 15_000;

const lasting = ({ updated_at: _, ...view }: BookingView): object => view;

/**
 * A booking's workflow around the real core, line, guard and read model. What it does with a single call is proved elsewhere: here it is a
 * child of its batch.
 */
export class BookingRun {
  state: BookingState;
  outcome: Outcome | undefined;
  readonly #engine: Engine;
  readonly #phones: Phones;
  readonly #run: Run;
  #decision: Decision | undefined;
  readonly #running = new Map<string, { task: Task; cancel: () => void }>();
  #written: BookingView | undefined;
  #writing: Promise<void> | undefined;
  #ended = 0;
  #handed = 0;
  #alarm = 0;

  constructor(engine: Engine, phones: Phones, run: Run, input: BookingInput) {
    this.#engine = engine;
    this.#phones = phones;
    this.#run = run;
    this.state = initialState(input);
  }

  get #now(): number {
    return this.#engine.timeline.now;
  }

  apply(fact: Fact): void {
    this.state = fold(this.state, fact, this.#now);
    this.#engine.poke(this.#run);
  }

  lineHanded(): void {
    this.#handed += 1;
    this.apply({ type: 'line_taken' });
  }

  stillWants(callId: string): boolean {
    return isStillWanted(this.state, callId, this.#now);
  }

  view(): BookingView {
    return viewOf(this.state, waitingOf(this.state, this.#decision));
  }

  async live(): Promise<Outcome> {
    const outcome = await this.#untilFinal();
    this.apply({ type: 'settled', outcome });
    this.outcome = outcome;
    await this.#engine.until(this.#run, () => !this.#running.has('take_line'));
    while (this.#writing) await this.#writing;
    const snapshot = { version: this.state.revision, view: this.view(), events: [] };
    const times = { start_ms: 300_000, heartbeat_ms: 10_000, longest_ms: 30_000 };
    await this.#engine.activity(this.#run, times, (deps) =>
      concludeActivities(deps).conclude({ snapshot, talks: [], collect_until: snapshot.view.updated_at }),
    );
    return outcome;
  }

  async #untilFinal(): Promise<Outcome> {
    for (;;) {
      this.apply({ type: 'time_passed' });
      const decision = decide(this.state, this.#now);
      this.#decision = decision;
      if (mustRecall(this.state, decision)) {
        const { id } = this.state.input.order;
        const found = await this.#forever((deps) => recordActivities(deps).recall({ booking_id: id }));
        this.apply({ type: 'recalled', ...found });
        continue;
      }
      if (decision.is === 'final') return decision.outcome;
      this.#arrange(decision.tasks);
      this.#refresh();
      const { revision } = this.state;
      const ended = this.#ended;
      const due = decision.wake_at;
      const alarm = ++this.#alarm;
      const wait = due === undefined ? undefined : Math.max(1, due - this.#now);
      await this.#engine.until(
        this.#run,
        () => this.state.revision !== revision || this.#ended !== ended || this.#alarm !== alarm,
        wait,
      );
    }
  }

  #forever<T>(perform: (deps: ActivityDependencies) => Promise<T>): Promise<T> {
    return this.#engine.forever(this.#run, perform);
  }

  #arrange(tasks: Task[]): void {
    const wanted = new Set(tasks.map(taskKey));
    const last = dialsOf(this.state).at(-1);
    for (const [key, { task, cancel }] of this.#running) {
      const stopDial = task.do === 'dial' && last !== undefined && isMoot(this.state, last, this.#now);
      if (stopDial || (!wanted.has(key) && LETS_GO.includes(task.do))) cancel();
    }
    for (const task of tasks) {
      const waits = (task.do === 'dial' || task.do === 'take_line') && this.#running.has('release_line');
      if (!this.#running.has(taskKey(task)) && !waits) this.#start(task);
    }
  }

  #start(task: Task): void {
    const key = taskKey(task);
    if (task.do === 'dial') this.apply({ type: 'dial_started', channel: task.channel });
    if (task.do === 'hang_up') this.apply({ type: 'hang_up_started', n: task.n, why: task.why, mode: task.mode });
    const running = { task, cancel: (): void => undefined };
    const canceled = new Promise<'canceled'>((resolve) => {
      running.cancel = () => resolve('canceled');
    });
    this.#running.set(key, running);
    void this.#perform(task, running, canceled).finally(() => {
      this.#running.delete(key);
      this.#ended += 1;
      this.#engine.poke(this.#run);
    });
  }

  async #perform(task: Task, running: { cancel: () => void }, canceled: Promise<'canceled'>): Promise<void> {
    switch (task.do) {
      case 'take_line':
        return this.#takeLine(task.channel);
      case 'release_line': {
        const { order, settings } = this.state.input;
        const line = { booking_id: order.id, line_id: settings.line_id, asked_at: iso(this.#now) };
        await this.#forever((deps) => recordActivities(deps).releaseLine(line));
        return this.apply({ type: 'line_released' });
      }
      case 'dial':
        return this.#dial(task, running);
      case 'reconcile':
        return this.#reconcile(this.#call(task.n));
      case 'watch':
        return this.#watch(this.#call(task.n), task.once_more === true, canceled);
      case 'hang_up':
        await this.#engine.timeline.sleep(300);
        this.#phones.hangUp(this.#call(task.n).call_id);
        return this.apply({ type: 'hang_up_ended', n: task.n, result: { done: 'requested' } });
      case 'simulate':
        throw new Error('no booking of this world is simulated');
    }
  }

  #call(n: number): Call {
    return callsOf(this.state).find((call) => call.n === n)!;
  }

  async #takeLine(channel: 'native' | 'registered' | 'bridge'): Promise<void> {
    const { order, settings } = this.state.input;
    const before = this.#handed;
    const { id: booking_id, batch } = order;
    const hold_seconds = mostSecondsOf(policyOf(order, channel)) + QUEUE_SECONDS;
    const next = { call_id: callIdOf(booking_id, nextNumber(this.state)), channel, batch: batch?.id };
    const line = { id: settings.line_id, hold_seconds };
    const { taken, of_key, over, waits_for } = await this.#forever((deps) =>
      recordActivities(deps).takeLine({ booking_id, line, next }),
    );
    const has = taken || this.#handed !== before;
    this.apply(has ? { type: 'line_taken', of_key } : { type: 'line_busy', over, waits_for });
  }

  async #dial(task: Task & { do: 'dial' }, running: { cancel: () => void }): Promise<void> {
    const call = dialsOf(this.state).at(-1)!;
    const input = {
      call_id: call.call_id,
      channel: task.channel,
      known: knownNumbers(this.state),
      not_after: iso(Math.min(task.not_after, call.dialed_at + 7 * 86_400_000)),
      snapshot: { version: this.state.revision, view: this.view(), events: [] },
    };
    let result: DialResult;
    try {
      result = await this.#engine.activity(
        this.#run,
        { start_ms: 60_000, heartbeat_ms: 10_000, most: 1 },
        (deps) => guardedDial(deps, input),
        (cancel) => {
          running.cancel = cancel;
        },
      );
    } catch (error) {
      const silent = error instanceof ActivityFailed && error.silent;
      result = { proves: 'unknown', problem: { code: silent ? 'timeout' : 'failure', message: String(error) } };
    }
    this.apply({ type: 'dial_ended', n: call.n, result });
  }

  async #reconcile(call: Call): Promise<void> {
    await this.#engine.timeline.sleep(2_000);
    if (!this.#phones.callOf(call.call_id)) await this.#engine.timeline.sleep(90_000);
    const real = this.#phones.callOf(call.call_id);
    const result = real
      ? { verdict: 'found' as const, ...this.#phones.idsOf(call.call_id), evidence: real.evidence }
      : { verdict: 'absent' as const };
    this.apply({ type: 'reconciled', n: call.n, result });
  }

  /** Asks the providers until they say something that no webhook said. */
  async #watch(call: Call, once_more: boolean, canceled: Promise<'canceled'>): Promise<void> {
    let stop = false;
    void canceled.then(() => {
      stop = true;
    });
    for (let known = -1; !stop; ) {
      await this.#engine.timeline.sleep(1_000);
      const said: Evidence[] = this.#phones.callOf(call.call_id)?.evidence ?? [];
      if (once_more || (said.length > known && known >= 0) || (known < 0 && said.some(isEnd))) {
        for (const evidence of said) this.apply({ type: 'evidence', evidence });
        return this.apply(once_more ? { type: 'asked_once_more', n: call.n } : { type: 'watch_failed', n: call.n });
      }
      known = said.length;
      await Promise.race([this.#engine.timeline.sleep(POLL_MS), canceled]);
    }
  }

  /** Writes the view, one write at a time. */
  #refresh(): void {
    if (this.#writing || this.state.outcome) return;
    const view = this.view();
    const nothing = this.#written
      ? isSameValue(lasting(view), lasting(this.#written))
      : view.status === 'queued' && view.waiting_for === null;
    if (nothing) return;
    const version = this.state.revision;
    this.#writing = this.#forever((deps) => recordActivities(deps).saveSnapshot({ version, view, events: [] })).then(
      () => {
        this.#written = view;
        this.#writing = undefined;
        this.#refresh();
      },
    );
  }
}

const isEnd = (evidence: Evidence): boolean =>
  evidence.kind === 'call_status' && ['completed', 'busy', 'no-answer', 'failed', 'canceled'].includes(evidence.status);
