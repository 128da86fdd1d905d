import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { callReporter } from '../../delivery/call-reporter.ts';
import type { BridgeEvidence } from '../../domain/evidence.ts';
import { until } from '../support/until.ts';
import {
  as,
  bookingBody,
  confirmed,
  finish,
  postCallRequest,
  TOOL_SECRET,
  twilioRequest,
  type World,
  withAttempt,
  world,
} from './support.ts';

let w: World;
let id: string;

beforeEach(async () => {
  w = await world();
  id = await w.book('alice');
});
afterEach(() => w.close());

const erase = (key = 'alice', booking = id) =>
  w.app.inject({ method: 'DELETE', url: `/v1/bookings/${booking}`, headers: as(key) });
const get = (path = '', key = 'alice') => w.app.inject({ url: `/v1/bookings/${id}${path}`, headers: as(key) });
/** As the workflow does. */
const forgotten = async (): Promise<void> => {
  await w.records.forgetBooking(id);
  await w.records.finishErasure(id, '2026-11-25T12:00:00.000Z');
};

describe('DELETE of a booking', () => {
  it('is refused while the booking is not final, with what to do', async () => {
    const answer = await erase();
    expect([answer.statusCode, answer.json().detail]).toEqual([409, expect.stringContaining('Cancel it first')]);
    expect((await get()).statusCode).toBe(200);
    expect(w.gateway.erasing).toEqual([]);
  });

  it('begins the erasure: from then on nothing of it is shown, to anybody', async () => {
    await finish(w, id);
    const answer = await erase();
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({ id, requested_at: expect.any(String), erased_at: null, left_at_providers: 0 });
    expect(w.gateway.erasing).toEqual([id]);
    for (const path of ['', '/events', '/transcript', '/recording', '/messages']) {
      for (const key of ['alice', 'olga']) expect((await get(path, key)).statusCode).toBe(410);
      expect((await get(path, 'bob')).statusCode).toBe(404);
    }
    const list = await w.app.inject({ url: '/v1/bookings', headers: as('olga') });
    expect(list.json().data).toEqual([]);
    const cancel = { method: 'POST', url: `/v1/bookings/${id}/cancel`, headers: as('alice') } as const;
    expect((await w.app.inject(cancel)).statusCode).toBe(410);
  });

  it('is taken from who saw the outcome before it was on record; if that takes long, it is to be repeated', async () => {
    const view = { ...w.gateway.workflows.get(id)!, status: 'completed' as const, outcome: confirmed };
    w.gateway.workflows.set(id, view);
    expect((await erase()).statusCode).toBe(503);
    const asked = w.gateway.asked;
    const answer = erase();
    await until(() => w.gateway.asked > asked, 10_000, 'a look at the workflow');
    await finish(w, id);
    expect((await answer).statusCode).toBe(202);
  });

  it('is for its client and for operators; for all others it is as if there were none', async () => {
    await finish(w, id);
    expect((await erase('bob')).statusCode).toBe(404);
    expect((await erase('alice', 'bk_unknown0001')).statusCode).toBe(404);
    expect((await get()).statusCode).toBe(200);
    expect((await erase('olga')).statusCode).toBe(202);
    expect((await erase('bob')).statusCode).toBe(404);
  });

  it('can be repeated, and says how far it has come', async () => {
    await finish(w, id);
    await erase();
    expect((await erase()).statusCode).toBe(202);
    await forgotten();
    const done = await erase();
    expect([done.statusCode, done.json()]).toEqual([
      200,
      expect.objectContaining({ id, erased_at: '2026-11-25T12:00:00.000Z' }),
    ]);
    expect((await get()).json().detail).toContain('was erased at 2026-11-25');
  });

  it('that Temporal could not take is on record, and goes on when it is repeated', async () => {
    await finish(w, id);
    w.gateway.down = true;
    expect((await erase()).statusCode).toBe(503);
    expect((await get()).statusCode).toBe(410);
    w.gateway.down = false;
    expect((await erase()).statusCode).toBe(202);
    expect(w.gateway.erasing).toEqual([id]);
  });

  it('keeps the booking’s Idempotency-Key from making it again', async () => {
    const request = {
      method: 'POST',
      url: '/v1/bookings',
      headers: { ...as('alice'), 'idempotency-key': 'order-42' },
      payload: bookingBody(),
    } as const;
    id = (await w.app.inject(request)).json().id;
    await finish(w, id);
    await erase();
    const again = async () => {
      const answer = await w.app.inject(request);
      return [answer.statusCode, answer.json().detail];
    };
    const refused = [409, expect.stringContaining(`${id}, which was erased`)];
    expect(await again()).toEqual(refused);
    await forgotten();
    expect(await again()).toEqual(refused);
    const others = await w.app.inject({ ...request, headers: { ...request.headers, ...as('bob') } });
    expect(others.statusCode).toBe(202);
  });
});

