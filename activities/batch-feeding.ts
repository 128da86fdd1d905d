import type { ActivityDependencies } from './dependencies.ts';

/** Dependencies of a process that runs batches. */
export type Feeding = ActivityDependencies & { children: NonNullable<ActivityDependencies['children']> };

/** Rows that are worked on at the same time. */
export const AT_ONCE = 8;

/** Works on several rows at the same time. */
export async function several<T>(rows: readonly T[], work: (row: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < rows.length; from += AT_ONCE) await Promise.all(rows.slice(from, from + AT_ONCE).map(work));
}
