import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  type WorkflowInfo,
  workflowInfo,
} from '@temporalio/workflow';
import type { AlarmKind } from '../domain/alarm-kinds.ts';
import { type Decision, decide, isMoot, isStillWanted, type Task, taskKey } from '../domain/decide.ts';
import { describeBooking, summarizeWait } from '../domain/describe.ts';
import { stateOfAnyVersion } from '../domain/earlier-state.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Fact } from '../domain/fact.ts';
import { fold } from '../domain/fold.ts';
import { callsOf, dialsOf, isPhone, mayBeAlive } from '../domain/leg.ts';
import type { BookingInput } from '../domain/order.ts';
import { asksNeverToBeCalled } from '../domain/prohibition.ts';
import { mustRecall, unknownTo } from '../domain/recall.ts';
import { viewOf, waitingOf } from '../domain/render.ts';
import type { Outcome } from '../domain/result.ts';
import { type BookingState, type Call, initialState } from '../domain/state.ts';
import type { BookingView, Waiting } from '../domain/view.ts';
import { AlarmClock } from './alarm-clock.ts';
import { ClientNotifications } from './client-notifications.ts';
import { releaseLine, takeLine } from './line.ts';
import {
  bridgeEvent,
  callStatus,
  cancel,
  lineHanded,
  notAfterChanged,
  postCall,
  reportResult,
  requestCancel,
  state as stateQuery,
  stillWanted,
  windowChanged,
} from './messages.ts';
import { ReadModel, type Written } from './read-model.ts';
import * as runTask from './run-task.ts';
import { BookingChannelKey, BookingResultKey, BookingStatusKey } from './search-attributes.ts';

/** Tasks that are cancelled when they are no longer wanted. A dial in progress is only asked to stop. */
const LETS_GO: readonly Task['do'][] = ['watch', 'reconcile', 'simulate'];
/** Only these get a scope: each scope costs time in every booking. */
const MAY_BE_STOPPED: readonly Task['do'][] = ['dial', ...LETS_GO];

/** Reasons for a deferred dial that operators must repair. */
const ALARMING: readonly AlarmKind[] = ['no_bridge', 'workflow_silent'];

/**
 * A booking may wait for days. Long before Temporal's limit of some 50,000 events, a new run continues it with the full state. A run of a
 * thousand events is read in milliseconds.
 */
const MAX_HISTORY_EVENTS = 1_000;

const isLong = ({ historyLength, continueAsNewSuggested }: WorkflowInfo): boolean =>
  historyLength >= MAX_HISTORY_EVENTS || continueAsNewSuggested;

/** State that a run passes to the next run of the booking. */
export interface Carried {
  state: Omit<BookingState, 'input'>;
  written: Written;
  told: string[];
  shown: string;
  alarmed: string[];
}

class Booking {
  state: BookingState;
  private decision: Decision | undefined;
  private readonly running = new Map<string, { task: Task; scope: CancellationScope | undefined }>();
  private readonly records: ReadModel;
  private readonly alarmClock = new AlarmClock();
  private readonly client: ClientNotifications;
  /** The search attributes that Temporal has now. The start sets the first. */
  private shown: string;
  /** Number of ended tasks: another task with the same key may start now. */
  private ended = 0;
  private readonly alarmed: Set<string>;
  /** Number of times that this booking was signaled the line. */
  private handed = 0;
  /** Calls in which the business asked never to be called again; below, those that the do-not-call list does not have yet. */
  private readonly forbidding = new Set<string>();
  private readonly unforbidden = new Set<string>();

  constructor(input: BookingInput, carried?: Carried) {
    this.state = carried ? stateOfAnyVersion({ ...carried.state, input }) : initialState(input);
    const current = (): BookingState => this.state;
    this.records = new ReadModel(
      current,
      () => this.waiting(),
      (away) => this.apply({ type: away ? 'records_away' : 'records_back' }),
      carried?.written,
    );
    this.client = new ClientNotifications(carried?.told);
    this.shown = carried?.shown ?? 'queued null undefined';
    this.alarmed = new Set(carried?.alarmed);
  }

