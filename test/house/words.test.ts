import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** Rooms whose words are checked. A room is added by its name. */
const ROOMS = [
  ...['accepting', 'activities', 'api', 'bridge', 'callbacks', 'cli', 'clients', 'config', 'console', 'delivery'],
  ...['domain', 'mcp', 'processes', 'provision', 'providers', 'records', 'sandbox', 'temporal', 'tracing', 'worker'],
  'workflows',
];
/** Data: single words of talks with their weights. */
const NO_SENTENCES = 'domain/talk/impression-weights.ts';

interface Rule {
  banned: RegExp;
  instead: string;
}

/** For comments and for texts: sentences that are read twice before they are understood. */
const SENTENCES: Rule[] = [
  {
    // Questions pass; so does a sentence that merely contains one of these words.
    banned: /(?:^|[.;:!] )(?:What|Who|Whoever) (?![^.;:!]*\?)[^.;:!]*/i,
    instead: 'name the thing or the person instead of a clause with what or who: "the result", "the caller"',
  },
  { banned: /\bwho(?:so)?ever\b/i, instead: 'say "anyone who …", or name the role' },
  {
    banned: /\bbe (?:told|had|asked)\b/,
    instead: 'use the active voice: "notify the client", "get …", "ask Temporal"',
  },
  { banned: /(?<!\bthere )\bis none\b/i, instead: 'say "is not a …"' },
  { banned: /\b(?:gives?|giving|gave) (?:\w+ )?free\b/, instead: 'say "release"' },
  { banned: /\bfor good\b(?! reason)/, instead: 'say "permanently", or leave it out' },
  { banned: /\bof (?:its|their|our|his|her) own\b/, instead: 'say "its own …", "separate", or leave it out' },
];

/** For log lines, which operators read at night: "could not", the verb, the object. */
const LOG_LINES: Rule[] = [
  { banned: /\b(?:could not|cannot) be \w+/, instead: 'say "could not …" and the verb in the active voice' },
  { banned: /^(?:what|who|whoever|that|it) /i, instead: 'begin with "could not", the verb and the object' },
  { banned: /\b(?:is|are|was|were) not \w+ (?:yet|back)$/, instead: 'say "could not …" and the verb' },
];

