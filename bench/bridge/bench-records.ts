import { join } from 'node:path';
import { hashStreamToken } from '../../bridge/stream-token.ts';
import type { BookingOrder } from '../../domain/order.ts';
import type { Records } from '../../records/interface.ts';
import { openRecords } from '../../records/open.ts';
import { escalationOf } from '../../test/support/escalation.ts';
import { bookingIdOf, callIdOf, callSidOf, tokenOf } from './call-names.ts';

const HOUR_MS = 3_600_000;

/** Records in a database of their own, where each call has its booking and a token that is good once. */
export async function recordsFor(calls: number, folder: string): Promise<Records> {
  const records = await openRecords({ databaseUrl: `file:${join(folder, 'records.db')}` });
  await records.migrate();
  const expires_at = new Date(Date.now() + HOUR_MS).toISOString();
  for (let n = 0; n < calls; n++) {
    await records.acceptBooking({ order: orderOf(n), owner: 'bench' });
    await records.markStarted(bookingIdOf(n));
    const hash = hashStreamToken(tokenOf(n));
    await records.issueStreamToken({ hash, call_id: callIdOf(n), call_sid: callSidOf(n), expires_at });
  }
  return records;
}

const LIMITS = {
  budget_seconds: 3600,
  max_attempts: 1,
  redial_delay_seconds: 1,
  ring_seconds: 20,
  max_call_seconds: 3600,
};

const orderOf = (n: number): BookingOrder => ({
  id: bookingIdOf(n),
  business: { name: 'Clínica Dental Sur', phone: `+54114${String(3_000_000 + n)}` },
  request: { service_type: 'dentista', user_name: 'Mauro' },
  escalation: escalationOf({}, LIMITS),
  metadata: {},
  zones: ['America/Argentina/Buenos_Aires'],
  created_at: '2026-11-23T12:00:00.000Z',
});
