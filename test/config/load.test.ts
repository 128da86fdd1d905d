import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../config/error.ts';
import { loadConfig } from '../../config/load.ts';
import { CHANNELS } from '../../domain/channels.ts';

const TWILIO = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'twilio-token',
  TWILIO_PHONE_NUMBER: '+15005550006',
};
const AGENT = { ELEVENLABS_API_KEY: 'eleven-key', ELEVENLABS_AGENT_ID: 'agent_1' };
const ELEVENLABS = {
  ...AGENT,
  ELEVENLABS_PHONE_NUMBER_ID: 'phnum_1',
  ELEVENLABS_WEBHOOK_SECRET: 'webhook-secret',
  ELEVENLABS_TOOL_SECRET: 'tool-secret',
};
const PUBLIC = { PUBLIC_URL: 'https://calls.example.com' };
const LIVE = { ...TWILIO, ...ELEVENLABS, ...PUBLIC };
const LOCAL_PROVIDERS = {
  TWILIO_API_BASE_URL: 'http://127.0.0.1:9001',
  ELEVENLABS_API_BASE_URL: 'http://localhost:9002',
};

const load = (env: Record<string, string | undefined>) => loadConfig(env, '/srv/vocero');

/** The variables that a refusal names. */
function refused(env: Record<string, string | undefined>): string[] {
  try {
    load(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const { variable, message } of error.problems) {
      expect(error.message).toContain(variable);
      expect(message).toMatch(/\.$/);
    }
    return error.problems.map(({ variable }) => variable);
  }
  return [];
}

const without = (env: Record<string, string>, name: string) => ({ ...env, [name]: undefined });

describe('the mode', () => {
  it.each([
    ['sandbox', {}],
    ['sandbox', { ...LOCAL_PROVIDERS, ...PUBLIC }],
    ['sandbox', { TWILIO_ACCOUNT_SID: '', ELEVENLABS_API_KEY: '' }],
    ['simulation', AGENT],
    ['simulation', { ...AGENT, ELEVENLABS_RECEPTIONIST_AGENT_ID: 'agent_2' }],
    ['simulation', ELEVENLABS],
    ['live', LIVE],
    ['live', { ...TWILIO, ...ELEVENLABS, ...LOCAL_PROVIDERS }],
  ])('is %s with %j', (mode, env) => {
    expect(load(env).mode).toBe(mode);
  });

  it.each(Object.keys({ ...TWILIO, ...ELEVENLABS }))('between two modes is refused: live without %s', (name) => {
    expect(refused(without(LIVE, name))).toEqual([name]);
    expect(refused({ ...LIVE, [name]: '' })).toEqual([name]);
  });

  it('between two modes is refused: Twilio alone', () => {
    expect(refused({ ...TWILIO, ...PUBLIC })).toEqual(Object.keys(ELEVENLABS));
  });

  it.each([
    ['ELEVENLABS_API_KEY', { ELEVENLABS_AGENT_ID: 'agent_1' }],
    ['ELEVENLABS_AGENT_ID', { ELEVENLABS_API_KEY: 'key' }],
    ['ELEVENLABS_API_KEY', { ELEVENLABS_AGENT_ID: 'agent_1', ELEVENLABS_TOOL_SECRET: 'x' }],
  ])('between two modes is refused: simulation without %s', (name, env) => {
    expect(refused(env)).toEqual([name]);
  });

  it('decides the channels and what counts as simulated', () => {
    expect([load({}), load(AGENT), load(LIVE)].map(({ available, simulated }) => [available, simulated])).toEqual([
      [CHANNELS, true],
      [['simulation'], false],
      [CHANNELS, false],
    ]);
  });

  it('lets a confirmation without a transcript stand, unless proof is required', () => {
    expect(load({}).requireProof).toBe('transcript');
    expect(load({ ...LIVE, REQUIRE_PROOF: 'always' }).requireProof).toBe('always');
    expect(refused({ REQUIRE_PROOF: 'sometimes' })).toEqual(['REQUIRE_PROOF']);
  });

  it('decides the times, the calling window and the rates', () => {
    const of = (env: Record<string, string>) => {
      const { reconcileSeconds, settleSeconds, auditSeconds, callingWindow, callsPerSecond } = load(env);
      return { reconcileSeconds, settleSeconds, auditSeconds, callingWindow, callsPerSecond };
    };
    const real = {
      reconcileSeconds: 90,
      settleSeconds: 120,
      auditSeconds: 300,
      callingWindow: { from: 540, to: 1200 },
      callsPerSecond: { twilio: 1, elevenlabs: 5 },
    };
    expect(of(LIVE)).toEqual(real);
    expect(of(AGENT)).toEqual(real);
    expect(of({})).toEqual({
      reconcileSeconds: 3,
      settleSeconds: 5,
      auditSeconds: 15,
      callingWindow: { from: 0, to: 1440 },
      callsPerSecond: { twilio: 20, elevenlabs: 20 },
    });
    const given = {
      RECONCILE_SECONDS: '7',
      SETTLE_SECONDS: '8',
      AUDIT_SECONDS: '9',
      CALLING_WINDOW: '08:30-24:00',
      TWILIO_CALLS_PER_SECOND: '0.5',
      ELEVENLABS_CALLS_PER_SECOND: '9',
    };
    const asGiven = {
      reconcileSeconds: 7,
      settleSeconds: 8,
      auditSeconds: 9,
      callingWindow: { from: 510, to: 1440 },
      callsPerSecond: { twilio: 0.5, elevenlabs: 9 },
    };
    expect(of({ ...LIVE, ...given })).toEqual(asGiven);
    expect(of(given)).toEqual(asGiven);
  });

  it('reads calling hours by weekday', () => {
    const days = (text: string) => load({ CALLING_WINDOW: text }).callingWindow.week;
    const [long, short] = [[{ from: 540, to: 1200 }], [{ from: 540, to: 780 }]];
    expect(days('mon-fri 09:00-20:00; sat 09:00-13:00')).toEqual([long, long, long, long, long, short, []]);
    expect(days('Mon,Wed-Thu 09:00-13:00')).toEqual([short, [], short, short, [], [], []]);
    expect(days('mon 16:00-20:00;mon 09:00-13:00')?.[0]).toEqual([...short, { from: 960, to: 1200 }]);
    // Readers of the earlier form find the hours that span all of them.
    expect(load({ CALLING_WINDOW: 'mon 10:00-12:00; sun 11:00-13:00' }).callingWindow).toMatchObject({
      from: 600,
      to: 780,
    });
    expect(() => load({ CALLING_WINDOW: 'mon-fri 9-20' })).toThrow('mon-fri 09:00-20:00; sat 09:00-13:00');
  });

  it('calls on public holidays unless it is told not to', () => {
    expect([load(LIVE).callingHolidays, load({ CALLING_HOLIDAYS: 'skip' }).callingHolidays]).toEqual(['call', 'skip']);
  });

  it('keeps bookings for ever unless it is told for how long', () => {
    expect(load(LIVE).retentionDays).toBeUndefined();
    expect(load({ ...LIVE, RETENTION_DAYS: '90' }).retentionDays).toBe(90);
  });
});

