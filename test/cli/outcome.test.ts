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
  offers: [],
  callback_at: null,
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

const cited = (text: string, turn: number, at_seconds: number | null = null) => ({
  text,
  role: 'business' as const,
  turn,
  at_seconds,
});

it('a confirmed appointment is told with the words that it rests on', () => {
  const confirmed: Outcome = {
    ...outcome('confirmed', 'native'),
    confirmed_date: '2026-12-01',
    confirmed_time: '16:00',
    notes: 'Trae la radiografía.',
    proof: {
      level: 'stated',
      date: { value: '2026-12-01', ...cited('el martes primero', 4, 69.2) },
      time: { value: '16:00', ...cited('a las cuatro\u001b[2J', 4, 69.2) },
      agreement: cited('ya quedó anotado', 6),
    },
  };
  expect(outcomeLines(confirmed).slice(1)).toEqual([
    '  when      2026-12-01 at 16:00',
    '  proof     stated: the business itself said day and time, and gave the appointment',
    '            day: the business said «el martes primero» (turn 4, 1:09)',
    '            time: the business said «a las cuatro [2J» (turn 4, 1:09)',
    '            agreement: the business said «ya quedó anotado» (turn 6)',
    '  notes     Trae la radiografía.',
  ]);
  expect(outcomeLines(confirmed).join()).not.toContain('\u001b[2J');
  const claimed = { ...confirmed, proof: { level: 'claimed' as const, date: null, time: null, agreement: null } };
  expect(outcomeLines(claimed)[2]).toMatch(/^ {2}proof {5}claimed: only the agent says so/);
});

it('one that is left to a person is told with why, once', () => {
  const doubtful: Outcome = {
    ...outcome('needs_review', 'native'),
    notes:
      'The business hedged: «creo que sí» (turn 6). Another hour was agreed than was reported: «a las cinco» (turn 4).',
    doubts: [
      { code: 'hedged', cites: [cited('creo que sí', 6)] },
      { code: 'other_hour', cites: [cited('a las cinco', 4)] },
    ],
  };
  expect(outcomeLines(doubtful).slice(1)).toEqual([
    '  why       The business hedged: «creo que sí» (turn 6).',
    '            Another hour was agreed than was reported: «a las cinco» (turn 4).',
  ]);
});
