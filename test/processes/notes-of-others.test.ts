import { expect, it } from '@jest/globals';
import { loadConfig } from '../../config/load.ts';
import { notesOfOthers } from '../../processes/notes-of-others.ts';

const warned: string[] = [];
const log = { warn: (_: object, message: string) => void warned.push(message) };

it('a start whose database breaks the connection goes on without notes on other accounts, and says so', async () => {
  const records = {
    openByAccounts: () => Promise.reject(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })),
  };
  expect(await notesOfOthers(loadConfig({}), { records, log })).toEqual([]);
  expect(warned).toEqual(['could not count the open bookings of other accounts']);
});

it('open bookings of other accounts are noted', async () => {
  const accounts = { mode: 'live', twilio: 'AC1', elevenlabs: null, played: false, caller: null } as const;
  const records = { openByAccounts: async () => [{ accounts, sandbox: false, count: 3 }] };
  expect(await notesOfOthers(loadConfig({}), { records, log })).toEqual([expect.stringContaining('3')]);
});