it('knows no limit of calls at once that is not set', () => {
  expect(load(LIVE).callsAtOnce).toEqual({ twilio: undefined, elevenlabs: undefined });
  const set = { TWILIO_MAX_CONCURRENT_CALLS: '1', ELEVENLABS_MAX_CONCURRENT_CALLS: '20' };
  expect(load({ ...LIVE, ...set }).callsAtOnce).toEqual({ twilio: 1, elevenlabs: 20 });
});

describe('the public address', () => {
  it.each(['http://127.0.0.1:3000', 'http://localhost:3000', 'https://[::1]:8443', 'http://api.localhost'])(
    'may not be %s in live mode',
    (url) => {
      expect(refused({ ...LIVE, PUBLIC_URL: url })).toEqual(['PUBLIC_URL']);
      expect(refused({ ...LIVE, BRIDGE_PUBLIC_URL: url })).toEqual(['BRIDGE_PUBLIC_URL']);
    },
  );

  it('may not be left out in live mode', () => {
    expect(refused(without(LIVE, 'PUBLIC_URL'))).toEqual(['PUBLIC_URL']);
  });

  it('may be loopback only when both providers are', () => {
    const local = { ...LIVE, ...LOCAL_PROVIDERS, PUBLIC_URL: 'http://127.0.0.1:3000' };
    expect(load(local).publicUrl).toBe('http://127.0.0.1:3000');
    expect(refused(without(local, 'TWILIO_API_BASE_URL'))).toEqual(['PUBLIC_URL']);
    expect(refused({ ...local, ELEVENLABS_API_BASE_URL: 'https://api.example.com' })).toEqual(['PUBLIC_URL']);
  });

  it('gives the streams their scheme, and a bridge of its own its address', () => {
    expect(load({ ...LIVE, PUBLIC_URL: 'https://calls.example.com/' })).toMatchObject({
      publicUrl: 'https://calls.example.com',
      streamUrl: 'wss://calls.example.com',
    });
    expect(load({ ...LIVE, BRIDGE_PUBLIC_URL: 'https://media.example.com' }).streamUrl).toBe('wss://media.example.com');
  });

  it('has no path: the console and the API need the root of a name', () => {
    expect(() => load({ ...LIVE, PUBLIC_URL: 'https://example.com/vocero/' })).toThrow(
      'PUBLIC_URL: has the path /vocero; Vocero needs a name without one. Give it its own host name, such as https://vocero.example.com',
    );
    expect(load({ PUBLIC_URL: 'https://example.com/vocero' }).mode).toBe('sandbox');
  });

  it('is this machine in the sandbox, whatever is set', () => {
    const config = load({
      ...PUBLIC,
      BRIDGE_PUBLIC_URL: 'https://media.example.com',
      PORT: '4000',
      HOST: '0.0.0.0',
      API_KEYS: 'k',
    });
    expect(config).toMatchObject({ publicUrl: 'http://127.0.0.1:4000', streamUrl: 'ws://127.0.0.1:4000' });
    expect(config.warnings.join()).toContain('PUBLIC_URL');
    expect(config.twilio ?? config.elevenlabs).toBeUndefined();
  });

  it('warns where anybody behind a proxy could place bookings', () => {
    const open = load({ ...LIVE, ...PUBLIC }).warnings.join();
    expect(open).toContain('API_KEYS and OPERATOR_KEYS are not set');
    const key = 'k'.repeat(32);
    for (const keys of [{ API_KEYS: key }, { OPERATOR_KEYS: key }])
      expect(load({ ...LIVE, ...PUBLIC, ...keys }).warnings.join()).not.toContain('are not set');
    expect(load({ ...LIVE, ...LOCAL_PROVIDERS, PUBLIC_URL: 'http://127.0.0.1:3000' }).warnings.join()).not.toContain(
      'are not set',
    );
  });

  it('without TLS is worth a warning: Twilio refuses such streams', () => {
    expect(load({ ...LIVE, PUBLIC_URL: 'http://calls.example.com' }).warnings.join()).toContain('PUBLIC_URL is http');
  });
});

