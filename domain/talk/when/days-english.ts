import {
  DAY,
  dated,
  dayOf,
  inDays,
  MINUTES,
  MONTH,
  NO_CLOCK,
  named,
  numbered,
  ORDINAL,
  ofWeek,
  SOME_MONTH,
  SOME_WEEKDAY,
  WD,
  weekdayOf,
  YEAR,
} from './names-english.ts';
import { EN, EN_ORDINAL, wordsFor } from './numbers.ts';
import { needing, type Rule, rule } from './rule.ts';
import { NO_DAY, type Said } from './said.ts';

const stroke = (groups: Record<string, string | undefined>): Said => {
  const weekday = weekdayOf(groups.weekday);
  return {
    kind: weekday === undefined ? 'date' : 'weekday_and_date',
    ...(weekday !== undefined && { weekday }),
    stroke: [Number(groups.b), Number(groups.a)],
    strokeOrder: 'either',
    ...(groups.year && { year: (Number(groups.year) % 100) + 2000 }),
  };
};

/** Words that may follow "the first", "the second": a noun would make it the first of another thing. */
const ALONE =
  "(?= *$| *[^a-z0-9 '-]|'s\\b| +(?:at|and|or|in the|then|please|is|it|was|works?|would|will|if|for|with|that|we|i|he|she|you|they|not|no|yes|around|about|from|after|before|so|too|as|because|but|instead|of (?:next|this|the) month|half|quarter|noon|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|morning|afternoon|evening|\\d)\\b)";

/** Things that can be the first or the twentieth and are not days. */
const OF_A_THING =
  /^ (?:floor|street|st|avenue|ave|grade|birthday|anniversary|century|time|one|line|hole|row|of (?:these|those|them|its|your|my|the))\b/;
