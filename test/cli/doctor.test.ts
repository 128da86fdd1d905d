import { join } from 'node:path';
import { beforeAll, expect, it, jest } from '@jest/globals';
import { Connection } from '@temporalio/client';
import type { Finding } from '../../cli/doctor/check.ts';
import { CHECKS, examine, type Found } from '../../cli/doctor/run.ts';
import { openRecords } from '../../records/open.ts';
import { runSystem } from '../e2e/support/system.ts';
import { orderOf } from '../records/samples.ts';
import { until } from '../support/until.ts';
import { type Prepare, spoiling } from './support/spoiling.ts';
import { vocero } from './support/vocero.ts';

jest.setTimeout(90_000);

const system = runSystem();
const { agentWith, spoilName, standing, webhook, inbound, number, report, lockFile, yesSayer, clockOff } =
  spoiling(system);

/** The settings that the product runs with, as the doctor is given them. */
const env = (more: Record<string, string> = {}): Record<string, string> => ({
  ...system.env,
  PUBLIC_URL: system.url,
  ...more,
});

/** What the doctor finds with other settings. */
const found = (more?: Record<string, string>): Promise<Found[]> => examine(env(more), system.folder);

const one = async (name: string, more?: Record<string, string>): Promise<Found> => {
  const all = await found(more);
  const check = all.find((each) => each.name === name);
  if (!check) throw new Error(`no check ${name} among ${all.map((each) => each.name).join(', ')}`);
  return check;
};

beforeAll(async () => {
  await until(async () => (await fetch(`${system.url}/readyz`)).status === 200);
});

it('vocero provision && vocero doctor is all green', async () => {
  const set = env();
  const provisioned = await vocero(['provision', '--json'], system.folder, set);
  expect(provisioned.json()).toMatchObject({ failed: null });
  const { code, json } = await vocero(['doctor', '--json'], system.folder, set);
  const { ok, checks } = json() as { ok: boolean; checks: Found[] };
  expect(checks.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(checks.map(({ name }) => name)).toEqual(['settings', ...CHECKS.map(({ name }) => name)]);
  expect({ ok, code }).toEqual({ ok: true, code: 0 });
  const again = await vocero(['provision', '--json'], system.folder, set);
  expect(again.json()).toMatchObject({ failed: null, changed: 0 });
});

/** A namespace of the engine where nobody has set anything up. */
async function bareNamespace(): Promise<string> {
  const connection = await Connection.connect({ address: system.temporalAddress });
  const namespace = 'nothing-set-up';
  const seconds = 86_400 as unknown as never;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds },
  });
  await until(async () =>
    connection.operatorService.listSearchAttributes({ namespace }).then(
      () => true,
      () => false,
    ),
  );
  await connection.close();
  return namespace;
}

/** A database with one booking that waits for the sandbox. */
async function withBookingOfTheSandbox(): Promise<string> {
  const databaseUrl = `file:${join(system.folder, 'others.db')}`;
  const records = await openRecords({ databaseUrl });
  await records.migrate();
  await records.acceptBooking({ order: orderOf(), owner: 'o', simulated: true });
  await records.close();
  return databaseUrl;
}

/** A database whose dials are held. */
async function withHeldDials(): Promise<string> {
  const databaseUrl = `file:${join(system.folder, 'held.db')}`;
  const records = await openRecords({ databaseUrl });
  await records.migrate();
  await records.holdDialing({ why: 'it is a copy', held_at: '2026-11-30T12:00:00.000Z' });
  await records.close();
  return databaseUrl;
}

const NOWHERE = 'http://127.0.0.1:9';

