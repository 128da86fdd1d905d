import { CLOCKS_DIFFER_MS } from '../../activities/find-leg.ts';
import { talkAmong, wasInVain } from '../../activities/talk-of-call.ts';
import { PHONE, type Provider } from '../../domain/channels.ts';
import type { ConversationStatus, Evidence, Problem, ReconcileResult } from '../../domain/evidence.ts';
import { iso } from '../../domain/iso.ts';
import { mediaOf } from '../../domain/known-media.ts';
import { callsOf, giveUpAt, isTerminal, rankOf } from '../../domain/leg.ts';
import type { Call } from '../../domain/state.ts';
import { isUnread } from '../../domain/weigh-attempt.ts';
import { ProviderUnreachable } from '../../providers/interface.ts';
import { conversationEvidence } from '../../providers/webhooks/post-call.ts';
import type { CoreRun, Running } from './core.ts';

/** As activities/reconcile.ts and activities/watch-leg.ts pace themselves. */
const ROUNDS_MS = [1_000, 1_000, 1_000, 2_000, 3_000, 5_000];
const PACE_MS = { ringing: 5_000, talking: 15_000, ended: 2_000 };

type Answer =
  | { says: 'found'; call_sid?: string | undefined; conversation_id?: string | undefined }
  | { says: 'denied' }
  | { says: 'nothing'; problem: Problem };

const callOf = (run: CoreRun, n: number): Call => callsOf(run.state).find((one) => one.n === n)!;

const OTHER_ACCOUNTS: Problem = { code: 'other_accounts', message: 'other accounts' };

function ask(provider: Provider, run: CoreRun, n: number, since: number, knownSids: readonly string[]): Answer {
  if (!run.mayAct) return { says: 'nothing', problem: OTHER_ACCOUNTS };
  try {
    if (provider === 'elevenlabs') {
      const ours = talkAmong(run.world.conversationsOf(since), callOf(run, n));
      return ours
        ? { says: 'found', call_sid: ours.call_sid, conversation_id: ours.conversation_id }
        : { says: 'denied' };
    }
    const callId = callOf(run, n).call_id;
    const calls = run.world.callsTo(since).filter((call) => {
      const owner = run.world.database.ownerOf(call.call_sid);
      return !knownSids.includes(call.call_sid) && (owner === undefined || owner === callId);
    });
    const ours = calls.find((call) => !isTerminal(call.status)) ?? calls.at(-1);
    return ours ? { says: 'found', call_sid: ours.call_sid } : { says: 'denied' };
  } catch (error) {
    if (error instanceof ProviderUnreachable) return { says: 'nothing', problem: error.problem };
    throw error;
  }
}

/** Ties the ids to the attempt and brings what is on record of it: a run that was set back never got it. */
function onRecord(run: CoreRun, n: number, found: ReconcileResult & { verdict: 'found' }): ReconcileResult {
  if (run.world.circumstances.isDatabaseAway(run.world.now)) return found;
  run.world.link(n, found);
  const evidence = run.world.database.evidenceOf(callOf(run, n).call_id);
  return evidence.length > 0 ? { ...found, evidence } : found;
}

/**
 * The rule of activities/reconcile.ts, round by round: found is adopted; absent only after every provider that must know has
 * denied for `reconcile_seconds`; unreachable once the caps have passed and one still gives no answer.
 */
export function reconcileRounds(run: CoreRun, one: Running, n: number, done: () => void): void {
  const { reconcile_seconds } = run.run.input.settings;
  const attempt = callOf(run, n);
  const giveUp = giveUpAt(run.state, attempt);
  const since = attempt.dialed_at - CLOCKS_DIFFER_MS;
  const knownSids = callsOf(run.state).flatMap((other) => (other.n !== n && other.call_sid ? [other.call_sid] : []));
  const needed = PHONE[attempt.channel].deniedBy;
  const denials: Partial<Record<Provider, { first: number; last: number }>> = {};
  run.act(`reconcile ${n}`);

  const finish = (result: ReconcileResult): void => {
    done();
    run.run.reconciled.push(result.verdict);
    run.act(`learn that dial ${n} is ${result.verdict}`);
    run.happenTo(one, {
      type: 'reconciled',
      n,
      result: result.verdict === 'found' ? onRecord(run, n, result) : result,
    });
  };
  const round = (k: number): void => {
    if (one.let_go) return;
    const now = run.clock + run.run.schedule.worker_skew_ms;
    const answers = needed.map((provider) => ask(provider, run, n, since, knownSids));
    const found = answers.filter((answer) => answer.says === 'found');
    if (found.length > 0) {
      const conversation = found.find((answer) => answer.conversation_id !== undefined);
      const call_sid = conversation?.call_sid ?? found.find((answer) => answer.call_sid !== undefined)?.call_sid;
      finish({ verdict: 'found', call_sid, conversation_id: conversation?.conversation_id });
      return;
    }
    let trouble: Problem | undefined;
    answers.forEach((answer, i) => {
      const provider = needed[i]!;
      if (answer.says === 'denied') denials[provider] = { first: denials[provider]?.first ?? now, last: now };
      if (answer.says === 'nothing') trouble = answer.problem;
    });
    const deniedFor = Math.min(
      ...needed.map((provider) => {
        const denial = denials[provider];
        return denial ? denial.last - denial.first : -1;
      }),
    );
    const proof = reconcile_seconds * 1000;
    if (deniedFor >= proof) {
      finish({ verdict: 'absent' });
      return;
    }
    if (trouble && now >= giveUp) {
      finish({ verdict: 'unreachable', problem: trouble });
      return;
    }
    const delay = ROUNDS_MS[Math.min(k, ROUNDS_MS.length - 1)]!;
    const pause = deniedFor >= 0 && proof - deniedFor < delay ? Math.max(proof - deniedFor, 50) : delay;
    run.ours(run.world.now + pause, () => round(k + 1));
  };
  run.ours(run.world.now + 50, () => round(0));
}

