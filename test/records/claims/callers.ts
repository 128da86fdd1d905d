import { describe, expect, it } from '@jest/globals';
import type { Evidence } from '../../../domain/evidence.ts';
import type { Outcome } from '../../../domain/result.ts';
import { type Databases, records } from '../databases.ts';
import { accepted, attemptOf, callStatus, orderOf, snapshotOf } from '../samples.ts';

const AT = '2026-11-24T12:00:00.000Z';
const CONFIRMED: Outcome = {
  ...({ result: 'confirmed', channel: 'native', simulated: false, evidence: [], offers: [] } as const),
  ...{ confirmed_date: null, confirmed_time: null, notes: null, proof: null, callback_at: null },
};

let callersMade = 0;
/** Tests share a database: each calls from a number of its own. */
const newCaller = (): string => `+1500555${String(++callersMade).padStart(4, '0')}`;

const ended = (bookingId: string, id: string, sip_code: number | undefined, status = 'failed'): Evidence =>
  ({ ...callStatus(bookingId, id), status, sip_code }) as Evidence;

export const countingRejections = (databases: Databases) =>
  describe('the calls from one of our numbers', () => {
    const open = records(databases);

    /** A booking with one dial from the number, so many ms after the others. */
    async function dialed(caller: string | null, after = 0): Promise<string> {
      const { id } = await accepted(open());
      const at = new Date(Date.parse('2026-11-24T12:00:00.000Z') + after).toISOString();
      const dial = { call_id: `${id}.1`, run_id: 'r', channel: 'native' as const, caller, at };
      await open().claimDial({ ...dial, known: [1], phone_hashes: [`hash-of-${id}`] });
      return id;
    }
    const countsOf = async (caller: string) => (await open().rejectedCalls()).filter((one) => one.caller === caller);

    it('are told with the newest first, and which of them were rejected', async () => {
      const caller = newCaller();
      const [first, second, third] = [
        await dialed(caller, 0),
        await dialed(caller, 1_000),
        await dialed(caller, 2_000),
      ];
      await dialed(newCaller(), 3_000);
      await open().addEvidence(ended(first, 'a', 603));
      await open().addEvidence(ended(second, 'a', 486, 'busy'));
      await open().addEvidence(ended(third, 'a', 608, 'busy'));
      expect(await open().callsBeside(`${second}.1`, 50)).toEqual({ caller, rejected: [true, false, true] });
      expect(await open().callsBeside(`${first}.1`, 2)).toEqual({ caller, rejected: [true, false] });
    });

    it('are counted once each, by SIP answer, however the evidence comes', async () => {
      const caller = newCaller();
      const id = await dialed(caller);
      await open().addEvidence(ended(id, 'callback', 607));
      await open().addEvidence(ended(id, 'callback', 607));
      await open().addEvidence(ended(id, 'webhook', 603));
      const order = await accepted(open());
      const dial = { call_id: `${order.id}.1`, run_id: 'r', channel: 'bridge' as const, caller, at: order.created_at };
      await open().claimDial({ ...dial, known: [1], phone_hashes: ['h'] });
      const evidence = ended(order.id, 'while the database was away', 608);
      const event = { type: 'evidence' as const, at: evidence.at, evidence };
      await open().saveSnapshot(snapshotOf(order, 1, [{ key: evidence.id, event }]));
      const kept = await dialed(caller);
      const { call_id, ...unclaimed } = ended(kept, 'came before the call was known', 608);
      await open().addUnclaimed({ call_sid: `CA-${kept}`, at: unclaimed.at, evidence: unclaimed as never });
      await open().claimFor(call_id, { call_sid: `CA-${kept}` });
      expect(await countsOf(caller)).toEqual([
        { caller, sip: 607, count: 1 },
        { caller, sip: 608, count: 2 },
      ]);
    });

    it('count as rejected by no other end, and not where somebody answered', async () => {
      const caller = newCaller();
      for (const [status, sip] of [
        ['busy', 486],
        ['failed', 404],
        ['no-answer', 487],
        ['failed', undefined],
      ] as const)
        await open().addEvidence(ended(await dialed(caller), 'end', sip, status));
      await open().addEvidence(ended(await dialed(caller), 'end', 603, 'completed'));
      await open().addEvidence(ended(await dialed(caller), 'rings', 603, 'ringing'));
      expect(await countsOf(caller)).toEqual([]);
    });

    it('keep their counts when a booking is erased', async () => {
      const caller = newCaller();
      const id = await dialed(caller);
      await open().addEvidence(ended(id, 'end', 603));
      await open().saveSnapshot(snapshotOf(orderOf(id), 9, [], { status: 'failed' }));
      await open().beginErasure(id, { at: '2026-11-24T13:00:00.000Z' });
      await open().forgetBooking(id);
      expect(await countsOf(caller)).toEqual([{ caller, sip: 603, count: 1 }]);
      expect(await open().callsBeside(`${id}.1`, 50)).toBeUndefined();
    });

    it('are unknown without a number on record', async () => {
      const id = await dialed(null);
      await open().addEvidence(ended(id, 'end', 603));
      expect(await open().callsBeside(`${id}.1`, 50)).toBeUndefined();
    });

    it('are summed up with the outcome, once, by number and channel', async () => {
      const caller = newCaller();
      const id = await dialed(caller);
      const call = (n: number, more: object) => attemptOf(id, n, { ended_at: AT, call_sid: `CA${id}${n}`, ...more });
      const attempts = [
        call(1, { status: 'completed', duration_seconds: 61 }),
        call(2, { status: 'completed', duration_seconds: 4 }),
        call(3, { status: 'busy' }),
        call(4, { status: 'failed', call_sid: null }),
        call(5, { status: 'completed', duration_seconds: 30, direction: 'inbound' }),
        call(6, { channel: 'simulation', status: 'completed', duration_seconds: 20 }),
      ];
      const at = new Date(Date.parse(AT) + 1_000).toISOString();
      for (const n of [2, 3, 4]) {
        const dial = { call_id: `${id}.${n}`, run_id: 'r', channel: 'native' as const, caller, at };
        await open().claimDial({ ...dial, known: [1, 2, 3, 4], phone_hashes: [`hash-of-${id}`] });
      }
      const of = async (who: string | undefined, channel: string) =>
        (await open().callUsage()).find((one) => one.caller === who && one.channel === channel);
      const before = { inbound: await of(undefined, 'native'), simulated: await of(undefined, 'simulation') };
      await open().saveSnapshot(snapshotOf(orderOf(id), 1, [], { attempts }));
      expect(await of(caller, 'native')).toBeUndefined();
      const end = snapshotOf(orderOf(id), 2, [], { attempts, status: 'completed', outcome: CONFIRMED });
      await open().saveSnapshot(end);
      await open().saveSnapshot(end);
      const sums = { calls: 3, answered: 2, short: 1, talk_seconds: 65, phone_minutes: 3, agent_seconds: 65 };
      expect(await of(caller, 'native')).toEqual({ caller, channel: 'native', ...sums });
      const inbound = await of(undefined, 'native');
      expect(inbound!.talk_seconds - (before.inbound?.talk_seconds ?? 0)).toBe(30);
      expect(inbound!.calls - (before.inbound?.calls ?? 0)).toBe(0);
      const simulated = await of(undefined, 'simulation');
      expect(simulated!.agent_seconds - (before.simulated?.agent_seconds ?? 0)).toBe(40);
      expect(simulated!.phone_minutes).toBe(0);
    });

    it('give one alarm in a pause, whoever asks for it at the same time', async () => {
      const caller = newCaller();
      const taken = async (now: number) =>
        (await Promise.all([1, 2, 3].map(() => open().takeCallerAlarm(caller, now, 1_000)))).filter(Boolean).length;
      expect([await taken(10_000), await taken(10_999), await taken(11_000)]).toEqual([1, 0, 1]);
      expect(await open().takeCallerAlarm(newCaller(), 10_001, 1_000)).toBe(true);
    });
  });
