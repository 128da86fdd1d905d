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

/** Keeps a command that was given on the machine itself with the acts of operators. */
export const noteAtTerminal = (records: Pick<Records, 'addAct'>, act: ActKind): Promise<void> =>
  records.addAct({ act, at: iso(Date.now()), by: userName(), key: TERMINAL, booking_id: null, subject: null });
