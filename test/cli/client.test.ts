import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { bookingBody, ONCE_NATIVE } from '../e2e/support/client.ts';
import { inherited } from '../e2e/support/process.ts';
import { runSystem } from '../e2e/support/system.ts';
import { until } from '../support/until.ts';
import { begin, type Said, vocero } from './support/vocero.ts';

/** Of several tests at once. */
jest.setTimeout(90_000);

const KEY = 'key-of-a-client';
const system = runSystem({ env: { API_KEYS: KEY, OPERATOR_KEYS: 'key-of-an-operator' } });

const env = (more: Record<string, string> = {}) => ({ VOCERO_URL: system.url, VOCERO_KEY: KEY, ...more });
const say = (args: readonly string[], more?: Record<string, string>): Promise<Said> =>
  vocero(args, system.folder, env(more));
const BOOK = ['book', '--business', 'Clínica Dental Sur', '--service', 'dentista', '--user', 'Mauro', '--phone'];

/** A way to the API that a test can cut, and that tells what went over it. */
interface Way {
  url: string;
  /** Breaks off what is connected. Until `open`, nobody comes through any more. */
  cut(): void;
  open(): void;
  /** Breaks off in the middle of the event that has this text in it. */
  cutInside(text: string): void;
  /** Per connection, what was asked and what was answered. */
  passed(): { asked: string; answered: string }[];
  close(): void;
}

