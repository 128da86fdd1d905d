/** A time of day. `half_unknown`: the clock was read, but nothing says whether it is before or after noon. */
export interface ClockTime {
  /** `HH:MM`. */
  time: string;
  half_unknown?: true;
}

const UNIT = `(?:h|hs|hrs?|horas?|hours?|o'?clock|en punto)`;
const CLOCK = new RegExp(
  String.raw`^(\d{1,2})(?: ?[:.h] ?(\d{2})(?:[:.]\d{2}(?:\.\d+)?)?)? ?(?:${UNIT}\b\.?)? ?(am|pm|morning|afternoon|evening)?$`,
);
const TOGETHER = new RegExp(String.raw`^([01]\d|2[0-3])([0-5]\d) ?${UNIT}?$`);
/** Words before a time that are not part of it. */
const LEAD = /^(?:a las?|las?|at|hora:?|time:?) /;
const NOON = /^(?:12(?::00)? )?(?:(?:el|del|al) )?(?:mediodia|noon|midday)$/;

/** One word for each half of the day, for folded text. */
const HALVES: [RegExp, string][] = [
  [/([ap])(?:\. ?| )m\.?$/, '$1m'],
  [/(?:de|por|en) la manana$|in the morning$/, 'morning'],
  [/(?:de|por|en) la tarde$|in the afternoon$/, 'afternoon'],
  [/(?:de|por|en) la noche$|in the evening$|at night$/, 'evening'],
];

const pad = (n: number): string => String(n).padStart(2, '0');

/** The hour from 0 to 23; undefined when hour and half contradict each other. */
function hourOf(hour: number, half: string): number | undefined {
  const within = (from: number, to: number): boolean => hour >= from && hour <= to;
  switch (half) {
    case 'am':
      return within(0, 12) ? hour % 12 : undefined;
    case 'pm':
      return within(1, 23) ? (hour < 12 ? hour + 12 : hour) : undefined;
    case 'morning':
      return within(1, 11) ? hour : undefined;
    case 'afternoon':
      return within(1, 8) ? hour + 12 : within(12, 20) ? hour : undefined;
    default:
      return within(5, 11) ? hour + 12 : within(17, 23) ? hour : undefined;
  }
}

/**
 * The time of a folded text that contains a time and nothing else: `16:00`, `16h`, `16.00`, `16:00:00`, `4 pm`, `4 de la tarde`. Undefined:
 * there is no time, or it is ambiguous (a range, two times, a condition).
 */
export function readClock(text: string): ClockTime | undefined {
  const words = HALVES.reduce((all, [pattern, word]) => all.replace(pattern, word), text.replace(LEAD, ''));
  if (NOON.test(words)) return { time: '12:00' };
  const together = TOGETHER.exec(words);
  if (together) return { time: `${together[1]}:${together[2]}` };
  const match = CLOCK.exec(words);
  if (!match) return undefined;
  const [, digits = '', minutes, half] = match;
  const hour = Number(digits);
  if (hour > 23 || Number(minutes ?? 0) > 59) return undefined;
  if (half) {
    const meant = hourOf(hour, half);
    return meant === undefined ? undefined : { time: `${pad(meant)}:${minutes ?? '00'}` };
  }
  const time = `${pad(hour)}:${minutes ?? '00'}`;
  // Two digits and minutes are the requested 24 hours; shorter forms are ordinary speech.
  const exact = hour > 12 || digits.startsWith('0') || (digits.length === 2 && minutes !== undefined);
  return exact ? { time } : { time, half_unknown: true };
}
