import { describe, expect, it } from '@jest/globals';
import { KEYS_TOOLS, WAIT_TOOL } from '../../domain/line-tools.ts';
import { defaultFirstMessage, defaultPrompt } from '../../domain/prompts.ts';
import { REACHED } from '../../domain/reached.ts';
import { REPORT_RESULTS } from '../../domain/result.ts';
import { reportRequestSchema } from '../../domain/schemas/report.ts';
import { dynamicVariables } from '../../providers/elevenlabs/initiation.ts';
import { ASKED_FIELDS, WANTED_OVERRIDES } from '../../providers/index.ts';
import { filledIn, readConfigFiles } from '../../provision/config-files.ts';
import { order } from '../providers/samples.ts';

type Json = Record<string, unknown>;

const { agents, tools } = readConfigFiles();
const filled = <T>(settings: T): T =>
  filledIn(settings, (kind) => (kind === 'PUBLIC_URL' ? 'https://c.example' : kind === 'SECONDS' ? 180 : 'id_1'));
const at = (settings: unknown, path: string): unknown =>
  path.split('.').reduce((value, part) => (value as Json | undefined)?.[part], settings);
const vocero = agents.find(({ name }) => name === 'Vocero')!.settings;

/** The SDK's own description of a request, which refuses fields that it does not know. */
async function known(schema: string, value: unknown): Promise<unknown> {
  const { default: serialization } = await import('@elevenlabs/elevenlabs-js/serialization/index.js');
  const described = (serialization as unknown as Record<string, { parse(raw: unknown, options: object): unknown }>)[
    schema
  ]!;
  return described.parse(value, { unrecognizedObjectKeys: 'fail' });
}

describe('the configurations in provision/', () => {
  it.each(agents)('agent $name has only fields that ElevenLabs’ SDK knows', async ({ settings }) => {
    const { conversation_config, platform_settings } = filled(settings);
    expect(await known('ConversationalConfig', conversation_config)).toMatchObject({ ok: true });
    expect(await known('AgentPlatformSettingsRequestModel', platform_settings)).toMatchObject({ ok: true });
  });

  it.each(tools)('tool $name has only fields that ElevenLabs’ SDK knows', async ({ settings, type }) => {
    expect(settings.type).toBe(type);
    expect(await known('ToolRequestModel', { tool_config: filled(settings) })).toMatchObject({ ok: true });
  });

  it('a field that the SDK does not know would be found', async () => {
    expect(
      await known('ToolRequestModel', { tool_config: { ...filled(tools[0]!.settings), a_typo: 1 } }),
    ).toMatchObject({
      ok: false,
    });
  });

  it('the caller discloses what it is in its first words, in both languages, and cannot be cut off in them', () => {
    expect(at(vocero, 'conversation_config.agent.first_message')).toBe(defaultFirstMessage('es'));
    expect(at(vocero, 'conversation_config.agent.prompt.prompt')).toBe(defaultPrompt('es'));
    const english = 'conversation_config.language_presets.en.overrides.agent';
    expect(at(vocero, `${english}.first_message`)).toBe(defaultFirstMessage('en'));
    expect(at(vocero, `${english}.prompt.prompt`)).toBe(defaultPrompt('en'));
    expect(at(vocero, 'conversation_config.agent.disable_first_message_interruptions')).toBe(true);
  });

  it.each(agents)('agent $name declares every variable that a call sends, and names no other', ({ settings }) => {
    const { dynamic_variable_placeholders: declared } = at(settings, 'conversation_config.agent.dynamic_variables') as {
      dynamic_variable_placeholders: Json;
    };
    const sent = Object.keys(dynamicVariables(order(), 'bk_1.1'));
    expect(Object.keys(declared).sort()).toEqual(sent.sort());
    const named = [...JSON.stringify(settings).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!);
    expect(named.filter((name) => !sent.includes(name))).toEqual([]);
  });

  it('the caller permits every override that a booking can send', () => {
    for (const path of WANTED_OVERRIDES)
      expect(at(vocero, `platform_settings.overrides.conversation_config_override.${path}`)).toBe(true);
  });

  it('the caller’s analysis is asked for the appointment, field by field as it is read', () => {
    const asked = at(vocero, 'platform_settings.data_collection') as Record<
      string,
      { type: string; description: string }
    >;
    expect(Object.fromEntries(Object.entries(asked).map(([name, { type }]) => [name, type]))).toEqual(ASKED_FIELDS);
    for (const { description } of Object.values(asked)) expect(description).toMatch(/\w{3,}/);
  });

  it('the caller can wait on hold longer than a silent call lasts otherwise, and presses keys on every channel', () => {
    const lookUp = (_: string, name: string | undefined) => (name === 'hold' ? 180 : name === 'silence' ? 210 : 'id_1');
    const { turn, agent } = filledIn(vocero.conversation_config, lookUp) as Record<string, Json>;
    expect(turn).toMatchObject({ silence_end_call_timeout: 210 });
    const { skip_turn, play_keypad_touch_tone } = at(agent, 'prompt.built_in_tools') as Record<string, Json>;
    expect(skip_turn).toMatchObject({ params: { system_tool_type: WAIT_TOOL, wait_timeout_secs: 180 } });
    expect(play_keypad_touch_tone).toMatchObject({ params: { system_tool_type: KEYS_TOOLS.provider } });
    expect(at(agent, 'prompt.tool_ids')).toHaveLength(2);
    expect(tools.map(({ name }) => name)).toContain(KEYS_TOOLS.bridge);
  });

  it('the provider’s queue is off, and its verdict on machines is asked for', () => {
    expect(at(vocero, 'platform_settings.queueing_config.enabled')).toBe(false);
    expect(at(vocero, 'platform_settings.workspace_overrides.webhooks.events')).toContain(
      'answering_machine_detection',
    );
  });

  it('report_result asks for what the API takes: every field, and every result', () => {
    const schema = at(tools.find(({ name }) => name === 'report_result')!.settings, 'api_schema.request_body_schema');
    const { properties, required } = schema as { properties: Json; required: string[] };
    expect(Object.keys(properties).sort()).toEqual(Object.keys(reportRequestSchema.shape).sort());
    expect(required).toEqual(['booking_id', 'call_id', 'result']);
    expect(at(properties, 'result.enum')).toEqual([...REPORT_RESULTS]);
    expect(at(properties, 'reached.enum')).toEqual([...REACHED]);
  });
});
