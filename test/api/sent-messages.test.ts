import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { finalMessageOf, type MessageType } from '../../domain/message.ts';
import { messageBody } from '../../domain/message-body.ts';
import { MESSAGE_SCHEMAS } from '../../domain/schemas/client-messages.ts';
import { shortlistView } from '../../domain/shortlist/view.ts';
import { type Described, described } from './described.ts';
import { as, attempt, bookingBody, finish, type World, withAttempt, world } from './support.ts';

let w: World;
let document: Described;
beforeAll(async () => {
  w = await world();
  document = await described(w);
});
afterAll(() => w.close());

const AT = '2026-11-23T12:00:00.000Z';
const get = async (url: string) => (await w.app.inject({ url, headers: as('alice') })).json();
const made = async (url: string, payload: object): Promise<string> =>
  (await w.app.inject({ method: 'POST', url, headers: as('alice'), payload })).json().id;

async function finalBooking() {
  const id = await w.book();
  withAttempt(w, id, { status: 'completed', ended_at: AT });
  await finish(w, id);
  return { view: w.gateway.workflows.get(id)!, shown: await get(`/v1/bookings/${id}`) };
}

async function shortlist() {
  const { business, request } = bookingBody();
  const candidates = ['+541143210101', '+541143210102'].map((phone) => ({ business: { ...business, phone } }));
  const id = await made('/v1/shortlists', { candidates, request, callback_url: 'https://client.example/hook' });
  const { order, progress } = (await w.records.shortlist(id))!;
  return { view: shortlistView(order, progress), shown: await get(`/v1/shortlists/${id}`) };
}

async function batch() {
  const { business, request } = bookingBody();
  const id = await made('/v1/batches', { rows: [{ key: 'a', business, request }], start: 'held' });
  return { view: (await w.records.batch(id))!.view, shown: await get(`/v1/batches/${id}`) };
}

const failed = attempt('bk_aaaa.1', { status: 'busy', ended_at: AT, error: { code: 'busy', message: 'busy' } });
const call = { at: AT, call_id: 'bk_aaaa.i1', report: { result: 'confirmed' as const }, proof: null };
const review = {
  decision: { result: 'declined' as const, confirmed_date: null, confirmed_time: null, notes: null },
  by: 'Olga',
  at: AT,
};

/** What we know of the thing, the same as `GET` shows it, and members beside it that the message has too. */
const CASES: Record<MessageType, [typeof finalBooking | typeof shortlist | typeof batch, object]> = {
  'booking.final': [finalBooking, {}],
  'booking.attempt_failed': [finalBooking, { attempt: failed }],
  'booking.reviewed': [finalBooking, { review }],
  'booking.followed_up': [finalBooking, { follow_up: call }],
  'shortlist.completed': [shortlist, {}],
  'batch.completed': [batch, {}],
  'batch.canceled': [batch, {}],
};

describe('the body of each message', () => {
  it.each(Object.keys(MESSAGE_SCHEMAS) as MessageType[])(
    '%s is as described, and has what GET shows and nothing else',
    async (type) => {
      const [make, more] = CASES[type];
      const { view, shown } = await make();
      const body = JSON.parse(
        messageBody({ type, timestamp: AT, data: { ...view, ...more, internal: { key: 'secret' } } }),
      );
      expect(body).toEqual({ type, timestamp: AT, data: { ...shown, ...more } });
      const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
      ajv.addSchema({ $id: 'https://api.example/', components: document.components });
      const { $ref } = document.webhooks[type]!.post.requestBody!.content['application/json']!.schema;
      const validate = ajv.compile({ $ref: `https://api.example/${$ref}` });
      expect([validate(body), validate.errors]).toEqual([true, null]);
      expect(validate({ ...body, data: { ...body.data, id: 7 } })).toBe(false);
    },
  );

  it('of an earlier version that does not fit is sent as it is', async () => {
    const { view } = await finalBooking();
    const { attempts: _, ...earlier } = view;
    const message = { ...finalMessageOf(view), data: earlier };
    expect(JSON.parse(messageBody(message)).data).toEqual(JSON.parse(JSON.stringify(earlier)));
  });
});
