import type { Half, Hour } from './hour.ts';
import { EN, numberOf, SOME_NUMBER, wordsFor } from './numbers.ts';
import { needing, type Rule, rule } from './rule.ts';

const HW = wordsFor(EN, 1, 12);
const H = `(?<h>${HW}|1[0-2]|0?[1-9])`;
const HEARD = `(?<h>${HW}|ate|1[0-2]|0?[1-9]|noon|midday|midnight)`;
const FIVES = `(?:oh|o|zero)[ -]?(?:${wordsFor(EN, 1, 9)})|${wordsFor(EN, 10, 59)}`;

const HALVES: [RegExp, Half][] = [
  [/^a(?!f)/, 'am'],
  [/^p/, 'pm'],
  [/morning|mornin/, 'am'],
  [/afternoon/, 'afternoon'],
  [/evening/, 'evening'],
  [/night/, 'night'],
];
const AMPM = 'a\\.? ?m\\b\\.?|p\\.? ?m\\b\\.?';
const PART = `(?:${AMPM}|in the (?:morning|mornin|afternoon|evening)|(?:at|of a) night)`;
const TAIL = `(?: ?o'? ?clock)?(?: sharp| on the dot| exactly)?(?:,? ?(?<half>${PART}))?`;

type Groups = Record<string, string | undefined>;

function halfIn(groups: Groups): Pick<Hour, 'half'> {
  if (groups.half === undefined) return {};
  const half = /\b(?:night|morning|afternoon|evening|tonight)\b/.exec(groups.half)?.[0] ?? groups.half;
  const found = HALVES.find(([pattern]) => pattern.test(half))?.[1];
  return found === undefined ? {} : { half: found };
}

function hourOf(groups: Groups): number {
  const said = groups.h!;
  if (said === 'ate') return 8;
  return said === 'noon' || said === 'midday' ? 12 : said === 'midnight' ? 24 : numberOf(EN, said);
}

const placedWord = (groups: Groups): Pick<Hour, 'half'> =>
  /^(?:noon|midday|midnight)$/.test(groups.h!) ? { half: 'clock' } : halfIn(groups);

function minuteOf(said: string): number {
  if (said === 'quarter') return 15;
  if (/^(?:oh|o|zero)/.test(said)) return numberOf(EN, said.replace(/^(?:oh|o|zero)[ -]?/, ''));
  const and = /^(\w+) and (twenty)$/.exec(said);
  return and ? numberOf(EN, and[1]!) + 20 : numberOf(EN, said);
}

const AFTER_BARE =
  "(?= *$| *[^a-z0-9 /:$%°#'-]|'s\\b| +(?:is|it|works?|would|will|then|please|sounds|suits?|should|could|sharp|and|or|with|on|to|till|until|through|if|but|yes|yeah|no|not|i|we|he|she|they|you|for (?:you|him|her|them|us|mr|mrs|ms)|looks|seems|okay|ok|fine|good|great|perfect|that|thanks|thank|instead|tomorrow|today|tonight|this|[a-z]+day|because|cause|so|too|as|open)\\b)";
