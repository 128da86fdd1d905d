import { once } from 'node:events';
import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import { analysisIn } from '../../providers/elevenlabs/analysis.ts';
import { CALLEES } from '../../sandbox/numbers.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { POST_CALL, Product, REPORT, variables } from './product.ts';

let product: Product;
let sandbox: Sandbox;
let eleven: ElevenLabsClient;

beforeAll(async () => {
  product = await Product.start();
  sandbox = await startSandbox({ publicUrl: () => product.url, pace: 40, ringMs: 100 });
  eleven = new ElevenLabsClient({
    apiKey: sandbox.account.apiKey,
    baseUrl: sandbox.url,
    maxRetries: 0,
    timeoutInSeconds: 5,
  });
});
afterAll(async () => {
  await sandbox.close();
  await product.stop();
});

const dial = (toNumber: string, callId: string) =>
  eleven.conversationalAi.twilio.outboundCall({
    agentId: sandbox.account.agentId,
    agentPhoneNumberId: sandbox.account.phoneNumberId,
    toNumber,
    conversationInitiationClientData: { userId: callId.replace(/\.\d+$/, ''), dynamicVariables: variables(callId) },
  });

/** The post-call webhook of one conversation, checked and parsed by the SDK. */
async function postCall(conversationId: string): Promise<{ type: string; data: Record<string, unknown> }> {
  for (let n = 1; ; n++) {
    const requests = await product.until(POST_CALL, n);
    for (const { text, headers } of requests) {
      const event = await eleven.webhooks.constructEvent(
        text,
        String(headers['elevenlabs-signature']),
        sandbox.account.webhookSecret,
      );
      if (event.data.conversation_id === conversationId) return event;
    }
    n = requests.length;
  }
}