describe('BRIDGE_ECONOMY, the old name of BRIDGE_FRAME_BATCHING', () => {
  const read = (env: Record<string, string>) => load({ ...LIVE, ...PUBLIC, ...env });

  it('is read where the new name is not set, and a warning says that it is old', () => {
    expect(read({}).bridge.frameBatching).toBe('auto');
    const old = read({ BRIDGE_ECONOMY: 'on' });
    expect(old.bridge.frameBatching).toBe('on');
    expect(old.warnings.join()).toContain('BRIDGE_ECONOMY is the old name of BRIDGE_FRAME_BATCHING');
    expect(read({ BRIDGE_ECONOMY: 'on', BRIDGE_FRAME_BATCHING: 'off' }).bridge.frameBatching).toBe('off');
    expect(read({ BRIDGE_FRAME_BATCHING: 'off' }).warnings.join()).not.toContain('BRIDGE_ECONOMY');
  });
});

describe('a key of the user’s own making', () => {
  const key = 'k'.repeat(16);
  const said = (env: Record<string, string>): string =>
    load({ ...LIVE, ELEVENLABS_TOOL_SECRET: key, ...env }).warnings.join();

  it.each(['API_KEYS', 'OPERATOR_KEYS', 'ELEVENLABS_TOOL_SECRET'])(
    'in %s that is short is worth a warning, and not shown',
    (name) => {
      expect(said({ [name]: name === 'ELEVENLABS_TOOL_SECRET' ? 'short' : `${key},short` })).toContain(
        `${name} has a key`,
      );
      expect(said({ [name]: 'short' })).not.toContain('short,');
      expect(said({ [name]: key })).not.toContain('can be guessed');
    },
  );
});