const RANK: Record<ConversationStatus, number> = { initiated: 0, 'in-progress': 1, processing: 2, done: 3, failed: 3 };
const isOver = (status: ConversationStatus | undefined): boolean => status === 'done' || status === 'failed';

function lookAtCall(run: CoreRun, known: Call): Evidence | undefined {
  if (!known.call_sid || known.leg === 'ended') return undefined;
  const call = run.world.call(known.call_sid);
  if (!call) return undefined;
  if (!isTerminal(call.status) && rankOf(call.status) <= rankOf(known.call_status)) return undefined;
  return {
    kind: 'call_status',
    source: 'poll',
    id: `poll:${known.call_sid}:${call.status}`,
    call_id: known.call_id,
    call_sid: known.call_sid,
    at: iso(run.world.now),
    status: call.status,
    answered_by: call.answered_by,
  };
}

function lookAtConversation(run: CoreRun, known: Call, onceMore = false): Evidence | 'unfinished' | undefined {
  const unread = isUnread(known);
  if (isOver(known.conversation_status) && !unread) return undefined;
  if (mediaOf(known) === 'bridge' && known.leg !== 'ended' && !onceMore) return undefined;
  const named = known.conversation_id ? run.world.conversation(known.conversation_id) : undefined;
  const byName = known.conversation_id !== undefined && !(named && wasInVain(named, known));
  const listed = !byName && (known.conversation_id || mediaOf(known) === 'provider');
  const conversation = listed ? talkAmong(run.world.conversationsOf(0), known) : named;
  const awaited = conversation ? !isOver(conversation.status) : mediaOf(known) === 'provider' && !known.conversation_id;
  if (onceMore && awaited) return 'unfinished';
  const rank = known.conversation_status === undefined ? -1 : RANK[known.conversation_status];
  if (!conversation || (RANK[conversation.status] <= rank && !unread)) return undefined;
  const id = `poll:${conversation.conversation_id}:${conversation.status}${unread ? ':read' : ''}`;
  const evidence = conversationEvidence(conversation, 'poll', id, iso(run.world.now));
  if (!isOver(conversation.status)) {
    return { ...evidence, report: undefined, transcript: undefined, call_id: known.call_id };
  }
  const seen = run.world.asRead({ ...evidence, call_id: known.call_id });
  if (unread && !seen.transcript?.talk) return onceMore ? 'unfinished' : undefined;
  return seen;
}

/** The look of activities/watch-leg.ts, again and again at the leg's pace until there is news; a lost worker is one look late. */
export function watchRounds(run: CoreRun, one: Running, n: number, done: () => void): void {
  // What was known when it was asked for: an activity's input does not change.
  const known = callOf(run, n);
  const pace =
    known.leg === 'ended' ? PACE_MS.ended : known.answered_at !== undefined ? PACE_MS.talking : PACE_MS.ringing;
  const look = (): void => {
    if (one.let_go) return;
    if (!run.mayAct) {
      run.ours(run.world.now + pace, look);
      return;
    }
    const news: Evidence[] = [];
    for (const see of [lookAtCall, lookAtConversation]) {
      try {
        const seen = see(run, known);
        if (seen && seen !== 'unfinished') news.push(seen);
      } catch (error) {
        if (!(error instanceof ProviderUnreachable)) throw error;
      }
    }
    if (news.length === 0) {
      run.ours(run.world.now + pace, look);
      return;
    }
    done();
    for (const evidence of news) {
      run.act(`see ${'status' in evidence ? evidence.status : evidence.kind} of ${n}`);
      run.world.delivered.push({ at: run.world.now, evidence });
      run.happenTo(one, { type: 'evidence', evidence });
    }
  };
  run.ours(run.world.now + 30, look);
}

/** As workflows/steps.ts bounds it. */
const ONCE_MORE_MS = 60_000;

/** The last look: again and again until both providers have answered with what they will ever have, for a minute at most. */
export function lookOnceMore(run: CoreRun, one: Running, n: number, done: () => void): void {
  const known = callOf(run, n);
  const until = run.clock + ONCE_MORE_MS;
  const finish = (news: Evidence[]): void => {
    for (const evidence of news) {
      run.act(`see ${'status' in evidence ? evidence.status : evidence.kind} of ${n}`);
      run.world.delivered.push({ at: run.world.now, evidence });
      run.happenTo(one, { type: 'evidence', evidence });
    }
    // Then our own records: what was told while nobody could tell this workflow.
    run.recorded(5, one, () => {
      if (one.let_go) return;
      done();
      for (const evidence of run.world.database.results()) {
        if (evidence.call_id === known.call_id) run.happenTo(one, { type: 'evidence', evidence });
      }
      run.happenTo(one, { type: 'asked_once_more', n });
    });
  };
  const look = (): void => {
    if (one.let_go) return;
    const news: Evidence[] = [];
    let missing = !run.mayAct;
    for (const see of run.mayAct ? [lookAtCall, lookAtConversation] : []) {
      try {
        const seen = see(run, known, true);
        if (seen === 'unfinished') missing = true;
        else if (seen) news.push(seen);
      } catch (error) {
        if (!(error instanceof ProviderUnreachable)) throw error;
        missing = true;
      }
    }
    if (!missing || news.some(({ kind }) => kind === 'conversation')) finish(news);
    else if (run.clock >= until) finish([]);
    else run.ours(run.world.now + PACE_MS.ended, look);
  };
  run.ours(run.world.now + 30, look);
}
