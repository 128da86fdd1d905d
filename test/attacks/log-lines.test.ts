import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pretty from 'pino-pretty';
import { reasonOf } from '../../bridge/log.ts';
import type { Config } from '../../config/config.ts';
import { createLogger, ON_A_TERMINAL } from '../../config/logger.ts';
import { createElevenLabs, createTwilioVoice } from '../../providers/index.ts';
import { ProviderUnreachable } from '../../providers/interface.ts';
import { twilioProblem } from '../../providers/twilio/classify.ts';
import { order } from '../providers/samples.ts';
import { webServer } from '../providers/web-server.ts';
import { sink } from './support.ts';

const HOSTILE = [
  'two\nlines',
  'two\r\nlines',
  '\u001b[2J\u001b[31mred',
  '\u009b31mred',
  'bell\u0007',
  'line\u2028separator\u2029',
  'back\u202ewards',
  '\u2066isolated\u2069',
  '"},{"level":60,"msg":"forged',
  '{"level":60}\n{"level":60}',
  '\u0000',
  '\ud800',
  '%0a%0d',
];
/** What a terminal obeys; a line break ends a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to look for
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

const config = {
  log: { level: 'trace' },
  twilio: { accountSid: 'AC1', authToken: 'twilio-secret-1/+="', phoneNumber: '+15005550006' },
  elevenlabs: {
    apiKey: 'sk_eleven-secret-2',
    agentId: 'agent',
    webhookSecret: 'wsec_secret-3',
    toolSecret: 'tool-secret-4',
  },
  access: { apiKeys: ['client-secret-5'], operatorKeys: ['operator-secret-6'] },
  secrets: { hashKey: 'hash-secret-7', callbackSecret: 'whsec_secret-8' },
  temporal: {
    external: { namespace: 'n', connectionOptions: { address: 't:7233', apiKey: 'temporal-secret-10' } },
    payloadKeys: [Buffer.from('payload-secret-11')],
  },
  databaseUrl: 'postgres://vocero:pa%2Fss-secret-9@db/vocero',
} as unknown as Config;

/** Logs once with everything that may carry a text, and returns what was written. */
function written(text: string): string {
  const { to, text: all } = sink();
  const log = createLogger(config, 'test', to);
  const error = Object.assign(new Error(text, { cause: new TypeError(text) }), {
    code: text,
    detail: text,
    config: { text },
  });
  log.info({ field: text, [text]: text, deep: { list: [text] }, err: error }, text);
  log.child({ child: text }).error(error, text);
  log.warn({}, text);
  log.fatal(error);
  return all();
}

function onTerminal(text: string): string {
  const { to, text: all } = sink();
  const log = createLogger(config, 'test', pretty({ ...ON_A_TERMINAL, colorize: false, destination: to, sync: true }));
  const error = Object.assign(new Error(text, { cause: new TypeError(text) }), { code: text });
  log.info({ field: text, deep: { list: [text] }, err: error }, text);
  return all();
}

describe('log injection', () => {
  it.each(HOSTILE)('%j stays inside its line, and nothing in it is obeyed', (text) => {
    const lines = written(text).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength(4);
    for (const line of lines) {
      expect(OBEYED.test(line)).toBe(false);
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), part: 'test' });
    }
    expect(lines.map((line) => JSON.parse(line).level)).toEqual([30, 50, 40, 60]);
  });

  it('any text at all makes no second line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const lines = written(text).trimEnd().split('\n');
        expect(lines).toHaveLength(4);
        for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
      }),
    );
  });

  it.each(HOSTILE)('on a terminal nothing of %j is obeyed, and nothing looks like another event', (text) => {
    const shown = onTerminal(text);
    expect(OBEYED.test(shown)).toBe(false);
    // An event begins with its time in brackets; what belongs to it is indented.
    expect(shown.split('\n').filter((line) => /^\S/.test(line) && line !== '').length).toBe(1);
  });
});