describe('access', () => {
  it.each(['0.0.0.0', '::', '192.168.1.20', 'my-machine'])('needs keys when HOST is %s', (HOST) => {
    expect(refused({ HOST })).toEqual(['API_KEYS']);
    expect(refused({ HOST, OPERATOR_KEYS: 'operator' })).toEqual(['API_KEYS']);
    expect(load({ HOST, API_KEYS: 'one' }).access.apiKeys).toEqual(['one']);
  });

  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('may be open when HOST is %s', (HOST) => {
    expect(load({ HOST }).access).toEqual({ apiKeys: [], operatorKeys: [] });
  });

  it('gives operators the API’s keys unless they have their own', () => {
    expect(load({ API_KEYS: 'one, two' }).access).toEqual({ apiKeys: ['one', 'two'], operatorKeys: ['one', 'two'] });
    expect(load({ API_KEYS: 'one', OPERATOR_KEYS: 'three' }).access.operatorKeys).toEqual(['three']);
  });
});

describe('operators’ names', () => {
  const access = (OPERATOR_KEYS: string) => {
    const { operatorKeys, operatorNames } = load({ OPERATOR_KEYS }).access;
    return { keys: operatorKeys, names: operatorNames && Object.fromEntries(operatorNames) };
  };

  it('stand before their keys, and may be left out', () => {
    expect(access('Olga Ruiz=k1, Ana-María O’Neill = k2,k3')).toEqual({
      keys: ['k1', 'k2', 'k3'],
      names: { k1: 'Olga Ruiz', k2: 'Ana-María O’Neill' },
    });
  });

  it('are not found in a key as it was before: base64 with its padding, a colon, any other character', () => {
    const keys = ['c2VjcmV0IQ==', 'c2VjcmV0ISE=', 'user:secret', '!"#$%&()*+-./:;<>?@[]^_`{|}~'];
    expect(access(keys.join(','))).toEqual({ keys, names: undefined });
    expect(access('Olga=c2VjcmV0IQ==,Ana=a=b')).toEqual({
      keys: ['c2VjcmV0IQ==', 'a=b'],
      names: { 'c2VjcmV0IQ==': 'Olga', 'a=b': 'Ana' },
    });
  });
});

