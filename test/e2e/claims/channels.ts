import { afterAll, beforeAll, expect } from '@jest/globals';
import { Connection, Client as TemporalClient } from '@temporalio/client';
import { BookingChannelKey, BookingResultKey, BookingStatusKey } from '../../../workflows/search-attributes.ts';
import { claimsAtOnce } from '../support/claim.ts';
import { ONLY_BRIDGE } from '../support/client.ts';
import { readEvents } from '../support/event-stream.ts';
import { system } from '../support/shared-system.ts';
import { mp3Of, sidesOf } from '../support/sound.ts';

const claim = claimsAtOnce(system.tail);

/** A booking needs far fewer; beyond some thousands a history cannot be replayed quickly. */
const MAX_HISTORY_EVENTS = 300;

let connection: Connection;
let temporal: TemporalClient;
beforeAll(async () => {
  connection = await Connection.connect({ address: system.temporalAddress });
  temporal = new TemporalClient({ connection });
});
afterAll(() => connection?.close());

const rolesOf = (turns: { role: string }[]): string[] => [...new Set(turns.map(({ role }) => role))].sort();

/** The day that a booking's wish is shown to have meant, and what each of its conversations was told of days. */
async function daysOf(id: string, number: string): Promise<{ shown: unknown; told: Record<string, unknown>[] }> {
  const { body } = await system.client.send('GET', `/v1/bookings/${id}?include=order`);
  const { request } = body.order as { request: { preferred_day: unknown } };
  const { conversations } = system.sandbox.log(number);
  return {
    shown: request.preferred_day,
    told: conversations.map(({ dynamic_variables }) => dynamic_variables as Record<string, unknown>),
  };
}

