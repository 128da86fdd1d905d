import { describe, expect, it } from '@jest/globals';
import type { FollowUp } from '../../../domain/follow-up.ts';
import { isOvertaken, isReviewable } from '../../../domain/review.ts';
import { fromRecords } from '../../../domain/shortlist/carried.ts';
import { decideShortlist, type Step } from '../../../domain/shortlist/decide.ts';
import { endingOf, proofOf } from '../../../domain/shortlist/ending.ts';
import { recordedOf } from '../../../domain/shortlist/recorded.ts';
import { type Fact, foldShortlist, initialShortlist, type ShortlistState } from '../../../domain/shortlist/state.ts';
import { queuedProgress } from '../../../domain/shortlist/view.ts';
import { confirmed, viewOf } from '../../api/support.ts';
import { orderOf } from '../../records/samples.ts';
import { DECLINED, shortlistOf } from '../../records/shortlist-samples.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const input = {
  id: 'sl_one',
  candidates: 3,
  created_at: new Date(NOW).toISOString(),
  phones: true,
  simulation: true,
  callback: { enabled: true, max_callbacks: 1, within_hours: 72 },
  sandbox: false,
};
const report = { result: 'confirmed', confirmed_date: '2026-12-03', confirmed_time: '09:30' } as const;
const { proof } = confirmed;
const call = (minute: number, more: Partial<FollowUp> = {}): FollowUp => ({
  at: `2026-11-30T12:${minute}:00.000Z`,
  call_id: `bk_one.90${minute}`,
  report,
  proof,
  ...more,
});
const review = (minute: number, result: 'declined' | 'confirmed') => ({
  decision: { result, confirmed_date: null, confirmed_time: null, notes: null },
  by: 'Olga',
  at: `2026-11-30T12:${minute}:00.000Z`,
});
const booking = (id: string, candidate: number) => ({ ...orderOf(id), shortlist: { id: 'sl_one', candidate } });
const declined = { ...viewOf(booking('bk_one', 1)), outcome: DECLINED };

describe('a business that rings back after its booking', () => {
  it('with an appointment that its words show settles the shortlist, whatever was decided of the first call', () => {
    const view = { ...declined, follow_ups: [call(10)], review: review(30, 'declined') };
    expect(endingOf(view)).toMatchObject({
      result: 'confirmed',
      confirmed_date: '2026-12-03',
      confirmed_time: '09:30',
    });
    expect(proofOf(view)).toEqual(proof);
  });

  it('with one that they do not show halts it until a person decides after that call', () => {
    const doubt = { ...declined, follow_ups: [call(15, { proof: null })] };
    expect(endingOf(doubt)).toMatchObject({ result: 'needs_review', reviewed: false });
    expect(isReviewable(doubt)).toBe(true);
    expect(endingOf({ ...doubt, review: review(11, 'declined') })).toMatchObject({ result: 'needs_review' });
    expect(isOvertaken(review(11, 'declined'), doubt)).toBe(true);
    expect(endingOf({ ...doubt, review: review(20, 'declined') })).toMatchObject({
      result: 'declined',
      reviewed: true,
    });
  });

  it('without one changes nothing', () => {
    const view = { ...declined, follow_ups: [call(10, { report: { result: 'declined' }, proof: null })] };
    expect(endingOf(view)).toMatchObject({ result: 'declined' });
    expect(isReviewable(view)).toBe(false);
  });
});

