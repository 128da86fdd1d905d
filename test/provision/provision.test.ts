import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { begin } from '../cli/support/vocero.ts';
import { until } from '../support/until.ts';
import { ALL, Newcomer, PUBLIC_URL } from './support.ts';

/** Each run is a process that loads both providers’ clients: seconds, on a busy machine. */
jest.setTimeout(90_000);

let newcomer: Newcomer | undefined;

const arrive = async (more?: Record<string, string>): Promise<Newcomer> => {
  newcomer = await Newcomer.arrive(more);
  return newcomer;
};

afterEach(async () => {
  await newcomer?.leave();
  newcomer = undefined;
});

describe('vocero provision, on an account with nothing in it', () => {
  it('makes everything, tells the product the ids and secrets, and changes nothing the second time', async () => {
    const someone = await arrive();
    const first = await someone.provision('--json');
    expect(first.err).toBe('');
    expect(first.code).toBe(0);
    expect(first.json()).toMatchObject({ failed: null, left: [], changed: 8 });
    expect(someone.holds()).toEqual(ALL);
    const { agents, webhooks, numbers, secrets } = someone.sandbox.workspace;
    const idOf = (name: string) => [...agents.values()].find((agent) => agent.name === name)?.id;
    const env = someone.env();
    expect(env).toMatchObject({
      ELEVENLABS_AGENT_ID: idOf('Vocero'),
      ELEVENLABS_RECEPTIONIST_AGENT_ID: idOf('Recepcionista'),
      ELEVENLABS_PHONE_NUMBER_ID: [...numbers.keys()][0],
      ELEVENLABS_WEBHOOK_SECRET: [...webhooks.values()][0]!.secret,
    });
    expect([...secrets.values()][0]!.value).toBe(`Bearer ${env.ELEVENLABS_TOOL_SECRET}`);
    expect([...webhooks.values()][0]).toMatchObject({ url: `${PUBLIC_URL}/api/elevenlabs/post-call`, retries: true });
    expect([...numbers.values()][0]!.agentId).toBe(idOf('Vocero'));

    const before = someone.writes();
    const envBefore = someone.read('.env');
    const lockBefore = someone.read('.data/provision/lock.json');
    const second = await someone.provision('--json');
    expect(second.json()).toMatchObject({ failed: null, changed: 0, env: [] });
    expect(someone.writes()).toEqual(before);
    expect(someone.read('.env')).toBe(envBefore);
    expect(someone.read('.data/provision/lock.json')).toBe(lockBefore);
  });

  it('shows with --dry-run what it would do, field by field and without a secret, and does none of it', async () => {
    const someone = await arrive({ ELEVENLABS_TOOL_SECRET: 'tool-secret-of-mine' });
    const envBefore = someone.read('.env');
    const { code, out } = await someone.provision('--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('+ agent Vocero  created');
    expect(out).toContain('conversation_config.tts.agent_output_audio_format: ulaw_8000');
    expect(out).toContain('8 of 9 would change. Nothing was changed.');
    for (const secret of ['tool-secret-of-mine', someone.sandbox.account.twilioToken, someone.sandbox.account.apiKey])
      expect(out).not.toContain(secret);
    expect(someone.writes()).toEqual([]);
    expect(someone.read('.env')).toBe(envBefore);
    expect(existsSync(join(someone.folder, '.data'))).toBe(false);
  });

  it('writes its results to another file when it is told to, one that is not there yet too', async () => {
    const someone = await arrive();
    const envBefore = someone.read('.env');
    const { code, err } = await someone.provision('--write-to', 'results.env');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const agent = [...someone.sandbox.workspace.agents.values()].find(({ name }) => name === 'Vocero')!;
    expect(someone.read('results.env')).toContain(`ELEVENLABS_AGENT_ID=${agent.id}`);
    expect(someone.read('.env')).toBe(envBefore);
  });

  it('is done by one at a time: a second run says so and may come again', async () => {
    const someone = await arrive();
    const [first, second] = await Promise.allSettled([someone.run(), someone.run()]);
    expect(first).toMatchObject({ status: 'fulfilled', value: { left: [] } });
    expect(second).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringMatching(/Another provision runs on /) },
    });
    expect([...someone.sandbox.workspace.agents.values()].filter(({ name }) => name === 'Vocero')).toHaveLength(1);
    expect(await someone.run()).toMatchObject({ left: [] });
  });

  it('keeps no secret in the lock file or in the files that it sent', async () => {
    const someone = await arrive();
    await someone.run();
    const { ELEVENLABS_TOOL_SECRET, ELEVENLABS_WEBHOOK_SECRET, TWILIO_AUTH_TOKEN, ELEVENLABS_API_KEY } = someone.env();
    for (const file of ['lock.json', 'agents.json', 'tools.json', 'tool_configs/report_result.json'])
      for (const secret of [ELEVENLABS_TOOL_SECRET, ELEVENLABS_WEBHOOK_SECRET, TWILIO_AUTH_TOKEN, ELEVENLABS_API_KEY])
        expect(someone.read(`.data/provision/${file}`)).not.toContain(secret!);
  });

  it('finds everything again when the lock file is lost', async () => {
    const someone = await arrive();
    await someone.run();
    rmSync(join(someone.folder, '.data'), { recursive: true });
    expect((await someone.run()).failed).toBeUndefined();
    expect(someone.holds()).toEqual(ALL);
    const before = someone.writes();
    await someone.run();
    expect(someone.writes()).toEqual(before);
  });

  it('with ElevenLabs’ key alone, sets up the agents and imports no number', async () => {
    const someone = await arrive({ TWILIO_ACCOUNT_SID: '', TWILIO_AUTH_TOKEN: '', TWILIO_PHONE_NUMBER: '' });
    const { code } = await someone.provision();
    expect(code).toBe(0);
    expect(someone.holds()).toEqual({ ...ALL, numbers: 0 });
  });
});

