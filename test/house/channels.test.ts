import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { PHONE_CHANNELS } from '../../domain/channels.ts';

/** Where a phone channel may be called by its name; everywhere else it is a row of the table. */
const NAMES =
  /^(test|bench|sandbox)\/|^domain\/(channels|earlier)\.ts$|^activities\/(dialers\/|earlier-dials\.ts$)|^console\/language\//;
/** The talks' words, "registered" among them, and types that are made from the API's description. */
const WORDS = /^domain\/talk\/|^clients\/typescript\/src\/generated\//;
/** Who may look into an order's escalation: the schemas are made from the table. */
const POLICIES = /^(test|bench)\/|^domain\/(policy\.ts$|schemas\/)/;

/** What is called as a channel is and is none: evidence and where it came from, the media of a call, a process. */
const OTHERS = [
  /\b(kind|source)\b\S*( ===| !==|:) (z\.literal\()?'bridge'/g,
  /\bsource: ('\w+' \| )+'bridge'/g,
  /\bcase 'bridge':/g,
  /\b[mM]edia\b.*? (===|=) ('provider' \| )?'bridge'/g,
  /\bmedia: .*'provider' : 'bridge'/g,
  /\bmedia: 'bridge'/g,
  /\.enum\(\['provider', 'bridge'\]\)/g,
  /\bmediaOf\(\w+\) === 'bridge'/g,
  /\brunProcess\('bridge'/g,
];

/** Channels whose names nothing else has: not as a key or member either. */
const UNIQUE = PHONE_CHANNELS.filter((channel) => channel !== 'bridge');

const literal = new RegExp(`['"\`](${PHONE_CHANNELS.join('|')})['"\`]`);
const member = new RegExp(`[{,(\\s]["']?(${UNIQUE.join('|')})["']?\\??:|\\.(${UNIQUE.join('|')})\\b`);
const policy = new RegExp(`\\bescalation(\\?\\.|!)?(\\[|\\.?(${PHONE_CHANNELS.join('|')})\\b)`);
const taken = new RegExp(`\\{[^}]*\\b(${PHONE_CHANNELS.join('|')})\\b[^}]*\\} = [^;]*\\bescalation\\b`);

const withoutComment = (line: string): string => (/^\s*(\*|\/\/|\/\*)/.test(line) ? '' : line);

function namesChannel(given: string): boolean {
  const line = OTHERS.reduce((rest, other) => rest.replace(other, ''), withoutComment(given));
  return literal.test(line) || member.test(line);
}

function readsPolicy(given: string): boolean {
  const line = withoutComment(given);
  return policy.test(line) || taken.test(line);
}

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');

const linesThat = (is: (line: string) => boolean, exempt: RegExp): string[] =>
  files
    .filter((file) => !exempt.test(file) && !WORDS.test(file))
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, i) => (is(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
    );

describe('a phone channel', () => {
  it('is called by its name in the table, its dialer and the words for people only', () => {
    expect(linesThat(namesChannel, NAMES)).toEqual([]);
  });

  it('has its policy read by policyOf only', () => {
    expect(linesThat(readsPolicy, POLICIES)).toEqual([]);
  });

  it.each([
    "if (attempt.channel === 'native') return true;",
    "const noStream = attempt.channel === 'bridge' && !attempt.stream_started;",
    "const off = ['bridge', 'native'];",
    'const RATES = { native: 5 };',
    'const rate = rates.native;',
    "if (attempt.transcript?.source === 'bridge' && attempt.channel === 'bridge') return;",
  ])('would be found: %s', (line) => {
    expect(namesChannel(line)).toBe(true);
  });

  it.each([
    "if (evidence.kind === 'bridge') return;",
    "transcript?: { source: 'post_call' | 'conversation' | 'bridge' } | undefined;",
    "if (PHONE[channel].media === 'bridge') return;",
    'const url = config.bridge.url;',
    " * A bridge's evidence is of the kind 'bridge'.",
  ])('is none here: %s', (line) => {
    expect(namesChannel(line)).toBe(false);
  });

  it.each([
    'const policy = order.escalation[channel];',
    'const { ring_seconds } = order.escalation.bridge;',
    'const caps = order.escalation.native?.max_call_seconds;',
    'const { native, bridge } = order.escalation;',
  ])('would be found to be read past policyOf: %s', (line) => {
    expect(readsPolicy(line)).toBe(true);
  });
});
