/**
 * `npm run chaos -- --rounds N [--seed S]`: disasters on real processes, drawn from a seed: who is killed or which wire fails, which
 * phases the bookings are in, which of them go on meanwhile. The seed repeats the draw; the processes' own timing stays theirs.
 * Exit code 1 when a guarantee was broken.
 */
import { parseArgs } from 'node:util';
import { strayLegs } from './checker.ts';
import { type Disaster, nameOf, strike } from './disasters.ts';
import { complaints, summary, type Verdict, verdicts } from './fates.ts';
import { bringTo, PHASES } from './phases.ts';
import { Random } from './random.ts';
import { Rig, VICTIMS } from './rig.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** Only disasters whose name has this in it: `kill`, `hole`, `database`. */
    only: { type: 'string', default: '' },
    /** Prints what became of each booking that was not confirmed. */
    tell: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed);
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) {
  console.error('--rounds is how many disasters, a whole number from 1; --seed a whole number.');
  process.exit(2);
}

const random = new Random(seed);
const began = performance.now();
const say = (line: string): void =>
  console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}`);

function draw(rig: Rig): Disaster {
  const all: Disaster[] = [
    // A kill as often as a cut or a hole of some wire.
    ...rig.pairs.flatMap((_, i): Disaster[] => [{ kill: VICTIMS[i % VICTIMS.length]! }]),
    ...rig.pairs.map((cut): Disaster => ({ cut, ms: random.whole(200, 5_000) })),
    ...rig.pairs.map((hole): Disaster => ({ hole, ms: random.whole(500, 12_000) })),
  ];
  return random.pick(all.filter((disaster) => nameOf(disaster).includes(values.only)));
}

say(`seed ${seed}: again with --rounds ${rounds} --seed ${seed}`);
const rig = await Rig.start();
say(rig.withoutPostgres ? `ready, on SQLite: ${rig.withoutPostgres}` : 'ready');
const all: Verdict[] = [];
const struck = new Map<string, number>();
try {
  for (let round = 1; round <= rounds; round++) {
    const disaster = draw(rig);
    const name = nameOf(disaster);
    const subjects = await bringTo(rig, random.some(PHASES, 0.7), name);
    await strike(rig, disaster, subjects, random.some(subjects, 0.5));
    const found = await verdicts(rig, subjects, 240_000);
    all.push(...found);
    struck.set(name, (struck.get(name) ?? 0) + 1);
    const wrong = complaints(found);
    const reached = subjects.filter((subject) => subject.reached).length;
    say(`round ${round}: ${name}, ${reached} bookings in their phases, ${wrong.length} violations`);
    for (const line of wrong) console.log(`        ${line}`);
    for (const { id, number, violations, view, phase } of found) {
      const odd = values.tell && view.outcome?.result !== 'confirmed';
      if (odd) console.log(`        ${phase.name}: ${JSON.stringify(view)}`);
      if (violations.length > 0 || odd)
        console.log(`${JSON.stringify(rig.sandbox.log(number), null, 1)}\n${rig.linesOf(id)}`);
    }
  }
} catch (error) {
  console.error(rig.tails());
  throw error;
} finally {
  const stray = strayLegs(rig.sandbox.log(), new Set(all.map(({ id }) => id)));
  await rig.stop();
  const broken = [...complaints(all), ...stray];
  console.log(`\n${summary(all)}\n`);
  for (const [name, count] of [...struck].sort()) console.log(`${String(count).padStart(5)} × ${name}`);
  const legs = all.reduce((sum, { view }) => sum + view.attempts.length, 0);
  say(`seed ${seed}: ${all.length} bookings, ${legs} attempts, ${broken.length} violations`);
  for (const line of broken) console.log(line);
  process.exitCode = broken.length > 0 ? 1 : (process.exitCode ?? 0);
}
process.exit();
