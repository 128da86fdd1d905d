import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ASSUMPTIONS } from './assumptions.ts';

const page = readFileSync(new URL('../../docs/guarantees.md', import.meta.url), 'utf8');

describe('docs/guarantees.md', () => {
  it.each(ASSUMPTIONS)('says what $id says, and what is left without it', ({ id, sentence, contained }) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${id}\` |`));
    expect(row).toContain(`| ${sentence} |`);
    expect(row).toContain(`| ${contained} |`);
  });
});
