import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../domain/result.ts';
import { isForbidden } from '../support/forbidden.ts';
import { until } from '../support/until.ts';
import { as, confirmed, finish, type World, world } from './support.ts';

const needsReview: Outcome = {
  ...confirmed,
  result: 'needs_review',
  confirmed_date: null,
  confirmed_time: null,
  notes: 'The business hedged: «creo que sí» (turn 6).',
  evidence: ['report_result', 'call_status'],
  proof: null,
  doubts: [{ code: 'hedged', cites: [{ text: 'creo que sí', role: 'business', turn: 6, at_seconds: 14.7 }] }],
};
const AGREED = { by: 'Ana', result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00' };
const DECISION = { result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00', notes: null };

let w: World;
let id: string;

beforeEach(async () => {
  w = await world();
  id = await w.book('alice', { callback_url: 'https://client.example/hook' });
  await finish(w, id, { outcome: needsReview });
});
afterEach(() => w.close());

const review = (body: object, { key = 'olga', booking = id } = {}) =>
  w.app.inject({ method: 'POST', url: `/v1/bookings/${booking}/review`, headers: as(key), payload: body });
const get = (path: string, key = 'olga') => w.app.inject({ url: `/v1/bookings/${id}${path}`, headers: as(key) });

describe('a review', () => {
  it('stands beside the outcome, for its client and in the list; the outcome stays as it is', async () => {
    const answer = await review(AGREED);
    expect(answer.statusCode).toBe(200);
    const given = { decision: DECISION, by: 'Ana', at: expect.any(String) };
    expect(answer.json()).toMatchObject({ id, status: 'needs_review', outcome: needsReview, review: given });
    expect((await get('', 'alice')).json()).toEqual(answer.json());
    const list = await w.app.inject({ url: '/v1/bookings?status=needs_review', headers: as('alice') });
    expect(list.json().data).toEqual([answer.json()]);
  });

  it('takes it off the list of what waits for a person, and out of their count', async () => {
    const listed = async (reviewed: string): Promise<string[]> => {
      const url = `/v1/bookings?status=needs_review&reviewed=${reviewed}`;
      const answer = await w.app.inject({ url, headers: as('olga') });
      return answer.json().data.map((booking: { id: string }) => booking.id);
    };
    const waiting = async () =>
      (await w.app.inject({ url: '/metrics' })).body.match(/^vocero_reviews_open (\d+)$/m)?.[1];
    expect([await listed('false'), await listed('true'), await waiting()]).toEqual([[id], [], '1']);
    await review(AGREED);
    expect([await listed('false'), await listed('true'), await waiting()]).toEqual([[], [id], '0']);
  });

  it('can be corrected: all are kept with who and which key, the last one counts', async () => {
    await review(AGREED);
    await review({ by: 'Bea', result: 'declined', notes: 'They rang back.' });
    expect((await get('', 'alice')).json().review).toMatchObject({ by: 'Bea', decision: { result: 'declined' } });
    const { data } = (await get('/reviews')).json();
    const key = w.deps.settings.ownerHash('olga').slice(0, 8);
    expect(data).toMatchObject([
      { number: 1, by: 'Ana', key, decision: DECISION },
      { number: 2, by: 'Bea', key, decision: { result: 'declined', notes: 'They rang back.' } },
    ]);
    expect((await get('/reviews', 'alice')).statusCode).toBe(403);
  });

  it('is told to the client, the booking as GET shows it', async () => {
    await review(AGREED);
    const booking = (await get('')).json();
    expect(w.gateway.told).toEqual([
      {
        id: `msg_${id}_reviewed_1`,
        booking_id: id,
        type: 'booking.reviewed',
        timestamp: booking.review.at,
        data: booking,
      },
    ]);
    expect((await get('/messages', 'alice')).json().data).toMatchObject([
      { id: `msg_${id}_reviewed_1`, type: 'booking.reviewed', state: 'pending' },
    ]);
  });

  it('that Temporal could not take is on record, and giving it again sends its message', async () => {
    w.gateway.down = true;
    expect((await review(AGREED)).statusCode).toBe(503);
    w.gateway.down = false;
    expect((await review(AGREED)).statusCode).toBe(200);
    expect(w.gateway.told.map((message) => message.id)).toEqual([`msg_${id}_reviewed_1`]);
    expect((await get('/reviews')).json().data).toHaveLength(1);
  });

  it('of do_not_call keeps the number from being dialed again', async () => {
    await review({ by: 'Ana', result: 'do_not_call' });
    expect(await isForbidden(w.records, w.deps.settings.phoneHash('+541143211234'))).toBe(true);
  });

  it('is taken from who saw the outcome before it was on record', async () => {
    const early = await w.book();
    const view = w.gateway.workflows.get(early)!;
    w.gateway.workflows.set(early, { ...view, status: 'needs_review', outcome: needsReview });
    const answer = review(AGREED, { booking: early });
    await until(() => w.gateway.asked > 0, 10_000, 'a look at the workflow');
    await finish(w, early, { outcome: needsReview });
    expect((await answer).statusCode).toBe(200);
  });

  it('is for operator keys only', async () => {
    expect((await review(AGREED, { key: 'alice' })).statusCode).toBe(403);
    expect((await review(AGREED, { key: 'nobody' })).statusCode).toBe(401);
    expect((await review(AGREED, { booking: 'bk_unknown0001' })).statusCode).toBe(404);
    expect((await get('')).json().review).toBeNull();
  });

  it('is refused with a remedy where evidence settles the booking, or nothing is settled yet', async () => {
    const going = await w.book();
    const early = await review(AGREED, { booking: going });
    expect([early.statusCode, early.json().detail]).toEqual([409, expect.stringContaining('has no outcome yet')]);
    await finish(w, going);
    const settled = await review(AGREED, { booking: going });
    expect([settled.statusCode, settled.json().detail]).toEqual([409, expect.stringContaining('confirmed')]);
  });

  it.each([
    [{ ...AGREED, by: undefined }, 'by'],
    [{ ...AGREED, confirmed_date: undefined }, 'confirmed_date'],
    [{ ...AGREED, confirmed_time: '25:00' }, 'confirmed_time'],
    [{ ...AGREED, result: 'declined' }, 'confirmed_date'],
    [{ by: 'Ana', result: 'needs_review' }, 'result'],
    [{ by: 'Ana', result: 'declined', notes: 'x'.repeat(4_001) }, 'notes'],
  ])('names what is wrong in %j', async (body, field) => {
    const answer = await review(body);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors.map((error: { field: string }) => error.field)).toContain(field);
  });
});
