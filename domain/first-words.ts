import type { Evidence } from './evidence.ts';

/** A conversation's record that says otherwise is of another clock. */
const MAX_SECONDS = 60;

/** When a call was answered, ISO 8601: by Twilio's request for its instructions, or its status callback; undefined: not known. */
export const answeredAt = (evidence: readonly Evidence[]): string | undefined =>
  evidence
    .flatMap((one) =>
      one.kind === 'call_status' && one.status === 'in-progress' && one.answered_by === undefined ? [one.at] : [],
    )
    .sort()
    .at(-1);

/**
 * Seconds from the answer of a call to the agent's first words, as the provider's record of the talk has them. Its times are whole seconds
 * by its own clock, so this is right to a second or two. Undefined: not known.
 * @param talk `started_at`: ISO 8601; `at_seconds`: since then
 */
export function firstWordsSeconds(
  answered: string | undefined,
  talk: { started_at?: string | undefined; turns: readonly { role: string; at_seconds: number }[] },
): number | undefined {
  const first = talk.turns.find(({ role }) => role === 'agent');
  if (answered === undefined || talk.started_at === undefined || !first) return undefined;
  const seconds = (Date.parse(talk.started_at) - Date.parse(answered)) / 1_000 + first.at_seconds;
  return Math.abs(seconds) <= MAX_SECONDS ? Math.max(0, seconds) : undefined;
}
