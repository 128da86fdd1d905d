import { type Circuit, CLOSED } from '../domain/circuit.ts';
import type { LimitRecords } from './ports/limits.ts';
import type { Database } from './tables.ts';

type Circuits = Pick<LimitRecords, 'circuit' | 'changeCircuit'>;

/** In each round one of the contending writers succeeds, so only a broken database needs this many. */
const MAX_ROUNDS = 1_000;

/** One row for each provider, changed by compare-and-set on its version. */
export const circuits = (db: Database): Circuits => {
  const read = async (provider: string): Promise<{ version: number; circuit: Circuit }> => {
    const row = await db.selectFrom('circuits').selectAll().where('provider', '=', provider).executeTakeFirst();
    return row
      ? { version: row.version, circuit: JSON.parse(row.circuit_json) as Circuit }
      : { version: 0, circuit: CLOSED };
  };

  /** False: another writer was faster. */
  async function replace(provider: string, version: number, circuit: Circuit): Promise<boolean> {
    const next = { version: version + 1, circuit_json: JSON.stringify(circuit) };
    const row =
      version === 0
        ? await db
            .insertInto('circuits')
            .values({ provider, ...next })
            .onConflict((conflict) => conflict.column('provider').doNothing())
            .returning('version')
            .executeTakeFirst()
        : await db
            .updateTable('circuits')
            .set(next)
            .where('provider', '=', provider)
            .where('version', '=', version)
            .returning('version')
            .executeTakeFirst();
    return row !== undefined;
  }

  return {
    circuit: async (provider) => (await read(provider)).circuit,

    async changeCircuit(provider, change) {
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const { version, circuit: before } = await read(provider);
        const after = change(before);
        if (after === before || (await replace(provider, version, after))) return { before, after };
      }
      throw new Error(`could not change the circuit of ${provider}`);
    },
  };
};