/** Each check, and what turns it red: other settings, or something that is spoiled first. */
const RED: Record<string, [Prepare, RegExp]> = {
  settings: [() => ({ TWILIO_AUTH_TOKEN: '' }), /TWILIO_AUTH_TOKEN: is missing/],
  Temporal: [() => ({ TEMPORAL_ADDRESS: '127.0.0.1:9' }), /connect|refused|deadline/i],
  'search attributes': [
    async () => ({ TEMPORAL_ADDRESS: system.temporalAddress, TEMPORAL_NAMESPACE: await bareNamespace() }),
    /missing: BookingStatus, BookingChannel, BookingResult/,
  ],
  worker: [
    () => ({ TEMPORAL_TASK_QUEUE: 'nobody-here' }),
    /no worker .* polls the task queue nobody-here: bookings wait/,
  ],
  'worker for calls': [
    () => ({ TEMPORAL_TASK_QUEUE: 'nobody-here' }),
    /no worker .* polls the task queue nobody-here-calls: no call is watched or hung up/,
  ],
  'worker for dials at Twilio': [
    () => ({ TEMPORAL_TASK_QUEUE: 'nobody-here' }),
    /no worker .* polls the task queue nobody-here-twilio: no dial leaves there/,
  ],
  'worker for dials at ElevenLabs': [
    () => ({ TEMPORAL_TASK_QUEUE: 'nobody-here' }),
    /no worker .* polls the task queue nobody-here-elevenlabs: no dial leaves there/,
  ],
  database: [() => ({ DATABASE_URL: `file:${join(system.folder, 'none.db')}` }), /none\.db does not exist yet/],
  'open bookings': [() => ({ DATABASE_URL: 'postgres://vocero:x@127.0.0.1:9/vocero' }), /refused/i],
  dialing: [
    async () => ({ DATABASE_URL: await withHeldDials() }),
    /held since 2026-11-30T12:00:00\.000Z: it is a copy/,
  ],
  clock: [async () => ({ TWILIO_API_BASE_URL: await clockOff(3600) }), /clock is 3600 s behind the clock of Twilio: /],
  'public URL': [() => ({ PUBLIC_URL: NOWHERE }), /bad port|refused|connect/i],
  'ElevenLabs’ signature': [() => ({ ELEVENLABS_WEBHOOK_SECRET: 'another' }), /ELEVENLABS_WEBHOOK_SECRET is refused/],
  'Twilio’s signature': [() => ({ TWILIO_AUTH_TOKEN: 'another' }), /TWILIO_AUTH_TOKEN is refused/],
  'the tool’s secret': [() => ({ ELEVENLABS_TOOL_SECRET: 'another' }), /ELEVENLABS_TOOL_SECRET is refused/],
  'media stream': [async () => ({ BRIDGE_PUBLIC_URL: await yesSayer() }), /the upgrade to a WebSocket gets 200/],
  'Twilio account': [() => ({ TWILIO_AUTH_TOKEN: 'another' }), /Authenticate/],
  'Twilio number': [standing({ voice: false }), /cannot make voice calls/],
  'ElevenLabs key': [() => ({ ELEVENLABS_API_KEY: 'sk_wrong' }), /Invalid API key/],
  agent: [() => ({ ELEVENLABS_AGENT_ID: 'agent_of_elsewhere' }), /names no agent of this account/],
  overrides: [
    agentWith('platform_settings', 'overrides.conversation_config_override.agent.language', false),
    /not permitted: agent\.language/,
  ],
  languages: [
    agentWith('platform_settings', 'overrides.conversation_config_override.agent.language', false),
    /^es, en, but no booking can choose/,
  ],
  'audio formats': [
    agentWith('conversation_config', 'asr.user_input_audio_format', 'opus_48000'),
    /the bridge cannot convert opus_48000/,
  ],
  disclosure: [
    agentWith('conversation_config', 'agent.first_message', 'Hola, ¿tienen turno?'),
    /the first message does not say that an AI calls/,
  ],
  voicemail: [
    agentWith('conversation_config', 'agent.prompt.built_in_tools.voicemail_detection', null),
    /does not recognise an answering machine/,
  ],
  'end of a call': [agentWith('conversation_config', 'turn.silence_end_call_timeout', -1), /lacks a silence time-out/],
  hold: [
    agentWith('conversation_config', 'turn.silence_end_call_timeout', 30),
    /a quiet hold is hung up on after 30 s, before HOLD_SECONDS \(180\)/,
  ],
  keys: [
    agentWith('conversation_config', 'agent.prompt.built_in_tools.play_keypad_touch_tone', null),
    /lacks play_keypad_touch_tone: a menu is a dead end/,
  ],
  'machine detection': [
    agentWith('platform_settings', 'workspace_overrides.webhooks.events', ['transcript']),
    /the verdict on native calls is sent nowhere/,
  ],
  queue: [agentWith('platform_settings', 'queueing_config.enabled', true), /queue is on/],
  'call limits': [agentWith('platform_settings', 'call_limits.daily_limit', 0), /none of the agent’s calls/],
  interruptions: [
    agentWith('conversation_config', 'conversation.client_events', ['audio']),
    /does not learn when somebody interrupts/,
  ],
  report_result: [agentWith('conversation_config', 'agent.prompt.tool_ids', []), /no tool report_result/],
  analysis: [() => ({ ELEVENLABS_API_KEY: 'sk_wrong' }), /Invalid API key/],
  receptionist: [() => ({ ELEVENLABS_RECEPTIONIST_AGENT_ID: 'agent_of_elsewhere' }), /names no agent of this account/],
  'post-call webhook': [webhook({ autoDisabled: true }), /switched off/],
  'phone number': [() => ({ ELEVENLABS_PHONE_NUMBER_ID: 'phnum_other' }), /not a number of this workspace/],
  'ring-backs': [
    agentWith('platform_settings', 'overrides.enable_conversation_initiation_client_data_from_webhook', false),
    /does not take our answer about a caller/,
  ],
  'set-up': [lockFile((text) => text.slice(1)), /lock\.json is damaged/],
};

