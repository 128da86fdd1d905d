import type { BatchSettings } from '../../domain/schemas/batch.ts';
import { type BookingRequest, bookingRequestSchema } from '../../domain/schemas/booking-request.ts';
import type { Records } from '../../records/interface.ts';
import type { NewBatch, NewRow, StoredBatch } from '../../records/ports/batches.ts';

const AT = '2026-11-24T10:00:00.000Z';

const SETTINGS: BatchSettings = {
  defaults: {},
  max_concurrent: 5,
  on_invalid: 'reject',
  duplicates: 'reject',
  start: 'now',
  metadata: {},
};

export const newBatch = (
  id: string,
  { settings, ...more }: Partial<Omit<NewBatch, 'settings'>> & { settings?: Partial<BatchSettings> } = {},
): NewBatch => ({
  id,
  owner: 'owner',
  body_hash: 'hash',
  accounts: { mode: 'live', twilio: null, elevenlabs: null, played: false, caller: null },
  at: AT,
  ...more,
  settings: { ...SETTINGS, ...settings },
});

export const requestOf = (n: number): BookingRequest =>
  bookingRequestSchema.parse({
    business: { name: `Clínica ${n}`, phone: `+5411432${String(10_000 + n)}` },
    request: { service_type: 'dentista', user_name: `Ñandú ${n}` },
  });

export const waitingRow = (n: number, more: Partial<NewRow> = {}): NewRow => {
  const request = requestOf(n);
  return { position: n, key: `row-${n}`, phone: request.business.phone, status: 'waiting', request, ...more };
};

/** A batch that is open, with rows that wait. */
export async function openBatch(
  records: Records,
  id: string,
  rows: number | NewRow[],
  settings: Partial<BatchSettings> = {},
): Promise<StoredBatch> {
  await records.beginBatch(newBatch(id, { settings }));
  await records.putRows(
    id,
    typeof rows === 'number' ? Array.from({ length: rows }, (_, i) => waitingRow(i + 1)) : rows,
  );
  return (await records.openBatch(id, AT))!;
}
