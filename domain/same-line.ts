/**
 * Pairs of numbers that ring the same phone: the form that the line uses, and the other one. A mobile of Argentina has a 9 from abroad that
 * is not part of it (Resolution SC 46/97: "0 area 15 number" at home). Mexico dropped the 1 before mobiles in August 2019, but address
 * books still have it. Palestine's numbers are reached by 970 and by 972, San Marino's by 378 and by Italy's 39 with 0549. Source: a search
 * through libphonenumber's data for numbers that are valid, or were, in two forms. Brazil's ninth digit is missing here: not every number
 * has one.
 */
const PAIRS: readonly { line: RegExp; as: string; other: RegExp; otherAs: string }[] = [
  { line: /^\+54(\d{10})$/, as: '+54$1', other: /^\+549(\d{10})$/, otherAs: '+549$1' },
  { line: /^\+52(\d{10})$/, as: '+52$1', other: /^\+521(\d{10})$/, otherAs: '+521$1' },
  { line: /^\+972(\d{8,9})$/, as: '+972$1', other: /^\+970(\d{8,9})$/, otherAs: '+970$1' },
  { line: /^\+378(0549\d{6})$/, as: '+378$1', other: /^\+39(0549\d{6})$/, otherAs: '+39$1' },
];

/** The number, E.164, that represents all numbers that ring the same phone. */
export function sameLine(phone: string): string {
  for (const { other, as } of PAIRS) if (other.test(phone)) return phone.replace(other, as);
  return phone;
}

/** All numbers that ring the same phone, the one of `sameLine` first. */
export function numbersOfLine(phone: string): string[] {
  const line = sameLine(phone);
  return [line, ...PAIRS.flatMap((pair) => (pair.line.test(line) ? [line.replace(pair.line, pair.otherAs)] : []))];
}
