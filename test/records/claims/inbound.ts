import { describe, expect, it } from '@jest/globals';
import { PHONE } from '../../../domain/channels.ts';
import { callIdOf, lineIdOf } from '../../../domain/ids.ts';
import { iso } from '../../../domain/iso.ts';
import { mostSecondsOf } from '../../../domain/leg.ts';
import type { BookingOrder } from '../../../domain/order.ts';
import type { InboundTaken } from '../../../records/ports/inbound.ts';
import { type Databases, records } from '../databases.ts';
import { attemptOf, newId, orderOf, snapshotOf, viewOf } from '../samples.ts';

const NOON = Date.parse('2026-11-24T12:00:00.000Z');
const DAY_MS = 86_400_000;
let numbers = 0;

export const takingInbound = (databases: Databases) =>
  describe('a call to our number', () => {
    const open = records(databases);
    const freshNumber = (): string => `hash-in-${++numbers}`;

    const booked = async (phone_hash: string, created = NOON): Promise<BookingOrder> => {
      const order = orderOf(newId(), iso(created));
      await open().acceptBooking({ order, owner: 'owner-a', phone_hash });
      await open().markStarted(order.id);
      return order;
    };
    const claim = (order: BookingOrder, phone_hash: string, n: number, at = NOON, known = [n], line = true) =>
      open().claimDial({
        call_id: callIdOf(order.id, n),
        run_id: 'run',
        channel: 'bridge',
        caller: null,
        at: iso(at),
        known,
        phone_hashes: [phone_hash],
        ...(line ? { line_id: lineIdOf(phone_hash) } : {}),
      });
    /** A dial that left at that time and was not answered. */
    const rang = async (order: BookingOrder, phone_hash: string, at = NOON) => {
      await claim(order, phone_hash, 1, at, [1], false);
      const attempt = attemptOf(order.id, 1, { channel: 'bridge', status: 'no_answer', ended_at: iso(at + 30_000) });
      await open().saveSnapshot({ version: 1, view: viewOf(order, { attempts: [attempt] }), events: [] });
    };
    const inbound = (phone_hash: string, call_sid: string, more: { at?: number; mayAct?: boolean } = {}) => {
      const { at = NOON + 60_000, mayAct = true } = more;
      return open().takeInbound({
        call_sid,
        phone_hashes: [phone_hash],
        phone_masked: '+54…34',
        line_id: lineIdOf(phone_hash),
        channel: 'bridge',
        at: iso(at),
        since: iso(at - 7 * DAY_MS),
        mayAct: () => mayAct,
      });
    };
    const callIdIn = (taken: InboundTaken) => (taken.is === 'talk' ? taken.call_id : undefined);

    it('is the newest booking’s that rang its number, once for each CallSid, with its evidence', async () => {
      const phone = freshNumber();
      const older = await booked(phone, NOON - 2_000);
      const newer = await booked(phone, NOON - 1_000);
      const unrung = await booked(phone, NOON);
      await rang(older, phone);
      await rang(newer, phone);
      const taken = await inbound(phone, `CA-${phone}`);
      expect(taken).toMatchObject({ is: 'talk', known: false, follow_up: false, outbound: undefined });
      expect(callIdIn(taken)).toBe(callIdOf(newer.id, 9_001));
      expect(await open().evidence(newer.id)).toMatchObject([{ kind: 'inbound', call_sid: `CA-${phone}` }]);
      const again = await inbound(phone, `CA-${phone}`, { at: NOON + 90_000 });
      expect(again).toMatchObject({ is: 'talk', known: true, at: iso(NOON + 60_000) });
      expect(callIdIn(again)).toBe(callIdIn(taken));
      expect(await open().evidence(newer.id)).toHaveLength(1);
      expect(await open().evidence(unrung.id)).toEqual([]);
    });

    it('may be live until it is over, also after the outcome', async () => {
      const phone = freshNumber();
      // Live legs are those of our own time; the number was rung a minute ago.
      const at = Date.now();
      const order = await booked(phone, at - 60_000);
      await rang(order, phone, at - 60_000);
      const live = async () => (await open().liveLegs()).filter(({ booking_id }) => booking_id === order.id);
      expect(await live()).toEqual([]);
      const first = callIdIn(await inbound(phone, `CA-open-${phone}`, { at }))!;
      expect(await live()).toMatchObject([{ call_id: first, call_sid: `CA-open-${phone}`, follow_up: false }]);
      await open().inboundOver(first, lineIdOf(phone));
      expect(await live()).toEqual([]);
      await open().saveSnapshot({ version: 2, view: viewOf(order, { status: 'completed' }), events: [] });
      const second = callIdIn(await inbound(phone, `CA-final-${phone}`, { at: at + 1_000 }))!;
      expect(await live()).toMatchObject([{ call_id: second, call_sid: `CA-final-${phone}`, follow_up: true }]);
      await open().inboundOver(second, lineIdOf(phone));
      expect(await live()).toEqual([]);
    });

    it('of a number that was not rung in seven days, by bookings of these accounts, is a stranger’s', async () => {
      const phone = freshNumber();
      expect(await inbound(phone, `CA-none-${phone}`)).toMatchObject({ is: 'stranger' });
      const order = await booked(phone, NOON - 9 * DAY_MS);
      await rang(order, phone, NOON - 8 * DAY_MS);
      expect(await inbound(phone, `CA-old-${phone}`)).toMatchObject({ is: 'stranger' });
      const recent = await booked(phone);
      await rang(recent, phone);
      expect(await inbound(phone, `CA-else-${phone}`, { mayAct: false })).toMatchObject({ is: 'stranger' });
      expect(await inbound(phone, `CA-${phone}`)).toMatchObject({ is: 'talk' });
    });

    it('is nobody’s where the provider refused the dial: it rang no phone', async () => {
      const phone = freshNumber();
      const order = await booked(phone);
      await claim(order, phone, 1, NOON, [1], false);
      const refused = attemptOf(order.id, 1, { channel: 'bridge', status: 'failed', ended_at: null });
      await open().saveSnapshot({ version: 1, view: viewOf(order, { attempts: [refused] }), events: [] });
      expect(await inbound(phone, `CA-${phone}`)).toMatchObject({ is: 'stranger' });
    });

    it('keeps every dial to its number from leaving until it is over', async () => {
      const phone = freshNumber();
      const own = await booked(phone, NOON - 1_000);
      const other = await booked(phone, NOON - 2_000);
      await rang(own, phone);
      const line = { line_id: lineIdOf(phone), now: iso(NOON + 50_000), until: iso(NOON + 900_000) };
      await open().takeLine({ ...line, booking_id: other.id });
      const taken = await inbound(phone, `CA-${phone}`);
      expect(callIdIn(taken)).toBe(callIdOf(own.id, 9_001));
      // The other booking believed to hold the line, and this one's run has not heard of the call yet.
      expect(await claim(other, phone, 1, NOON + 61_000)).toEqual({ how: 'line_lost' });
      expect(await claim(own, phone, 2, NOON + 61_000, [1, 2])).toMatchObject({
        how: 'rung_back',
        inbound: [{ call_id: callIdOf(own.id, 9_001) }],
      });
      expect((await open().takeLine({ ...line, booking_id: other.id })).taken).toBe(false);
      expect(await open().inboundOver(callIdOf(own.id, 9_001), lineIdOf(phone))).toMatchObject([
        { booking_id: other.id },
      ]);
      expect(await claim(other, phone, 1, NOON + 62_000)).toEqual({ how: 'claimed' });
    });

    it('finds a leg of ours that rings the number, or in which somebody talks', async () => {
      const phone = freshNumber();
      const newer = await booked(phone, NOON);
      const ringing = await booked(phone, NOON - 5_000);
      await rang(newer, phone);
      await claim(ringing, phone, 1, NOON, [1], false);
      const legIs = (status: 'ringing' | 'in_progress', version: number) =>
        open().saveSnapshot({
          version,
          view: viewOf(ringing, { attempts: [attemptOf(ringing.id, 1, { channel: 'bridge', status })] }),
          events: [],
        });
      await legIs('ringing', 1);
      const taken = await inbound(phone, `CA-${phone}`);
      expect(taken).toMatchObject({ is: 'talk', outbound: 'rings' });
      expect(callIdIn(taken)).toBe(callIdOf(ringing.id, 9_001));
      await legIs('in_progress', 2);
      expect(await inbound(phone, `CA-${phone}`)).toMatchObject({ known: true, outbound: 'talks' });
    });

    it('finds no leg of ours that ended by the evidence, though its run has not said so yet', async () => {
      const phone = freshNumber();
      const order = await booked(phone);
      await claim(order, phone, 1, NOON, [1], false);
      const attempt = attemptOf(order.id, 1, { channel: 'bridge', status: 'in_progress' });
      await open().saveSnapshot({ version: 1, view: viewOf(order, { attempts: [attempt] }), events: [] });
      const call_id = callIdOf(order.id, 1);
      const heard = { kind: 'call_status', source: 'callback', call_id, call_sid: 'CA1', at: iso(NOON) } as const;
      await open().addEvidence({ ...heard, id: 'in-progress', status: 'in-progress' });
      expect(await inbound(phone, `CA-${phone}`)).toMatchObject({ is: 'talk', outbound: 'talks' });
      await open().addEvidence({ ...heard, id: 'completed', status: 'completed' });
      const taken = await inbound(phone, `CA-${phone}`);
      expect(taken).toMatchObject({ is: 'talk', known: true });
      expect(taken).toHaveProperty('outbound', undefined);
      expect(await open().callsToUs(order.id)).toEqual([callIdOf(order.id, 9_001)]);
    });

    it('counts a dial that no run shows as one that rings, for as long as its call may live', async () => {
      const phone = freshNumber();
      const order = await booked(phone);
      await rang(order, phone);
      await claim(order, phone, 2, NOON + 60_000, [1, 2], false);
      const longest = mostSecondsOf(PHONE.bridge.defaults) * 1000;
      const taken = await inbound(phone, `CA-${phone}`, { at: NOON + 60_000 + longest - 1 });
      expect(taken).toMatchObject({ is: 'talk', outbound: 'rings' });
      const later = await inbound(phone, `CA-${phone}`, { at: NOON + 60_000 + longest });
      expect(later).toMatchObject({ known: true });
      expect(later).not.toHaveProperty('outbound', 'rings');
    });

    it('beside another one of its number is engaged, and stays so when it is asked again', async () => {
      const phone = freshNumber();
      const order = await booked(phone);
      await rang(order, phone);
      await inbound(phone, `CA-1-${phone}`);
      expect(await inbound(phone, `CA-2-${phone}`)).toMatchObject({ is: 'engaged', known: false });
      await open().inboundOver(callIdOf(order.id, 9_001), lineIdOf(phone));
      expect(await inbound(phone, `CA-2-${phone}`)).toMatchObject({ is: 'engaged', known: true });
      expect(callIdIn(await inbound(phone, `CA-3-${phone}`))).toBe(callIdOf(order.id, 9_002));
    });

    it('after the outcome is a follow-up, which is noted beside it and not taken back', async () => {
      const phone = freshNumber();
      const order = await booked(phone);
      await rang(order, phone);
      const outcome = {
        result: 'declined' as const,
        channel: 'bridge' as const,
        simulated: false,
        confirmed_date: null,
        confirmed_time: null,
        notes: null,
        evidence: [],
        proof: null,
        offers: [],
        callback_at: null,
      };
      await open().saveSnapshot(snapshotOf(order, 2, [], { status: 'completed', outcome }));
      const taken = await inbound(phone, `CA-${phone}`);
      expect(taken).toMatchObject({ is: 'talk', follow_up: true });
      const call_id = callIdIn(taken)!;
      const begun = { at: iso(NOON), call_id, report: null, proof: null };
      const told = { ...begun, report: { result: 'confirmed' as const } };
      expect(await open().noteFollowUp(order.id, begun)).toBe(true);
      expect(await open().noteFollowUp(order.id, told)).toBe(true);
      expect(await open().noteFollowUp(order.id, begun)).toBe(false);
      const stored = await open().booking(order.id);
      expect(stored?.view).toMatchObject({ outcome, follow_ups: [told] });
      await open().addTurn(call_id, { index: 0, at: iso(NOON), role: 'agent', message: 'later', at_seconds: 1 });
      expect(await open().transcript(order.id)).toBeUndefined();
      expect(await open().turnsOf(call_id)).toHaveLength(1);
    });

    it('of a stranger is known by the id of its talk', async () => {
      const phone = freshNumber();
      const stranger_call_id = callIdOf(newId(), 9_001);
      const call = {
        call_sid: `CA-${phone}`,
        phone_hashes: [phone],
        phone_masked: '+54…34',
        line_id: lineIdOf(phone),
        channel: 'native' as const,
        at: iso(NOON),
        since: iso(NOON - 7 * DAY_MS),
        mayAct: () => true,
        stranger_call_id,
      };
      expect(await open().takeInbound(call)).toMatchObject({ is: 'stranger', call_id: stranger_call_id });
      expect(await open().strangerOf(stranger_call_id)).toMatchObject({ phone_hash: phone, phone_masked: '+54…34' });
      expect(await open().strangerOf(callIdOf(newId(), 9_001))).toBeUndefined();
      expect(await open().inboundCall(stranger_call_id)).toBeUndefined();
      // A later stranger of the same call gets the id of the first.
      const again = await open().takeInbound({ ...call, stranger_call_id: callIdOf(newId(), 9_001) });
      expect(again).toMatchObject({ known: true, call_id: stranger_call_id });
    });
  });
