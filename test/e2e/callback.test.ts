import { expect } from '@jest/globals';
import { claimOf } from './support/claim.ts';
import { bookingBody, ONLY_BRIDGE, ONLY_NATIVE } from './support/client.ts';
import { readEvents } from './support/event-stream.ts';
import { killWhole } from './support/process.ts';
import { runSystem } from './support/system.ts';

const system = runSystem();
const claim = claimOf(system.tail);

/** It answers once, names the next minute, and books when it is called then. */
const asks = (number: string): void => {
  system.sandbox.scenario({ number, callee: 'call-me-at,answer-and-book', call_me_after_ms: 8_000, talk_ms: 5_000 });
};
/** A minute is the least that can be named, and a talk follows it. */
const LONG_MS = 120_000;

const placed = (number: string): number[] =>
  system.sandbox.log(number).calls.map(({ placed: at }) => Date.parse(String(at)));

claim(
  'a business that asks to be called at a time is called then, once, also after a kill: on native and on the bridge',
  async () => {
    const { client, sandbox, product } = system;
    const wishes = { '+541143210371': ONLY_NATIVE, '+541143210372': ONLY_BRIDGE };
    const off = '+541143210373';
    for (const number of [...Object.keys(wishes), off]) asks(number);
    const bookings = await Promise.all(Object.entries(wishes).map(([number, wish]) => client.book(number, wish)));
    const last = await client.book(off, { escalation: { bridge: { enabled: false }, callback: { enabled: false } } });
    expect((await client.final(last.id)).outcome).toMatchObject({
      result: 'callback_requested',
      callback_at: expect.any(String),
    });

    const waits = await Promise.all(
      bookings.map(({ id }) =>
        readEvents(`${system.url}/v1/bookings/${id}/events`, { until: ({ data }) => data.waiting_for === 'callback' }),
      ),
    );
    expect(await killWhole(product)).toBe('SIGKILL');
    await system.start();

    for (const [index, number] of Object.keys(wishes).entries()) {
      const view = await client.final(bookings[index]!.id, LONG_MS);
      expect(view.outcome).toMatchObject({ result: 'confirmed', callback_at: null });
      expect(view.attempts.map(({ attempt, callback }) => [attempt, callback])).toEqual([
        [1, undefined],
        [2, true],
      ]);
      const asked = Date.parse(String(waits[index]!.at(-1)!.data.until));
      const [, again, ...more] = placed(number);
      expect(again).toBeGreaterThanOrEqual(asked);
      expect(more).toEqual([]);
      const [, talk] = sandbox.log(number).conversations.filter(({ via }) => via !== 'registered');
      expect(talk).toMatchObject({
        dynamic_variables: { callback_reason: 'Nos pidieron que llamáramos a esta hora. ' },
      });
      expect(JSON.stringify(talk!.transcript)).toContain('Llamo a esta hora, como me pidieron');
    }
    expect(placed(off)).toHaveLength(1);
  },
);

claim('an agent that may take only some appointments takes no other, and tells what was offered', async () => {
  const { client, sandbox } = system;
  const number = '+541143210374';
  sandbox.scenario({ number, talk_ms: 5_000 });
  const acceptable = { times: [{ from: '09:00', to: '13:00' }] };
  const booking = await client.book(number, {
    ...ONLY_NATIVE,
    request: { ...(bookingBody(number).request as object), acceptable },
  });
  expect((await client.final(booking.id)).outcome).toMatchObject({
    result: 'no_availability',
    offers: [{ date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), time: '16:00' }],
    confirmed_date: null,
  });
});
