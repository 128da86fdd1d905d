import { describe, expect, it } from '@jest/globals';
import { hangUpLiveCalls } from '../../delivery/live-calls.ts';
import type { Accounts } from '../../domain/accounts.ts';
import type { HangUpResult } from '../../domain/evidence.ts';
import { ProviderUnreachable } from '../../providers/interface.ts';

const OURS: Accounts = { mode: 'live', twilio: 'AC1', elevenlabs: 'agent_1', played: false, caller: '+15005550006' };

/** Twilio and the records, as far as the end of calls concerns them: `CA1` is the call of `bk_leg.1`. */
function world({ live, fails = new Set(), over = [] }: { live: Set<string>; fails?: Set<string>; over?: string[] }) {
  const told: string[] = [];
  let atOnce = 0;
  let most = 0;
  const legOf = (call_sid: string) => ({
    call_sid,
    booking_id: 'bk_aaaaaaaaaaaaaaaaaaaaaaaa',
    call_id: `bk_aaaaaaaaaaaaaaaaaaaaaaaa.${call_sid.slice(2)}`,
    follow_up: call_sid.startsWith('CA-after'),
    accounts: call_sid.startsWith('CA-of-others') ? { ...OURS, twilio: 'AC-other' } : OURS,
    sandbox: false,
  });
  // What the records say stays behind: a leg that has ended is shown for a while.
  const onRecord = new Set([...live, ...over]);
  const stop = new AbortController();
  const run = (dialsOver: Promise<unknown> = Promise.resolve()) =>
    hangUpLiveCalls({
      records: {
        liveLegs: async () => [...new Set([...onRecord, ...live])].map(legOf),
        booking: async () => undefined,
      },
      gateway: {
        signal: async (_name, evidence) => {
          told.push(evidence.call_id);
          return 'delivered';
        },
        followUp: async () => 'closed',
      },
      twilio: {
        hangUp: async (sid): Promise<HangUpResult> => {
          most = Math.max(most, ++atOnce);
          await new Promise(setImmediate);
          atOnce--;
          if (fails.delete(sid)) throw new ProviderUnreachable({ code: 'down', message: 'out of reach' });
          live.delete(sid);
          return { done: 'ended' };
        },
        call: async (call_sid) => ({
          call_sid,
          status: live.has(call_sid) ? 'in-progress' : 'completed',
          to: '+541143211234',
          from: '+15005550006',
          created_at: '2026-11-24T10:00:00.000Z',
        }),
      },
      accounts: OURS,
      alarms: { outcomeContradicted: () => undefined },
      dialsOver,
      signal: stop.signal,
    });
  return { run, told, live, stop, most: () => most };
}

const sids = (count: number): string[] => Array.from({ length: count }, (_, i) => `CA${i + 1}`);

describe('hanging up what is live', () => {
  it('ends all of many calls, several at once but not all, and tells each booking once', async () => {
    const { run, told, live, most } = world({ live: new Set(sids(350)) });
    // The last look still sees them all on record.
    const stopped = run();
    expect(await stopped).toBe(350);
    expect(live.size).toBe(0);
    expect(new Set(told).size).toBe(350);
    expect(told).toHaveLength(350);
    expect(most()).toBeGreaterThan(1);
    expect(most()).toBeLessThanOrEqual(20);
  });

  it('leaves alone what other accounts have accepted', async () => {
    const { run, live } = world({ live: new Set(['CA1', 'CA-of-others']) });
    expect(await run()).toBe(1);
    expect([...live]).toEqual(['CA-of-others']);
  });

  it('ends a call after the outcome, and does not count one whose talk is over', async () => {
    const { run, live, told } = world({ live: new Set(['CA-after-1', 'CA2']), over: ['CA-after-2'] });
    expect(await run()).toBe(2);
    expect(live.size).toBe(0);
    expect(told).not.toContain('bk_aaaaaaaaaaaaaaaaaaaaaaaa.-after-2');
  });

  it('tries again what failed', async () => {
    const { run, live } = world({ live: new Set(sids(3)), fails: new Set(['CA2']) });
    expect(await run()).toBe(3);
    expect(live.size).toBe(0);
  });

  it('ends what a dial brings that was on its way', async () => {
    const w = world({ live: new Set(['CA1']) });
    let over: () => void = () => undefined;
    const running = w.run(
      new Promise<void>((resolve) => {
        over = resolve;
      }),
    );
    w.live.add('CA2');
    over();
    expect(await running).toBe(2);
    expect(w.live.size).toBe(0);
  });

  it('lets go when there is no more time', async () => {
    const w = world({ live: new Set(['CA1']) });
    const running = w.run(new Promise(() => undefined));
    w.stop.abort();
    expect(await running).toBeLessThanOrEqual(1);
  });
});
