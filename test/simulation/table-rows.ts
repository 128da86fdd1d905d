import { automatonThatAnswered, reachedSomebody } from '../../domain/leg.ts';
import type { Call, PutOff } from '../../domain/state.ts';
import { askedIn, isFollowedUp } from './check-callbacks.ts';
import { callsIn, type Run } from './run.ts';

const some = (run: Run, test: (call: Call, index: number) => boolean): boolean => callsIn(run).some(test);
const next = (run: Run, index: number): Call | undefined => callsIn(run)[index + 1];
const result = (run: Run): string | undefined => run.outcome?.result;
const did = (run: Run, word: string): boolean => run.acts.some((act) => act.word.includes(word));
const learned = (run: Run, n: number, word: string): boolean => did(run, `learn that dial ${n} ${word}`);
const isAutomaton = (call: Call): boolean => ['menu', 'hold', 'screener'].includes(automatonThatAnswered(call) ?? '');
const unanswered = (attempt: Call): boolean =>
  attempt.leg === 'ended' && attempt.answered_at === undefined && attempt.hang_up === undefined;
/** A dial was put off, and the next call after it fits. */
const putOffThen = (run: Run, waitsFor: PutOff['waits_for'], fits: (call: Call, before: PutOff) => boolean): boolean =>
  run.state?.put_off.some((before) => {
    const call = callsIn(run).find(({ n }) => n > before.n);
    return before.waits_for === waitsFor && call !== undefined && fits(call, before);
  }) === true;

/**
 * The rows of the design’s table “What follows what”, and how a run shows that it went through one. For counting only: what is
 * right is checked elsewhere, from the truth.
 */
