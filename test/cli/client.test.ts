import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { inherited } from '../e2e/support/process.ts';
import { runSystem } from '../e2e/support/system.ts';
import { until } from '../support/until.ts';
import { begin, type Said, vocero } from './support/vocero.ts';

jest.setTimeout(90_000);

const KEY = 'key-of-a-client';
const system = runSystem({ env: { API_KEYS: KEY, OPERATOR_KEYS: 'key-of-an-operator' } });

const env = (more: Record<string, string> = {}) => ({ VOCERO_URL: system.url, VOCERO_KEY: KEY, ...more });
const say = (args: readonly string[], more?: Record<string, string>): Promise<Said> =>
  vocero(args, system.folder, env(more));
const BOOK = ['book', '--business', 'Clínica Dental Sur', '--service', 'dentista', '--user', 'Mauro', '--phone'];

/** A way to the API that a test can cut. */
async function cuttable(): Promise<{ url: string; cut(): void; passed(): string; close(): void }> {
  const sockets = new Set<Socket>();
  let passed = '';
  const server = createServer((near) => {
    const far = dial(Number(new URL(system.url).port), '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    far.on('data', (text: Buffer) => {
      passed += text.toString();
    });
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await until(() => server.listening);
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    passed: () => passed,
    close: () => {
      cut();
      server.close();
    },
  };
}

const after: (() => unknown)[] = [];
afterEach(() => {
  for (const each of after.splice(0)) each();
});

describe('vocero book', () => {
  it('follows the booking and prints the outcome: 0 for a confirmation', async () => {
    const { code, out, err } = await say([...BOOK, '+541143211234', '--date', 'mañana', '--meta', 'order=42']);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/^bk_\w+ is accepted/);
    expect(out).toContain('A native, attempt 1: completed');
    expect(out).toContain('confirmed: the appointment is confirmed');
    expect(out).toContain('report_result');
  });

  it.each([
    ['+541143211291', 3, 'declined'],
    ['+541143211296', 4, 'invalid_number'],
    ['+541143211290', 5, 'needs_review'],
    ['+541143212034', 8, 'confirmed'],
  ])('%s ends with %d and, with --json, prints the booking as one document: %s', async (phone, exit, result) => {
    const { code, json } = await say([...BOOK, phone, '--json']);
    expect(json()).toMatchObject({ outcome: { result } });
    expect(code).toBe(exit);
  });

  it('without a terminal asks nothing, and names the missing flags', async () => {
    const { code, err } = await say(['book', '--user', 'Mauro', '--phone', '+541143211234']);
    expect(code).toBe(2);
    expect(err).toContain('Missing: --business, --service.');
  });

  it('shows what the API says of a field', async () => {
    const { code, err } = await say([...BOOK, '112']);
    expect(code).toBe(2);
    expect(err).toContain('business.phone: is an emergency');
  });

  it('takes the whole body from a file, and the same key finds the same booking', async () => {
    const body = { business: { name: 'X', phone: '+541143211291' }, request: { service_type: 'a', user_name: 'b' } };
    writeFileSync(join(system.folder, 'body.json'), JSON.stringify(body));
    const place = () => say(['book', '--file', 'body.json', '--idempotency-key', 'twice', '--no-wait']);
    const [first, second] = [await place(), await place()];
    expect(first.out).toMatch(/^bk_\w+\n$/);
    expect(second.out).toBe(first.out);
  });

  it('Ctrl-C leaves the booking going on, and says how to come back to it', async () => {
    const command = begin([...BOOK, '+541143211234'], system.folder, env());
    await until(() => command.so_far().includes('dialing'));
    command.signal('SIGINT');
    const { code, out, err } = await command.said;
    expect(code).toBe(130);
    const id = /bk_\w+/.exec(out)![0];
    expect(err).toContain(`vocero watch ${id}`);
    expect(err).toContain(`vocero cancel ${id}`);
    const watched = await say(['watch', id]);
    expect(watched.code).toBe(0);
    expect(watched.out).toContain('confirmed');
  });
});

describe('vocero watch', () => {
  it('a connection lost in mid-watch is made anew, and no event is missed or told twice', async () => {
    const way = await cuttable();
    after.push(way.close);
    const { out: placed } = await say([...BOOK, '+541143211234', '--no-wait']);
    const id = placed.trim();
    const watching = begin(['watch', id, '--json'], system.folder, env({ VOCERO_URL: way.url }));
    await until(() => watching.so_far().includes('"ringing"') || watching.so_far().includes('dialing'));
    way.cut();
    const { code, out, err } = await watching.said;
    expect(err).toContain('connection lost');
    expect(err).toContain('connected again');
    expect(code).toBe(0);
    const told = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; type: string });
    const whole = (await say(['watch', id, '--json'])).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(told).toEqual(whole);
    expect(new Set(told.map((each) => each.id)).size).toBe(told.length);
    expect(told.at(-1)!.type).toBe('final');
  });

  it('an unknown booking is said to be unknown', async () => {
    const { code, err } = await say(['watch', 'bk_unknown']);
    expect(code).toBe(1);
    expect(err).toContain('no such booking');
  });
});