/** What else a check can find. */
const MORE: [name: string, what: string, Finding['state'], Prepare, RegExp][] = [
  [
    'ring-backs',
    'ElevenLabs asks another system',
    'fail',
    inbound({ url: 'https://elsewhere.example/inbound', request_headers: {} }),
    /does not ask us about callers/,
  ],
  [
    'ring-backs',
    'ElevenLabs asks without the secret',
    'fail',
    () => inbound({ url: `${system.url}/api/elevenlabs/inbound`, request_headers: {} })(),
    /without the secret/,
  ],
  [
    'ring-backs',
    'Twilio’s number leads elsewhere',
    'fail',
    () => ({ INBOUND_CALLS: 'twilio' }),
    /Twilio does not ask our page/,
  ],
  [
    'database',
    'PostgreSQL is away',
    'fail',
    () => ({ DATABASE_URL: 'postgres://vocero:x@127.0.0.1:9/vocero' }),
    /refused/i,
  ],
  [
    'open bookings',
    'some belong to other accounts',
    'warn',
    async () => ({ DATABASE_URL: await withBookingOfTheSandbox() }),
    /1 open booking belongs to the sandbox/,
  ],
  [
    'clock',
    'it is some seconds off',
    'warn',
    async () => ({ ELEVENLABS_API_BASE_URL: await clockOff(-10) }),
    /clock is (9|10|11) s ahead of the clock of ElevenLabs$/,
  ],
  ['public URL', 'a stranger is there', 'fail', async () => ({ PUBLIC_URL: await yesSayer('{}') }), /something else/],
  ['Twilio account', 'it is suspended', 'fail', standing({ status: 'suspended' }), /it is suspended/],
  ['Twilio account', 'it is on trial', 'warn', standing({ type: 'Trial' }), /verified numbers only/],
  [
    'Twilio number',
    'it is another account’s',
    'fail',
    standing({ number: 'foreign' }),
    /does not belong to this account/,
  ],
  ['Twilio number', 'it is verified only', 'warn', standing({ number: 'verified' }), /a verified caller id/],
  [
    'audio formats',
    'they are converted',
    'warn',
    agentWith('conversation_config', 'asr.user_input_audio_format', 'pcm_16000'),
    /pcm_16000 in, ulaw_8000 out/,
  ],
  [
    'languages',
    'one is not spoken',
    'warn',
    agentWith('conversation_config', 'language_presets', {}),
    /^es, without en; bookings in another language are held in es$/,
  ],
  [
    'disclosure',
    'the English one hides it',
    'fail',
    agentWith('conversation_config', 'language_presets.en.overrides.agent.first_message', 'Hello, any room?'),
    /the first message in en does not say/,
  ],
  [
    'disclosure',
    'it can be cut off',
    'warn',
    agentWith('conversation_config', 'agent.disable_first_message_interruptions', false),
    /a person who interrupts does not hear it/,
  ],
  [
    'voicemail',
    'a message is left',
    'fail',
    agentWith(
      'conversation_config',
      'agent.prompt.built_in_tools.voicemail_detection.params.voicemail_message',
      'Llamo de parte de Mauro.',
    ),
    /leaves a message/,
  ],
  [
    'end of a call',
    'the agent cannot hang up',
    'fail',
    agentWith('conversation_config', 'agent.prompt.built_in_tools.end_call', null),
    /lacks the tool end_call/,
  ],
  [
    'call limits',
    'bursts are let through',
    'warn',
    agentWith('platform_settings', 'call_limits.bursting_enabled', true),
    /twice the price/,
  ],
  [
    'analysis',
    'it is not asked for the day',
    'warn',
    agentWith('platform_settings', 'data_collection.appointment_date', null),
    /not asked for appointment_date \(string\)/,
  ],
  [
    'report_result',
    'it posts elsewhere',
    'fail',
    report((config) => {
      (config.api_schema as { url: string }).url = 'https://elsewhere.example/report_result';
    }),
    /it posts to https:\/\/elsewhere\.example/,
  ],
  [
    'report_result',
    'the agent makes the booking’s id up',
    'fail',
    report((config) => {
      const schema = (config.api_schema as { request_body_schema: { properties: Record<string, object> } })
        .request_body_schema;
      schema.properties.booking_id = { type: 'string', description: 'The booking' };
    }),
    /booking_id is not filled in/,
  ],
  [
    'receptionist',
    'it permits no prompt',
    'fail',
    agentWith('platform_settings', 'overrides.conversation_config_override.agent.prompt.prompt', false, 'receptionist'),
    /not permitted: agent\.prompt\.prompt/,
  ],
  [
    'post-call webhook',
    'it leads elsewhere',
    'fail',
    webhook({ url: 'https://elsewhere.example/post-call' }),
    /no webhook of the workspace leads to/,
  ],
  [
    'post-call webhook',
    'the agent’s calls are not told',
    'fail',
    agentWith('platform_settings', 'workspace_overrides.webhooks.post_call_webhook_id', 'webhook_other'),
    /not sent to it/,
  ],
  [
    'post-call webhook',
    'it was not set from here',
    'warn',
    lockFile((text) => text.replace('"retries": true', '"retries": false')),
    /does not show whether retries are on/,
  ],
  ['phone number', 'nobody answers it', 'warn', number(() => ({ agentId: undefined })), /reaches nobody/],
  [
    'phone number',
    'another agent answers it',
    'warn',
    number((of) => ({ agentId: of.receptionistAgentId })),
    /reaches another agent/,
  ],
  [
    'hold',
    'the agent would talk to music',
    'fail',
    agentWith('conversation_config', 'agent.prompt.built_in_tools.skip_turn', null),
    /has no tool skip_turn/,
  ],
  [
    'hold',
    'the agent gives up at another time',
    'warn',
    agentWith('conversation_config', 'agent.prompt.built_in_tools.skip_turn.params.wait_timeout_secs', 20),
    /waits 20 s, and HOLD_SECONDS is 180/,
  ],
  [
    'keys',
    'the bridge’s tool is missing',
    'fail',
    agentWith('conversation_config', 'agent.prompt.tool_ids', []),
    /lacks press_keys/,
  ],
  [
    'set-up',
    'somebody changed a text',
    'warn',
    agentWith('conversation_config', 'agent.prompt.temperature', 1),
    /Vocero: conversation_config\.agent\.prompt\.temperature/,
  ],
];

