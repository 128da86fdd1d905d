import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, jest } from '@jest/globals';
import { runSystem } from '../e2e/support/system.ts';
import { until } from '../support/until.ts';
import { begin, type Said, vocero } from './support/vocero.ts';

/** Of several tests at once. */
jest.setTimeout(120_000);

const system = runSystem();
const env = () => ({ VOCERO_URL: system.url });
const say = (...args: string[]): Promise<Said> => vocero(['batch', ...args], system.folder, env());

const HEAD = 'key;phone;business_name;user_name';
const table = (name: string, ...lines: string[]): string => {
  const path = join(system.folder, name);
  writeFileSync(path, Buffer.from(`${[HEAD, ...lines].join('\r\n')}\r\n`, 'latin1'));
  return path;
};
const talk = (...numbers: string[]): string[] => {
  for (const number of numbers) system.sandbox.scenario({ number, talk_ms: 1_000 });
  return numbers;
};

it('checks a table, says each problem with its line, and calls nobody', async () => {
  const path = table('broken.csv', 'p-1;5,41143E+11;Clínica Ñandú;Lucía', 'p-2;+541143220401;Óptica;');
  const { code, out } = await say('check', path, '--service', 'dentista');
  expect(code).toBe(2);
  expect(out).toContain('2 rows: 0 valid, 2 invalid, 0 duplicates (windows-1252, semicolon)');
  expect(out).toContain('line 2: phone was turned into 5,41143E+11 by a spreadsheet');
  expect(out).toContain('line 3: user_name is missing');
  expect(out).toContain('It would be refused: invalid rows');
  const json = await say('check', path, '--service', 'dentista', '--user', 'Mauro', '--json');
  expect(json.code).toBe(2);
  expect(json.json()).toMatchObject({ rows: 2, valid: 1, invalid: 1, check: expect.stringMatching(/^sha256:/) });
  const started = await say('start', path, '--service', 'dentista', '--json');
  expect(started.code).toBe(2);
  expect(started.json()).toMatchObject({ error: { code: 'refused', problem: { invalid: 2 } } });
  const lenient = await say('check', path, '--service', 'dentista', '--user', 'Mauro', '--on-invalid', 'skip');
  expect([lenient.code, lenient.out]).toEqual([0, expect.stringContaining('It would be accepted')]);
  expect((await system.client.send('GET', '/v1/batches')).body).toMatchObject({ data: [] });
});

it('starts what was checked, follows it without a bar where no terminal is, and prints its report', async () => {
  const [one, two] = talk('+541143220411', '+541143220412');
  const path = table('good.csv', `p-1;${one};Clínica Ñandú;Lucía`, `p-2;${two};Óptica;Tomás`);
  const { code, out } = await say('start', path, '--service', 'dentista', '--name', 'Recall');
  expect([code, out]).toEqual([0, expect.stringContaining('Recall: completed')]);
  expect(out).not.toMatch(/\[#*-*\]/);
  expect(out).not.toContain('\u001b');
  expect(out).toMatch(/row 1 \(p-1\): confirmed {2}bk_/);
  expect(out).toContain('results   2 confirmed');
  const id = /ba_\w+/.exec(out)![0];
  const report = await say('report', id);
  expect([report.code, report.out.split('\r\n').length]).toEqual([0, 4]);
  expect((await say('report', id, '--semicolon', '--out', 'report.csv')).code).toBe(0);
  expect(readFileSync(join(system.folder, 'report.csv'), 'utf8')).toContain(
    "p-1;'+54 11 4322 0411;completed;confirmed",
  );
  const watched = await say('watch', id, '--json');
  const events = watched.out.trim().split('\n');
  expect([watched.code, JSON.parse(events.at(-1)!)]).toEqual([0, expect.objectContaining({ type: 'final' })]);
  // A failure in words, and the code for scripts.
  const again = await say('pause', id);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('Only a batch under way can be paused')]);
  const nowhere = await say('report', 'ba_nowhere000');
  expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining('no such batch')]);
});

