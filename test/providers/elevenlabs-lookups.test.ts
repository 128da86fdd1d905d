import { afterEach, describe, expect, it } from '@jest/globals';
import { createElevenLabs } from '../../providers/elevenlabs/agents.ts';
import { chunksOf } from '../../providers/elevenlabs/dialogue.ts';
import { type ElevenLabsAgents, ProviderUnreachable } from '../../providers/interface.ts';
import { BOOKING, CALL, conversationBody, order } from './samples.ts';
import { closedPort, type Reply, type WebServer, webServer } from './web-server.ts';

let server: WebServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

const at = (apiBaseUrl: string): ElevenLabsAgents =>
  createElevenLabs({ apiKey: 'key', agentId: 'agent_1', apiBaseUrl, timeoutMs: 2_000, testPollMs: 1 });

async function elevenlabs(answer: (reply: Reply) => void): Promise<ElevenLabsAgents> {
  server = await webServer(answer);
  return at(server.url);
}

describe('a conversation', () => {
  it('is read with the key, and tells who spoke and what was reported', async () => {
    const agents = await elevenlabs((reply) => reply.json(200, conversationBody()));
    const found = await agents.conversation('conv_1');
    expect(found).toMatchObject({
      conversation_id: 'conv_1',
      status: 'done',
      call_id: CALL,
      booking_id: BOOKING,
      report: { result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00' },
      digest: { agent_turns: 2, business_turns: 1, business_turns_after_greeting: 1 },
    });
    expect(server!.seen[0]!.headers['xi-api-key']).toBe('key');
    expect(server!.seen[0]!.path).toBe('/v1/convai/conversations/conv_1');
  });

  it('is undefined when ElevenLabs does not know it', async () => {
    const agents = await elevenlabs((reply) => reply.json(404, { detail: { code: 'conversation_not_found' } }));
    expect(await agents.conversation('conv_1')).toBeUndefined();
  });

  it.each([
    ['503', (reply: Reply) => reply.json(503, { detail: 'down' })],
    ['401', (reply: Reply) => reply.json(401, { detail: { code: 'invalid_api_key' } })],
    ['a reset', (reply: Reply) => reply.reset()],
    ['nothing', () => undefined],
    ['HTML', (reply: Reply) => reply.response.writeHead(200).end('<html>')],
    ['something else', (reply: Reply) => reply.json(200, { hello: 1 })],
  ])('%s is no answer, and is asked for once', async (_, answer) => {
    const agents = await elevenlabs(answer);
    await expect(agents.conversation('conv_1')).rejects.toBeInstanceOf(ProviderUnreachable);
    expect(server!.seen).toHaveLength(1);
  });
});

describe('the conversations of a booking', () => {
  it('are listed by user id over all pages, and read one by one', async () => {
    const agents = await elevenlabs(({ request, json }) => {
      const row = (id: string) => ({ conversation_id: id, agent_id: 'agent_1', status: 'done' });
      if (request.path !== '/v1/convai/conversations') {
        return json(200, conversationBody({ conversation_id: request.path.split('/').at(-1) }));
      }
      if (request.query.get('cursor') === 'next') return json(200, { conversations: [row('conv_2')], has_more: false });
      return json(200, { conversations: [row('conv_1')], has_more: true, next_cursor: 'next' });
    });
    const found = await agents.conversationsOf(BOOKING, '2026-11-23T12:00:00.000Z');
    expect(found.map((each) => each.conversation_id)).toEqual(['conv_1', 'conv_2']);
    const { query } = server!.seen[0]!;
    expect(query.get('user_id')).toBe(BOOKING);
    expect(Number(query.get('call_start_after_unix'))).toBeLessThanOrEqual(Date.parse('2026-11-23T12:00:00Z') / 1000);
  });

  it('no answer is not an empty list', async () => {
    await expect(at(await closedPort()).conversationsOf(BOOKING, '2026-11-23T12:00:00Z')).rejects.toBeInstanceOf(
      ProviderUnreachable,
    );
  });
});

describe('audio', () => {
  it('comes with its type', async () => {
    const agents = await elevenlabs(({ response }) =>
      response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(Buffer.from([1, 2, 3])),
    );
    expect(await agents.conversationAudio('conv_1')).toEqual({
      content: new Uint8Array([1, 2, 3]),
      content_type: 'audio/mpeg',
    });
  });

  it('is undefined while there is none', async () => {
    const agents = await elevenlabs((reply) => reply.json(404, {}));
    expect(await agents.conversationAudio('conv_1')).toBeUndefined();
  });
});

describe('a signed URL', () => {
  it('is passed on as it came', async () => {
    const agents = await elevenlabs((reply) => reply.json(200, { signed_url: 'wss://x.example/y?agent_id=a&sig=1' }));
    expect(await agents.signedUrl('agent_1')).toBe('wss://x.example/y?agent_id=a&sig=1');
    expect(server!.seen[0]!.query.get('agent_id')).toBe('agent_1');
  });

  it.each([
    ['an error', (reply: Reply) => reply.json(500, {})],
    ['a URL of another kind', (reply: Reply) => reply.json(200, { signed_url: 'https://x.example' })],
    ['nothing of the kind', (reply: Reply) => reply.json(200, {})],
  ])('%s is no answer, and is asked for once', async (_, answer) => {
    const agents = await elevenlabs(answer);
    await expect(agents.signedUrl('agent_1')).rejects.toBeInstanceOf(ProviderUnreachable);
    expect(server!.seen).toHaveLength(1);
  });
});

describe('the agent check', () => {
  it('names the overrides that are not permitted, and the audio formats', async () => {
    const agents = await elevenlabs((reply) =>
      reply.json(200, {
        name: 'Vocero',
        conversation_config: {
          asr: { user_input_audio_format: 'ulaw_8000' },
          tts: { agent_output_audio_format: 'pcm_16000', voice_id: 'v' },
        },
        platform_settings: {
          overrides: { conversation_config_override: { agent: { first_message: true, prompt: { prompt: false } } } },
        },
      }),
    );
    expect(await agents.agentCheck('agent_1')).toMatchObject({
      name: 'Vocero',
      forbidden_overrides: ['agent.prompt.prompt', 'agent.language', 'conversation.max_duration_seconds'],
      input_format: 'ulaw_8000',
      output_format: 'pcm_16000',
    });
  });

  it('an agent that does not exist is a clear error', async () => {
    const agents = await elevenlabs((reply) => reply.json(404, {}));
    await expect(agents.agentCheck('agent_9')).rejects.toThrow('There is no agent agent_9.');
  });
});

describe('an agent test', () => {
  const suite = (status: string, responses: unknown) => ({
    id: 'suite_1',
    test_runs: [
      {
        test_run_id: 'run_1',
        test_invocation_id: 'suite_1',
        agent_id: 'agent_1',
        test_id: 'test_1',
        status,
        agent_responses: responses,
      },
    ],
  });

  function play(finalStatus: string, responses: unknown = conversationBody().transcript) {
    let polls = 0;
    return ({ request, json }: Reply) => {
      if (request.path.endsWith('/create')) return json(200, { id: 'test_1' });
      if (request.path.endsWith('/run-tests')) return json(200, suite('pending', null));
      if (request.method === 'DELETE') return json(200, null);
      polls++;
      return json(200, polls < 3 ? suite('pending', null) : suite(finalStatus, responses));
    };
  }

  it('mocks every tool, reads the report from the transcript, and leaves nothing behind', async () => {
    const agents = await elevenlabs(play('passed'));
    const result = await agents.agentTest(order({ language: 'en' }), CALL);
    expect(result.report).toEqual({ result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00' });
    expect(result.turns.map((turn) => turn.role)).toEqual(['agent', 'business', 'agent']);
    expect(result.digest).toMatchObject({ business_turns: 1, talk: { readable: true } });
    const created = JSON.parse(server!.seen[0]!.body);
    expect(created).toMatchObject({
      type: 'simulation',
      tool_mock_config: { mocking_strategy: 'all', fallback_strategy: 'raise_error' },
      dynamic_variables: { booking_id: BOOKING, call_id: CALL },
    });
    expect(created.simulation_scenario).toContain('Clínica Dental Sur');
    expect(JSON.parse(server!.seen[1]!.body).tests).toEqual([{ test_id: 'test_1' }]);
    expect(server!.seen.at(-1)).toMatchObject({ method: 'DELETE', path: '/v1/convai/agent-testing/test_1' });
  });

  it('a test whose condition failed still shows what was said', async () => {
    const agents = await elevenlabs(play('failed'));
    expect((await agents.agentTest(order(), CALL)).turns).toHaveLength(3);
  });

  it.each([
    ['cancelled', undefined],
    ['passed', []],
  ])('%s with responses %j is no result, and the test is deleted', async (status, responses) => {
    const agents = await elevenlabs(play(status, responses));
    await expect(agents.agentTest(order(), CALL)).rejects.toBeInstanceOf(ProviderUnreachable);
    expect(server!.seen.at(-1)!.method).toBe('DELETE');
  });
});

describe('a voiced dialogue', () => {
  it('is asked for in pieces and joined in order, each side with its voice', async () => {
    let n = 0;
    const agents = await elevenlabs(({ request, json, response }) => {
      if (request.path !== '/v1/text-to-dialogue') {
        return json(200, { name: 'A', conversation_config: { tts: { voice_id: 'voice_1' } } });
      }
      n++;
      return response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(`part${n};`);
    });
    const turn = (role: 'agent' | 'business') => ({ role, message: `${'palabra '.repeat(150)}fin.`, at_seconds: 0 });
    const audio = await agents.dialogue([turn('agent'), turn('business')], 'es-AR');
    expect(Buffer.from(audio.content).toString()).toBe('part1;part2;');
    expect(audio.content_type).toBe('audio/mpeg');
    const sent = server!.seen.filter(({ path }) => path === '/v1/text-to-dialogue');
    expect(sent[0]!.query.get('output_format')).toBe('mp3_44100_128');
    expect(JSON.parse(sent[0]!.body)).toMatchObject({ model_id: 'eleven_v3', language_code: 'es' });
  });

  it('no piece is too long, and no word is lost', () => {
    const long = Array.from({ length: 900 }, (_, i) => `word${i}`).join(' ');
    const chunks = chunksOf([
      { text: long, voiceId: 'a' },
      { text: 'short', voiceId: 'b' },
    ]);
    for (const chunk of chunks)
      expect(chunk.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(2_000);
    expect(
      chunks
        .flat()
        .map(({ text }) => text)
        .join(' '),
    ).toBe(`${long} short`);
  });
});

describe('erasing a conversation', () => {
  it('deletes it, with the key', async () => {
    const agents = await elevenlabs((reply) => reply.json(200, {}));
    await agents.eraseConversation('conv_1');
    expect(server!.seen).toMatchObject([{ method: 'DELETE', path: '/v1/convai/conversations/conv_1' }]);
    expect(server!.seen[0]!.headers['xi-api-key']).toBe('key');
  });

  it('takes one that is not there for erased', async () => {
    const agents = await elevenlabs((reply) => reply.json(404, { detail: { code: 'conversation_not_found' } }));
    await agents.eraseConversation('conv_1');
    expect(server!.seen).toHaveLength(1);
  });

  it.each([401, 403, 422, 429, 500, 503])(
    'is not done when it is answered %i, and is asked for once',
    async (status) => {
      const agents = await elevenlabs((reply) => reply.json(status, { detail: 'no' }));
      await expect(agents.eraseConversation('conv_1')).rejects.toBeInstanceOf(ProviderUnreachable);
      expect(server!.seen).toHaveLength(1);
    },
  );

  it('is not done when ElevenLabs is out of reach, or says nothing', async () => {
    const gone = at(await closedPort());
    await expect(gone.eraseConversation('conv_1')).rejects.toBeInstanceOf(ProviderUnreachable);
    const silent = await elevenlabs(() => undefined);
    await expect(silent.eraseConversation('conv_1')).rejects.toBeInstanceOf(ProviderUnreachable);
  });
});
