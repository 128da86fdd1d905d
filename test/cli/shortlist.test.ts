import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, jest } from '@jest/globals';
import { runSystem } from '../e2e/support/system.ts';
import { type Said, vocero } from './support/vocero.ts';

jest.setTimeout(120_000);

const system = runSystem();
const say = (...args: string[]): Promise<Said> =>
  vocero(['shortlist', ...args], system.folder, { VOCERO_URL: system.url });

it('places a shortlist and follows it to the candidate that confirms', async () => {
  const said = await say(
    ...['start', '--service', 'dentista', '--user', 'Mauro', '--language', 'es'],
    ...['--candidate', 'Dentista Uno=+541143213191', '--candidate', 'Dentista Dos=+541143213101'],
  );
  expect(said.out).toContain('candidate 1: asked declined');
  expect(said.out).toContain('candidate 2: asked confirmed');
  expect(said.out).toMatch(/confirmed: the appointment is confirmed\n {2}by {8}candidate 2 \(bk_/);
  expect(said.code).toBe(0);
});

it('takes a whole body from a file, prints documents, and watches and cancels by id', async () => {
  const file = join(system.folder, 'shortlist.json');
  const candidates = [{ business: { name: 'Dentista', phone: '+541143213301' } }];
  writeFileSync(file, JSON.stringify({ candidates, request: { service_type: 'dentista', user_name: 'Mauro' } }));
  system.sandbox.scenario({ number: '+541143213301', talk_ms: 60_000 });
  const started = await say('start', '--file', file, '--no-wait', '--json');
  const { id } = JSON.parse(started.out) as { id: string };
  const canceled = await say('cancel', id, '--json');
  expect(JSON.parse(canceled.out)).toMatchObject({ id, cancel_requested: true });
  const watched = await say('watch', id, '--json');
  const events = watched.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });
  expect(events.at(-1)).toMatchObject({ type: 'final', outcome: { result: 'canceled' } });
  expect(watched.code).toBe(6);
  const again = await say('cancel', id);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('final')]);
});

it('lists shortlists, newest first, with how far each one is', async () => {
  const [first, second] = ['+541143213501', '+541143213502'];
  for (const number of [first, second]) system.sandbox.scenario({ number, talk_ms: 1_000 });
  const place = async (name: string, number: string): Promise<string> => {
    const flags = ['--service', 'corte', '--user', 'Olga', '--candidate', `${name}=${number}`];
    return (await say('start', ...flags, '--no-wait')).out.trim();
  };
  const ids = [await place('Ñandú', first), await place('Tijera_9', second)];
  await say('watch', ids[1]!);
  const listed = await say('list', '--limit', '1');
  expect(listed.code).toBe(0);
  expect(listed.out).toMatch(new RegExp(`^${ids[1]} {2}.* confirmed .*corte, Olga\n {4}1. Tijera_9: confirmed\n`));
  const cursor = /--cursor (\S+)/.exec(listed.out)![1]!;
  const older = await say('list', '--cursor', cursor, '--limit', '1', '--json');
  expect(older.json()).toMatchObject({ data: [{ id: ids[0] }] });
  const refused = await say('list', '--limit', 'many');
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('limit')]);
});

it('names the flags that are missing, and the fields that the API refuses', async () => {
  const missing = await say('start', '--service', 'dentista');
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('--candidate, --user')]);
  const unclear = await say('start', '--service', 'dentista', '--user', 'Mauro', '--candidate', 'Dentista');
  expect([unclear.code, unclear.err]).toEqual([2, expect.stringContaining('name=number')]);
  const twice = ['--candidate', 'A=+541143213401', '--candidate', 'B=+541143213401'];
  const refused = await say('start', '--service', 'dentista', '--user', 'Mauro', ...twice);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('candidates.1.business.phone')]);
  const unknown = await say('watch', 'sl_nowhere');
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('no such shortlist')]);
});
