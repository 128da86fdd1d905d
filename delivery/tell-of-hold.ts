import type { Hold } from '../records/ports/installation.ts';
import type { Alarms } from './alarms.ts';

/** Raises the alarm that dialing is held, if it is. */
export function tellOfHold(hold: Hold | undefined, alarms: Pick<Alarms, 'raise'>): void {
  if (!hold) return;
  const message = `no dial leaves: ${hold.why}. Run vocero resume-dialing, which says how to go on`;
  alarms.raise('held_after_restore', message, { held_at: hold.held_at });
}