describe('a provider that answers half of it and then fails', () => {
  const BREAKS = [
    { method: 'POST', path: '/v1/convai/secrets' },
    { method: 'POST', path: '/v1/workspace/webhooks' },
    { method: 'POST', path: '/v1/convai/tools' },
    { method: 'POST', path: '/v1/convai/agents/create' },
    { method: 'POST', path: '/v1/convai/phone-numbers' },
  ] as const;

  it.each(BREAKS.flatMap((place) => ([503, 'lost'] as const).map((mode) => ({ ...place, mode }))))(
    'is gone on with: $method $path, $mode',
    async (fault) => {
      const someone = await arrive();
      someone.sandbox.fault(fault);
      expect((await someone.run()).failed).toMatchObject({ message: expect.any(String) });
      expect((await someone.run()).failed).toBeUndefined();
      expect(someone.holds()).toEqual(ALL);
      const env = someone.env();
      const { webhooks, secrets } = someone.sandbox.workspace;
      expect(env.ELEVENLABS_WEBHOOK_SECRET).toBe([...webhooks.values()][0]!.secret);
      expect(`Bearer ${env.ELEVENLABS_TOOL_SECRET}`).toBe([...secrets.values()][0]!.value);
      const before = someone.writes();
      await someone.run();
      expect(someone.writes()).toEqual(before);
    },
  );

  it.each(BREAKS)('killed while it waits for an answer, is gone on with: $method $path', async ({ method, path }) => {
    const someone = await arrive();
    someone.sandbox.fault({ method, path, mode: 'silent' });
    const killed = begin(['provision'], someone.folder);
    await until(() => someone.writes().includes(`${method} ${path}`));
    killed.signal('SIGKILL');
    expect((await killed.said).code).toBe('SIGKILL');
    expect((await someone.run()).failed).toBeUndefined();
    expect(someone.holds()).toEqual(ALL);
    const before = someone.writes();
    await someone.run();
    expect(someone.writes()).toEqual(before);
  });

  it('says what was not reached', async () => {
    const someone = await arrive();
    someone.sandbox.fault({ method: 'POST', path: '/v1/convai/agents/create', mode: 503 });
    const { out, code } = await someone.provision();
    expect(code).toBe(1);
    expect(out).toContain('failed at agent Vocero');
    expect(out).toContain('not reached: agent Recepcionista, phone number');
    expect(out).toContain('Run it again: it continues here.');
  });
});

