import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/error.ts';
import { loadConfig } from '../../config/load.ts';
import { withProviders } from '../../config/providers.ts';
import { openSecrets } from '../../config/secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vocero-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('secrets', () => {
  const config = (secrets = {}) => ({ dataDir: join(folder, 'data'), secrets });

  it('are made once, kept for their owner only, and the same ever after', () => {
    const first = openSecrets(config());
    expect(first.hashKey).toHaveLength(32);
    expect(first.callbackSecret).toMatch(/^whsec_/);
    expect(statSync(join(folder, 'data', 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(first.madeNow).toBe(join(folder, 'data', 'secrets.json'));
    expect(openSecrets(config())).toEqual({ hashKey: first.hashKey, callbackSecret: first.callbackSecret });
  });

  it('of the environment win', () => {
    const made = openSecrets(config());
    const hashKey = Buffer.alloc(32, 7).toString('base64');
    expect(openSecrets(config({ hashKey }))).toEqual({
      hashKey: Buffer.alloc(32, 7),
      callbackSecret: made.callbackSecret,
    });
  });

  it('that are damaged are never replaced: the do-not-call list would be forgotten', () => {
    openSecrets(config());
    const path = join(folder, 'data', 'secrets.json');
    writeFileSync(path, '{');
    expect(() => openSecrets(config())).toThrow(ConfigError);
    expect(readFileSync(path, 'utf8')).toBe('{');
  });

  it('need a folder that can be written', () => {
    writeFileSync(join(folder, 'data'), 'a file');
    expect(() => openSecrets(config())).toThrow(/DATA_DIR/);
  });
});

describe('.env', () => {
  it('is read by Node’s own parser, and the environment wins, also with nothing', () => {
    writeFileSync(join(folder, '.env'), '# note\nPORT=4000\nHOST="127.0.0.1" # here\nAPI_KEYS=from-file\n');
    expect(readEnvironment(folder, { PORT: '5000', API_KEYS: '' })).toEqual({
      PORT: '5000',
      HOST: '127.0.0.1',
      API_KEYS: '',
    });
    expect(loadConfig(readEnvironment(folder, { API_KEYS: '' })).access.apiKeys).toEqual([]);
  });

  it('may be missing', () => {
    expect(readEnvironment(folder, { A: 'b' })).toEqual({ A: 'b' });
  });
});

describe('the sandbox’s providers', () => {
  const made = {
    TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 't',
    TWILIO_PHONE_NUMBER: '+15005550006',
    TWILIO_API_BASE_URL: 'http://127.0.0.1:9',
    ELEVENLABS_API_KEY: 'k',
    ELEVENLABS_AGENT_ID: 'a',
    ELEVENLABS_PHONE_NUMBER_ID: 'p',
    ELEVENLABS_WEBHOOK_SECRET: 'w',
    ELEVENLABS_TOOL_SECRET: 's',
    ELEVENLABS_API_BASE_URL: 'http://127.0.0.1:9/',
  };
  const sandbox = loadConfig({
    ELEVENLABS_API_BASE_URL: 'https://elsewhere.example.com',
    CALLING_WINDOW: '10:00-11:00',
  });

  it('complete a sandbox configuration and change nothing else of it', () => {
    expect(withProviders(sandbox, made)).toEqual({
      ...sandbox,
      twilio: {
        accountSid: made.TWILIO_ACCOUNT_SID,
        authToken: 't',
        phoneNumber: '+15005550006',
        apiBaseUrl: 'http://127.0.0.1:9',
      },
      elevenlabs: expect.objectContaining({ apiKey: 'k', agentId: 'a', apiBaseUrl: 'http://127.0.0.1:9' }),
    });
  });

  it('must be whole', () => {
    expect(() => withProviders(sandbox, { ...made, ELEVENLABS_TOOL_SECRET: '' })).toThrow('ELEVENLABS_TOOL_SECRET');
    expect(() => withProviders(sandbox, { ...made, TWILIO_PHONE_NUMBER: '123' })).toThrow('TWILIO_PHONE_NUMBER');
  });
});
