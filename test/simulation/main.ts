import { parseArgs } from 'node:util';
import { ASSUMPTIONS, assumptionOf, broken } from './assumptions.ts';
import { breach, campaign, type Failure } from './campaign.ts';
import { playCore } from './core.ts';
import { type Coverage, DISASTERS } from './coverage.ts';
import { generate } from './generate.ts';
import { uncontained } from './guarantees.ts';
import { breachLines, coverageLines, failureLines, runLines } from './report.ts';

const HELP = `Plays bookings against a world of ordered disasters and checks the guarantees from what really happened.

  npm run simulate -- [--seeds N] [--from N] [--workflow-seeds N] [--break ID|all] [--seed N]
  npm run simulate -- --batch-seeds N [--from N] | --batch-seed N
  npm run simulate -- --shortlist-seeds N [--from N] | --shortlist-seed N
  npm run simulate -- --talks N [--seed N] [--kind KIND] [--show KIND]

  --seeds           so many seeds through the pure core (10000)
  --from            the first seed (1)
  --workflow-seeds  so many through real workflow executions on the time-skipping server (0)
  --break           with one provider assumption broken, or each in turn: ${ASSUMPTIONS.map(({ id }) => id).join(', ')}
  --seed            one seed, told in lines; with --break ID the same with that assumption broken

  --batch-seeds     so many worlds of batches: real acceptance, records, feeding and places, with kills in every phase
  --batch-seed      one of them, told in lines
  --shortlist-seeds so many shortlists, each of several bookings
  --shortlist-seed  one shortlist, told in lines

  --talks           so many talks of the adversary, each judged and held against what really was agreed; one is told in lines
  --seed            the first seed of the talks (1)
  --kind            talks of this kind only
  --show            print talks of this kind that went wrong, or that were given and left to a person
`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    'workflow-seeds': { type: 'string', default: '0' },
    break: { type: 'string' },
    seed: { type: 'string' },
    'batch-seeds': { type: 'string' },
    'batch-seed': { type: 'string' },
    'shortlist-seeds': { type: 'string' },
    'shortlist-seed': { type: 'string' },
    talks: { type: 'string' },
    kind: { type: 'string' },
    show: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** A long run that missed a disaster or a row has shown nothing about it. */
const LONG_RUN = 10_000;
const SHOWN_FAILURES = 3;

function fail(message: string): never {
  console.error(`${message}\n\n${HELP}`);
  process.exit(2);
}

function count(name: Exclude<keyof typeof values, 'break' | 'kind' | 'show' | 'help'>, otherwise: number): number {
  const value = Number(values[name] ?? otherwise);
  if (Number.isInteger(value) && value >= 0) return value;
  fail(`--${name} is "${values[name]}"; give a whole number`);
}

const say = (lines: readonly string[]): void => console.log(lines.join('\n'));
const progress = (total: number) => (done: number) => {
  if (done % 10_000 === 0) console.error(`  ${done} of ${total}`);
};

async function tellFailures(failures: readonly Failure[]): Promise<void> {
  if (failures.length === 0) return;
  const kinds = Map.groupBy(failures, ({ guarantee }) => guarantee);
  const byKind = [...kinds].map(
    ([kind, some]) => `  ${kind}: ${some.length} (seeds ${some.map(({ seed }) => seed).join(' ')})`,
  );
  say([`${failures.length} VIOLATIONS`, ...byKind]);
  // To shrink one may take minutes.
  for (const failure of failures.slice(0, SHOWN_FAILURES)) say(await failureLines(failure));
  process.exitCode = 1;
}

function tellMissing(coverage: Coverage, seeds: number): void {
  const missing = coverage.missing(DISASTERS);
  if (missing.length === 0 || seeds < LONG_RUN) return;
  say(['NEVER REACHED, so nothing is shown about it:', ...missing.map((what) => `  ${what}`)]);
  process.exitCode = 1;
}

function one(seed: number): void {
  const assumption = values.break === undefined ? undefined : assumptionOf(values.break);
  const schedule = assumption ? broken(generate(seed), assumption) : generate(seed);
  say(runLines(schedule));
  const found = uncontained(playCore(schedule));
  say(
    found.length === 0 ? ['no guarantee is broken'] : found.map(({ guarantee, why }) => `BREAKS ${guarantee}: ${why}`),
  );
  if (found.length > 0) process.exitCode = 1;
}

