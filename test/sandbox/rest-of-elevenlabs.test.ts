import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { variables } from './product.ts';

let sandbox: Sandbox;
let eleven: ElevenLabsClient;

beforeAll(async () => {
  sandbox = await startSandbox({ publicUrl: 'http://127.0.0.1:9', pace: 40, overrides: { prompt: false } });
  eleven = new ElevenLabsClient({ apiKey: sandbox.account.apiKey, baseUrl: sandbox.url, maxRetries: 0 });
});
afterAll(() => sandbox.close());

const bytesOf = async (audio: unknown): Promise<Buffer> =>
  Buffer.from(await new Response(audio as ReadableStream).arrayBuffer());

describe('the rest of ElevenLabs’ API, with the official SDK as client', () => {
  it('shows its agents, with the overrides that they permit', async () => {
    const agent = await eleven.conversationalAi.agents.get(sandbox.account.agentId);
    expect(agent).toMatchObject({
      name: 'Vocero',
      conversationConfig: { tts: { agentOutputAudioFormat: 'ulaw_8000' } },
    });
    const permitted = agent.platformSettings?.overrides?.conversationConfigOverride;
    expect(permitted).toMatchObject({
      agent: { firstMessage: true, prompt: { prompt: false } },
      conversation: { maxDurationSeconds: true },
    });
    await expect(eleven.conversationalAi.agents.get('agent_other')).rejects.toMatchObject({ statusCode: 404 });
  });

  it('runs an agent test to a transcript with a report, then deletes it', async () => {
    const { id } = await eleven.conversationalAi.tests.create({
      type: 'simulation',
      name: 'ensayo',
      simulationScenario: 'La recepcionista ofrece el jueves a las 10:30.',
      dynamicVariables: variables('bk_test1.1'),
    } as Parameters<typeof eleven.conversationalAi.tests.create>[0]);
    const invocation = await eleven.conversationalAi.agents.runTests(sandbox.account.agentId, {
      tests: [{ testId: id }],
    });
    expect(invocation.testRuns).toMatchObject([{ status: 'pending', testId: id }]);
    let runs = invocation.testRuns;
    while (runs[0]!.status === 'pending')
      runs = (await eleven.conversationalAi.tests.invocations.get(invocation.id)).testRuns;
    expect(runs).toMatchObject([{ status: 'passed', conditionResult: { result: 'success' } }]);
    const [report] = (runs[0]!.agentResponses ?? []).flatMap((turn) => turn.toolCalls ?? []);
    expect(JSON.parse(report!.paramsAsJson)).toMatchObject({
      booking_id: 'bk_test1',
      result: 'confirmed',
      confirmed_time: '10:30',
    });
    await eleven.conversationalAi.tests.delete(id);
    await expect(
      eleven.conversationalAi.agents.runTests(sandbox.account.agentId, { tests: [{ testId: id }] }),
    ).rejects.toMatchObject({ statusCode: 404 });
  });

  it('simulate-conversation is gone', async () => {
    await expect(
      eleven.conversationalAi.agents.simulateConversation(sandbox.account.agentId, {
        simulationSpecification: { simulatedUserConfig: { firstMessage: 'Hola', language: 'es' } },
      }),
    ).rejects.toMatchObject({ statusCode: 410 });
  });

  it('voices a dialogue, as MP3 and as mu-law of about the length of its text', async () => {
    const inputs = [
      { text: 'Hola, soy Vocero, un asistente virtual.', voiceId: 'v1' },
      { text: 'Consultorio dental, buenos días.', voiceId: 'v2' },
    ];
    const mp3 = await bytesOf(await eleven.textToDialogue.convert({ inputs }));
    expect(mp3.readUInt16BE(0) & 0xffe0).toBe(0xffe0);
    const ulaw = await bytesOf(await eleven.textToDialogue.convert({ inputs, outputFormat: 'ulaw_8000' }));
    expect(ulaw.length / 8000).toBeGreaterThan(3);
    expect(ulaw.length / 8000).toBeLessThan(8);
    await expect(
      eleven.textToDialogue.convert({ inputs: [{ text: 'a'.repeat(2001), voiceId: 'v1' }] }),
    ).rejects.toMatchObject({ statusCode: 422 });
    expect((await bytesOf(await eleven.textToSpeech.convert('v1', { text: 'Hola.' }))).length).toBeGreaterThan(500);
  });

  it('answers every spelling of the signed URL', async () => {
    for (const path of [
      'conversation/get-signed-url',
      'conversation/get_signed_url',
      'conversations/get-signed-url',
      'conversations/get_signed_url',
    ]) {
      const response = await fetch(`${sandbox.url}/v1/convai/${path}?agent_id=${sandbox.account.agentId}`, {
        headers: { 'xi-api-key': sandbox.account.apiKey },
      });
      expect(await response.json()).toEqual({ signed_url: expect.stringMatching(/^ws:.*conversation_signature=/) });
    }
  });

  it('a wrong key, an unknown conversation and an unknown path get the provider’s own errors', async () => {
    const stranger = new ElevenLabsClient({ apiKey: 'wrong', baseUrl: sandbox.url, maxRetries: 0 });
    await expect(stranger.conversationalAi.conversations.list()).rejects.toMatchObject({ statusCode: 401 });
    await expect(eleven.conversationalAi.conversations.get('conv_none')).rejects.toMatchObject({ statusCode: 404 });
    await expect(eleven.conversationalAi.conversations.audio.get('conv_none')).rejects.toMatchObject({
      statusCode: 404,
    });
    const response = await fetch(`${sandbox.url}/v1/nothing`);
    expect(await response.json()).toMatchObject({ detail: { code: 'not_found' } });
  });
});

