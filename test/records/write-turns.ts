import { openRecords } from '../../records/open.ts';
import { turn } from './samples.ts';

/** Run as a process: `write-turns.ts DATABASE_URL CALL_ID COUNT`. */
const [databaseUrl, callId, count] = process.argv.slice(2);
const records = await openRecords({ databaseUrl: databaseUrl! });
await records.migrate();
for (let index = 0; index < Number(count); index++) {
  await records.addTurn(callId!, turn(index));
  process.stdout.write(`${index}\n`);
}
await records.close();
