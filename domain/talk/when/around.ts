import type { Half, Hour } from './hour.ts';
import type { Found } from './rule.ts';
import type { PartOfDay } from './types.ts';

type Hedge = readonly [RegExp, NonNullable<Hour['vague']>];

/** A language's words before and after a time that make it vague. */
interface Hedges {
  before: readonly Hedge[];
  after: readonly Hedge[];
}

/** The time, with the vagueness of the words around it. */
export function hedged(found: Found<Hour>, text: string, { before: words, after: wordsAfter }: Hedges): Found<Hour> {
  if (found.value.vague) return found;
  const before = text.slice(Math.max(0, found.at - 40), found.at);
  const after = text.slice(found.end, found.end + 20);
  const kind =
    words.find(([pattern]) => pattern.test(before))?.[1] ?? wordsAfter.find(([pattern]) => pattern.test(after))?.[1];
  return kind ? { ...found, value: { ...found.value, vague: kind } } : found;
}

const ALWAYS_RANGE = /^ ?(?:to|till?|until|through|thru|-|–|hasta|a)(?: las?)? ?$/;
const RANGE_WHEN_OPENED = /^ (?:and|y|a)(?: a)?(?: las?)? $/;
const OPENS_RANGE = /\b(?:between|from|entre|de|desde)(?: las?)? $/;

/** Two times with "to" between them are a period. */
export function ranges(hours: Found<Hour>[], text: string): Found<Hour>[] {
  const ends = new Set<Found<Hour>>();
  for (let i = 0; i + 1 < hours.length; i++) {
    const [first, second] = [hours[i]!, hours[i + 1]!];
    const gap = text.slice(first.end, second.at);
    const opened = OPENS_RANGE.test(text.slice(Math.max(0, first.at - 20), first.at));
    if (
      (ALWAYS_RANGE.test(gap) && !/ las? $/.test(gap)) ||
      (opened && (RANGE_WHEN_OPENED.test(gap) || ALWAYS_RANGE.test(gap)))
    ) {
      ends.add(first).add(second);
    }
  }
  return hours.map((found) => {
    if (!ends.has(found)) return found;
    const { weak, bare, ...value } = found.value;
    return { ...found, value: { ...value, vague: 'range' } };
  });
}

const BETWEEN = /^[ ,]*(?:(?:at|about|around|say|a las?|las?|tipo|sobre las|a eso de las) )*$/;
const PART_HALF: Record<PartOfDay, Half> = {
  morning: 'morning',
  afternoon: 'afternoon',
  evening: 'evening',
  night: 'night',
};

/** The time, placed by the part of the day that was said right before or after it. */
export function inPart(found: Found<Hour>, parts: Found<PartOfDay>[], text: string): Hour {
  const { value } = found;
  if (value.half || value.hour > 12) return value;
  for (const { at, end, value: part } of parts) {
    if (end <= found.at && BETWEEN.test(text.slice(end, found.at))) return { ...value, half: PART_HALF[part] };
    // "Nine tonight" is an hour and nothing else.
    if (at >= found.end && /^[ ,]*$/.test(text.slice(found.end, at))) {
      const { bare, ...hour } = value;
      return { ...hour, half: PART_HALF[part] };
    }
  }
  return value;
}
