import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isSameValue } from '../../domain/same-value.ts';

/** By its text, fields sorted: slow and plain. */
const textOf = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

test('two values are the same exactly if their texts are', () => {
  fc.assert(fc.property(json, json, (a, b) => isSameValue(a, b) === (textOf(a) === textOf(b))));
  fc.assert(fc.property(json, (a) => isSameValue(a, JSON.parse(JSON.stringify(a)))));
});

test.each([
  ['the order of fields', { a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 }, true],
  ['a field that is undefined, and none', { a: 1, b: undefined }, { a: 1 }, true],
  ['none, and a field that is undefined', { a: 1 }, { b: undefined, a: 1 }, true],
  ['a field that is undefined, and null', { a: undefined }, { a: null }, false],
  ['other names', { a: 1 }, { b: 1 }, false],
  ['one field more', { a: 1 }, { a: 1, b: 1 }, false],
  ['one element more', [1], [1, 2], false],
  ['a list and its like', [], {}, false],
  ['an attempt that was not there', undefined, { n: 1 }, false],
  ['null and an object', null, {}, false],
  ['a number and its text', 1, '1', false],
])('%s', (_, a, b, same) => {
  expect(isSameValue(a, b)).toBe(same);
  expect(isSameValue(b, a)).toBe(same);
});
