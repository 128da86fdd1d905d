/** Habits of one country: a national number as people write it, and as it is dialed from abroad. */
interface Habit {
  callingCode: string;
  written: RegExp;
  dialed: string;
}

/** libphonenumber itself knows only today's trunk prefixes, and Argentina's 15 only without a 9 before it. */
const HABITS: readonly Habit[] = [
  // An Argentine mobile has a 9 from abroad and a 15 after the area code at home. People write both, or the 9 and the trunk's 0.
  { callingCode: '54', written: /^90?(\d{2})15(\d{8})$/, dialed: '9$1$2' },
  { callingCode: '54', written: /^90?(\d{3})15(\d{7})$/, dialed: '9$1$2' },
  { callingCode: '54', written: /^90?(\d{4})15(\d{6})$/, dialed: '9$1$2' },
  { callingCode: '54', written: /^90(\d{10})$/, dialed: '9$1' },
  // Mexico until August 2019: 01 before other cities, 044 and 045 before mobiles, 1 before mobiles from abroad.
  { callingCode: '52', written: /^(?:1|01|044|045)(\d{10})$/, dialed: '$1' },
  // Colombia until September 2021: one digit for the area.
  { callingCode: '57', written: /^([1-8]\d{7})$/, dialed: '60$1' },
  // Italy's landlines keep their 0 from abroad.
  { callingCode: '39', written: /^([1-9]\d{5,10})$/, dialed: '0$1' },
];

/**
 * The numbers, E.164, that an invalid number may mean: one with a 0 that is dialed only at home, with its country's code twice, or in a
 * former format of its country. Some of them may be invalid, too.
 */
export function otherSpellings(callingCode: string, national: string): string[] {
  const again = new RegExp(`^(?:00)?${callingCode}`);
  const habits = HABITS.filter((habit) => habit.callingCode === callingCode && habit.written.test(national));
  return [
    ...habits.map(({ written, dialed }) => national.replace(written, dialed)),
    national.replace(/^0+/, ''),
    national.replace(again, ''),
  ]
    .filter((other) => other !== national)
    .map((other) => `+${callingCode}${other}`);
}