describe('bad input', () => {
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(sandbox.url + path, { method: 'POST', body, headers: { 'xi-api-key': sandbox.account.apiKey, ...headers } });

  it('a body of 2 MB is refused by each provider in its own words, and the server goes on', async () => {
    const big = 'a'.repeat(2_000_000);
    const eleven = await post('/v1/convai/twilio/outbound-call', big);
    expect([eleven.status, Object.keys((await eleven.json()) as object)]).toEqual([413, ['detail']]);
    const twilio = await post(`/2010-04-01/Accounts/${sandbox.account.twilioSid}/Calls.json`, big);
    expect([twilio.status, await twilio.json()]).toMatchObject([413, { status: 413 }]);
    expect((await fetch(`${sandbox.url}/_sandbox/log`)).status).toBe(200);
  });

  it.each(['', '[]', '{"agent_id":', 'null', '{"to_number":{"a":1}}'])(
    'the outbound-call body %j is a 422',
    async (body) => {
      expect((await post('/v1/convai/twilio/outbound-call', body)).status).toBe(422);
    },
  );
});

describe('orders to the sandbox', () => {
  const order = (body: unknown) =>
    fetch(`${sandbox.url}/_sandbox/scenario`, { method: 'POST', body: JSON.stringify(body) });

  it('replace a number’s world; what they leave out is the documented default', async () => {
    const response = await order({ number: '+541143211034', callee: 'busy, answer-and-book', confirmed_time: '09:45' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      callee: ['busy', 'answer-and-book'],
      native: ['503'],
      confirmed_time: '09:45',
    });
  });

  it.each([
    [{ number: '4321' }, 'number'],
    [{ number: '+541143211234', callee: 'sings' }, 'callee'],
    [{ number: '+541143211234', native: 'ok,maybe' }, 'native'],
    [{ number: '+541143211234', confirmed_time: '16:10' }, 'confirmed_time'],
    [{ number: '+541143211234', format: 'mp3' }, 'format'],
    [{ number: '+541143211234', colour: 'red' }, ''],
  ])('%j is a 422 that names the field', async (body, field) => {
    const response = await order(body);
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: { field: string }[] };
    expect(errors.some((error) => error.field.startsWith(field))).toBe(true);
  });

  it('reset forgets everything', async () => {
    await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' });
    expect(sandbox.log()).toEqual({
      calls: [],
      conversations: [],
      webhooks: [],
      requests: [],
      notes: [],
      overlaps: [],
    });
  });
});
