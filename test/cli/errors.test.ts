import { describe, expect, it } from '@jest/globals';
import { ownFolder } from '../support/files.ts';
import { vocero } from './support/vocero.ts';

const here = ownFolder();
const say = (args: readonly string[], env?: Record<string, string>) => vocero(args, here.path('.'), env);

describe('a setting that cannot be used', () => {
  it.each([
    ['start', { PORT: 'x' }, 'Vocero cannot start, a setting needs attention:\n  PORT: is "x"'],
    ['list', { VOCERO_URL: 'x' }, 'vocero list cannot go on, a setting needs attention:\n  VOCERO_URL: is "x"'],
    [
      'provision',
      { ELEVENLABS_API_KEY: 'x' },
      'vocero provision cannot go on, a setting needs attention:\n  PUBLIC_URL',
    ],
  ])('is said to keep vocero %s from its work', async (command, env, words) => {
    const { code, err } = await say([command], env as Record<string, string>);
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
