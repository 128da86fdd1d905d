import { describe, expect, it } from '@jest/globals';
import { deliver } from '../../api/deliver.ts';
import { Unavailable } from '../../api/deps.ts';
import type { CallStatusEvidence } from '../../domain/evidence.ts';
import type { StoredBooking } from '../../records/interface.ts';

const evidence: CallStatusEvidence = {
  kind: 'call_status',
  source: 'callback',
  id: 'x',
  call_id: 'bk_test0001.1',
  call_sid: 'CA1',
  at: '2026-11-24T00:00:00.000Z',
  status: 'completed',
};

/** A booking that gets its outcome after it was looked at `looks` times; `undefined`: never. */
function booking(looks: number | undefined) {
  let looked = 0;
  return async (): Promise<StoredBooking> => {
    const final = looks !== undefined && looked++ >= looks;
    return { view: { outcome: final ? { result: 'canceled' } : null } } as unknown as StoredBooking;
  };
}

const refusing = { signal: () => Promise.reject(new Unavailable('closing')) };

describe('telling the workflow', () => {
  it('leaves a booking that has its outcome alone', async () => {
    expect(await deliver({ gateway: refusing, records: { booking: booking(0) } }, 'callStatus', evidence)).toBe(
      'closed',
    );
  });

  it('takes the refusal of a booking that is just closing for its end', async () => {
    expect(await deliver({ gateway: refusing, records: { booking: booking(1) } }, 'callStatus', evidence)).toBe(
      'closed',
    );
  });

  it('lets the provider send again what an open booking did not get', async () => {
    const told = deliver({ gateway: refusing, records: { booking: booking(undefined) } }, 'callStatus', evidence);
    await expect(told).rejects.toBeInstanceOf(Unavailable);
  });
});
