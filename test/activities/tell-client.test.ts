import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createActivities } from '../../activities/index.ts';
import type { Outgoing, PostResult } from '../../callbacks/post.ts';
import type { ClientMessage } from '../../domain/message.ts';
import { order } from '../providers/samples.ts';
import { viewOf } from '../records/samples.ts';
import { environment, START, type World, world } from './world.ts';

const BOOKING = 'bk_told00001';
const booked = order({ id: BOOKING, callback_url: 'https://client.example/hook' });
const message: ClientMessage = {
  id: `msg_${BOOKING}_final`,
  booking_id: BOOKING,
  type: 'booking.final',
  timestamp: new Date(START).toISOString(),
  data: viewOf(booked),
};

let here: World;
let sent: Outgoing[];

beforeEach(async () => {
  here = await world();
  await here.deps.records.acceptBooking({ order: booked, owner: 'owner' });
  sent = [];
});
afterEach(() => here.end());

function tell(answer: PostResult, { attempt = 1, hours = 24, about = message } = {}) {
  here.deps.callbacks = {
    async post(outgoing) {
      sent.push(outgoing);
      return answer;
    },
  };
  const until = new Date(START + hours * 3_600_000).toISOString();
  return environment({ attempt }).run(createActivities(here.deps).tellClient, { message: about, until });
}
const known = () => here.deps.records.messages(BOOKING);

describe('telling a client', () => {
  it('shows that its worker lives, from the beginning', async () => {
    const running = environment();
    let beats = 0;
    running.on('heartbeat', () => {
      beats += 1;
    });
    here.deps.callbacks = {
      async post() {
        expect(beats).toBeGreaterThan(0);
        return { status: 204 };
      },
    };
    const until = new Date(START + 3_600_000).toISOString();
    expect(await running.run(createActivities(here.deps).tellClient, { message, until })).toBe('delivered');
  });

  it('sends the booking as it was, and keeps the answer', async () => {
    expect(await tell({ status: 204 })).toBe('delivered');
    const { type, timestamp, data } = message;
    expect(sent).toEqual([
      { url: 'https://client.example/hook', id: message.id, body: JSON.stringify({ type, timestamp, data }) },
    ]);
    expect(await known()).toEqual([
      {
        id: message.id,
        type: 'booking.final',
        timestamp: message.timestamp,
        state: 'delivered',
        deliveries: [{ at: new Date(START).toISOString(), status: 204, error: null }],
      },
    ]);
  });

  it.each([
    [1, 5_000],
    [3, 120_000],
    [20, 14_400_000],
  ])('comes back after try %i in %i ms', async (attempt, nextRetryDelay) => {
    await expect(tell({ status: 500 }, { attempt })).rejects.toMatchObject({ type: 'NotDelivered', nextRetryDelay });
    expect(await known()).toMatchObject([{ state: 'pending', deliveries: [{ status: 500 }] }]);
  });

  it('waits as long as the receiver asks, and for a receiver out of reach as well', async () => {
    await expect(tell({ status: 429, retryAfterMs: 7_000 })).rejects.toMatchObject({ nextRetryDelay: 7_000 });
    await expect(tell({ error: 'ECONNREFUSED' }, { attempt: 2 })).rejects.toMatchObject({ message: 'ECONNREFUSED' });
    expect(await known()).toMatchObject([
      {
        state: 'pending',
        deliveries: [
          { status: 429, error: null },
          { status: null, error: 'ECONNREFUSED' },
        ],
      },
    ]);
  });

  it('gives up when the receiver wants no more, and when the day is over', async () => {
    expect(await tell({ status: 410 })).toBe('given_up');
    expect(await known()).toMatchObject([{ state: 'given_up' }]);
    expect(await tell({ status: 500 }, { hours: 0 })).toBe('given_up');
  });

  it('sent again it is the same message, and what was delivered stays so', async () => {
    await tell({ status: 200 });
    await tell({ status: 410 }, { about: { ...message, timestamp: new Date(START + 1).toISOString() } });
    expect(await known()).toMatchObject([
      { timestamp: message.timestamp, state: 'delivered', deliveries: [{ status: 200 }, { status: 410 }] },
    ]);
    expect(await here.deps.records.message(message.id)).toEqual(message);
  });

  it('tells nobody of a booking that is unknown or has no address', async () => {
    expect(await tell({ status: 200 }, { about: { ...message, booking_id: 'bk_gone00001' } })).toBe('given_up');
    expect(sent).toEqual([]);
  });
});
