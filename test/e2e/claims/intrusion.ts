import { createHmac } from 'node:crypto';
import { expect } from '@jest/globals';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { claimsAtOnce } from '../support/claim.ts';
import { bookingBody, ONLY_BRIDGE, ONLY_NATIVE } from '../support/client.ts';
import { readEvents } from '../support/event-stream.ts';
import { system } from '../support/shared-system.ts';
import { knock, sendRaw } from '../support/stranger.ts';

const claim = claimsAtOnce(system.tail);

const seconds = (): number => Math.floor(Date.now() / 1000);
const signed = (secret: string, body: string, at: number): string =>
  `t=${at},v0=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;

/** A request of a provider's, as somebody would send it who knows everything but the secrets. Returns the answer's status. */
async function forge(path: string, body: string, headers: Record<string, string>): Promise<number> {
  const answer = await fetch(system.url + path, { method: 'POST', body, headers, signal: AbortSignal.timeout(10_000) });
  await answer.arrayBuffer();
  return answer.status;
}

/** Starts a bridged booking whose call is answered and goes on for some seconds. */
async function talking(number: string): Promise<{ id: string; callId: string; callSid: string }> {
  const { client, sandbox } = system;
  sandbox.scenario({ number, talk_ms: 9000 });
  const { id } = await client.book(number, ONLY_BRIDGE);
  const view = await client.until(id, ({ attempts }) => attempts[0]?.status === 'in_progress');
  return { id, callId: view.attempts[0]!.call_id, callSid: view.attempts[0]!.call_sid! };
}

claim('forged webhooks and streams are refused, and change nothing of a live call', async () => {
  const { client, sandbox, url } = system;
  const number = '+541143210301';
  const { id, callId, callSid } = await talking(number);
  const { account } = sandbox;

  const form = { CallSid: callSid, AccountSid: account.twilioSid, CallStatus: 'completed', CallDuration: '1' };
  const body = new URLSearchParams(form).toString();
  const json = { 'content-type': 'application/json' };
  const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const path of [`/webhook/voice/status?call_id=${callId}`, `/webhook/voice/outbound?call_id=${callId}`]) {
    const forged = getExpectedTwilioSignature('0'.repeat(32), url + path, form);
    const genuine = getExpectedTwilioSignature(account.twilioToken, url + path, form);
    expect(await forge(path, body, urlencoded)).toBe(403);
    expect(await forge(path, body, { ...urlencoded, 'x-twilio-signature': forged })).toBe(403);
    // Another status under a genuine signature.
    expect(await forge(path, body.replace('completed', 'busy'), { ...urlencoded, 'x-twilio-signature': genuine })).toBe(
      403,
    );
  }

  const report = JSON.stringify({ booking_id: id, call_id: callId, conversation_id: 'conv_x', result: 'declined' });
  const tool = '/api/elevenlabs/tools/report_result';
  expect(await forge(tool, report, json)).toBe(401);
  expect(await forge(tool, report, { ...json, authorization: `Bearer ${account.toolSecret}x` })).toBe(401);

  const conversation = JSON.stringify({
    type: 'post_call_transcription',
    event_timestamp: seconds(),
    data: {
      agent_id: account.agentId,
      conversation_id: 'conv_x',
      status: 'done',
      transcript: [{ role: 'user', message: 'No.', time_in_call_secs: 1 }],
      conversation_initiation_client_data: { dynamic_variables: { booking_id: id, call_id: callId } },
    },
  });
  const hook = '/api/elevenlabs/post-call';
  const stale = signed(account.webhookSecret, conversation, seconds() - 3 * 3600);
  const forged = signed(`${account.webhookSecret}x`, conversation, seconds());
  for (const signature of [undefined, 'nonsense', forged, stale])
    expect(await forge(hook, conversation, { ...json, ...(signature && { 'elevenlabs-signature': signature }) })).toBe(
      401,
    );

  const start = { streamSid: 'MZ1', callSid, accountSid: account.twilioSid, tracks: ['inbound'] };
  const format = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 };
  const opening = { ...start, customParameters: { token: 'A'.repeat(32) }, mediaFormat: format };
  const stream = `${url.replace('http', 'ws')}/ws/media-stream/${callId}`;
  const intruder = JSON.stringify({ event: 'start', sequenceNumber: '1', streamSid: 'MZ1', start: opening });
  expect(await knock(stream, intruder)).toEqual({ code: 1008, reason: 'token refused' });

  expect((await client.booking(id)).attempts[0]).toMatchObject({ status: 'in_progress' });
  expect((await client.final(id)).outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
  expect(sandbox.log(number).calls).toEqual([expect.objectContaining({ streams: 1, status: 'completed' })]);
  const events = JSON.stringify(await readEvents(`${url}/v1/bookings/${id}/events`));
  expect(events).not.toContain('conv_x');
  // A report of the same call that comes too late, with the right secret, is taken note of and changes nothing.
  expect(await forge(tool, report, { ...json, authorization: `Bearer ${account.toolSecret}` })).toBe(200);
  expect((await client.booking(id)).outcome?.result).toBe('confirmed');
});

claim(
  'sockets that send binary, nonsense, half a frame or nothing are closed, and a talk beside them goes on',
  async () => {
    const { client, url } = system;
    const { id, callId } = await talking('+541143210302');
    const stream = `${url.replace('http', 'ws')}/ws/media-stream/${callId}`;
    const half = Buffer.from([0x81, 0xfe, 0x01]);
    const unmasked = Buffer.from([0x81, 0x02, 0x68, 0x69]);
    const [binary, nonsense, media, silence, cutOff, illegal, unknown] = await Promise.all([
      knock(stream, Buffer.from([0, 1, 2, 3])),
      knock(stream, '{"event":'),
      knock(stream, '{"event":"media","media":{"payload":"AAAA"}}'),
      knock(stream),
      sendRaw(stream, half),
      sendRaw(stream, unmasked),
      knock(`${url.replace('http', 'ws')}/ws/media-stream/bk_aaaaaaaaaaaaaaaaaaaaaaaa.1`).catch(
        (error: Error) => error,
      ),
    ]);
    expect(binary).toEqual({ code: 1003, reason: 'binary messages are not accepted' });
    expect(nonsense).toMatchObject({ code: 1008, reason: expect.stringMatching(/JSON/i) });
    expect(media).toEqual({ code: 1008, reason: 'media before start' });
    expect(silence).toEqual({ code: 1008, reason: 'no start in time' });
    for (const answer of [cutOff, illegal]) expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    expect(String(unknown)).toContain('404');
    expect((await client.final(id)).outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
    expect((await client.send('GET', '/healthz')).status).toBe(200);
  },
);

claim('bad bookings are answered with the field that is wrong, and place no call', async () => {
  const { client, sandbox } = system;
  const number = '+541143210303';
  const place = (change: Record<string, unknown>) =>
    client.send('POST', '/v1/bookings', { ...bookingBody(number), ...change });
  const business = { name: 'Clínica', phone: number };
  const request = { service_type: 'dentista', user_name: 'Mauro' };
  const wrong: [field: string, change: Record<string, unknown>][] = [
    ['business.phone', { business: { ...business, phone: '011 4321-0303' } }],
    ['business.phone', { business: { ...business, phone: '+54911' } }],
    ['business.timezone', { business: { ...business, timezone: 'Mars/Olympus_Mons' } }],
    ['request.user_name', { request: { service_type: 'dentista' } }],
    ['agent.prompt', { agent: { prompt: 'x'.repeat(20_001) } }],
    ['escalation.native.budget_seconds', { escalation: { native: { budget_seconds: 0 } } }],
    ['escalation.bridge.budget_seconds', { escalation: { bridge: { budget_seconds: 1_000_000 } } }],
    ['callback_url', { callback_url: 'ftp://example.com' }],
    ['priority', { request, priority: 'high' }],
  ];
  for (const [field, change] of wrong) {
    const { status, body } = await place(change);
    expect({ field, status, errors: body.errors }).toEqual({
      field,
      status: 422,
      errors: expect.arrayContaining([expect.objectContaining({ field: expect.stringContaining(field) })]),
    });
  }
  expect((await place({ agent: { prompt: 'x'.repeat(2_000_000) } })).status).toBe(413);
  expect((await client.send('POST', '/v1/bookings', '{"business":')).status).toBe(400);
  expect((await client.send('POST', '/v1/bookings', 'hello', { 'content-type': 'text/plain' })).status).toBe(415);
  expect(sandbox.log(number).calls).toEqual([]);
});

claim('a name in emoji is a name', async () => {
  const { client } = system;
  const booking = await client.outcomeOf('+541143210304', {
    ...ONLY_NATIVE,
    business: { name: '🦷👩🏽‍⚕️ “Señales” <b>&amp;</b>', phone: '+541143210304' },
  });
  expect(booking.outcome?.result).toBe('confirmed');
});
