import { describe, expect, it } from '@jest/globals';
import { checkPhoneNumber } from '../../domain/phone-number.ts';
import { numbersOfLine, sameLine } from '../../domain/same-line.ts';

describe('numbers that ring the same phone', () => {
  it.each([
    ['a mobile of Argentina', '+541143211234', '+5491143211234'],
    ['one with a longer area code', '+542944412345', '+5492944412345'],
    ['a mobile of Mexico', '+525512345678', '+5215512345678'],
    ['a mobile of Palestine', '+972592345678', '+970592345678'],
    ['a landline of Palestine', '+97222345678', '+97022345678'],
    ['a landline of San Marino', '+3780549886377', '+390549886377'],
  ])('are one line: %s', (_what, line, other) => {
    expect(sameLine(line)).toBe(line);
    expect(sameLine(other)).toBe(line);
    expect(numbersOfLine(line)).toEqual([line, other]);
    expect(numbersOfLine(other)).toEqual([line, other]);
    expect(checkPhoneNumber(line)).toMatchObject({ ok: true });
  });

  it.each([
    '+390612345678',
    '+34912345678',
    '+14155550123',
    '+5511987654321',
    '+551187654321',
    '+3906698',
    '+54911432112',
  ])('are no others: %s', (number) => {
    expect(numbersOfLine(number)).toEqual([number]);
  });
});