async function cuttable(): Promise<Way> {
  const sockets = new Set<Socket>();
  const passed: { asked: string; answered: string }[] = [];
  let closed = false;
  let inside: string | undefined;
  const server = createServer((near) => {
    near.on('error', () => {});
    if (closed) return near.destroy();
    const far = dial(Number(new URL(system.url).port), '127.0.0.1');
    const one = { asked: '', answered: '' };
    passed.push(one);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (bytes: Buffer) => {
      one.asked += bytes.toString();
      far.write(bytes);
    });
    far.on('data', (bytes: Buffer) => {
      const at = inside === undefined ? -1 : bytes.indexOf(inside);
      const let_through = at < 0 ? bytes : bytes.subarray(0, at);
      one.answered += let_through.toString();
      near.write(let_through);
      if (at < 0) return;
      inside = undefined;
      near.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await until(() => server.listening);
  const cut = () => {
    closed = true;
    for (const socket of sockets) socket.destroy();
  };
  const way = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    open: () => {
      closed = false;
    },
    cutInside: (text: string) => {
      inside = text;
    },
    passed: () => passed,
    close: () => {
      cut();
      server.close();
    },
  };
  after.push(way.close);
  return way;
}

const after: (() => unknown)[] = [];
afterEach(() => {
  for (const each of after.splice(0)) each();
});

describe('vocero book', () => {
  it.concurrent('follows the booking and prints the outcome: 0 for a confirmation', async () => {
    const { code, out, err } = await say([...BOOK, '+541143211234', '--date', 'mañana', '--meta', 'order=42']);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/^bk_\w+ is accepted/);
    expect(out).toContain('A native, attempt 1: completed');
    expect(out).toContain('confirmed: the appointment is confirmed');
    expect(out).toContain('report_result');
  });

  it.concurrent('says what will not be as it was asked for', async () => {
    const { out } = await say([...BOOK, '+541143210077', '--language', 'fr', '--no-bridge', '--no-simulation']);
    expect(out).toMatch(
      /^bk_\w+ is accepted\.\nlanguage will not be spoken: the agent does not speak it, only "es", "en"/,
    );
    expect(out).toContain('confirmed: the appointment is confirmed');
  });

  it.concurrent.each([
    [3, 'declined', ['+541143211291']],
    [3, 'no_availability', ['+541143211292']],
    [3, 'callback_requested', ['+541143211298']],
    [4, 'invalid_number', ['+541143211296']],
    [4, 'wrong_number', ['+541143211299']],
    [4, 'do_not_call', ['+541143211289']],
    [5, 'needs_review', ['+541143211290']],
    [7, 'error', ['+541143212034', '--no-simulation']],
    [8, 'confirmed', ['+541143212034']],
  ])(
    'ends with %d for %s, as watch does, and with --json prints the booking as one document: %s',
    async (exit, result, given) => {
      const { code, json } = await say([...BOOK, ...given, '--json']);
      const { id, outcome } = json();
      expect(outcome).toMatchObject({ result });
      expect(code).toBe(exit);
      expect((await say(['watch', String(id)])).code).toBe(exit);
    },
  );

  it.concurrent.each([
    ['unreachable', '+541143211294'],
    ['voicemail', '+541143211295'],
  ])('ends with 4 for %s', async (result, phone) => {
    const file = `${result}.json`;
    writeFileSync(join(system.folder, file), JSON.stringify(bookingBody(phone, ONCE_NATIVE)));
    const { code, out } = await say(['book', '--file', file]);
    expect(out).toContain(`${result}: `);
    expect(code).toBe(4);
  });

  it.concurrent('without a terminal asks nothing, and names the missing flags', async () => {
    const { code, err } = await say(['book', '--user', 'Mauro', '--phone', '+541143211234']);
    expect(code).toBe(2);
    expect(err).toContain('Missing: --business, --service.');
    expect((await say(['book'])).err).toContain('Missing: --business, --phone, --service, --user.');
  });

  it.concurrent('shows what the API says of a field', async () => {
    const { code, err } = await say([...BOOK, '112']);
    expect(code).toBe(2);
    expect(err).toContain('business.phone: is an emergency');
  });

  it.concurrent('takes the whole body from a file, and the same key finds the same booking', async () => {
    const body = { business: { name: 'X', phone: '+541143211291' }, request: { service_type: 'a', user_name: 'b' } };
    writeFileSync(join(system.folder, 'body.json'), JSON.stringify(body));
    const place = () => say(['book', '--file', 'body.json', '--idempotency-key', 'twice', '--no-wait']);
    const [first, second] = [await place(), await place()];
    expect(first.out).toMatch(/^bk_\w+\n$/);
    expect(second.out).toBe(first.out);
  });

  it.concurrent('Ctrl-C leaves the booking going on, and says how to come back to it', async () => {
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
  /** What a watcher says of a booking that is over, who never lost anything. */
  const whole = async (id: string, flags: string[]) => (await say(['watch', id, ...flags])).out;
  const idsIn = (text: string): string[] => [...text.matchAll(/^id: (.+)$/gm)].map(([, id]) => id!);

  it.each([
    ['a person', '+541143210901', []],
    ['a script', '+541143210902', ['--json']],
  ])(
    'a connection lost in mid-watch is made anew, and %s misses no event and is told none twice',
    async (_, number, flags) => {
      const way = await cuttable();
      system.sandbox.scenario({ number, hold: 'ringing' });
      const id = (await say([...BOOK, number, '--no-wait'])).out.trim();
      const watching = begin(['watch', id, ...flags], system.folder, env({ VOCERO_URL: way.url }));
      after.push(() => watching.signal('SIGKILL'));
      await until(() => system.sandbox.heldAt(number) && watching.so_far().includes('ringing'));
      way.cut();
      await until(() => watching.so_far().includes('connection lost'));
      // All that is left of the booking happens while nobody hears of it.
      system.sandbox.release(number);
      expect((await say(['watch', id])).code).toBe(0);
      way.open();
      const { code, out, err } = await watching.said;
      expect(err + out).toContain('reconnected');
      expect(code).toBe(0);
      expect(out.replace(/^connection lost .*\n|^reconnected\n/gm, '')).toBe(await whole(id, flags));
      // A person is told of calls after the outcome too, which are no events.
      const connections = way.passed().filter(({ asked }) => asked.includes('/events'));
      const [first, second] = connections;
      expect(connections).toHaveLength(2);
      expect(idsIn(first!.answered).length).toBeGreaterThan(1);
      expect(/^last-event-id: (.+)$/im.exec(second!.asked)?.[1]?.trim()).toBe(idsIn(first!.answered).at(-1));
      const all = connections.flatMap(({ answered }) => idsIn(answered));
      expect(new Set(all).size).toBe(all.length);
    },
  );

  it('a connection that breaks in the middle of an event loses it no more than any other', async () => {
    const way = await cuttable();
    way.cutInside('"type":"final"');
    const id = (await say([...BOOK, '+541143210903', '--no-wait'])).out.trim();
    const watching = begin(['watch', id, '--json'], system.folder, env({ VOCERO_URL: way.url }));
    after.push(() => watching.signal('SIGKILL'));
    const { code, out, err } = await watching.said;
    expect(err).toContain('connection lost');
    expect(code).toBe(0);
    expect(out).toBe(await whole(id, ['--json']));
  });

  it.concurrent('an unknown booking is said to be unknown', async () => {
    const { code, err } = await say(['watch', 'bk_unknown']);
    expect(code).toBe(1);
    expect(err).toContain('no such booking');
  });
});

describe('vocero list and cancel', () => {
  it('a booking that waits is listed, canceled, and final', async () => {
    // It is busy, and rung again after two minutes: there is time to cancel.
    const booking = begin([...BOOK, '+541143211293'], system.folder, env());
    const id = await until(() => /bk_\w+/.exec(booking.so_far())?.[0]);
    const listed = await say(['list', '--json', '--limit', '1']);
    expect(listed.json()).toMatchObject({ data: [{ id }] });
    expect((await say(['list'])).out).toContain(id);
    expect((await say(['cancel', id])).code).toBe(0);
    expect((await say(['watch', id])).code).toBe(6);
    expect((await booking.said).code).toBe(6);
    const again = await say(['cancel', id]);
    expect(again.code).toBe(1);
    expect(again.err).toContain('final');
  });
});

describe('days, hours and calls of the business', () => {
  /** A booking's line in the list, with the notes below it. */
  const listedAs = async (id: string): Promise<string> => {
    const lines = (await say(['list', '--limit', '100'])).out.trimEnd().split(/\n(?=bk_|More)/);
    return lines.find((line) => line.startsWith(id)) ?? '';
  };

  it.concurrent('a booking for days to come takes them from the flags, and is listed with its wait', async () => {
    const first = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    const later = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
    const times = ['--not-before', `${first}T09:00`, '--opening-hours', 'mon-fri 09:00-13:00; 15:00-24:00'];
    const days = ['--acceptable-dates', `${first}..${later},${later}`, '--acceptable-days', 'mon-sun'];
    const rest = ['--acceptable-times', '10:00-13:00,16:00-18:00', '--max-callbacks', '2', '--callback-within', '24'];
    const placed = await say([...BOOK, '+541143210904', ...times, ...days, ...rest, '--no-wait']);
    expect(placed.err).toBe('');
    const id = placed.out.trim();
    const answer = await fetch(`${system.url}/v1/bookings/${id}?include=order`, {
      headers: { authorization: `Bearer ${KEY}` },
    });
    const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
    expect(((await answer.json()) as { order: unknown }).order).toMatchObject({
      business: {
        opening_hours: [
          { days: week.slice(0, 5), from: '09:00', to: '13:00' },
          { days: week, from: '15:00', to: '24:00' },
        ],
      },
      request: {
        acceptable: {
          dates: [
            { from: first, to: later },
            { from: later, to: later },
          ],
          weekdays: week,
          times: [
            { from: '10:00', to: '13:00' },
            { from: '16:00', to: '18:00' },
          ],
        },
      },
      not_before: `${first}T12:00:00.000Z`,
      escalation: { callback: { enabled: true, max_callbacks: 2, within_hours: 24 } },
    });
    const listed = await until(async () => {
      const row = await listedAs(id);
      return row.includes('waiting') ? row : undefined;
    });
    expect(listed).toMatch(new RegExp(`queued\\n    waiting for not_before, until ${first} \\d\\d:00$`));
    await say(['cancel', id]);
  });

  it.concurrent('a ring-back is told as the call of the business, before the outcome and after it', async () => {
    const number = '+541143210905';
    system.sandbox.scenario({ number, callee: 'no-answer', ring_ms: 100, rings_back_ms: 100 });
    const { code, out } = await say([...BOOK, number, '--no-native']);
    expect(code).toBe(0);
    expect(out).toMatch(/B bridge, attempt 1: no_answer/);
    expect(out).toMatch(/B bridge, attempt 1, they called us: completed/);
    const id = /bk_\w+/.exec(out)![0];
    expect((await say(['watch', id])).out).not.toContain('after the outcome');
    system.sandbox.ringBack({ number, callee: 'no-availability' });
    const watched = await until(async () => {
      const said = await say(['watch', id]);
      return said.out.includes('after the outcome') && !said.out.includes('no report') ? said : undefined;
    }, 60_000);
    expect(watched.code).toBe(0);
    expect(watched.out).toMatch(/they called us after the outcome, \d\d:\d\d:\d\d: no_availability/);
    expect(await listedAs(id)).toMatch(/\n {4}they called us\n {4}1 call after the outcome$/);
  });

  it.concurrent.each([
    ['--opening-hours', 'mon 9-13', 'mon-fri 09:00-13:00; sat'],
    ['--acceptable-dates', 'tomorrow', '2026-12-01..2026-12-10'],
    ['--acceptable-days', 'monday', 'mon-fri or tue,thu'],
    ['--acceptable-times', '', '09:00-13:00'],
    ['--max-callbacks', 'many', 'a whole number'],
  ])('%s %s is refused with an example, before anything is placed', async (flag, text, remedy) => {
    const { code, err } = await say([...BOOK, '+541143210906', flag, text || ',']);
    expect(code).toBe(2);
    expect(err).toContain(`${flag} ${text || ','}: write`);
    expect(err).toContain(remedy);
  });
});

describe('what goes wrong before anything begins', () => {
  it.concurrent.each([
    ['a wrong key', { VOCERO_KEY: 'wrong' }, 'The API refuses this key. Set VOCERO_KEY'],
    ['no key', { VOCERO_KEY: '' }, 'The API requires a key. Set VOCERO_KEY'],
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
    const { err } = await say(['list'], { VOCERO_KEY: '', API_KEYS: KEY, VOCERO_URL: way.url });
    expect(err).toContain('The API requires a key');
  });

  it.concurrent('finds what runs on its data folder by itself, and the key in the settings', async () => {
    const { code } = await vocero(['list'], system.folder, { DATA_DIR: system.env.DATA_DIR!, API_KEYS: KEY });
    expect(code).toBe(0);
  });

  it.concurrent('an unknown command suggests one', async () => {
    const { code, err } = await say(['wacth', 'bk_any']);
    expect(code).toBe(2);
    expect(err).toContain('Did you mean watch?');
  });
});

const hasScript = spawnSync('script', ['--version']).stdout?.toString().includes('util-linux') ?? false;
if (!hasScript) process.stderr.write('script of util-linux is not here: nothing is tried on a pseudo-terminal\n');

(hasScript ? describe : describe.skip)('on a terminal', () => {
  const launcher = fileURLToPath(new URL('../../processes/vocero.mjs', import.meta.url));

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
