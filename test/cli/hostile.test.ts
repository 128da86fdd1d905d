import { describe, expect, it, jest } from '@jest/globals';
import { stepLines } from '../../cli/provision-text.ts';
import type { BookingEvent } from '../../domain/view.ts';
import { ownFolder } from '../support/files.ts';
import { status } from '../support/world.ts';
import { fakeApi, type RawAnswer } from './support/fake-api.ts';
import { vocero } from './support/vocero.ts';

jest.setTimeout(60_000);

const here = ownFolder();

/** Clears the screen, sets the window's title, goes up a line, writes from right to left. */
const HOSTILE = 'hola\u001b[2J\u001b]0;owned\u0007\u009b1A\u202eadios';
const OBEYED = /(?!\n)[\p{Cc}\u2028-\u202e\u2066-\u2069]/u;
const AT = '2026-11-24T12:00:00.000Z';

const attempt = {
  call_id: HOSTILE,
  channel: HOSTILE,
  attempt: HOSTILE,
  status: HOSTILE,
  duration_seconds: null,
  error: { code: HOSTILE, message: HOSTILE },
};
const outcome = {
  result: HOSTILE,
  channel: HOSTILE,
  simulated: true,
  confirmed_date: HOSTILE,
  confirmed_time: HOSTILE,
  notes: HOSTILE,
  evidence: [HOSTILE],
};
const booking = {
  id: HOSTILE,
  status: HOSTILE,
  channel: HOSTILE,
  created_at: HOSTILE,
  outcome,
  attempts: [attempt],
};
const EVENTS = [
  { type: 'status', at: HOSTILE, status: HOSTILE, channel: HOSTILE },
  { type: 'status', at: AT, status: HOSTILE, channel: null, waiting_for: HOSTILE, until: HOSTILE },
  { type: 'attempt', at: AT, attempt },
  { type: 'evidence', at: AT, evidence: { ...status(1, 'ringing'), status: HOSTILE, source: HOSTILE } },
  { type: 'turn', at: AT, call_id: HOSTILE, role: 'agent', message: HOSTILE, at_seconds: 1 },
  { type: 'final', at: AT, outcome },
] as unknown as BookingEvent[];

const json = (code: string, body: unknown): RawAnswer => ({ status: code, body: JSON.stringify(body) });
const stream = (lines: readonly string[]): RawAnswer => ({
  status: '200 OK',
  type: 'text/event-stream',
  body: lines.map((data, n) => `id: ${n}${n === 0 ? HOSTILE : ''}\ndata: ${data}\n\n`).join(''),
});

const obliging = (method: string, path: string): RawAnswer => {
  if (path.endsWith('/events')) return stream(EVENTS.map((event) => JSON.stringify(event)));
  if (method === 'GET' && !path.includes('/v1/bookings/'))
    return json('200 OK', { data: [booking], next_cursor: HOSTILE });
  return json('202 Accepted', booking);
};
const PROBLEM = { title: HOSTILE, detail: HOSTILE, errors: [{ field: HOSTILE, message: HOSTILE }] };
const SERVERS: Record<string, (method: string, path: string) => RawAnswer> = {
  'that does what it is asked': obliging,
  'that refuses': () => json('422 No', { type: 'https://example.com/x', status: 422, ...PROBLEM }),
  'that is no API': () => ({ status: `404 ${HOSTILE}`, type: 'text/html', body: HOSTILE }),
  'that says yes and is no API': () => ({ status: `200 ${HOSTILE}`, body: HOSTILE }),
};
const BOOK = ['book', '--business', 'a', '--service', 'b', '--user', 'c', '--phone', '+541143211234'];
const COMMANDS = [['list'], ['watch', 'bk_a'], ['cancel', 'bk_a'], BOOK, [...BOOK, '--no-wait']];

describe.each(Object.entries(SERVERS))('a server %s', (_, server) => {
  it.each([[[]], [['--json']]])('says nothing that a terminal would obey, to no command %j', async (flags) => {
    const VOCERO_URL = await fakeApi(server);
    for (const command of COMMANDS) {
      const { out, err } = await vocero([...command, ...flags], here.path('.'), { VOCERO_URL });
      expect(out + err).toMatch(/\w/);
      expect(out + err).not.toMatch(OBEYED);
    }
  });
});

it('a document is the one that the API has sent, whatever is in its texts', async () => {
  const VOCERO_URL = await fakeApi(obliging);
  const { out, json: document } = await vocero(['list', '--json'], here.path('.'), { VOCERO_URL });
  expect(document()).toEqual({ data: [booking], next_cursor: HOSTILE });
  expect(out).not.toMatch(OBEYED);
});

it('a result that this version does not know is never taken for a confirmation', async () => {
  const VOCERO_URL = await fakeApi(obliging);
  for (const command of [['watch', 'bk_a'], BOOK]) {
    expect(await vocero(command, here.path('.'), { VOCERO_URL })).toMatchObject({ code: 1 });
  }
});

it('what provision found in an account is shown without anything that a terminal would obey', () => {
  const change = (from: unknown) => ({ field: HOSTILE, from, to: HOSTILE });
  const changes = [
    change(HOSTILE),
    change({ [HOSTILE]: HOSTILE }),
    change(`${HOSTILE} one\n${HOSTILE} two`),
    change(undefined),
  ];
  const lines = stepLines({ kind: 'agent', name: HOSTILE, action: 'updated', id: HOSTILE, changes, notes: [HOSTILE] });
  expect(lines.length).toBeGreaterThan(6);
  // Our own colours are gone in a test, where nothing is a terminal.
  for (const line of lines) expect(line).not.toMatch(OBEYED);
});
