import { refusesAll } from '../../domain/batch/problems.ts';
import type { BatchCheck } from '../../domain/schemas/batch-check.ts';

interface Policies {
  on_invalid: string;
  duplicates: string;
}

/** Why a checked table would be refused, by the names of the console's texts. */
export type Obstacle = 'table' | 'invalidStops' | 'duplicatesStop' | 'noRow';

/** Everything that keeps a checked table from starting; empty: it may start. */
export function obstacles(check: BatchCheck, { on_invalid, duplicates }: Policies): Obstacle[] {
  const whole = check.problems.some(refusesAll);
  const found: [Obstacle, boolean][] = [
    ['table', whole],
    ['invalidStops', !whole && check.invalid > 0 && on_invalid !== 'skip'],
    ['duplicatesStop', check.duplicates > 0 && duplicates !== 'skip'],
    ['noRow', !whole && check.valid === 0],
  ];
  return found.filter(([, there]) => there).map(([name]) => name);
}