describe('what a person or another project has set', () => {
  it('is put right where it is ours, and the change is shown', async () => {
    const someone = await arrive();
    await someone.run();
    const agent = [...someone.sandbox.workspace.agents.values()].find(({ name }) => name === 'Vocero')!;
    (agent.conversation_config.tts as Record<string, unknown>).agent_output_audio_format = 'pcm_16000';
    (agent.conversation_config.tts as Record<string, unknown>).voice_id = 'voice_of_my_choice';
    const { out } = await someone.provision();
    expect(out).toContain('conversation_config.tts.agent_output_audio_format: pcm_16000 → ulaw_8000');
    const now = someone.sandbox.workspace.agents.get(agent.id)!.conversation_config.tts as Record<string, unknown>;
    expect(now).toMatchObject({ agent_output_audio_format: 'ulaw_8000', voice_id: 'voice_of_my_choice' });
  });

  it('is left alone where only the name is ours, unless it is to be adopted', async () => {
    const someone = await arrive();
    const { agents } = someone.sandbox.workspace;
    const theirs = { id: 'agent_theirs', name: 'Vocero', tags: [], created: 1, updated: 1 };
    agents.set('agent_theirs', { ...theirs, conversation_config: {}, platform_settings: {} });
    const refused = await someone.provision();
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('another agent named Vocero (agent_theirs)');
    expect(agents.get('agent_theirs')!.conversation_config).toEqual({});
    const adopted = await someone.provision('--adopt');
    expect(adopted.code).toBe(0);
    expect(someone.env().ELEVENLABS_AGENT_ID).toBe('agent_theirs');
    expect(agents.size).toBe(2);
  });

  it('is replaced where it cannot be changed, and the value before is kept as a comment', async () => {
    const someone = await arrive();
    await someone.run();
    const before = someone.env().ELEVENLABS_WEBHOOK_SECRET;
    someone.set('PUBLIC_URL', 'http://127.0.0.1:9098');
    const { out, code } = await someone.provision();
    expect(code).toBe(0);
    expect(out).toContain('! webhook vocero-post-call');
    expect(out).toContain('replaced ELEVENLABS_WEBHOOK_SECRET in');
    expect(someone.holds()).toEqual(ALL);
    expect(someone.env().ELEVENLABS_WEBHOOK_SECRET).not.toBe(before);
    expect(someone.read('.env')).toContain(`# replaced by vocero provision: ELEVENLABS_WEBHOOK_SECRET=${before}`);
  });

  it('an id in the settings that the account does not have is refused, and nothing is made in its place', async () => {
    const someone = await arrive({ ELEVENLABS_AGENT_ID: 'agent_of_elsewhere' });
    const { out, code } = await someone.provision();
    expect(code).toBe(1);
    expect(out).toContain('ELEVENLABS_AGENT_ID is agent_of_elsewhere, and this account has no such agent');
    expect(someone.holds().agents).toBe(0);
  });
});

describe('bad settings', () => {
  it.each([
    ['a missing key', { ELEVENLABS_API_KEY: '' }, 'ELEVENLABS_API_KEY: is missing'],
    ['half of Twilio', { TWILIO_AUTH_TOKEN: '' }, 'TWILIO_AUTH_TOKEN: is missing'],
    ['no public URL', { PUBLIC_URL: '' }, 'PUBLIC_URL: is missing'],
  ])('%s: the variable is named, and nothing is asked of anybody', async (_, more, words) => {
    const someone = await arrive(more);
    const { code, err } = await someone.provision();
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(someone.sandbox.log().requests).toEqual([]);
  });

  it('a number that is not the account’s is refused before anything is made', async () => {
    const someone = await arrive({ TWILIO_PHONE_NUMBER: '+15005550009' });
    const { code, out } = await someone.provision();
    expect(code).toBe(1);
    expect(out).toContain('not a number of this Twilio account');
    expect(someone.writes()).toEqual([]);
  });

  it('a wrong key is said to be one', async () => {
    const someone = await arrive({ ELEVENLABS_API_KEY: 'sk_wrong' });
    const { code, out } = await someone.provision();
    expect(code).toBe(1);
    expect(out).toContain('Invalid API key');
  });
});
