/** A list of lines, without those that have nothing to say. */
export const lines = (...all: (string | undefined | null | false | readonly string[])[]): string =>
  all
    .flat()
    .filter((line) => line !== undefined && line !== null && line !== false && line !== '')
    .join('\n');

/** A call of a tool, as the model would write it: `get_booking with booking_id "bk_…" and wait_seconds 45`. */
export function callOf(tool: string, args: Record<string, string | number>): string {
  const given = Object.entries(args).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return given.length === 0 ? tool : `${tool} with ${given.join(' and ')}`;
}

/** Most usual wait: below the minute after which many clients give up. */
export const USUAL_WAIT = 45;

/** Text of a client's own, on one line. */
export const plain = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