/** Names of code that were given up; each with the one that is used. */
const NAMES: Rule[] = [
  { banned: /\bMOST_[A-Z]\w*/, instead: 'say "MAX_…"' },
  { banned: /\w*[Ss]urroundings\b/, instead: 'say "…Context", or "…Dependencies"' },
  { banned: /\bHappening\b|\bhappen\(/, instead: 'say "Fact", "apply"' },
  { banned: /\bClientNews\b/, instead: 'say "ClientNotifications"' },
  { banned: /\binARow\b/, instead: 'say "trailingCount"' },
  { banned: /\b\w*[Bb]elied\b(?<!outcome_belied)/, instead: 'say "contradicted"' },
  {
    banned: /\b(?:takeLeave|leadsInside|playedHere)\b/,
    instead: 'name the deed: "hangUpWithGoodbye", "pointsToPrivateAddress", …',
  },
];

interface Words {
  line: number;
  text: string;
}

/** Comments, strings, and regular expressions (which are skipped, because they may contain quotes). */
const TOKENS = new RegExp(
  [
    /(?<comment>\/\*[\s\S]*?\*\/|\/\/[^\n]*(?:\n\s*\/\/[^\n]*)*)/,
    /(?<string>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)/,
    /(?<=[=(,:[!&|?{};\n]\s*|\breturn )\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** One line of words: without the marks of comments, code (in backticks or fences), links, and the tags of docstrings. */
const plain = (comment: string): string =>
  comment
    .replace(/```[\s\S]*?```/g, '. ')
    .replace(/^\s*(?:\/\*\*?|\/\/|\*\/|\*(?!\/))/gm, '')
    .replace(/\*\/$/, '')
    .replace(/`[^`]*`/g, 'CODE')
    .replace(/@(?:param \w+|returns|throws|example)\b/g, '. ')
    .replace(/\s+/g, ' ')
    .trim();

/** Strings with at least one blank: anything else is a name. */
const isText = (text: string): boolean => / /.test(text) && !/^[^a-z]*$/.test(text);

function wordsOf(source: string): { comments: Words[]; texts: Words[] } {
  const comments: Words[] = [];
  const texts: Words[] = [];
  for (const { index, groups } of source.matchAll(TOKENS)) {
    const line = source.slice(0, index).split('\n').length;
    if (groups?.comment) comments.push({ line, text: plain(groups.comment) });
    const text = groups?.string?.slice(1, -1).replace(/\$\{[^}]*\}/g, 'CODE');
    if (text && isText(text)) texts.push({ line, text });
  }
  return { comments, texts };
}

/** Texts of the calls of a logger, up to the bracket that ends the call. */
function logLinesOf(source: string): Words[] {
  return [...source.matchAll(/\b(?:log|strangers)\??\.(?:debug|info|warn|error|fatal)\(/g)].flatMap((call) => {
    const begin = call.index + call[0].length;
    let depth = 1;
    let end = begin;
    while (depth > 0 && end < source.length) {
      if (source[end] === '(') depth++;
      if (source[end] === ')') depth--;
      end++;
    }
    const before = source.slice(0, begin).split('\n').length - 1;
    return wordsOf(source.slice(begin, end)).texts.map(({ line, text }) => ({ line: before + line, text }));
  });
}

const breaches = (rules: readonly Rule[], words: readonly Words[]): string[] =>
  words.flatMap(({ line, text }) =>
    rules.flatMap(({ banned, instead }) => {
      const found = banned.exec(text);
      return found ? [`${line}: "${found[0].trim().slice(0, 80)}": ${instead}`] : [];
    }),
  );

const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'],
  {
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => file !== NO_SENTENCES && ROOMS.some((room) => file.startsWith(`${room}/`)));

const inFiles = (find: (source: string) => string[]): string[] =>
  files.flatMap((file) => find(readFileSync(file, 'utf8')).map((breach) => `${file}:${breach}`));

describe('the words of the product', () => {
  it('are found in every room', () => {
    for (const room of ROOMS) expect(files.filter((file) => file.startsWith(`${room}/`))).not.toEqual([]);
  });

  it('are plain in comments', () => {
    expect(inFiles((source) => breaches(SENTENCES, wordsOf(source).comments))).toEqual([]);
  });

  it('are plain in texts', () => {
    expect(inFiles((source) => breaches(SENTENCES, wordsOf(source).texts))).toEqual([]);
  });

  it('say in log lines what could not be done', () => {
    expect(inFiles((source) => breaches(LOG_LINES, logLinesOf(source)))).toEqual([]);
  });

  it('are the present ones in names of code', () => {
    const lines = (source: string): Words[] => source.split('\n').map((text, i) => ({ line: i + 1, text }));
    expect(inFiles((source) => breaches(NAMES, lines(source)))).toEqual([]);
    expect(breaches(NAMES, lines('const MOST_TOLD = 3;\nthis.happen(fact);'))).toHaveLength(2);
  });

  it.each([
    '// What has come in of a call is kept.',
    '/** The booking as it is now: whoever asks gets the same. */',
    '/**\n * Tells the workflow.\n * Who asks never to be called is heard.\n */',
    "throw new Error('the database could not be told');",
    '// A call id that was made up is none.',
    '// The place is given back, which gives free the line.',
    '// It is kept for good.',
    '// On a thread of its own.',
  ])('would be found: %j', (source) => {
    const { comments, texts } = wordsOf(source);
    expect(breaches(SENTENCES, [...comments, ...texts])).not.toEqual([]);
  });

  it.each([
    '// What does Twilio sign? Not documented.',
    '/** Decides who carries the sound; undefined: there is none. */',
    '/** `who is none`: a name, not a sentence. */',
    "const header = text.replace(/'what is none'/g, '');",
    "const kind = 'whoever';",
    '/**\n * Shows it.\n * @example\n * ```ts\n * what(); // whoever\n * ```\n */',
  ])('passes: %j', (source) => {
    const { comments, texts } = wordsOf(source);
    expect(breaches(SENTENCES, [...comments, ...texts])).toEqual([]);
  });

  it.each([
    "log.warn({ err }, 'an answer could not be told');",
    "this.#context.log.warn({ call_id: this.callId, reason: reasonOf(error) }, 'who has the call could not be asked');",
    "log.error({}, 'it could not be seen to that this build gets bookings');",
    'context.log.error({ err: error }, `the places of a call (if any) are not given back`);',
  ])('would be found in a log: %j', (source) => {
    expect(breaches(LOG_LINES, logLinesOf(source))).not.toEqual([]);
  });
});
