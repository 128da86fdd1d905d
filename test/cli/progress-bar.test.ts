import { expect, it } from '@jest/globals';
import { barText } from '../../cli/batch/text.ts';
import { ProgressLine } from '../../cli/progress-line.ts';
import { countsOf, type RowStatus } from '../../domain/batch/statuses.ts';

const of = (...statuses: RowStatus[]) => countsOf(statuses.map((status) => ({ status })));

it('fills a bar with the rows that are final', () => {
  expect(barText(of('waiting', 'in_progress'))).toBe(`[${'-'.repeat(24)}] 0/2`);
  expect(barText(of('completed', 'failed', 'in_progress', 'invalid'))).toBe(`[${'#'.repeat(18)}${'-'.repeat(6)}] 3/4`);
  expect(barText(of('completed', 'canceled'))).toBe(`[${'#'.repeat(24)}] 2/2`);
  expect(barText(of())).toBe(`[${'#'.repeat(24)}] 0/0`);
});

it.each([
  ['a terminal', true, ['… [##--] 1/2, 0 s', 'row 1: confirmed']],
  ['a file', false, ['row 1: confirmed']],
])('is the last line of %s', (_, isTTY, shown) => {
  const written: string[] = [];
  const out = { isTTY, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream;
  const progress = new ProgressLine(out);
  progress.still('[##--] 1/2');
  progress.print('row 1: confirmed');
  progress.end();
  const text = written.join('');
  for (const part of shown) expect(text).toContain(part);
  expect(text.includes('1/2')).toBe(isTTY);
  // Nothing of it is left.
  if (isTTY) expect(text.endsWith('\r\u001b[K')).toBe(true);
});
