import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { claimOf } from '../e2e/support/claim.ts';
import { runSystem } from '../e2e/support/system.ts';
import { LOAD_FACTOR } from '../support/load.ts';
import { type Assistant, overHttp, overStdio } from './support.ts';

const ALICE = 'alice-key-3f8a91c2d47e';
const OLGA = 'olga-operator-key-77aa01';

// As a new user runs it: the product brings its own sandbox, which speaks as slowly as people do.
const system = runSystem({ demo: true, env: { API_KEYS: ALICE, OPERATOR_KEYS: OLGA } });
const claim = claimOf(system.tail);

const wish = (phone: string) => ({
  business: { name: 'Clínica Dental Sur', phone },
  request: { service_type: 'dentista', preferred_date: 'mañana', preferred_time: 'por la tarde', user_name: 'Mauro' },
});

/** The whole errand of an assistant that knows the tools and nothing else. */
async function errand(assistant: Assistant, phone: string): Promise<void> {
  const check = await assistant.call('check_booking', wish(phone));
  expect(check.data).toMatchObject({ bookable: true, simulated: true, first_dial: { waits_for: null } });
  const asked = { ...wish(phone), token: check.data.token, idempotency_key: randomUUID() };
  const began = Date.now();
  const { data: booked } = await assistant.call('book_appointment', asked);
  expect(Date.now() - began).toBeLessThan(2_000 * LOAD_FACTOR);
  const { data: final } = await assistant.call('get_booking', { booking_id: booked.id, wait_seconds: 50 });
  expect(final.outcome).toMatchObject({ result: 'confirmed', simulated: true, confirmed_time: expect.any(String) });
  const talk = await assistant.call('get_transcript', { booking_id: booked.id });
  const roles = talk.data.turns.map(({ role }: { role: string }) => role);
  expect(new Set(roles)).toEqual(new Set(['agent', 'business']));
  expect(talk.text).toContain(talk.data.turns[0].untrusted_message);
  expect(assistant.calls).toBeLessThanOrEqual(4);
}

claim(
  'an assistant books, waits and reads the outcome with four calls, over HTTP and over stdio, in both eras',
  async () => {
    const remote = { VOCERO_URL: system.url, VOCERO_KEY: ALICE };
    await Promise.all([
      errand(await overHttp(system.url, ALICE), '+541143211234'),
      errand(await overHttp(system.url, ALICE, '2025'), '+541143211235'),
      errand(await overStdio(remote, system.folder), '+541143211236'),
      errand(await overStdio(remote, system.folder, '2025'), '+541143211237'),
    ]);
  },
);

claim('on the same machine stdio finds the product by its data folder, with an operator’s key and tools', async () => {
  const local = { DATA_DIR: system.dataDir, OPERATOR_KEYS: OLGA };
  const olga = await overStdio(local, system.folder);
  expect(await olga.tools()).toEqual(expect.arrayContaining(['list_reviews', 'settle_review']));
  const alice = await overStdio({ DATA_DIR: system.dataDir, API_KEYS: ALICE }, system.folder);
  expect(await alice.tools()).not.toContain('settle_review');
  expect((await alice.call('list_bookings', { limit: 100 })).data.data.length).toBeGreaterThanOrEqual(4);
});

claim('a doubtful booking waits for a person, and an operator’s assistant settles it', async () => {
  const alice = await overHttp(system.url, ALICE);
  const olga = await overStdio({ VOCERO_URL: system.url, VOCERO_KEY: OLGA }, system.folder, '2025');
  const { data: booked } = await alice.call('book_appointment', wish('+541143211283'));
  const { data: final, text } = await alice.call('get_booking', { booking_id: booked.id, wait_seconds: 50 });
  expect(final).toMatchObject({ status: 'needs_review' });
  expect(final.outcome.untrusted_notes).toContain('hedged');
  expect(text).toContain('Do not book again');
  expect((await olga.call('list_reviews')).data.data.map(({ id }: { id: string }) => id)).toContain(booked.id);
  const settled = await olga.call('settle_review', { booking_id: booked.id, by: 'Olga', result: 'no_availability' });
  expect(settled).toMatchObject({ failed: false, data: { review: { by: 'Olga' } } });
});

claim('a canceled booking and a number on the list ring nobody', async () => {
  const alice = await overStdio({ VOCERO_URL: system.url, VOCERO_KEY: ALICE }, system.folder);
  const later = { ...wish('+541143211240'), not_before: new Date(Date.now() + 3_600_000).toISOString() };
  const { data: waits } = await alice.call('book_appointment', later);
  const began = Date.now();
  const { text } = await alice.call('get_booking', { booking_id: waits.id, wait_seconds: 50 });
  expect(Date.now() - began).toBeLessThan(20_000);
  expect(text).toContain('Nobody is called before');
  expect((await alice.call('cancel_booking', { booking_id: waits.id })).failed).toBe(false);
  expect((await alice.call('get_booking', { booking_id: waits.id, wait_seconds: 50 })).data.status).toBe('canceled');
  await alice.call('add_do_not_call', { phone: '+541143211241' });
  const { data: forbidden } = await alice.call('book_appointment', wish('+541143211241'));
  const { data: ended } = await alice.call('get_booking', { booking_id: forbidden.id, wait_seconds: 50 });
  expect(ended.outcome).toMatchObject({ result: 'do_not_call' });
  expect(ended.attempts).toEqual([]);
});

claim('a product that is gone is named, with the way to find out what was accepted', async () => {
  const lost = await overStdio({ VOCERO_URL: 'http://127.0.0.1:9', VOCERO_KEY: ALICE }, system.folder);
  expect(await lost.tools()).toContain('check_booking');
  const { failed, data, text } = await lost.call('book_appointment', {
    ...wish('+541143211242'),
    idempotency_key: 'k 1',
  });
  expect([failed, data.status]).toEqual([true, 503]);
  expect(text).toContain('http://127.0.0.1:9 does not answer');
  expect(text).toContain('get_booking with idempotency_key "k 1"');
});
