import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { defaultFirstMessage, defaultPrompt } from '../../domain/prompts.ts';
import { REPORT_RESULTS } from '../../domain/result.ts';
import { ASKED_FIELDS } from '../../providers/index.ts';

const page = readFileSync(new URL('../../docs/agent.md', import.meta.url), 'utf8');

it.each(['es', 'en'])('docs/agent.md shows the texts that an agent is to be given (%s)', (language) => {
  expect(page).toContain(defaultFirstMessage(language));
  expect(page).toContain(defaultPrompt(language));
});

it('docs/agent.md names every field of the analysis', () => {
  for (const [name, type] of Object.entries(ASKED_FIELDS)) expect(page).toContain(`| \`${name}\` | ${type} |`);
});

it('docs/agent.md names every result of the report', () => {
  for (const result of REPORT_RESULTS) expect(page).toContain(`\`${result}\``);
});
