/**
 * Trains the weights of `domain/talk/impression.ts` on labelled talks and writes them.
 *
 *   node scripts/train-impression.ts [--hold-out NAME] [--adversary N] FILE.jsonl …
 *
 * Each line of a file: a talk as `vocero judge` takes it, with `truth`. `--hold-out`: leaves the files out whose name contains it, writes
 * nothing, and prints how well the others tell theirs. `--adversary`: so many made-up talks of the simulation as well.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { scaleOf, scored } from '../domain/talk/impression.ts';
import { readByRules } from '../domain/talk/read-talk.ts';
import { signsOf } from '../domain/talk/signs.ts';
import type { SpokenTurn, TalkContext } from '../domain/talk/types.ts';
import { generateTalk } from '../test/simulation/talks/generate.ts';
import { GIVEN } from '../test/simulation/talks/given.ts';
import { REFUSED } from '../test/simulation/talks/refused.ts';

interface Example {
  id: string;
  signs: string[];
  given: boolean;
  weight: number;
  /** The agent claimed it: only such talks are ever weighed. */
  claimed: boolean;
}

const KEPT = 24_000;
const LEAST_TALKS = 5;
const ROUNDS = 30;
const RATE = 0.3;
const SHRINK = 1e-3;
const ADVERSARY_WEIGHT = 0.15;
const ADVERSARY_SEED = 1_000_001;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'hold-out': { type: 'string' }, adversary: { type: 'string', default: '0' } },
});

interface Line {
  id: string;
  called_at: string;
  request: TalkContext['request'];
  turns: SpokenTurn[];
  report: { result: string } | null;
  truth: { result: string };
}

function exampleOf({ id, called_at, request, turns, report, truth }: Line, weight = 1): Example {
  const heard = readByRules(turns, {
    called_on: called_at.slice(0, 10),
    called_time: called_at.slice(11, 16),
    request,
  });
  return {
    id,
    signs: [...signsOf(heard)],
    given: truth.result === 'confirmed',
    weight,
    claimed: report?.result === 'confirmed',
  };
}

const linesOf = (file: string): Line[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

const heldOut = (file: string): boolean =>
  values['hold-out'] !== undefined && basename(file).includes(values['hold-out']);
const examples = positionals
  .filter((file) => !heldOut(file))
  .flatMap((file) => linesOf(file).map((line) => exampleOf(line)));
for (let seed = 0; seed < Number(values.adversary); seed++) {
  const { talk, kind, truth } = generateTalk(ADVERSARY_SEED + seed);
  // Of the other kinds the words are right, and the report is wrong.
  if (!(kind in GIVEN) && !(kind in REFUSED)) continue;
  const line = { ...talk, id: kind, called_at: talk.called_on, truth } as unknown as Line;
  examples.push(exampleOf(line, ADVERSARY_WEIGHT));
}

/**
 * Adaptive steps, talk by talk in an order that is the same each time; the given and the others weigh the same together, so that how many
 * there are of each says nothing.
 */
function train(): { weights: Map<string, number>; bias: number } {
  const seen = new Map<string, number>();
  for (const { signs } of examples) for (const sign of signs) seen.set(sign, (seen.get(sign) ?? 0) + 1);
  const names = [...seen].filter(([, talks]) => talks >= LEAST_TALKS).map(([sign]) => sign);
  const place = new Map(names.map((name, at) => [name, at]));
  const of = (given: boolean): number =>
    examples.filter((one) => one.given === given).reduce((sum, { weight }) => sum + weight, 0);
  const share = { given: (of(true) + of(false)) / 2 / of(true), not: (of(true) + of(false)) / 2 / of(false) };
  const rows = examples.map(({ signs, given, weight }) => {
    const at = signs.map((sign) => place.get(sign)).filter((one) => one !== undefined);
    return { at, scale: scaleOf(at.length), given, weight: weight * (given ? share.given : share.not) };
  });
  const weights = new Float64Array(names.length);
  const slopes = new Float64Array(names.length).fill(1e-8);
  let bias = 0;
  let ofBias = 1e-8;
  const random = seeded(1);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { at, scale, given, weight } of shuffled(rows, random)) {
      let sum = bias;
      for (const one of at) sum += weights[one]! * scale;
      const error = (1 / (1 + Math.exp(-sum)) - Number(given)) * weight;
      ofBias += error * error;
      bias -= (RATE * error) / Math.sqrt(ofBias);
      for (const one of at) {
        const slope = error * scale + SHRINK * weights[one]!;
        slopes[one]! += slope * slope;
        weights[one]! -= (RATE * slope) / Math.sqrt(slopes[one]!);
      }
    }
  }
  return { weights: new Map(names.map((name, at) => [name, weights[at]!])), bias };
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function shuffled<T>(rows: readonly T[], random: () => number): T[] {
  const out = [...rows];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

const all = train();
const strongest = [...all.weights].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])).slice(0, KEPT);
const weights = new Map(strongest);
const { bias } = all;

if (values['hold-out'] === undefined) write();
else {
  const scores = positionals
    .filter(heldOut)
    .flatMap(linesOf)
    .map((line) => exampleOf(line))
    .map((example) => ({ ...example, score: scored(example.signs, weights, bias) }));
  const of = (given: boolean): number[] =>
    scores.filter((one) => one.given === given && one.claimed).map(({ score }) => score);
  const [right, wrong] = [of(true), of(false)];
  const ordered = right.flatMap((a) => wrong.map((b) => Number(a > b))).reduce((sum, one) => sum + one, 0);
  console.log(
    `${right.length} given, ${wrong.length} not; a given one scores higher: ${((100 * ordered) / right.length / wrong.length).toFixed(1)} %`,
  );
  if (process.env.SCORES) writeFileSync(process.env.SCORES, JSON.stringify(scores.map(({ id, score }) => [id, score])));
}

function write(): void {
  const entries = [...weights]
    .map(([sign, weight]) => [sign, Math.round(weight * 1000)] as const)
    .filter(([, weight]) => weight !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([sign, weight]) => `${sign}=${weight}`);
  const text = entries.join('|');
  writeFileSync(
    new URL('../domain/talk/impression-weights.ts', import.meta.url),
    `/** Written by \`scripts/train-impression.ts\`. */\nexport const BIAS = ${bias.toFixed(3)};\n/** \`sign=weight\`, in thousandths. */\n// biome-ignore format: one line of data\nexport const WEIGHTS =\n  ${JSON.stringify(text)};\n`,
  );
  console.log(`${entries.length} signs of ${examples.length} talks`);
}