const FOLLOWED_BY_NO_THING = new RegExp(`^${ALONE}`);
/** "On the first", "and the second", or with nothing before. */
const OPENS_A_DAY = /\b(?:on|for|till|until|by|about|and|or|is|be|after|before) $|[,.?] ?$|^$/;
const GOES_ON_ABOUT_IT = /^(?:'s| (?:is|was|would|we|i|he|she|they|you)\b)/;

function isDay(ordinal: string, before: string, after: string): boolean {
  if (OF_A_THING.test(after)) return false;
  if (/^(?:fourth|fifth|tenth|[123](?:st|nd|rd|th))/.test(ordinal)) return FOLLOWED_BY_NO_THING.test(after);
  if (!/^(?:first|second|third)$/.test(ordinal)) return true;
  // "The first" usually means the first of some things.
  return FOLLOWED_BY_NO_THING.test(after) && OPENS_A_DAY.test(before) && !GOES_ON_ABOUT_IT.test(after);
}

export const ENGLISH_DAYS: readonly Rule<Said>[] = [
  ...needing(SOME_WEEKDAY, [
    rule<Said>(
      `${named('from')} (?:to|thru|through|till|until|-) ${WD}|(?:last|every|each) ${named('gone')}(?:,? the ${DAY.replace('<day>', '<on>')})?|${named('was')} (?:gone|last|just gone)`,
      () => NO_DAY,
    ),
    rule<Said>(`${WD},? (?:the )?${DAY}(?: of|,)? ${MONTH}${YEAR}`, dated),
    rule<Said>(`${WD},? (?:(?:which|that) is )?${MONTH}\\.? (?:the )?${DAY}${NO_CLOCK}${YEAR}`, dated),
  ]),
  rule<Said>(`(?<short>sun|mon|tue|wed|thur?|fri|sat)\\.? (?:the )?(?<day>\\d{1,2}(?:st|nd|rd|th))`, (groups) => ({
    kind: 'weekday_and_date',
    weekday: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].indexOf(groups.short!.slice(0, 3)),
    day: dayOf(groups.day!),
  })),
  ...needing(SOME_MONTH, [
    rule<Said>(`(?:the )?(?<day>${ORDINAL})(?: of|,)? ${MONTH}${YEAR}`, (groups, match) =>
      // "I may second that", "first March past the door"
      /\b(?:i|you|he|she|we|they|it) $/.test(match.text.slice(0, match.at)) ? null : dated(groups),
    ),
    rule<Said>(`${MONTH}\\.? (?:the )?(?<day>${ORDINAL})${YEAR}`, (groups, match) =>
      /\b(?:i|you|he|she|we|they|it) $/.test(match.text.slice(0, match.at)) ? null : dated(groups),
    ),
    rule<Said>(`(?<day>\\d{1,2}) (?:of )?${MONTH}${YEAR}(?! (?:i|we|you)\\b)`, dated),
    rule<Said>(`${MONTH}\\.? (?<day>\\d{1,2}|${wordsFor(EN, 13, 31)})${NO_CLOCK}${YEAR}(?! people)`, (groups, match) =>
      /\b(?:i|you|he|she|we|they|it) $/.test(match.text.slice(0, match.at)) ? null : dated(groups),
    ),
  ]),
  ...needing(/\d ?\//, [
    rule<Said>(`${WD},? (?:the )?(?<a>\\d{1,2}) ?/ ?(?<b>\\d{1,2})(?:/(?<year>20\\d\\d|\\d\\d))?`, stroke),
    rule<Said>(
      '(?<lead>on |the |for |date |by |is )(?<a>\\d{1,2}) ?/ ?(?<b>\\d{1,2})(?:/(?<year>20\\d\\d|\\d\\d))?',
      stroke,
    ),
    rule<Said>('(?<=^|[,.;:?!] ?)(?<a>\\d{1,2})/(?<b>\\d{1,2})(?:/(?<year>20\\d\\d|\\d\\d))?', stroke),
  ]),
  rule<Said>('(?<year>20\\d\\d)-(?<mm>\\d\\d)-(?<dd>\\d\\d)', (groups) => ({
    kind: 'date',
    year: Number(groups.year),
    month: Number(groups.mm),
    day: Number(groups.dd),
  })),
  ...needing(/ month/, [
    rule<Said>(`(?:${WD},? )?the ${DAY} of (?<which>next|this|the) month`, (groups) => {
      const weekday = weekdayOf(groups.weekday);
      return {
        kind: weekday === undefined ? 'date' : 'weekday_and_date',
        ...(weekday !== undefined && { weekday }),
        day: dayOf(groups.day!),
        ...(groups.which !== 'the' && { months: groups.which === 'next' ? 1 : 0 }),
      };
    }),
  ]),
  ...needing(SOME_WEEKDAY, [
    rule<Said>(
      `${WD}(?:'s|,? that's|,? which is|,? is|,? so that's|,? that would be|,? that'd be)?,? (?:the )?(?<day>${ORDINAL})(?! (?:floor|one|time|thing))`,
      numbered,
    ),
    rule<Said>(`${WD},? the (?<day>\\d{1,2}|${wordsFor(EN, 13, 31)})${NO_CLOCK}`, (groups, match) =>
      // "Tuesday the six ten": that slot, not that day.
      new RegExp(`^ (?:${MINUTES})\\b`).test(match.text.slice(match.end)) ? null : numbered(groups),
    ),
    rule<Said>(
      `the (?<day>${ORDINAL}),? (?:that's |which is |is |being |so that's )?(?:a |the |on a )?${WD}`,
      numbered,
    ),
    rule<Said>(`${WD} (?<day>\\d{1,2})${NO_CLOCK}(?! (?:to|past|till?|after|before|until)\\b)`, numbered),

    rule<Said>(`(?:next week,? (?:on |the |maybe |say )?${WD})|${named('w2')},? (?:of )?next week`, (groups) =>
      ofWeek({ week: 1 })({ weekday: groups.weekday ?? groups.w2 }),
    ),
    rule<Said>(`${WD} (?:of )?this week|this week,? (?:on )?${named('w2')}`, (groups) =>
      ofWeek({ week: 0 })({ weekday: groups.weekday ?? groups.w2 }),
    ),
    rule<Said>(`(?:next|following|the other) ${WD}|${named('w2')} (?:next|coming next)`, (groups) =>
      ofWeek('next')({ weekday: groups.weekday ?? groups.w2 }),
    ),
    rule<Said>(`(?:(?:this|the|coming|that) )*${WD}(?:'s)?`, ofWeek(undefined)),
  ]),
  rule<Said>('today(?! week)|tonight|this (?:morning|afternoon|evening)', inDays(0)),
  rule<Said>('tomorrow|tomorow|tommorow|to morrow|tmrw', inDays(1)),
  rule<Said>(`(?<lead>the )(?<day>${ORDINAL})`, (groups, { text, at, end }) =>
    isDay(groups.day!, text.slice(0, at), text.slice(end)) ? { kind: 'day_number', day: dayOf(groups.day!) } : null,
  ),
  rule<Said>(
    `(?<day>twenty[ -](?:${wordsFor(EN_ORDINAL, 1, 9)})|thirty[ -]first|thirtieth|twentieth|(?:1[3-9]|2\\d|3[01])(?:st|nd|rd|th)|${wordsFor(EN_ORDINAL, 10, 19)})`,
    (groups, { text, end }) =>
      OF_A_THING.test(text.slice(end)) ? null : { kind: 'day_number', day: dayOf(groups.day!) },
  ),
];
