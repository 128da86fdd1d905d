import { Counter, type Registry } from 'prom-client';
import { COUNTED_KINDS, type CountedKind } from '../domain/alarm-kinds.ts';

/**
 * The counter `vocero_alarms` in a registry, with the name and label that the workers use. Every kind is at 0 from the start, so that a
 * rule can see it grow.
 */
export function alarmCounter(register: Registry): (kind: CountedKind) => void {
  const counter = new Counter({
    name: 'vocero_alarms',
    help: 'Things that operators must look at',
    labelNames: ['kind'],
    registers: [register],
  });
  for (const kind of COUNTED_KINDS) counter.inc({ kind }, 0);
  return (kind) => counter.inc({ kind });
}
