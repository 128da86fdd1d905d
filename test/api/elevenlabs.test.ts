import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { localMoment } from '../../domain/local-moment.ts';
import { isForbidden } from '../support/forbidden.ts';
import { as, finish, postCallRequest, TOOL_SECRET, WEBHOOK_SECRET, type World, withAttempt, world } from './support.ts';

let w: World;
let id: string;
let callId: string;
beforeEach(async () => {
  w = await world();
  id = await w.book();
  callId = withAttempt(w, id, { channel: 'native' });
});
afterEach(() => w.close());

describe('report_result', () => {
  const body = (changes: object = {}) => ({
    booking_id: id,
    call_id: callId,
    conversation_id: 'conv_1',
    result: 'confirmed',
    confirmed_date: '2026-11-25',
    confirmed_time: '16:00',
    notes: 'con la Dra. Paz',
    ...changes,
  });
  const report = (
    payload: object | string,
    authorization: string | undefined = `Bearer ${TOOL_SECRET}`,
    type = 'application/json',
  ) =>
    w.app.inject({
      method: 'POST',
      url: '/api/elevenlabs/tools/report_result',
      headers: { ...(type ? { 'content-type': type } : {}), ...(authorization ? { authorization } : {}) },
      payload,
    });

  it('is kept as evidence and told to the workflow before the answer', async () => {
    const answer = await report(body());
    expect([answer.statusCode, answer.json()]).toEqual([200, { accepted: true }]);
    const told = {
      kind: 'report',
      source: 'tool',
      call_id: callId,
      conversation_id: 'conv_1',
      report: { result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00', notes: 'con la Dra. Paz' },
    };
    expect(w.gateway.signals).toMatchObject([{ name: 'reportResult', evidence: told }]);
    expect(await w.records.evidence(id)).toMatchObject([told]);
    expect(await w.records.findAttempt({ conversation_id: 'conv_1' })).toBe(callId);
  });

  it('is one fact when repeated, also at the same time, and another when it changes its mind', async () => {
    await Promise.all([report(body()), report(body()), report(body())]);
    await report(body({ result: 'declined' }));
    await report(body());
    const ids = (await w.records.evidence(id)).map((evidence) => evidence.id);
    expect(new Set(ids).size).toBe(3);
    expect(ids).toHaveLength(3);
    // Each is told once: a signal costs the workflow a piece of its history.
    expect(w.gateway.signals).toHaveLength(3);
  });

  it('takes "" and null for what the agent does not know, and ignores what it adds', async () => {
    const blank = { result: 'declined', confirmed_date: '', confirmed_time: null, notes: '', mood: 'good' };
    expect((await report(body(blank))).statusCode).toBe(200);
    expect(w.gateway.signals[0]!.evidence).toMatchObject({ report: { result: 'declined' } });
    expect(w.gateway.signals[0]!.evidence).not.toHaveProperty('report.confirmed_date');
  });

  it.each([
    ['result', 'maybe'],
    ['result', undefined],
    ['result', 7],
    ['call_id', undefined],
    ['call_id', 'nonsense'],
    ['call_id', 'bk_another.1'],
    ['call_id', '{{call_id}}'],
  ])('with a bad %s (%j) is refused by name, without effect', async (field, value) => {
    const answer = await report(body({ [field]: value }));
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors.map((error: { field: string }) => error.field)).toContain(field);
    expect(w.gateway.signals).toEqual([]);
    expect(await w.records.evidence(id)).toEqual([]);
  });

  const told = () => w.gateway.signals.map(({ evidence }) => evidence.kind === 'report' && evidence.report);
  const CLEAR = {
    result: 'confirmed',
    confirmed_date: '2026-11-25',
    confirmed_time: '16:00',
    notes: 'con la Dra. Paz',
  };

  it.each<[string, unknown]>([
    ['booking_id', undefined],
    ['booking_id', ''],
    ['booking_id', '{{booking_id}}'],
    ['conversation_id', 7],
    ['conversation_id', 'a b'],
    ['result', ' Confirmed'],
    ['confirmed_date', '25/11/2026'],
    ['confirmed_date', 20261125],
    ['confirmed_date', '2026\u201111\u201125'],
    ['confirmed_time', '4 pm'],
    ['confirmed_time', '16h'],
    ['confirmed_time', '16.00'],
    ['confirmed_time', '16:00:00'],
    ['confirmed_time', '4:00\u202fPM'],
    ['notes', 'con la Dra.\u0000 Paz'],
    ['notes', ['con la Dra. Paz']],
    ['mood', 'good'],
  ])('with an odd %s (%j) is read', async (field, value) => {
    const answer = await report(body({ [field]: value }));
    expect([answer.statusCode, answer.json()]).toEqual([200, { accepted: true }]);
    expect(told()).toEqual([CLEAR]);
    expect(w.gateway.signals).toMatchObject([{ evidence: { call_id: callId } }]);
  });

  it('as JSON inside JSON text is read', async () => {
    expect((await report(JSON.stringify(JSON.stringify(body())))).json()).toEqual({ accepted: true });
    expect((await report({ parameters: JSON.stringify(body({ result: 'declined' })) })).json()).toEqual({
      accepted: true,
    });
    expect(told()).toMatchObject([CLEAR, { result: 'declined' }]);
  });

  const FORM = 'application/x-www-form-urlencoded';
  const JSON_TYPE = 'application/json';
  const ODD_TEXTS: [string, (json: string) => string, string][] = [
    ['in a fence', (json) => `\`\`\`json\n${json}\n\`\`\``, JSON_TYPE],
    ['with a comma too many', (json) => json.replace(/\}$/, ',}'), JSON_TYPE],
    ['in single quotes', (json) => json.replaceAll('"', "'"), JSON_TYPE],
    ['with a line break in a text', (json) => json.replace('Dra. Paz', 'Dra.\nPaz'), JSON_TYPE],
    ['with a byte order mark', (json) => `\ufeff${json}`, JSON_TYPE],
    ['as a form', (json) => new URLSearchParams(JSON.parse(json)).toString(), FORM],
    ['as one field of a form', (json) => new URLSearchParams({ payload: json }).toString(), FORM],
    ['called a form', (json) => json, FORM],
    ['called text', (json) => json, 'text/plain; charset=utf-8'],
    ['called nothing', (json) => json, ''],
  ];

  it.each(ODD_TEXTS)('whose body is %s is read', async (_name, written, type) => {
    const answer = await report(written(JSON.stringify(body())), undefined, type);
    expect([answer.statusCode, answer.json()]).toEqual([200, { accepted: true }]);
    expect(told()).toEqual([CLEAR]);
  });

  it.each<[string, (json: string) => string, string]>([
    ...ODD_TEXTS,
    ['with quotes inside a text', (json) => json.replace('con la', 'they said "never again"'), JSON_TYPE],
    ['cut off', (json) => json.slice(0, -10), JSON_TYPE],
    [
      'in parts',
      (json) =>
        Object.entries(JSON.parse(json))
          .map(([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
          .join(''),
      'multipart/form-data; boundary=x',
    ],
  ])('whose body is %s says never to call again, and is honoured', async (_name, written, type) => {
    const hash = w.deps.settings.phoneHash('+541143211234');
    const answer = await report(written(JSON.stringify(body({ result: 'do_not_call' }))), undefined, type);
    expect([answer.statusCode, answer.json().accepted]).toEqual([200, true]);
    expect(await isForbidden(w.records, hash)).toBe(true);
  });

  it.each([
    ['cut off', () => JSON.stringify(body()).slice(0, -10)],
    ['words', () => 'The clinic confirmed it. They are on no do_not_call list.'],
    ['broken, with the wish in its notes only', () => '{"result":"declined","notes":"not "do_not_call", just busy"'],
  ])('whose body is %s is refused by name, with what to send', async (_name, written) => {
    const answer = await report(written());
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toEqual([
      { field: 'result', message: expect.stringMatching(/^cannot be read: send one JSON object .*do_not_call$/) },
    ]);
    expect(await w.records.evidence(id)).toEqual([]);
    expect(await isForbidden(w.records, w.deps.settings.phoneHash('+541143211234'))).toBe(false);
  });

  it.each<[object, object, string[]]>([
    [
      { confirmed_date: '2026-12-09 or 2026-12-11' },
      { confirmed_time: '16:00', said: { confirmed_date: '2026-12-09 or 2026-12-11' } },
      ['confirmed_date'],
    ],
    [
      { confirmed_date: '2026-12-09 (to be confirmed by the doctor)' },
      { confirmed_time: '16:00', said: { confirmed_date: '2026-12-09 (to be confirmed by the doctor)' } },
      ['confirmed_date'],
    ],
    [
      { confirmed_date: '2026-12-10T00:30:00Z', confirmed_time: '18:30' },
      { confirmed_time: '18:30', said: { confirmed_date: '2026-12-10T00:30:00Z' } },
      ['confirmed_date'],
    ],
    [
      { confirmed_date: '2026-02-30', confirmed_time: '25:00' },
      { said: { confirmed_date: '2026-02-30', confirmed_time: '25:00' } },
      ['confirmed_date', 'confirmed_time'],
    ],
  ])('that is not clear (%j) is kept as it was said, and the agent hears of it', async (changes, kept, unclear) => {
    const answer = await report(body(changes));
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      accepted: true,
      unclear: unclear.map((field) => ({ field, message: expect.stringContaining('report it again') })),
    });
    const whole = { result: 'confirmed', notes: 'con la Dra. Paz', unclear, ...kept };
    expect(told()).toEqual([whole]);
    expect(await w.records.evidence(id)).toMatchObject([{ report: whole }]);
  });

  it('of an hour whose half of the day was not told says so', async () => {
    const answer = await report(body({ confirmed_time: '4:00' }));
    expect(answer.json()).toMatchObject({ accepted: true, unclear: [{ field: 'confirmed_time' }] });
    expect(told()).toEqual([{ ...CLEAR, confirmed_time: '04:00', time_half_unknown: true }]);
  });

  it.each(['2023-11-25', '0001-01-01', '2125-11-25'])(
    'of a day that cannot be (%s) says it',
    async (confirmed_date) => {
      expect((await report(body({ confirmed_date }))).json()).toEqual({ accepted: true });
      expect(told()).toEqual([{ ...CLEAR, confirmed_date }]);
    },
  );

  it.each<[string, (id: string) => object]>([
    ['N/A for a day', () => ({ confirmed_date: 'N/A', confirmed_time: 'N/A' })],
    ['a list of notes', () => ({ notes: ['they were angry'] })],
    ['capitals', () => ({ result: 'DO_NOT_CALL' })],
    [
      'everything wrong but the booking',
      () => ({ call_id: '{{call_id}}', conversation_id: [], confirmed_date: {}, notes: 7 }),
    ],
    ['an attempt that was never made', (ours) => ({ call_id: `${ours}.7` })],
    ['the call alone', () => ({ booking_id: 'made up' })],
  ])('never to call again is honoured with %s', async (_name, changes) => {
    const { phoneHash } = w.deps.settings;
    const hash = phoneHash('+541143211234');
    expect(await isForbidden(w.records, hash)).toBe(false);
    const answer = await report(body({ result: 'do_not_call', ...changes(id) }));
    expect([answer.statusCode, answer.json().accepted]).toEqual([200, true]);
    expect(await isForbidden(w.records, hash)).toBe(true);
    expect(w.gateway.signals).toMatchObject([{ evidence: { call_id: callId, report: { result: 'do_not_call' } } }]);
  });

  it('with more notes than are kept loses the rest of them', async () => {
    expect((await report(body({ notes: 'x'.repeat(4_001) }))).statusCode).toBe(200);
    expect(told()).toEqual([{ ...CLEAR, notes: 'x'.repeat(4_000) }]);
  });

  describe('whose call id is none', () => {
    const MADE_UP = [
      ['a place that nobody filled in', { call_id: '{{call_id}}', booking_id: '{{booking_id}}' }],
      ['a name', { call_id: 'call_123', booking_id: '123' }],
      ['nothing', { call_id: undefined, booking_id: undefined }],
      ['a call of a booking that there is not', { call_id: 'bk_made0up.1', booking_id: 'bk_made0up' }],
    ] as const;

    it.each(MADE_UP)('is its conversation’s, where that is ours: %s', async (_name, ids) => {
      await w.records.linkAttempt(callId, { conversation_id: 'conv_1' });
      expect((await report(body(ids))).json()).toEqual({ accepted: true });
      expect(w.gateway.signals).toMatchObject([
        { name: 'reportResult', evidence: { call_id: callId, conversation_id: 'conv_1', report: CLEAR } },
      ]);
    });

    it.each(MADE_UP)('is told when its conversation turns out to be ours: %s', async (_name, ids) => {
      expect((await report(body(ids))).statusCode).toBe(404);
      expect((await report(body(ids))).statusCode).toBe(404);
      expect(w.gateway.signals).toEqual([]);
      const talk = {
        agent_id: 'agent_1',
        conversation_id: 'conv_1',
        status: 'done',
        transcript: [],
        conversation_initiation_client_data: { dynamic_variables: { booking_id: id, call_id: callId } },
      };
      const webhook = { type: 'post_call_transcription', event_timestamp: 1_795_000_000, data: talk };
      expect((await w.app.inject(postCallRequest(webhook))).statusCode).toBe(200);
      expect(w.gateway.signals).toMatchObject([
        { name: 'reportResult', evidence: { call_id: callId, conversation_id: 'conv_1', report: CLEAR } },
        { name: 'postCall', evidence: { call_id: callId } },
      ]);
      expect(await w.records.evidence(id)).toMatchObject([{ kind: 'conversation' }, { kind: 'report', report: CLEAR }]);
    });

    const NO_IDS = { call_id: undefined, booking_id: undefined, conversation_id: undefined };
    const recordOf = (parameters: object) =>
      postCallRequest({
        type: 'post_call_transcription',
        event_timestamp: 1_795_000_000,
        data: {
          agent_id: 'agent_1',
          conversation_id: 'conv_1',
          status: 'done',
          transcript: [
            { role: 'user', message: 'Sí, el martes a las 16.', time_in_call_secs: 4 },
            {
              role: 'agent',
              message: null,
              tool_calls: [{ tool_name: 'report_result', params_as_json: JSON.stringify(parameters) }],
            },
          ],
          conversation_initiation_client_data: { dynamic_variables: { booking_id: id, call_id: callId } },
        },
      });

    it('and that names no conversation is nobody’s until its transcript says whose it is', async () => {
      const answer = await report(body(NO_IDS));
      expect(answer.statusCode).toBe(422);
      expect(answer.json().errors.map((error: { field: string }) => error.field)).toEqual(['call_id']);
      expect((await w.app.inject(recordOf(body(NO_IDS)))).statusCode).toBe(200);
      expect(w.gateway.signals).toMatchObject([{ name: 'postCall', evidence: { call_id: callId, report: CLEAR } }]);
    });

    it.each([
      ['a result that is none', { result: 'confirmed, I think' }, undefined],
      ['two days', { confirmed_date: '2026-12-09 or 2026-12-11' }, { unclear: ['confirmed_date'] }],
    ])('says no more in the transcript’s copy than the tool took: %s', async (_name, changes, expected) => {
      expect((await report(body({ ...NO_IDS, ...changes }))).statusCode).toBe(422);
      await w.app.inject(recordOf(body({ ...NO_IDS, ...changes })));
      const [signal] = w.gateway.signals;
      const copy = signal?.evidence.kind === 'conversation' ? signal.evidence.report : 'no copy';
      if (expected) expect(copy).toMatchObject(expected);
      else expect(copy).toBeUndefined();
      expect(copy ?? {}).not.toHaveProperty('confirmed_date', expect.anything());
    });

    it('is not told over a report that came later', async () => {
      let ahead = 0;
      await w.close();
      w = await world({ deps: { now: () => Date.now() + ahead } });
      id = await w.book();
      callId = withAttempt(w, id, { channel: 'native' });
      expect((await report(body({ call_id: 'call_123', result: 'declined' }))).statusCode).toBe(422);
      ahead = 1_000;
      expect((await report(body())).statusCode).toBe(200);
      const talk = {
        agent_id: 'agent_1',
        conversation_id: 'conv_1',
        status: 'done',
        conversation_initiation_client_data: { dynamic_variables: { booking_id: id, call_id: callId } },
      };
      const webhook = { type: 'post_call_transcription', event_timestamp: 1_795_000_000, data: talk };
      await w.app.inject(postCallRequest(webhook));
      expect(w.gateway.signals.map(({ name }) => name)).toEqual(['reportResult', 'postCall']);
      expect(await w.records.evidence(id)).toHaveLength(3);
    });

    it('and whose conversation belongs to a booking that was erased is nobody’s', async () => {
      await w.records.linkAttempt(callId, { conversation_id: 'conv_1' });
      await finish(w, id);
      await w.records.beginErasure(id, { at: new Date().toISOString() });
      expect((await report(body({ call_id: 'call_123', booking_id: '1' }))).json()).toEqual({ accepted: true });
      expect(w.gateway.signals).toEqual([]);
      expect(await w.records.claim({ conversation_id: 'conv_1' })).toEqual([]);
    });
  });

  it('of an attempt that the booking never made is refused', async () => {
    expect((await report(body({ call_id: `${id}.7` }))).statusCode).toBe(422);
  });

  it('of an unknown booking is 404', async () => {
    expect((await report(body({ booking_id: 'bk_unknown', call_id: 'bk_unknown.1' }))).statusCode).toBe(404);
  });

  it('of a booking that is final is kept and accepted', async () => {
    await finish(w, id);
    expect((await report(body({ result: 'declined' }))).json()).toEqual({ accepted: true });
    expect(await w.records.evidence(id)).toMatchObject([{ kind: 'report', report: { result: 'declined' } }]);
  });

  it('is answered 503 when Temporal is out of reach, kept, and told when it is repeated', async () => {
    w.gateway.down = true;
    expect((await report(body())).statusCode).toBe(503);
    w.gateway.down = false;
    expect((await report(body())).statusCode).toBe(200);
    expect(await w.records.evidence(id)).toHaveLength(1);
    expect(w.gateway.signals).toHaveLength(1);
  });

  it('needs the secret, and looks at nothing without it', async () => {
    const wrong = [
      undefined,
      'Bearer wrong',
      `Basic ${TOOL_SECRET}`,
      TOOL_SECRET,
      'Bearer ',
      as('alice').authorization,
    ];
    for (const authorization of wrong)
      expect((await report('not even JSON', authorization ?? '')).statusCode).toBe(401);
    await w.close();
    w = await world({ settings: { toolSecret: undefined } });
    expect((await report(body(), 'Bearer undefined')).statusCode).toBe(401);
  });

  it('is bounded, whatever its type, and must have a body', async () => {
    for (const type of ['application/json', 'text/plain', ''])
      expect((await report(body({ notes: 'x'.repeat(70_000) }), undefined, type)).statusCode).toBe(413);
    expect((await report(''))?.statusCode).toBe(400);
  });
});