it('adds the rows of another table to a batch, checked by its settings, and follows it again', async () => {
  const [one, two] = talk('+541143220441', '+541143220442');
  const first = table('first.csv', `p-1;${one};Clínica Ñandú;Lucía`);
  const started = await say('start', first, '--service', 'dentista', '--name', 'Growing', '--json');
  const { id } = started.json() as { id: string };
  const wrong = await say('append', id, table('wrong.csv', 'p-2;5,41143E+11;Óptica;Tomás'));
  expect(wrong.code).toBe(2);
  expect(wrong.out).toContain('line 2: phone was turned into 5,41143E+11 by a spreadsheet');
  expect(wrong.err).toContain('Nothing was added: invalid rows: correct them.');
  const more = table('more.csv', `p-1;${one};Clínica Ñandú;Lucía`, `p-2;${two};Óptica;Tomás`);
  const added = await say('append', id, more);
  expect([added.code, added.err]).toEqual([0, '']);
  expect(added.out).toContain('1 rows are in the batch already');
  expect(added.out).toContain('1 rows are added to');
  // Only what came after the new rows.
  expect(added.out).not.toContain('row 1 (p-1)');
  expect(added.out).toMatch(/row 2 \(p-2\): confirmed {2}bk_/);
  expect(added.out).toContain('results   2 confirmed');
  const again = await say('append', id, more, '--json');
  expect([again.code, again.json()]).toEqual([0, { added: 0, known: 2 }]);
  expect(system.sandbox.log('+541143220442').calls).toHaveLength(1);

  const listed = await say('list', '--status', 'completed', '--limit', '1');
  expect([listed.code, listed.out]).toEqual([0, expect.stringMatching(/ba_\w+ .* completed/)]);
  const all = await say('list', '--json');
  expect(all.json()).toMatchObject({
    data: expect.arrayContaining([expect.objectContaining({ id, name: 'Growing' })]),
  });
});

it('holds, resumes, pauses and cancels a batch; Ctrl-C only stops watching', async () => {
  const numbers = talk('+541143220421', '+541143220422', '+541143220423');
  const path = table('held.csv', ...numbers.map((number, n) => `h-${n};${number};Taller ${n};Julia`));
  const held = await say('start', path, '--service', 'taller', '--held', '--max-concurrent', '1', '--json');
  const { id, status } = held.json();
  expect([held.code, status]).toEqual([0, 'held']);
  const watching = begin(['batch', 'watch', String(id)], system.folder, env());
  await until(() => watching.so_far().includes('held'), 60_000, 'the watch');
  watching.signal('SIGINT');
  expect(await watching.said).toMatchObject({ code: 130, err: expect.stringContaining('The batch goes on') });
  expect((await say('resume', String(id), '--json')).json()).toMatchObject({ status: 'running' });
  expect((await say('pause', String(id), '--json')).json()).toMatchObject({ status: 'paused', paused_because: 'user' });
  const canceled = await say('cancel', String(id), '--hang-up');
  expect(canceled.code).toBe(0);
  const watched = await say('watch', String(id));
  expect([watched.code, watched.out]).toEqual([6, expect.stringContaining('canceled')]);
});

it('names a wrong flag with its remedy', async () => {
  const path = table('flags.csv', 'p-1;+541143220431;Óptica;Lucía');
  for (const [flags, told] of [
    [['--stop-after', 'half'], 'write it as 50%/20'],
    [['--max-concurrent', 'many'], 'give a whole number'],
    [['--settings', 'nowhere.json'], '--settings nowhere.json'],
  ] as const) {
    const { code, err } = await say('start', path, ...flags);
    expect([code, err]).toEqual([2, expect.stringContaining(told)]);
  }
  const none = await say('check', 'nowhere.csv');
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('nowhere.csv')]);
});

it('says what to do about a problem in the words of its own flags, and where the earlier row is', async () => {
  const path = table(
    'flags.csv',
    'p-1;+541143220411;Clínica;Lucía',
    'p-2;+54 11 4322-0411;Óptica;',
    'p-3;4322 0412;Café;Olga',
  );
  const { code, out } = await say('check', path, '--service', 'dentista');
  expect(code).toBe(2);
  expect(out).toContain('3 rows: 1 valid, 2 invalid, 0 duplicates');
  expect(out).toContain('line 3: user_name is missing: give it in the row, or for all rows with --user');
  expect(out).toContain(
    'line 3: phone is the number of row 1 (line 2): remove one of them, or use --duplicates skip (or allow)',
  );
  expect(out).toMatch(/line 4: phone has no country code: .* or use --country/);
  const none = await say('check', join(system.folder, 'none.csv'));
  expect([none.code, none.err]).toEqual([
    2,
    expect.stringContaining('there is no such file: check its name and folder'),
  ]);
});
