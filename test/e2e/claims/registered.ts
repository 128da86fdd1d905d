import { expect } from '@jest/globals';
import { until } from '../../support/until.ts';
import { claimsAtOnce } from '../support/claim.ts';
import type { Wish } from '../support/client.ts';
import { system } from '../support/shared-system.ts';
import { mp3Of, sidesOf } from '../support/sound.ts';

const claim = claimsAtOnce(system.tail);

const REGISTERED: Wish = {
  native: { enabled: false },
  registered: { enabled: true, max_attempts: 1 },
  bridge: { enabled: false },
};

/** The conversations of a number: over what, and whether a call was ever joined to them. */
const talksWith = (number: string): [unknown, boolean][] =>
  system.sandbox.log(number).conversations.map(({ via, call_sid }) => [via, call_sid !== null]);

claim('R books over the provider’s media: our one call, its one agent, with transcript and recording', async () => {
  const { client, sandbox } = system;
  const number = '+541143210501';
  const booking = await client.outcomeOf(number, REGISTERED);
  const [call, ...more] = sandbox.log(number).calls;
  expect(more).toEqual([]);
  expect(call).toMatchObject({ via: 'twilio', ended_by: 'twiml-hangup', streams: 1 });
  expect(booking.outcome).toMatchObject({ result: 'confirmed', channel: 'registered', simulated: false });
  expect(booking.outcome?.evidence).toEqual(expect.arrayContaining(['report_result', 'transcript']));
  expect(booking.attempts).toMatchObject([
    {
      channel: 'registered',
      media: 'provider',
      status: 'completed',
      call_sid: call!.call_sid,
      conversation_id: call!.conversation_id,
    },
  ]);
  expect(talksWith(number)).toEqual([['registered', true]]);
  expect((await client.transcript(booking.id)).map(({ role }) => role)).toContain('business');
  const { type, sound } = await client.recording(booking.id);
  expect(type).toBe('audio/mpeg');
  expect(mp3Of(sound).heard).toBeGreaterThan(0.5);
  const [told] = sandbox.log(number).conversations;
  expect(told).toMatchObject({ user_id: booking.id, dynamic_variables: { call_id: `${booking.id}.1` } });
  expect(sandbox.log(number).notes).toEqual([]);
});

for (const [digits, register, left] of [
  ['0502', '503', 0],
  ['0503', 'garbage', 0],
  ['0504', 'hang', 0],
  ['0505', 'slow:8', 1],
  ['0506', 'stream-refused', 1],
] as const) {
  claim(`R is bridged in the same ring where register-call answers ${register}, with both voices`, async () => {
    const { client, sandbox } = system;
    const number = `+54114321${digits}`;
    sandbox.scenario({ number, register });
    const booking = await client.outcomeOf(number, REGISTERED);
    const { calls, notes } = sandbox.log(number);
    expect(calls).toMatchObject([{ via: 'twilio', status: 'completed' }]);
    expect(booking.outcome).toMatchObject({ result: 'confirmed', channel: 'registered' });
    expect(booking.attempts).toMatchObject([{ channel: 'registered', media: 'bridge', status: 'completed' }]);
    const registered = () => talksWith(number).filter(([via]) => via === 'registered');
    // Answered too late, or with a stream that is not let in: ElevenLabs has a conversation that no call joins.
    await until(() => registered().length === left, 20_000, 'the conversations that were registered');
    expect(registered()).toEqual(Array(left).fill(['registered', false]));
    expect(talksWith(number).filter(([via]) => via !== 'registered')).toEqual([['socket', true]]);
    const { type, sound } = await client.recording(booking.id);
    expect(type).toBe('audio/wav');
    for (const { heard } of sidesOf(sound)) expect(heard).toBeGreaterThan(0.5);
    expect(notes.filter(({ text }) => !text.startsWith('31920'))).toEqual([]);
  });
}

claim('R hears a machine, by Twilio’s detection as by the agent, and rings again', async () => {
  const { client, sandbox } = system;
  const number = '+541143210587';
  const wish = { ...REGISTERED, registered: { enabled: true, max_attempts: 2, redial_delay_seconds: 1 } };
  const booking = await client.outcomeOf(number, wish);
  expect(booking.outcome).toMatchObject({ result: 'confirmed', channel: 'registered' });
  expect(booking.attempts.map(({ status, media }) => [status, media])).toEqual([
    ['completed', 'provider'],
    ['completed', 'provider'],
  ]);
  expect(sandbox.log(number).calls).toHaveLength(2);
});

claim('R whose report and post-call webhook are lost is settled by the conversation’s record', async () => {
  const number = '+541143210507';
  system.sandbox.scenario({ number, report: 'lost', post_call: 'missing' });
  const booking = await system.client.outcomeOf(number, REGISTERED);
  expect(booking.outcome).toMatchObject({ result: 'confirmed', channel: 'registered' });
  expect(system.sandbox.log(number).calls).toHaveLength(1);
});

claim('R is canceled in mid-talk: the call ends, whoever has the sound', async () => {
  const { client, sandbox } = system;
  const number = '+541143210508';
  sandbox.scenario({ number, hold: 'talk' });
  const { id } = await client.book(number, REGISTERED);
  await client.until(id, ({ attempts }) => attempts[0]?.media === 'provider');
  expect((await client.send('POST', `/v1/bookings/${id}/cancel`)).status).toBe(202);
  expect((await client.final(id)).outcome).toMatchObject({ result: 'canceled' });
  expect(sandbox.log(number).calls).toMatchObject([{ status: 'completed' }]);
});

claim('R erases a conversation that was registered too late with the rest of its booking', async () => {
  const { client, sandbox } = system;
  const number = '+541143210509';
  sandbox.scenario({ number, register: 'slow:7' });
  const { id } = await client.outcomeOf(number, REGISTERED);
  await until(() => talksWith(number).length === 2, 20_000, 'both conversations');
  await client.send('DELETE', `/v1/bookings/${id}`);
  const gone = async () => (await client.send('DELETE', `/v1/bookings/${id}`)).body.erased_at;
  await until(gone, 60_000, 'the erasure');
  expect(sandbox.log(number).conversations.map(({ deleted }) => deleted)).toEqual([true, true]);
});

claim('a business that missed R and rings back reaches our agent, and is dialed no more', async () => {
  const { client, sandbox } = system;
  const number = '+541143210521';
  sandbox.scenario({ number, callee: 'no-answer', ring_ms: 100 });
  const patient = { enabled: true, max_attempts: 2, redial_delay_seconds: 600 };
  const { id } = await client.book(number, { ...REGISTERED, registered: patient });
  await client.until(id, ({ attempts }) => attempts[0]?.status === 'no_answer');
  const sid = sandbox.ringBack({ number });
  const booking = await client.final(id);
  expect(booking.outcome).toMatchObject({ result: 'confirmed', channel: 'bridge', proof: { level: 'stated' } });
  expect(booking.attempts).toMatchObject([
    { channel: 'registered', direction: 'outbound', status: 'no_answer' },
    { channel: 'bridge', direction: 'inbound', status: 'completed', media: 'bridge', call_sid: sid },
  ]);
  expect(sandbox.log(number).calls.filter(({ direction }) => direction === 'outbound')).toHaveLength(1);
  expect(sandbox.log(number).notes).toEqual([]);
});
