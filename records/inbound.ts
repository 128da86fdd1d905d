import { isPhoneChannel, PHONE_CHANNELS } from '../domain/channels.ts';
import type { Evidence, InboundEvidence } from '../domain/evidence.ts';
import type { FollowUp } from '../domain/follow-up.ts';
import { callIdOf, FIRST_INBOUND, lineIdOf, MAX_INBOUND } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import { mostSecondsOf } from '../domain/leg.ts';
import { policyOf } from '../domain/policy.ts';
import { provesEnd } from '../domain/proves-end.ts';
import { isFinalStatus } from '../domain/result.ts';
import type { AttemptStatus, AttemptView } from '../domain/view.ts';
import { storedIn } from './bookings.ts';
import { durably } from './durably.ts';
import type { Engine } from './engine.ts';
import { storeEvidence } from './evidence.ts';
import { release, stopWaiting } from './lines.ts';
import type { StoredBooking } from './ports/bookings.ts';
import type { InboundCall, InboundRecords, InboundTaken } from './ports/inbound.ts';
import { takeEventNumbers } from './snapshots.ts';
import type { Database } from './tables.ts';

/** Bookings of one number that are looked at. */
const LOOKED_AT = 50;
/** Rows of strangers are kept for this long: a request that is repeated later finds nothing, and does nothing. */
const STRANGERS_MS = 30 * 86_400_000;

const ALIVE: readonly AttemptStatus[] = ['dialing', 'unknown', 'ringing', 'in_progress'];

export const inbound = (db: Database, engine: Engine, clock: () => number): InboundRecords => ({
  async takeInbound(call) {
    return durably(db, engine, async (trx) => (await knownCall(trx, call)) ?? takeNew(trx, call));
  },

  async strangerOf(callId) {
    const row = await db
      .selectFrom('inbound_calls')
      .select(['call_sid', 'line_id', 'phone_masked', 'at_ms'])
      .where('call_id', '=', callId)
      .where('booking_id', 'is', null)
      .executeTakeFirst();
    if (!row) return undefined;
    const { call_sid, line_id, phone_masked } = row;
    return {
      call_sid,
      phone_hash: line_id.slice(lineIdOf('').length),
      phone_masked: phone_masked ?? '',
      at: atOf(row),
    };
  },

  async inboundCall(callId) {
    const row = await db.selectFrom('inbound_calls').selectAll().where('call_id', '=', callId).executeTakeFirst();
    if (!row?.booking_id) return undefined;
    const { call_sid, booking_id, follow_up, over } = row;
    return { call_id: callId, call_sid, booking_id, follow_up: follow_up === 1, over: over === 1, at: atOf(row) };
  },

  async callsToUs(bookingId) {
    const rows = await db
      .selectFrom('inbound_calls')
      .select('call_id')
      .where('booking_id', '=', bookingId)
      .where('call_id', 'is not', null)
      .execute();
    return rows.flatMap(({ call_id }) => call_id ?? []);
  },

  async inboundOver(callId, lineId) {
    return db.transaction().execute(async (trx) => {
      const row = await trx
        .updateTable('inbound_calls')
        .set({ over: 1 })
        .where('call_id', '=', callId)
        .returning('booking_id')
        .executeTakeFirst();
      if (!row?.booking_id) return [];
      return release(trx, { line_id: lineId, booking_id: row.booking_id, now: clock() });
    });
  },

  async noteFollowUp(bookingId, followUp) {
    return db.transaction().execute(async (trx) => {
      if (!(await takeEventNumbers(trx, bookingId, 0))) return false;
      const row = await trx
        .selectFrom('bookings')
        .select('follow_ups_json')
        .where('id', '=', bookingId)
        .where('erasing', '=', 0)
        .executeTakeFirst();
      if (!row) return false;
      const before = row.follow_ups_json === null ? [] : (JSON.parse(row.follow_ups_json) as FollowUp[]);
      const others = before.filter(({ call_id }) => call_id !== followUp.call_id);
      const known = before.find(({ call_id }) => call_id === followUp.call_id);
      const isSame = known !== undefined && JSON.stringify(known) === JSON.stringify(followUp);
      // A repeated beginning does not remove the report.
      if (isSame || (known?.report && !followUp.report)) return false;
      const all = [...others, followUp].sort((a, b) => a.at.localeCompare(b.at));
      await trx
        .updateTable('bookings')
        .set({ follow_ups_json: JSON.stringify(all) })
        .where('id', '=', bookingId)
        .execute();
      return true;
    });
  },
});

const atOf = ({ at_ms }: { at_ms: number }): string => iso(Number(at_ms));

