import type { Evidence } from '../domain/evidence.ts';
import { safeMessage } from '../providers/mask.ts';

/** Of one call there are many words: so many calls are remembered of which operators have been told. */
const MOST_TOLD = 10_000;

/** The one place from which a process tells its operators what will not mend itself: an error in its log, and a counter by kind. */
export class Alarms {
  private readonly log: { error(fields: object, message: string): void };
  private readonly count: (kind: string) => void;
  /** Calls of which operators have been told that they belie an outcome. */
  private readonly belied = new Set<string>();

  /** `count`: adds one to `vocero_alarms{kind}`, wherever this process keeps it. */
  constructor(to: { log: { error(fields: object, message: string): void }; count: (kind: string) => void }) {
    this.log = to.log;
    this.count = to.count;
  }

  /** @param kind of those in docs/runbook.md */
  raise(kind: string, message: string, fields: object = {}): void {
    this.count(kind);
    this.log.error({ alarm: kind, ...fields }, `ALARM ${kind}: ${safeMessage(message)}`);
  }

  /** Says once of each call that its booking's outcome took it for one that nobody answered, and somebody did. */
  outcomeBelied(booking_id: string, { call_id, kind }: Pick<Evidence, 'call_id' | 'kind'>): void {
    if (this.belied.has(call_id)) return;
    if (this.belied.size >= MOST_TOLD) this.belied.clear();
    this.belied.add(call_id);
    this.raise('outcome_belied', 'a call was made after all', { booking_id, call_id, kind });
  }
}