describe('a value that is not understood', () => {
  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3000 '],
    ['PORT', '0x10'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'calls.example.com'],
    ['PUBLIC_URL', 'ftp://calls.example.com'],
    ['PUBLIC_URL', 'https://user:pass@calls.example.com'],
    ['PUBLIC_URL', 'https://calls.example.com?a=1'],
    ['BRIDGE_PUBLIC_URL', 'wss://calls.example.com'],
    ['TEMPORAL_UI_URL', 'temporal.example.com'],
    ['TWILIO_API_BASE_URL', 'localhost:9'],
    ['ELEVENLABS_API_BASE_URL', '/v1'],
    ['TWILIO_STREAM_SIGNATURE', 'yes'],
    ['TWILIO_MAX_CONCURRENT_CALLS', '0'],
    ['ELEVENLABS_MAX_CONCURRENT_CALLS', '1'],
    ['TWILIO_CALLS_PER_SECOND', '0'],
    ['TWILIO_CALLS_PER_SECOND', '-1'],
    ['ELEVENLABS_CALLS_PER_SECOND', 'many'],
    ['API_KEYS', 'one,,two'],
    ['API_KEYS', 'one,one'],
    ['API_KEYS', 'two words'],
    ['OPERATOR_KEYS', 'ñ'],
    ['OPERATOR_KEYS', '=key'],
    ['OPERATOR_KEYS', 'Olga=one,Ana=one'],
    ['OPERATOR_KEYS', 'Olga=two words'],
    ['OPERATOR_KEYS', 'Olga=one,,Ana=two'],
    ['OPERATOR_KEYS', '<b>=key'],
    ['OPERATOR_KEYS', `${'x'.repeat(61)}=key`],
    ['CALLING_WINDOW', '9-20'],
    ['CALLING_WINDOW', '20:00-09:00'],
    ['CALLING_WINDOW', '09:00-09:00'],
    ['CALLING_WINDOW', '09:00-24:01'],
    ['CALLING_WINDOW', '09:60-20:00'],
    ['CALLING_WINDOW', 'mon-fri'],
    ['CALLING_WINDOW', 'mon-fri 09:00-20:00;'],
    ['CALLING_WINDOW', 'mon-fri 20:00-09:00'],
    ['CALLING_WINDOW', 'fri-mon 09:00-20:00'],
    ['CALLING_WINDOW', 'mon- 09:00-20:00'],
    ['CALLING_WINDOW', 'lun-vie 09:00-20:00'],
    ['CALLING_WINDOW', '09:00-20:00; sat 09:00-13:00'],
    ['CALLING_WINDOW', 'mon 09:00-20:00 sat 09:00-13:00'],
    ['CALLING_HOLIDAYS', 'never'],
    ['ALLOWED_COUNTRIES', 'AR,XX'],
    ['ALLOWED_COUNTRIES', 'Argentina'],
    ['TRUSTED_PROXIES', 'proxy.example.com'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '0.0.0.0/0'],
    ['TRUSTED_PROXIES', '127.0.0.1,'],
    ['RECONCILE_SECONDS', '0'],
    ['RECONCILE_SECONDS', '1.5'],
    ['RETENTION_DAYS', '0'],
    ['RETENTION_DAYS', '1.5'],
    ['SETTLE_SECONDS', '86401'],
    ['SETTLE_SECONDS', '1e3'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DATABASE_URL', 'vocero.db'],
    ['HASH_KEY', 'short'],
    ['CALLBACK_SECRET', 'secret'],
    ['LOG_LEVEL', 'verbose'],
    ['TEMPORAL_PORT', 'x'],
    ['TEMPORAL_UI_PORT', '99999'],
    ['TEMPORAL_TASK_QUEUE', 'a b'],
    ['TEMPORAL_ADDRESS', 'temporal.example.com'],
    ['TEMPORAL_ADDRESS', 'https://temporal.example.com:7233'],
    ['WORKER_CONCURRENT_ACTIVITIES', '0'],
    ['WORKER_CONCURRENT_WORKFLOW_TASKS', '1'],
    ['WORKER_HEALTH_PORT', '-1'],
    ['WORKER_METRICS_PORT', '70000'],
  ])('is refused by name: %s=%s', (name, value) => {
    expect(refused({ [name]: value })).toEqual([name]);
  });

  it.each([
    ['TWILIO_ACCOUNT_SID', 'SK00000000000000000000000000000000'],
    ['TWILIO_PHONE_NUMBER', '15005550006'],
    ['TWILIO_AUTH_TOKEN', 'with space'],
    ['ELEVENLABS_API_KEY', 'line\nbreak'],
  ])('is refused by name among the credentials: %s', (name, value) => {
    expect(refused({ ...LIVE, [name]: value })).toEqual([name]);
  });

  it('hides no other problem', () => {
    const env = {
      ...without(LIVE, 'ELEVENLABS_TOOL_SECRET'),
      PORT: 'x',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'http://localhost',
      CALLING_WINDOW: 'always',
    };
    expect(refused(env).sort()).toEqual(['API_KEYS', 'CALLING_WINDOW', 'ELEVENLABS_TOOL_SECRET', 'PORT', 'PUBLIC_URL']);
  });

  it('is shown, unless it is a secret', () => {
    expect(() => load({ PORT: 'three' })).toThrow('"three"');
    for (const [name, value] of [
      ['API_KEYS', 'my secret'],
      ['CALLBACK_SECRET', 'my secret'],
      ['DATABASE_URL', 'mysql://me:my secret@x'],
    ] as const) {
      expect(() => load({ [name]: value })).not.toThrow(/my secret/);
      expect(refused({ [name]: value })).toEqual([name]);
    }
    expect(() => load({ ...LIVE, TWILIO_AUTH_TOKEN: 'my secret' })).not.toThrow(/my secret/);
  });
});

