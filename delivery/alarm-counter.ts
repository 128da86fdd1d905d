import { Counter, type Registry } from 'prom-client';

/** Alarms of the API and the bridge. They exist from the start, so that a rule can see them grow. */
const KINDS = ['run_lost', 'outcome_contradicted', 'outcome_belied'];

/** The counter `vocero_alarms` in a registry, with the name and label that the workers use. */
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
