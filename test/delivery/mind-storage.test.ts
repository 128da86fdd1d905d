import { afterEach, describe, expect, it } from '@jest/globals';
import { LOW_BYTES, mindStorage } from '../../delivery/mind-storage.ts';
import { until } from '../support/until.ts';

const FULL = Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
const AWAY = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

let minded: { stop(): Promise<void> } | undefined;
afterEach(() => minded?.stop());

/** A storage whose state the test sets, and what was said about it. */
function storage() {
  const state: { bytes: number; error: Error | undefined } = { bytes: LOW_BYTES, error: undefined };
  const said: string[] = [];
  let looks = 0;
  minded = mindStorage(
    {
      artifacts: {
        async space() {
          looks += 1;
          return state.bytes;
        },
      },
      records: {
        async ping() {
          if (state.error) throw state.error;
        },
      },
      alarms: { raise: (kind, message) => said.push(`ALARM ${kind}: ${message}`) },
      log: { info: (_, message) => said.push(message) },
    },
    1,
  );
  const someLooks = async (): Promise<void> => {
    const before = looks;
    await until(() => looks > before + 3);
  };
  return { state, said, someLooks };
}

describe('a disk that gets full', () => {
  it.each([
    ['of the data folder', { bytes: LOW_BYTES - 1 }, 'the disk of DATA_DIR'],
    ['of the database', { error: FULL }, 'the disk of the database'],
    ['of PostgreSQL', { error: Object.assign(new Error('full'), { code: '53100' }) }, 'the disk of the database'],
  ])('%s raises one alarm, however long it lasts, and its end is noted', async (_, fault, disk) => {
    const { state, said, someLooks } = storage();
    await someLooks();
    expect(said).toEqual([]);
    const fine = { ...state };
    Object.assign(state, fault);
    await someLooks();
    await someLooks();
    const alarm = `ALARM storage_full: ${disk} is full: nothing can be stored, so no dial leaves`;
    expect(said).toEqual([alarm]);
    Object.assign(state, fine);
    await someLooks();
    expect(said).toEqual([alarm, `${disk} has room again`]);
    Object.assign(state, fault);
    await someLooks();
    expect(said).toEqual([alarm, `${disk} has room again`, alarm]);
  });
});

it('a database that is out of reach is not a full disk', async () => {
  const { state, said, someLooks } = storage();
  state.error = AWAY;
  await someLooks();
  expect(said).toEqual([]);
});