  /** Continues in a new run when nothing is in progress that this run must finish. */
  private async goOnAnew(): Promise<void> {
    const written = this.records.carry();
    if (this.running.size > 0 || this.unforbidden.size > 0 || !written || callsOf(this.state).some(mayBeAlive)) return;
    const { input, ...state } = this.state;
    const told = this.client.carry();
    const carried: Carried = { state, written, told, shown: this.shown, alarmed: [...this.alarmed] };
    await condition(allHandlersFinished);
    await continueAsNew<typeof bookAppointment>(input, carried);
  }

  private waiting(): Waiting | undefined {
    return waitingOf(this.state, this.decision);
  }

  /** The booking as the API shows it. */
  view(): BookingView {
    return viewOf(this.state, this.waiting());
  }

  apply(fact: Fact): void {
    // The event stream ends with the outcome. The receiver of later evidence stores it.
    if (fact.type === 'evidence' && this.state.outcome === null) this.records.note(fact.evidence);
    this.state = fold(this.state, fact, Date.now());
    if (fact.type === 'evidence') this.honour(fact.evidence);
  }

  /** A request never to be called again counts as soon as it arrives. In a simulation no business makes it. */
  private honour(evidence: Evidence): void {
    if (!asksNeverToBeCalled(evidence) || this.forbidding.has(evidence.call_id)) return;
    const attempt = this.state.attempts.find(({ call_id }) => call_id === evidence.call_id);
    if (!attempt || !isPhone(attempt) || this.state.outcome !== null) return;
    void this.forbid(attempt.call_id);
  }

  private async forbid(callId: string): Promise<void> {
    this.forbidding.add(callId);
    this.unforbidden.add(callId);
    // A cancel must not stop this.
    await CancellationScope.nonCancellable(() => this.records.forbid(callId));
    this.unforbidden.delete(callId);
    this.ended += 1;
  }

  lineHanded(): void {
    this.handed += 1;
    this.apply({ type: 'line_taken' });
  }

  private call(n: number): Call {
    return callsOf(this.state).find((call) => call.n === n)!;
  }

  private async perform(task: Task): Promise<void> {
    switch (task.do) {
      case 'take_line': {
        const before = this.handed;
        const { taken, of_key, over, waits_for } = await takeLine(this.state, task.channel);
        // The line may have been handed over between the database's answer and now.
        return this.apply(
          taken || this.handed !== before ? { type: 'line_taken', of_key } : { type: 'line_busy', over, waits_for },
        );
      }
      case 'release_line': {
        await releaseLine(this.state);
        return this.apply({ type: 'line_released' });
      }
      case 'dial': {
        const call = dialsOf(this.state).at(-1)!;
        const result = await runTask.dial(this.state, call, task.not_after, this.records.handOver());
        this.records.handedOver(result.proves === 'accepted');
        this.apply({ type: 'dial_ended', n: call.n, result });
        if (result.proves === 'unknown' && result.dialed) this.alarmOnce('stores_disagree');
        if (result.proves === 'skipped' && result.reason === 'not_on_record') this.alarmOnce('not_on_record');
        if (result.proves === 'skipped' && result.reason === 'not_taken') this.alarmOnce('dial_not_taken');
        if (result.proves === 'channel_refused') void this.alarm(`${task.channel}_refused`, result.problem.code);
        if (result.proves === 'deferred') {
          const kind = ALARMING.find((code) => code === result.problem.code);
          if (kind) this.alarmOnce(kind);
        }
        return;
      }
      case 'reconcile': {
        const result = await runTask.reconcile(this.state, this.call(task.n));
        return this.apply({ type: 'reconciled', n: task.n, result });
      }
      case 'watch': {
        if (task.once_more) return this.askOnceMore(task.n);
        const news = await runTask.watch(this.state, this.call(task.n));
        if (news.length === 0) this.apply({ type: 'watch_failed', n: task.n });
        for (const evidence of news) this.apply({ type: 'evidence', evidence });
        return;
      }
      case 'hang_up': {
        const result = await runTask.hangUp(this.state, this.call(task.n), task.why, task.mode);
        if (result.done === 'not_found') this.alarmOnce('no_right_to_hang_up');
        return this.apply({ type: 'hang_up_ended', n: task.n, result });
      }
      case 'simulate': {
        const simulation = this.state.attempts.findLast((attempt) => !isPhone(attempt))!;
        const result = await runTask.simulate(this.state, simulation);
        return this.apply({ type: 'simulated', n: simulation.n, result });
      }
    }
  }

