import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readNumber } from '../../domain/batch/read-number.ts';

describe('the number of a row', () => {
  it.each([
    '+541143211234',
    ' +54 11 4321-1234 ',
    '="+541143211234"',
    '=+541143211234',
    "'+54 11 4321 1234",
    '’+541143211234',
    'tel:+54-11-4321-1234',
    '0054 (11) 4321.1234',
    '＋５４ 11 4321 1234',
    '\u202a+54\u00a011\u00a04321\u00a01234\u202c',
  ])('is read from %j', (cell) => {
    expect(readNumber(cell)).toEqual({ number: '+541143211234' });
    expect(readNumber(cell, 'ES')).toEqual({ number: '+541143211234' });
  });

  it.each([
    ['5.41143E+11', 'excel_scientific'],
    ['5,41143E+11', 'excel_scientific'],
    ['5.41143e11', 'excel_scientific'],
    ['5,41143E+011', 'excel_scientific'],
    ['="5.41143E+11"', 'excel_scientific'],
    ['+5E+11', 'excel_scientific'],
    ['', 'missing'],
    ["'", 'missing'],
    ['541143211234.0', 'invalid_number'],
    ['#NAME?', 'invalid_number'],
    ['#¿NOMBRE?', 'invalid_number'],
    ['911', 'invalid_number'],
    ['+54 11 4321 123', 'invalid_number'],
    ['+54 11 4321 1234 int. 5', 'invalid_number'],
    ['+54 11 4321 1234 / +54 11 4321 1235', 'invalid_number'],
    ['+54 11 4321 1234 / 35', 'invalid_number'],
    ['1-800-FLOWERS', 'invalid_number'],
    ['consultar', 'invalid_number'],
    ['+1 900 234 5678', 'invalid_number'],
    ['1'.repeat(10_000), 'invalid_number'],
  ])('is refused in %j, with and without a country', (cell, code) => {
    for (const country of [undefined, 'AR']) {
      const read = readNumber(cell, country);
      expect(read).toMatchObject({ code });
      if ('message' in read) expect(read.message.length).toBeLessThan(250);
    }
  });

  it('needs a country where it has none', () => {
    expect(readNumber('011 4321-1234')).toMatchObject({ code: 'missing_country' });
    expect(readNumber('541143211234')).toMatchObject({
      message: expect.stringContaining('did you mean +541143211234?'),
    });
    expect(readNumber('011 4321-1234', 'AR')).toEqual({ number: '+541143211234' });
    expect(readNumber('011 4321-1234', 'ES')).toMatchObject({ code: 'invalid_number' });
  });

  it('never has digits that the cell does not have', () => {
    const cell = fc
      .array(fc.constantFrom(...'0123456789', '+', ' ', '-', '.', ',', 'E', '(', ')', '=', "'", '"', '54', '11'), {
        maxLength: 20,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(cell, (text) => {
        const read = readNumber(text);
        if (!('number' in read)) return;
        expect(read.number.slice(1)).toBe(text.replaceAll(/\D/g, '').replace(/^00/, ''));
        expect(text).not.toMatch(/E/);
      }),
      { numRuns: 2_000 },
    );
  });
});
