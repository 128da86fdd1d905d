import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { finish, PUBLIC_URL, withAttempt } from '../api/support.ts';
import { ALICE, type Answer, attackedApi, HOOK, TOOL, TWILIO_TOKEN } from './support.ts';

const api = attackedApi();
const SID = `CA${'0123456789abcdef'.repeat(2)}`;
const TIMES = 50;

let id: string;
let callId: string;
beforeEach(async () => {
  id = await api.world.book(ALICE);
  callId = withAttempt(api.world, id);
});

interface Recorded {
  path: string;
  headers: Record<string, string>;
  body: string;
}
/** A delivery as somebody between would have recorded it. */
const twilio = (path: string, more: Record<string, string>): Recorded => {
  const form = { CallSid: SID, ...more };
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': getExpectedTwilioSignature(TWILIO_TOKEN, PUBLIC_URL + path, form),
  };
  return { path, headers, body: new URLSearchParams(form).toString() };
};
const postCall = (at: number, words = 'Sí.'): Recorded => {
  const body = JSON.stringify({
    type: 'post_call_transcription',
    event_timestamp: 1_795_000_000,
    data: {
      agent_id: 'a',
      conversation_id: 'conv_1',
      status: 'done',
      transcript: [{ role: 'user', message: words, time_in_call_secs: 1 }],
      conversation_initiation_client_data: { dynamic_variables: { booking_id: id, call_id: callId } },
    },
  });
  const mac = createHmac('sha256', HOOK).update(`${at}.${body}`).digest('hex');
  return {
    path: '/api/elevenlabs/post-call',
    headers: { 'content-type': 'application/json', 'elevenlabs-signature': `t=${at},v0=${mac}` },
    body,
  };
};
const report = (): Recorded => ({
  path: '/api/elevenlabs/tools/report_result',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${TOOL}` },
  body: JSON.stringify({ booking_id: id, call_id: callId, conversation_id: 'conv_1', result: 'declined' }),
});
const send = ({ path, headers, body }: Recorded): Promise<Answer> => api.send('POST', path, { headers, body });
const seconds = (): number => Math.floor(Date.now() / 1_000);

/** Sends one delivery again and again, half of them at once; what came of it. */
async function replayed(delivery: Recorded, status: number) {
  for (let n = 0; n < TIMES / 2; n++) expect((await send(delivery)).status).toBe(status);
  const atOnce = await Promise.all(Array.from({ length: TIMES / 2 }, () => send(delivery)));
  expect(new Set(atOnce.map((answer) => answer.status))).toEqual(new Set([status]));
  const kept = await api.world.records.evidence(id);
  return { kept, told: api.world.gateway.signals };
}

describe(`a genuine delivery, sent ${TIMES} times`, () => {
  it('of a status callback is one fact, and one signal: a workflow’s history cannot be filled with it', async () => {
    const ringing = twilio(`/webhook/voice/status?call_id=${callId}`, { CallStatus: 'ringing', SequenceNumber: '1' });
    const { kept, told } = await replayed(ringing, 204);
    expect([kept.length, told.length]).toEqual([1, 1]);
  });

  it('of an answering machine’s verdict is one fact and one signal', async () => {
    const verdict = twilio(`/webhook/voice/status?call_id=${callId}`, { AnsweredBy: 'human' });
    const { kept, told } = await replayed(verdict, 204);
    expect([kept.length, told.length]).toEqual([1, 1]);
  });

  it('of a post-call webhook is one fact and one signal, half an hour long; later it is refused', async () => {
    const { kept, told } = await replayed(postCall(seconds() - 1_700), 200);
    expect([kept.length, told.length]).toEqual([1, 1]);
    expect((await api.world.records.transcript(id))?.turns.length).toBe(1);
    expect((await send(postCall(seconds() - 1_801))).status).toBe(401);
  });

  it('of a report is one fact and one signal', async () => {
    const { kept, told } = await replayed(report(), 200);
    expect([kept.length, told.length]).toEqual([1, 1]);
  });

  it('is told once more when the engine did not take it the first time', async () => {
    api.world.gateway.down = true;
    expect((await send(report())).status).toBe(503);
    expect((await send(report())).status).toBe(503);
    api.world.gateway.down = false;
    const { kept, told } = await replayed(report(), 200);
    expect([kept.length, told.length]).toEqual([1, 1]);
  });
});

describe('an old delivery', () => {
  it('of an earlier state after a later one is another fact, in the order that its number says', async () => {
    const path = `/webhook/voice/status?call_id=${callId}`;
    const [ringing, done] = [
      twilio(path, { CallStatus: 'ringing', SequenceNumber: '1' }),
      twilio(path, { CallStatus: 'completed', SequenceNumber: '3' }),
    ];
    for (const each of [ringing, done, ringing, ringing]) expect((await send(each)).status).toBe(204);
    expect(api.world.gateway.signals.map(({ evidence }) => 'status' in evidence && evidence.status)).toEqual([
      'ringing',
      'completed',
    ]);
  });

  it('for a booking that is final is kept as evidence once, and nobody is told', async () => {
    await finish(api.world, id);
    const before = (await api.as(ALICE, 'GET', `/v1/bookings/${id}`)).json.outcome;
    for (let n = 0; n < 3; n++) {
      expect((await send(report())).status).toBe(200);
      expect((await send(postCall(seconds()))).status).toBe(200);
      expect((await send(twilio(`/webhook/voice/status?call_id=${callId}`, { CallStatus: 'busy' }))).status).toBe(204);
    }
    expect(await api.world.records.evidence(id)).toHaveLength(3);
    expect(api.world.gateway.signals).toEqual([]);
    expect((await api.as(ALICE, 'GET', `/v1/bookings/${id}`)).json.outcome).toEqual(before);
  });
});

describe('a recorded request for TwiML', () => {
  const asked = (resume = ''): Recorded =>
    twilio(`/webhook/voice/outbound?call_id=${callId}${resume}`, { CallStatus: 'in-progress' });
  const streamSaid = (event: string, n: number) =>
    api.world.records.addEvidence({
      kind: 'bridge',
      id: `bridge:${callId}:${event}:${n}`,
      call_id: callId,
      at: '2026-11-23T12:00:00.000Z',
      event,
    } as never);

  it('gives no token once its stream has started: a talk cannot be taken over with it', async () => {
    expect((await send(asked())).text).toMatch('<Stream');
    await streamSaid('stream_started', 1);
    for (let n = 0; n < 3; n++) expect((await send(asked())).text).toMatch('<Response><Hangup/></Response>');
    await streamSaid('stream_lost', 1);
    expect((await send(asked())).text).toMatch('<Response><Hangup/></Response>');
    // Twilio’s own next request goes on.
    expect((await send(asked('&resume=1'))).text).toMatch('<Stream');
    await streamSaid('stream_started', 2);
    expect((await send(asked('&resume=1'))).text).toMatch('<Response><Hangup/></Response>');
  });

  it('gives no token either when it asked for a page that had failed', async () => {
    const fallback = twilio(`/webhook/voice/outbound?call_id=${callId}`, {
      CallStatus: 'in-progress',
      ErrorCode: '11200',
      ErrorUrl: `${PUBLIC_URL}/webhook/voice/outbound?call_id=${callId}&resume=1`,
    });
    await streamSaid('stream_started', 1);
    expect((await send(fallback)).text).toMatch('<Stream');
    await streamSaid('stream_started', 2);
    expect((await send(fallback)).text).toMatch('<Response><Hangup/></Response>');
  });

  it('gives no token after the call, nor after the booking', async () => {
    withAttempt(api.world, id, { status: 'completed' });
    expect((await send(asked('&resume=1'))).text).toMatch('<Response><Hangup/></Response>');
    await finish(api.world, id);
    expect((await send(asked())).text).toMatch('<Response><Hangup/></Response>');
  });
});
