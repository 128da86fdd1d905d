import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { Connection } from '@temporalio/client';
import { CHECKS, examine, type Found } from '../../cli/doctor/run.ts';
import { runSystem } from '../e2e/support/system.ts';
import { until } from '../support/until.ts';
import { vocero } from './support/vocero.ts';

jest.setTimeout(90_000);

const system = runSystem();

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

/** What is spoiled is put back after each test. */
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const back of undo.splice(0)) await back();
});

/** Sets something deep inside an agent, as somebody does in the dashboard. */
function spoilAgent(part: 'conversation_config' | 'platform_settings', path: string, value: unknown): void {
  const agent = system.sandbox.workspace.agents.get(system.sandbox.account.agentId)!;
  const before = structuredClone(agent[part]);
  undo.push(() => {
    agent[part] = before;
  });
  const changed = structuredClone(before);
  const parts = path.split('.');
  const last = parts.pop()!;
  let at = changed;
  for (const name of parts) at = at[name] as Record<string, unknown>;
  at[last] = value;
  agent[part] = changed;
}

function spoil<T extends object>(what: T, change: Partial<T>): void {
  const before = { ...what };
  undo.push(() => Object.assign(what, before));
  Object.assign(what, change);
}

/** A server that says yes to everything: a proxy's landing page, another program. */
async function yesSayer(): Promise<string> {
  const server = createServer((_, response) => response.end('{"status":"ok"}'));
  server.listen(0, '127.0.0.1');
  await until(() => server.listening);
  undo.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

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

const NOWHERE = 'http://127.0.0.1:9';

/** Each check, and what turns it red: other settings, or something that is spoiled first. */
const RED: Record<string, [() => Record<string, string> | Promise<Record<string, string>>, RegExp]> = {
  settings: [() => ({ TWILIO_AUTH_TOKEN: '' }), /TWILIO_AUTH_TOKEN: is missing/],
  Temporal: [() => ({ TEMPORAL_ADDRESS: '127.0.0.1:9' }), /connect|refused|deadline/i],
  'search attributes': [
    async () => ({ TEMPORAL_ADDRESS: system.temporalAddress, TEMPORAL_NAMESPACE: await bareNamespace() }),
    /missing: BookingStatus, BookingChannel, BookingResult/,
  ],
  worker: [() => ({ TEMPORAL_TASK_QUEUE: 'nobody-here' }), /none polls the task queue nobody-here/],
  database: [() => ({ DATABASE_URL: `file:${join(system.folder, 'none.db')}` }), /there is no .*none\.db yet/],
  'public URL': [() => ({ PUBLIC_URL: NOWHERE }), /bad port|refused|connect/i],
  'ElevenLabs’ signature': [() => ({ ELEVENLABS_WEBHOOK_SECRET: 'another' }), /ELEVENLABS_WEBHOOK_SECRET is refused/],
  'Twilio’s signature': [() => ({ TWILIO_AUTH_TOKEN: 'another' }), /TWILIO_AUTH_TOKEN is refused/],
  'the tool’s secret': [() => ({ ELEVENLABS_TOOL_SECRET: 'another' }), /ELEVENLABS_TOOL_SECRET is refused/],
  'media stream': [async () => ({ BRIDGE_PUBLIC_URL: await yesSayer() }), /the upgrade to a WebSocket is answered 200/],
  'Twilio account': [() => ({ TWILIO_AUTH_TOKEN: 'another' }), /Authenticate/],
  'Twilio number': [
    () => {
      system.sandbox.allowVoice(false);
      undo.push(() => system.sandbox.allowVoice(true));
      return {};
    },
    /cannot make voice calls/,
  ],
  'ElevenLabs key': [() => ({ ELEVENLABS_API_KEY: 'sk_wrong' }), /Invalid API key/],
  agent: [() => ({ ELEVENLABS_AGENT_ID: 'agent_of_elsewhere' }), /names no agent of this account/],
  overrides: [
    () => {
      spoilAgent('platform_settings', 'overrides.conversation_config_override.agent.language', false);
      return {};
    },
    /not permitted: agent\.language/,
  ],
  'audio formats': [
    () => {
      spoilAgent('conversation_config', 'asr.user_input_audio_format', 'pcm_16000');
      return {};
    },
    /pcm_16000 in, ulaw_8000 out/,
  ],
  disclosure: [
    () => {
      spoilAgent('conversation_config', 'agent.first_message', 'Hola, ¿tienen turno?');
      return {};
    },
    /does not say that an AI calls/,
  ],
  'end of a call': [
    () => {
      spoilAgent('conversation_config', 'turn.silence_end_call_timeout', -1);
      return {};
    },
    /lacks a silence time-out/,
  ],
  interruptions: [
    () => {
      spoilAgent('conversation_config', 'conversation.client_events', ['audio']);
      return {};
    },
    /not told when somebody cuts in/,
  ],
  report_result: [
    () => {
      spoilAgent('conversation_config', 'agent.prompt.tool_ids', []);
      return {};
    },
    /no tool report_result/,
  ],
  receptionist: [() => ({ ELEVENLABS_RECEPTIONIST_AGENT_ID: 'agent_of_elsewhere' }), /names no agent of this account/],
  'post-call webhook': [
    () => {
      spoil([...system.sandbox.workspace.webhooks.values()][0]!, { autoDisabled: true });
      return {};
    },
    /switched off/,
  ],
  'phone number': [() => ({ ELEVENLABS_PHONE_NUMBER_ID: 'phnum_other' }), /not a number of this workspace/],
};

it('every check has its own red below', () => {
  expect(Object.keys(RED).sort()).toEqual(['settings', ...CHECKS.map(({ name }) => name)].sort());
});

it.each(Object.entries(RED))('%s turns red, and says what to fix', async (name, [prepare, words]) => {
  const check = await one(name, await prepare());
  expect(check.state).toBe(name === 'audio formats' ? 'warn' : 'fail');
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

it('prints no secret', async () => {
  const all = JSON.stringify([...(await found()), ...(await found({ TWILIO_AUTH_TOKEN: 'another' }))]);
  const { twilioToken, apiKey, webhookSecret, toolSecret } = system.sandbox.account;
  for (const secret of [twilioToken, apiKey, webhookSecret, toolSecret, 'another"']) expect(all).not.toContain(secret);
});
