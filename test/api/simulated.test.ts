import { afterEach, describe, expect, it } from '@jest/globals';
import { simulationMarker } from '../../api/simulated.ts';
import type { Outcome } from '../../domain/result.ts';
import type { BookingEvent, BookingView } from '../../domain/view.ts';
import { as, attempt, confirmed, finish, viewOf, type World, world } from './support.ts';

const AT = '2026-11-23T12:00:00.000Z';
let w: World;
afterEach(() => w?.close());

/** A world of the sandbox, or of real phones. */
async function opened(sandbox: boolean): Promise<World> {
  w = await world();
  await w.close();
  w = await world({ settings: { accounts: { ...w.deps.settings.accounts, mode: sandbox ? 'sandbox' : 'live' } } });
  return w;
}

const get = (path: string) => w.app.inject({ url: path, headers: as('alice') });
const dataOf = (body: string) => [...body.matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1]!));

async function talk(id: string): Promise<void> {
  const turn = { index: 0, role: 'agent', message: 'Hola', at_seconds: 1, at: AT } as const;
  await w.records.addTurn(`${id}.1`, turn);
  const path = `recordings/${id}.1/talk.wav`;
  await w.deps.artifacts.put(path, Buffer.from('RIFF'));
  await w.records.putRecording({ call_id: `${id}.1`, path, content_type: 'audio/wav', bytes: 4 });
}

describe('in the sandbox', () => {
  it('a booking is simulated from the moment it is accepted, and so is all that comes of it', async () => {
    await opened(true);
    const id = await w.book();
    expect((await w.records.booking(id))?.view.simulated).toBe(true);
    w.gateway.down = true;
    expect((await get(`/v1/bookings/${id}`)).json()).toMatchObject({ simulated: true, outcome: null });
    expect((await get('/v1/bookings')).json().data).toMatchObject([{ id, simulated: true }]);
    w.gateway.down = false;
    await talk(id);
    await finish(w, id, { outcome: { ...confirmed, simulated: true } });
    expect((await get(`/v1/bookings/${id}/transcript`)).json()).toMatchObject({ simulated: true, turns: [{}] });
    const events = dataOf((await get(`/v1/bookings/${id}/events`)).body);
    expect(events.map(({ type, simulated }) => [type, simulated])).toEqual([
      ['turn', true],
      ['final', true],
    ]);
    const recording = await get(`/v1/bookings/${id}/recording`);
    expect(recording.headers['content-disposition']).toBe(`inline; filename="${id}.simulated.wav"`);
  });
});

describe('where phones ring', () => {
  it('nothing of a real call says that it was simulated', async () => {
    await opened(false);
    const id = await w.book();
    await talk(id);
    await finish(w, id);
    expect((await get(`/v1/bookings/${id}`)).json()).toMatchObject({ simulated: false });
    expect((await get(`/v1/bookings/${id}/transcript`)).json()).not.toHaveProperty('simulated');
    const events = dataOf((await get(`/v1/bookings/${id}/events`)).body);
    expect(events).toHaveLength(2);
    for (const event of events) expect(event).not.toHaveProperty('simulated');
    const recording = await get(`/v1/bookings/${id}/recording`);
    expect(recording.headers['content-disposition']).toBe(`inline; filename="${id}.wav"`);
  });

  it('Option C and what comes of it do, and what came before does not', () => {
    const order = { id: 'bk_test0001', metadata: {}, created_at: AT } as Parameters<typeof viewOf>[0];
    const calls = [1, 2].map((n) => `${order.id}.${n}`);
    const turn = (call_id: string): BookingEvent => ({
      type: 'turn',
      at: AT,
      call_id,
      role: 'agent',
      message: 'Hola',
      at_seconds: 1,
    });
    const evidence = (call_id: string): BookingEvent => ({
      type: 'evidence',
      at: AT,
      evidence: { kind: 'bridge', id: 'x', call_id, at: AT, event: 'stream_started' },
    });
    const simulation = attempt(calls[1]!, { channel: 'simulation' });
    const real: BookingEvent[] = [
      { type: 'status', at: AT, status: 'in_progress', channel: 'bridge' },
      { type: 'attempt', at: AT, attempt: attempt(calls[0]!) },
      evidence(calls[0]!),
      turn(calls[0]!),
    ];
    const simulated: BookingEvent[] = [
      { type: 'attempt', at: AT, attempt: simulation },
      { type: 'status', at: AT, status: 'in_progress', channel: 'simulation' },
      evidence(calls[1]!),
      turn(calls[1]!),
      { type: 'final', at: AT, outcome: { ...confirmed, channel: 'simulation', simulated: true } },
    ];
    const fromTheStart = simulationMarker({ sandbox: false, view: viewOf(order) });
    expect(real.map(fromTheStart)).toEqual(real);
    expect(simulated.map(fromTheStart)).toEqual(simulated.map((event) => ({ ...event, simulated: true })));
    // Resumed behind the event that tells of the attempt: the booking knows of it by then.
    const resumed = simulationMarker({
      sandbox: false,
      view: { ...viewOf(order), attempts: [attempt(calls[0]!), simulation] },
    });
    expect([turn(calls[0]!), turn(calls[1]!)].map((event) => 'simulated' in resumed(event))).toEqual([false, true]);
  });
});

