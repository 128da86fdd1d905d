import { countryOf } from '../../domain/phone-number.ts';
import type { Spoken } from '../../domain/prompts.ts';

/** Twilio's values of `From` for a caller id that was withheld or lost; the numbers spell the words on a keypad. */
const WITHHELD = [
  'anonymous',
  'restricted',
  'unavailable',
  'unknown',
  'blocked',
  'private',
  '266696687',
  '7378742833',
  '86282452253',
  '8656696',
  '2562533',
];

/** Countries in which strangers are addressed in Spanish. */
const SPANISH = 'AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE'.split(' ');

/** The caller's number in E.164; undefined: withheld, or not a number. */
export function callerIn(from: string | undefined): string | undefined {
  const text = (from ?? '').trim();
  const bare = text.replace(/^\+/, '').toLowerCase();
  return WITHHELD.includes(bare) || !/^\+[1-9]\d{6,14}$/.test(text) ? undefined : text;
}

/** The language for a caller of whom only the number is known; without it, the country of the called number decides. */
export function languageOf(caller: string | undefined, ours: string | undefined): Spoken {
  const country = countryOf(caller ?? callerIn(ours) ?? '');
  return country !== undefined && !SPANISH.includes(country) ? 'en' : 'es';
}