it('every check has its own red below', () => {
  expect(Object.keys(RED).sort()).toEqual(['settings', ...CHECKS.map(({ name }) => name)].sort());
});

async function turnsRed(name: string): Promise<void> {
  const [prepare, words] = RED[name]!;
  const check = await one(name, await prepare());
  expect(check.state).toBe('fail');
  expect(check.says).toMatch(words);
  expect((check as { fix: string }).fix).toMatch(/\w+ \w+/);
}

it.each(Object.keys(RED).filter((name) => name !== 'Temporal'))('%s turns red, and says what to fix', turnsRed);

it.each(MORE)('%s: %s: %s', async (name, _, state, prepare, words) => {
  const check = await one(name, await prepare());
  expect(check.state).toBe(state);
  expect(check.says).toMatch(words);
  expect((check as { fix: string }).fix).toMatch(/\w+ \w+/);
});

it('a stranger at the public URL that accepts everything is not taken for Vocero', async () => {
  const all = await found({ PUBLIC_URL: await yesSayer() });
  const red = all.filter(({ state }) => state === 'fail').map(({ name }) => name);
  expect(red).toEqual(expect.arrayContaining(['ElevenLabs’ signature', 'Twilio’s signature', 'the tool’s secret']));
});

it('with nothing running, says so and ends with 1', async () => {
  const { code, out } = await vocero(['doctor'], system.folder, { DATA_DIR: join(system.folder, 'empty') });
  expect(code).toBe(1);
  expect(out).toContain('no sandbox runs on this data folder');
  expect(out).toContain('npm start');
});

it('lets no name that somebody gave an agent steer the terminal', async () => {
  spoilName('Vocero\u001b[2J\u001b[31m');
  const { out } = await vocero(['doctor'], system.folder, env());
  expect(out).toContain('Vocero');
  expect(out).not.toContain('\u001b');
});

it('prints no secret', async () => {
  const all = JSON.stringify([...(await found()), ...(await found({ TWILIO_AUTH_TOKEN: 'another' }))]);
  const { twilioToken, apiKey, webhookSecret, toolSecret } = system.sandbox.account;
  for (const secret of [twilioToken, apiKey, webhookSecret, toolSecret, 'another"']) expect(all).not.toContain(secret);
});

// It waits until a connection is given up, and nothing has to be spoiled: meanwhile the others run.
it.concurrent('Temporal turns red, and says what to fix', () => turnsRed('Temporal'));
