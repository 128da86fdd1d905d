import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { withShortStacks } from '../../worker/short-stacks.ts';

const limitOfNewContext = (): unknown => runInNewContext('Error.stackTraceLimit');

test('contexts that are created meanwhile keep three frames, all others what they had', async () => {
  const before = limitOfNewContext();
  expect(before).not.toBe(3);
  const own = Error.stackTraceLimit;
  expect(await withShortStacks(async () => limitOfNewContext())).toBe(3);
  expect(Error.stackTraceLimit).toBe(own);
  expect(limitOfNewContext()).toBe(before);
});

test('a creation that fails leaves no short stacks behind', async () => {
  const before = limitOfNewContext();
  await expect(withShortStacks(() => Promise.reject(new Error('no connection')))).rejects.toThrow('no connection');
  expect(limitOfNewContext()).toBe(before);
});
