import { beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { alarmCounter } from '../../delivery/alarm-counter.ts';
import { Alarms } from '../../delivery/alarms.ts';
import { deliver } from '../../delivery/deliver.ts';
import { Unavailable } from '../../delivery/gateway.ts';
import type { CallStatusEvidence } from '../../domain/evidence.ts';
import type { StoredBooking } from '../../records/ports/bookings.ts';

const evidence: CallStatusEvidence = {
  kind: 'call_status',
  source: 'callback',
  id: 'x',
  call_id: 'bk_test0001.1',
  call_sid: 'CA1',
  at: '2026-11-24T00:00:00.000Z',
  status: 'completed',
};

const completed = { call_id: evidence.call_id, status: 'completed' };

/** A booking that gets its outcome after it was looked at `looks` times; `undefined`: never. */
function booking(looks: number | undefined) {
  let looked = 0;
  return async (): Promise<StoredBooking> => {
    const final = looks !== undefined && looked++ >= looks;
    return {
      view: { outcome: final ? { result: 'canceled' } : null, attempts: [completed] },
    } as unknown as StoredBooking;
  };
}

const refusing = { signal: () => Promise.reject(new Unavailable('closing')), followUp: async () => 'closed' as const };

let told: object[];
let metrics: Registry;
let alarms: Alarms;
beforeEach(() => {
  told = [];
  metrics = new Registry();
  alarms = new Alarms({ log: { error: (fields) => void told.push(fields) }, count: alarmCounter(metrics) });
});

/** The alarm's name, and its name before 0.2. */
const BOTH_NAMES = ['outcome_contradicted', 'outcome_belied'];

describe('telling the workflow', () => {
  it('leaves a booking that has its outcome alone', async () => {
    expect(await deliver({ gateway: refusing, records: { booking: booking(0) }, alarms }, 'callStatus', evidence)).toBe(
      'closed',
    );
  });

  it('takes the refusal of a booking that is just closing for its end', async () => {
    expect(await deliver({ gateway: refusing, records: { booking: booking(1) }, alarms }, 'callStatus', evidence)).toBe(
      'closed',
    );
  });

  it('lets the provider send again what an open booking did not get', async () => {
    const telling = deliver(
      { gateway: refusing, records: { booking: booking(undefined) }, alarms },
      'callStatus',
      evidence,
    );
    await expect(telling).rejects.toBeInstanceOf(Unavailable);
  });

  it('alarms when somebody answered a call that the outcome took for unanswered', async () => {
    const view = { outcome: { result: 'unreachable' }, attempts: [{ call_id: evidence.call_id, status: 'no_answer' }] };
    const records = { booking: async () => ({ view }) as unknown as StoredBooking };
    const counted = () => metrics.getSingleMetricAsString('vocero_alarms');
    for (const kind of BOTH_NAMES) expect(await counted()).toContain(`{kind="${kind}"} 0`);
    const answered: CallStatusEvidence = { ...evidence, status: 'in-progress' };
    expect(await deliver({ gateway: refusing, records, alarms }, 'callStatus', answered)).toBe('belies');
    expect(told).toEqual([
      {
        alarm: 'outcome_contradicted',
        by: 'evidence',
        earlier_alarm: 'outcome_belied',
        booking_id: 'bk_test0001',
        call_id: 'bk_test0001.1',
        kind: 'call_status',
      },
    ]);
    expect(await deliver({ gateway: refusing, records, alarms }, 'callStatus', { ...evidence, status: 'busy' })).toBe(
      'closed',
    );
    expect(await deliver({ gateway: refusing, records, alarms }, 'callStatus', { ...answered, id: 'again' })).toBe(
      'belies',
    );
    expect(told).toHaveLength(1);
    for (const kind of BOTH_NAMES) expect(await counted()).toContain(`{kind="${kind}"} 1`);
  });
});
