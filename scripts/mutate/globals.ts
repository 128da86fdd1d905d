/** What a test file of `test/domain` imports as `@jest/globals`: the tests are kept, so that they can run again for each mutant. */
import { inspect } from 'node:util';
import { expect } from 'expect';

export { expect };

type Body = (...given: never[]) => unknown;

export interface KeptTest {
  /** Names of its groups and its own, then a number where two are alike. */
  id: string;
  file: string;
  run: () => unknown;
}

const kept: KeptTest[] = [];
const counts = new Map<string, number>();
const groups: string[] = [];
let file = '';

/** The tests of a file, which `load` loads. */
export async function collect(path: string, load: () => Promise<unknown>): Promise<KeptTest[]> {
  file = path;
  kept.length = 0;
  counts.clear();
  await load();
  return [...kept];
}

function keep(name: string, run: () => unknown): void {
  const title = [file, ...groups, name].join(' ');
  const before = counts.get(title) ?? 0;
  counts.set(title, before + 1);
  kept.push({ id: before === 0 ? title : `${title} (${before + 1})`, file, run });
}

function group(name: string, body: () => void): void {
  groups.push(name);
  try {
    body();
  } finally {
    groups.pop();
  }
}

/** As jest reads a table: rows of arguments, or single arguments. */
const eachOf =
  (declare: (name: string, body: () => unknown) => void) =>
  (table: readonly unknown[]) =>
  (name: string, body: Body) => {
    const rows = table.every((row) => Array.isArray(row)) ? (table as unknown[][]) : table.map((row) => [row]);
    for (const row of rows) {
      const said = inspect(row, { depth: 1, breakLength: Number.POSITIVE_INFINITY }).slice(0, 120);
      declare(`${name} ${said}`, () => body(...(row as never[])));
    }
  };

export const it = Object.assign(keep, { each: eachOf(keep) });
export const test = it;
export const describe = Object.assign(group, { each: eachOf(group as (name: string, body: () => unknown) => void) });
