import { ENGLISH_DAYS } from './days-english.ts';
import { SPANISH_DAYS } from './days-spanish.ts';
import { type Half, type Hour, placesOf } from './hour.ts';
import { languagesOf } from './language.ts';
import { MASKS } from './masks.ts';
import { PARTS } from './parts.ts';
import { resolve } from './resolve.ts';
import { type Found, findAll, Taken } from './rule.ts';
import { NO_DAY, type Said } from './said.ts';
import { plain, spanOf } from './text.ts';
import { ENGLISH_TIMES, ENGLISH_VAGUE, ENGLISH_VAGUE_AFTER } from './times-english.ts';
import { SPANISH_TIMES, SPANISH_VAGUE, SPANISH_VAGUE_AFTER } from './times-spanish.ts';
import type { DayMention, Language, PartMention, PartOfDay, TimeMention } from './types.ts';
import { ENGLISH_WEEKS } from './weeks-english.ts';
import { SPANISH_WEEKS } from './weeks-spanish.ts';

export type { DayMention, Language, PartMention, PartOfDay, Span, TimeMention } from './types.ts';

const GRAMMARS = {
  es: {
    weeks: SPANISH_WEEKS,
    days: SPANISH_DAYS,
    times: SPANISH_TIMES,
    before: SPANISH_VAGUE,
    after: SPANISH_VAGUE_AFTER,
  },
  en: {
    weeks: ENGLISH_WEEKS,
    days: ENGLISH_DAYS,
    times: ENGLISH_TIMES,
    before: ENGLISH_VAGUE,
    after: ENGLISH_VAGUE_AFTER,
  },
};

const spokenIn = (text: string, language: Language | undefined) => (language ? [language] : languagesOf(text));

/** The days that are named in a text. `call.date`: the local ISO day of the call. Without a language it is told by the words. */
export function findDays(text: string, call: { date: string }, language?: Language): DayMention[] {
  const read = plain(text);
  const languages = spokenIn(read.text, language);
  return daysSaid(read.text, languages, new Taken())
    .filter(({ value }) => value !== NO_DAY)
    .sort((a, b) => a.at - b.at)
    .map(({ at, end, value }) => ({ ...spanOf(text, read, at, end), ...namedBy(value), ...resolve(value, call.date) }));
}

/** The days as said. Marks in `taken` every word of theirs and every number that is another thing's. */
function daysSaid(text: string, languages: readonly Language[], taken: Taken): Found<Said>[] {
  const weeks = languages.flatMap((each) => findAll(GRAMMARS[each].weeks, text, taken));
  for (const each of languages) findAll(MASKS[each], text, taken);
  return [...weeks, ...languages.flatMap((each) => findAll(GRAMMARS[each].days, text, taken))];
}

const namedBy = ({ kind, weekday, day, month, year }: Said): Omit<DayMention, 'values' | 'at' | 'end' | 'text'> => ({
  kind,
  ...(weekday !== undefined && { weekday }),
  ...(day !== undefined && { day }),
  ...(month !== undefined && { month }),
  ...(year !== undefined && { year }),
});

/** The times of day that are named in a text. */
export function findTimes(text: string, language?: Language): TimeMention[] {
  const read = plain(text);
  const languages = spokenIn(read.text, language);
  const taken = new Taken();
  daysSaid(read.text, languages, taken);
  const hours = languages.flatMap((each) =>
    findAll(GRAMMARS[each].times, read.text, taken).map((found) => vague(found, read.text, each)),
  );
  const parts = languages.flatMap((each) => findAll(PARTS[each], read.text, new Taken()));
  return ranges(
    hours.sort((a, b) => a.at - b.at),
    read.text,
  )
    .filter(({ value }) => !value.weak)
    .flatMap((found) => {
      const half = found.value.half ?? neighbour(found, parts, read.text);
      const places = placesOf({ ...found.value, ...(half && { half }) });
      if (!places) return [];
      const { vague, bare } = found.value;
      return [
        { ...spanOf(text, read, found.at, found.end), ...places, ...(vague && { vague }), ...(bare && { bare }) },
      ];
    });
}

/** The parts of the day that are named in a text. */
export function findParts(text: string, language?: Language): PartMention[] {
  const read = plain(text);
  const taken = new Taken();
  return spokenIn(read.text, language)
    .flatMap((each) => findAll(PARTS[each], read.text, taken))
    .sort((a, b) => a.at - b.at)
    .flatMap(({ at, end, value }) => (value === null ? [] : [{ ...spanOf(text, read, at, end), part: value }]));
}

function vague(found: Found<Hour>, text: string, language: Language): Found<Hour> {
  if (found.value.vague) return found;
  const before = text.slice(Math.max(0, found.at - 40), found.at);
  const after = text.slice(found.end, found.end + 20);
  const { before: words, after: wordsAfter } = GRAMMARS[language];
  const kind =
    words.find(([pattern]) => pattern.test(before))?.[1] ?? wordsAfter.find(([pattern]) => pattern.test(after))?.[1];
  return kind ? { ...found, value: { ...found.value, vague: kind } } : found;
}

const ALWAYS_RANGE = /^ ?(?:to|till?|until|through|thru|-|–|hasta|a)(?: las?)? ?$/;
const RANGE_WHEN_OPENED = /^ (?:and|y|a)(?: a)?(?: las?)? $/;
const OPENS_RANGE = /\b(?:between|from|entre|de|desde)(?: las?)? $/;

/** Two times with "to" between them are a stretch of time. */
function ranges(hours: Found<Hour>[], text: string): Found<Hour>[] {
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

/** The half of the day that was said right before or after a time. */
function neighbour(found: Found<Hour>, parts: Found<PartOfDay | null>[], text: string): Half | undefined {
  for (const { at, end, value } of parts) {
    if (value === null || found.value.hour > 12) continue;
    const before = end <= found.at && BETWEEN.test(text.slice(end, found.at));
    const after = at >= found.end && /^[ ,]*$/.test(text.slice(found.end, at));
    if (before || after) return PART_HALF[value];
  }
  return undefined;
}
