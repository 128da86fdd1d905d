import { EN, EN_ORDINAL, numberOf, wordsFor } from './numbers.ts';
import { type Rule, rule } from './rule.ts';
import { NO_DAY, type Said } from './said.ts';

const MONTH_NAMES =
  'january|jan 1|february|feb 2|march|mar 3|april|apr 4|may 5|june|jun 6|july|jul 7|august|aug 8|september|sept|sep 9|october|oct 10|november|nov 11|december|dec 12';
const MONTHS: Record<string, number> = {};
for (const group of MONTH_NAMES.matchAll(/([a-z|]+) (\d+)/g)) {
  for (const name of group[1]!.split('|').filter(Boolean)) MONTHS[name] = Number(group[2]);
}

/** As said, shortened, and as speech recognition hears them on a bad line. */
const WEEKDAYS: Record<string, number> = {
  sunday: 0,
  'sun day': 0,
  monday: 1,
  'mon day': 1,
  mondy: 1,
  tuesday: 2,
  tues: 2,
  'choose day': 2,
  chooseday: 2,
  toosday: 2,
  'tues day': 2,
  wednesday: 3,
  weds: 3,
  wensday: 3,
  'wens day': 3,
  'wednes day': 3,
  thursday: 4,
  thurs: 4,
  'thurs day': 4,
  'thirs day': 4,
  friday: 5,
  'fry day': 5,
  'fri day': 5,
  saturday: 6,
  'satur day': 6,
  'sat day': 6,
};

const WD = `(?<weekday>${Object.keys(WEEKDAYS).join('|')})`;
const named = (name: string) => WD.replace('<weekday>', `<${name}>`);
const MONTH = `(?<month>${Object.keys(MONTHS)
  .sort((a, b) => b.length - a.length)
  .join('|')})\\.?`;
const ORDINAL = `(?:\\d{1,2} ?(?:st|nd|rd|th)|${wordsFor(EN_ORDINAL, 1, 31)})`;
const DAY = `(?<day>${ORDINAL}|\\d{1,2})`;
const YEAR = '(?:,? (?<year>20\\d\\d))?';
const NO_CLOCK = "(?! ?(?::\\d|\\.\\d\\d|o'? ?clock|am\\b|pm\\b|a\\.? ?m\\b|p\\.? ?m\\b|/))";
const MINUTES = `(?:${wordsFor(EN, 10, 59)}|oh \\w+)`;

const weekdayOf = (word: string | undefined) => (word === undefined ? undefined : WEEKDAYS[word.replace(/ +/g, ' ')]);
const dayOf = (word: string) =>
  /^\d/.test(word) ? Number.parseInt(word, 10) : numberOf(EN_ORDINAL, word) || numberOf(EN, word);

function dated(groups: Record<string, string | undefined>): Said {
  const weekday = weekdayOf(groups.weekday);
  return {
    kind: weekday === undefined ? 'date' : 'weekday_and_date',
    ...(weekday !== undefined && { weekday }),
    day: dayOf(groups.day!),
    month: MONTHS[groups.month!.replace('.', '')]!,
    ...(groups.year && { year: Number(groups.year) }),
  };
}

const numbered = (groups: Record<string, string | undefined>): Said => ({
  kind: 'weekday_and_date',
  weekday: weekdayOf(groups.weekday)!,
  day: dayOf(groups.day!),
});

const ofWeek =
  (which: Said['which'], beyond = 0) =>
  (groups: Record<string, string | undefined>): Said => ({
    kind: 'weekday',
    weekday: weekdayOf(groups.weekday)!,
    ...(which !== undefined && { which }),
    ...(beyond > 0 && { beyond }),
  });

const inDays = (days: number) => (): Said => ({ kind: 'relative', days });

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