describe('vocero list and cancel', () => {
  it('a booking that waits is listed, canceled, and final', async () => {
    // It is busy, and rung again after two minutes: there is time to cancel.
    const { out } = await say([...BOOK, '+541143211293', '--no-wait']);
    const id = out.trim();
    const listed = await say(['list', '--json', '--limit', '1']);
    expect(listed.json()).toMatchObject({ data: [{ id }] });
    expect((await say(['list'])).out).toContain(id);
    expect((await say(['cancel', id])).code).toBe(0);
    expect((await say(['watch', id])).code).toBe(6);
    const again = await say(['cancel', id]);
    expect(again.code).toBe(1);
    expect(again.err).toContain('final');
  });
});

describe('what goes wrong before anything begins', () => {
  it.each([
    ['a wrong key', { VOCERO_KEY: 'wrong' }, 'The API refuses this key. Set VOCERO_KEY'],
    ['no key', { VOCERO_KEY: '' }, 'The API wants a key. Set VOCERO_KEY'],
    ['nobody there', { VOCERO_URL: 'http://127.0.0.1:10081' }, 'does not answer'],
    ['a URL that is none', { VOCERO_URL: 'calls.example.com' }, 'VOCERO_URL: is "calls.example.com"'],
  ])('%s is said in one line', async (_, more, words) => {
    for (const command of [['list'], ['watch', 'bk_any']]) {
      const { code, err } = await say(command, more as Record<string, string>);
      expect(code).toBe(1);
      expect(err).toContain(words);
      expect(err).not.toMatch(/\n\s+at /);
    }
  });

  it('a key of this installation is not sent to another', async () => {
    const way = await cuttable();
    after.push(way.close);
    const { err } = await say(['list'], { VOCERO_KEY: '', API_KEYS: KEY, VOCERO_URL: way.url });
    expect(err).toContain('The API wants a key');
  });

  it('finds what runs on its data folder by itself, and the key in the settings', async () => {
    const { code } = await vocero(['list'], system.folder, { DATA_DIR: system.env.DATA_DIR!, API_KEYS: KEY });
    expect(code).toBe(0);
  });

  it('an unknown command suggests one', async () => {
    const { code, err } = await say(['wacth', 'bk_any']);
    expect(code).toBe(2);
    expect(err).toContain('Did you mean watch?');
  });
});

const hasScript = spawnSync('script', ['--version']).stdout?.toString().includes('util-linux') ?? false;
if (!hasScript) process.stderr.write('script of util-linux is not here: nothing is tried on a pseudo-terminal\n');

(hasScript ? describe : describe.skip)('on a terminal', () => {
  const launcher = fileURLToPath(new URL('../../cli/vocero.mjs', import.meta.url));

  function onTerminal(command: string) {
    const child = spawn(
      'script',
      ['-qefc', `stty cols 100 rows 40; ${process.execPath} ${launcher} ${command}`, '/dev/null'],
      {
        cwd: system.folder,
        env: { ...inherited(), TERM: 'xterm', ...env() },
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    );
    let shown = '';
    child.stdout.on('data', (text: Buffer) => {
      shown += text.toString();
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    after.push(() => child.kill());
    return { shown: () => shown, type: (text: string) => child.stdin.write(text), ended };
  }

  it('book asks for what is missing, one after the other, and shows the way to the outcome', async () => {
    const terminal = onTerminal("book --phone +541143211234 --user Mauro --time ''");
    for (const [question, answer] of [
      ['Which business', 'Clínica Dental Sur'],
      ['What is the appointment for', 'dentista'],
      ['Which day', 'mañana'],
    ] as const) {
      await until(() => terminal.shown().includes(question));
      terminal.type(`${answer}\r`);
    }
    expect(await terminal.ended).toBe(0);
    expect(terminal.shown()).toContain('confirmed');
    expect(terminal.shown()).toMatch(/… .*, \d+ s/);
  });

  it('Ctrl-C at a question books nothing', async () => {
    const before = (await say(['list', '--json', '--limit', '100'])).json() as { data: unknown[] };
    const terminal = onTerminal('book');
    await until(() => terminal.shown().includes('Which business'));
    terminal.type('\u0003');
    expect(await terminal.ended).toBe(130);
    expect(terminal.shown()).toContain('Nothing was booked');
    const now = (await say(['list', '--json', '--limit', '100'])).json() as { data: unknown[] };
    expect(now.data.length).toBe(before.data.length);
  });
});
