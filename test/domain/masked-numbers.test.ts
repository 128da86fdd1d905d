import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskNumbers, maskPhone } from '../../domain/mask-numbers.ts';

describe('a phone number in a log', () => {
  it('keeps its country and its last two digits only', () => {
    expect(maskPhone('+541143211234')).toBe('+54…34');
    expect(maskPhone('1234567')).toBe('123…67');
  });

  it('keeps nothing if it is so short that these would be nearly all of it', () => {
    expect([maskPhone('123456'), maskPhone('911'), maskPhone('')]).toEqual(['…', '…', '…']);
  });

  it.each([
    ['To=%2B541143211234&From=x', 'To=+54…34&From=x'],
    ['to=%2b541143211234', 'to=+54…34'],
    ['call +54 11 4321-1234 now', 'call +54…34 now'],
    ['(011) 4321-1234', '(011…34'],
    ['+1 (415) 555-0100', '+14…00'],
    ['5411.4321.1234.', '541…34.'],
    ['no 1234567', 'no 123…67'],
    ['+541143211234 or +541143215678', '+54…34 or +54…78'],
  ])('is masked in whatever way it is written: %s', (text, masked) => {
    expect(maskNumbers(text)).toBe(masked);
  });

  it.each(['no 123456', 'CA1234567890', 'v1.1234567', '1234567a', 'at 16:00 on 25'])('leaves alone: %s', (text) => {
    expect(maskNumbers(text)).toBe(text);
  });

  it('can never be dialed from what is left, whatever stands around it', () => {
    const digits = fc.stringMatching(/^\+[1-9]\d{7,14}$/);
    fc.assert(
      fc.property(digits, fc.constantFrom(' ', '"', '=', ',', '\n'), (number, mark) => {
        const masked = maskNumbers(`x${mark}${number}${mark}y`);
        expect(masked).not.toContain(number.slice(3, -2));
        expect(masked.replace(/\D/g, '').length).toBeLessThanOrEqual(4);
      }),
    );
  });
});
