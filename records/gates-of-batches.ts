import type { GateRecords } from './ports/gates.ts';
import type { Database } from './tables.ts';

export const batchGates = (db: Database): GateRecords => ({
  async setGate(name, most) {
    await db
      .insertInto('slot_gates')
      .values({ provider: name, takes: 0, most })
      .onConflict((conflict) => conflict.column('provider').doUpdateSet({ most }))
      .execute();
  },
});
