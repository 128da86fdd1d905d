import { afterEach, describe, expect, it } from '@jest/globals';
import { createElevenLabs } from '../../providers/elevenlabs/agents.ts';
import type { ElevenLabsAgents } from '../../providers/interface.ts';
import { CALL, CALL_SID, dialOf, order } from './samples.ts';
import { type WebServer, webServer } from './web-server.ts';

const DIAL = '/v1/convai/twilio/outbound-call';
let server: WebServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

const agentBody = (language: string, others: string[], permitted: boolean) => ({
  name: 'Vocero',
  conversation_config: {
    agent: { language },
    language_presets: Object.fromEntries(others.map((each) => [each, { overrides: {} }])),
  },
  platform_settings: { overrides: { conversation_config_override: { agent: { language: permitted } } } },
});

interface Speaking {
  language?: string;
  others?: string[];
  permitted?: boolean;
  /** The receptionist's own languages; undefined: the caller's agent plays it. */
  receptionist?: string;
}

async function agents({ language = 'es', others = ['en'], permitted = true, receptionist }: Speaking) {
  server = await webServer((reply) => {
    if (reply.request.path === DIAL)
      reply.json(200, { success: true, message: 'ok', conversation_id: 'conv_1', callSid: CALL_SID });
    else if (reply.request.path.endsWith('agent_2')) reply.json(200, agentBody(receptionist!, [], true));
    else reply.json(200, agentBody(language, others, permitted));
  });
  return createElevenLabs({
    apiKey: 'key',
    agentId: 'agent_1',
    phoneNumberId: 'phnum_1',
    ...(receptionist && { receptionistAgentId: 'agent_2' }),
    apiBaseUrl: server.url,
  });
}

const languageIn = (init: Record<string, unknown>): unknown =>
  (init.conversation_config_override as { agent?: { language?: unknown } } | undefined)?.agent?.language;

/** What each way to a talk sends for an order in this language. */
async function sent(elevenlabs: ElevenLabsAgents, language: string): Promise<unknown[]> {
  await elevenlabs.dial(dialOf({ language }));
  const dial = server!.seen.find(({ path }) => path === DIAL)!;
  return [
    languageIn(JSON.parse(dial.body).conversation_initiation_client_data),
    languageIn(elevenlabs.conversationInit(order({ language }), CALL)),
    languageIn(await elevenlabs.receptionistInit(order({ language }))),
  ];
}

const ES_EN = { language: 'es', others: ['en'] };

describe('the language of a talk is overridden', () => {
  it.each<[wanted: string, agent: Speaking, override: string | undefined]>([
    ['en', ES_EN, 'en'],
    ['en-GB', ES_EN, 'en'],
    ['es-AR', ES_EN, 'es'],
    ['fr', ES_EN, undefined],
    ['en', { language: 'es', others: [] }, undefined],
    ['es', { language: 'es', others: [] }, 'es'],
    ['pt-br', { language: 'es', others: ['pt-br'] }, 'pt-br'],
    ['pt-br', { language: 'es', others: ['pt'] }, 'pt'],
    ['pt', { language: 'pt-br', others: [] }, 'pt-br'],
    ['en', { ...ES_EN, permitted: false }, undefined],
    ['es', { ...ES_EN, permitted: false }, undefined],
  ])('%s at an agent %j: %s', async (wanted, agent, override) => {
    expect(await sent(await agents(agent), wanted)).toEqual([override, override, override]);
  });

  it('by what the receptionist speaks, where it is an agent of its own', async () => {
    expect(await sent(await agents({ ...ES_EN, receptionist: 'es' }), 'en')).toEqual(['en', 'en', undefined]);
    await server!.close();
    expect(await sent(await agents({ language: 'es', others: [], receptionist: 'en' }), 'en')).toEqual([
      undefined,
      undefined,
      'en',
    ]);
  });

  it('as it was asked for, while the agent cannot be read', async () => {
    server = await webServer((reply) => reply.json(500, {}));
    const elevenlabs = createElevenLabs({ apiKey: 'key', agentId: 'agent_1', apiBaseUrl: server.url });
    expect(languageIn(elevenlabs.conversationInit(order({ language: 'fr' }), CALL))).toBe('fr');
    expect(languageIn(await elevenlabs.receptionistInit(order({ language: 'fr' })))).toBe('fr');
    expect(elevenlabs.languageInstead('fr')).toBeUndefined();
  });
});

describe('what is told of a language', () => {
  it.each<[wanted: string | undefined, agent: Speaking, told: object | undefined]>([
    ['en', ES_EN, undefined],
    ['es-MX', ES_EN, undefined],
    [undefined, ES_EN, undefined],
    ['fr', ES_EN, { language: 'es', because: 'the agent does not speak it, only "es", "en"' }],
    ['spa', ES_EN, { language: 'es', because: 'the agent does not speak it, only "es", "en"' }],
    ['es', { ...ES_EN, permitted: false }, undefined],
    [
      'en',
      { ...ES_EN, permitted: false },
      { language: 'es', because: 'the agent speaks "en", but its settings do not permit the override of its language' },
    ],
  ])('%s at an agent %j: %j', async (wanted, agent, told) => {
    const elevenlabs = await agents(agent);
    await elevenlabs.agentCheck('agent_1');
    expect(elevenlabs.languageInstead(wanted)).toEqual(told);
  });

  it('nothing of an agent that names no language', async () => {
    server = await webServer((reply) => reply.json(200, { name: 'Vocero', platform_settings: {} }));
    const elevenlabs = createElevenLabs({ apiKey: 'key', agentId: 'agent_1', apiBaseUrl: server.url });
    await elevenlabs.agentCheck('agent_1');
    expect(elevenlabs.languageInstead('fr')).toBeUndefined();
    expect(languageIn(elevenlabs.conversationInit(order({ language: 'fr' }), CALL))).toBe('fr');
  });
});

it('weekdays are told in the language in which the talk will be held', async () => {
  const weekdayOf = (init: Record<string, unknown>) => (init.dynamic_variables as Record<string, string>).order_weekday;
  const told = async (language: string | undefined, agent: Speaking) => {
    const elevenlabs = await agents(agent);
    await elevenlabs.agentCheck('agent_1');
    const init = elevenlabs.conversationInit(order({ language }), CALL);
    await server!.close();
    return weekdayOf(init);
  };
  expect(await told('es', ES_EN)).toBe('lunes');
  expect(await told('en', ES_EN)).toBe('Monday');
  expect(await told('fr', ES_EN)).toBe('lunes');
  expect(await told(undefined, { language: 'en', others: [] })).toBe('Monday');
  expect(await told(undefined, ES_EN)).toBe('lunes');
});
