import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, jest } from '@jest/globals';
import { ownFolder } from '../support/files.ts';
import { vocero } from './support/vocero.ts';

jest.setTimeout(60_000);

const here = ownFolder();

const TALK = {
  id: 't1',
  timezone: 'America/Argentina/Buenos_Aires',
  called_at: '2026-11-24T22:30:00-03:00',
  request: { service_type: 'dentista', user_name: 'Mauro' },
  turns: [] as { role: string; message: string | null }[],
  report: { result: 'confirmed', confirmed_date: '2026-12-01', confirmed_time: '16:00' } as Record<
    string,
    unknown
  > | null,
};
const TRUTH = { result: 'confirmed', date: '2026-12-01', time: '16:00' };

function file(name: string, ...lines: unknown[]): string {
  const path = here.path(name);
  writeFileSync(path, `${lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n`);
  return path;
}
const judge = (...args: string[]) => vocero(['judge', ...args], here.path('.'));
const decisions = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('vocero judge --json', () => {
  it('prints each decision as a line, and the figures beside them', async () => {
    const path = file(
      'three.jsonl',
      { ...TALK, truth: TRUTH, kind: 'without_words' },
      '',
      { ...TALK, id: 't2', report: { result: 'declined', confirmed_date: null }, truth: { result: 'declined' } },
      { ...TALK, id: 't3', report: null, truth: { result: 'not_confirmed', date: null, time: null } },
    );
    const { code, out, err } = await judge(path, '--json');
    expect(decisions(out)).toEqual([
      {
        id: 't1',
        result: 'confirmed',
        confirmed_date: '2026-12-01',
        confirmed_time: '16:00',
        proof: { level: 'claimed', date: null, time: null, agreement: null },
        why: null,
      },
      { id: 't2', result: 'declined', confirmed_date: null, confirmed_time: null, proof: null, why: null },
      {
        id: 't3',
        result: 'needs_review',
        confirmed_date: null,
        confirmed_time: null,
        proof: null,
        why: 'no result was reported',
      },
    ]);
    expect(err).toContain('confirmed wrongly: 0');
    expect(err).toContain('true appointments confirmed: 1 of 1 (100.0 %)');
    expect(code).toBe(0);
  });

  it('takes nothing but redacted turns for no transcript, and a person’s silence for none', async () => {
    const redacted = {
      ...TALK,
      turns: [
        { role: 'agent', message: null },
        { role: 'business', message: '' },
      ],
    };
    const { out } = await judge(file('redacted.jsonl', redacted), '--json');
    expect(decisions(out)[0]).toMatchObject({ result: 'confirmed', proof: { level: 'claimed' } });
  });

  it('counts days from the local day of the call', async () => {
    const report = { ...TALK.report, confirmed_date: '2026-11-24' };
    const same = { ...TALK, called_at: '2026-11-25T01:30:00Z', report };
    const next = { ...TALK, called_at: '2026-11-25T03:30:00Z', report };
    const { out } = await judge(file('days.jsonl', same, next), '--json');
    expect(decisions(out).map(({ result, why }) => [result, why])).toEqual([
      ['confirmed', null],
      ['needs_review', 'The day was already past.'],
    ]);
  });

  it('reads a report as the product does, generously and never guessing', async () => {
    const said = [
      { result: 'Confirmed', confirmed_date: '2026-12-01', confirmed_time: '16h' },
      { result: 'confirmed', confirmed_date: '2026-12-01 or 2026-12-03', confirmed_time: '16:00' },
      JSON.stringify({ result: 'no_availability', confirmed_date: 'N/A' }),
      { result: 'booked' },
    ].map((report) => ({ ...TALK, report }));
    const { out } = await judge(file('reports.jsonl', ...said), '--json');
    expect(decisions(out).map(({ result, confirmed_time, why }) => [result, confirmed_time, why])).toEqual([
      ['confirmed', '16:00', null],
      ['needs_review', null, 'The day or the hour that was reported cannot be used.'],
      ['no_availability', null, null],
      ['needs_review', null, 'the report says nothing that can be used'],
    ]);
  });

  it('hands the provider’s analysis to the one who weighs', async () => {
    const lines = [{ confirmed: true, date: '2026-12-01', time: '16:00' }, { date: '2026-12-02' }, null].map(
      (analysis) => ({ ...TALK, analysis }),
    );
    const { out } = await judge(file('analysis.jsonl', ...lines), '--json');
    expect(decisions(out).map(({ proof, why }) => (proof as { level: string } | null)?.level ?? why)).toEqual([
      'analyzed',
      'The provider’s own analysis of the talk contradicts the report.',
      'claimed',
    ]);
  });
});

