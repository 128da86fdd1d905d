import { userInfo } from 'node:os';
import { type ActKind, TERMINAL } from '../../domain/acts.ts';
import { iso } from '../../domain/iso.ts';
import type { Records } from '../../records/interface.ts';

/** The name of the machine's user; null where the system knows none, as in a container of a random user. */
function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}

/** Keeps with the acts of operators what was done on the machine itself. */
export const noteAtTerminal = (records: Pick<Records, 'addAct'>, act: ActKind): Promise<void> =>
  records.addAct({ act, at: iso(Date.now()), by: userName(), key: TERMINAL, booking_id: null, subject: null });
