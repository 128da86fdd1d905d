import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contentHash } from '../../records/content-hash.ts';

/** The same, with the members of each object in the opposite order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, turned(member)]),
  );
}

describe('the hash of a body', () => {
  it('is the same for the same members in another order, and for a member that is undefined', () => {
    const bodies = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(bodies, (body) => {
        expect(contentHash(turned(body))).toBe(contentHash(body));
        expect(contentHash({ ...body, 'never a key \u0000': undefined })).toBe(contentHash(body));
      }),
      { numRuns: 1_000 },
    );
  });

  it('tells apart what differs in a value, or in the order of a list', () => {
    expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: '1' }));
    expect(contentHash({ a: [1, 2] })).not.toBe(contentHash({ a: [2, 1] }));
    expect(contentHash({ a: null })).not.toBe(contentHash({}));
  });

  // It is stored beside each Idempotency-Key: by another hash a repeat after an upgrade would be refused with 409.
  it('stays what earlier versions have stored', () => {
    const body = { metadata: { ref: 'x', 10: 'a', 9: 'b' }, business: { phone: '+541143210000' }, notes: undefined };
    expect(contentHash(body)).toBe('40239814635dab8d591dd3ca3fab8feff4c7ba56ad2ea9d989ee959c3c0a142d');
  });
});
