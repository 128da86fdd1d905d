import { expect } from '@jest/globals';
import { until } from '../../support/until.ts';
import { claimsAtOnce } from '../support/claim.ts';
import { bookingBody, ONLY_BRIDGE, ONLY_NATIVE } from '../support/client.ts';
import { system } from '../support/shared-system.ts';

const claim = claimsAtOnce(system.tail);

/** Books on one channel in an ordered world, and returns the outcome with what the providers saw of it. */
async function booked(number: string, world: Parameters<typeof system.sandbox.scenario>[0], wish = ONLY_NATIVE) {
  system.sandbox.scenario(world);
  const booking = await system.client.outcomeOf(number, wish);
  return { booking, outcome: booking.outcome!, seen: system.sandbox.log(number) };
}

claim('a report by the agent’s tool settles the result', async () => {
  const number = '+541143210101';
  const { outcome, seen } = await booked(number, { number, post_call: 'missing' });
  expect(outcome).toMatchObject({ result: 'confirmed', evidence: expect.arrayContaining(['report_result']) });
  expect(outcome.evidence).not.toContain('post_call');
  expect(seen.webhooks.filter(({ kind }) => kind === 'post-call')).toEqual([]);
});

claim('where the report is lost, the post-call webhook settles it', async () => {
  const number = '+541143210102';
  const { outcome, seen } = await booked(number, { number, report: 'lost' });
  expect(outcome).toMatchObject({ result: 'confirmed', evidence: expect.arrayContaining(['post_call']) });
  expect(outcome.evidence).not.toContain('report_result');
  // The verdict of machine detection comes beside it.
  expect(seen.webhooks.map(({ kind }) => kind).filter((kind) => kind !== 'amd')).toEqual(['post-call']);
});

claim('where every webhook is lost, asking the providers settles it', async () => {
  const number = '+541143210103';
  const { outcome, seen } = await booked(number, { number, native: 'silent' });
  expect(outcome).toMatchObject({ result: 'confirmed', evidence: expect.arrayContaining(['conversation']) });
  expect(seen.webhooks).toEqual([]);
  expect(seen.calls).toHaveLength(1);
});

