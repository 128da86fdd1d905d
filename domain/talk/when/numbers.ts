/** Numbers as words. Keys: plain text, parts joined by one space. */
type Numbers = Record<string, number>;

const ES_UNITS = ['', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve'];
const EN_UNITS = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const EN_ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];

function spanish(): Numbers {
  const numbers: Numbers = { una: 1, un: 1, nuebe: 9, onse: 11, dose: 12, 'on ce': 11, 'do ce': 12, 'nue ve': 9 };
  ES_UNITS.forEach((word, i) => {
    if (word) numbers[word] = i;
  });
  'diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve'
    .split(' ')
    .forEach((word, i) => {
      numbers[word] = 10 + i;
    });
  numbers.veintiun = 21;
  numbers.veintiuna = 21;
  for (const [i, tens] of ['treinta', 'cuarenta', 'cincuenta'].entries()) {
    numbers[tens] = 30 + i * 10;
    ES_UNITS.forEach((unit, n) => {
      if (unit) numbers[`${tens} y ${unit}`] = 30 + i * 10 + n;
    });
    numbers[`${tens} y un`] = 31 + i * 10;
    numbers[`${tens} y una`] = 31 + i * 10;
  }
  for (const [i, unit] of ES_UNITS.entries()) {
    if (unit) numbers[`veinti ${unit}`] = 20 + i;
    if (i >= 6) numbers[`dieci ${unit}`] = 10 + i;
  }
  return numbers;
}

function english(): Numbers {
  const numbers: Numbers = { fourty: 40 };
  EN_UNITS.forEach((word, i) => {
    if (word) numbers[word] = i;
  });
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ').forEach((word, i) => {
    numbers[word] = 10 + i;
  });
  for (const [i, tens] of ['twenty', 'thirty', 'forty', 'fifty'].entries()) {
    numbers[tens] = 20 + i * 10;
    EN_UNITS.forEach((unit, n) => {
      if (unit) numbers[`${tens} ${unit}`] = 20 + i * 10 + n;
    });
  }
  return numbers;
}

function ordinals(): Numbers {
  const numbers: Numbers = { twelf: 12, twelth: 12, nineth: 9, forth: 4, thirtyth: 30 };
  EN_ORDINALS.forEach((word, i) => {
    if (word) {
      numbers[word] = i;
      numbers[`twenty ${word}`] = 20 + i;
    }
  });
  'tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'
    .split(' ')
    .forEach((word, i) => {
      numbers[word] = 10 + i;
    });
  numbers.thirtieth = 30;
  numbers['thirty first'] = 31;
  return numbers;
}

export const ES = spanish();
export const EN = english();
export const EN_ORDINAL = ordinals();

/** An alternation of all words for a number from `from` to `to`, longest first; parts may be joined by spaces or hyphens. */
export function wordsFor(numbers: Numbers, from: number, to: number): string {
  return Object.keys(numbers)
    .filter((word) => numbers[word]! >= from && numbers[word]! <= to)
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(' ', '[ -]+'))
    .join('|');
}

/** The matched number, as digits ("09", "3rd") or as words. */
export function numberOf(numbers: Numbers, matched: string): number {
  if (/^\d/.test(matched)) return Number.parseInt(matched, 10);
  return numbers[matched.replace(/[ -]+/g, ' ')] ?? Number.NaN;
}

/** Matches every text that contains a number from two on, or a time of day. */
export const SOME_NUMBER = new RegExp(
  `\\d|(?<![a-z])(?:${[ES, EN].map((each) => wordsFor(each, 2, 59)).join('|')}|one|l?a ?una|una (?:y|i|en|de|p|a)|i?media|cuarto|quarter|half|cien|mil|ate|noon|mid ?day|mid ?night|medio ?dia|media ?noche)(?:-?ish)?(?![a-z])`,
);
