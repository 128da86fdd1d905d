import { doubtSentences } from '../domain/doubt-words.ts';
import type { Outcome, Result } from '../domain/result.ts';
import { plain } from './foreign.ts';
import { bad, bold, good, warn } from './ink.ts';
import { proofLines } from './proof-text.ts';

/** Exit codes of `book` and `watch`; docs/cli.md has them as a table. 1 and 2 are failures of the command itself. */
export const EXIT = {
  confirmed: 0,
  /** The command failed, and says nothing of an outcome. */
  failed: 1,
  /** Somebody answered, and gave no appointment. */
  refused: 3,
  /** Nobody was reached who could have given one. */
  unreached: 4,
  /** A person has to look before anybody books again. */
  needsReview: 5,
  canceled: 6,
  /** No channel works. */
  error: 7,
  /** Two agents talked to each other: nobody was phoned. */
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
  wrong_number: EXIT.unreached,
  do_not_call: EXIT.unreached,
  needs_review: EXIT.needsReview,
  canceled: EXIT.canceled,
  error: EXIT.error,
};

/** What a simulation says is never an appointment, whatever it says; nor is a result that this version does not know. */
export function exitCodeOf({ result, channel }: Outcome): number {
  if (!Object.hasOwn(CODES, result)) return EXIT.failed;
  return channel === 'simulation' && CODES[result] < EXIT.needsReview ? EXIT.simulation : CODES[result];
}

const WORDS: Record<Result, string> = {
  confirmed: 'the appointment is confirmed',
  declined: 'they will not give an appointment',
  no_availability: 'they have no appointment left',
  callback_requested: 'they ask to be called at another time',
  unreachable: 'nobody could be reached',
  voicemail: 'only a machine answered',
  invalid_number: 'the number cannot be rung',
  wrong_number: 'it is not the business’s number',
  do_not_call: 'this number does not want to be called',
  needs_review:
    'somebody was, or may have been, reached and the evidence does not settle it: look before you book again',
  canceled: 'canceled',
  error: 'no channel works, and nobody was rung',
};

/** Lines under one name: `  proof     stated: …`. */
const named = (name: string, lines: readonly string[]): string[] =>
  lines.map((line, n) => `  ${(n === 0 ? name : '').padEnd(9)} ${line}`);

/** The outcome in a few lines, with what it rests on, or why it is left to a person. */
export function outcomeLines(outcome: Outcome): string[] {
  const { result, channel, simulated, notes, evidence, proof, doubts = [], ...given } = plain(outcome);
  const { confirmed_date: date, confirmed_time: time } = given;
  const ink = result === 'confirmed' && channel !== 'simulation' ? good : result === 'canceled' ? warn : bad;
  const head = `${ink(bold(result))}: ${Object.hasOwn(WORDS, result) ? WORDS[result] : 'a result that this version of vocero does not know'}`;
  const when = [date, time].filter(Boolean).join(' at ');
  return [
    channel === 'simulation' ? `${warn(bold(`simulated ${result}`))}: two agents talked, nobody was phoned` : head,
    ...named('when', when ? [when] : []),
    ...named('proof', proof ? proofLines(proof) : []),
    // The notes are the doubts, in one line.
    ...named('why', doubtSentences(doubts)),
    ...named('notes', notes && doubts.length === 0 ? [notes] : []),
    ...named('evidence', evidence.length > 0 ? [evidence.join(', ')] : []),
    ...(simulated && channel !== 'simulation' ? [warn('  simulated by the sandbox: nobody was phoned')] : []),
  ];
}