  /** Before the booking ends without a result: ask the providers, then read our own records. */
  private async askOnceMore(n: number): Promise<void> {
    for (const evidence of await runTask.watchOnceMore(this.state, this.call(n)))
      this.apply({ type: 'evidence', evidence });
    for (const evidence of await this.records.heardSoFar(this.call(n))) this.apply({ type: 'evidence', evidence });
    this.apply({ type: 'asked_once_more', n });
  }

  /** Facts that must be in the state before a task's first command leaves. */
  private announce(task: Task): void {
    if (task.do === 'dial') this.apply({ type: 'dial_started', channel: task.channel });
    if (task.do === 'simulate') this.apply({ type: 'dial_started', channel: 'simulation' });
    if (task.do === 'hang_up') this.apply({ type: 'hang_up_started', n: task.n, why: task.why, mode: task.mode });
  }

  private start(task: Task): void {
    const key = taskKey(task);
    this.announce(task);
    const scope = MAY_BE_STOPPED.includes(task.do) ? new CancellationScope({ cancellable: true }) : undefined;
    this.running.set(key, { task, scope });
    void this.performed(key, task, scope);
  }

  private async performed(key: string, task: Task, scope: CancellationScope | undefined): Promise<void> {
    try {
      await (scope ? scope.run(() => this.perform(task)) : this.perform(task));
    } catch (error) {
      if (!isCancellation(error)) throw error;
    } finally {
      this.running.delete(key);
      this.ended += 1;
    }
  }

  /** Reads the dials of all runs of this booking, before it ends without a look at them. */
  private async recall(): Promise<void> {
    const { dials, evidence } = await this.records.recall();
    if (unknownTo(this.state, dials).length > 0) this.alarmOnce('stores_disagree');
    this.apply({ type: 'recalled', dials, evidence });
  }

  private alarmOnce(kind: AlarmKind): void {
    if (this.alarmed.has(kind)) return;
    this.alarmed.add(kind);
    void this.alarm(kind, kind);
  }

  private async alarm(kind: AlarmKind, message: string): Promise<void> {
    await runTask.alarm({ booking_id: this.state.input.order.id, kind, message }).catch(() => undefined);
  }

  /** Starts wanted tasks that do not run, and cancels running tasks that are no longer wanted. */
  private arrange(tasks: Task[]): void {
    const wanted = new Set(tasks.map(taskKey));
    const last = dialsOf(this.state).at(-1);
    for (const [key, { task, scope }] of this.running) {
      const stopDial = task.do === 'dial' && last !== undefined && isMoot(this.state, last, Date.now());
      if (stopDial || (!wanted.has(key) && LETS_GO.includes(task.do))) scope?.cancel();
    }
    for (const task of tasks) if (!this.running.has(taskKey(task)) && !this.mustWait(task)) this.start(task);
  }

  /**
   * A delayed release must not release the line under a later call. And a number that asked never to be called again must be on the list
   * before another booking gets its line.
   */
  private mustWait(task: Task): boolean {
    if (task.do === 'release_line') return this.unforbidden.size > 0;
    return (
      (task.do === 'dial' || task.do === 'take_line') && (this.running.has('release_line') || this.unforbidden.size > 0)
    );
  }

  private show(): void {
    const view = viewOf(this.state);
    const line = `${view.status} ${view.channel} ${view.outcome?.result}`;
    if (line !== this.shown) {
      this.shown = line;
      upsertSearchAttributes([
        { key: BookingStatusKey, value: view.status },
        { key: BookingChannelKey, value: view.channel },
        { key: BookingResultKey, value: view.outcome?.result ?? null },
      ]);
    }
    setCurrentDetails(describeBooking(this.state, this.decision));
  }

