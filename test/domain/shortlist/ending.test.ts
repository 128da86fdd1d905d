import { describe, expect, it } from '@jest/globals';
import { isInDoubt } from '../../../domain/follow-up.ts';
import type { Result } from '../../../domain/result.ts';
import { type Decision, isOvertaken, isReviewable, isSameReview, type Review } from '../../../domain/review.ts';
import { isShortlistEnd } from '../../../domain/shortlist/decide.ts';
import { endingOf, proofOf } from '../../../domain/shortlist/ending.ts';
import { mayHaveBooked, meaningOf } from '../../../domain/shortlist/meaning.ts';

type View = Parameters<typeof endingOf>[0];
type FollowUp = View['follow_ups'][number];

const NOON = '2026-11-24T12:00:00.000Z';
const LATER = '2026-11-24T13:00:00.000Z';
const said = { text: 'quedó anotado', role: 'business', turn: 3, at_seconds: null };
const PROOF = {
  level: 'stated',
  date: { value: '2026-11-27', ...said },
  time: { value: '10:00', ...said },
  agreement: said,
} as unknown as NonNullable<FollowUp['proof']>;
const followUp = (more: Partial<FollowUp> = {}): FollowUp => ({
  at: NOON,
  call_id: 'bk_test0001.9001',
  report: { result: 'confirmed', confirmed_date: '2026-11-26', confirmed_time: '09:00' },
  proof: null,
  ...more,
});
const view = (result: Result | null, more: Partial<View> = {}, outcome: object = {}): View =>
  ({
    id: 'bk_test0001',
    outcome: result && {
      result,
      simulated: false,
      confirmed_date: result === 'confirmed' ? '2026-11-25' : null,
      confirmed_time: result === 'confirmed' ? '16:00' : null,
      callback_at: null,
      proof: result === 'confirmed' ? PROOF : null,
      ...outcome,
    },
    review: null,
    follow_ups: [],
    attempts: [],
    ...more,
  }) as unknown as View;
const attempt = (channel: string, status: string) => [{ channel, status }] as unknown as View['attempts'];
const decided = (decision: Partial<Decision> = {}, at = NOON): Review => ({
  decision: { result: 'confirmed', confirmed_date: '2026-11-30', confirmed_time: '11:00', notes: null, ...decision },
  by: 'Ana',
  at,
});

describe('what a booking counts as in its shortlist', () => {
  it('is nothing before its outcome', () => {
    expect(endingOf(view(null))).toBeUndefined();
  });

  it('is its outcome', () => {
    expect(endingOf(view('confirmed'))).toEqual({
      booking_id: 'bk_test0001',
      result: 'confirmed',
      confirmed_date: '2026-11-25',
      confirmed_time: '16:00',
      simulated: false,
      reviewed: false,
    });
    expect(proofOf(view('confirmed'))).toBe(PROOF);
    expect(endingOf(view('declined', {}, { simulated: true }))).toMatchObject({ result: 'declined', simulated: true });
    expect(proofOf(view('declined'))).toBeNull();
  });

  it('keeps the time of a call that was asked for', () => {
    expect(endingOf(view('callback_requested', {}, { callback_at: NOON }))).toMatchObject({
      callback_at: Date.parse(NOON),
    });
    expect(endingOf(view('callback_requested'))).not.toHaveProperty('callback_at');
  });

  it('says whether a canceled booking had touched anybody, and whether one that failed may have rung', () => {
    expect(endingOf(view('canceled'))).toMatchObject({ untouched: true });
    expect(endingOf(view('canceled', { attempts: attempt('native', 'busy') }))).not.toHaveProperty('untouched');
    expect(endingOf(view('declined'))).not.toHaveProperty('untouched');
    expect(endingOf(view('error', { attempts: attempt('native', 'unknown') }))).toMatchObject({ rang: true });
    for (const attempts of [attempt('native', 'failed'), attempt('simulation', 'completed'), attempt('x', 'failed')])
      expect(endingOf(view('error', { attempts }))).not.toHaveProperty('rang');
    expect(endingOf(view('unreachable', { attempts: attempt('native', 'busy') }))).not.toHaveProperty('rang');
  });

  it('is the appointment that the business gave when it rang back, as its words show', () => {
    const given = view('declined', { follow_ups: [followUp({ proof: PROOF })] }, { simulated: true });
    expect(endingOf(given)).toEqual({
      booking_id: 'bk_test0001',
      result: 'confirmed',
      confirmed_date: '2026-11-26',
      confirmed_time: '09:00',
      simulated: false,
      reviewed: false,
    });
    expect(proofOf(given)).toBe(PROOF);
    const unreported = view('declined', { follow_ups: [followUp({ report: null, proof: PROOF }), followUp()] });
    expect(endingOf(unreported)).toMatchObject({ confirmed_date: '2026-11-27', confirmed_time: '10:00' });
  });

  it('does not change once it has its appointment, whoever calls later', () => {
    const again = view('confirmed', { follow_ups: [followUp({ proof: PROOF })] });
    expect(endingOf(again)).toMatchObject({ confirmed_date: '2026-11-25' });
  });

  it('is in doubt where a later call reports an appointment without proof, until a person decides', () => {
    const doubtful = { follow_ups: [followUp()] };
    const inDoubt = { result: 'needs_review', confirmed_date: null, confirmed_time: null, reviewed: false };
    expect(endingOf(view('declined', doubtful))).toMatchObject(inDoubt);
    expect(proofOf(view('declined', doubtful))).toBeNull();
    const reviewedAt = (at: string) => endingOf(view('declined', { ...doubtful, review: decided({}, at) }));
    expect(reviewedAt('2026-11-24T11:59:59.999Z')).toMatchObject(inDoubt);
    expect(reviewedAt(NOON)).toMatchObject({ result: 'confirmed', confirmed_date: '2026-11-30', reviewed: true });
    expect(reviewedAt(LATER)).toMatchObject({ result: 'confirmed', confirmed_time: '11:00', reviewed: true });
    const none = [followUp({ report: null }), followUp({ report: { result: 'declined' } })];
    expect(endingOf(view('declined', { follow_ups: none }))).toMatchObject({ result: 'declined' });
  });

  it('is a person’s decision where the evidence does not decide, and only there', () => {
    const review = decided({ result: 'declined', confirmed_date: null, confirmed_time: null });
    expect(endingOf(view('needs_review', { review }))).toMatchObject({ result: 'declined', reviewed: true });
    expect(endingOf(view('no_availability', { review }))).toMatchObject({ result: 'no_availability', reviewed: false });
  });
});