async function breakAll(from: number, seeds: number): Promise<void> {
  const chosen = values.break === 'all' ? ASSUMPTIONS : ASSUMPTIONS.filter(({ id }) => id === values.break);
  if (chosen.length === 0) fail(`--break is "${values.break}"; give the id of an assumption, or all`);
  for (const assumption of chosen) {
    const found = breach(assumption, from, seeds);
    say(breachLines(found));
    await tellFailures(found.failures);
  }
}

const seedsIn = (seeds: readonly number[]): string =>
  seeds.length > 0 ? `${seeds.length} (${seeds.slice(0, 5).join(' ')})` : '0';

async function core(from: number, seeds: number): Promise<void> {
  const started = performance.now();
  const { coverage, failures, falseAlarms, falseAudits } = campaign(from, seeds, progress(seeds));
  say(coverageLines(coverage, 'core', (performance.now() - started) / 1000));
  say([
    `  violations: ${failures.length}; false alarms: ${seedsIn(falseAlarms)}, of the audit: ${seedsIn(falseAudits)}`,
  ]);
  if (falseAlarms.length + falseAudits.length > 0) process.exitCode = 1;
  await tellFailures(failures);
  tellMissing(coverage, seeds);
}

async function workflows(from: number, seeds: number): Promise<void> {
  const { workflowCampaign } = await import('./workflow/campaign.ts');
  const started = performance.now();
  const done = await workflowCampaign(from, seeds, (count, violations) =>
    console.error(`  ${count} of ${seeds} workflow seeds, ${violations} violations`),
  );
  say(coverageLines(done.coverage, 'workflows', (performance.now() - started) / 1000));
  say([
    `  ${done.servers} servers, ${done.replayed} bookings replayed from their histories again and again`,
    `  violations: ${done.failures.length}; unfinished: ${done.unfinished.join(' ') || 'none'}`,
    ...done.failures.map(({ seed, guarantee, why }) => `  workflow seed ${seed} breaks ${guarantee}: ${why}`),
  ]);
  if (done.failures.length + done.unfinished.length > 0) process.exitCode = 1;
}

async function talks(): Promise<void> {
  const { isKind, kindNames, runTalks } = await import('./talks/main.ts');
  for (const name of ['kind', 'show'] as const) {
    const kind = values[name];
    if (kind !== undefined && !isKind(kind)) fail(`--${name} is "${kind}"; give one of ${kindNames()}`);
  }
  const { kind, show } = values;
  process.exitCode = runTalks({ talks: count('talks', 1), seed: count('seed', 1), kind, show });
}

async function batches(): Promise<void> {
  const { runBatches, tellBatch } = await import('./batches/main.ts');
  process.exitCode =
    values['batch-seed'] === undefined
      ? await runBatches(count('from', 1), count('batch-seeds', 1))
      : await tellBatch(count('batch-seed', 1));
}

async function shortlists(): Promise<void> {
  const { runShortlists, tellShortlist } = await import('./shortlists/main.ts');
  process.exitCode =
    values['shortlist-seed'] === undefined
      ? await runShortlists(count('from', 1), count('shortlist-seeds', 1_000))
      : await tellShortlist(count('shortlist-seed', 1));
}

if (values.help) say([HELP]);
else if (values['batch-seeds'] !== undefined || values['batch-seed'] !== undefined) await batches();
else if (values['shortlist-seeds'] !== undefined || values['shortlist-seed'] !== undefined) await shortlists();
else if (values.talks !== undefined) await talks();
else if (values.seed !== undefined) one(count('seed', 1));
else if (values.break !== undefined) await breakAll(count('from', 1), count('seeds', 1_000));
else {
  const seeds = count('seeds', count('workflow-seeds', 0) > 0 ? 0 : 10_000);
  if (seeds > 0) await core(count('from', 1), seeds);
  const through = count('workflow-seeds', 0);
  if (through > 0) await workflows(count('from', 1), through);
}
