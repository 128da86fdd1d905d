import type { FastifyBaseLogger } from 'fastify';
import { Counter, type Registry } from 'prom-client';
import type { Evidence } from '../domain/evidence.ts';

/** Where operators are alarmed. */
export type AlarmLog = Pick<FastifyBaseLogger, 'error'>;

/** Calls of which operators have been told, by this process: of one call there are many words. */
const told = new Set<string>();
const MOST_TOLD = 10_000;
const raised = { run_lost: 0, outcome_belied: 0 };

/** Says once of each call that its booking's outcome took it for one that nobody answered, and somebody did. */
export function alarmBelied(log: AlarmLog, booking_id: string, { call_id, kind }: Evidence): void {
  if (told.has(call_id)) return;
  if (told.size >= MOST_TOLD) told.clear();
  told.add(call_id);
  raised.outcome_belied++;
  log.error({ alarm: 'outcome_belied', booking_id, call_id, kind }, 'ALARM outcome_belied: a call was made after all');
}

/** Says that a booking was ended whose run is gone. */
export function alarmRunLost(log: AlarmLog, booking_id: string): void {
  raised.run_lost++;
  log.error(
    { alarm: 'run_lost', booking_id },
    'ALARM run_lost: the run of a booking is gone from Temporal; its cancellation has ended it',
  );
}

/** The alarms of this process, under the name and label of the workers'; there from the start, so that a rule can see it grow. */
export function alarmMetrics(register: Registry): void {
  new Counter({
    name: 'vocero_alarms',
    help: 'Things that operators must look at',
    labelNames: ['kind'],
    registers: [register],
    collect() {
      this.reset();
      for (const [kind, count] of Object.entries(raised)) this.inc({ kind }, count);
    },
  });
}
