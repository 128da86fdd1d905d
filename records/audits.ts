import type { PhoneChannel } from '../domain/channels.ts';
import type { Contradiction } from '../domain/contradiction.ts';
import { iso } from '../domain/iso.ts';
import type { ContradictionView } from '../domain/view.ts';
import { bookingIn } from './booking-rows.ts';
import type { LookRecords } from './ports/look.ts';
import type { Database } from './tables.ts';

type Audits = Pick<
  LookRecords,
  'dueForAudit' | 'nextAuditAt' | 'setAudit' | 'addContradictions' | 'dialsTo' | 'ownersOf'
>;

/** A booking may be older than its newest dial by its budgets and its waits. */
const DIALS_FOR_MS = 14 * 86_400_000;

/** Storage of the audit after the outcome. */
export const audits = (db: Database): Audits => ({
  async dueForAudit({ final_before, now, limit }) {
    const due = (audited: 'first' | 'again') =>
      db
        .selectFrom('bookings')
        .select([
          'order_json',
          'view_json',
          'review_json',
          'follow_ups_json',
          'sandbox',
          'accounts_json',
          'audits',
          'final_ms',
        ])
        .where('audits', '=', audited === 'first' ? 0 : 1)
        .where('audit_ms', 'is not', null)
        .where('audit_ms', '<=', Date.parse(audited === 'first' ? final_before : now))
        .where('erasing', '=', 0)
        .orderBy('audits')
        .orderBy('audit_ms')
        .limit(limit)
        .execute();
    const first = await due('first');
    const rows = first.length === limit ? first : [...first, ...(await due('again')).slice(0, limit - first.length)];
    return rows.map((row) => ({
      ...bookingIn(row),
      audits: row.audits,
      final_at: iso(Number(row.final_ms ?? 0)),
    }));
  },

  async nextAuditAt(firstMs) {
    const soonest = async (audited: 'first' | 'again'): Promise<number> => {
      const row = await db
        .selectFrom('bookings')
        .select('audit_ms')
        .where('audits', '=', audited === 'first' ? 0 : 1)
        .where('audit_ms', 'is not', null)
        .where('erasing', '=', 0)
        .orderBy('audits')
        .orderBy('audit_ms')
        .limit(1)
        .executeTakeFirst();
      return row ? Number(row.audit_ms) : Infinity;
    };
    const at = Math.min((await soonest('first')) + firstMs, await soonest('again'));
    return Number.isFinite(at) ? at : undefined;
  },

  async setAudit({ booking_id, audits, next }) {
    const audit_ms = next === undefined ? null : Date.parse(next);
    await db.updateTable('bookings').set({ audits, audit_ms }).where('id', '=', booking_id).execute();
  },

  async addContradictions(bookingId, found, at) {
    if (found.length === 0) return [];
    return db.transaction().execute(async (trx) => {
      const row = await trx
        .updateTable('bookings')
        .set((eb) => ({ last_seq: eb('last_seq', '+', 0) }))
        .where('id', '=', bookingId)
        .where('erasing', '=', 0)
        .returning('contradictions_json')
        .executeTakeFirst();
      if (!row) return [];
      const known = row.contradictions_json ? (JSON.parse(row.contradictions_json) as ContradictionView[]) : [];
      const news = found.filter((one) => !known.some((other) => isOfTheSameCall(one, other)));
      const added = news.map((one) => ({ ...one, at }));
      if (added.length > 0) {
        await trx
          .updateTable('bookings')
          .set({ contradictions_json: JSON.stringify([...known, ...added]) })
          .where('id', '=', bookingId)
          .execute();
      }
      return added;
    });
  },

  async dialsTo({ phone_hash, booking_id, since }) {
    const since_ms = Date.parse(since);
    const own = await dialsIn(db, since_ms).where('dials.booking_id', '=', booking_id).execute();
    const others = await dialsIn(db, since_ms)
      .innerJoin('bookings', 'bookings.id', 'dials.booking_id')
      .where('bookings.phone_hash', '=', phone_hash)
      .where('bookings.created_ms', '>=', since_ms - DIALS_FOR_MS)
      .where('bookings.id', '<>', booking_id)
      .execute();
    return [...own, ...others]
      .map((row) => ({
        booking_id: row.booking_id,
        call_id: row.call_id,
        channel: row.channel as PhoneChannel,
        at: iso(Number(row.at_ms)),
        caller: row.caller ?? undefined,
        named: Number(row.named ?? 0) > 0,
      }))
      .sort((a, b) => a.at.localeCompare(b.at));
  },

  async ownersOf(callSids) {
    const owners = new Map<string, string>();
    if (callSids.length === 0) return owners;
    const attempts = await db
      .selectFrom('attempts')
      .select(['call_sid', 'call_id'])
      .where('call_sid', 'in', callSids)
      .execute();
    for (const { call_sid, call_id } of attempts) owners.set(call_sid!, call_id);
    // A link takes precedence over the workflow's view.
    const links = await db
      .selectFrom('links')
      .select(['provider_id', 'call_id'])
      .where('kind', '=', 'call_sid')
      .where('provider_id', 'in', callSids)
      .execute();
    for (const { provider_id, call_id } of links) owners.set(provider_id, call_id);
    return owners;
  },
});

/** Dials since then, each with whether a Twilio call is stored for it. */
const dialsIn = (db: Database, since_ms: number) =>
  db
    .selectFrom('dials')
    .select(['dials.booking_id', 'dials.call_id', 'dials.channel', 'dials.at_ms', 'dials.caller'])
    .select((eb) =>
      eb
        .selectFrom('links')
        .select((of) => of.fn.countAll().as('count'))
        .whereRef('links.booking_id', '=', 'dials.booking_id')
        .whereRef('links.call_id', '=', 'dials.call_id')
        .where('links.kind', '=', 'call_sid')
        .as('named'),
    )
    .where('dials.at_ms', '>=', since_ms);

/** Operators get one alarm for each call. */
const isOfTheSameCall = (a: Contradiction, b: Contradiction): boolean =>
  (a.call_sid !== undefined && a.call_sid === b.call_sid) ||
  (a.conversation_id !== undefined && a.conversation_id === b.conversation_id);
