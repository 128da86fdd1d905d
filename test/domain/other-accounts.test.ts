import { describe, expect, it } from '@jest/globals';
import { type Accounts, mayAct, nameOfAccounts, ofOthers, tellOfOthers } from '../../domain/accounts.ts';

const LIVE: Accounts = { mode: 'live', twilio: 'AC1', elevenlabs: 'agent_1', played: false, caller: '+541140000000' };
const SANDBOX: Accounts = { ...LIVE, mode: 'sandbox' };

describe('an installation may go on with a booking', () => {
  it('of the same mode and accounts, whatever number it calls from', () => {
    expect(mayAct({ ...LIVE, caller: '+541149999999' }, LIVE, false)).toBe(true);
  });

  it.each<[string, Partial<Accounts>]>([
    ['mode', { mode: 'simulation' }],
    ['Twilio account', { twilio: 'AC2' }],
    ['agent', { elevenlabs: 'agent_2' }],
    ['kind of provider', { played: true }],
  ])('of no other %s', (_, other) => {
    expect(mayAct({ ...LIVE, ...other }, LIVE, false)).toBe(false);
  });

  it('of the sandbox whatever its ids are, since each start creates new ones', () => {
    expect(mayAct({ ...SANDBOX, twilio: 'AC2', played: true }, SANDBOX, true)).toBe(true);
  });

  it('that is older than the record of accounts only by whether it was of the sandbox', () => {
    const may = [mayAct(LIVE, undefined, false), mayAct(LIVE, undefined, true)];
    expect([...may, mayAct(SANDBOX, undefined, true), mayAct(SANDBOX, undefined, false)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('open bookings of others', () => {
  it('are those that this installation cannot go on with, if there are any', () => {
    const own = { accounts: LIVE, sandbox: false, count: 3 };
    const others = { accounts: { ...LIVE, twilio: 'AC2' }, sandbox: false, count: 1 };
    expect(ofOthers(LIVE, [own, others, { ...others, count: 0 }])).toEqual([others]);
  });

  it('are named with their owner and with what can be done', () => {
    expect(nameOfAccounts(SANDBOX)).toBe('the sandbox');
    expect(nameOfAccounts(LIVE)).toBe('live mode with Twilio account AC1 and ElevenLabs agent agent_1');
    expect(nameOfAccounts({ ...LIVE, elevenlabs: null, played: true })).toBe(
      'live mode with Twilio account AC1, played on this machine',
    );
    const told = (accounts: Accounts | undefined, sandbox: boolean, count: number) =>
      tellOfOthers({ accounts, sandbox, count });
    expect(told(LIVE, false, 1)).toMatch(
      /^1 open booking belongs to live mode .*Start with its settings.*cancel it\.$/,
    );
    expect(told(SANDBOX, true, 2)).toMatch(/^2 open bookings belong to the sandbox: .*cancel them\.$/);
    expect(told(undefined, true, 2)).toContain('belong to the sandbox');
    expect(told(undefined, false, 2)).toContain('belong to live or simulation mode');
  });
});
