import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { claimOf } from '../e2e/support/claim.ts';
import { bookingBody, ONLY_NATIVE } from '../e2e/support/client.ts';
import { until } from '../support/until.ts';
import { runFleet } from './support/fleet.ts';

/** As few places for slow work as there can be, so that a handful of bookings fills them. */
const fleet = runFleet(1, { WORKER_CONCURRENT_ACTIVITIES: '1' });
const claim = claimOf(() => fleet.tail());

/** A client's receiver that takes what it is sent and never answers. */
let receiver: Server;
let open = 0;
beforeAll(async () => {
  receiver = createServer((request, response) => {
    open += 1;
    response.once('close', () => {
      open -= 1;
    });
    request.resume();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  receiver.closeAllConnections();
  receiver.close();
});

claim('a cancelled call is hung up while every place for slow work is taken by receivers that hang', async () => {
  const talking = '+541143210701';
  fleet.sandbox.scenario({ number: talking, hold: 'talk' });
  const booking = await fleet.client.book(talking, ONLY_NATIVE);
  await until(() => fleet.sandbox.heldAt(talking) === 'talk', 60_000, 'the talk');

  const callback_url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  for (let n = 2; n < 6; n++) {
    const number = `+54114321070${n}`;
    fleet.sandbox.scenario({ number, callee: 'invalid' });
    const body = { ...bookingBody(number, ONLY_NATIVE), callback_url };
    expect((await fleet.client.send('POST', '/v1/bookings', body)).status).toBe(202);
  }
  await until(() => open > 0, 60_000, 'a receiver that hangs');

  const { status } = await fleet.client.send('POST', `/v1/bookings/${booking.id}/cancel`);
  expect(status).toBe(202);
  await until(() => fleet.sandbox.log(talking).calls[0]?.ended, 60_000, 'the call to end');
  // Not because the slow work was over: some of it has hung all the time, or the next one hangs already.
  expect(open).toBeGreaterThan(0);
});
