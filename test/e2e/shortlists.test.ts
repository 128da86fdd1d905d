import { expect } from '@jest/globals';
import { Connection, Client as TemporalClient } from '@temporalio/client';
import type { ShortlistView } from '../../domain/shortlist/view.ts';
import { until } from '../support/until.ts';
import { claimOf } from './support/claim.ts';
import { bookingBody, ONLY_NATIVE, type Wish } from './support/client.ts';
import { readEvents } from './support/event-stream.ts';
import { killWhole } from './support/process.ts';
import { runSystem } from './support/system.ts';

const system = runSystem();
const claim = claimOf(system.tail);

const LONG_MS = 90_000;

async function ask(numbers: string[], wish: Wish = {}): Promise<ShortlistView> {
  const { business: _, ...asked } = bookingBody(numbers[0]!, { ...ONLY_NATIVE, ...wish });
  const candidates = numbers.map((phone, i) => ({ business: { name: `Dentista ${i + 1}`, phone } }));
  const { status, body } = await system.client.send('POST', '/v1/shortlists', { candidates, ...asked });
  if (status !== 202) throw new Error(`the shortlist was answered ${status}: ${JSON.stringify(body)}`);
  return body as unknown as ShortlistView;
}

const shown = async (id: string): Promise<ShortlistView> =>
  (await system.client.send('GET', `/v1/shortlists/${id}`)).body as unknown as ShortlistView;

async function reaches(id: string, fits: (view: ShortlistView) => boolean): Promise<ShortlistView> {
  let view: ShortlistView | undefined;
  const look = async () => {
    view = await shown(id);
    return fits(view) ? view : undefined;
  };
  try {
    return await until(look, LONG_MS, String(fits));
  } catch (error) {
    throw new Error(`${(error as Error).message}\nthe shortlist: ${JSON.stringify(view)}`);
  }
}

const final = (id: string) => reaches(id, ({ outcome }) => outcome !== null);
const callsTo = (number: string) => system.sandbox.log(number).calls;

claim('three dentists: the first declines, the second confirms, and the third is never called', async () => {
  const numbers = ['+541143211191', '+541143211101', '+541143211102'];
  const { id } = await ask(numbers);
  const following = readEvents(`${system.url}/v1/shortlists/${id}/events`);
  const view = await final(id);
  expect(view).toMatchObject({
    status: 'completed',
    outcome: {
      result: 'confirmed',
      candidate: 2,
      confirmed_date: expect.any(String),
      confirmed_time: expect.any(String),
      proof: { level: expect.any(String) },
      simulated: false,
    },
    candidates: [
      { status: 'asked', result: 'declined' },
      { status: 'asked', result: 'confirmed' },
      { status: 'not_asked', booking_id: null, result: null },
    ],
  });
  expect(numbers.map((number) => callsTo(number).length)).toEqual([1, 1, 0]);
  const { body } = await system.client.send('GET', `/v1/bookings?shortlist=${id}`);
  const bookings = body.data as { id: string; shortlist: unknown }[];
  expect(bookings.map((one) => one.shortlist)).toEqual([
    { id, candidate: 2 },
    { id, candidate: 1 },
  ]);
  expect(bookings[0]!.id).toBe(view.outcome!.booking_id);
  const events = await following;
  expect(events.at(-1)).toMatchObject({ event: 'final', data: { outcome: { candidate: 2 } } });
  expect(events.filter(({ event }) => event === 'candidate').map(({ data }) => [data.candidate, data.status])).toEqual(
    expect.arrayContaining([
      [1, 'asking'],
      [1, 'asked'],
      [2, 'asking'],
      [2, 'asked'],
    ]),
  );
});

claim('a booking in doubt halts it, also over a kill, and a review lets it go on', async () => {
  const numbers = ['+541143211283', '+541143211201'];
  const { id } = await ask(numbers);
  const halted = await reaches(id, ({ status }) => status === 'needs_review');
  expect(halted).toMatchObject({ outcome: null, candidates: [{ result: 'needs_review' }, { status: 'not_asked' }] });

  const { product } = system;
  expect(await killWhole(product)).toBe('SIGKILL');
  await system.start();
  expect((await shown(id)).status).toBe('needs_review');
  expect(callsTo(numbers[1]!)).toEqual([]);

  const review = { by: 'Olga', result: 'declined' };
  const path = `/v1/bookings/${halted.candidates[0]!.booking_id}/review`;
  expect((await system.client.send('POST', path, review)).status).toBe(200);
  expect(await final(id)).toMatchObject({
    outcome: { result: 'confirmed', candidate: 2 },
    candidates: [{ result: 'declined' }, { result: 'confirmed' }],
  });
  expect(numbers.map((number) => callsTo(number).length)).toEqual([1, 1]);
});