export const ENGLISH_DAYS: readonly Rule<Said>[] = [
  rule<Said>(
    `${named('from')} (?:to|thru|through|till|until|-) ${WD}|(?:last|every|each) ${named('gone')}|${named('was')} (?:gone|last|just gone)`,
    () => NO_DAY,
  ),
  rule<Said>(`${WD},? (?:the )?${DAY}(?: of|,)? ${MONTH}${YEAR}`, dated),
  rule<Said>(`${WD},? (?:(?:which|that) is )?${MONTH} (?:the )?${DAY}${NO_CLOCK}${YEAR}`, dated),
  rule<Said>(`(?:the )?(?<day>${ORDINAL})(?: of|,)? ${MONTH}${YEAR}`, (groups, match) =>
    // "I may second that", "first March past the door"
    /\b(?:i|you|he|she|we|they|it) $/.test(match.text.slice(0, match.at)) ? null : dated(groups),
  ),
  rule<Said>(`${MONTH} (?:the )?(?<day>${ORDINAL})${YEAR}`, (groups, match) =>
    /\b(?:i|you|he|she|we|they|it) $/.test(match.text.slice(0, match.at)) ? null : dated(groups),
  ),
  rule<Said>(`(?<day>\\d{1,2}) (?:of )?${MONTH}${YEAR}(?! (?:i|we|you)\\b)`, dated),
  rule<Said>(`${MONTH} (?<day>\\d{1,2}|${wordsFor(EN, 13, 31)})${NO_CLOCK}${YEAR}(?! people)`, (groups, match) =>
    /\b(?:i|you|he|she|we|they|it) $/.test(match.text.slice(0, match.at)) ? null : dated(groups),
  ),
  rule<Said>(`${WD},? (?:the )?(?<a>\\d{1,2}) ?/ ?(?<b>\\d{1,2})(?:/(?<year>20\\d\\d|\\d\\d))?`, stroke),
  rule<Said>(
    '(?<lead>on |the |for |date |by |is )(?<a>\\d{1,2}) ?/ ?(?<b>\\d{1,2})(?:/(?<year>20\\d\\d|\\d\\d))?',
    stroke,
  ),
  rule<Said>('(?<=^|[,.;:?!] ?)(?<a>\\d{1,2})/(?<b>\\d{1,2})(?:/(?<year>20\\d\\d|\\d\\d))?', stroke),
  rule<Said>('(?<year>20\\d\\d)-(?<mm>\\d\\d)-(?<dd>\\d\\d)', (groups) => ({
    kind: 'date',
    year: Number(groups.year),
    month: Number(groups.mm),
    day: Number(groups.dd),
  })),
  rule<Said>(`(?:${WD},? )?the ${DAY} of (?<which>next|this|the) month`, (groups) => {
    const weekday = weekdayOf(groups.weekday);
    return {
      kind: weekday === undefined ? 'date' : 'weekday_and_date',
      ...(weekday !== undefined && { weekday }),
      day: dayOf(groups.day!),
      ...(groups.which !== 'the' && { months: groups.which === 'next' ? 1 : 0 }),
    };
  }),

  rule<Said>(
    `(?:(?:a )?week (?:after next|from next)),? (?:on |the )?${WD}|${named('w2')},? (?:of )?the week after next`,
    (groups) => ofWeek({ week: 2 })({ weekday: groups.weekday ?? groups.w2 }),
  ),
  rule<Said>(`${WD} after next|(?:the )?${named('w2')} after (?:this|the coming|the next)(?: one)?`, (groups) =>
    ofWeek(undefined, 7)({ weekday: groups.weekday ?? groups.w2 }),
  ),
  rule<Said>(
    `(?:a )?week (?:on|from|this) (?:this )?${WD}|a week ${named('w2')}|${named('w3')} week(?!end)`,
    (groups) => ofWeek(undefined, 7)({ weekday: groups.weekday ?? groups.w2 ?? groups.w3 }),
  ),
  rule<Said>(
    `(?:a )?fortnight (?:on|from|this) ${WD}|two weeks (?:on|from|this) ${named('w2')}|${named('w3')} fortnight`,
    (groups) => ofWeek(undefined, 14)({ weekday: groups.weekday ?? groups.w2 ?? groups.w3 }),
  ),
  rule<Said>(`(?:${WD},?|week) (?:the )?(?<day>${ORDINAL})(?! (?:floor|one|time|thing))`, (groups) =>
    groups.weekday ? numbered(groups) : null,
  ),
  rule<Said>(`${WD},? the (?<day>\\d{1,2}|${wordsFor(EN, 1, 31)})${NO_CLOCK}`, (groups, match) =>
    // "Tuesday the six ten": that slot, not that day.
    new RegExp(`^ (?:${MINUTES})\\b`).test(match.text.slice(match.end)) ? null : numbered(groups),
  ),
  rule<Said>(`the (?<day>${ORDINAL}),? (?:that's |which is |is |being |so that's )?(?:a |the |on a )?${WD}`, numbered),
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

  rule<Said>('(?:the )?day after tomorrow|overmorrow', inDays(2)),
  rule<Said>('(?:a )?week (?:from )?tomorrow|tomorrow week', inDays(8)),
  rule<Said>(
    "(?:a )?week (?:from )?(?:today|now)|(?:this day|today) week|in a week's time|in one week's time",
    inDays(7),
  ),
  rule<Said>(
    "(?:a )?(?:fortnight|two weeks|2 weeks) (?:from )?(?:today|now)|in a fortnight(?:'s time)?|in (?:two|2) weeks?'?s?(?: time)?|today fortnight|fortnight's time",
    inDays(14),
  ),
  rule<Said>('(?:a )?(?:fortnight|two weeks|2 weeks) (?:from )?tomorrow', inDays(15)),
  rule<Said>('today(?! week)|tonight|this (?:morning|afternoon|evening)', inDays(0)),
  rule<Said>('tomorrow|tomorow|tommorow|to morrow|tmrw', inDays(1)),
  rule<Said>(`(?<lead>the )(?<day>${ORDINAL})`, (groups, match) => {
    const day = dayOf(groups.day!);
    const low = /^(?:first|second|third|fourth|fifth|tenth|1|2|3)/.test(groups.day!);
    const after = match.text.slice(match.end);
    if (low && !new RegExp(`^${ALONE}`).test(after)) return null;
    if (
      /^ (?:floor|street|avenue|ave|grade|birthday|anniversary|century|time|one|line|hole|row|of (?:these|those|them|its|your|my|the))\b/.test(
        after,
      )
    )
      return null;
    // "the first", without "on" or "for": which one, more often than which day.
    if (
      /^(?:first|second|third)$/.test(groups.day!) &&
      !/\b(?:on|for|till|until|by|about|and|or|is|be|after|before) $|[,.?] ?$|^$/.test(match.text.slice(0, match.at))
    )
      return null;
    return { kind: 'day_number', day };
  }),
  rule<Said>(
    `(?<day>twenty[ -](?:${wordsFor(EN_ORDINAL, 1, 9)})|thirty[ -]first|thirtieth|twentieth|(?:1[3-9]|2\\d|3[01])(?:st|nd|rd|th)|${wordsFor(EN_ORDINAL, 10, 19)})`,
    (groups, match) =>
      /^ (?:floor|street|st|avenue|ave|birthday|anniversary|century|grade|time)\b/.test(match.text.slice(match.end))
        ? null
        : { kind: 'day_number', day: dayOf(groups.day!) },
  ),
];
