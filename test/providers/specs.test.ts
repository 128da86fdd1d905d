import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createElevenLabs } from '../../providers/elevenlabs/agents.ts';
import type { PhoneDial } from '../../providers/interface.ts';
import { createTwilioVoice } from '../../providers/twilio/voice.ts';
import { bookingInput } from '../support/orders.ts';
import { loadSpec, pointer, withSpecs } from '../support/specs.ts';

/** What the 2025 document does not know yet; the official SDK sends it. */
const NEWER_THAN_THE_DOCUMENT = ['telephony_call_config', 'call_recording_enabled'];

const dial: PhoneDial = {
  order: {
    ...bookingInput().order,
    language: 'es',
    agent: { prompt: 'Sos Vocero.', first_message: 'Buenas tardes.' },
  },
  call_id: 'bk_test0001.1',
  ring_seconds: 45,
  max_call_seconds: 600,
};

withSpecs('what we send, against the official specifications', () => {
  let server: Server;
  let base: string;
  const sent: { path: string; body: string }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        sent.push({ path: request.url ?? '', body });
        // The answer does not matter here: a refusal ends the dial at once.
        response.writeHead(403, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const bodyOf = (path: string): string => sent.findLast((one) => one.path.startsWith(path))!.body;

  it('the form that places a call at Twilio', async () => {
    const twilio = createTwilioVoice({
      accountSid: `AC${'0'.repeat(32)}`,
      authToken: 'token',
      from: '+15005550006',
      publicUrl: 'https://calls.example.com',
      apiBaseUrl: base,
    });
    await twilio.dial(dial);
    const form = new URLSearchParams(bodyOf('/2010-04-01'));
    const route = '/2010-04-01/Accounts/{AccountSid}/Calls.json';
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, coerceTypes: true });
    const spec = loadSpec<{ paths: Record<string, Record<string, unknown>> }>('twilio-api-v2010-calls.openapi.json');
    ajv.addSchema(spec, 'twilio');
    const schemaPath = [
      'paths',
      route,
      'post',
      'requestBody',
      'content',
      'application/x-www-form-urlencoded',
      'schema',
    ];
    const schema = schemaPath.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], spec) as {
      properties: Record<string, { type?: string }>;
    };
    const values = Object.fromEntries(
      [...new Set(form.keys())].map((name) => [
        name,
        schema.properties[name]?.type === 'array' ? form.getAll(name) : form.get(name),
      ]),
    );
    expect(Object.keys(values).filter((name) => !(name in schema.properties))).toEqual([]);
    const validate = ajv.compile({ $ref: `twilio${pointer(...schemaPath)}` });
    validate(values);
    expect(validate.errors ?? []).toEqual([]);
    expect(values.StatusCallbackEvent).toEqual(['initiated', 'ringing', 'answered', 'completed']);
  });

  it('the body that places a native call at ElevenLabs', async () => {
    const elevenlabs = createElevenLabs({
      apiKey: 'key',
      agentId: 'agent_1',
      phoneNumberId: 'phnum_1',
      apiBaseUrl: base,
    });
    await elevenlabs.dial(dial);
    const route = '/v1/convai/twilio/outbound-call';
    const body = JSON.parse(bodyOf(route)) as Record<string, unknown>;
    const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    ajv.addSchema(loadSpec<object>('elevenlabs-api-2025-08.openapi.json'), 'eleven');
    const schema = pointer('paths', route, 'post', 'requestBody', 'content', 'application/json', 'schema');
    const validate = ajv.compile({ $ref: `eleven${schema}` });
    validate(body);
    expect(validate.errors ?? []).toEqual([]);
    const known = ['agent_id', 'agent_phone_number_id', 'to_number', 'conversation_initiation_client_data'];
    expect(Object.keys(body).filter((name) => ![...known, ...NEWER_THAN_THE_DOCUMENT].includes(name))).toEqual([]);
  });
});
