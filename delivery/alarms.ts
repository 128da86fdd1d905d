import { type AlarmKind, type CountedKind, EARLIER_KIND } from '../domain/alarm-kinds.ts';
import type { Evidence } from '../domain/evidence.ts';
import { safeMessage } from '../providers/mask.ts';

/** A call brings many pieces of evidence. This many calls are remembered, so that each raises its alarm once. */
const MAX_TOLD = 10_000;

/**
 * Raises alarms for operators: problems that do not mend themselves. Every alarm of a process goes through here. It becomes one error in
 * the log and one count by kind.
 * @example
 * ```ts
 * const alarms = new Alarms({ log, count: alarmCounter(register) });
 * alarms.raise('run_lost', 'the run of a booking is gone from Temporal', { booking_id });
 * ```
 */
export class Alarms {
  private readonly log: { error(fields: object, message: string): void };
  private readonly count: (kind: CountedKind) => void;
  /** Calls whose alarm was raised already. */
  private readonly contradicted = new Set<string>();

  /** @param to `count` adds one to `vocero_alarms{kind}`, wherever this process keeps that counter. */
  constructor(to: { log: { error(fields: object, message: string): void }; count: (kind: CountedKind) => void }) {
    this.log = to.log;
    this.count = to.count;
  }

  raise(kind: AlarmKind, message: string, fields: object = {}): void {
    this.count(kind);
    this.log.error({ alarm: kind, ...fields }, `ALARM ${kind}: ${safeMessage(message)}`);
  }

  /** Raises the alarm once for each call: somebody answered it, and the booking's outcome assumes that nobody did. */
  outcomeContradicted(booking_id: string, { call_id, kind }: Pick<Evidence, 'call_id' | 'kind'>): void {
    if (this.contradicted.has(call_id)) return;
    if (this.contradicted.size >= MAX_TOLD) this.contradicted.clear();
    this.contradicted.add(call_id);
    this.count(EARLIER_KIND);
    const fields = { booking_id, call_id, kind, by: 'evidence', earlier_alarm: EARLIER_KIND };
    this.raise('outcome_contradicted', 'a call was made after all', fields);
  }
}
