import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FIELDS } from '../../config/schema.ts';
import { ALARM_KINDS } from '../../domain/alarm-kinds.ts';
import { PHONE_CHANNELS } from '../../domain/channels.ts';

const listed = (...patterns: string[]): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], { encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '');
const read = (file: string): string => readFileSync(file, 'utf8');

const PAGES = listed('*.md');
const SOURCES = listed(
  ...['accepting', 'activities', 'api', 'bridge', 'callbacks', 'delivery', 'processes', 'worker', 'workflows'].map(
    (room) => `${room}/*.ts`,
  ),
);
const found = (pattern: RegExp): string[] => [
  ...new Set(SOURCES.flatMap((file) => [...read(file).matchAll(pattern)].map((match) => match[1]!))),
];
const runbook = read('docs/runbook.md');

describe('the docs', () => {
  it('lead to files that are there', () => {
    const dead = PAGES.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)#\s]+)/g)]
        .map((match) => match[1]!)
        .filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(dirname(page), link)))
        .map((link) => `${page}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  it('name every metric in the runbook, and no other', () => {
    const metrics = found(/'(vocero_[a-z_]+)'/g);
    expect(metrics.length).toBeGreaterThan(20);
    expect(metrics.filter((name) => !runbook.includes(name))).toEqual([]);
    const named = [...runbook.matchAll(/`(vocero_[a-z_]+)/g)].map((match) => match[1]!);
    expect(named.filter((name) => !metrics.includes(name))).toEqual([]);
  });

  it('name every alarm in the runbook, with what to do', () => {
    const row = (kind: string) => new RegExp(`^\\| \`${kind}\`[^|]*\\|`, 'm');
    expect(ALARM_KINDS.filter((kind) => !row(kind).test(runbook))).toEqual([]);
    // The type checker keeps others out; a kind that nothing raises would be an empty promise.
    const raised = SOURCES.filter((file) => file !== 'domain/alarm-kinds.ts')
      .map(read)
      .join('\n');
    const ofChannels: readonly string[] = PHONE_CHANNELS.map((channel) => `${channel}_refused`);
    expect(ALARM_KINDS.filter((kind) => !ofChannels.includes(kind) && !raised.includes(`'${kind}'`))).toEqual([]);
  });

  it('speak of no setting that there is not', () => {
    const elsewhere = SOURCES.concat(
      listed(
        'config/*.ts',
        'cli/*.ts',
        'processes/*.mjs',
        'temporal/*.ts',
        'scripts/*',
        'sandbox/*.ts',
        'test/*.ts',
        'provision/*.ts',
        'domain/*.ts',
        '.ci/*',
        '.env.example',
      ),
    )
      .filter((file) => existsSync(file))
      .map(read)
      .join('\n');
    const named = [
      ...PAGES.map(read)
        .join('\n')
        .matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)/g),
    ].map((match) => match[1]!);
    const known = (name: string): boolean => name in FIELDS.shape || elsewhere.includes(name);
    expect([...new Set(named)].filter((name) => !known(name))).toEqual([]);
  });
});
