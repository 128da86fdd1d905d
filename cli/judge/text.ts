import type { Judgement } from '../../domain/judge.ts';
import { plain } from '../foreign.ts';
import { bad, bold, dim, good, warn } from '../ink.ts';
import type { Count, Figures } from './figures.ts';
import type { Truth } from './talk-line.ts';

const ID = 14;
const RESULT = 18;
const WHEN = 16;

/** A decision as a row of the table. */
export function row(id: string, judgement: Judgement): string {
  const { result, confirmed_date: date, confirmed_time: time, proof, why } = plain(judgement);
  const ink = result === 'confirmed' ? good : result === 'needs_review' ? warn : dim;
  const when = [date, time].filter(Boolean).join(' ');
  const carried = proof && [proof.level, ...[proof.date, proof.time, proof.agreement].flatMap(words)].join(' ');
  return [plain(id).padEnd(ID), ink(result.padEnd(RESULT)), when.padEnd(WHEN), carried ?? why ?? '']
    .join('  ')
    .trimEnd();
}

const words = (cited: { text: string } | null): string[] => (cited ? [`“${cited.text}”`] : []);

export const falseRow = (truth: Truth): string => {
  const { result, date, time } = plain(truth);
  return bad(`${' '.repeat(ID)}  wrongly: the truth is ${[result, date, time].filter(Boolean).join(' ')}`);
};

const share = (part: number, of: number): string =>
  `${part} of ${of}${of > 0 ? ` (${((100 * part) / of).toFixed(1)} %)` : ''}`;

const HEAD = ['', 'talks', 'confirmed rightly', 'wrongly', 'left to a person', 'other result', 'matches the truth'];

/** The figures as a table by kind, and the two totals that matter. */
export function figureLines({ kinds, all, appointments, reported_rightly, carried }: Figures): string[] {
  const named = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => cells(plain(kind), count));
  const rows = [HEAD, ...(named.length > 1 ? named : []), cells('all', all)];
  const widths = HEAD.map((_, at) => Math.max(...rows.map((cell) => cell[at]!.length)));
  const table = rows.map((each) =>
    each.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  '),
  );
  const wrongly = `confirmed wrongly: ${all.wrongly}`;
  return [
    ...table,
    '',
    bold(all.wrongly > 0 ? bad(wrongly) : good(wrongly)),
    `true appointments confirmed: ${share(all.rightly, appointments)}; of the correctly reported ones: ${share(carried, reported_rightly)}`,
  ];
}

const cells = (name: string, { talks, rightly, wrongly, left, otherwise, same }: Count): string[] => [
  name,
  ...[talks, rightly, wrongly, left, otherwise, same].map(String),
];
