import { iso } from '../../domain/iso.ts';
import type { LineHanded, PlaceRecords } from '../../records/ports/places.ts';

/** Sets the number of places at a gate, as the next dial at it would (0: nobody passes). Returns the bookings that may dial now. */
export async function setGate(records: PlaceRecords, gate: string, most: number): Promise<LineHanded[]> {
  const [call_id, now] = [`sets ${gate}`, Date.now()];
  const wanted = [{ gate, count: 1, most }];
  await records.takeSlots({ call_id, booking_id: call_id, wanted, now: iso(now), until: iso(now + 60_000) });
  return records.releaseSlots(call_id);
}
