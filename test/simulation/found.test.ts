import { describe, expect, it } from '@jest/globals';
import { askForLeg } from '../../activities/find-leg.ts';
import type { DialResult } from '../../domain/evidence.ts';
import { elevenlabs, twilio } from '../activities/world.ts';
import { START } from '../support/orders.ts';
import { refused, simulated } from '../support/table.ts';
import { accepted, play, status } from '../support/world.ts';

/** What the simulator found, each as small as it could be made. */
describe('found by the simulator', () => {
  it('a call that Twilio does not find when it is hung up is not taken for ended', () => {
    // Twilio reads lag behind: a call of some seconds may be unknown to it, and ring on beside the next one.
    const { state, words } = play(
      {
        dial: (n) => ({ result: accepted(n), later: [{ after: 1_000, evidence: status(n, 'ringing') }] }),
        hangUp: () => ({ result: { done: 'not_found' } }),
      },
      { native: { budget_seconds: 10 } },
    );
    expect(words.filter((word) => word.startsWith('dial'))).toEqual(['dial native']);
    expect(state.outcome?.result).toBe('needs_review');
  });

  it('a canceled leg may have rung: no simulation afterwards', () => {
    const { words, state } = play(
      {
        dial: (n) => (n === 1 ? { result: accepted(n) } : { result: refused }),
        hangUp: (n) => ({ result: { done: 'requested' }, later: [{ after: 300, evidence: status(n, 'canceled') }] }),
        simulate: simulated,
      },
      { native: { budget_seconds: 10 } },
    );
    expect(words).not.toContain('simulate');
    expect(state.outcome?.result).toBe('unreachable');
  });

  it('a dial that finds the window closed by its own clock is not tried again at once', () => {
    const early: DialResult = { proves: 'skipped', reason: 'outside_window' };
    const { words, ended } = play({
      dial: (n) => ({ result: n <= 3 ? early : refused, after: 10 }),
      simulate: simulated,
    });
    expect(words.filter((word) => word === 'dial native')).toHaveLength(4);
    expect(ended).toBeGreaterThan(15_000);
  });

  it('an outcome whose leg never was seen to end still names the call status that it rests on', () => {
    const { state } = play(
      {
        dial: (n) => ({
          result: accepted(n),
          later: [{ after: 5_000, evidence: status(n, 'in-progress', { answered_by: 'machine_start' }) }],
        }),
        hangUp: () => ({ result: { done: 'failed', problem: { code: 'x', message: 'x' } } }),
      },
      { native: { max_attempts: 1 } },
    );
    expect(state.outcome).toMatchObject({ result: 'voicemail', evidence: ['call_status'] });
  });

  it('a lost dial is found though Temporal’s clock is ahead of the providers’', async () => {
    const asked: string[] = [];
    const input = {
      call_id: 'bk_test0001.1',
      channel: 'native' as const,
      phone: '+541143211234',
      dialed_at: new Date(START).toISOString(),
      known_call_sids: [],
      known_conversation_ids: [],
      reconcile_seconds: 90,
      give_up_at: new Date(START + 600_000).toISOString(),
    };
    const nothingSince = async (_whose: string, since: string): Promise<never[]> => {
      asked.push(since);
      return [];
    };
    const clients = {
      twilio: twilio({ callsTo: nothingSince }),
      elevenlabs: elevenlabs({ conversationsOf: nothingSince }),
      records: { findAttempt: async () => undefined },
    };
    await askForLeg('twilio', clients, 'bk_test0001', input);
    await askForLeg('elevenlabs', clients, 'bk_test0001', input);
    expect(asked.map((since) => START - Date.parse(since))).toEqual([30_000, 30_000]);
  });
});
