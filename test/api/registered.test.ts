import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { buildApp } from '../../api/app.ts';
import type { MediaEvidence } from '../../domain/evidence.ts';
import type { ConversationSnapshot, Registration } from '../../providers/interface.ts';
import { escalationOf } from '../support/escalation.ts';
import { until } from '../support/until.ts';
import { postCallRequest, twilioRequest, type World, withAttempt, world } from './support.ts';

const DOCUMENT = (more: string) =>
  `<?xml version="1.0"?><Response><Connect><Stream url="wss://api.elevenlabs.io/v1/convai/twilio/stream/a"/></Connect>${more}</Response>`;
const SID = 'CA0123456789abcdef0123456789abcdef';
const OURS = '/ws/media-stream/';
const HANG_UP = '<Response><Hangup/></Response>';
const NO: Registration = { ok: false, problem: { code: 'elevenlabs_http_503', message: 'answered 503' } };

let w: World;
let warmed: string[];
let asked: { call_id: string; from: string; timeoutMs: number }[];
let answers: (Registration | Promise<Registration>)[];
let talks: () => Promise<ConversationSnapshot[]>;
let now: number;

beforeEach(async () => {
  warmed = [];
  asked = [];
  answers = [];
  talks = async () => [];
  now = Date.parse('2026-11-23T12:00:00.000Z');
  const bridge = {
    prepare: (callId: string) => warmed.push(callId),
    release() {},
    upgrade() {},
    live: () => 0,
    close: async () => {},
  };
  w = await world({
    deps: {
      bridge: bridge as never,
      now: () => now,
      registration: {
        registerCall: async ({ call_id, from, timeoutMs }) => {
          asked.push({ call_id, from, timeoutMs });
          return answers.shift() ?? { ok: true, twiml: DOCUMENT('') };
        },
        conversationsOf: () => talks(),
      },
    },
  });
});
afterEach(() => w.close());

const post = (path: string, more: Record<string, string> = {}) =>
  w.app.inject(
    twilioRequest(path, {
      CallSid: SID,
      CallStatus: 'in-progress',
      From: '+15005550006',
      To: '+541143211234',
      ...more,
    }),
  );
const voice = (callId: string, resume = 0) =>
  post(`/webhook/voice/outbound?call_id=${callId}${resume ? `&resume=${resume}` : ''}`);

const call = async (): Promise<string> => {
  const id = await w.book('alice', { escalation: escalationOf({ registered: { enabled: true } }) });
  const callId = withAttempt(w, id, { channel: 'registered', media: null });
  const dial = { call_id: callId, run_id: 'run', channel: 'registered', caller: null } as const;
  await w.records.claimDial({ ...dial, at: '2026-11-23T12:00:00.000Z', known: [1], phone_hashes: ['none'] });
  return callId;
};

const bookingOf = (callId: string): string => callId.split('.')[0]!;
const media = async (callId: string): Promise<MediaEvidence[]> =>
  (await w.records.evidence(bookingOf(callId))).filter((item) => item.kind === 'media');
const signaled = () => w.gateway.signals.filter(({ evidence }) => evidence.kind === 'media');

const again = (callId: string, resume: number): string =>
  `<Redirect method="POST">https://vocero.example/webhook/voice/outbound?call_id=${callId}&amp;resume=${resume}#rc=3&amp;rp=5xx,ct,rt</Redirect>`;

