import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../domain/result.ts';
import { bookingBody, confirmed, finish } from '../api/support.ts';
import { ALICE, attackedApi, OLGA } from '../attacks/support.ts';
import { overHttp } from './support.ts';

const api = attackedApi();

const none = { confirmed_date: null, confirmed_time: null, proof: null };
const doubtful: Outcome = { ...confirmed, ...none, result: 'needs_review' };
const unreachable: Outcome = { ...confirmed, ...none, result: 'unreachable' };
const AGREED = { confirmed_date: '2026-11-25', confirmed_time: '16:00' };
const NOTHING = 'no appointment was made';
const IN_DOUBT = 'Do not book again';

/** What an assistant is told to do with a booking that ended so; `then`: what came after the outcome. */
async function nextAfter(outcome: Outcome, then: (id: string) => Promise<unknown>) {
  const id = await api.world.book(ALICE);
  await finish(api.world, id, { outcome });
  await then(id);
  const { data, text } = await (await overHttp(api.url, ALICE)).call('get_booking', { booking_id: id });
  return { next: data.next_step as string, text };
}

const review = (id: string, decision: object) =>
  api.as(OLGA, 'POST', `/v1/bookings/${id}/review`, { by: 'Ana', ...decision });

const callBack = (id: string, proof: Outcome['proof']) =>
  api.world.records.noteFollowUp(id, {
    at: new Date().toISOString(),
    call_id: `${id}.1001`,
    report: { result: 'confirmed', ...AGREED },
    proof,
  });

describe('the next step after', () => {
  it('a person found an appointment is to tell the user, not that there is none', async () => {
    const { next } = await nextAfter(doubtful, (id) => review(id, { result: 'confirmed', ...AGREED }));
    expect(next).toContain('Tell the user day and time');
    expect(next).not.toContain(NOTHING);
  });

  it('a person found none is to say so, and never to call a business that forbade it', async () => {
    expect((await nextAfter(doubtful, (id) => review(id, { result: 'declined' }))).next).toContain(NOTHING);
    const { next } = await nextAfter(doubtful, (id) => review(id, { result: 'do_not_call' }));
    expect(next).toContain('Do not call this business again');
  });

  it('a later call of the business counts its appointment, proved or not', async () => {
    const given = await nextAfter(unreachable, (id) => callBack(id, confirmed.proof));
    expect(given.next).toContain('Tell the user day and time');
    expect(given.text).toContain('In a later call the business gave an appointment: Wednesday 2026-11-25 at 16:00');
    const said = await nextAfter(unreachable, (id) => callBack(id, null));
    expect(said.next).toContain(IN_DOUBT);
    expect(said.next).not.toContain(NOTHING);
  });

  it('an audit that found an answered call is not to book elsewhere', async () => {
    const { next } = await nextAfter(unreachable, (id) =>
      api.world.records.addContradictions(id, [{ kind: 'answered', call_id: `${id}.1` }], new Date().toISOString()),
    );
    expect(next).toContain(IN_DOUBT);
    expect(next).not.toContain(NOTHING);
  });

  it('a shortlist was canceled while a booking of it waits for a review is not to book elsewhere', async () => {
    const alice = await overHttp(api.url, ALICE);
    const { business, request } = bookingBody();
    const candidates = [{ business }, { business: { ...business, phone: '+541143211235' } }];
    const { id } = (await alice.call('book_first_available', { candidates, request })).data;
    const { records } = api.world;
    const { progress } = (await records.shortlist(id))!;
    const [, second] = progress.candidates;
    const asked = { status: 'asked', booking_id: 'bk_asked', result: 'needs_review' } as const;
    const outcome = { result: 'canceled', booking_id: null, candidate: null, ...none, simulated: false } as const;
    await records.saveShortlist({
      id,
      version: 1,
      progress: { ...progress, status: 'canceled', outcome, candidates: [asked, second!] },
      events: [],
      message: undefined,
    });
    const { data } = await alice.call('get_booking', { shortlist_id: id });
    expect(data.next_step).toContain('bk_asked may be an appointment');
    expect(data.next_step).not.toContain(NOTHING);
  });
});
