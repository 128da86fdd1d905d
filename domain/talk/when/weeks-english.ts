import { inDays, named, ofWeek, WD } from './names-english.ts';
import { needing, type Rule, rule } from './rule.ts';
import type { Said } from './said.ts';

/** Days by weeks or days from another day. They are read before durations are masked. */
export const ENGLISH_WEEKS: readonly Rule<Said>[] = needing(/week|fortnight|after/, [
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
]);
