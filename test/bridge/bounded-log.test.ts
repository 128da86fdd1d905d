import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { boundedLog } from '../../bridge/bounded-log.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function recorded() {
  const lines: { message: string; more?: number }[] = [];
  const write = (fields: object, message: string) => void lines.push({ ...fields, message });
  return { lines, log: boundedLog({ debug: write, info: write, warn: write, error: write }) };
}

it('writes some of each kind, counts the others, and says how many at the end of the interval', () => {
  const { lines, log } = recorded();
  for (let i = 0; i < 10_000; i++) log.warn({ i }, 'refused');
  log.warn({}, 'something else');
  expect(lines).toHaveLength(21);
  jest.advanceTimersByTime(10_000);
  expect(lines).toHaveLength(22);
  expect(lines.at(-1)).toEqual({ more: 9_980, within_seconds: 10, message: 'more of the same: refused' });
  log.warn({}, 'refused');
  expect(lines).toHaveLength(23);
});

it('says nothing more of what was written line by line, and what is counted at the end', () => {
  const { lines, log } = recorded();
  log.info({}, 'few');
  for (let i = 0; i < 25; i++) log.error({}, 'many');
  log.flush();
  expect(lines.filter(({ message }) => message.startsWith('more'))).toEqual([
    { more: 5, within_seconds: 10, message: 'more of the same: many' },
  ]);
  jest.advanceTimersByTime(60_000);
  expect(lines).toHaveLength(22);
});
