import { iso } from '../../domain/iso.ts';
import { jsonOf } from '../foreign.ts';
import { noteAtTerminal } from './note.ts';
import { onDatabase } from './open.ts';

/** `vocero hold-dialing`. Returns the exit code. */
export const runHold = (flags: { why?: string; json?: boolean }): Promise<number> =>
  onDatabase(async (records) => {
    const { used_until } = await records.installation();
    const why = flags.why ?? 'an operator holds it';
    await records.holdDialing({ why, held_at: iso(Date.now()), used_until });
    await noteAtTerminal(records, 'hold_dialing');
    const { hold } = await records.installation();
    if (flags.json) console.log(jsonOf({ held: true, ...hold }, 2));
    else console.log(`Dialing is held: ${hold?.why}. Live calls go on. vocero resume-dialing ends the hold.`);
    return 0;
  });