describe.each([
  ['being erased', async () => {}],
  ['erased', forgotten],
])('late news of a booking that is %s', (_, come) => {
  let callId: string;
  beforeEach(async () => {
    callId = withAttempt(w, id, { channel: 'native' });
    await finish(w, id);
    await w.records.linkAttempt(callId, { call_sid: 'CA1', conversation_id: 'conv_late' });
    await erase();
    await come();
  });

  const nothingStored = async (): Promise<void> => {
    expect(await w.records.evidence(id)).toEqual([]);
    expect(await w.records.transcript(id)).toBeUndefined();
    expect(await w.records.claim({ call_sid: 'CA1', conversation_id: 'conv_late' })).toEqual([]);
    expect(await w.deps.artifacts.list('webhooks')).toEqual([]);
    expect(await w.deps.artifacts.list('recordings')).toEqual([]);
    expect(w.gateway.signals).toEqual([]);
  };

  it('is acknowledged and not stored, when the agent’s tool brings it', async () => {
    const answer = await w.app.inject({
      method: 'POST',
      url: '/api/elevenlabs/tools/report_result',
      headers: { authorization: `Bearer ${TOOL_SECRET}` },
      payload: { booking_id: id, call_id: callId, result: 'declined', notes: 'Mauro no puede' },
    });
    expect([answer.statusCode, answer.json()]).toEqual([200, { accepted: true }]);
    await nothingStored();
  });

  it.each([
    [
      'a transcript that names it',
      {
        type: 'post_call_transcription',
        event_timestamp: 1,
        data: {
          agent_id: 'a',
          conversation_id: 'conv_other',
          status: 'done',
          transcript: [{ role: 'user', message: 'Hola', time_in_call_secs: 0 }],
          conversation_initiation_client_data: { dynamic_variables: { named: true } },
        },
      },
    ],
    [
      'a transcript that is known by its conversation',
      {
        type: 'post_call_transcription',
        event_timestamp: 1,
        data: {
          agent_id: 'a',
          conversation_id: 'conv_late',
          status: 'done',
          transcript: [{ role: 'user', message: 'Hola', time_in_call_secs: 0 }],
        },
      },
    ],
    [
      'its audio',
      { type: 'post_call_audio', event_timestamp: 1, data: { conversation_id: 'conv_late', full_audio: 'QUJD' } },
    ],
    [
      'a failed initiation',
      {
        type: 'call_initiation_failure',
        event_timestamp: 1,
        data: {
          conversation_id: 'conv_late',
          failure_reason: 'busy',
          metadata: { type: 'twilio', body: { CallSid: 'CA1', To: '+541143211234' } },
        },
      },
    ],
  ])('is acknowledged and not stored, when it is %s', async (_, body) => {
    const named = JSON.stringify(body).replace('{"named":true}', JSON.stringify({ booking_id: id, call_id: callId }));
    const answer = await w.app.inject(postCallRequest(named));
    expect(answer.statusCode).toBe(200);
    await nothingStored();
  });

  it('is acknowledged and not stored, when a bridge brings it', async () => {
    const reporter = callReporter(w.deps);
    const at = '2026-11-25T12:00:00.000Z';
    const talk = { kind: 'bridge', event: 'talk_ended', id: 'b1', call_id: callId, at, conversation_id: 'conv_b' };
    expect(await reporter.report(talk as BridgeEvidence)).toEqual({ accepted: true });
    expect(await w.records.findAttempt({ conversation_id: 'conv_b' })).toBeUndefined();
    await nothingStored();
  });

  it('is acknowledged and not stored, when Twilio brings it', async () => {
    const form = { CallSid: 'CA1', CallStatus: 'completed', CallDuration: '3', To: '+541143211234' };
    expect((await w.app.inject(twilioRequest(`/webhook/voice/status?call_id=${callId}`, form))).statusCode).toBe(204);
    const twiml = await w.app.inject(twilioRequest(`/webhook/voice/outbound?call_id=${callId}`, form));
    expect(twiml.body).toContain('<Hangup/>');
    await nothingStored();
  });
});
