import { describe, expect, it } from '@jest/globals';
import { followUpLines, moreText } from '../../cli/booking-text.ts';
import { type BookingView, WAITS } from '../../domain/view.ts';

const BOOKING = { outcome: null, attempts: [], follow_ups: [], waiting_for: null, waiting_until: null };
const more = (changes: object): string[] => moreText({ ...BOOKING, ...changes } as unknown as BookingView);

describe('a booking in the list', () => {
  it.each(WAITS)('that waits for %s says so in words', (waiting_for) => {
    const [wait] = more({ waiting_for });
    expect(wait).toMatch(/^waiting (for|because|until) \w/);
    // Only this one is a field that the reader knows by its name.
    expect(wait === `waiting for ${waiting_for}`).toBe(waiting_for === 'not_before');
    expect(more({ waiting_for, outcome: { offers: [], callback_at: null } })).toEqual([]);
  });

  it('says what the business offered and asked for, and its own calls', () => {
    const offers = [{ date: '2026-12-02', time: '10:00', note: 'con la otra doctora' }, { date: '2026-12-03' }];
    expect(
      more({
        outcome: { offers, callback_at: '2026-12-01T17:00:00-03:00' },
        attempts: [{ direction: 'outbound' }, { direction: 'inbound' }],
        follow_ups: [{}, {}],
      }),
    ).toEqual([
      'call at 2026-12-01T17:00:00-03:00',
      'offered 2026-12-02 10:00 con la otra doctora; 2026-12-03',
      'they called us',
      '2 calls after the outcome',
    ]);
  });

  it('of an earlier version, which knows nothing of this, has nothing more', () => {
    expect(moreText({ outcome: { result: 'declined' } } as unknown as BookingView)).toEqual([]);
  });
});

it('a call after the outcome is told with its report, its proof, and nothing that a terminal would obey', () => {
  const at = new Date(2026, 10, 25, 9, 20).toISOString();
  const report = {
    result: 'confirmed' as const,
    confirmed_date: '2026-12-02',
    confirmed_time: '16:00',
    notes: 'a\u001b[2Jb',
  };
  const proof = { level: 'stated' as const, date: null, time: null, agreement: null };
  const asked = { result: 'callback_requested' as const, callback_date: '2026-12-01', callback_time: '17:00' };
  expect(
    followUpLines([
      { at, call_id: 'bk_a.9001', report, proof },
      { at, call_id: 'bk_a.9002', report: asked, proof: null },
      { at, call_id: 'bk_a.9003', report: { ...report, notes: '' }, proof: null },
      { at, call_id: 'bk_a.9004', report: null, proof: null },
    ]),
  ).toEqual([
    '  they called us after the outcome, 2026-11-25 09:20: confirmed 2026-12-02 16:00 “a [2Jb” (proof: stated)',
    '  they called us after the outcome, 2026-11-25 09:20: callback_requested call at 2026-12-01 17:00',
    '  they called us after the outcome, 2026-11-25 09:20: confirmed 2026-12-02 16:00 (proof: none)',
    '  they called us after the outcome, 2026-11-25 09:20: no report',
  ]);
});