it('a booking that an earlier version wrote says what its outcome says', async () => {
  await opened(false);
  const id = await w.book();
  const { simulated: _, ...view } = viewOf((await w.records.booking(id))!.order);
  const outcome = { ...confirmed, channel: 'simulation', simulated: true } as const;
  const earlier = { ...view, status: 'completed', outcome } as unknown as BookingView;
  await w.records.saveSnapshot({ version: 100, view: earlier, events: [] });
  expect((await get(`/v1/bookings/${id}`)).json()).toMatchObject({ simulated: true });
});

/** A booking of its own, that talked in its first attempt. */
async function talked(sandbox: boolean, channel: 'bridge' | 'simulation', outcome: Outcome): Promise<string> {
  const given = await w.book();
  const id = `bk_${sandbox ? 'sandbox' : 'phone'}${channel}`;
  const order = { ...(await w.records.booking(given))!.order, id };
  await w.records.acceptBooking({ order, owner: (await w.records.booking(given))!.owner, simulated: sandbox });
  await w.records.markStarted(id);
  const view = { ...viewOf(order), attempts: [attempt(`${id}.1`, { channel })], outcome, simulated: outcome.simulated };
  const begun: BookingEvent = { type: 'attempt', at: AT, attempt: view.attempts[0]! };
  await w.records.saveSnapshot({ version: 5, view, events: [{ key: 'a', event: begun }] });
  await talk(id);
  await w.records.saveSnapshot({ version: 6, view, events: [{ key: 'f', event: { type: 'final', at: AT, outcome } }] });
  return id;
}

/** What each thing that came of it says. */
async function told(id: string): Promise<Record<string, unknown>> {
  const [events, transcript, recording] = await Promise.all(
    ['events', 'transcript', 'recording'].map((what) => get(`/v1/bookings/${id}/${what}`)),
  );
  return {
    events: dataOf(events!.body).map(({ type, simulated }) => [type, simulated]),
    transcript: transcript!.json().simulated,
    file: String(recording!.headers['content-disposition']).includes('.simulated.'),
  };
}

describe('what came of a call says what that call was', () => {
  const canceled: Outcome = { ...confirmed, result: 'canceled', channel: null };

  it('also when it was canceled during a simulation, so that its outcome rests on no attempt', async () => {
    await opened(false);
    expect(await told(await talked(false, 'simulation', canceled))).toEqual({
      events: [
        ['attempt', true],
        ['turn', true],
        ['final', undefined],
      ],
      transcript: true,
      file: true,
    });
  });

  it('also when the sandbox’s bookings are read where phones ring now', async () => {
    await opened(false);
    expect(await told(await talked(true, 'bridge', { ...confirmed, simulated: true }))).toMatchObject({
      events: [
        ['attempt', true],
        ['turn', true],
        ['final', true],
      ],
      transcript: true,
      file: true,
    });
  });

  it('and a real one does not become a simulation because the sandbox runs here now', async () => {
    await opened(true);
    expect(await told(await talked(false, 'bridge', confirmed))).toMatchObject({
      events: [
        ['attempt', undefined],
        ['turn', undefined],
        ['final', undefined],
      ],
      transcript: undefined,
      file: false,
    });
  });
});