describe('the post-call webhook', () => {
  const transcription = (
    changes: { dynamic_variables?: object; conversation_id?: string; call_sid?: string } = {},
  ) => ({
    type: 'post_call_transcription',
    event_timestamp: 1_795_000_000,
    data: {
      agent_id: 'agent_1',
      conversation_id: changes.conversation_id ?? 'conv_1',
      status: 'done',
      user_id: id,
      transcript: [
        { role: 'agent', message: 'Hola, soy un asistente.', time_in_call_secs: 0 },
        { role: 'user', message: 'Sí, el miércoles a las 16.', time_in_call_secs: 4 },
      ],
      metadata: {
        start_time_unix_secs: 1_795_000_000,
        call_duration_secs: 20,
        phone_call: { type: 'twilio', direction: 'outbound', call_sid: changes.call_sid ?? 'CA1' },
      },
      conversation_initiation_client_data: {
        dynamic_variables: changes.dynamic_variables ?? { booking_id: id, call_id: callId },
      },
    },
  });
  const failure = (body: object) => ({
    type: 'call_initiation_failure',
    event_timestamp: 1_795_000_000,
    data: { agent_id: 'a', conversation_id: 'conv_9', failure_reason: 'busy', metadata: { type: 'twilio', body } },
  });
  const audio = (size: number, conversation = 'conv_1') => ({
    type: 'post_call_audio',
    event_timestamp: 1_795_000_000,
    data: { agent_id: 'a', conversation_id: conversation, full_audio: Buffer.alloc(size, 7).toString('base64') },
  });
  const send = (body: unknown, options = {}) => w.app.inject(postCallRequest(body, options));

  it('brings transcript and evidence, keeps its body, and is told to the workflow', async () => {
    const answer = await send(transcription());
    expect([answer.statusCode, answer.json()]).toEqual([200, { received: true }]);
    expect(w.gateway.signals).toMatchObject([
      { name: 'postCall', evidence: { kind: 'conversation', source: 'post_call', call_id: callId, status: 'done' } },
    ]);
    const turns = await w.app.inject({ url: `/v1/bookings/${id}/transcript`, headers: as('alice') });
    expect(turns.json().turns).toEqual([
      { role: 'agent', message: 'Hola, soy un asistente.', at_seconds: 0 },
      { role: 'business', message: 'Sí, el miércoles a las 16.', at_seconds: 4 },
    ]);
    const kept = await w.deps.artifacts.read(`webhooks/${callId}/post_call_conv_1_1795000000.json`);
    expect(JSON.parse(kept.toString())).toEqual(transcription());
  });

  it('brings what was agreed, read on the day of the call', async () => {
    await send(transcription());
    const { evidence } = w.gateway.signals[0]!;
    const called_on = localMoment('America/Argentina/Buenos_Aires', Date.now()).date;
    expect(evidence).toMatchObject({ transcript: { business_turns: 1, talk: { called_on } } });
    expect(await w.records.evidence(id)).toEqual([evidence]);
  });

  it('changes nothing when it is repeated', async () => {
    await send(transcription());
    await send(transcription());
    expect(await w.records.evidence(id)).toHaveLength(1);
    expect((await w.records.transcript(id))?.turns.length).toBe(2);
  });

  it('finds the attempt by the ids of the provider when the payload does not name it', async () => {
    await w.records.linkAttempt(callId, { call_sid: 'CA1' });
    await send(transcription({ dynamic_variables: {} }));
    expect(w.gateway.signals).toMatchObject([{ evidence: { call_id: callId, conversation_id: 'conv_1' } }]);
    await w.records.linkAttempt(callId, { conversation_id: 'conv_9' });
    await send(failure({ CallSid: 'CA9', CallStatus: 'busy', SipResponseCode: '486', To: '+541143211234' }));
    expect(w.gateway.signals[1]).toMatchObject({ evidence: { kind: 'call_status', call_id: callId, status: 'busy' } });
  });

  it('is kept for reconciliation when nobody knows whose it is, also while Temporal is out of reach', async () => {
    w.gateway.down = true;
    const foreign = transcription({
      dynamic_variables: { booking_id: 'bk_other', call_id: 'bk_other.1' },
      call_sid: 'CA7',
    });
    expect((await send(foreign)).statusCode).toBe(200);
    expect((await send(failure({ CallSid: 'CA9', CallStatus: 'busy', To: '+541143211234' }))).statusCode).toBe(200);
    expect(w.gateway.signals).toEqual([]);
    expect(await w.records.claim({ call_sid: 'CA9' })).toMatchObject([{ kind: 'call_status', status: 'busy' }]);
    expect(await w.records.claim({ conversation_id: 'conv_1' })).toMatchObject([{ kind: 'conversation' }]);
  });

  it('stores the recording, and does not replace the bridge’s own', async () => {
    await w.records.linkAttempt(callId, { conversation_id: 'conv_1' });
    expect((await send(audio(2_000_000))).statusCode).toBe(200);
    const recording = await w.app.inject({ url: `/v1/bookings/${id}/recording`, headers: as('alice') });
    expect(recording.headers).toMatchObject({ 'content-type': 'audio/mpeg', 'content-length': '2000000' });
    await w.records.putRecording({ call_id: callId, path: 'own.wav', content_type: 'audio/wav', bytes: 3 });
    await send(audio(10));
    expect(await w.records.recording(id)).toMatchObject({ path: 'own.wav' });
    expect((await send(audio(10, 'conv_foreign'))).statusCode).toBe(200);
  });

  it.each([
    ['another type', { type: 'answering_machine_detection', event_timestamp: 1, data: { conversation_id: 'conv_1' } }],
    ['no data', { type: 'post_call_transcription' }],
    ['a transcription that cannot be read', { type: 'post_call_transcription', event_timestamp: 1, data: {} }],
    ['a date beyond time', { type: 'post_call_transcription', event_timestamp: 1e300, data: { conversation_id: 'c' } }],
    ['no object', [1, 2]],
    ['no JSON', 'hello'],
  ])('answers 200 to what is genuine: %s', async (_name, body) => {
    expect((await send(body)).statusCode).toBe(200);
    expect(w.gateway.signals).toEqual([]);
  });

  it('is answered 503 when our own cannot be told now', async () => {
    w.gateway.down = true;
    expect((await send(transcription())).statusCode).toBe(503);
    expect(await w.records.evidence(id)).toHaveLength(1);
  });

  it('has no effect without a fresh signature of ours', async () => {
    const now = Math.floor(Date.now() / 1000);
    expect((await send(transcription(), { secret: 'wrong' })).statusCode).toBe(401);
    expect((await send(transcription(), { at: now - 1_900 })).statusCode).toBe(401);
    expect((await send(transcription(), { at: now + 1_900 })).statusCode).toBe(401);
    for (const signature of [undefined, '', 't=1', 'v0=00', `t=${now},v0=zz`]) {
      const { headers, ...request } = postCallRequest(transcription());
      const answer = await w.app.inject({
        ...request,
        headers: {
          'content-type': headers['content-type'],
          ...(signature === undefined ? {} : { 'elevenlabs-signature': signature }),
        },
      });
      expect(answer.statusCode).toBe(401);
    }
    const changed = postCallRequest(transcription());
    expect((await w.app.inject({ ...changed, payload: changed.payload.replace('16', '17') })).statusCode).toBe(401);
    expect(w.gateway.signals).toEqual([]);
    expect(await w.records.evidence(id)).toEqual([]);
  });

  it('believes nobody when no secret is configured', async () => {
    await w.close();
    w = await world({ settings: { webhookSecret: undefined } });
    for (const secret of ['', 'undefined', WEBHOOK_SECRET]) {
      expect((await w.app.inject(postCallRequest({ type: 'x', data: {} }, { secret: secret || ' ' }))).statusCode).toBe(
        401,
      );
    }
  });

  it('takes 64 MiB of audio, and no more than its limit', async () => {
    await w.records.linkAttempt(callId, { conversation_id: 'conv_1' });
    expect((await send(audio(64 * 1_024 * 1_024))).statusCode).toBe(200);
    expect((await w.records.recording(id))?.bytes).toBe(64 * 1_024 * 1_024);
    const tooLarge = await send(`{"type":"${'x'.repeat(91 * 1_024 * 1_024)}"}`);
    expect(tooLarge.statusCode).toBe(413);
  });

  it('must be JSON', async () => {
    const { headers, ...request } = postCallRequest(transcription());
    const answer = await w.app.inject({ ...request, headers: { ...headers, 'content-type': 'text/plain' } });
    expect(answer.statusCode).toBe(415);
  });
});