claim('a bridged call without any status callback ends as well', async () => {
  const number = '+541143210104';
  const { outcome, seen } = await booked(number, { number, callbacks: 'missing' }, ONLY_BRIDGE);
  expect(outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
  expect(seen.webhooks.filter(({ kind }) => kind === 'status')).toEqual([]);
});

claim('a call whose stream is cut keeps its whole transcript, though the provider has a part of it', async () => {
  const number = '+541143210110';
  const { booking, outcome } = await booked(number, { number, stream_drops: 1 }, ONLY_BRIDGE);
  expect(outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
  const turns = await system.client.transcript(booking.id);
  expect(turns.filter(({ role }) => role === 'business').length).toBeGreaterThanOrEqual(2);
  expect(turns.filter(({ role }) => role === 'agent').length).toBeGreaterThanOrEqual(3);
});

claim('A: a dial whose answer is lost is found and adopted, not repeated', async () => {
  const number = '+541143210105';
  const { booking, outcome, seen } = await booked(
    number,
    { number, native: 'dial-then-drop-response', talk_ms: 6000 },
    {},
  );
  expect(outcome).toMatchObject({ result: 'confirmed', channel: 'native' });
  expect(seen.calls).toHaveLength(1);
  expect(booking.attempts).toEqual([
    expect.objectContaining({ channel: 'native', call_sid: seen.calls[0]!.call_sid, status: 'completed' }),
  ]);
});

claim('B: a dial whose answer is lost is found and adopted, not repeated', async () => {
  const number = '+541143210106';
  const { booking, outcome, seen } = await booked(
    number,
    { number, twilio_create: 'lost', talk_ms: 6000 },
    ONLY_BRIDGE,
  );
  expect(outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
  expect(seen.calls).toHaveLength(1);
  expect(booking.attempts).toEqual([
    expect.objectContaining({ channel: 'bridge', call_sid: seen.calls[0]!.call_sid, status: 'completed' }),
  ]);
});

claim('a dial that was lost before it dialed counts as nothing, once both providers have denied it', async () => {
  const number = '+541143210107';
  const { booking, outcome, seen } = await booked(number, { number, native: '503' }, {});
  expect(outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
  expect(seen.calls.map(({ via }) => via)).toEqual(['twilio']);
  expect(booking.attempts.map(({ channel, status }) => `${channel} ${status}`)).toEqual([
    'native failed',
    'bridge completed',
  ]);
});

claim(
  'a claim of the agent that nobody on the line supports is left to a person, and nobody is rung again',
  async () => {
    const number = '+541143210108';
    const { booking, outcome, seen } = await booked(number, { number, callee: 'silent-line' }, {});
    expect(booking.status).toBe('needs_review');
    expect(outcome).toMatchObject({ result: 'needs_review', confirmed_date: null });
    expect(seen.conversations[0]).toMatchObject({ result: 'confirmed' });
    expect(seen.calls).toHaveLength(1);
  },
);

claim('a talk that nobody reports is left to a person, and nobody is rung again', async () => {
  const number = '+541143210109';
  const { booking, seen } = await booked(number, { number, report: 'missing' }, {});
  expect(booking.status).toBe('needs_review');
  expect(seen.calls).toHaveLength(1);
});

claim('busy at first, then answered: the same channel rings again after its delay', async () => {
  const number = '+541143210116';
  const { booking, outcome, seen } = await booked(number, { number, callee: 'busy,answer-and-book' }, {});
  expect(outcome).toMatchObject({ result: 'confirmed', channel: 'native' });
  expect(booking.attempts.map(({ channel, status }) => `${channel} ${status}`)).toEqual([
    'native busy',
    'native completed',
  ]);
  expect(seen.overlaps).toEqual([]);
  const [first, second] = seen.calls as [Record<string, string>, Record<string, string>];
  expect(Date.parse(second.placed!) - Date.parse(first.ended!)).toBeGreaterThan(900);
});

for (const [channel, number, wish] of [
  ['native', '+541143210114', ONLY_NATIVE],
  ['bridge', '+541143210115', ONLY_BRIDGE],
] as const) {
  claim(`${channel}: a late report of an attempt before ends the talk under way with a word of goodbye`, async () => {
    const { client, sandbox } = system;
    sandbox.scenario({ number, callee: 'busy,answer-and-book', talk_ms: 60_000 });
    const { id } = await client.book(number, wish);
    await client.until(id, (view) => view.attempts[1]?.status === 'in_progress');
    await until(() => sandbox.log(number).conversations.some(({ status }) => status === 'in-progress'));
    const report = { booking_id: id, call_id: `${id}.1`, result: 'declined', notes: 'nos llamaron ellos' };
    const secret = { authorization: `Bearer ${sandbox.env.ELEVENLABS_TOOL_SECRET}` };
    const answer = await client.send('POST', '/api/elevenlabs/tools/report_result', report, secret);
    expect(answer).toMatchObject({ status: 200, body: { accepted: true } });
    const booking = await client.final(id);
    // Nobody answered that first call, so its report is not believed; but nothing goes on against it either.
    expect(booking).toMatchObject({ status: 'needs_review', outcome: { confirmed_date: null } });
    const { calls, overlaps } = sandbox.log(number);
    expect(overlaps).toEqual([]);
    expect(calls).toHaveLength(2);
    expect(calls[1]).toMatchObject({ ended_by: 'twiml-hangup', said: [expect.stringContaining('Disculpe')] });
  });
}

claim('a number that asks not to be called is not dialed again, until an operator lifts it', async () => {
  const { client, sandbox } = system;
  const number = '+541143210111';
  const first = await booked(number, { number, callee: 'do-not-call' });
  expect(first.booking).toMatchObject({ status: 'failed', outcome: { result: 'do_not_call' } });

  sandbox.scenario({ number });
  const second = await client.outcomeOf(number);
  expect(second).toMatchObject({ status: 'failed', outcome: { result: 'do_not_call' } });
  expect(sandbox.log(number).calls).toHaveLength(1);

  expect((await client.send('DELETE', `/v1/do-not-call/${encodeURIComponent(number)}`)).status).toBe(204);
  const third = await client.outcomeOf(number);
  expect(third).toMatchObject({ status: 'completed', outcome: { result: 'confirmed' } });
  expect(sandbox.log(number).calls).toHaveLength(2);
});

claim('a cancellation hangs up a live bridged call', async () => {
  const { client, sandbox } = system;
  const number = '+541143210112';
  sandbox.scenario({ number, talk_ms: 60_000 });
  const { id } = await client.book(number, ONLY_BRIDGE);
  await client.until(id, (view) => view.attempts[0]?.status === 'in_progress');
  await until(() => sandbox.log(number).conversations.length === 1);
  const canceled = await client.send('POST', `/v1/bookings/${id}/cancel`);
  expect(canceled).toMatchObject({ status: 202, body: { cancel_requested: true } });
  const booking = await client.final(id);
  expect(booking).toMatchObject({ status: 'canceled', outcome: { result: 'canceled' } });
  const seen = sandbox.log(number);
  expect(seen.calls).toEqual([expect.objectContaining({ status: 'completed', ended_by: 'api' })]);
  await until(() => sandbox.log(number).conversations[0]!.status !== 'in-progress');
  expect((await client.send('POST', `/v1/bookings/${id}/cancel`)).status).toBe(409);
});

claim('the same key with the same body is the same booking and one call; with another body, a conflict', async () => {
  const { client, sandbox } = system;
  const number = '+541143210113';
  const key = { 'idempotency-key': 'e2e-113' };
  const answers = await Promise.all([1, 2, 3].map(() => client.send('POST', '/v1/bookings', bookingBody(number), key)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 202]);
  const ids = new Set(answers.map(({ body }) => String(body.id)));
  expect(ids.size).toBe(1);
  const [id] = [...ids];
  const other = bookingBody(number, { metadata: { order: '43' } });
  expect((await client.send('POST', '/v1/bookings', other, key)).status).toBe(409);
  expect((await client.final(id!)).outcome?.result).toBe('confirmed');
  const late = await client.send('POST', '/v1/bookings', bookingBody(number), key);
  expect(late).toMatchObject({ status: 200, body: { id, status: 'completed' } });
  expect(sandbox.log(number).calls).toHaveLength(1);
});
