import { readFileSync } from 'node:fs';
import { expect, it, jest } from '@jest/globals';
import { ownFolder } from '../support/files.ts';
import { fakeApi, type RawAnswer } from './support/fake-api.ts';
import { vocero } from './support/vocero.ts';

jest.setTimeout(60_000);

const here = ownFolder();
const FILE = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'SUMMARY:SIMULATED\\, not booked: dentista – Ñandú',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

const asked = (answer: RawAnswer, args: readonly string[]) =>
  fakeApi(() => answer).then((VOCERO_URL) => vocero(['calendar', ...args], here.path(), { VOCERO_URL }));

const file = (body: string): RawAnswer => ({ status: '200 OK', type: 'text/calendar', body });

it('prints a booking’s calendar file as it is', async () => {
  const paths: string[] = [];
  const VOCERO_URL = await fakeApi((_method, path) => {
    paths.push(path);
    return file(FILE);
  });
  const said = await vocero(['calendar', 'bk_one'], here.path(), { VOCERO_URL });
  expect([said.code, said.out, paths]).toEqual([0, FILE, ['/v1/bookings/bk_one/calendar.ics']]);
});

it('writes it to a file, and says that it is simulated', async () => {
  const output = here.path('one.ics');
  const said = await asked(file(FILE), ['bk_one', '--output', output]);
  expect([said.code, said.out]).toEqual([0, `Wrote ${output}. It is simulated: no such appointment exists.\n`]);
  expect(readFileSync(output, 'utf8')).toBe(FILE);
  const refused = await asked(file(FILE), ['bk_one', '--output', here.path('no', 'such', 'folder.ics')]);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('Could not write')]);
});

it('says why there is none', async () => {
  const detail = 'This booking ended as declined: it has no appointment for a calendar.';
  const problem = JSON.stringify({ type: 'urn:x', title: 'Conflict', status: 409, detail });
  const said = await asked({ status: '409 Conflict', type: 'application/problem+json', body: problem }, ['bk_one']);
  expect([said.code, said.out, said.err]).toEqual([1, '', expect.stringContaining(detail)]);
});

it('prints nothing that a terminal obeys, and no page of another program', async () => {
  const hostile = await asked(file(FILE.replace('Ñandú', '\u001b[2J\u202eÑandú')), ['bk_one']);
  expect(hostile.out).toBe(FILE.replace('Ñandú', ' [2J Ñandú'));
  const other = await asked({ status: '200 OK', type: 'text/html', body: '<html>' }, ['bk_one']);
  expect([other.code, other.out]).toEqual([1, '']);
  expect(other.err).toMatch('not a calendar file');
});
