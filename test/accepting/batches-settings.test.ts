import { describe, expect, it } from '@jest/globals';
import { refusedSettings } from '../../accepting/batches/refuse-settings.ts';
import { readSettings } from '../../domain/batch/settings-of-query.ts';
import { NOW } from './batch-support.ts';

describe('the settings that an installation refuses', () => {
  const refused = (given: object, providersAreLocal = false): string[] => {
    const read = readSettings(given);
    if ('refused' in read) throw new Error(JSON.stringify(read.refused));
    return refusedSettings(read.settings, { providersAreLocal }, NOW).map(
      ({ field, message }) => `${field} ${message}`,
    );
  };

  it('are URLs that lead inside', () => {
    const inside = { callback_url: 'http://127.0.0.1/', defaults: { callback_url: 'http://127.0.0.1/' } };
    expect(refused(inside)).toEqual([
      'callback_url must lead to a public address',
      'defaults.callback_url must lead to a public address',
    ]);
    expect(refused(inside, true)).toEqual([]);
  });

  it('are moments more than a year away, which no row could keep', () => {
    const far = /is more than a year away/;
    expect(refused({ not_before: '2027-12-02T12:00Z' })).toEqual([expect.stringMatching(far)]);
    expect(refused({ not_after: '2027-12-02T03:00' })).toEqual([expect.stringMatching(far)]);
    // Still within a year in the first zones.
    expect(refused({ not_after: '2027-12-02T01:00' })).toEqual([]);
    expect(refused({ not_before: '2027-11-30T12:00Z', not_after: '2027-12-01T11:00Z' })).toEqual([]);
  });

  it('are windows that are over everywhere, or never open', () => {
    expect(refused({ not_after: '2026-11-30T12:00Z' })).toEqual([expect.stringMatching(/^not_after is in the past/)]);
    expect(refused({ not_after: '2026-11-30T00:00' })).toHaveLength(1);
    // Still to come in some zones: each row is checked in its own.
    expect(refused({ not_after: '2026-11-30T00:01' })).toEqual([]);
    expect(refused({ not_before: '2026-12-01T09:00', not_after: '2026-12-01T09:00' })).toEqual([
      'not_after must be later than not_before (2026-12-01T09:00)',
    ]);
    expect(refused({ not_before: '2026-12-01T09:00Z', not_after: '2026-12-01T05:00-03:00' })).toHaveLength(1);
    expect(refused({ not_before: '2026-12-01T09:00', not_after: '2026-12-01T09:00-03:00' })).toEqual([]);
  });
});
