import { hedged, inPart, ranges } from './around.ts';
import { ENGLISH_DAYS } from './days-english.ts';
import { SPANISH_DAYS } from './days-spanish.ts';
import { type Hour, placesOf } from './hour.ts';
import { languagesOf } from './language.ts';
import { MASKS } from './masks.ts';
import { PARTS } from './parts.ts';
import { resolve } from './resolve.ts';
import { type Found, findAll, Taken } from './rule.ts';
import { NO_DAY, type Said } from './said.ts';
import { type Plain, plain, spanOf } from './text.ts';
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

/** All mentions in a text, in half the time of separate searches. */
export function findWhen(
  text: string,
  call: { date: string },
  language?: Language,
): { days: DayMention[]; times: TimeMention[]; parts: PartMention[] } {
  const heard = hear(text, language);
  const taken = new Taken();
  const days = daysIn(heard, taken);
  const parts = partsIn(heard);
  const times = timesIn(heard, taken);
  return {
    days: days.map((found) => dayMention(heard, found, call.date)),
    times: times.flatMap((found) => timeMention(heard, found, parts)),
    parts: parts.map((found) => ({ ...spanOf(text, heard.read, found.at, found.end), part: found.value })),
  };
}

/** The days in a text. `call.date`: the local ISO day of the call. Without `language`, the words decide it. */
export function findDays(text: string, call: { date: string }, language?: Language): DayMention[] {
  const heard = hear(text, language);
  return daysIn(heard, new Taken()).map((found) => dayMention(heard, found, call.date));
}

/** The times of day in a text. */
export function findTimes(text: string, language?: Language): TimeMention[] {
  const heard = hear(text, language);
  const taken = new Taken();
  daysIn(heard, taken);
  const parts = partsIn(heard);
  return timesIn(heard, taken).flatMap((found) => timeMention(heard, found, parts));
}

/** The parts of the day in a text. */
export function findParts(text: string, language?: Language): PartMention[] {
  const heard = hear(text, language);
  return partsIn(heard).map(({ at, end, value }) => ({ ...spanOf(text, heard.read, at, end), part: value }));
}

interface Heard {
  given: string;
  read: Plain;
  languages: readonly Language[];
}

function hear(given: string, language: Language | undefined): Heard {
  const read = plain(given);
  return { given, read, languages: language ? [language] : languagesOf(read.text) };
}

const inOrder = <T>(found: Found<T>[]): Found<T>[] => found.sort((a, b) => a.at - b.at);

/** The days as said. Marks in `taken` all their words, and numbers of other things. */
function daysIn({ read: { text }, languages }: Heard, taken: Taken): Found<Said>[] {
  const weeks = languages.flatMap((each) => findAll(GRAMMARS[each].weeks, text, taken));
  for (const each of languages) findAll(MASKS[each], text, taken);
  const days = languages.flatMap((each) => findAll(GRAMMARS[each].days, text, taken));
  return inOrder([...weeks, ...days].filter(({ value }) => value !== NO_DAY));
}

/** The times as said, from the words that are not taken. */
function timesIn({ read: { text }, languages }: Heard, taken: Taken): Found<Hour>[] {
  const hours = languages.flatMap((each) =>
    findAll(GRAMMARS[each].times, text, taken).map((found) => hedged(found, text, GRAMMARS[each])),
  );
  return ranges(inOrder(hours), text).filter(({ value }) => !value.weak);
}

function partsIn({ read: { text }, languages }: Heard): Found<PartOfDay>[] {
  const taken = new Taken();
  const parts = languages.flatMap((each) => findAll(PARTS[each], text, taken));
  return inOrder(parts.filter((found): found is Found<PartOfDay> => found.value !== 'none'));
}

function dayMention({ given, read }: Heard, { at, end, value }: Found<Said>, callDate: string): DayMention {
  const { kind, weekday, day, month, year } = value;
  return {
    ...spanOf(given, read, at, end),
    kind,
    ...(weekday !== undefined && { weekday }),
    ...(day !== undefined && { day }),
    ...(month !== undefined && { month }),
    ...(year !== undefined && { year }),
    ...resolve(value, callDate),
  };
}

function timeMention({ given, read }: Heard, found: Found<Hour>, parts: Found<PartOfDay>[]): TimeMention[] {
  const hour = inPart(found, parts, read.text);
  const places = placesOf(hour);
  if (!places) return [];
  const { vague, bare } = hour;
  return [{ ...spanOf(given, read, found.at, found.end), ...places, ...(vague && { vague }), ...(bare && { bare }) }];
}