describe('a native call, with the official SDK as client', () => {
  it('rings, talks, reports with the bearer secret, and ends in a signed transcript and an MP3 of the talk', async () => {
    sandbox.scenario({ number: '+541143211234', confirmed_date: '2027-03-02', confirmed_time: '10:30' });
    const answer = await dial('+541143211234', 'bk_happy1.1');
    expect(answer).toMatchObject({ success: true });
    expect(answer.callSid).toMatch(/^CA[0-9a-f]{32}$/);
    const event = await postCall(answer.conversationId!);
    expect(event.type).toBe('post_call_transcription');
    expect(event.data).toMatchObject({
      status: 'done',
      user_id: 'bk_happy1',
      metadata: { phone_call: { call_sid: answer.callSid } },
    });

    const report = product.of(REPORT).find(({ text }) => text.includes('bk_happy1.1'))!;
    expect(report.headers.authorization).toBe(`Bearer ${sandbox.account.toolSecret}`);
    expect(JSON.parse(report.text)).toMatchObject({
      booking_id: 'bk_happy1',
      call_id: 'bk_happy1.1',
      conversation_id: answer.conversationId,
      result: 'confirmed',
      confirmed_date: '2027-03-02',
      confirmed_time: '10:30',
    });

    const conversation = await eleven.conversationalAi.conversations.get(answer.conversationId!);
    expect(conversation).toMatchObject({
      status: 'done',
      hasAudio: true,
      metadata: { phoneCall: { type: 'twilio', direction: 'outbound' } },
    });
    expect(conversation.transcript.map(({ role }) => role)).toEqual([
      'agent',
      'user',
      'agent',
      'user',
      'agent',
      'agent',
    ]);
    expect(analysisIn(event.data.analysis)).toEqual({
      date: '2027-03-02',
      time: '10:30',
      confirmed: true,
    });
    const collected = Object.values(conversation.analysis?.dataCollectionResults ?? {});
    expect(collected.map(({ dataCollectionId, value }) => [dataCollectionId, value])).toEqual([
      ['appointment_date', '2027-03-02'],
      ['appointment_time', '10:30'],
      ['appointment_confirmed', true],
    ]);
    const tool = conversation.transcript.flatMap((turn) => turn.toolCalls ?? []);
    expect(tool.map(({ toolName }) => toolName)).toEqual(['report_result']);
    const audio = await eleven.conversationalAi.conversations.audio.get(answer.conversationId!);
    const bytes = Buffer.from(await new Response(audio as ReadableStream).arrayBuffer());
    // An MPEG-2 layer III frame header, 32 kbit/s.
    expect(bytes.readUInt16BE(0) & 0xfffe).toBe(0xfff2);

    const client = twilio(sandbox.account.twilioSid, sandbox.account.twilioToken);
    client.api.baseUrl = sandbox.url;
    expect(await client.calls(answer.callSid!).fetch()).toMatchObject({ status: 'completed', to: '+541143211234' });
  });

  it.each<[string, object]>([
    ['82', { date: '2027-03-02', time: '16:00', confirmed: true }],
    ['83', { confirmed: false }],
    ['84', { confirmed: false }],
    ['85', { date: '2027-03-02', time: '16:00', confirmed: true }],
    ['90', { confirmed: false }],
  ])('a number that ends in %s has an analysis of what was said, not of the report', async (digits, expected) => {
    const number = `+5411432112${digits}`;
    sandbox.scenario({ number, confirmed_date: '2027-03-02', callee: CALLEES[digits]!.callee.join(',') });
    const answer = await dial(number, `bk_heard${digits}.1`);
    const event = await postCall(answer.conversationId!);
    expect(analysisIn(event.data.analysis)).toEqual(expected);
  });

  it.each([
    ['91', 'declined'],
    ['92', 'no_availability'],
    ['95', 'voicemail'],
    ['98', 'callback_requested'],
    ['77', 'callback_requested'],
    ['99', 'wrong_number'],
    ['89', 'do_not_call'],
    ['90', 'confirmed'],
  ])('a number that ends in %s is reported as %s', async (digits, result) => {
    const answer = await dial(`+5411432112${digits}`, `bk_end${digits}.1`);
    await postCall(answer.conversationId!);
    const [conversation] = sandbox.log(`+5411432112${digits}`).conversations;
    expect(conversation).toMatchObject({ result, status: 'done' });
    const turns = conversation!.transcript as { role: string }[];
    // On the silent line the agent claims an appointment though nobody spoke.
    expect(turns.some(({ role }) => role === 'user')).toBe(digits !== '90');
  });

  it.each([
    ['67', 'busy', '603'],
    ['68', 'unknown', '608'],
    ['93', 'busy', '486'],
    ['94', 'no-answer', '487'],
  ])('a number that ends in %s sends call_initiation_failure (%s)', async (digits, reason, sip) => {
    const answer = await dial(`+5411432112${digits}`, `bk_end${digits}.1`);
    const event = await postCall(answer.conversationId!);
    expect(event).toMatchObject({
      type: 'call_initiation_failure',
      data: {
        failure_reason: reason,
        metadata: { type: 'twilio', body: { CallSid: answer.callSid, SipResponseCode: sip } },
      },
    });
    expect(await eleven.conversationalAi.conversations.get(answer.conversationId!)).toMatchObject({ status: 'failed' });
  });

  it('a number that ends in 97 hangs up in mid-talk: no report, but a transcript', async () => {
    const answer = await dial('+541143211297', 'bk_end97.1');
    await postCall(answer.conversationId!);
    expect(product.of(REPORT).some(({ text }) => text.includes('bk_end97.1'))).toBe(false);
    expect(sandbox.log('+541143211297').calls).toMatchObject([{ ended_by: 'callee', status: 'completed' }]);
  });

  it('an invalid number is refused with success: false and Twilio’s words', async () => {
    const answer = await dial('+541143211296', 'bk_end96.1');
    expect(answer).toMatchObject({ success: false, message: expect.stringContaining('21211') });
    expect(answer.conversationId).toBeUndefined();
    expect(sandbox.log('+541143211296').calls).toEqual([]);
  });

  it('a hang-up through Twilio ends the conversation', async () => {
    sandbox.scenario({ number: '+541143211200', talk_ms: 600_000 });
    const answer = await dial('+541143211200', 'bk_hangup.1');
    const client = twilio(sandbox.account.twilioSid, sandbox.account.twilioToken);
    client.api.baseUrl = sandbox.url;
    while ((await client.calls(answer.callSid!).fetch()).status !== 'in-progress');
    expect(await client.calls(answer.callSid!).update({ status: 'completed' })).toMatchObject({ status: 'completed' });
    const event = await postCall(answer.conversationId!);
    expect(event.data).toMatchObject({
      status: 'done',
      metadata: { termination_reason: 'Call ended by remote party' },
    });
  });
});

