import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { talkContext } from '../../domain/talk-context.ts';
import { digestOf } from '../../providers/transcript.ts';
import {
  conversationSnapshot,
  parseTwilioForm,
  postCallToEvidence,
  twilioStatusToEvidence,
} from '../../providers/webhooks/index.ts';
import { BOOKING, CALL, CALL_SID, conversationBody, order, PHONE } from './samples.ts';

const NOW = new Date('2026-11-23T12:00:00.000Z');

describe('a Twilio status callback', () => {
  const form = (fields: Record<string, string>) => parseTwilioForm(new URLSearchParams(fields).toString());

  it('becomes evidence on the attempt that its URL names, with seconds and not minutes', () => {
    const evidence = twilioStatusToEvidence(
      form({
        CallSid: CALL_SID,
        CallStatus: 'completed',
        Timestamp: 'Mon, 23 Nov 2026 11:59:00 +0000',
        SequenceNumber: '3',
        CallDuration: '41',
        Duration: '1',
        SipResponseCode: '200',
        AnsweredBy: 'human',
        ToCity: '',
        SomethingNew: 'x',
      }),
      CALL,
      NOW,
    );
    expect(evidence).toEqual({
      kind: 'call_status',
      source: 'callback',
      id: `callback:${CALL_SID}:3:completed`,
      call_id: CALL,
      call_sid: CALL_SID,
      at: '2026-11-23T11:59:00.000Z',
      status: 'completed',
      answered_by: 'human',
      duration_seconds: 41,
      sip_code: 200,
    });
  });

  it('a verdict on who answered comes without a status, and is of an answered call', () => {
    const evidence = twilioStatusToEvidence(
      form({ CallSid: CALL_SID, AnsweredBy: 'machine_start', MachineDetectionDuration: '300' }),
      CALL,
      NOW,
    );
    expect(evidence).toMatchObject({ status: 'in-progress', answered_by: 'machine_start', at: NOW.toISOString() });
  });

  it('a repeat has the same id, another event another', () => {
    const id = (fields: Record<string, string>) =>
      twilioStatusToEvidence(form({ CallSid: CALL_SID, ...fields }), CALL, NOW)?.id;
    const ringing = { CallStatus: 'ringing', SequenceNumber: '1' };
    expect(id(ringing)).toBe(id({ ...ringing }));
    expect(id({ CallStatus: 'ringing' })).toBe(id({ CallStatus: 'ringing' }));
    expect(
      new Set([id(ringing), id({ CallStatus: 'busy', SequenceNumber: '2' }), id({ AnsweredBy: 'fax' })]).size,
    ).toBe(3);
  });

  it.each([
    [{ CallStatus: 'ringing' }],
    [{ CallSid: CALL_SID }],
    [{ CallSid: CALL_SID, CallStatus: 'levitating' }],
    [{ CallSid: '../../etc', CallStatus: 'ringing' }],
    [{}],
  ])('%j says nothing', (fields) => {
    expect(twilioStatusToEvidence(form(fields as Record<string, string>), CALL, NOW)).toBeUndefined();
  });
});

