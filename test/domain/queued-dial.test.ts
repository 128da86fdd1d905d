import { describe, expect, it } from '@jest/globals';
import type { DialResult } from '../../domain/evidence.ts';
import { START } from '../support/orders.ts';
import { play, report, status, talk } from '../support/world.ts';

const HOUR = 3_600_000;
/** START is noon in Buenos Aires; the window closes ten minutes later and opens at eight the next day. */
const WINDOW = { from: 8 * 60, to: 12 * 60 + 10 };

describe('a dial that waits in its provider’s queue until the calling window has closed', () => {
  it('is not sent, counts as no attempt, and is placed when the window opens again', () => {
    const skipped: DialResult = { proves: 'skipped', reason: 'outside_window' };
    const { state, trace } = play(
      {
        dial: (n) =>
          n === 1
            ? { after: 20 * 60_000, result: skipped }
            : {
                result: { proves: 'accepted', call_sid: 'CA2', conversation_id: 'conv_2' },
                later: [
                  { after: 5_000, evidence: status(n, 'in-progress', { call_sid: 'CA2' }) },
                  { after: 40_000, evidence: report(n) },
                  { after: 50_000, evidence: status(n, 'completed', { call_sid: 'CA2' }) },
                  { after: 51_000, evidence: talk(n) },
                ],
              },
      },
      { settings: { calling_window: WINDOW } },
    );
    const dials = trace.filter(({ task }) => task.do === 'dial').map(({ at }) => at - START);
    expect(dials).toHaveLength(2);
    expect(dials[1]).toBeGreaterThanOrEqual(20 * HOUR);
    expect(dials[1]).toBeLessThan(20 * HOUR + 60_000);
    // Nobody holds the number over night.
    expect(trace.some(({ task }) => task.do === 'release_line')).toBe(true);
    expect(state.outcome).toMatchObject({ result: 'confirmed', channel: 'native' });
  });
});