const NUMBER_WORD = `(?:${wordsFor(EN, 1, 59)}|\\d+|oh|zero|hundred|thousand)`;
const BEFORE_NOT_HOUR = new RegExp(
  `(?:\\b(?:of|all|all of|some|these|those|them|us|number|another|other|every|last|next|under|over|only|just|of the|my|his|her|our|their|your|like|nearly|almost|than|by the|is|are|was|'re|'m|with|has|have|had|them|between|from|top|take|takes|${NUMBER_WORD})[ -]*|'s |[\\d$€£#/:.-])$`,
);
const SLOT_BEFORE =
  /\b(?:i have|i've got|i have got|we have|i've|we've|how about|what about|it's|that's|time is|have a|is a) (?:an? |the )?$/;
const NUMBER_AFTER = new RegExp(`^[ -]${NUMBER_WORD}(?![a-z])`);
const IN_RANGE =
  /\b(?:(?:from|between|open|opens|hours|weekdays|[a-z]+days,?|daily|are)|(?:open|here|in|hours|works?|closed) (?:on )?[a-z]+day,?) $/;

const ENDS_IN_NUMBER = new RegExp(`^[ -]${NUMBER_WORD}${AFTER_BARE}`);

export const ENGLISH_TIMES: readonly Rule<Hour>[] = needing(SOME_NUMBER, [
  rule<Hour>(`(?<h>[01]?\\d|2[0-3])(?: ?: ?|\\.)(?<m>[0-5]\\d)${TAIL}(?! ?%)`, (groups) => ({
    hour: Number(groups.h),
    minute: Number(groups.m),
    ...(/^0\d/.test(groups.h!) && groups.half === undefined ? { half: 'clock' as const } : halfIn(groups)),
  })),
  rule<Hour>(`half[ -](?:past |after )?${HEARD}${TAIL}`, (groups) => ({
    hour: hourOf(groups),
    minute: 30,
    ...placedWord(groups),
  })),
  rule<Hour>(`(?<m>quarter) (?<dir>past|after|passed|to|till?|until|of|before|for) ${HEARD}${TAIL}`, (groups) => ({
    hour: hourOf(groups),
    minute: /^(?:past|after|passed)$/.test(groups.dir!) ? 15 : -15,
    ...placedWord(groups),
  })),
  rule<Hour>(
    `(?<m>five and twenty|${wordsFor(EN, 1, 59)}|[1-5]?\\d)(?<unit>[ -](?:minutes|mins))? (?<dir>past|after|passed|to|till?|before) ${HEARD}${TAIL}`,
    (groups, { text, at }) => {
      const minute = minuteOf(groups.m!);
      if (minute === 0 || (groups.unit === undefined && (minute % 5 !== 0 || minute > 25))) return null;
      if (minute === 15 && groups.unit === undefined && !/^past|after|to$/.test(groups.dir!)) return null;
      if (groups.unit === undefined && /^(?:to|till?)$/.test(groups.dir!) && IN_RANGE.test(text.slice(0, at))) {
        return null;
      }
      return {
        hour: hourOf(groups),
        minute: /^(?:past|after|passed)$/.test(groups.dir!) ? minute : -minute,
        ...placedWord(groups),
      };
    },
  ),
  // "Of" only before a pause: "ten of twelve people" are people.
  rule<Hour>(`(?<m>ten|twenty|twenty[ -]five) of ${H}${TAIL}(?= *$| *[,.?!;])`, (groups) => ({
    hour: hourOf(groups),
    minute: -minuteOf(groups.m!),
    ...halfIn(groups),
  })),
  rule<Hour>(`${H}[ -](?<m>${FIVES}|[0-5]\\d)${TAIL}(?! (?:past|o'? ?clock))`, (groups, { text, at, end }) => {
    const minute = minuteOf(groups.m!);
    const led = /\b(?:at|the|a|have|got|to|for) $/.test(text.slice(0, at));
    if (/^\d/.test(groups.h!) !== /^\d/.test(groups.m!)) return null;
    if (/^\d/.test(groups.h!) && !/(?:day|at|the) $/.test(text.slice(0, at))) return null;
    if (minute % 5 !== 0 && !led && groups.half === undefined) return null;
    if (/^ (?:thirty|fifteen|forty)\b/.test(text.slice(end))) return null;
    return { hour: hourOf(groups), minute, ...halfIn(groups) };
  }),
  rule<Hour>(`(?<lead>at )(?<h>1[0-2]|\\d|1[3-9]|2[0-3]) ?(?<m>[0-5]\\d)${TAIL}`, (groups) => ({
    hour: Number(groups.h),
    minute: Number(groups.m),
    ...halfIn(groups),
  })),
  rule<Hour>(`(?<h>${wordsFor(EN, 13, 19)})[ -](?<m>fifteen|thirty|forty[ -]five|hundred)(?: hours)?`, (groups) => ({
    hour: hourOf(groups),
    minute: groups.m === 'hundred' ? 0 : minuteOf(groups.m!),
  })),
  rule<Hour>(`(?:twelve |12 )?(?<word>noon|midday|midnight|mid day)(?<m> thirty)?(?!s)(?! line)`, (groups) => ({
    hour: groups.word === 'midnight' ? 0 : 12,
    minute: groups.m ? 30 : 0,
    half: 'clock',
  })),
  rule<Hour>(
    `${HEARD}(?: ?(?:o'? ?clock|oclock)(?: sharp| on the dot)?(?:,? ?(?<half>${PART}))?|(?: sharp| on the dot)|,? ?(?<part>${PART}))`,
    (groups) => ({
      hour: hourOf(groups),
      minute: 0,
      ...halfIn({ half: groups.half ?? groups.part }),
    }),
  ),
  rule<Hour>(
    `(?<lead>at (?:about |around |like |say |exactly |roughly )?)(?<h>${HW}|ate|1[0-9]|2[0-3]|0?[1-9])(?! ?(?:[$€£%/]|\\d|past\\b|to *(?:$|[,.?!])|point\\b|of\\b|time\\b|stage\\b|go\\b|hundred|a (?:head|time|go)|per\\b|more\\b))`,
    // With minutes that are not understood, it is another time.
    (groups, { text, end }) => (ENDS_IN_NUMBER.test(text.slice(end)) ? null : { hour: hourOf(groups), minute: 0 }),
  ),
  rule<Hour>(
    `(?<lead>(?:after|before|by|till|til|until|around|past|from|since) (?:about |around |at )?)${H}(?! ?(?:[$€£%/]|\\d|of\\b|more\\b|other\\b|point\\b|hundred))(?:ish|-ish)?`,
    (groups, { text, at }) =>
      hourOf(groups) === 1 &&
      /^(?:from|by|since|past) one/.test(text.slice(at, at + 9)) &&
      !/^\w+ one(?: *$| *[,.;?!]| (?:to|till|until)\b)/.test(text.slice(at))
        ? null
        : { hour: hourOf(groups), minute: 0 },
  ),
  rule<Hour>(`${H}[ -]?ish`, (groups) => ({ hour: hourOf(groups), minute: 0, vague: 'around' })),
  rule<Hour>(`(?<lead>an? |the )?(?<h>${HW}|\\d|1\\d|2[0-3])${AFTER_BARE}`, (groups, { text, at, end }) => {
    const hour = hourOf(groups);
    const before = text.slice(0, at);
    const weak =
      hour === 1 || (BEFORE_NOT_HOUR.test(before) && !SLOT_BEFORE.test(before)) || NUMBER_AFTER.test(text.slice(end));
    return hour < 1 ? null : { hour, minute: 0, bare: true, ...(weak && { weak: true }) };
  }),
]);

export const ENGLISH_VAGUE: readonly [RegExp, NonNullable<Hour['vague']>][] = [
  [/\b(?:around|about|roughly|approximately|approx|near|towards?|like|ish)(?: at| an?| the)* $/, 'around'],
  [/\b(?:after|from|past|since|any time from)(?: about| around| an?)* $/, 'after'],
  [/\b(?:before|by|till?|until|no later than|up to)(?: about| around| an?| the)* $/, 'before'],
];
export const ENGLISH_VAGUE_AFTER: readonly [RegExp, NonNullable<Hour['vague']>][] = [
  [/^(?:[ -]?ish\b| or so\b| or thereabouts)/, 'around'],
  [/^ (?:onwards?|or later|or after|and after|on\b(?=[ ]*(?:$|[,.])))/, 'after'],
  [/^ or (?:before|earlier|sooner)/, 'before'],
];
