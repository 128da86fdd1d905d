import { Counter, type Registry } from 'prom-client';

/** Alarms that the API and the bridge raise: there from the start, so that a rule can see them grow. */
const KINDS = ['run_lost', 'outcome_belied'];

/** `vocero_alarms` in a registry, under the name and label of the workers'. */
export function alarmCounter(register: Registry): (kind: string) => void {
  const counter = new Counter({
    name: 'vocero_alarms',
    help: 'Things that operators must look at',
    labelNames: ['kind'],
    registers: [register],
  });
  for (const kind of KINDS) counter.inc({ kind }, 0);
  return (kind) => counter.inc({ kind });
}