describe('a result in a shortlist', () => {
  it('settles it only with an appointment, and halts it where there may be one', () => {
    expect(meaningOf('confirmed')).toBe('settles');
    expect([meaningOf('needs_review'), meaningOf('lost')]).toEqual(['halts', 'halts']);
    expect(meaningOf('of a later version' as never)).toBe('halts');
    expect([meaningOf('canceled'), meaningOf('declined')]).toEqual(['not_asked', 'next']);
    const booked = (['confirmed', 'needs_review', 'lost', 'declined', 'canceled'] as const).map(mayHaveBooked);
    expect(booked).toEqual([true, true, true, false, false]);
  });

  it('of a wish to be called later waits only if its time was understood', () => {
    expect([meaningOf('callback_requested', 1), meaningOf('callback_requested')]).toEqual(['later', 'next']);
  });

  it('is the end of a run only if it is one of the known ends', () => {
    const ends = [{ result: 'confirmed' }, { result: 'expired' }, { result: 'fine' }, {}, null, undefined, 'confirmed'];
    expect(ends.map(isShortlistEnd)).toEqual([true, true, false, false, false, false, false]);
  });
});

describe('a person’s decision', () => {
  it('is possible where the evidence leaves it open, also after a doubtful call of the business', () => {
    const reviewable = (result: string | null, ...follow_ups: FollowUp[]) =>
      isReviewable({ outcome: result === null ? null : { result }, follow_ups });
    expect([reviewable('needs_review'), reviewable('declined', followUp())]).toEqual([true, true]);
    expect([
      reviewable('declined'),
      reviewable('confirmed', followUp()),
      reviewable(null, followUp()),
      reviewable('declined', followUp({ proof: PROOF })),
    ]).toEqual([false, false, false, false]);
    expect([isInDoubt(followUp()), isInDoubt(followUp({ report: null }))]).toEqual([true, false]);
  });

  it('is new if anything in it differs', () => {
    const first = decided();
    expect(isSameReview(first, { ...decided(), at: LATER } as Review)).toBe(true);
    for (const other of [
      { ...first, by: 'Eva' },
      decided({ result: 'declined' }),
      decided({ confirmed_date: '2026-12-01' }),
      decided({ confirmed_time: '12:00' }),
      decided({ notes: 'x' }),
    ])
      expect(isSameReview(first, other)).toBe(false);
  });

  it('is overtaken by a later call whose appointment has no proof', () => {
    const at = (follow: Partial<FollowUp>) => isOvertaken({ at: NOON }, { follow_ups: [followUp(follow)] });
    expect([at({ at: LATER }), at({ at: NOON }), at({ at: LATER, proof: PROOF })]).toEqual([true, false, false]);
    expect(isOvertaken({ at: NOON }, { follow_ups: [followUp(), followUp({ at: LATER })] })).toBe(true);
  });
});
