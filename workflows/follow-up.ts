import { condition, proxyActivities, setHandler, setWorkflowOptions } from '@temporalio/workflow';
import type { FollowUpActivities, FollowUpBegun } from '../activities/interface.ts';
import { decide, type Task, taskKey } from '../domain/decide.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Fact } from '../domain/fact.ts';
import { fold } from '../domain/fold.ts';
import { iso } from '../domain/iso.ts';
import { callsOf, standingReport } from '../domain/leg.ts';
import type { Outcome } from '../domain/result.ts';
import { type BookingState, type Call, initialState } from '../domain/state.ts';
import { AlarmClock } from './alarm-clock.ts';
import { autoUpgrade } from './auto-upgrade.ts';
import { bridgeEvent, callStatus, postCall, reportResult } from './messages.ts';
import * as runTask from './run-task.ts';

const activities = proxyActivities<FollowUpActivities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 s', maximumInterval: '1 minute' },
  summary: 'Follow-up',
});

const { collectFollowUp } = proxyActivities<FollowUpActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10 s',
  retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '30 s' },
  summary: 'Store transcript and recording',
});

/** The follow-up must not stay open for a provider that never has transcript or recording. */
const COLLECT_MS = 600_000;

/** The only tasks of a call that is not ours to dial. */
const TASKS: readonly Task['do'][] = ['watch', 'hang_up'];

setWorkflowOptions(autoUpgrade, followUp);

/** Webhooks and the bridge store their evidence themselves. */
const isPolled = (evidence: Evidence): boolean => 'source' in evidence && evidence.source === 'poll';

class Talk {
  state: BookingState;
  /** Evidence in the order of arrival. Polled evidence is not on record yet. */
  readonly heard: Evidence[] = [];
  private readonly running = new Set<string>();
  private readonly alarmClock = new AlarmClock();
  private ended = 0;

  constructor(begun: FollowUpBegun) {
    this.state = initialState({ order: begun.order, settings: begun.settings });
    for (const evidence of begun.evidence) this.hear(evidence);
  }

  get call(): Call | undefined {
    return callsOf(this.state)[0];
  }

  hear(evidence: Evidence): void {
    this.heard.push(evidence);
    this.apply({ type: 'evidence', evidence });
  }

  private apply(fact: Fact): void {
    this.state = fold(this.state, fact, Date.now());
  }

  private async perform(task: Task): Promise<void> {
    const { call } = this;
    if (!call) return;
    if (task.do === 'hang_up') {
      this.apply({ type: 'hang_up_started', n: task.n, why: task.why, mode: task.mode });
      const result = await runTask.hangUp(this.state, this.call!, task.why, task.mode);
      return this.apply({ type: 'hang_up_ended', n: task.n, result });
    }
    if (task.do !== 'watch') return;
    const news = task.once_more ? await runTask.watchOnceMore(this.state, call) : await runTask.watch(this.state, call);
    for (const evidence of news) this.hear(evidence);
    if (task.once_more) return this.apply({ type: 'asked_once_more', n: task.n });
    if (news.length === 0) this.apply({ type: 'watch_failed', n: task.n });
  }

  private start(task: Task): void {
    const key = taskKey(task);
    if (this.running.has(key) || !TASKS.includes(task.do)) return;
    this.running.add(key);
    void this.perform(task).finally(() => {
      this.running.delete(key);
      this.ended += 1;
    });
  }

  /** Watches the call to its end, and waits for what was said in it. */
  async untilOver(): Promise<Outcome> {
    for (;;) {
      this.apply({ type: 'time_passed' });
      const decision = decide(this.state, Date.now());
      if (decision.is === 'final') return decision.outcome;
      for (const task of decision.tasks) this.start(task);
      const { revision } = this.state;
      const { ended } = this;
      const { rung } = this.alarmClock;
      if (decision.wake_at !== undefined) this.alarmClock.set(decision.wake_at, 'Wait for the call of the business');
      await condition(() => this.state.revision !== revision || this.ended !== ended || this.alarmClock.rung !== rung);
    }
  }
}

/**
 * A call of the business after the booking's outcome. The outcome stays; the talk stands beside it. It is a booking's life without dials: the
 * same rules watch the call, hang it up at its cap, and weigh its report.
 */
export async function followUp({ call_id }: { call_id: string }): Promise<void> {
  const early: Evidence[] = [];
  let talk: Talk | undefined;
  const take = (evidence: Evidence): void => {
    if (talk) talk.hear(evidence);
    else early.push(evidence);
  };
  for (const signal of [reportResult, callStatus, postCall, bridgeEvent]) setHandler(signal, take);
  const begun = await activities.beginFollowUp({ call_id });
  if (!begun) return;
  talk = new Talk(begun);
  const known = new Set(begun.evidence.map(({ id }) => id));
  for (const evidence of early) if (!known.has(evidence.id)) talk.hear(evidence);
  const { proof } = await talk.untilOver();
  const { call } = talk;
  const report = (call && (standingReport(call) ?? call.found_report?.report)) ?? null;
  await activities.concludeFollowUp({
    call_id,
    line_id: begun.settings.line_id,
    heard: talk.heard.filter(isPolled),
    follow_up: { at: begun.at, call_id, report, proof },
  });
  const talks = runTask.talksOf(talk.state);
  if (talks.length > 0) await collectFollowUp({ call_id, talks, collect_until: iso(Date.now() + COLLECT_MS) });
}
