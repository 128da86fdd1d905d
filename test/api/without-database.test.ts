import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { callReporter } from '../../delivery/call-reporter.ts';
import { Unavailable } from '../../delivery/gateway.ts';
import type { BridgeEvidence, ReportEvidence } from '../../domain/evidence.ts';
import { isForbidden } from '../support/forbidden.ts';
import {
  finish,
  postCallRequest,
  TOOL_SECRET,
  takenAway,
  twilioRequest,
  type World,
  withAttempt,
  world,
} from './support.ts';

const SID = `CA${'1'.repeat(32)}`;

const database: { away: false | 'refused' | 'silent' } = { away: false };
let store: World;
let w: World;
let id: string;
let callId: string;

beforeEach(async () => {
  database.away = false;
  store = await world();
  w = await world({ deps: { records: takenAway(store.records, database) } });
  id = await w.book();
  callId = withAttempt(w, id, { channel: 'native' });
});
afterEach(async () => {
  database.away = false;
  await w.close();
  await store.close();
});

const report = (changes: object = {}) =>
  w.app.inject({
    method: 'POST',
    url: '/api/elevenlabs/tools/report_result',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOOL_SECRET}` },
    payload: {
      booking_id: id,
      call_id: callId,
      conversation_id: 'conv_1',
      result: 'confirmed',
      confirmed_date: '2026-11-25',
      confirmed_time: '16:00',
      ...changes,
    },
  });
const status = (value: string, of = callId) =>
  w.app.inject(twilioRequest(`/webhook/voice/status?call_id=${of}`, { CallSid: SID, CallStatus: value }));
const forbidden = (): Promise<boolean> => isForbidden(store.records, w.deps.settings.phoneHash('+541143211234'));

describe('a report while the database is away', () => {
  it('reaches the workflow, and is accepted', async () => {
    database.away = 'refused';
    const answer = await report();
    expect([answer.statusCode, answer.json()]).toEqual([200, { accepted: true }]);
    expect(w.gateway.signals).toMatchObject([
      { name: 'reportResult', evidence: { call_id: callId, report: { result: 'confirmed', confirmed_time: '16:00' } } },
    ]);
    // Whose conversation it is could not be looked up.
    expect(w.gateway.signals[0]!.evidence).not.toHaveProperty('conversation_id');
  });

  it('does so too when the database says nothing at all', async () => {
    database.away = 'silent';
    expect((await report()).statusCode).toBe(200);
    expect(w.gateway.signals).toHaveLength(1);
  }, 20_000);

  it('is one fact when it is repeated, also once the database is back', async () => {
    database.away = 'refused';
    await report();
    await report();
    expect(w.gateway.signals).toHaveLength(1);
    database.away = false;
    await report();
    const [kept, ...more] = await store.records.evidence(id);
    expect(more).toEqual([]);
    expect(kept!.id).toBe(w.gateway.signals[0]!.evidence.id);
    await report({ result: 'declined' });
    await report();
    const ids = (await store.records.evidence(id)).map((one) => one.id);
    expect(new Set(ids).size).toBe(3);
  });

  it('is refused as ever when it is not genuine, or of no attempt of the booking', async () => {
    database.away = 'refused';
    const forged = await w.app.inject({
      method: 'POST',
      url: '/api/elevenlabs/tools/report_result',
      headers: { authorization: 'Bearer wrong' },
      payload: {},
    });
    expect(forged.statusCode).toBe(401);
    expect((await report({ call_id: `${id}.7` })).statusCode).toBe(422);
    expect((await report({ call_id: 'bk_another1.1' })).statusCode).toBe(422);
    expect(w.gateway.signals).toEqual([]);
  });

  it('is to be sent again when only the database could tell whose it is', async () => {
    database.away = 'refused';
    const whose = { booking_id: '{{booking_id}}', call_id: '{{call_id}}' };
    expect((await report(whose)).statusCode).toBe(503);
    expect((await report({ ...whose, conversation_id: undefined })).statusCode).toBe(422);
    expect((await report({ call_id: `${id}.7`, result: 'do_not_call' })).statusCode).toBe(503);
    expect(w.gateway.signals).toEqual([]);
    database.away = false;
    await store.records.linkAttempt(callId, { conversation_id: 'conv_1' });
    expect((await report(whose)).statusCode).toBe(200);
    expect((await report({ call_id: `${id}.7`, result: 'do_not_call' })).statusCode).toBe(200);
    expect(await forbidden()).toBe(true);
  });

  it('is not accepted when no run has it, nor when Temporal is away as well', async () => {
    w.gateway.closed.add(id);
    database.away = 'refused';
    expect((await report()).statusCode).toBe(503);
    w.gateway.down = true;
    expect((await report({ result: 'declined' })).statusCode).toBe(503);
  });

  it('is not accepted by a run that has its outcome and keeps nothing more', async () => {
    const view = w.gateway.workflows.get(id)!;
    const outcome = { result: 'unreachable' as const, channel: 'native' as const, simulated: false };
    const empty = {
      confirmed_date: null,
      confirmed_time: null,
      notes: null,
      evidence: [],
      proof: null,
      offers: [],
      callback_at: null,
    };
    w.gateway.workflows.set(id, { ...view, status: 'failed', outcome: { ...outcome, ...empty } });
    database.away = 'refused';
    expect((await report()).statusCode).toBe(503);
  });

  it('with a wish never to be called again reaches the workflow, and is accepted once the list has it', async () => {
    database.away = 'refused';
    expect((await report({ result: 'do_not_call' })).statusCode).toBe(503);
    expect(w.gateway.signals).toMatchObject([{ evidence: { report: { result: 'do_not_call' } } }]);
    database.away = false;
    expect((await report({ result: 'do_not_call' })).statusCode).toBe(200);
    expect(await forbidden()).toBe(true);
  });
});

describe('a wish never to be called again', () => {
  it('is on the list before its report is answered, whatever the workflow makes of it', async () => {
    w.gateway.down = true;
    expect((await report({ result: 'do_not_call' })).statusCode).toBe(503);
    expect(await forbidden()).toBe(true);
  });

  it('counts for a booking that has its outcome already', async () => {
    await finish({ ...w, records: store.records }, id);
    expect((await report({ result: 'do_not_call' })).statusCode).toBe(200);
    expect(await forbidden()).toBe(true);
  });
});

describe('word of a leg while the database is away', () => {
  it('reaches the workflow', async () => {
    database.away = 'refused';
    expect((await status('completed')).statusCode).toBe(204);
    expect(w.gateway.signals).toMatchObject([
      { name: 'callStatus', evidence: { call_id: callId, call_sid: SID, status: 'completed' } },
    ]);
  });

  it('is not taken for told when no run has it', async () => {
    database.away = 'refused';
    expect((await status('completed', 'bk_nowhere1.1')).statusCode).toBe(503);
  });

  it('tells of the answer when Twilio asks what to do', async () => {
    database.away = 'refused';
    const form = { CallSid: SID, CallStatus: 'in-progress' };
    const answer = await w.app.inject(twilioRequest(`/webhook/voice/outbound?call_id=${callId}`, form));
    expect(answer.statusCode).toBe(503);
    expect(w.gateway.signals).toMatchObject([{ name: 'callStatus', evidence: { status: 'in-progress' } }]);
  });
});

describe('the record of a talk while the database is away', () => {
  const record = (of: string, event_timestamp = Math.floor(Date.now() / 1000)) => ({
    type: 'post_call_transcription',
    event_timestamp,
    data: {
      agent_id: 'agent_1',
      conversation_id: 'conv_1',
      status: 'done',
      transcript: [{ role: 'user', message: 'Sí, a las cuatro.', time_in_call_secs: 3 }],
      metadata: { start_time_unix_secs: 1, call_duration_secs: 20 },
      conversation_initiation_client_data: { dynamic_variables: { call_id: of } },
    },
  });
  const send = (body: object) => w.app.inject(postCallRequest(body));

  it('reaches the workflow of the call that it names, and its body is kept', async () => {
    database.away = 'refused';
    expect((await send(record(callId))).statusCode).toBe(200);
    expect(w.gateway.signals).toMatchObject([
      { name: 'postCall', evidence: { kind: 'conversation', call_id: callId, conversation_id: 'conv_1' } },
    ]);
    // Without the order nobody can read it: who has it does so later.
    expect(w.gateway.signals[0]!.evidence).toMatchObject({ transcript: { business_turns: 1 } });
    expect(w.gateway.signals[0]!.evidence).not.toHaveProperty('transcript.talk');
    expect(await w.deps.artifacts.list(`webhooks/${callId}`)).toHaveLength(1);
  });

  it('is sent again where nobody can tell whose it is, or no run has it', async () => {
    database.away = 'refused';
    const nameless = record(callId);
    nameless.data.conversation_initiation_client_data.dynamic_variables.call_id = 'nobody’s';
    expect((await send(nameless)).statusCode).toBe(503);
    expect((await send(record('bk_nowhere1.1'))).statusCode).toBe(503);
    expect(await w.deps.artifacts.list('webhooks/bk_nowhere1.1')).toEqual([]);
  });
});

describe('the bridge while the database is away', () => {
  const common = { call_id: 'set below', at: '2026-11-24T10:00:00.000Z' };
  const ended = (): BridgeEvidence => ({ ...common, call_id: callId, kind: 'bridge', id: 'b', event: 'talk_ended' });
  const said = (result: 'declined' | 'do_not_call'): ReportEvidence => ({
    ...common,
    call_id: callId,
    kind: 'report',
    source: 'socket',
    id: result,
    report: { result },
  });
  const reporter = () => callReporter(w.deps);

  it('tells the workflow', async () => {
    database.away = 'refused';
    expect(await reporter().report(ended())).toEqual({ accepted: true });
    expect(await reporter().report(said('declined'))).toEqual({ accepted: true });
    expect(w.gateway.signals.map(({ name }) => name)).toEqual(['bridgeEvent', 'reportResult']);
  });

  it('has nothing accepted that nobody took, nor a number forbidden that is on no list', async () => {
    database.away = 'refused';
    await expect(reporter().report(said('do_not_call'))).rejects.toBeInstanceOf(Unavailable);
    expect(w.gateway.signals).toHaveLength(1);
    w.gateway.closed.add(id);
    await expect(reporter().report(ended())).rejects.toBeInstanceOf(Unavailable);
  });

  it('has the number forbidden before the agent hears that it was accepted', async () => {
    w.gateway.down = true;
    await expect(reporter().report(said('do_not_call'))).rejects.toBeInstanceOf(Unavailable);
    expect(await forbidden()).toBe(true);
  });
});
