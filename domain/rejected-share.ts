/** The last calls from one of our numbers that say how it fares. Older ones say how it fared. */
export const LAST_CALLS = 50;
/** Of fewer calls, a share says nothing. */
export const MIN_CALLS = 10;
/** Share of rejected calls from which a number counts as blocked. */
export const ALARMING_SHARE = 0.2;
/** The alarm about one number is raised at most once in this time. */
export const ALARM_AGAIN_MS = 86_400_000;

/**
 * True when businesses and carriers reject so many of a number's calls that it is being blocked.
 * @param rejected its calls, the newest first: whether each was rejected
 */
export function isBeingBlocked(rejected: readonly boolean[]): boolean {
  const last = rejected.slice(0, LAST_CALLS);
  return last.length >= MIN_CALLS && last.filter(Boolean).length >= ALARMING_SHARE * last.length;
}