export const ROWS: Record<string, (run: Run) => boolean> = {
  'number refused: final at once': (run) => result(run) === 'invalid_number',
  'account refused: next channel': (run) =>
    some(
      run,
      (one, i) => one.no_ring === 'channel_refused' && one.channel === 'native' && next(run, i)?.channel === 'bridge',
    ),
  'registered: ElevenLabs carries the sound': (run) =>
    some(run, ({ channel, media }) => channel === 'registered' && media === 'provider'),
  'registered: bridged in the same ring': (run) =>
    some(run, ({ channel, media }) => channel === 'registered' && media === 'bridge'),
  '429: same channel after the delay': (run) =>
    putOffThen(run, 'rate_limit', (call, { channel }) => call.channel === channel),
  'not taken: same channel again': (run) =>
    putOffThen(run, 'no_worker', (call, { channel }) => call.channel === channel),
  'not taken: next channel by budget': (run) =>
    putOffThen(run, 'no_worker', (call, { channel }) => channel === 'native' && call.channel === 'bridge'),
  'not taken to the end: error': (run) => run.outcome?.notes?.includes('no worker took the dial') === true,
  'unknown: found and adopted': (run) => run.reconciled.includes('found'),
  'unknown: a callback settles it first': (run) =>
    some(run, ({ n, leg }) => leg !== 'none' && learned(run, n, 'proves unknown') && !learned(run, n, 'is ')),
  'unknown: absent in both, transient': (run) => run.reconciled.includes('absent'),
  'unknown: out of reach to the end, needs_review': (run) =>
    run.reconciled.includes('unreachable') && result(run) === 'needs_review',
  'transient: next real channel': (run) =>
    some(
      run,
      (one, i) => one.no_ring === 'transient' && one.channel === 'native' && next(run, i)?.channel === 'bridge',
    ),
  'transient on the last channel: again': (run) =>
    some(run, (one, i) => one.no_ring === 'transient' && next(run, i)?.channel === one.channel),
  'ringing when the budget ends: canceled, next channel': (run) =>
    some(
      run,
      (one, i) => one.hang_up?.why === 'budget_spent' && one.leg === 'ended' && next(run, i)?.channel === 'bridge',
    ),
  'ringing when the budget ends: answered meanwhile, may finish': (run) =>
    some(run, (one) => one.hang_up?.why === 'budget_spent' && reachedSomebody(one)),
  'busy or no answer: redialed': (run) =>
    some(run, (one, i) => unanswered(one) && next(run, i)?.channel === one.channel),
  'busy or no answer to the end: unreachable': (run) =>
    result(run) === 'unreachable' && unanswered(callsIn(run).findLast((one) => one.leg !== 'none') ?? callsIn(run)[0]!),
  'rejected: not on that day, unreachable': (run) =>
    result(run) === 'unreachable' && callsIn(run).findLast(({ leg }) => leg !== 'none')?.rejected !== undefined,
  'rejected: dialed on a later day': (run) =>
    some(run, (one, i) => one.rejected !== undefined && next(run, i) !== undefined),
  'voicemail or fax: redialed': (run) => some(run, (one, i) => one.machine && next(run, i)?.channel === one.channel),
  'menu, recorded wait or screener: redialed': (run) =>
    some(run, (one, i) => isAutomaton(one) && next(run, i)?.channel === one.channel),
  'menu, recorded wait or screener to the end: unreachable': (run) =>
    result(run) === 'unreachable' && some(run, isAutomaton),
  'a person after a menu, a hold or a screener: as any talk': (run) =>
    result(run) === 'confirmed' &&
    some(run, ({ transcript }) => transcript?.digest.talk?.voices?.answers !== undefined),
  'left on hold: needs_review': (run) =>
    result(run) === 'needs_review' && some(run, ({ transcript }) => transcript?.digest.talk?.asked_to_wait === true),
  'voicemail to the end': (run) => result(run) === 'voicemail',
  'agent fails while it rings: canceled, transient': (run) =>
    some(run, (one) => one.hang_up?.why === 'agent_failed' && one.answered_at === undefined),
  'answered, agent never starts: needs_review': (run) =>
    result(run) === 'needs_review' && some(run, (one) => one.agent_failed && one.answered_at !== undefined),
  'answered, no stream: hung up': (run) => some(run, (one) => one.hang_up?.why === 'no_stream'),
  'reported: settled': (run) =>
    run.outcome?.evidence.includes('report_result') === true && result(run) !== 'needs_review',
  'the words carry it: confirmed': (run) => run.outcome?.proof?.level === 'stated',
  'no words to be had: confirmed as claimed': (run) => run.outcome?.proof?.level === 'claimed',
  'the words leave it open, the analysis decides': (run) => run.outcome?.proof?.level === 'analyzed',
  'the words speak against it: needs_review': (run) =>
    result(run) === 'needs_review' && run.outcome?.doubts !== undefined,
  'no report, but one in the record': (run) =>
    run.outcome?.channel !== 'simulation' &&
    run.outcome?.evidence.includes('report_result') === false &&
    ['confirmed', 'declined', 'no_availability', 'callback_requested'].includes(result(run) ?? ''),
  'no report at all: needs_review': (run) => run.outcome?.notes?.includes('no result was reported') === true,
  'stream lost: goes on, no redial': (run) => some(run, (one) => one.sessions.length > 1),
  'nothing ever rang: simulation': (run) => run.simulations.length > 0 && run.outcome?.channel === 'simulation',
  'nothing ever rang, no simulation: error': (run) => result(run) === 'error',
  'rang, channels spent: no simulation': (run) =>
    result(run) === 'unreachable' && some(run, (one) => one.no_ring === 'channel_refused'),
  'client cancels: hung up': (run) => result(run) === 'canceled' && did(run, 'cancel_requested'),
  'client cancels, a result wins': (run) =>
    run.cancel_at !== undefined &&
    run.outcome?.evidence.includes('report_result') === true &&
    result(run) !== 'canceled',
  'end not proved: needs_review': (run) =>
    result(run) === 'needs_review' && some(run, (one) => one.leg === 'over' && one.unreachable_provider !== true),
  'reports differ: needs_review': (run) => run.outcome?.notes?.includes('differ') === true,
  'talk over, phone still up: hung up': (run) => some(run, (one) => one.hang_up?.why === 'talk_over'),
  'cap reached: hung up': (run) => some(run, (one) => one.hang_up?.why === 'call_cap'),
  'nobody rung by not_after: expired': (run) => result(run) === 'expired' && callsIn(run).length === 0,
  'refused until not_after: expired': (run) => result(run) === 'expired' && callsIn(run).length > 0,
  'rung in vain by not_after: unreachable': (run) =>
    result(run) === 'unreachable' && run.input.order.not_after !== undefined,
  'still ringing at not_after: canceled': (run) => some(run, (one) => one.hang_up?.why === 'not_after'),
  'asked to be called at a time: called then': (run) =>
    run.world.requests.some((request) => askedIn(run, request) !== undefined),
  'called as asked: that call decides': (run) =>
    run.outcome?.result === 'confirmed' && run.world.legs.some((leg) => isFollowedUp(run, leg.call_id)),
  'called as asked, in vain: callback_requested': (run) => run.outcome?.notes?.includes('and nobody answered') === true,
  'another booking holds the number: waits': (run) => run.line_waits.length > 0,
};