describe('a registered call that was answered', () => {
  it('is handed to ElevenLabs, once asked, and the record says so; after its stream Twilio asks here', async () => {
    const callId = await call();
    expect((await voice(callId)).body).toBe(DOCUMENT(again(callId, 1)));
    expect(asked).toEqual([{ call_id: callId, from: '+15005550006', timeoutMs: 6_000 }]);
    expect(await media(callId)).toMatchObject([{ media: 'provider', call_sid: SID, resume: 0 }]);
    expect(signaled()).toMatchObject([{ name: 'bridgeEvent', evidence: { media: 'provider' } }]);
    const { body } = await w.app.inject('/metrics');
    expect(body).toContain('vocero_register_seconds_count{media="provider"} 1');
  });

  it('is bridged by us where ElevenLabs does not take it: the same call, and the reason is kept', async () => {
    answers = [NO];
    const callId = await call();
    expect((await voice(callId)).body).toContain(OURS + callId);
    expect(await media(callId)).toMatchObject([{ media: 'bridge', problem: { code: 'elevenlabs_http_503' } }]);
    expect((await w.app.inject('/metrics')).body).toContain('vocero_register_seconds_count{media="bridge"} 1');
  });

  it('shows in the metrics how soon its agent spoke, once for each call, whoever repeats the record', async () => {
    const [callId, bridged] = [await call(), await call()];
    await voice(callId);
    answers = [NO];
    await voice(bridged);
    const seconds = Math.floor(now / 1_000);
    const record = (call_id: string, conversation_id: string) =>
      postCallRequest(
        {
          type: 'post_call_transcription',
          event_timestamp: seconds + 60,
          data: {
            agent_id: 'agent_1',
            conversation_id,
            status: 'done',
            metadata: { start_time_unix_secs: seconds + 1, call_duration_secs: 30, phone_call: { call_sid: SID } },
            transcript: [
              { role: 'user', message: 'Hola', time_in_call_secs: 0 },
              { role: 'agent', message: 'Hola, soy un asistente', time_in_call_secs: 2 },
              { role: 'agent', message: '¿Me podría ayudar?', time_in_call_secs: 9 },
            ],
            conversation_initiation_client_data: { dynamic_variables: { call_id, booking_id: bookingOf(call_id) } },
          },
        },
        { at: seconds },
      );
    for (let n = 0; n < 2; n++) expect((await w.app.inject(record(callId, 'conv_1'))).statusCode).toBe(200);
    expect((await w.app.inject(record(bridged, 'conv_2'))).statusCode).toBe(200);
    const body = async (): Promise<string> => (await w.app.inject('/metrics')).body;
    await until(async () => (await body()).includes('vocero_first_words_seconds_count{media="provider"}'));
    expect(await body()).toContain('vocero_first_words_seconds_count{media="provider"} 1');
    expect(await body()).toContain('vocero_first_words_seconds_sum{media="provider"} 3');
  });

  it('is bridged by us where ElevenLabs is not configured', async () => {
    const bare = await world({ deps: { bridge: undefined } });
    try {
      const id = await bare.book('alice', { escalation: escalationOf({ registered: { enabled: true } }) });
      const callId = withAttempt(bare, id, { channel: 'registered', media: null });
      const dial = { call_id: callId, run_id: 'run', channel: 'registered', caller: null } as const;
      await bare.records.claimDial({ ...dial, at: '2026-11-23T12:00:00.000Z', known: [1], phone_hashes: ['none'] });
      const form = { CallSid: SID, CallStatus: 'in-progress', From: '+15005550006', To: '+541143211234' };
      const answer = await bare.app.inject(twilioRequest(`/webhook/voice/outbound?call_id=${callId}`, form));
      expect(answer.body).toContain(OURS + callId);
    } finally {
      await bare.close();
    }
  });

  it('stays with our bridge once that has it, however often its instructions are asked for', async () => {
    answers = [NO];
    const callId = await call();
    for (let n = 0; n < 3; n++) expect((await voice(callId)).body).toContain(OURS + callId);
    expect(asked).toHaveLength(1);
    expect(await media(callId)).toHaveLength(1);
  });

  it('is registered once for two requests at the same time', async () => {
    let take!: (answer: Registration) => void;
    answers = [new Promise((resolve) => (take = resolve))];
    const callId = await call();
    const both = [voice(callId), voice(callId)];
    while (asked.length === 0) await pause(5);
    await pause(50);
    take({ ok: true, twiml: DOCUMENT('') });
    const bodies = (await Promise.all(both)).map(({ body }) => body);
    expect(bodies).toEqual([DOCUMENT(again(callId, 1)), DOCUMENT(again(callId, 1))]);
    expect(asked).toHaveLength(1);
    expect(await media(callId)).toHaveLength(1);
  });

  it('is registered twice at most: Twilio may have lost one answer', async () => {
    const callId = await call();
    const bodies = [];
    for (let n = 0; n < 4; n++) bodies.push((await voice(callId)).body);
    expect(bodies.map((body) => body.includes('<Connect>'))).toEqual([true, true, false, false]);
    expect(bodies.at(-1)).toContain(HANG_UP);
    expect(asked).toHaveLength(2);
    expect(await media(callId)).toHaveLength(2);
  });

  it('is not registered for a request that comes long after its first: nobody takes a talk over with it', async () => {
    const callId = await call();
    await voice(callId);
    now += 30_001;
    expect((await voice(callId)).body).toContain(HANG_UP);
    expect(asked).toHaveLength(1);
  });

  it('goes on where the workflow cannot be reached: who waits on the line is served first', async () => {
    const callId = await call();
    w.gateway.down = true;
    expect((await voice(callId)).body).toContain('<Connect>');
    expect(await media(callId)).toMatchObject([{ media: 'provider' }]);
  });

  it('warms no agent of ours while it rings', async () => {
    const callId = await call();
    await post(`/webhook/voice/status?call_id=${callId}`, { CallStatus: 'ringing' });
    expect(warmed).toEqual([]);
  });
});

