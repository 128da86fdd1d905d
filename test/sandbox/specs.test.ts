import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import WebSocket from 'ws';
import { filledIn, readConfigFiles } from '../../provision/config-files.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { loadSpec, pointer, withSpecs } from '../support/specs.ts';
import { Product, TWIML, variables } from './product.ts';

type Spec = {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  components: Record<string, unknown>;
};
withSpecs('against the official specifications', () => {
  let product: Product;
  let sandbox: Sandbox;
  beforeAll(async () => {
    product = await Product.start();
    sandbox = await startSandbox({ publicUrl: product.url, pace: 6, ringMs: 100 });
  });
  afterAll(async () => {
    await sandbox.close();
    await product.stop();
  });

  const checked = (validate: ValidateFunction, value: unknown): void => {
    validate(value);
    expect(validate.errors ?? []).toEqual([]);
  };

  const get = async (url: string, init?: RequestInit): Promise<unknown> => {
    const response = await fetch(sandbox.url + url, init);
    expect(response.status).toBeLessThan(300);
    return response.json();
  };

  it('ElevenLabs’ REST answers have the shapes of its OpenAPI document', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    ajv.addSchema(loadSpec<Spec>('elevenlabs-api-2025-08.openapi.json'), 'eleven');
    const answers = (method: string, route: string): ValidateFunction =>
      ajv.compile({
        $ref: `eleven${pointer('paths', route, method, 'responses', '200', 'content', 'application/json', 'schema')}`,
      });
    const headers = { 'xi-api-key': sandbox.account.apiKey, 'content-type': 'application/json' };
    const base = '/v1/convai';
    const { agentId, phoneNumberId } = sandbox.account;

    const over = once(sandbox.events, 'ended');
    const dial = {
      agent_id: agentId,
      agent_phone_number_id: phoneNumberId,
      to_number: '+541143211234',
      conversation_initiation_client_data: { user_id: 'bk_s', dynamic_variables: variables('bk_s.1') },
    };
    const dialed = await get(`${base}/twilio/outbound-call`, { method: 'POST', headers, body: JSON.stringify(dial) });
    checked(answers('post', `${base}/twilio/outbound-call`), dialed);
    const { conversation_id: id } = dialed as { conversation_id: string };
    checked(
      answers('get', `${base}/conversations/{conversation_id}`),
      await get(`${base}/conversations/${id}`, { headers }),
    );
    await over;
    checked(
      answers('get', `${base}/conversations/{conversation_id}`),
      await get(`${base}/conversations/${id}`, { headers }),
    );
    checked(answers('get', `${base}/conversations`), await get(`${base}/conversations`, { headers }));
    const remove = { method: 'DELETE', headers };
    checked(
      answers('delete', `${base}/conversations/{conversation_id}`),
      await get(`${base}/conversations/${id}`, remove),
    );
    expect((await fetch(`${sandbox.url}${base}/conversations/${id}`, { headers })).status).toBe(404);
    expect((await fetch(`${sandbox.url}${base}/conversations/${id}`, remove)).status).toBe(404);
    checked(answers('get', `${base}/agents/{agent_id}`), await get(`${base}/agents/${agentId}`, { headers }));
    checked(
      answers('get', `${base}/conversation/get-signed-url`),
      await get(`${base}/conversation/get-signed-url?agent_id=${agentId}`, { headers }),
    );
    const test = { type: 'simulation', name: 'x', simulation_scenario: 'y', dynamic_variables: variables('bk_s.1') };
    const created = (await get(`${base}/agent-testing/create`, {
      method: 'POST',
      headers,
      body: JSON.stringify(test),
    })) as { id: string };
    checked(answers('post', `${base}/agent-testing/create`), created);
    const run = await get(`${base}/agents/${agentId}/run-tests`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ tests: [{ test_id: created.id }] }),
    });
    checked(answers('post', `${base}/agents/{agent_id}/run-tests`), run);
    const refused = await fetch(`${sandbox.url}${base}/twilio/outbound-call`, { method: 'POST', headers, body: '{}' });
    const validation = ajv.compile({ $ref: `eleven${pointer('components', 'schemas', 'HTTPValidationError')}` });
    checked(validation, await refused.json());
  });

  it('the set-up of an ElevenLabs account is asked for and answered as its OpenAPI document says', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    ajv.addSchema(loadSpec<Spec>('elevenlabs-api-2025-08.openapi.json'), 'eleven');
    const schemaOf = (...parts: string[]): ValidateFunction =>
      ajv.compile({ $ref: `eleven${pointer('paths', ...parts, 'content', 'application/json', 'schema')}` });
    const answers = (method: string, route: string) => schemaOf(route, method, 'responses', '200');
    const asks = (method: string, route: string) => schemaOf(route, method, 'requestBody');
    const headers = { 'xi-api-key': sandbox.account.apiKey, 'content-type': 'application/json' };
    const said = async (method: string, route: string, body?: unknown, id = ''): Promise<Record<string, unknown>> => {
      if (body) checked(asks(method.toLowerCase(), route), body);
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const answer = await get(route.replace(/\{\w+\}/, id), init);
      checked(answers(method.toLowerCase(), route), answer);
      return answer as Record<string, unknown>;
    };
    const base = '/v1/convai';

    const secret = await said('POST', `${base}/secrets`, { type: 'new', name: 'x', value: 'y' });
    await said(
      'PATCH',
      `${base}/secrets/{secret_id}`,
      { type: 'update', name: 'x', value: 'z' },
      String(secret.secret_id),
    );
    await said('GET', `${base}/secrets`);
    await said('GET', '/v1/workspace/webhooks');
    await said('GET', `${base}/settings`);
    const { agents, tools } = readConfigFiles();
    const made: Record<string, string> = {};
    for (const { name, settings } of tools) {
      const tool_config = filledIn(settings, (kind) => (kind === 'SECRET' ? String(secret.secret_id) : product.url));
      const tool = await said('POST', `${base}/tools`, { tool_config });
      made[name] = String(tool.id);
      await said('GET', `${base}/tools/{tool_id}`, undefined, made[name]);
      await said('PATCH', `${base}/tools/{tool_id}`, { tool_config }, made[name]);
    }
    await said('GET', `${base}/tools`);
    for (const { settings } of agents) {
      const body = filledIn(settings, (kind, name) =>
        kind === 'TOOL' ? made[name!] : kind === 'SECONDS' ? 210 : 'webhook_sandbox',
      );
      const { agent_id: id } = await said('POST', `${base}/agents/create`, body);
      await said('GET', `${base}/agents/{agent_id}`, undefined, String(id));
      await said('PATCH', `${base}/agents/{agent_id}`, body, String(id));
    }
    const page = (await said('GET', `${base}/agents`)) as { agents: { agent_id: string }[] };
    const [number] = (await said('GET', `${base}/phone-numbers`)) as unknown as { phone_number_id: string }[];
    const link = { agent_id: page.agents[0]!.agent_id };
    await said('PATCH', `${base}/phone-numbers/{phone_number_id}`, link, number!.phone_number_id);
    await said('GET', `${base}/phone-numbers/{phone_number_id}`, undefined, number!.phone_number_id);
  });

  it('Twilio’s REST answers have the shapes of its OpenAPI document', async () => {
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    ajv.addSchema(loadSpec<Spec>('twilio-api-v2010-calls.openapi.json'), 'twilio');
    const base = '/2010-04-01/Accounts/{AccountSid}';
    const answers = (method: string, route: string, status: string): ValidateFunction =>
      ajv.compile({
        $ref: `twilio${pointer('paths', base + route, method, 'responses', status, 'content', 'application/json', 'schema')}`,
      });
    const { twilioSid, twilioToken, twilioNumber } = sandbox.account;
    const headers = { authorization: `Basic ${Buffer.from(`${twilioSid}:${twilioToken}`).toString('base64')}` };
    const own = `/2010-04-01/Accounts/${twilioSid}`;
    product.answer = ({ path: asked }) =>
      asked === TWIML ? { body: '<Response><Hangup/></Response>', type: 'text/xml' } : {};
    const over = once(sandbox.events, 'ended');
    const form = new URLSearchParams({
      To: '+541143211235',
      From: twilioNumber,
      Url: `${product.url}${TWIML}`,
      Record: 'true',
    });
    const call = await get(`${own}/Calls.json`, { method: 'POST', headers, body: form });
    checked(answers('post', '/Calls.json', '201'), call);
    await over;
    const { sid } = call as { sid: string };
    checked(answers('get', '/Calls/{Sid}.json', '200'), await get(`${own}/Calls/${sid}.json`, { headers }));
    checked(answers('get', '/Calls.json', '200'), await get(`${own}/Calls.json`, { headers }));
    const recordings = await get(`${own}/Calls/${sid}/Recordings.json`, { headers });
    checked(
      answers('get', '/IncomingPhoneNumbers.json', '200'),
      await get(`${own}/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(twilioNumber)}`, { headers }),
    );
    expect((recordings as { recordings: unknown[] }).recordings).toHaveLength(1);
    checked(answers('get', '/Calls/{CallSid}/Recordings.json', '200'), recordings);
    const spec = loadSpec<Spec>('twilio-api-v2010-calls.openapi.json');
    const recording = (recordings as { recordings: { sid: string }[] }).recordings[0]!.sid;
    for (const [route, path] of [
      ['/Calls/{CallSid}/Recordings/{Sid}.json', `/Calls/${sid}/Recordings/${recording}.json`],
      ['/Calls/{Sid}.json', `/Calls/${sid}.json`],
    ]) {
      const answer = await fetch(`${sandbox.url}${own}${path}`, { method: 'DELETE', headers });
      expect(Object.keys(spec.paths[base + route!]!.delete!.responses)).toEqual([String(answer.status)]);
      expect(await answer.text()).toBe('');
    }
  });

  it('every message of the agent’s socket is one of its AsyncAPI document', async () => {
    const document = loadSpec<{
      components: { schemas: Record<string, { properties?: { type?: { const?: string; enum?: string[] } } }> };
    }>('elevenlabs-agents-websocket.asyncapi.yaml');
    const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    ajv.addSchema(document, 'socket');
    const kinds = new Map<string, ValidateFunction>();
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      const { const: constant, enum: values } = schema.properties?.type ?? {};
      for (const kind of constant ? [constant] : (values ?? []))
        if (name.endsWith('Payload'))
          kinds.set(kind, ajv.compile({ $ref: `socket${pointer('components', 'schemas', name)}` }));
    }
    const { agentId, receptionistAgentId, apiKey } = sandbox.account;
    const seen = new Set<string>();
    const open = async (
      agent: string,
      init: Record<string, string>,
      other: () => WebSocket | undefined,
    ): Promise<WebSocket> => {
      const { signed_url: url } = (await get(`/v1/convai/conversation/get-signed-url?agent_id=${agent}`, {
        headers: { 'xi-api-key': apiKey },
      })) as { signed_url: string };
      const socket = new WebSocket(url);
      await once(socket, 'open');
      socket.on('message', (data) => {
        const message = JSON.parse(String(data));
        seen.add(message.type);
        const validate = kinds.get(message.type);
        if (!validate) throw new Error(`the specification has no ${message.type}`);
        checked(validate, message);
        if (message.type === 'audio')
          other()?.send(JSON.stringify({ user_audio_chunk: message.audio_event.audio_base_64 }));
        if (message.type === 'client_tool_call')
          socket.send(
            JSON.stringify({
              type: 'client_tool_result',
              tool_call_id: message.client_tool_call.tool_call_id,
              result: 'ok',
              is_error: false,
            }),
          );
      });
      socket.send(JSON.stringify({ type: 'conversation_initiation_client_data', dynamic_variables: init }));
      return socket;
    };
    let receptionist: WebSocket | undefined;
    const caller = await open(agentId, variables('bk_ws.1'), () => receptionist);
    receptionist = await open(receptionistAgentId, {}, () => caller);
    await once(caller, 'close');
    receptionist.close();
    expect([...seen].sort()).toEqual(
      expect.arrayContaining([
        'agent_response',
        'audio',
        'client_tool_call',
        'conversation_initiation_metadata',
        'ping',
        'user_transcript',
      ]),
    );
  });
});
