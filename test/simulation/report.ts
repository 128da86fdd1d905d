import type { Breach, Failure } from './campaign.ts';
import { breaks } from './campaign.ts';
import { playCore } from './core.ts';
import type { Counts, Coverage } from './coverage.ts';
import type { Schedule } from './schedule.ts';
import { scheduleLines, shrink, storyLines } from './shrink.ts';

const table = (title: string, counts: Counts): string[] => [
  `  ${title}`,
  ...[...counts].sort((a, b) => b[1] - a[1]).map(([what, count]) => `    ${String(count).padStart(9)}  ${what}`),
];

/** The summary of a campaign: seeds, disasters by kind, rows of the design’s table, outcomes. */
export function coverageLines(coverage: Coverage, level: string, seconds: number): string[] {
  const rate = (coverage.runs / seconds).toFixed(seconds > 100 ? 1 : 0);
  return [
    `${level}: ${coverage.runs} seeds in ${seconds.toFixed(1)} s (${rate} a second), ${coverage.dials} dials, ${coverage.legs} calls, ${coverage.injected} disasters`,
    ...table('disasters', coverage.disasters),
    ...([...coverage.rows.values()].some((count) => count > 0) ? table('rows of the table', coverage.rows) : []),
    ...table('outcomes', coverage.outcomes),
  ];
}

export function breachLines({
  assumption,
  runs,
  breached,
  noticed,
  alarmed,
  audited,
  fell,
  failures,
}: Breach): string[] {
  const fallen = [...fell].map(([guarantee, count]) => `${guarantee} ${count}`).join(', ') || 'nothing';
  return [
    `${assumption.id}: ${assumption.sentence}`,
    `    broken in ${breached} of ${runs} runs, noticed before the outcome in ${noticed}, by an alarm after it in ${alarmed}, by the audit in ${audited}, by nobody in ${breached - noticed - alarmed - audited}; not contained: ${failures.length}`,
    `    fell: ${fallen}`,
    `    contained: ${assumption.contained}`,
  ];
}

/** A run as a story. */
export function runLines(schedule: Schedule): string[] {
  const run = playCore(schedule);
  return [...scheduleLines(schedule), ...storyLines(run.world.story, run.start)];
}

/** A failure, shrunk to what makes it fail. */
export async function failureLines(failure: Failure): Promise<string[]> {
  const { seed, guarantee, why, schedule } = failure;
  const small = await shrink(schedule, (one) => breaks(one, guarantee));
  return [
    `seed ${seed} breaks ${guarantee}: ${why}`,
    `  again: npm run simulate -- --seed ${seed}${schedule.broken === 'none' ? '' : ` --break ${schedule.broken}`}`,
    '  shrunk to:',
    ...runLines(small).map((line) => `    ${line}`),
  ];
}
