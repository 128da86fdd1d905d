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