/** Two are through: the first declined, the second is being asked. */
function asking(...facts: Fact[]): ShortlistState {
  const before: Fact[] = [
    { type: 'turn', candidate: 1, as: 'call' },
    { type: 'placed', booking_id: 'bk_one' },
    { type: 'ended', ending: endingOf(declined)! },
    { type: 'turn', candidate: 2, as: 'call' },
    { type: 'placed', booking_id: 'bk_two' },
  ];
  return [...before, ...facts].reduce((state, fact) => foldShortlist(state, fact, NOW), initialShortlist(input));
}
const next = (state: ShortlistState): Step => decideShortlist(state, NOW);
const ringsBack = (more: Partial<FollowUp>): Fact => ({
  type: 'ended',
  ending: endingOf({ ...declined, follow_ups: [call(10, more)] })!,
});
const canceled = (untouched: boolean): Fact => ({
  type: 'ended',
  ending: {
    ...{ booking_id: 'bk_two', result: 'canceled', confirmed_date: null, confirmed_time: null },
    ...{ simulated: false, reviewed: false },
    ...(untouched && { untouched }),
  },
});

describe('while the next one is being asked', () => {
  it.each([{ proof }, { proof: null }])('its booking is canceled, and nobody else is called (%j)', (more) => {
    expect(next(asking(ringsBack(more)))).toEqual({ do: 'cancel', booking_id: 'bk_two' });
    const after = next(asking(ringsBack(more), { type: 'cancel_sent' }, canceled(false)));
    expect(after.do).toBe(more.proof ? 'end' : 'halt');
  });

  it('one that nobody had called gets its turn again, if a person finds no appointment', () => {
    const found: Fact = {
      type: 'ended',
      ending: endingOf({ ...declined, follow_ups: [call(10, { proof: null })], review: review(20, 'declined') })!,
    };
    const open = (untouched: boolean) =>
      asking(ringsBack({ proof: null }), { type: 'cancel_sent' }, canceled(untouched), found, {
        type: 'looked',
        openings: { at: NOW, opens: [NOW, NOW, NOW] },
      });
    expect(next(open(true))).toEqual({ do: 'take_turn', candidate: 2, as: 'call' });
    expect(next(open(false))).toEqual({ do: 'take_turn', candidate: 3, as: 'call' });
  });
});

describe('a run that does not know all bookings', () => {
  const turn: Fact = { type: 'turn', candidate: 3, as: 'call' };
  const withTurn = asking({ ...canceled(false) }, turn);

  it('reads the records instead of placing a booking that is not wanted any more', () => {
    expect(next(withTurn)).toMatchObject({ do: 'place', candidate: 3 });
    const unwanted = foldShortlist(withTurn, { type: 'cancel_requested' }, NOW);
    expect(next(unwanted)).toEqual({ do: 'recall' });
    const recalled = foldShortlist(
      unwanted,
      { type: 'recalled', recorded: { bookings: [], cancel_requested: true } },
      NOW,
    );
    expect(next(recalled)).toMatchObject({ do: 'end', end: { result: 'canceled' } });
  });

  it('goes on with the open booking that the records have', () => {
    const order = shortlistOf('sl_one', {
      candidates: Array.from({ length: 3 }, () => shortlistOf('x').candidates[0]!),
    });
    const stored = { progress: queuedProgress(order), canceled: false };
    const open = { order: booking('bk_three', 3), view: viewOf(booking('bk_three', 3)) };
    const first = { order: booking('bk_one', 1), view: declined };
    const recorded = recordedOf(stored, [first, open]);
    const { state } = fromRecords(input, recorded, { ...stored, version: 4 }, NOW);
    expect(next({ ...state, input })).toEqual({ do: 'watch', booking_id: 'bk_three' });
    expect(state.candidates[0]).toMatchObject({ booking_ids: ['bk_one'], ending: { result: 'declined' } });
  });

  it('ends where a booking that it needs is erased', () => {
    const order = shortlistOf('sl_one');
    const progress = queuedProgress(order);
    const candidates = progress.candidates.with(0, { status: 'asking', booking_id: 'bk_gone', result: null });
    const recorded = recordedOf({ progress: { ...progress, candidates }, canceled: false }, []);
    const two = { ...input, candidates: 2 };
    const { state } = fromRecords(two, recorded, { progress, version: 4 }, NOW);
    expect(next({ ...state, input: two })).toMatchObject({ do: 'end', end: { result: 'canceled' } });
  });
});
