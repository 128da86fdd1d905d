import { describe, expect, it } from '@jest/globals';
import { isOutcome, lostEnd, mayStillRing } from '../../domain/lost-run.ts';
import { viewOf } from '../../domain/render.ts';
import { initialState } from '../../domain/state.ts';
import type { AttemptView, BookingView } from '../../domain/view.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, START } from '../support/orders.ts';
import { accepted, play, report, status, talk } from '../support/world.ts';

const NOW = START + 3_600_000;
const live = viewOf(
  folded(initialState(bookingInput()), [
    [START, { type: 'dial_started', channel: 'native' }],
    [START, { type: 'dial_ended', n: 1, result: accepted(1) }],
    [START + 1_000, { type: 'evidence', evidence: status(1, 'in-progress') }],
  ]),
);
const withAttempt = (change: Partial<AttemptView>): BookingView => ({
  ...live,
  attempts: live.attempts.map((attempt) => ({ ...attempt, ...change })),
});

describe('a booking whose run is lost', () => {
  it('needs a person, since nobody knows what its calls came to', () => {
    const end = lostEnd(live, false, undefined, NOW);
    expect(end).toMatchObject({ status: 'needs_review', channel: 'native', simulated: false });
    expect(end.outcome).toMatchObject({ result: 'needs_review', confirmed_date: null, proof: null, evidence: [] });
    expect(end.outcome?.notes).toContain('the results of its calls are unknown');
    expect(end.updated_at).toBe(new Date(NOW).toISOString());
  });

  it('is canceled if that was asked for', () => {
    const end = lostEnd({ ...live, cancel_requested: true }, false, undefined, NOW);
    expect(end).toMatchObject({ status: 'canceled', outcome: { result: 'canceled' } });
    expect(end.outcome?.notes).toContain('a cancel was requested');
  });

  it('has the outcome that its run came to, if it was only never written', () => {
    const { outcome } = play({
      dial: (n) => ({
        result: accepted(n),
        later: [status(n, 'in-progress'), report(n), status(n, 'completed'), talk(n)].map((evidence, i) => ({
          after: (i + 1) * 1_000,
          evidence,
        })),
      }),
    }).state;
    expect(lostEnd(live, false, outcome!, NOW)).toMatchObject({
      status: 'completed',
      channel: 'native',
      outcome: { result: 'confirmed', confirmed_date: '2026-11-25' },
    });
  });

  it.each(['dialing', 'unknown', 'ringing', 'in_progress'] as const)(
    'does not know the end of a call that was %s: it may still ring',
    (open) => {
      const view = withAttempt({ status: open });
      expect(mayStillRing(view)).toBe(true);
      expect(lostEnd(view, false, undefined, NOW).attempts).toMatchObject([{ status: 'unknown' }]);
    },
  );

  it('knows the end of a call that is over', () => {
    const view = withAttempt({ status: 'completed' });
    expect(mayStillRing(view)).toBe(false);
    expect(lostEnd(view, false, undefined, NOW).attempts).toMatchObject([{ status: 'completed' }]);
  });

  it('ends its simulation, in which nobody was on a line', () => {
    const view = withAttempt({ status: 'in_progress', channel: 'simulation' });
    expect(mayStillRing(view)).toBe(false);
    expect(lostEnd(view, false, undefined, NOW)).toMatchObject({
      simulated: true,
      channel: 'simulation',
      attempts: [{ status: 'canceled' }],
    });
    expect(lostEnd(live, true, undefined, NOW).simulated).toBe(true);
  });

  it('names the last channel on which a call may have left', () => {
    expect(lostEnd(withAttempt({ status: 'failed' }), false, undefined, NOW).channel).toBeNull();
    const [first] = live.attempts;
    const attempts = [first!, { ...first!, channel: 'bridge' as const, status: 'failed' as const }];
    expect(lostEnd({ ...live, attempts }, false, undefined, NOW).channel).toBe('native');
  });
});

describe('what a run returned', () => {
  const outcome = { result: 'confirmed', evidence: [], simulated: false };
  it('is an outcome only if it has a known result, its evidence and whether it was simulated', () => {
    expect(isOutcome(outcome)).toBe(true);
    for (const other of [
      undefined,
      null,
      7,
      'confirmed',
      {},
      { ...outcome, result: 'fine' },
      { ...outcome, result: 7 },
      { ...outcome, evidence: 'call_status' },
      { ...outcome, simulated: 'no' },
    ])
      expect(isOutcome(other)).toBe(false);
  });
});
