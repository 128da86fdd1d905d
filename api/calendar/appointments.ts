import { setImmediate as nextTurn } from 'node:timers/promises';
import { appointmentOf } from '../../domain/appointment.ts';
import { iso } from '../../domain/iso.ts';
import type { BookingView } from '../../domain/view.ts';
import type { BookingRecords } from '../../records/ports/bookings.ts';
import type { CalendarEntry } from './file.ts';

/** A feed has the newest appointments of bookings that were placed in the last year. */
const MAX_APPOINTMENTS = 1_000;
const YEAR_MS = 366 * 86_400_000;
const PAGE = 100;

/** Outcomes that confirm, and those on which a person has decided. */
const KINDS = [{ result: 'confirmed' }, { result: 'needs_review', reviewed: true }] as const;

/** `owner` undefined: of all keys. `batch` null: all. */
interface Asked {
  owner: string | undefined;
  batch: string | null;
}

type Found = Omit<CalendarEntry, 'order'> & Pick<BookingView, 'id' | 'created_at'>;
type Reads = Pick<BookingRecords, 'listBookings' | 'ordersOf'>;

/** When the appointment last changed: by its review, else by its booking. */
export const lastChange = ({ review, updated_at }: Pick<BookingView, 'review' | 'updated_at'>): string =>
  review?.at ?? updated_at;

async function found(records: Reads, { owner, batch }: Asked, kind: (typeof KINDS)[number], since: string) {
  const all: Found[] = [];
  for (let after: BookingView | undefined, read = 0; read < MAX_APPOINTMENTS; read += PAGE) {
    const parent = batch === null ? undefined : { batch };
    const page = await records.listBookings({ owner, ...kind, parent, limit: PAGE, after });
    for (const view of page) {
      const appointment = appointmentOf(view);
      const { id, created_at } = view;
      if (created_at >= since && appointment) all.push({ id, created_at, appointment, since: lastChange(view) });
    }
    after = page.at(-1);
    if (page.length < PAGE || after!.created_at < since) break;
    // A page costs some milliseconds to parse: voices share this process.
    await nextTurn();
  }
  return all;
}

/** The confirmed appointments that a feed shows, the newest booking first. Erased bookings are absent. */
export async function appointmentsFor(records: Reads, asked: Asked, now: number): Promise<CalendarEntry[]> {
  const since = iso(now - YEAR_MS);
  const all: Found[] = [];
  for (const kind of KINDS) all.push(...(await found(records, asked, kind, since)));
  const newest = all.sort((a, b) => (a.created_at < b.created_at ? 1 : -1)).slice(0, MAX_APPOINTMENTS);
  const entries: CalendarEntry[] = [];
  for (let from = 0; from < newest.length; from += PAGE) {
    const page = newest.slice(from, from + PAGE);
    const orders = await records.ordersOf(page.map(({ id }) => id));
    for (const { id, appointment, since: changed } of page) {
      const order = orders.get(id);
      if (order) entries.push({ order, appointment, since: changed });
    }
    await nextTurn();
  }
  return entries;
}
