import { doubtSentences } from '../domain/doubt-words.ts';
import type { Outcome, Result } from '../domain/result.ts';
import { plain } from './foreign.ts';
import { bad, bold, good, warn } from './ink.ts';
import { proofLines } from './proof-text.ts';

/** Exit codes of `book` and `watch`, as in docs/cli.md. 1 and 2 are failures of the command itself. */
export const EXIT = {
  confirmed: 0,
  /** The command failed; the outcome is unknown. */
  failed: 1,
  /** Somebody answered and gave no appointment. */
  refused: 3,
  /** Nobody was reached who could give one. */
  unreached: 4,
  /** A person has to review the booking before anybody books again. */
  needsReview: 5,
  canceled: 6,
  /** No channel worked. */
  error: 7,
  /** Two agents talked to each other: nobody was called. */
  simulation: 8,
  /** Ctrl-C: the booking goes on. */
  interrupted: 130,
} as const;

const CODES: Record<Result, number> = {
  confirmed: EXIT.confirmed,
  declined: EXIT.refused,
  no_availability: EXIT.refused,
  callback_requested: EXIT.refused,
  unreachable: EXIT.unreached,
  voicemail: EXIT.unreached,
  invalid_number: EXIT.unreached,
  expired: EXIT.unreached,
  wrong_number: EXIT.unreached,
  do_not_call: EXIT.unreached,
  needs_review: EXIT.needsReview,
  canceled: EXIT.canceled,
  error: EXIT.error,
};

/** A simulation's result is never an appointment, nor is a result that this version does not know. */
export function exitCodeOf({ result, channel }: Outcome): number {
  if (!Object.hasOwn(CODES, result)) return EXIT.failed;
  return channel === 'simulation' && CODES[result] < EXIT.needsReview ? EXIT.simulation : CODES[result];
}

const WORDS: Record<Result, string> = {
  confirmed: 'the appointment is confirmed',
  declined: 'the business gives no appointment',
  no_availability: 'the business has no appointment left',
  callback_requested: 'the business asks for a call at another time',
  unreachable: 'nobody answered',
  voicemail: 'only a machine answered',
  invalid_number: 'the number cannot be called',
  expired: 'nobody could be called before not_after',
  wrong_number: 'the number is not the business’s',
  do_not_call: 'the number must not be called',
  needs_review:
    'somebody was, or may have been, reached and the evidence leaves the result open: review it before you book again',
  canceled: 'canceled',
  error: 'no channel worked, and nobody was called',
};

/** Lines under one name: `  proof     stated: …`. */
const named = (name: string, lines: readonly string[]): string[] =>
  lines.map((line, n) => `  ${(n === 0 ? name : '').padEnd(9)} ${line}`);

/** The outcome in a few lines, with what it rests on, or why a person has to decide. */
export function outcomeLines(outcome: Outcome): string[] {
  const {
    result,
    channel,
    simulated,
    notes,
    evidence,
    proof,
    doubts = [],
    offers = [],
    callback_at,
    ...given
  } = plain(outcome);
  const { confirmed_date: date, confirmed_time: time } = given;
  const ink = result === 'confirmed' && channel !== 'simulation' ? good : result === 'canceled' ? warn : bad;
  const head = `${ink(bold(result))}: ${Object.hasOwn(WORDS, result) ? WORDS[result] : 'a result that this version of vocero does not know'}`;
  const when = [date, time].filter(Boolean).join(' at ');
  return [
    channel === 'simulation' ? `${warn(bold(`simulated ${result}`))}: two agents talked, nobody was called` : head,
    ...named('when', when ? [when] : []),
    ...named('call at', callback_at ? [callback_at] : []),
    ...named(
      'offered',
      offers.map(({ date: on, time: at, note }) => [on, at, note].filter(Boolean).join(' ')),
    ),
    ...named('proof', proof ? proofLines(proof) : []),
    // The notes repeat the doubts in one line.
    ...named('why', doubtSentences(doubts)),
    ...named('notes', notes && doubts.length === 0 ? [notes] : []),
    ...named('evidence', evidence.length > 0 ? [evidence.join(', ')] : []),
    ...(simulated && channel !== 'simulation' ? [warn('  simulated by the sandbox: nobody was called')] : []),
  ];
}
