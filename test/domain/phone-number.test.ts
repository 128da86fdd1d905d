import { describe, expect, it } from '@jest/globals';
import { checkPhoneNumber, countryRefusal } from '../../domain/phone-number.ts';

const reason = (input: string): string => {
  const checked = checkPhoneNumber(input);
  return checked.ok ? 'accepted' : checked.reason;
};

describe('a number that may be dialed', () => {
  it.each([
    ['+541143211234', 'AR'],
    ['+5491143211234', 'AR'],
    ['+12125551234', 'US'],
    ['+18005551234', 'US'],
    ['+442071234567', 'GB'],
    ['+34910123456', 'ES'],
    ['+5511987654321', 'BR'],
  ])('%s is in %s', (number, country) => {
    expect(checkPhoneNumber(number)).toMatchObject({ ok: true, number, country });
  });
});

describe('a number that may not', () => {
  it.each([
    ['911', 'emergency'],
    ['+911', 'emergency'],
    ['112', 'emergency'],
    ['+54911', 'emergency'],
    ['1-1-2', 'emergency'],
    ['+19005551234', 'premium-rate'],
    ['+34803123456', 'premium-rate'],
    ['+546001234567', 'premium-rate'],
    ['+34901123456', 'shared-cost'],
    ['+15005550006', 'personal'],
    ['+881612345678', 'satellite'],
    ['+870773110000', 'satellite'],
    ['+882161234567', 'international network'],
    ['+8835100012345', 'international network'],
    ['+97912345678', 'premium-rate'],
    ['+80812345678', 'shared-cost'],
    ['+54114321123', 'not a valid number in AR'],
    ['+12425550100', 'not a valid number in BS'],
    ['+99912345678', 'not a number of any country'],
  ])('%s is refused: %s', (number, why) => {
    expect(reason(number)).toMatch(why);
  });

  it.each([
    '',
    '+',
    'abc',
    '++541143211234',
    '+54114321abcd',
    '＋５４１１４３２１１２３４ x',
    '+541143211234 ',
    '\u0000',
    '+0541143211234',
  ])('%j is no E.164, and is told how that looks', (input) => {
    expect(reason(input)).toMatch('must be in E.164');
  });

  it.each(['+54 11 4321-1234', '00541143211234', 'tel:+541143211234', '541143211234', '＋54 11 4321 1234'])(
    '%s is answered with the form it most likely means',
    (input) => {
      expect(reason(input)).toMatch('did you mean +541143211234?');
    },
  );

  it.each([
    // Argentine mobiles: with 15, with 9 and 15, with 9 and 0, with all three.
    ['+54111512345678', '+5491112345678'],
    ['+549111543211234', '+5491143211234'],
    ['+54 9 11 15 4321-1234', '+5491143211234'],
    ['+5490111543211234', '+5491143211234'],
    ['+5490221 5123456', '+5492215123456'],
    ['+5492211551234567', undefined],
    ['+549221155123456', '+5492215123456'],
    ['+54 9 2944 15 41-2345', '+5492944412345'],
    ['+5401143211234', '+541143211234'],
    ['+540111543211234', '+5491143211234'],
    // Trunk zeros, where the plan has one now, and where it has none or had one once.
    ['+4402071234567', '+442071234567'],
    ['+44 (0)20 7123 4567', '+442071234567'],
    ['+330142345678', '+33142345678'],
    ['+490301234567', '+49301234567'],
    ['+61 (0)2 9123 4567', '+61291234567'],
    ['+340912345678', '+34912345678'],
    ['+56 09 8765 4321', '+56987654321'],
    ['+5501131234567', '+551131234567'],
    ['+788123456789', '+78123456789'],
    ['+112125551234', '+12125551234'],
    // Mexico until 2019.
    ['+5215512345678', '+525512345678'],
    ['+52 1 55 1234 5678', '+525512345678'],
    ['+52 01 55 1234 5678', '+525512345678'],
    ['+520445512345678', '+525512345678'],
    // Colombia until 2021.
    ['+57 1 234 5678', '+576012345678'],
    // A landline of Rome without its 0.
    ['+39612345678', '+390612345678'],
    // The country's code twice, or an international prefix after the plus.
    ['+54541143211234', '+541143211234'],
    ['+34 0034 912 34 56 78', '+34912345678'],
    ['+00541143211234', '+541143211234'],
    ['+1 (357) 234-5678', '+13572345678'],
  ])('%s means %s', (input, meant) => {
    expect(checkPhoneNumber(input)).toMatchObject({ ok: false, ...(meant && { meant }) });
    expect(reason(input).includes(`did you mean ${meant}?`)).toBe(meant !== undefined);
  });

  it.each([
    '+54114321123',
    '+4420712345',
    '+52551234567',
    '+1 900 555 1234',
    '+540900123456',
    '+1212555123',
    '+99912345678',
  ])('%s means no number that may be dialed', (input) => {
    expect(reason(input)).not.toMatch('did you mean');
  });

  it('does not guess a country', () => {
    expect(reason('011 4321-1234')).not.toMatch('did you mean');
  });

  it('takes its time of nobody, however long it is', () => {
    expect(reason('+'.repeat(100_000))).toMatch('E.164');
    expect(reason('1'.repeat(100_000))).toMatch('E.164');
  });
});

describe('countryRefusal', () => {
  it('lets everything pass without a list, and with one only what is on it', () => {
    expect(countryRefusal('AR', undefined)).toBeUndefined();
    expect(countryRefusal('AR', ['AR', 'UY'])).toBeUndefined();
    expect(countryRefusal('US', ['AR', 'UY'])).toMatch('AR, UY');
    expect(countryRefusal(undefined, ['AR'])).toMatch('no country');
    expect(countryRefusal('AR', [])).toMatch('ALLOWED_COUNTRIES');
  });
});
