import { lastPutOff, MAX_NEVER_LEFT, putOffInARow } from './admission.ts';
import { type Channel, titleOf } from './channels.ts';
import type { Decision } from './decide.ts';
import { isPhone } from './leg.ts';
import { attemptStatus } from './render.ts';
import type { Attempt, BookingState, Call } from './state.ts';
import type { WaitReason } from './view.ts';

const WAITING: Record<WaitReason | 'evidence' | 'call', string> = {
  redial_delay: 'the delay before the next dial',
  calling_hours: 'calling hours at the business',
  not_before: 'the time before which the client wants no call',
  line_busy: 'another booking’s call to the same number to end',
  place: 'a free place at the provider or in its batch',
  rate_limit: 'the provider’s rate limit',
  other_accounts: 'the mode and accounts that it belongs to',
  no_worker: 'a worker that takes the dial',
  callback: 'the time at which the business asked to be called',
  dialing: 'an operator to resume dialing, which is held',
  evidence: 'evidence of what was agreed in the last call',
  call: 'the call to end',
};

function nameOf(channel: Channel): string {
  const { letter, title } = titleOf(channel);
  return `${letter} · ${title}`;
}

function describeAttempt(attempt: Attempt): string {
  const { call_sid, machine, hang_up }: Partial<Call> = isPhone(attempt) ? attempt : {};
  const facts = [
    call_sid && `leg \`${call_sid}\``,
    attempt.conversation_id && `talk \`${attempt.conversation_id}\``,
    machine && 'a machine answered',
    attempt.reports.at(-1) && `reported: **${attempt.reports.at(-1)!.report.result}**`,
    attempt.transcript && `${attempt.transcript.digest.business_turns} turns of the business`,
    hang_up && `hung up: ${hang_up.why.replaceAll('_', ' ')}`,
    attempt.problem && `${attempt.problem.code}`,
  ].filter(Boolean);
  return `| ${attempt.n} | ${nameOf(attempt.channel)} | ${attemptStatus(attempt).replaceAll('_', ' ')} | ${facts.join(', ')} |`;
}

/** Markdown for operators in the Temporal UI. Contains no personal data. */
export function describeBooking(state: BookingState, decision: Decision | undefined): string {
  const lines: string[] = [];
  if (state.outcome) {
    const { result, simulated, evidence } = state.outcome;
    lines.push(`### ${result.replaceAll('_', ' ')}${simulated ? ' (simulated)' : ''}`);
    lines.push(evidence.length > 0 ? `Based on ${evidence.join(', ').replaceAll('_', ' ')}.` : 'Based on no call.');
    if (state.outcome.result === 'needs_review') lines.push('A person must look before this is booked again.');
  } else if (decision?.is === 'going_on' && decision.waiting_for) {
    lines.push(`Waiting for ${WAITING[decision.waiting_for]}.`);
  }
  if (state.cancel_requested_at !== undefined) lines.push('The client asked to cancel.');
  if (state.attempts.length > 0) {
    lines.push(
      '',
      '| # | channel | state | known |',
      '| --- | --- | --- | --- |',
      ...state.attempts.map(describeAttempt),
    );
  }
  const putOff = lastPutOff(state);
  if (putOff) {
    const { channel, why } = putOff;
    const times = putOffInARow(state, channel);
    const often = times === 1 ? 'once' : `${times < MAX_NEVER_LEFT ? times : `at least ${times}`} times`;
    lines.push('', `${nameOf(channel)}: put off ${often}: ${why.replaceAll('_', ' ')}`);
  }
  return lines.join('\n');
}

/** Reason for a timer, for the list of events in the Temporal UI. */
export const summarizeWait = (decision: Decision): string =>
  `Wait for ${WAITING[(decision.is === 'going_on' && decision.waiting_for) || 'call']}`;

/** Short description of a task, for the list of events in the Temporal UI. */
export function summarizeTask(name: string, attempt: Attempt | undefined): string {
  return attempt ? `${name} · attempt ${attempt.n} · ${nameOf(attempt.channel)}` : name;
}
