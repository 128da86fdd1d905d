import { describe, expect, it } from '@jest/globals';
import { askForLeg } from '../../activities/find-leg.ts';
import { decide, isMoot } from '../../domain/decide.ts';
import type { DialResult } from '../../domain/evidence.ts';
import type { Fact } from '../../domain/fact.ts';
import { fold } from '../../domain/fold.ts';
import { callsOf } from '../../domain/leg.ts';
import { mustRecall } from '../../domain/recall.ts';
import { initialState } from '../../domain/state.ts';
import { elevenlabs, twilio } from '../activities/world.ts';
import { bookingInput, START } from '../support/orders.ts';
import { goodCall, refused, simulated, unknown } from '../support/table.ts';
import { accepted, play, status, talk } from '../support/world.ts';

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
    expect(ended).toBeGreaterThan(4_000);
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
      accounts: { mode: 'live' as const, twilio: null, elevenlabs: null, played: false, caller: null },
      twilio: twilio({ callsTo: nothingSince }),
      elevenlabs: elevenlabs({ conversationsOf: nothingSince }),
      records: { findAttempt: async () => undefined, dialsOf: async () => [] },
    };
    await askForLeg('twilio', clients, 'bk_test0001', input);
    await askForLeg('elevenlabs', clients, 'bk_test0001', input);
    expect(asked.map((since) => START - Date.parse(since))).toEqual([30_000, 30_000]);
  });

  it('a dial that still waits for its turn does not leave once another leg has come to light', () => {
    // Absent by all that could be asked, and there after all, while the next dial waits in its provider's queue.
    let state = initialState(bookingInput());
    const happen = (fact: Fact, at: number): void => {
      state = fold(state, fact, START + at);
    };
    happen({ type: 'line_taken' }, 0);
    happen({ type: 'dial_started', channel: 'native' }, 10);
    happen({ type: 'dial_ended', n: 1, result: unknown }, 30_000);
    happen({ type: 'reconciled', n: 1, result: { verdict: 'absent' } }, 120_000);
    happen({ type: 'dial_started', channel: 'bridge' }, 121_000);
    expect(isMoot(state, callsOf(state)[1]!, 0)).toBe(false);
    happen({ type: 'evidence', evidence: status(1, 'ringing') }, 125_000);
    expect(isMoot(state, callsOf(state)[1]!, 0)).toBe(true);
    happen({ type: 'evidence', evidence: status(1, 'completed') }, 160_000);
    expect(isMoot(state, callsOf(state)[1]!, 0)).toBe(true);
  });

  it('a result in the conversation’s own record wins over a cancel that came after it', () => {
    const record = talk(1, { report: { result: 'declined' } });
    const { state } = play({
      dial: (n) => ({
        result: accepted(n),
        later: [
          ...goodCall(n).filter(({ evidence }) => evidence.kind === 'call_status'),
          { after: 41_000, evidence: record },
        ],
      }),
      happens: [{ at: 60_000, fact: { type: 'cancel_requested' } }],
    });
    expect(state.outcome).toMatchObject({ result: 'declined', evidence: ['post_call', 'call_status', 'transcript'] });
  });

  it('a run that was set back and then cancelled does not end beside the call that it has forgotten', () => {
    const cancel: Fact = { type: 'cancel_requested' };
    const dials = [{ call_id: 'bk_test0001.1', channel: 'native' as const, at: new Date(START).toISOString() }];
    const forgot = fold(initialState(bookingInput()), cancel, START);
    expect(mustRecall(forgot, decide(forgot, START))).toBe(true);
    const state = fold(forgot, { type: 'recalled', dials, evidence: [] }, START);
    expect(decide(state, START)).toMatchObject({ tasks: [{ do: 'reconcile', n: 1 }] });
  });

  it('a forgotten call that its provider has kept for hours is hung up, not counted as over', () => {
    let state = initialState(bookingInput({ native: { ring_seconds: 5, max_call_seconds: 30 } }));
    const dials = [{ call_id: 'bk_test0001.1', channel: 'native' as const, at: new Date(START).toISOString() }];
    const late = START + 3_600_000;
    for (const fact of [
      { type: 'cancel_requested' },
      { type: 'recalled', dials, evidence: [] },
      { type: 'reconciled', n: 1, result: { verdict: 'found', call_sid: 'CA1' } },
      { type: 'time_passed' },
    ] satisfies Fact[]) {
      state = fold(state, fact, late);
    }
    const step = decide(state, late);
    expect(step).toMatchObject({
      is: 'going_on',
      tasks: expect.arrayContaining([expect.objectContaining({ do: 'hang_up' })]),
    });
  });

  it('a provider that is down for hours is tried less and less often', () => {
    const { words, ended } = play(
      { dial: () => ({ result: { proves: 'not_sent', problem: { code: 'x', message: 'x' } } }), simulate: simulated },
      { native: { enabled: false }, bridge: { budget_seconds: 7_200, redial_delay_seconds: 1 } },
    );
    const dials = words.filter((word) => word === 'dial bridge').length;
    expect(dials).toBeGreaterThan(20);
    expect(dials).toBeLessThan(50);
    expect(ended).toBeGreaterThan(6_900_000);
  });
});
