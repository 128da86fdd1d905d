import { describe, expect, it } from '@jest/globals';
import type { DialResult } from '../../domain/evidence.ts';
import { play, report, status, talk } from '../support/world.ts';

const SKIPPED: DialResult = { proves: 'skipped', reason: 'outside_window' };
const DEFERRED: DialResult = { proves: 'deferred', retry_after_ms: 5_000, problem: { code: 'full', message: 'full' } };

const good = (n: number) => ({
  result: { proves: 'accepted', call_sid: `CA${n}`, conversation_id: `conv_${n}` } as const,
  later: [
    { after: 5_000, evidence: status(n, 'in-progress', { call_sid: `CA${n}` }) },
    { after: 40_000, evidence: report(n) },
    { after: 50_000, evidence: status(n, 'completed', { call_sid: `CA${n}` }) },
    { after: 51_000, evidence: talk(n) },
  ],
});

const dialsOf = ({ trace }: ReturnType<typeof play>) => trace.filter(({ task }) => task.do === 'dial');

describe('dials that never leave', () => {
  // Each costs the booking a piece of its bounded history: a minute's difference between two clocks was hundreds of them.
  it('are asked for less and less often while a worker’s clock says that the calling window is closed', () => {
    const played = play({ dial: (n) => (n <= 8 ? { result: SKIPPED } : good(n)) });
    const dials = dialsOf(played);
    expect(dials).toHaveLength(9);
    expect(dials[8]!.at - dials[0]!.at).toBeGreaterThan(60_000);
    // One worker among several may be wrong: the first wait is short.
    expect(dials[1]!.at - dials[0]!.at).toBeLessThan(3_000);
    expect(played.state.outcome?.result).toBe('confirmed');
  });

  it('on one channel make the next channel no slower', () => {
    let bridged = 0;
    const played = play(
      { dial: (n, channel) => (channel === 'native' || bridged++ === 0 ? { result: DEFERRED } : good(n)) },
      { native: { budget_seconds: 600 }, bridge: { budget_seconds: 120 } },
    );
    expect(played.state.outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
  });
});