async function expectDays(id: string, number: string, conversations: number): Promise<void> {
  const { shown, told } = await daysOf(id, number);
  expect(shown).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(told).toHaveLength(conversations);
  for (const days of told) {
    expect(days).toMatchObject({ preferred_date: 'mañana', preferred_day: shown });
    expect(days.business_date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(String(days.next_days)).toContain(`${days.preferred_weekday} ${shown}`);
  }
}

claim('A books, with the talk of both and a recording that plays', async () => {
  const { client, sandbox } = system;
  const number = '+541143210001';
  const booking = await client.outcomeOf(number);
  const [call, ...more] = sandbox.log(number).calls;
  expect(more).toEqual([]);
  expect(booking).toMatchObject({ status: 'completed', channel: 'native' });
  expect(booking.outcome).toMatchObject({ result: 'confirmed', channel: 'native', simulated: false });
  expect(booking.outcome?.evidence).toEqual(expect.arrayContaining(['report_result', 'transcript']));
  expect(`${booking.outcome?.confirmed_date} ${booking.outcome?.confirmed_time}`).toMatch(
    /^\d{4}-\d\d-\d\d \d\d:\d\d$/,
  );
  expect(booking.attempts).toEqual([
    expect.objectContaining({ channel: 'native', status: 'completed', call_sid: call!.call_sid, error: null }),
  ]);

  await expectDays(booking.id, number, 1);

  const turns = await client.transcript(booking.id);
  expect(rolesOf(turns)).toEqual(['agent', 'business']);
  expect(turns[0]).toMatchObject({ role: 'agent', message: expect.stringMatching(/asistente/i) });

  const { type, sound } = await client.recording(booking.id);
  expect(type).toBe('audio/mpeg');
  const talked = (Date.parse(String(call!.ended)) - Date.parse(String(call!.answered))) / 1000;
  const { seconds, heard } = mp3Of(sound);
  expect(seconds).toBeGreaterThan(talked * 0.6);
  expect(seconds).toBeLessThan(talked + 1);
  expect(heard).toBeGreaterThan(seconds * 0.5);
});

claim(
  'A and B hold in the agent’s own language what asks for one that it does not speak, and say so at once',
  async () => {
    const { client } = system;
    const french = { language: 'fr', native: { max_attempts: 1 }, bridge: { max_attempts: 1 } };
    const ways = [
      { number: '+541143210017', channel: 'native', only: { bridge: { enabled: false } } },
      { number: '+541143210018', channel: 'bridge', only: { native: { enabled: false } } },
    ];
    const ends = await Promise.all(
      ways.map(async ({ number, only }) => {
        const placed = await client.book(number, { ...french, ...only, simulation: { enabled: false } });
        expect(placed).toMatchObject({
          warnings: [
            {
              field: 'language',
              message: expect.stringMatching(/the agent does not speak it.*talks are held in "es"$/),
            },
          ],
        });
        return client.final(placed.id);
      }),
    );
    expect(ends.map(({ outcome }) => [outcome?.result, outcome?.channel])).toEqual(
      ways.map(({ channel }) => ['confirmed', channel]),
    );
  },
);

claim('B books where A is refused, with audio both ways and both voices on the recording', async () => {
  const { client, sandbox } = system;
  const number = '+541143210002';
  sandbox.scenario({ number, native: '403' });
  const booking = await client.outcomeOf(number);
  const [call, ...more] = sandbox.log(number).calls;
  expect(more).toEqual([]);
  // Agent and business know only what they hear: without audio both ways nothing could have been agreed.
  expect(booking.outcome).toMatchObject({ result: 'confirmed', channel: 'bridge', simulated: false });
  expect(booking.attempts.map(({ channel, status }) => `${channel} ${status}`)).toEqual([
    'native failed',
    'bridge completed',
  ]);
  expect(booking.attempts[1]).toMatchObject({ call_sid: call!.call_sid, conversation_id: expect.any(String) });
  expect(rolesOf(await client.transcript(booking.id))).toEqual(['agent', 'business']);
  await expectDays(booking.id, number, 1);

  const { type, sound } = await client.recording(booking.id);
  expect(type).toBe('audio/wav');
  const talked = (Date.parse(String(call!.ended)) - Date.parse(String(call!.answered))) / 1000;
  for (const { seconds, heard } of sidesOf(sound)) {
    expect(Math.abs(seconds - talked)).toBeLessThan(2);
    expect(heard).toBeGreaterThan(0.5);
  }
  expect(sandbox.log(number).notes).toEqual([]);
});

claim(
  'B leaves a run in Temporal that is short, can be searched for, and tells an operator what happened',
  async () => {
    const number = '+541143210003';
    const booking = await system.client.outcomeOf(number, ONLY_BRIDGE);
    expect(booking.outcome?.result).toBe('confirmed');
    const run = temporal.workflow.getHandle(booking.id);
    await run.result();
    const { events } = await run.fetchHistory();
    expect(events!.length).toBeGreaterThan(10);
    expect(events!.length).toBeLessThan(MAX_HISTORY_EVENTS);

    const { typedSearchAttributes } = await run.describe();
    expect(typedSearchAttributes.get(BookingStatusKey)).toBe('completed');
    expect(typedSearchAttributes.get(BookingChannelKey)).toBe('bridge');
    expect(typedSearchAttributes.get(BookingResultKey)).toBe('confirmed');

    const { currentDetails } = await run.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(currentDetails).toMatch(/^### confirmed\n/);
    expect(currentDetails).toContain('| 1 | B · bridge | completed | leg `CA');
    // Neither the number nor the person: these are not encrypted, and everybody at the UI reads them.
    for (const shown of [
      currentDetails,
      JSON.stringify(typedSearchAttributes),
      await run.describe().then((it) => it.staticSummary()),
    ])
      expect(shown).not.toMatch(/\+?54114321|Mauro/);
  },
);

claim(
  'a booking can be followed from the first event to the last, over a lost connection, without a gap or a repeat',
  async () => {
    const { client, sandbox, url } = system;
    const number = '+541143210004';
    sandbox.scenario({ number, talk_ms: 5000 });
    const { id } = await client.book(number, ONLY_BRIDGE);
    const stream = `${url}/v1/bookings/${id}/events`;
    // The connection is lost once somebody has spoken.
    const before = await readEvents(stream, { until: (event) => event.event === 'turn' });
    const after = await readEvents(stream, { lastEventId: before.at(-1)!.id });
    const seen = [...before, ...after];
    const ids = seen.map((event) => Number(event.id));
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(seen.at(-1)).toMatchObject({ event: 'final', data: { type: 'final', outcome: { result: 'confirmed' } } });
    expect(after.some((event) => event.event === 'turn')).toBe(true);
    expect(new Set(seen.map((event) => event.event))).toEqual(
      new Set(['status', 'attempt', 'evidence', 'turn', 'final']),
    );
    const said = seen.filter((event) => event.event === 'turn').map((event) => event.data);
    expect(rolesOf(said as { role: string }[])).toEqual(['agent', 'business']);
    // What is kept is what was told.
    expect(await readEvents(stream)).toEqual(seen);
    const nothingLeft = await fetch(stream, { headers: { 'last-event-id': seen.at(-1)!.id } });
    expect(nothingLeft.status).toBe(204);
  },
);

claim('C takes over where A and B are refused and no phone rang, and says that it is one', async () => {
  const { client, sandbox } = system;
  const number = '+541143210005';
  sandbox.scenario({ number, native: '403', twilio_create: '21216' });
  const { id } = await client.book(number);
  const booking = await client.final(id, 80_000);
  expect(sandbox.log(number).calls).toEqual([]);
  expect(booking).toMatchObject({ status: 'completed', channel: 'simulation' });
  expect(booking.outcome).toMatchObject({ result: 'confirmed', channel: 'simulation', simulated: true });
  expect(booking.attempts.map(({ channel, status }) => `${channel} ${status}`)).toEqual([
    'native failed',
    'bridge failed',
    'simulation completed',
  ]);
  expect(rolesOf(await client.transcript(id))).toEqual(['agent', 'business']);
  await expectDays(id, number, 1);
  const { type, sound } = await client.recording(id);
  expect(type).toBe('audio/wav');
  for (const { heard } of sidesOf(sound)) expect(heard).toBeGreaterThan(0.5);
});
