import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { FIELDS } from '../../config/schema.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const example = read('.env.example');
const variables = [...example.matchAll(/^#([A-Z_]+)=/gm)].map((match) => match[1]!);

describe('.env.example', () => {
  it('explains every variable, once', () => {
    expect(variables).toEqual(expect.arrayContaining(Object.keys(FIELDS.shape)));
    expect(new Set(variables).size).toBe(variables.length);
  });

  it('changes nothing when it is copied as it is', () => {
    for (const line of example.split('\n')) expect(line).toMatch(/^(#.*)?$/);
  });

  it('explains what docker-compose.yml asks for', () => {
    const asked = [...read('docker-compose.yml').matchAll(/\$\{([A-Z_]+)/g)].map((match) => match[1]!);
    expect(variables).toEqual(expect.arrayContaining(asked));
  });

  it('shows values that the configuration accepts', () => {
    for (const [name, schema] of Object.entries(FIELDS.shape)) {
      const value = new RegExp(`^#${name}=(.+)$`, 'm').exec(example)?.[1];
      if (value) expect([name, schema.safeParse(value).success]).toEqual([name, true]);
    }
  });
});

describe('the schema of the settings', () => {
  it('has no setting that nothing reads', () => {
    const files = readdirSync(new URL('../../config', import.meta.url)).filter((file) => file !== 'schema.ts');
    const sources = [...files.map((file) => `config/${file}`), 'cli/where.ts'].map(read).join('\n');
    expect(Object.keys(FIELDS.shape).filter((name) => !new RegExp(`\\b${name}\\b`).test(sources))).toEqual([]);
  });
});
