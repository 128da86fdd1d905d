import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { EXIT, exitCodeOf, outcomeLines } from '../../cli/outcome.ts';
import { type Outcome, RESULTS } from '../../domain/result.ts';

const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| (\d+) \| (.*) \|$/gm)].map(([, code, text]) => ({
  code: Number(code),
  text: text!,
}));

const outcome = (result: Outcome['result'], channel: Outcome['channel']): Outcome => ({
  result,
  channel,
  simulated: channel === 'simulation',
  confirmed_date: null,
  confirmed_time: null,
  notes: null,
  evidence: [],
  proof: null,
});

it.each(RESULTS)('docs/cli.md has the exit code of %s', (result) => {
  const row = rows.find(({ text }) => text.includes(`\`${result}\``));
  expect(row?.code).toBe(exitCodeOf(outcome(result, 'native')));
});

it('a simulation never ends with the code of an appointment', () => {
  for (const result of RESULTS) expect(exitCodeOf(outcome(result, 'simulation'))).not.toBe(EXIT.confirmed);
  expect(exitCodeOf(outcome('confirmed', 'simulation'))).toBe(rows.find(({ text }) => /simulation/.test(text))!.code);
});

it.each(['constructor', '__proto__', 'toString'])(
  'the result %s, which every object has, is one that nobody knows',
  (result) => {
    const unknown = outcome(result as Outcome['result'], 'native');
    expect(exitCodeOf(unknown)).toBe(EXIT.failed);
    expect(outcomeLines(unknown)[0]).toContain('a result that this version of vocero does not know');
  },
);