claim('a review that confirms ends it with its day and hour, without proof, and calls nobody else', async () => {
  const numbers = ['+541143211383', '+541143211301'];
  const { id } = await ask(numbers);
  const halted = await reaches(id, ({ status }) => status === 'needs_review');
  const review = { by: 'Olga', result: 'confirmed', confirmed_date: '2026-12-09', confirmed_time: '10:30' };
  await system.client.send('POST', `/v1/bookings/${halted.candidates[0]!.booking_id}/review`, review);
  expect((await final(id)).outcome).toMatchObject({
    result: 'confirmed',
    candidate: 1,
    confirmed_date: '2026-12-09',
    confirmed_time: '10:30',
    proof: null,
  });
  expect(callsTo(numbers[1]!)).toEqual([]);
});

claim(
  'killed in mid-call it goes on with the same booking; canceled in mid-call it hangs up and asks nobody else',
  async () => {
    const numbers = ['+541143211401', '+541143211402'];
    system.sandbox.scenario({ number: numbers[0]!, talk_ms: 8_000 });
    const canceled = ['+541143211501', '+541143211502'];
    system.sandbox.scenario({ number: canceled[0]!, talk_ms: 60_000 });
    const { id } = await ask(numbers);
    await until(() => callsTo(numbers[0]!).length === 1, LONG_MS);
    const { product } = system;
    expect(await killWhole(product)).toBe('SIGKILL');
    await system.start();
    expect((await final(id)).outcome).toMatchObject({ result: 'confirmed', candidate: 1 });
    expect(numbers.map((number) => callsTo(number).length)).toEqual([1, 0]);

    const other = await ask(canceled, { bridge: { enabled: true }, native: { enabled: false } });
    await until(() => callsTo(canceled[0]!).length === 1, LONG_MS);
    expect((await system.client.send('POST', `/v1/shortlists/${other.id}/cancel`)).status).toBe(202);
    const end = await final(other.id);
    expect(end).toMatchObject({ status: 'canceled', outcome: { result: 'canceled', booking_id: null } });
    expect(callsTo(canceled[0]!)).toMatchObject([{ ended_by: 'api' }]);
    expect(callsTo(canceled[1]!)).toEqual([]);
    expect((await system.client.send('POST', `/v1/shortlists/${other.id}/cancel`)).status).toBe(409);
  },
);

claim('when nobody’s phone can ring, one simulation comes at the end, after all candidates', async () => {
  const { id } = await ask(['+541143212001', '+541143212002'], { bridge: { enabled: true } });
  const view = await final(id);
  expect(view.outcome).toMatchObject({ simulated: true });
  const { body } = await system.client.send('GET', `/v1/bookings?shortlist=${id}`);
  const bookings = body.data as { channel: string; outcome: { result: string }; shortlist: { candidate: number } }[];
  expect(bookings.map(({ shortlist }) => shortlist.candidate)).toEqual([1, 2, 1]);
  expect(bookings[0]!.channel).toBe('simulation');
});

claim(
  'without its run it goes on after the next start, with the same booking; and is canceled all the same',
  async () => {
    const numbers = ['+541143211691', '+541143211601'];
    const busy = ['+541143211701', '+541143211702'];
    for (const [number, scenario] of [
      [numbers[0]!, { talk_ms: 8_000 }],
      [busy[0]!, { callee: 'busy' as const }],
    ] as const)
      system.sandbox.scenario({ number, ...scenario });
    const { id } = await ask(numbers);
    const waiting = await ask(busy, { native: { redial_delay_seconds: 800 } });
    await until(() => callsTo(numbers[0]!).length === 1 && callsTo(busy[0]!).length === 1, LONG_MS);
    const connection = await Connection.connect({ address: system.temporalAddress });
    const { workflow } = new TemporalClient({ connection });
    for (const each of [id, waiting.id]) await workflow.getHandle(each).terminate();
    await connection.close();
    expect((await system.client.send('POST', `/v1/shortlists/${waiting.id}/cancel`)).body).toMatchObject({
      cancel_requested: true,
    });
    expect(await final(waiting.id)).toMatchObject({ status: 'canceled', outcome: { result: 'canceled' } });
    expect(callsTo(busy[1]!)).toEqual([]);

    const { product } = system;
    expect(await killWhole(product)).toBe('SIGKILL');
    await system.start();
    expect(await final(id)).toMatchObject({
      outcome: { candidate: 2 },
      candidates: [{ result: expect.any(String) }, { result: 'confirmed' }],
    });
    expect(numbers.map((number) => callsTo(number).length)).toEqual([1, 1]);
  },
);