describe('a call whose stream to ElevenLabs has ended', () => {
  const talk = (callId: string, more: Partial<ConversationSnapshot> = {}): ConversationSnapshot => ({
    conversation_id: 'conv_1',
    agent_id: 'agent_1',
    status: 'initiated',
    call_id: callId,
    turns: [],
    ...more,
  });

  it('is bridged where ElevenLabs says that nobody was ever joined to it', async () => {
    const callId = await call();
    await voice(callId);
    talks = async () => [talk(callId)];
    const { body } = await voice(callId, 1);
    expect(body).toContain(OURS + callId);
    expect(body).toContain(again(callId, 2));
    expect(await media(callId)).toMatchObject([
      { media: 'provider' },
      { media: 'bridge', resume: 1, problem: { code: 'stream_refused' } },
    ]);
    // Twilio may have lost that answer; once our stream runs, a recorded request gets no token.
    expect((await voice(callId, 1)).body).toContain(OURS + callId);
    const at = '2026-11-23T12:00:01.000Z';
    const started = { kind: 'bridge', event: 'stream_started', id: 'started', call_id: callId, at } as const;
    await w.records.addEvidence(started);
    expect((await voice(callId, 1)).body).toContain(HANG_UP);
    expect((await voice(callId, 0)).body).toContain(HANG_UP);
    // Lost in mid-talk, it is resumed by the next bridge.
    await w.records.addEvidence({ ...started, event: 'stream_lost', id: 'lost' });
    expect((await voice(callId, 2)).body).toContain(OURS + callId);
  });

  it.each<[string, (callId: string) => ConversationSnapshot[]]>([
    ['was joined to it', (callId) => [talk(callId, { status: 'in-progress', call_sid: SID })]],
    ['talked in it', (callId) => [talk(callId, { status: 'done' })]],
    ['is not listed yet', () => []],
    ['belongs to another call', (callId) => [talk(callId.replace(/\.1$/, '.2'))]],
  ])('is hung up where the conversation %s: no second agent speaks in one call', async (_, found) => {
    const callId = await call();
    await voice(callId);
    talks = async () => found(callId);
    expect((await voice(callId, 1)).body).toContain(HANG_UP);
    expect(await media(callId)).toHaveLength(1);
  });

  it('is hung up where only one of two registrations is listed', async () => {
    const callId = await call();
    await voice(callId);
    await voice(callId);
    talks = async () => [talk(callId)];
    expect((await voice(callId, 1)).body).toContain(HANG_UP);
  });

  it('is hung up where ElevenLabs does not say, or not in time', async () => {
    const callId = await call();
    await voice(callId);
    talks = () => Promise.reject(new Error('out of reach'));
    expect((await voice(callId, 1)).body).toContain(HANG_UP);
    talks = () => new Promise(() => undefined);
    expect((await voice(callId, 1)).body).toContain(HANG_UP);
  });

  it('is hung up after a while, and after a report, without asking anybody', async () => {
    const callId = await call();
    await voice(callId);
    talks = async () => [talk(callId)];
    const at = '2026-11-23T12:00:05.000Z';
    await w.records.addEvidence({
      kind: 'report',
      source: 'tool',
      id: 'report',
      call_id: callId,
      at,
      report: { result: 'declined' } as never,
    });
    expect((await voice(callId, 1)).body).toContain(HANG_UP);
    const other = await call();
    await voice(other);
    talks = async () => [talk(other)];
    now += 10_001;
    expect((await voice(other, 1)).body).toContain(HANG_UP);
  });
});

describe('a registered call that two API processes answer, because the first was slow', () => {
  /** Twilio asks another process while the first one waits for ElevenLabs. */
  async function askedTwice(first: Registration, second: Registration) {
    let late!: (registration: Registration) => void;
    answers = [new Promise((resolve) => (late = resolve))];
    const callId = await call();
    const slow = voice(callId);
    while (asked.length === 0) await pause(5);
    const other = await buildApp({
      ...w.deps,
      metrics: new Registry(),
      registration: { registerCall: async () => second, conversationsOf: () => talks() },
    });
    const body = { CallSid: SID, CallStatus: 'in-progress', From: '+15005550006', To: '+541143211234' };
    const quick = await other.inject(twilioRequest(`/webhook/voice/outbound?call_id=${callId}`, body));
    late(first);
    const answer = await slow;
    await other.close();
    return { callId, quick: quick.body, slow: answer.body };
  }

  it('is decided by the first decision on record: nobody signals another', async () => {
    const { callId } = await askedTwice(NO, { ok: true, twiml: DOCUMENT('') });
    expect(await media(callId)).toMatchObject([{ media: 'provider' }]);
    expect(signaled().map(({ evidence }) => (evidence as MediaEvidence).media)).toEqual(['provider']);
  });

  it('is bridged by both where our bridge has it on record', async () => {
    const { callId, slow, quick } = await askedTwice({ ok: true, twiml: DOCUMENT('') }, NO);
    expect(await media(callId)).toMatchObject([{ media: 'bridge' }]);
    for (const body of [slow, quick]) expect(body).toContain(OURS + callId);
  });
});