describe('a post-call webhook', () => {
  const event = (type: string, data: unknown) => ({ type, event_timestamp: 1_764_000_100, data });

  it('a transcription names its attempt and brings report and digest', () => {
    expect(postCallToEvidence(event('post_call_transcription', conversationBody()), NOW)).toMatchObject({
      type: 'transcription',
      call_id: CALL,
      booking_id: BOOKING,
      evidence: {
        id: 'post_call:conv_1:1764000100',
        kind: 'conversation',
        source: 'post_call',
        status: 'done',
        call_sid: CALL_SID,
        call_result: 'answered',
        duration_seconds: 12,
        report: { result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00' },
        transcript: { agent_turns: 2, business_turns: 1, business_turns_after_greeting: 1 },
      },
    });
  });

  it('a transcription of somebody else’s conversation names no attempt', () => {
    const theirs = conversationBody({ conversation_initiation_client_data: null, user_id: 'customer-7' });
    const read = postCallToEvidence(event('post_call_transcription', theirs), NOW);
    expect(read).toMatchObject({ type: 'transcription', call_id: undefined, booking_id: 'customer-7' });
  });

  it('audio is decoded', () => {
    const data = { agent_id: 'a', conversation_id: 'conv_1', full_audio: Buffer.from('sound').toString('base64') };
    expect(postCallToEvidence(event('post_call_audio', data), NOW)).toEqual({
      type: 'audio',
      conversation_id: 'conv_1',
      audio: Buffer.from('sound'),
      content_type: 'audio/mpeg',
    });
  });

  it.each([
    ['busy', { CallStatus: 'busy', SipResponseCode: '486' }, 'busy', 486],
    ['no-answer', { CallStatus: 'no-answer', SipResponseCode: '487' }, 'no-answer', 487],
    ['unknown', { CallStatus: 'failed', SipResponseCode: '404' }, 'failed', 404],
    ['unknown', { SipResponseCode: '' }, 'failed', undefined],
    ['unknown', { SipResponseCode: '6033' }, 'failed', undefined],
    ['busy', { sip_status_code: 603, sip_status: 'Decline' }, 'busy', 603],
    ['unknown', { sip_status: '608 Rejected' }, 'failed', 608],
    ['unknown', { sip_status: 'SIP/2.0 607 Unwanted' }, 'failed', 607],
    ['unknown', { sip_status: 'Decline' }, 'failed', undefined],
    ['busy', { CallStatus: 'queued' }, 'busy', undefined],
    ['somethingelse', {}, 'failed', undefined],
  ])('a call that could not be started (%s, %j) is %s', (failure_reason, body, status, sip_code) => {
    const metadata = { type: 'twilio', body: { CallSid: CALL_SID, To: PHONE, ...body } };
    const read = postCallToEvidence(
      event('call_initiation_failure', { conversation_id: 'conv_1', failure_reason, metadata }),
      NOW,
    );
    expect(read).toMatchObject({
      type: 'initiation_failure',
      conversation_id: 'conv_1',
      call_sid: CALL_SID,
      phone: PHONE,
      evidence: { kind: 'call_status', source: 'initiation_failure', call_sid: CALL_SID, status, sip_code },
    });
  });

  it('without a CallSid it speaks of the conversation', () => {
    const data = { conversation_id: 'conv_1', failure_reason: 'no-answer' };
    expect(postCallToEvidence(event('call_initiation_failure', data), NOW)).toMatchObject({
      evidence: { kind: 'conversation', status: 'failed', call_result: 'no_answer', conversation_id: 'conv_1' },
    });
  });

  it('an unknown type is named, and what is no webhook is nothing', () => {
    expect(postCallToEvidence(event('answering_machine_detection', { conversation_id: 'conv_1' }), NOW)).toEqual({
      type: 'other',
      name: 'answering_machine_detection',
      conversation_id: 'conv_1',
    });
    expect(postCallToEvidence(event('call_initiation_failure', {}), NOW)).toMatchObject({ type: 'other' });
    expect(postCallToEvidence(event('post_call_audio', { conversation_id: 'conv_1' }), NOW)).toMatchObject({
      type: 'other',
    });
    for (const body of [null, 'x', [], {}, { type: '' }, { type: 'a', data: 1 }]) {
      expect(postCallToEvidence(body, NOW)).toBeUndefined();
    }
  });

  it('never throws, whatever it is given', () => {
    const types = fc.constantFrom('post_call_transcription', 'post_call_audio', 'call_initiation_failure', 'x');
    fc.assert(
      fc.property(types, fc.oneof(fc.jsonValue(), fc.constant(conversationBody())), (type, data) => {
        postCallToEvidence({ type, event_timestamp: 1, data }, NOW);
      }),
    );
  });
});

describe('a conversation', () => {
  it('keeps what it can read and leaves out the rest', () => {
    const odd = conversationBody({
      metadata: { call_duration_secs: 'long', phone_call: { call_sid: '', call_result: 'levitated' } },
      transcript: [
        null,
        7,
        { role: 'agent', message: 'Hola', time_in_call_secs: 'x', tool_calls: 'none' },
        { role: 'system', message: 'x' },
      ],
      analysis: 'none',
    });
    expect(conversationSnapshot(odd)).toMatchObject({
      call_sid: undefined,
      call_result: undefined,
      duration_seconds: undefined,
      turns: [{ role: 'agent', message: 'Hola', at_seconds: 0 }],
    });
  });

  const call = (params: unknown, more: object = {}) => ({
    role: 'agent',
    message: null,
    tool_calls: [{ tool_name: 'report_result', request_id: 'req_1', params_as_json: params, ...more }],
  });
  const report = (...calls: unknown[]) =>
    conversationSnapshot(conversationBody({ transcript: calls.map((params) => call(params)) }))?.report;

  it('the last report counts, one about another call does not', () => {
    const json = JSON.stringify;
    expect(report(json({ result: 'declined' }), json({ result: 'no_availability' }))).toEqual({
      result: 'no_availability',
    });
    const another = { result: 'confirmed', call_id: 'bk_other99.1' };
    expect(report(json({ result: 'declined' }), json(another))).toEqual({ result: 'declined' });
    expect(report(json({ result: 'declined' }), 'not json', json({ result: 'perhaps' }))).toEqual({
      result: 'declined',
    });
    expect(report('{}')).toBeUndefined();
    expect(report(json({ ...another, result: 'do_not_call' }))).toEqual({ result: 'do_not_call' });
  });

  it.each<[string, unknown]>([
    ['JSON text', JSON.stringify({ result: 'Confirmed', confirmed_date: '2026-11-25', confirmed_time: '4:00 PM' })],
    [
      'JSON text in JSON text',
      JSON.stringify(JSON.stringify({ result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16h' })),
    ],
    ['an object', { result: 'confirmed', confirmed_date: '2026‑11‑25', confirmed_time: '16:00:00' }],
    [
      'JSON text that names no call',
      JSON.stringify({
        booking_id: '12',
        call_id: 'call_123',
        result: 'confirmed',
        confirmed_date: '2026-11-25T16:00:00',
        confirmed_time: '16.00',
      }),
    ],
    [
      'JSON text with places that nobody filled in',
      JSON.stringify({
        call_id: '{{call_id}}',
        result: 'confirmed',
        confirmed_date: '2026-11-25',
        confirmed_time: '16:00',
      }),
    ],
  ])('a report is read from %s', (_name, params) => {
    expect(report(params)).toEqual({ result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00' });
  });

  it('what the tool refused, or could not use, confirms no more from its copy here', () => {
    const slot = (confirmed_date: string, confirmed_time: string) =>
      report(JSON.stringify({ result: 'confirmed', confirmed_date, confirmed_time }));
    expect(slot('2026-12-09 or 2026-12-11', '16:00')).toEqual({
      result: 'confirmed',
      confirmed_time: '16:00',
      unclear: ['confirmed_date'],
      said: { confirmed_date: '2026-12-09 or 2026-12-11' },
    });
    expect(slot('2026-12-09 (to be confirmed by the doctor)', '16:00')).not.toHaveProperty('confirmed_date');
    expect(slot('2026-12-10T00:30:00Z', '18:30')).not.toHaveProperty('confirmed_date');
    expect(slot('2026-12-09', '4:00')).toMatchObject({ confirmed_time: '04:00', time_half_unknown: true });
    expect(report(JSON.stringify({ result: 'confirmed, I think', confirmed_date: '2026-12-09' }))).toBeUndefined();
  });

  it('falls back on data collection', () => {
    const analysis = { data_collection_results: { result: { value: 'declined' }, notes: { value: 'closed' } } };
    expect(conversationSnapshot(conversationBody({ transcript: [], analysis }))?.report).toEqual({
      result: 'declined',
      notes: 'closed',
    });
  });

  describe('that the agent’s own tool ended, on a machine', () => {
    const { metadata, transcript } = conversationBody() as { metadata: object; transcript: unknown[] };
    const phone_call = { type: 'twilio', call_sid: CALL_SID };
    const tool_calls = [{ type: 'system', tool_name: 'voicemail_detection', params_as_json: '{}' }];
    const resultOf = (more: object, result: object = {}) =>
      conversationSnapshot(
        conversationBody({ metadata: { ...metadata, phone_call: { ...phone_call, ...result }, ...more } }),
      )?.call_result;

    it.each([
      ['its reason', { termination_reason: 'Voicemail detected by the agent' }],
      ['its reason, as the tool’s name', { termination_reason: 'voicemail_detection tool was called.' }],
      ['what was used', { features_usage: { voicemail_detection: { enabled: true, used: true } } }],
      [
        'what was used, without a phone call',
        { phone_call: null, features_usage: { voicemail_detection: { used: true } } },
      ],
    ])('is voicemail by %s', (_, more) => {
      expect(resultOf(more)).toBe('voicemail');
      // The leg was answered: it says nothing of who it was.
      expect(resultOf(more, { call_result: 'answered' })).toBe('voicemail');
    });

    it.each([[{}], [{ call_result: 'answered' }]])(
      'is voicemail by the tool’s call in the transcript, %j',
      (result) => {
        const body = conversationBody({
          metadata: { ...metadata, phone_call: { ...phone_call, ...result } },
          transcript: [...transcript, { role: 'agent', message: null, time_in_call_secs: 9, tool_calls }],
        });
        expect(conversationSnapshot(body)?.call_result).toBe('voicemail');
      },
    );

    it.each([
      ['another reason', { termination_reason: 'end_call tool was called.' }],
      ['a reason that denies it', { termination_reason: 'no voicemail detected' }],
      ['a tool that was not used', { features_usage: { voicemail_detection: { enabled: true, used: false } } }],
      ['nothing that can be read', { termination_reason: 7, features_usage: 'none' }],
    ])('is not with %s', (_, more) => {
      expect(resultOf(more)).toBeUndefined();
    });

    it.each(['busy', 'no_answer', 'failed'])('is not where nobody answered the leg: %s', (call_result) => {
      expect(resultOf({ termination_reason: 'voicemail' }, { call_result })).toBe(call_result);
    });
  });

  it('a status nobody knows is not taken for an end', () => {
    expect(conversationSnapshot(conversationBody({ status: 'dreaming' }))?.status).toBe('in-progress');
  });
});

describe('the digest of a transcript', () => {
  const turn = (role: 'agent' | 'business', message: string) => ({ role, message, at_seconds: 0 });

  const item = (role: 'agent' | 'user', message: string | null) => ({ role, message, time_in_call_secs: 0 });
  const digestIn = (transcript: unknown) => conversationSnapshot(conversationBody({ transcript }))!.digest;

  it.each([
    ['null', null],
    ['absent', undefined],
    ['empty', []],
    ['without any words', [item('agent', null), item('user', null)]],
    ['without the words of the business', [item('agent', 'Hola'), item('user', null), item('agent', 'Gracias')]],
  ])('a transcript that is %s is none', (_, transcript) => {
    expect(digestIn(transcript)).toBeUndefined();
  });

  it('a transcript in which nobody answered the agent is one', () => {
    expect(digestIn([item('agent', 'Hola'), item('user', '...'), item('agent', null)])).toEqual({
      agent_turns: 1,
      business_turns: 0,
      business_turns_after_greeting: 0,
    });
  });

  it('is read once the order is at hand, on the local day of the call', () => {
    const { called_on } = talkContext(
      order({ zones: ['America/Argentina/Buenos_Aires'] }),
      Date.parse('2026-11-24T01:30:00Z'),
    );
    const digest = digestOf([turn('agent', 'Hola')], talkContext(order(), Date.parse('2026-11-24T01:30:00Z')));
    expect(digest.talk).toMatchObject({ called_on });
    expect(called_on).toBe('2026-11-23');
    expect(digestOf([turn('agent', 'Hola')])).not.toHaveProperty('talk');
  });

  it('silence is nobody’s turn, and a hello before the agent spoke answers nothing', () => {
    expect(
      digestOf([turn('business', '¿Hola?'), turn('agent', 'Hola'), turn('business', '...'), turn('business', ' … ')]),
    ).toEqual({
      agent_turns: 1,
      business_turns: 1,
      business_turns_after_greeting: 0,
    });
  });
});