describe('what goes wrong with native calls', () => {
  const failing = async (number: string, callId: string) => {
    try {
      return await dial(number, callId);
    } catch (error) {
      return error as { statusCode?: number; body?: { detail?: { code?: string } } };
    }
  };

  it('10: A answers 503, and nothing is dialed', async () => {
    expect(await failing('+541143211034', 'bk_f10.1')).toMatchObject({ statusCode: 503 });
    expect(sandbox.log('+541143211034').calls).toEqual([]);
  });

  it('20: A refuses with 403', async () => {
    expect(await failing('+541143212034', 'bk_f20.1')).toMatchObject({
      statusCode: 403,
      body: { detail: { code: 'forbidden' } },
    });
  });

  it('30: A accepts, the talk is held, and no webhook is sent; polling has it all', async () => {
    const over = once(sandbox.events, 'ended');
    const answer = await dial('+541143213034', 'bk_f30.1');
    await over;
    let conversation = await eleven.conversationalAi.conversations.get(answer.conversationId!);
    while (conversation.status !== 'done')
      conversation = await eleven.conversationalAi.conversations.get(answer.conversationId!);
    const [call] = conversation.transcript.flatMap((turn) => turn.toolCalls ?? []);
    expect(JSON.parse(call!.paramsAsJson)).toMatchObject({ call_id: 'bk_f30.1', result: 'confirmed' });
    expect(sandbox.log('+541143213034').webhooks).toEqual([]);
  });

  it('40: A dials and its answer is lost; the conversation is found by user_id and by dynamic variable', async () => {
    expect(await failing('+541143214034', 'bk_f40.1')).not.toHaveProperty('success');
    const { conversations } = await eleven.conversationalAi.conversations.list({ userId: 'bk_f40' });
    expect(conversations).toHaveLength(1);
    const found = await eleven.conversationalAi.conversations.list({ dynamicVariableParams: 'call_id:eq:bk_f40.1' });
    expect(found.conversations[0]!.conversationId).toBe(conversations[0]!.conversationId);
    const none = await eleven.conversationalAi.conversations.list({
      userId: 'bk_f40',
      callStartAfterUnix: 4_000_000_000,
    });
    expect(none).toMatchObject({ conversations: [], hasMore: false });
  });

  it('60: 200 with success: false and no ids', async () => {
    expect(await dial('+541143216034', 'bk_f60.1')).toMatchObject({ success: false });
  });

  it('70: the report reaches nobody, but stands in the transcript', async () => {
    const answer = await dial('+541143217034', 'bk_f70.1');
    const event = await postCall(answer.conversationId!);
    expect(JSON.stringify(event.data.transcript)).toContain('report_result');
    expect(product.of(REPORT).some(({ text }) => text.includes('bk_f70.1'))).toBe(false);
  });

  it('80: 429 once, with Retry-After, then a call', async () => {
    expect(await failing('+541143218034', 'bk_f80.1')).toMatchObject({ statusCode: 429 });
    expect(await dial('+541143218034', 'bk_f80.1')).toMatchObject({ success: true });
  });

  it('a field of the wrong shape gets the provider’s 422', async () => {
    const response = await fetch(`${sandbox.url}/v1/convai/twilio/outbound-call`, {
      method: 'POST',
      headers: { 'xi-api-key': sandbox.account.apiKey, 'content-type': 'application/json' },
      body: '{"agent_id":5}',
    });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ detail: [{ loc: ['body', 'agent_id'] }] });
  });

  it('pages its list of conversations without repeating any', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await eleven.conversationalAi.conversations.list({ pageSize: 3, ...(cursor && { cursor }) });
      seen.push(...page.conversations.map(({ conversationId }) => conversationId));
      cursor = page.hasMore ? page.nextCursor : undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(sandbox.log().conversations.length);
  });
});
