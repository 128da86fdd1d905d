import type { Change } from '../provision/diff.ts';
import type { Action, Step } from '../provision/job.ts';
import { plain } from './foreign.ts';
import { bad, dim, good, warn } from './ink.ts';

const SIGNS: Record<Action, string> = {
  unchanged: good('='),
  checked: good('✓'),
  created: good('+'),
  updated: warn('~'),
  replaced: warn('!'),
};

/** The longest value in one line, and the number of lines shown of a text. */
const WIDTH = 100;
const LINES = 12;

/** One step, with each field that differs. */
export function stepLines({ changes, ...step }: Step): string[] {
  const { kind, name, action, id, notes } = plain(step);
  const head = `${SIGNS[action]} ${kind} ${name}${id ? dim(` ${id}`) : ''}  ${action}`;
  return [head, ...notes.map((note) => dim(`    ${note}`)), ...changes.flatMap(changeLines)].map((line) => `  ${line}`);
}

function changeLines({ field, from, to }: Change): string[] {
  if (isText(from) || isText(to)) return [`    ${plain(field)}`, ...textLines(String(from ?? ''), String(to ?? ''))];
  const after = good(shown(to));
  return [from === undefined ? `    ${plain(field)}: ${after}` : `    ${plain(field)}: ${bad(shown(from))} → ${after}`];
}

const isText = (value: unknown): boolean => typeof value === 'string' && (value.includes('\n') || value.length > WIDTH);

function textLines(from: string, to: string): string[] {
  const [before, after] = [from.split('\n'), to.split('\n')];
  const gone = before.filter((line) => line !== '' && !after.includes(line)).map((line) => bad(`      - ${cut(line)}`));
  const come = after
    .filter((line) => line !== '' && !before.includes(line))
    .map((line) => good(`      + ${cut(line)}`));
  const lines = [...gone, ...come];
  return lines.length > LINES ? [...lines.slice(0, LINES), dim(`      … ${lines.length - LINES} more lines`)] : lines;
}

const cut = (text: string): string => plain(text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text);

const shown = (value: unknown): string => cut(typeof value === 'string' ? value : JSON.stringify(value));