async function knownCall(trx: Database, call: InboundCall): Promise<InboundTaken | undefined> {
  const row = await trx
    .selectFrom('inbound_calls')
    .selectAll()
    .where('call_sid', '=', call.call_sid)
    .executeTakeFirst();
  if (!row) return undefined;
  const at = atOf(row);
  const now = Date.parse(call.at);
  const known = { known: true, at } as const;
  const { call_id, booking_id, follow_up } = row;
  if (booking_id === null) return { ...known, is: 'stranger', call_id: call_id ?? undefined };
  const booking = call_id === null ? undefined : await storedIn(trx, booking_id);
  if (!booking || call_id === null) return { ...known, is: 'engaged' };
  return { ...(await talkOf(trx, { ...call, at }, booking, call_id, follow_up === 1, now)), ...known };
}

async function talkOf(
  trx: Database,
  { call_sid, channel, at }: InboundCall,
  booking: StoredBooking,
  call_id: string,
  follow_up: boolean,
  now: number,
): Promise<InboundTaken & { is: 'talk' }> {
  const evidence: InboundEvidence = { kind: 'inbound', id: `inbound:${call_sid}`, call_id, call_sid, channel, at };
  const outbound = follow_up ? undefined : await outboundLeg(trx, booking, now);
  return { known: false, at, is: 'talk', call_id, booking, follow_up, evidence, outbound };
}

async function takeNew(trx: Database, call: InboundCall): Promise<InboundTaken> {
  const { call_sid, line_id, at, phone_masked } = call;
  const at_ms = Date.parse(at);
  await trx
    .deleteFrom('inbound_calls')
    .where('at_ms', '<', at_ms - STRANGERS_MS)
    .where('booking_id', 'is', null)
    .execute();
  const row = { call_sid, line_id, phone_masked, at_ms, until_ms: at_ms, follow_up: 0, over: 1 };
  const keep = (more: { call_id: string | null; booking_id: string | null } & Partial<typeof row>) =>
    trx
      .insertInto('inbound_calls')
      .values({ ...row, ...more })
      .execute();

  const found = await bookingFor(trx, call);
  const number = found && (await nextNumber(trx, found.order.id));
  if (!found || number === undefined) {
    const call_id = call.stranger_call_id ?? null;
    await keep({ call_id, booking_id: null });
    return { known: false, at, is: 'stranger', call_id: call_id ?? undefined };
  }
  const { order, view } = found;
  if (await isEngaged(trx, line_id, at_ms)) {
    await keep({ call_id: null, booking_id: order.id });
    return { known: false, at, is: 'engaged' };
  }
  const call_id = callIdOf(order.id, number);
  const until_ms = at_ms + mostSecondsOf(policyOf(order, call.channel)) * 1000;
  await takeOver(trx, line_id, found, at_ms, until_ms);
  const follow_up = isFinalStatus(view.status);
  await keep({ call_id, booking_id: order.id, until_ms, follow_up: follow_up ? 1 : 0, over: 0 });
  const talk = await talkOf(trx, call, found, call_id, follow_up, at_ms);
  await storeEvidence(trx, talk.evidence);
  return talk;
}

/** The booking that rings the number now, else the newest that rang it. Its row is locked, so that its dials and its end come before or after. */
async function bookingFor(
  trx: Database,
  { phone_hashes, at, since, mayAct }: InboundCall,
): Promise<StoredBooking | undefined> {
  const rang: { id: string; created_ms: number }[] = [];
  for (const hash of phone_hashes) rang.push(...(await bookingsThatRang(trx, hash, Date.parse(since))));
  rang.sort((a, b) => Number(b.created_ms) - Number(a.created_ms) || b.id.localeCompare(a.id));
  let newest: StoredBooking | undefined;
  for (const { id } of rang) {
    const booking = await storedIn(trx, id);
    if (!booking || !mayAct(booking.accounts, booking.sandbox)) continue;
    newest ??= booking;
    if (!isFinalStatus(booking.view.status) && (await outboundLeg(trx, booking, Date.parse(at)))) {
      newest = booking;
      break;
    }
  }
  if (!newest || !(await takeEventNumbers(trx, newest.order.id, 0))) return undefined;
  // Read again under the lock: its outcome may have been written meanwhile.
  return storedIn(trx, newest.order.id);
}

