import { Counter, type Registry } from 'prom-client';
import { FAILURES, type FailureKind } from '../records/failures.ts';

/** Name and help of the counter of a database's failures, the same in every process. */
export const FAILURE_COUNTER = {
  name: 'vocero_database_failures',
  help: 'Failed uses of the database: connect, read, write',
} as const;

/** That counter in a registry. Every kind is at 0 from the start, so that a rule can see it grow. */
export function failureCounter(register: Registry): (kind: FailureKind) => void {
  const counter = new Counter({ ...FAILURE_COUNTER, labelNames: ['kind'], registers: [register] });
  for (const kind of FAILURES) counter.inc({ kind }, 0);
  return (kind) => counter.inc({ kind });
}
