import { readFileSync } from 'node:fs';
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
