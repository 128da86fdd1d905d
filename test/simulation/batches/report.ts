import { breaks, type Failure } from './campaign.ts';
import type { Coverage } from './coverage.ts';
import type { Memory } from './memory.ts';
import { play } from './play.ts';
import type { Schedule } from './schedule.ts';
import { shrink } from './shrink.ts';

const minutes = (ms: number | undefined): string => (ms === undefined ? '' : `${(ms / 60_000).toFixed(1)} min`);

/** What a schedule has, in lines. */
function scheduleLines(schedule: Schedule): string[] {
  const batches = schedule.batches.map(({ rows, ...plan }, i) => {
    const told = rows.map(({ key, line, kind, not_before_ms, not_after_ms }) =>
      [
        key,
        `number ${line}`,
        kind === 'plain' ? '' : kind,
        not_before_ms && `from ${minutes(not_before_ms)}`,
        not_after_ms && `until ${minutes(not_after_ms)}`,
      ]
        .filter(Boolean)
        .join(' '),
    );
    return `batch ${i}: ${JSON.stringify(plan)}; rows: ${told.join(', ')}`;
  });
  const { batches: _, seed, ...rest } = schedule;
  const others = Object.entries(rest).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value));
  return [`seed ${seed}`, ...batches, ...others.map(([name, value]) => `${name}: ${JSON.stringify(value)}`)];
}

/** One world as a story, in seconds after its start. */
export async function worldLines(schedule: Schedule, memory: Memory): Promise<string[]> {
  const { world } = await play(schedule, memory);
  const { story } = world.truth;
  const start = world.timeline.start;
  return [
    ...scheduleLines(schedule),
    ...story.map(({ at, text }) => `${((at - start) / 1000).toFixed(1).padStart(9)}  ${text}`),
  ];
}

/** A failure, shrunk to what makes it fail. */
export async function failureLines(failure: Failure, memory: Memory): Promise<string[]> {
  const { seed, guarantee, why, schedule } = failure;
  const small = await shrink(schedule, breaks([guarantee], memory));
  return [
    `batch seed ${seed} breaks ${guarantee}: ${why}`,
    `  again: npm run simulate -- --batch-seed ${seed}`,
    '  shrunk to:',
    ...(await worldLines(small, memory)).map((line) => `    ${line}`),
  ];
}

export function coverageLines({ runs, rows, calls, met }: Coverage, seconds: number): string[] {
  return [
    `batches: ${runs} seeds in ${seconds.toFixed(1)} s (${(runs / seconds).toFixed(1)} a second), ${rows} rows, ${calls} calls`,
    ...[...met].sort((a, b) => b[1] - a[1]).map(([what, count]) => `    ${String(count).padStart(9)}  ${what}`),
  ];
}
