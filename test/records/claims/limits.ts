import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterDial, CLOSED, OPENS_AFTER, permit } from '../../../domain/circuit.ts';
import { iso } from '../../../domain/iso.ts';
import type { Records } from '../../../records/interface.ts';
import { openRecords } from '../../../records/open.ts';
import { type Databases, records } from '../databases.ts';
import { accepted, attemptOf, snapshotOf } from '../samples.ts';

const NOON = Date.parse('2026-11-24T12:00:00.000Z');

async function twoHandles(databases: Databases): Promise<{ both: [Records, Records]; close(): Promise<void> }> {
  const databaseUrl = await databases.newDatabase();
  const both = await Promise.all([openRecords({ databaseUrl }), openRecords({ databaseUrl })]);
  await both[0].migrate();
  return {
    both,
    close: async () => {
      await Promise.all(both.map((one) => one.close()));
    },
  };
}

export const theCircuit = (databases: Databases) =>
  describe('the circuit of a provider', () => {
    const open = records(databases);

    it('is closed where nobody has written one, and stays as it is when nothing changes', async () => {
      expect(await open().circuit('twilio')).toEqual(CLOSED);
      const { before, after } = await open().changeCircuit('twilio', (circuit) => circuit);
      expect(after).toBe(before);
    });

    it('loses no word of many that speak at the same moment through two handles, and opens once', async () => {
      const { both, close } = await twoHandles(databases);
      const changes = await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          both[i % 2]!.changeCircuit('twilio', (circuit) =>
            afterDial(circuit, { booking_id: `bk_${i}`, call_id: `bk_${i}.1`, health: 'down' }, NOON),
          ),
        ),
      );
      const tellers = changes.filter(({ before, after }) => before.is === 'closed' && after.is === 'open');
      expect(tellers).toHaveLength(1);
      expect(changes.filter(({ before, after }) => before !== after)).toHaveLength(OPENS_AFTER);
      expect(await both[0].circuit('twilio')).toMatchObject({ is: 'open' });
      expect(await both[1].circuit('elevenlabs')).toEqual(CLOSED);
      await close();
    });

    it('gives its trial to one of many that ask at the same moment through two handles', async () => {
      const { both, close } = await twoHandles(databases);
      await both[0].changeCircuit('elevenlabs', () => ({ is: 'open', why: 'down', until: NOON, pause_ms: 30_000 }));
      const asked = await Promise.all(
        Array.from({ length: 40 }, async (_, i) => {
          const { before } = await both[i % 2]!.changeCircuit('elevenlabs', (circuit) => {
            const leave = permit(circuit, `bk_${i}.1`, NOON);
            return leave.may === 'try' ? leave.next : circuit;
          });
          return permit(before, `bk_${i}.1`, NOON).may;
        }),
      );
      expect(asked.filter((may) => may === 'try')).toHaveLength(1);
      expect(asked.filter((may) => may === 'not')).toHaveLength(39);
      await close();
    });
  });