  /** Decides, acts and waits for the next fact, until there is an outcome. */
  private async untilFinal(): Promise<Outcome> {
    for (;;) {
      if (isLong(workflowInfo())) await this.goOnAnew();
      this.apply({ type: 'time_passed' });
      const decision = decide(this.state, Date.now());
      this.decision = decision;
      if (mustRecall(this.state, decision)) {
        await this.recall();
        continue;
      }
      // The outcome releases the line, and a client may book again at once: the number must be on the list before.
      if (decision.is === 'final' && this.unforbidden.size === 0) return decision.outcome;
      this.client.attemptsFailed(this.state, this.waiting());
      this.arrange(decision.is === 'final' ? [] : decision.tasks);
      this.show();
      this.records.refresh();
      const seen = this.state.revision;
      const { ended } = this;
      const { rung } = this.alarmClock;
      const news = (): boolean => this.state.revision !== seen || this.ended !== ended || this.alarmClock.rung !== rung;
      // Starting a task may have changed the state: decide again before waiting.
      if (decision.is !== 'final' && decision.wake_at !== undefined)
        this.alarmClock.set(decision.wake_at, summarizeWait(decision));
      // Each wait costs time in every booking.
      if (!news()) await condition(news);
    }
  }

  async run(): Promise<Outcome> {
    const outcome = await this.untilFinal();
    this.apply({ type: 'settled', outcome });
    for (const { task, scope } of this.running.values()) if (LETS_GO.includes(task.do)) scope?.cancel();
    this.show();
    // Recording the outcome releases the line: a lock that is being taken must not follow it.
    await condition(() => !this.running.has('take_line'));
    await Promise.all([this.records.conclude(runTask.talksOf(this.state)), this.client.final(this.state)]);
    return outcome;
  }
}

/**
 * Carries one booking from its acceptance to one honest outcome. It is a thin loop around the pure core: `decide` says what should happen
 * next, `fold` applies what happened. Signals only add evidence; nothing else decides.
 * @param carried state of the previous run of the same booking
 * @example
 * ```ts
 * const handle = await client.workflow.start(bookAppointment, { workflowId: order.id, taskQueue, args: [{ order, settings }] });
 * const outcome = await handle.result();
 * ```
 */
export async function bookAppointment(input: BookingInput, carried?: Carried): Promise<Outcome> {
  const booking = new Booking(input, carried);
  const take = (evidence: Evidence): void => booking.apply({ type: 'evidence', evidence });
  setHandler(reportResult, take, { description: 'The report of an agent' });
  setHandler(callStatus, take, { description: 'A change of a phone leg’s state' });
  setHandler(postCall, take, { description: 'The record of an ended conversation' });
  setHandler(bridgeEvent, take, { description: 'An event of the media bridge' });
  setHandler(requestCancel, () => booking.apply({ type: 'cancel_requested' }), { description: 'Cancel the booking' });
  setHandler(lineHanded, () => booking.lineHanded(), {
    description: 'This booking now holds the number’s line',
  });
  setHandler(windowChanged, (calling_window) => booking.apply({ type: 'window_changed', calling_window }), {
    description: 'The present calling window',
  });
  setHandler(notAfterChanged, (not_after) => booking.apply({ type: 'not_after_changed', not_after }), {
    description: 'The last moment for a dial has changed',
  });
  setHandler(stateQuery, () => booking.view(), { description: 'The booking as the API shows it' });
  setHandler(stillWanted, (callId) => isStillWanted(booking.state, callId, Date.now()), {
    description: 'True while a dial that has not left may still leave',
  });
  setHandler(
    cancel,
    () => {
      booking.apply({ type: 'cancel_requested' });
      return booking.view();
    },
    {
      description: 'Cancel the booking; a live call is hung up',
      validator: () => {
        if (booking.state.outcome !== null) {
          throw ApplicationFailure.nonRetryable('the booking already has its outcome', 'BookingFinal');
        }
      },
    },
  );
  // A cancel in the Temporal UI has the same meaning as the client's: hang up, prove the end, give an honest outcome.
  void CancellationScope.current().cancelRequested.catch(() => booking.apply({ type: 'cancel_requested' }));
  return CancellationScope.nonCancellable(() => booking.run());
}