describe('secrets', () => {
  const secrets = [
    ...['twilio-secret-1/+="', 'sk_eleven-secret-2', 'wsec_secret-3', 'tool-secret-4', 'client-secret-5'],
    ...['operator-secret-6', 'hash-secret-7', 'whsec_secret-8', 'pa/ss-secret-9'],
    ...['temporal-secret-10', Buffer.from('payload-secret-11').toString('base64').replace(/=+$/, '')],
  ];

  it.each(secrets)('%s is taken out of whatever a library says, plain or coded for a URL', (secret) => {
    for (const text of [secret, `https://x/?key=${encodeURIComponent(secret)}`, `Basic ${secret}`]) {
      const log = written(`it said: ${text}`);
      expect(log).not.toContain(secret);
      expect(log).not.toContain(JSON.stringify(secret).slice(1, -1));
      expect(log).not.toContain(encodeURIComponent(secret));
      expect(log).toContain('[secret]');
    }
  });

  // PostgreSQL's driver takes such a password as it stands.
  it.each(['100%sure-secret', '%zz-secret-%2F'])('a password with a stray percent sign, %s, is one too', (password) => {
    const { to, text } = sink();
    const databaseUrl = `postgres://vocero:${password}@db/vocero`;
    createLogger({ log: { level: 'info' }, databaseUrl }, 'test', to).info(`no connection to ${databaseUrl}`);
    expect(text()).not.toContain(password);
    expect(text()).toContain('[secret]');
  });

  it('hung on an error by an SDK are not written, known or not', () => {
    const { to, text } = sink();
    const log = createLogger(config, 'test', to);
    const headers = { authorization: 'Basic unknown-to-us', 'xi-api-key': 'unknown-as-well' };
    const error = Object.assign(new Error('Request failed'), {
      config: { headers, url: 'https://x/?token=hidden' },
      request: { headers },
      response: { headers, body: 'Mauro' },
      rawResponse: { headers },
      detail: 'Failing row contains (Mauro, +541143211234)',
      where: 'Mauro',
    });
    log.error({ err: error }, 'failed');
    expect(text()).not.toMatch(/unknown|hidden|Mauro|43211234/);
    expect(JSON.parse(text())).toMatchObject({
      err: { type: 'Error', message: 'Request failed', stack: expect.any(String) },
    });
  });
});

describe('numbers and people', () => {
  const NUMBERS = ['+541143211234', '%2B541143211234', '541143211234', '+54 11 4321-1234', '(011) 4321 1234'];

  it.each(NUMBERS)('%s in an error is masked wherever it is thrown', (number) => {
    const { to, text } = sink();
    const log = createLogger(config, 'test', to);
    log.error({ err: new Error(`no route to ${number}`, { cause: new Error(`To=${number}&From=x`) }) }, 'failed');
    expect(text().replaceAll(/[^\d]/g, '')).not.toContain('43211234');
  });

  it('a number in E.164 is masked in any field', () => {
    for (const text of ['+541143211234', 'https://x/?To=%2B541143211234'])
      expect(written(text).replaceAll(/\D/g, '')).not.toContain('43211234');
  });

  it('an answer of a provider that repeats the request leaves its code in the log, and no name or number', async () => {
    const echo = await webServer(({ request, json }) =>
      json(500, {
        code: 20500,
        message: `cannot: ${request.body}`,
        detail: { status: 'x', message: `cannot: ${request.body}` },
      }),
    );
    const { to, text } = sink();
    const log = createLogger(config, 'test', to);
    const booked = order({ id: 'bk_echo00001' });
    const eleven = createElevenLabs({
      apiKey: 'k',
      agentId: 'a',
      phoneNumberId: 'p',
      apiBaseUrl: echo.url,
      timeoutMs: 5_000,
    } as never);
    const failures: unknown[] = [];
    try {
      await eleven.agentTest(booked, 'bk_echo00001.1').catch((error: unknown) => failures.push(error));
      await eleven
        .dialogue([{ role: 'agent', message: booked.request.user_name, at_seconds: 0 }], 'es')
        .catch((error: unknown) => failures.push(error));
      const twilio = createTwilioVoice({
        accountSid: `AC${'0'.repeat(32)}`,
        authToken: 't',
        from: '+15005550006',
        publicUrl: 'https://v.example',
        apiBaseUrl: echo.url,
      });
      await twilio
        .callsTo(booked.business.phone, new Date().toISOString())
        .catch((error: unknown) => failures.push(error));
      await twilio.call(booked.business.phone).catch((error: unknown) => failures.push(error));
    } finally {
      await echo.close();
    }
    expect(echo.seen.some(({ body }) => body.includes(booked.request.user_name))).toBe(true);
    expect(failures).toHaveLength(4);
    for (const error of failures) {
      expect(error).toBeInstanceOf(ProviderUnreachable);
      log.error({ err: error }, 'failed');
      log.error({ reason: reasonOf(error) }, 'failed');
      log.error({ err: new Error('around it', { cause: error }) }, 'failed');
    }
    expect(text()).toMatch(/elevenlabs_http_500.*twilio_20500/s);
    expect(text()).not.toContain(booked.request.user_name);
    expect(text().replaceAll(/\D/g, '')).not.toContain(booked.business.phone.slice(1));
  });

  it('what a provider said is kept for the client with its numbers masked', () => {
    const said = twilioProblem({ status: 400, code: 21211, message: 'The number +541143211234 is not valid' });
    expect(said).toEqual({ code: 'twilio_21211', message: 'The number +54…34 is not valid' });
  });
});