export const theSlots = (databases: Databases) =>
  describe('the calls that a provider has at once', () => {
    const open = records(databases);
    /** A minute for one call at each provider. */
    const take = (
      call: string,
      most: { twilio?: number; elevenlabs?: number },
      { after = 0, count = 1, at = open() }: { after?: number; count?: number; at?: Records } = {},
    ) =>
      at.takeSlots({
        call_id: call,
        booking_id: call.split('.')[0]!,
        wanted: Object.entries(most).map(([gate, limit]) => ({ gate, count, most: limit })),
        now: iso(NOON + after * 1000),
        until: iso(NOON + (after + 60) * 1000),
      });
    const taken = (after = 0, at = open()) => at.slotsTaken(iso(NOON + after * 1000));

    it('are as many as allowed, and no more; taking again is harmless', async () => {
      expect(await take('bk_a.1', { twilio: 2 })).toBeUndefined();
      expect(await take('bk_b.1', { twilio: 2 })).toBeUndefined();
      expect(await take('bk_a.1', { twilio: 2 })).toBeUndefined();
      expect(await take('bk_c.1', { twilio: 2 })).toBe('twilio');
      expect(await taken()).toEqual({ twilio: 2 });
      await open().releaseSlots('bk_a.1');
      expect(await take('bk_c.1', { twilio: 2 })).toBeUndefined();
    });

    it('are taken at all providers or at none', async () => {
      await take('bk_d.1', { elevenlabs: 1 }, { after: 100 });
      expect(await take('bk_e.1', { twilio: 5, elevenlabs: 1 }, { after: 100 })).toBe('elevenlabs');
      expect(await taken(100)).toEqual({ elevenlabs: 1 });
    });

    it('count two for who takes two', async () => {
      expect(await take('bk_f.1', { elevenlabs: 3 }, { after: 200, count: 2 })).toBeUndefined();
      expect(await take('bk_g.1', { elevenlabs: 3 }, { after: 200, count: 2 })).toBe('elevenlabs');
      expect(await take('bk_g.1', { elevenlabs: 3 }, { after: 200 })).toBeUndefined();
    });

    it('are free when their time has passed', async () => {
      await take('bk_h.1', { twilio: 1 }, { after: 300 });
      expect(await take('bk_i.1', { twilio: 1 }, { after: 359 })).toBe('twilio');
      expect(await take('bk_i.1', { twilio: 1 }, { after: 360 })).toBeUndefined();
    });

    it('are given free by the record of a call’s end, and all by the record of the outcome', async () => {
      const order = await accepted(open());
      const [first, second] = [attemptOf(order.id, 1), attemptOf(order.id, 2)];
      for (const { call_id } of [first, second]) await take(call_id, { twilio: 9 }, { after: 500 });
      await open().saveSnapshot(snapshotOf(order, 1, [], { attempts: [first] }));
      expect(await taken(500)).toEqual({ twilio: 2 });
      const ended = { ...first, status: 'busy' as const, ended_at: '2026-11-24T10:01:00.000Z' };
      await open().saveSnapshot(snapshotOf(order, 2, [], { attempts: [ended, second] }));
      expect(await taken(500)).toEqual({ twilio: 1 });
      const outcome = {
        result: 'unreachable' as const,
        channel: null,
        simulated: true,
        confirmed_date: null,
        confirmed_time: null,
        notes: null,
        evidence: [],
        proof: null,
        offers: [],
        callback_at: null,
      };
      await open().saveSnapshot(snapshotOf(order, 3, [], { attempts: [ended, second], status: 'failed', outcome }));
      expect(await taken(500)).toEqual({});
    });

    it('are never more than allowed, whoever reaches for them through two handles', async () => {
      const { both, close } = await twoHandles(databases);
      const results = await Promise.all(
        Array.from({ length: 40 }, (_, i) => take(`bk_${i}.1`, { twilio: 7, elevenlabs: 9 }, { at: both[i % 2]! })),
      );
      expect(results.filter((full) => full === undefined)).toHaveLength(7);
      expect(await taken(0, both[0])).toEqual({ twilio: 7, elevenlabs: 7 });
      await close();
    });

    it('neither leak nor are exceeded, in any order of taking, giving back, ending and waiting', async () => {
      const { both, close } = await twoHandles(databases);
      let round = 0;
      const step = fc.oneof(
        fc.record({ do: fc.constant('take' as const), call: fc.nat(8), count: fc.integer({ min: 1, max: 2 }) }),
        fc.record({ do: fc.constant('release' as const), call: fc.nat(8) }),
        fc.record({ do: fc.constant('wait' as const), seconds: fc.nat(50) }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
          // Times apart from those of the runs before: what they left has expired.
          let after = ++round * 100_000;
          const model = new Map<string, { count: number; until: number }>();
          const live = (except = '') =>
            [...model].reduce((sum, [call, one]) => (call !== except && one.until > after ? sum + one.count : sum), 0);
          for (const [i, one] of steps.entries()) {
            const at = both[i % 2]!;
            if (one.do === 'wait') after += one.seconds;
            else if (one.do === 'release') {
              await at.releaseSlots(`bk_${one.call}.1`);
              model.delete(`bk_${one.call}.1`);
            } else {
              const call = `bk_${one.call}.1`;
              const full = await take(call, { twilio: 4 }, { after, count: one.count, at });
              expect(full).toBe(live(call) + one.count > 4 ? 'twilio' : undefined);
              if (!full) model.set(call, { count: one.count, until: after + 60 });
            }
            expect((await taken(after, at)).twilio ?? 0).toBe(live());
            expect(live()).toBeLessThanOrEqual(4);
          }
        }),
        { numRuns: 25 },
      );
      await close();
    });
  });
