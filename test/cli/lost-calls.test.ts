import { describe, expect, it } from '@jest/globals';
import { type Asking, lostCallsOf } from '../../cli/dialing/lost-calls.ts';
import type { DialOnRecord } from '../../domain/evidence.ts';
import type { OpenBooking } from '../../records/ports/look.ts';
import { orderOf, snapshotOf } from '../records/samples.ts';

const order = { ...orderOf('bk_lost'), created_at: '2026-11-30T10:00:00.000Z' };
const ACCOUNTS = { mode: 'live' as const, twilio: 'AC1', elevenlabs: 'agent', played: false, caller: '+15005550006' };
const booking = {
  order,
  view: snapshotOf(order, 1).view,
  sandbox: false,
  accounts: ACCOUNTS,
  calling_window: undefined,
} satisfies OpenBooking;

const talk = (n: number, more: object = {}) => ({
  conversation_id: `conv_${n}`,
  call_id: `bk_lost.${n}`,
  agent_id: 'agent',
  status: 'done',
  turns: [],
  started_at: '2026-11-30T11:00:00.000Z',
  ...more,
});
const call = (call_sid: string, created_at: string) => ({ call_sid, created_at, status: 'completed' });

interface World {
  talks?: object[];
  calls?: object[];
  dials?: DialOnRecord[];
  owners?: [string, string][];
  accounts?: typeof ACCOUNTS;
}

/** Asks providers that answer with these talks and calls. */
const lost = ({ talks = [], calls = [], dials = [], owners = [], accounts = ACCOUNTS }: World) =>
  lostCallsOf(
    {
      accounts,
      twilio: { callsTo: async (_: string, __: string, caller?: string) => (caller === ACCOUNTS.caller ? calls : []) },
      elevenlabs: { conversationsOf: async () => talks },
      records: { dialsOf: async () => dials, ownersOf: async () => new Map(owners) },
    } as unknown as Asking,
    booking,
  );

const dial = (n: number, at: string, more: Partial<DialOnRecord> = {}): DialOnRecord => ({
  call_id: `bk_lost.${n}`,
  channel: 'native',
  caller: ACCOUNTS.caller,
  at,
  ...more,
});

describe('calls of an open booking that the database does not know', () => {
  it('are the conversations of attempts that are not on record, with their call', async () => {
    const found = await lost({
      talks: [talk(1, { call_sid: 'CA1' }), talk(2, { call_sid: 'CA2' })],
      calls: [call('CA2', '2026-11-30T11:00:00.000Z'), call('CA1', '2026-11-30T10:30:00.000Z')],
      dials: [dial(1, '2026-11-30T10:30:00.000Z', { call_sid: 'CA1' })],
      owners: [['CA1', 'bk_lost.1']],
    });
    expect(found).toEqual([
      {
        call_id: 'bk_lost.2',
        channel: 'native',
        at: '2026-11-30T11:00:00.000Z',
        call_sid: 'CA2',
        conversation_id: 'conv_2',
        found_at: 'elevenlabs',
      },
    ]);
  });

  it('are Twilio’s calls to the number that nothing explains, under the next numbers', async () => {
    const found = await lost({
      calls: [call('CA_b', '2026-11-30T12:00:00.000Z'), call('CA_a', '2026-11-30T11:00:00.000Z')],
      dials: [dial(1, '2026-11-30T10:30:00.000Z', { call_sid: 'CA1' })],
    });
    expect(found).toMatchObject([
      { call_id: 'bk_lost.2', call_sid: 'CA_a', found_at: 'twilio' },
      { call_id: 'bk_lost.3', call_sid: 'CA_b', found_at: 'twilio' },
    ]);
  });

  it('are not calls of another booking, nor the call of a dial whose answer was lost', async () => {
    const found = await lost({
      calls: [call('CA_other', '2026-11-30T10:10:00.000Z'), call('CA_own', '2026-11-30T10:30:05.000Z')],
      dials: [dial(1, '2026-11-30T10:30:00.000Z')],
      owners: [['CA_other', 'bk_another.1']],
    });
    expect(found).toEqual([]);
  });

  it('are one call more than a dial explains', async () => {
    const found = await lost({
      calls: [call('CA_1', '2026-11-30T10:30:05.000Z'), call('CA_2', '2026-11-30T10:30:09.000Z')],
      dials: [dial(1, '2026-11-30T10:30:00.000Z')],
    });
    expect(found).toMatchObject([{ call_id: 'bk_lost.2', call_sid: 'CA_2' }]);
  });

  it('are unknown where the booking belongs to other accounts', async () => {
    expect(await lost({ accounts: { ...ACCOUNTS, twilio: 'AC2' } })).toBeUndefined();
  });
});