/** The newest bookings with a dial to the number since then, without dials that rang no phone: those that failed without an end. */
const bookingsThatRang = (trx: Database, phone_hash: string, since: number) =>
  trx
    .selectFrom('bookings')
    .select(['id', 'created_ms'])
    .where('phone_hash', '=', phone_hash)
    .where('erasing', '=', 0)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('dials')
          .leftJoin('attempts', 'attempts.call_id', 'dials.call_id')
          .select('dials.call_id')
          .whereRef('dials.booking_id', '=', 'bookings.id')
          .where('dials.at_ms', '>=', since)
          .where((or) =>
            or.or([
              or('attempts.status', 'is', null),
              or('attempts.status', '!=', 'failed'),
              or('attempts.ended_at', 'is not', null),
            ]),
          ),
      ),
    )
    .orderBy('created_ms', 'desc')
    .orderBy('id', 'desc')
    .limit(LOOKED_AT)
    .execute();

/**
 * State of the booking's claimed dial, as far as its run has written and our records prove no end. Undefined: no leg of ours may be alive. A run that was set back may not
 * know a dial that has just left: it counts as one that rings.
 */
async function outboundLeg(
  trx: Database,
  { order, view }: StoredBooking,
  now: number,
): Promise<'rings' | 'talks' | undefined> {
  const isAlive = ({ channel, direction, status }: AttemptView): boolean =>
    isPhoneChannel(channel) && direction === 'outbound' && ALIVE.includes(status);
  const claimed = await trx
    .selectFrom('dials')
    .select(['call_id', 'channel', 'at_ms'])
    .where('booking_id', '=', order.id)
    .execute();
  // A run that was set back learns of such a call only when it is over, or heard of.
  const mayLive = (dialedOn: string, at: number): boolean => {
    const channel = PHONE_CHANNELS.find((one) => one === dialedOn);
    return channel !== undefined && now < at + mostSecondsOf(policyOf(order, channel)) * 1000;
  };
  const shown = (callId: string) => view.attempts.find(({ call_id }) => call_id === callId);
  const alive: { call_id: string; status: AttemptStatus }[] = claimed.flatMap(({ call_id, channel, at_ms }) =>
    !shown(call_id) && mayLive(channel, Number(at_ms)) ? [{ call_id, status: 'dialing' as const }] : [],
  );
  // Without its claim, a dial has not left unless the provider has named it.
  const isClaimed = ({ call_id, call_sid, conversation_id, status }: AttemptView): boolean =>
    status !== 'dialing' ||
    call_sid !== null ||
    conversation_id !== null ||
    claimed.some((dial) => dial.call_id === call_id);
  alive.push(...view.attempts.filter((attempt) => isAlive(attempt) && isClaimed(attempt)));
  if (alive.length === 0) return undefined;
  // Evidence is stored before the run hears of it, and the run may be about to end.
  const over = await endedIn(trx, order.id);
  const left = alive.filter(({ call_id }) => !over.has(call_id));
  if (left.length === 0) return undefined;
  return left.some(({ status }) => status === 'in_progress') ? 'talks' : 'rings';
}

/** The calls of a booking whose recorded evidence proves their end. */
async function endedIn(trx: Database, bookingId: string): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('evidence')
    .innerJoin('dials', 'dials.call_id', 'evidence.call_id')
    .select(['evidence.evidence_json', 'evidence.call_id', 'dials.channel'])
    .where('evidence.booking_id', '=', bookingId)
    .execute();
  const ended = rows.filter(({ evidence_json, channel }) => {
    const known = PHONE_CHANNELS.find((one) => one === channel);
    return known !== undefined && provesEnd(JSON.parse(evidence_json) as Evidence, known);
  });
  return new Set(ended.map(({ call_id }) => call_id));
}

async function nextNumber(trx: Database, bookingId: string): Promise<number | undefined> {
  const { count } = await trx
    .selectFrom('inbound_calls')
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .where('booking_id', '=', bookingId)
    .where('call_id', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(count) < MAX_INBOUND ? FIRST_INBOUND + Number(count) : undefined;
}

async function isEngaged(trx: Database, lineId: string, now: number): Promise<boolean> {
  const row = await trx
    .selectFrom('inbound_calls')
    .select('call_sid')
    .where('line_id', '=', lineId)
    .where('over', '=', 0)
    .where('until_ms', '>', now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The booking holds the number's line now. A booking that held it without a call finds that out before its dial leaves. */
async function takeOver(
  trx: Database,
  line_id: string,
  { order, owner }: StoredBooking,
  taken_ms: number,
  until_ms: number,
): Promise<void> {
  const values = { booking_id: order.id, owner, taken_ms, until_ms, handed_ms: null };
  await trx
    .insertInto('lines')
    .values({ line_id, ...values })
    .onConflict((conflict) => conflict.column('line_id').doUpdateSet(values))
    .execute();
  await stopWaiting(trx, order.id, line_id);
}
