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
import { scaleOf, scored, signsOf } from '../domain/talk/impression.ts';
import { readTurns } from '../domain/talk/turns.ts';
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

const KEPT = 4_000;
const LEAST_TALKS = 4;
const STEPS = 250;
const STRENGTH = 5;
const RATE = 0.03;
const ADVERSARY_WEIGHT = 0.5;
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
  const { read } = readTurns(turns, {
    called_on: called_at.slice(0, 10),
    called_time: called_at.slice(11, 16),
    request,
  });
  return {
    id,
    signs: [...signsOf(read)],
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

function train(kept?: ReadonlySet<string>): { weights: Map<string, number>; bias: number } {
  const seen = new Map<string, number>();
  for (const { signs, weight } of examples) for (const sign of signs) seen.set(sign, (seen.get(sign) ?? 0) + weight);
  const names = [...seen]
    .filter(([sign, talks]) => talks >= LEAST_TALKS && (!kept || kept.has(sign)))
    .map(([sign]) => sign);
  const place = new Map(names.map((name, at) => [name, at]));
  const rows = examples.map((example) => {
    const at = example.signs.map((sign) => place.get(sign)).filter((one) => one !== undefined);
    return { at, scale: scaleOf(at.length), given: example.given, weight: example.weight };
  });
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const weights = new Float64Array(names.length);
  const mean = new Float64Array(names.length);
  const square = new Float64Array(names.length);
  const bias = [0, 0, 0] as [number, number, number];
  const adam = (gradient: number, m: number, v: number, step: number): [number, number, number] => {
    const first = 0.9 * m + 0.1 * gradient;
    const second = 0.999 * v + 0.001 * gradient * gradient;
    return [(RATE * first) / (1 - 0.9 ** step) / (Math.sqrt(second / (1 - 0.999 ** step)) + 1e-8), first, second];
  };
  for (let step = 1; step <= STEPS; step++) {
    const gradient = new Float64Array(names.length);
    let ofBias = 0;
    for (const { at, scale, given, weight } of rows) {
      let sum = bias[0];
      for (const one of at) sum += weights[one]! * scale;
      const error = (1 / (1 + Math.exp(-sum)) - Number(given)) * weight;
      ofBias += error;
      for (const one of at) gradient[one]! += error * scale;
    }
    for (let one = 0; one < names.length; one++) {
      const slope = gradient[one]! / total + weights[one]! / (STRENGTH * total);
      const [change, first, second] = adam(slope, mean[one]!, square[one]!, step);
      weights[one]! -= change;
      mean[one] = first;
      square[one] = second;
    }
    const [change, first, second] = adam(ofBias / total, bias[1], bias[2], step);
    bias[0] -= change;
    bias[1] = first;
    bias[2] = second;
  }
  return { weights: new Map(names.map((name, at) => [name, weights[at]!])), bias: bias[0] };
}

const all = train();
const strongest = [...all.weights].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])).slice(0, KEPT);
const { weights, bias } = train(new Set(strongest.map(([sign]) => sign)));

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
    .map(([sign, weight]) => [sign, Math.round(weight * 100)] as const)
    .filter(([, weight]) => weight !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([sign, weight]) => `${sign}=${weight}`);
  const text = entries.join('|');
  writeFileSync(
    new URL('../domain/talk/impression-weights.ts', import.meta.url),
    `/** Written by \`scripts/train-impression.ts\`. */\nexport const BIAS = ${bias.toFixed(3)};\n/** \`sign=weight\`, in hundredths. */\n// biome-ignore format: one line of data\nexport const WEIGHTS =\n  ${JSON.stringify(text)};\n`,
  );
  console.log(`${entries.length} signs of ${examples.length} talks`);
}
