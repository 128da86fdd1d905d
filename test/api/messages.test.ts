import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ClientMessage } from '../../domain/message.ts';
import { as, type World, world } from './support.ts';

let w: World;
let id: string;
let message: ClientMessage;

beforeEach(async () => {
  w = await world();
  id = await w.book('alice', { callback_url: 'https://client.example/hook' });
  const data = w.gateway.workflows.get(id)!;
  message = { id: `msg_${id}_final`, booking_id: id, type: 'booking.final', timestamp: data.created_at, data };
  await w.records.putMessage(message);
  await w.records.addDelivery({
    message_id: message.id,
    at: data.created_at,
    status: 500,
    error: null,
    state: 'pending',
  });
});
afterEach(() => w.close());

const list = (key: string, booking = id) => w.app.inject({ url: `/v1/bookings/${booking}/messages`, headers: as(key) });
const send = (key: string, name = message.id, booking = id) =>
  w.app.inject({ method: 'POST', url: `/v1/bookings/${booking}/messages/${name}/send`, headers: as(key) });

describe('what a callback_url was told', () => {
  it('is shown with each answer, to whom the booking belongs', async () => {
    const answer = await list('alice');
    expect(answer.statusCode).toBe(200);
    expect(answer.json().data).toEqual([
      {
        id: message.id,
        type: 'booking.final',
        timestamp: message.timestamp,
        state: 'pending',
        deliveries: [{ at: message.timestamp, status: 500, error: null }],
      },
    ]);
    expect((await list('bob')).statusCode).toBe(404);
    expect((await list('olga')).statusCode).toBe(200);
  });

  it('is sent again on request, unchanged', async () => {
    expect((await send('alice')).statusCode).toBe(202);
    expect(w.gateway.told).toEqual([message]);
  });

  it('is not sent for somebody else, nor as another booking’s', async () => {
    const other = await w.book('bob');
    expect((await send('bob')).statusCode).toBe(404);
    expect((await send('bob', message.id, other)).statusCode).toBe(404);
    expect((await send('alice', 'msg_none')).statusCode).toBe(404);
    expect(w.gateway.told).toEqual([]);
  });

  it('cannot be sent while Temporal is out of reach', async () => {
    w.gateway.down = true;
    expect((await send('alice')).statusCode).toBe(503);
  });
});