describe('a truth that a decision contradicts', () => {
  it.each([
    ['nothing was confirmed', { result: 'not_confirmed', date: null, time: null }],
    ['another day', { ...TRUTH, date: '2026-12-02' }],
    ['another hour', { ...TRUTH, time: '16:30' }],
  ])('is told, with exit code 1: %s', async (_, truth) => {
    const path = file('false.jsonl', { ...TALK, truth, kind: 'k' });
    const { code, out } = await judge(path);
    expect(out).toContain(`wrongly: the truth is ${[truth.result, truth.date, truth.time].filter(Boolean).join(' ')}`);
    expect(out).toContain('confirmed wrongly: 1');
    expect(code).toBe(1);
    expect((await judge(path, '--figures')).out).toContain('t1  ');
  });

  it('has its exit code also where a line cannot be read', async () => {
    const wrong = { ...TALK, truth: { result: 'not_confirmed' } };
    expect((await judge(file('both.jsonl', wrong, '{'))).code).toBe(1);
  });
});

describe('a line that cannot be judged', () => {
  const { timezone: _, ...nowhere } = TALK;
  it.each([
    ['{"id": "t1"', '', 'is not JSON; write each talk as one object per line'],
    ['[]', '', 'is not a JSON object; write each talk as one object per line'],
    [nowhere, 'timezone', 'is missing; give the business’s time zone, like America/Argentina/Buenos_Aires'],
    [{ ...TALK, timezone: 'GMT-3' }, 'timezone', 'is not a time zone; give an IANA name'],
    [{ ...TALK, id: 7 }, 'id', 'must be the talk’s name, a text'],
    [{ ...TALK, called_at: '2026-02-30T10:00:00Z' }, 'called_at', 'must be a moment, like 2026-11-25T16:00:00-03:00'],
    [
      { ...TALK, request: { user_name: 'M' } },
      'request.service_type',
      'is missing; give the purpose of the appointment, a text',
    ],
    [{ ...TALK, turns: [{ role: 'user', message: 'x' }] }, 'turns[0].role', 'must be "agent" or "business"'],
    [{ ...TALK, turns: [{ role: 'agent' }] }, 'turns[0].message', 'is missing; give the words of the turn, a text'],
    [{ ...TALK, report: 4 }, 'report', 'must be an object with result, or null'],
    [{ ...TALK, analysis: { date: '1/12' } }, 'analysis.date', 'must be a day that exists, like 2026-11-25'],
    [{ ...TALK, truth: { result: 'booked' } }, 'truth.result', 'must be a result, or "not_confirmed"'],
    [{ ...TALK, truth: { result: 'confirmed' } }, 'truth', 'is confirmed without date or time; give both'],
  ])('is told with its number, field and remedy, and the others go on: %j', async (line, field, message) => {
    const path = file('bad.jsonl', TALK, line, { ...TALK, id: 't3' });
    const { code, out, err } = await judge(path, '--json');
    expect(err).toContain(`bad.jsonl, line 2: ${field ? `${field} ` : ''}${message}`);
    const [first, third, told] = decisions(out);
    expect([first!.id, third!.id]).toEqual(['t1', 't3']);
    expect(told).toMatchObject({
      error: { code: 'usage', lines: [{ file: path, line: 2, field, message: expect.stringContaining(message) }] },
    });
    expect(code).toBe(2);
  });

  it('steers no terminal', async () => {
    const hostile = 'a\u001b[2J\u202eb';
    const { out, err } = await judge(file('hostile.jsonl', { ...TALK, id: hostile }, `"${hostile}`));
    expect(out + err).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  });
});

describe('a file', () => {
  it.each([
    ['missing.jsonl', 'cannot be read'],
    ['.', 'is a folder; name the files in it'],
  ])('that is none is bad usage: %s', async (name, words) => {
    const { code, err } = await judge(here.path(name));
    expect(err).toContain(words);
    expect(code).toBe(2);
  });

  it('without a talk is bad usage', async () => {
    const { code, err } = await judge(file('empty.jsonl', '', ''));
    expect(err).toContain('there is no talk in it');
    expect(code).toBe(2);
  });

  it('may come from standard input, with a mark at its beginning and Windows’ line ends', () => {
    const launcher = fileURLToPath(new URL('../../processes/vocero.mjs', import.meta.url));
    const input = `\ufeff${JSON.stringify(TALK)}\r\n\r\n${JSON.stringify({ ...TALK, id: 't2' })}`;
    const { stdout, status } = spawnSync(process.execPath, [launcher, 'judge', '-', '--json'], {
      input,
      encoding: 'utf8',
    });
    expect(decisions(stdout).map(({ id }) => id)).toEqual(['t1', 't2']);
    expect(status).toBe(0);
  });
});
