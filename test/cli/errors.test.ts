import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, jest } from '@jest/globals';
import { ownFolder } from '../support/files.ts';
import { fakeApi } from './support/fake-api.ts';
import { vocero } from './support/vocero.ts';

jest.setTimeout(60_000);

const here = ownFolder();
const say = (args: readonly string[], env?: Record<string, string>) => vocero(args, here.path('.'), env);

describe('a setting that cannot be used', () => {
  it.each([
    ['start', { PORT: 'x' }, 'Vocero cannot start, a setting needs attention:\n  PORT: is "x"'],
    ['list', { VOCERO_URL: 'x' }, 'vocero list cannot go on, a setting needs attention:\n  VOCERO_URL: is "x"'],
    [
      'provision',
      { ELEVENLABS_API_KEY: 'x' },
      'vocero provision cannot go on, a setting needs attention:\n  PUBLIC_URL',
    ],
  ])('is said to keep vocero %s from its work', async (command, env, words) => {
    const { code, err } = await say([command], env as Record<string, string>);
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
const BOOK = ['book', '--business', 'a', '--service', 'b', '--user', 'c', '--phone', '+541143211234'];
const CLIENTS = [['list'], ['watch', 'bk_a'], ['cancel', 'bk_a'], BOOK, [...BOOK, '--no-wait']];

/** What a command with --json prints when it fails: one document on standard output, and on standard error the same in words. */
async function failure(args: readonly string[], env?: Record<string, string>) {
  const { code, out, err, json } = await say([...args, '--json'], env);
  const { error, ...more } = json() as { error: { code: string; message: string } };
  expect(more).toEqual({});
  expect(out.trim()).not.toContain('\n');
  expect(err).toContain(error.message);
  expect(page).toContain(`| \`${error.code}\` |`);
  return { exit: code, err, ...error };
}

const PROBLEM = {
  type: 'https://example.com/invalid',
  title: 'Invalid request',
  status: 422,
  detail: 'It is not valid.',
  errors: [{ field: 'business.phone', message: 'is no number' }],
  request_id: 'r1',
};
const refusing = (status: number, body: unknown) =>
  fakeApi(() => ({ status: `${status} No`, type: 'application/problem+json', body: JSON.stringify(body) }));

describe('a failure with --json', () => {
  it('has what the API refused, with its fields', async () => {
    const VOCERO_URL = await refusing(422, PROBLEM);
    for (const command of CLIENTS) {
      const told = await failure(command, { VOCERO_URL });
      expect(told).toMatchObject({ exit: 2, code: 'refused', status: 422, problem: PROBLEM });
      expect(told.message).toContain('business.phone: is no number');
    }
  });

  it.each([
    [401, 'unauthorized'],
    [404, 'refused'],
    [409, 'refused'],
  ])('says what %d means: %s', async (status, code) => {
    const problem = { ...PROBLEM, status };
    const VOCERO_URL = await refusing(status, problem);
    for (const command of CLIENTS)
      expect(await failure(command, { VOCERO_URL })).toMatchObject({ exit: 1, code, status, problem });
  });

  it('tells nobody there, and somebody else there', async () => {
    const VOCERO_URL = await fakeApi(() => ({ status: '200 OK', type: 'text/html', body: '<h1>hello</h1>' }));
    for (const command of CLIENTS) {
      const nobody = await failure(command, { VOCERO_URL: 'http://127.0.0.1:10081' });
      expect(nobody).toMatchObject({ exit: 1, code: 'unreachable' });
      expect(await failure(command, { VOCERO_URL })).toMatchObject({ exit: 1, code: 'not_the_api', status: 200 });
    }
  });

  it('an answer that breaks off is none', async () => {
    const VOCERO_URL = await fakeApi(() => ({ status: '200 OK', body: '{"data":[', broken: true }));
    expect(await failure(['list'], { VOCERO_URL })).toMatchObject({ exit: 1, code: 'unreachable' });
  });

  it('of a booking whose acceptance is not known has the key that finds it, so that nobody is rung twice', async () => {
    const keys = new Set<string>();
    const VOCERO_URL = await fakeApi((_, __, head) => {
      keys.add(/^idempotency-key: (.*)$/im.exec(head)![1]!.trim());
      return undefined;
    });
    const lost = await failure(BOOK, { VOCERO_URL });
    expect(lost).toMatchObject({ exit: 1, code: 'unreachable', idempotency_key: [...keys][0] });
    expect(keys.size).toBe(1);
    expect(lost.message).toContain(`--idempotency-key ${[...keys][0]}`);
  });

  it.each([['{"status":"ok"}'], ['null'], ['{"id":7}']])(
    'is told of the answer %s, which is no booking',
    async (body) => {
      const VOCERO_URL = await fakeApi(() => ({ status: '200 OK', body }));
      for (const command of [BOOK, [...BOOK, '--no-wait'], ['cancel', 'bk_a']])
        expect(await failure(command, { VOCERO_URL })).toMatchObject({ exit: 1, code: 'not_the_api' });
    },
  );

  it('is told of a cancellation that is answered with another booking', async () => {
    const VOCERO_URL = await fakeApi(() => ({ status: '202 Accepted', body: '{"id":"bk_other"}' }));
    expect(await failure(['cancel', 'bk_a'], { VOCERO_URL })).toMatchObject({ exit: 1, code: 'not_the_api' });
  });

  it.each(['null', '{"type":"final","outcome":null}', '[['])('is told of the event %s, which is none', async (data) => {
    const events = { status: '200 OK', type: 'Text/Event-Stream', body: `id: 1\ndata: ${data}\n\n` };
    const VOCERO_URL = await fakeApi(() => events);
    expect(await failure(['watch', 'bk_a'], { VOCERO_URL })).toMatchObject({
      exit: 1,
      code: 'not_the_api',
      booking_id: 'bk_a',
    });
  });

  it('does not lose the outcome that was heard when the booking cannot be read at the end', async () => {
    const outcome = { result: 'declined', channel: 'native', evidence: [] };
    const final = JSON.stringify({ type: 'final', at: '2026-11-24T12:00:00.000Z', outcome });
    const VOCERO_URL = await fakeApi((method, path) => {
      if (path.endsWith('/events'))
        return { status: '200 OK', type: 'text/event-stream', body: `id: 1\ndata: ${final}\n\n` };
      return method === 'POST' ? { status: '202 Accepted', body: '{"id":"bk_a"}' } : undefined;
    });
    const { code, json } = await vocero([...BOOK, '--json'], here.path('.'), { VOCERO_URL });
    expect([code, json()]).toEqual([3, { id: 'bk_a', outcome, stale: true }]);
  });

  it.each([
    ['watch', '..'],
    ['cancel', ''],
  ])('is told of an id that would name something else: %s', async (...command) => {
    expect(await failure(command, {})).toMatchObject({ exit: 2, code: 'usage' });
  });

  it('names the booking that it loses', async () => {
    const view = JSON.stringify({ id: 'bk_a' });
    const VOCERO_URL = await fakeApi((method) =>
      method === 'POST' ? { status: '202 Accepted', body: view } : { status: '404 No', body: '{}' },
    );
    expect(await failure(BOOK, { VOCERO_URL })).toMatchObject({ code: 'not_the_api', status: 404, booking_id: 'bk_a' });
  });

  it('names the settings', async () => {
    for (const command of [['list'], BOOK, ['watch', 'bk_a'], ['cancel', 'bk_a']]) {
      const told = await failure(command, { VOCERO_URL: 'x' });
      expect(told).toMatchObject({ exit: 1, code: 'configuration', settings: [{ variable: 'VOCERO_URL' }] });
    }
    const provision = await failure(['provision'], { ELEVENLABS_API_KEY: 'x' });
    expect(provision).toMatchObject({ exit: 1, code: 'configuration', settings: [{ variable: 'PUBLIC_URL' }] });
  });

  it.each([
    [['list', '--colour'], "unknown option '--colour'"],
    [['watch'], "missing required argument 'id'"],
    [['wacth', 'bk_a'], 'Did you mean watch?'],
    [['cancel', 'bk_a', 'bk_b'], 'too many arguments'],
    [['book', '--user', 'Mauro'], 'Missing: --business, --phone, --service.'],
    [[...BOOK, '--meta', 'x'], '--meta x: write it as name=value'],
    [['book', '--file', 'none.json'], '--file none.json: ENOENT'],
    [
      [...BOOK, '--no-bridge', '--file', 'x.json'],
      'put --business, --service, --user, --phone, --no-bridge there, or leave it out',
    ],
    [[...BOOK, '--idempotency-key', '日本'], '--idempotency-key: use visible ASCII'],
  ])('says what is wrong with the usage: %j', async (args, words) => {
    const told = await failure(args);
    expect(told).toMatchObject({ exit: 2, code: 'usage' });
    expect(told.message).toContain(words);
  });

  it('tells what keeps provision from beginning', async () => {
    expect(await failure(['provision'])).toMatchObject({ exit: 1, code: 'no_sandbox' });
    const settings = { ELEVENLABS_API_KEY: 'x', PUBLIC_URL: 'https://calls.example.com', DATA_DIR: here.path('data') };
    const lock = here.path('data', 'provision', 'lock.json');
    mkdirSync(dirname(lock), { recursive: true });
    writeFileSync(lock, '{');
    expect(await failure(['provision', '--dry-run'], settings)).toMatchObject({ exit: 1, code: 'provision' });
    writeFileSync(here.path('file'), '');
    const unexpected = await failure(['provision'], { ...settings, DATA_DIR: here.path('file') });
    expect(unexpected).toMatchObject({ exit: 1, code: 'unexpected' });
    expect(unexpected.err).toMatch(/\n\s+at /);
  });

  it('a folder that is not set up says so', () => {
    mkdirSync(here.path('processes'));
    const launcher = here.path('processes', 'vocero.mjs');
    copyFileSync(fileURLToPath(new URL('../../processes/vocero.mjs', import.meta.url)), launcher);
    const { status, stdout } = spawnSync(process.execPath, [launcher, 'list', '--json'], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'not_set_up' } });
  });

  it('is no other document where a command has its own', async () => {
    const { code, json } = await say(['doctor', '--json'], { PORT: 'x' });
    expect(code).toBe(1);
    expect(json()).toMatchObject({ ok: false, checks: [{ name: 'settings', state: 'fail' }] });
  });

  it('is words alone without it', async () => {
    const { out, err } = await say(['list'], { VOCERO_URL: 'http://127.0.0.1:10081' });
    expect(out).toBe('');
    expect(err).toMatch(/^http:.* does not answer: .*\n$/);
  });
});

it('--version is that of the package, and each command’s help says where it speaks to', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await say(['--version'])).toMatchObject({ code: 0, out: `${version}\n` });
  for (const command of ['book', 'watch', 'list', 'cancel']) {
    const { code, out } = await say([command, '--help']);
    expect(code).toBe(0);
    expect(out).toContain('VOCERO_URL');
  }
});