describe('state and engine', () => {
  it('lives below the data folder, seen from the project', () => {
    expect(load({})).toMatchObject({ dataDir: '/srv/vocero/.data', databaseUrl: 'file:/srv/vocero/.data/vocero.db' });
    expect(load({ DATA_DIR: '/var/lib/vocero' })).toMatchObject({
      dataDir: '/var/lib/vocero',
      databaseUrl: 'file:/var/lib/vocero/vocero.db',
    });
    expect(load({ DATABASE_URL: 'file:here.db' }).databaseUrl).toBe('file:/srv/vocero/here.db');
    expect(load({ DATABASE_URL: 'postgres://u:p@db/vocero' }).databaseUrl).toBe('postgres://u:p@db/vocero');
  });

  it('is an embedded server unless one is named', () => {
    expect(load({ TEMPORAL_NAMESPACE: 'mine', TEMPORAL_PORT: '7300' }).temporal).toMatchObject({
      external: undefined,
      namespace: 'mine',
      port: 7300,
      taskQueue: 'bookings',
      callsQueue: 'bookings-calls',
      dialQueues: { twilio: 'bookings-twilio', elevenlabs: 'bookings-elevenlabs' },
    });
  });

  it('is what Temporal’s own variables say', () => {
    const { temporal } = load({
      TEMPORAL_ADDRESS: 'temporal.example.com:7233',
      TEMPORAL_NAMESPACE: 'mine',
      TEMPORAL_API_KEY: 'key',
      TEMPORAL_TASK_QUEUE: 'q',
    });
    expect(temporal).toMatchObject({
      namespace: 'mine',
      callsQueue: 'q-calls',
      dialQueues: { twilio: 'q-twilio', elevenlabs: 'q-elevenlabs' },
      external: {
        namespace: 'mine',
        connectionOptions: { address: 'temporal.example.com:7233', apiKey: 'key', tls: true },
      },
    });
    expect(load({ TEMPORAL_ADDRESS: 'localhost:7233' }).temporal.namespace).toBe('default');
  });

  it('is refused when its credentials are set and its address is not', () => {
    expect(refused({ TEMPORAL_API_KEY: 'key' })).toEqual(['TEMPORAL_ADDRESS']);
    expect(
      refused({
        TEMPORAL_ADDRESS: 't:7233',
        TEMPORAL_TLS_CLIENT_CERT_PATH: '/does/not/exist',
        TEMPORAL_TLS_CLIENT_KEY_PATH: '/nor/this',
      }),
    ).toEqual(['TEMPORAL_TLS_CLIENT_CERT_PATH, TEMPORAL_TLS_CLIENT_KEY_PATH']);
  });

  it('believes the proxies that are named, and no other', () => {
    const { access } = load({ TRUSTED_PROXIES: '127.0.0.1, 172.16.0.0/12,fd00::/8' });
    expect(access.trustedProxies).toEqual(['127.0.0.1', '172.16.0.0/12', 'fd00::/8']);
    expect(load({}).access.trustedProxies).toBeUndefined();
  });

  it('allows the countries that are named', () => {
    expect(load({ ALLOWED_COUNTRIES: 'ar, ES' }).allowedCountries).toEqual(['AR', 'ES']);
    expect(load({}).allowedCountries).toBeUndefined();
  });
});

describe('the payloads’ encryption', () => {
  const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)].map((key) => key.toString('base64'));

  it('is off without a key', () => {
    expect(load({}).temporal.payloadKeys).toEqual([]);
  });

  it('takes the current key first and older ones behind it', () => {
    expect(load({ PAYLOAD_ENCRYPTION_KEY: `${two}, ${one}` }).temporal.payloadKeys).toEqual([
      Buffer.alloc(32, 2),
      Buffer.alloc(32, 1),
    ]);
  });

  it.each(['short', `${one},`, `${one},${one}`, Buffer.alloc(33).toString('base64'), `${one}!`, 'x'.repeat(64)])(
    'refuses %s, says how to make a key, and does not repeat it',
    (PAYLOAD_ENCRYPTION_KEY) => {
      expect(refused({ PAYLOAD_ENCRYPTION_KEY })).toEqual(['PAYLOAD_ENCRYPTION_KEY']);
      expect(() => load({ PAYLOAD_ENCRYPTION_KEY })).toThrow(/openssl rand -base64 32/);
      expect(() => load({ PAYLOAD_ENCRYPTION_KEY })).not.toThrow(PAYLOAD_ENCRYPTION_KEY);
    },
  );

  it('lets the named Temporal UIs ask, by their origins', () => {
    const TEMPORAL_UI_ORIGINS = 'https://temporal.example.com, http://localhost:8080';
    expect(load({ TEMPORAL_UI_ORIGINS }).temporal.uiOrigins).toEqual([
      'https://temporal.example.com',
      'http://localhost:8080',
    ]);
    for (const wrong of ['*', 'temporal.example.com', 'https://temporal.example.com/', 'https://a.example, '])
      expect(refused({ TEMPORAL_UI_ORIGINS: wrong })).toEqual(['TEMPORAL_UI_ORIGINS']);
  });
});

describe('the build', () => {
  it('is none unless it is given', () => {
    expect(load({}).temporal.buildId).toBeUndefined();
    expect(load({ BUILD_ID: 'v1.2.3-0abc' }).temporal).toMatchObject({
      deploymentName: 'vocero',
      buildId: 'v1.2.3-0abc',
    });
  });

  it.each([
    ['BUILD_ID', 'a b'],
    ['BUILD_ID', "x' OR 1=1"],
    ['BUILD_ID', '__unversioned__'],
    ['DEPLOYMENT_NAME', 'with.dot'],
    ['DEPLOYMENT_NAME', 'with:colon'],
  ])('refuses %s=%s', (name, value) => {
    expect(refused({ [name]: value })).toEqual([name]);
  });
});
