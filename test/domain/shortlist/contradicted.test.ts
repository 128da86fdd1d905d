import { expect, it } from '@jest/globals';
import { isOvertaken, isReviewable } from '../../../domain/review.ts';
import { endingOf } from '../../../domain/shortlist/ending.ts';
import type { BookingView } from '../../../domain/view.ts';
import { confirmed, viewOf } from '../../api/support.ts';
import { orderOf } from '../../records/samples.ts';
import { DECLINED } from '../../records/shortlist-samples.ts';

const at = (minute: number): string => `2026-11-30T12:${minute}:00.000Z`;
const found = { kind: 'answered', call_id: 'bk_one.1', at: at(20) } as const;
const declined: BookingView = { ...viewOf(orderOf('bk_one')), outcome: { ...DECLINED, result: 'unreachable' } };
const contradicted: BookingView = { ...declined, contradictions: [found] };
const review = (minute: number) => ({
  decision: { result: 'declined' as const, confirmed_date: null, confirmed_time: null, notes: null },
  by: 'Olga',
  at: at(minute),
});

it('a result that the providers contradict may be an appointment until a person decides', () => {
  expect(endingOf(declined)).toMatchObject({ result: 'unreachable' });
  expect(endingOf(contradicted)).toMatchObject({ result: 'needs_review', reviewed: false });
  expect(isReviewable(declined)).toBe(false);
  expect(isReviewable(contradicted)).toBe(true);
  expect(endingOf({ ...contradicted, review: review(30) })).toMatchObject({ result: 'declined', reviewed: true });
});

it('a decision before the contradiction does not settle it, and may be given again', () => {
  const decided = { ...contradicted, review: review(10) };
  expect(endingOf(decided)).toMatchObject({ result: 'needs_review' });
  expect(isOvertaken(review(10), contradicted)).toBe(true);
  expect(isOvertaken(review(30), contradicted)).toBe(false);
});

it('an appointment stands, whatever an audit finds', () => {
  const view: BookingView = { ...contradicted, outcome: confirmed };
  expect(endingOf(view)).toMatchObject({ result: 'confirmed' });
  expect(isReviewable(view)).toBe(false);
});
