import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createActivities } from '../../activities/index.ts';
import type { Accounts } from '../../domain/accounts.ts';
import { BOOKING, CALL, CALL_SID, PHONE } from '../providers/samples.ts';
import { ACCOUNTS, dialInput, elevenlabs, environment, START, twilio, type World, world } from './world.ts';

let here: World;

// Unscripted providers fail the test when anybody asks them for anything.
beforeEach(async () => {
  here = await world({ elevenlabs: elevenlabs(), twilio: twilio() });
});
afterEach(() => here.end());

const dial = (input = dialInput()) => environment().run(createActivities(here.deps).dial, input);

const OTHERS: [string, Accounts][] = [
  ['the sandbox', { ...ACCOUNTS, mode: 'sandbox' }],
  ['another Twilio account', { ...ACCOUNTS, twilio: `AC${'1'.repeat(32)}` }],
  ['another agent', { ...ACCOUNTS, elevenlabs: 'agent_2' }],
  ['providers that are played on this machine', { ...ACCOUNTS, played: true }],
];

describe.each(OTHERS)('a process that works with %s', (_name, accounts) => {
  beforeEach(() => {
    here.deps.accounts = accounts;
  });
  const belongs = { accounts: ACCOUNTS, sandbox: false };

  it('does not dial, and writes no dial down', async () => {
    expect(await dial()).toEqual({ proves: 'skipped', reason: 'other_accounts' });
    expect(await here.deps.records.dialsOf(BOOKING)).toEqual([]);
  });

  it('asks nobody how a call goes, and ends none', async () => {
    const { watchLeg, hangUp } = createActivities(here.deps);
    const known = { leg_ended: false, answered: true };
    const watched = environment().run(watchLeg, {
      call_id: CALL,
      belongs,
      channel: 'native' as const,
      call_sid: CALL_SID,
      known,
    });
    await expect(watched).rejects.toMatchObject({ type: 'ProviderUnreachable', message: 'other_accounts' });
    const ended = await environment().run(hangUp, {
      call_id: CALL,
      belongs,
      call_sid: CALL_SID,
      mode: 'complete' as const,
    });
    expect(ended).toMatchObject({ done: 'failed', problem: { code: 'other_accounts' } });
  });

  it('takes nobody’s word that a lost dial never rang', async () => {
    const result = await environment().run(createActivities(here.deps).reconcileDial, {
      call_id: CALL,
      channel: 'native' as const,
      belongs,
      phone: PHONE,
      dialed_at: new Date(START).toISOString(),
      known_call_sids: [],
      known_conversation_ids: [],
      reconcile_seconds: 3,
      give_up_at: new Date(START + 600_000).toISOString(),
    });
    expect(result).toMatchObject({ verdict: 'unreachable', problem: { code: 'other_accounts' } });
    expect(here.clock.now()).toBeGreaterThanOrEqual(START + 600_000);
  });

  it('simulates nothing', async () => {
    const { order } = (await here.deps.records.booking(BOOKING))!;
    const { simulate } = createActivities(here.deps);
    const result = await environment().run(simulate, { order, belongs, call_id: CALL });
    expect(result).toMatchObject({ ok: false, problem: { code: 'other_accounts' } });
  });
});

describe('what is dialed', () => {
  const dialed: unknown[] = [];
  beforeEach(() => {
    dialed.length = 0;
    here.deps.elevenlabs = elevenlabs({
      dial: async (phoneDial) => {
        dialed.push(phoneDial);
        return { proves: 'accepted', call_sid: CALL_SID };
      },
    });
  });

  it('is what the accepted booking’s row says, by a caller number that may have changed', async () => {
    here.deps.accounts = { ...ACCOUNTS, caller: '+15005550007' };
    expect(await dial()).toMatchObject({ proves: 'accepted' });
    expect(dialed).toMatchObject([{ order: { business: { phone: PHONE } }, ring_seconds: 45, max_call_seconds: 600 }]);
    expect(await here.deps.records.dialsOf(BOOKING)).toMatchObject([{ call_id: CALL, caller: '+15005550007' }]);
  });

  it('is nothing for a workflow without an accepted booking', async () => {
    expect(await dial(dialInput({ call_id: 'bk_forged01.1' }))).toEqual({ proves: 'skipped', reason: 'not_on_record' });
    expect(await dial(dialInput({ call_id: 'nonsense' }))).toEqual({ proves: 'skipped', reason: 'not_on_record' });
    expect(dialed).toEqual([]);
  });

  it('is nothing in a country that may not be dialed any more', async () => {
    here.deps.allowedCountries = ['US'];
    expect(await dial()).toEqual({ proves: 'skipped', reason: 'number_barred' });
    expect(dialed).toEqual([]);
  });

  it('is nothing that has left before, though the engine has forgotten it', async () => {
    await dial();
    const again = await dial();
    expect(again).toMatchObject({
      proves: 'unknown',
      problem: { code: 'stores_disagree' },
      dialed: [{ call_id: CALL, channel: 'native', call_sid: CALL_SID }],
    });
    expect(dialed).toHaveLength(1);
  });

  it('is nothing when the number was forbidden while the last looks were taken', async () => {
    const { stillWanted } = here.deps;
    here.deps.stillWanted = async (...asked) => {
      const entry = { phone_hash: `hash-of-${PHONE}`, phone_masked: '+54…34', booking_id: 'bk_other' };
      await here.deps.records.forbidNumber({ ...entry, at: new Date(START).toISOString() });
      return stillWanted(...asked);
    };
    expect(await dial()).toEqual({ proves: 'skipped', reason: 'do_not_call' });
    expect(dialed).toEqual([]);
  });

  it('is free to leave with the next attempt, where the claim came too late for this one', async () => {
    const { claimDial } = here.deps.records;
    here.deps.records = {
      ...here.deps.records,
      claimDial: async (claim) => {
        const claimed = await claimDial(claim);
        await here.clock.sleep(21_000);
        return claimed;
      },
    };
    expect(await dial()).toMatchObject({ proves: 'deferred', problem: { code: 'looked_too_long' } });
    expect(await here.deps.records.dialsOf(BOOKING)).toEqual([]);
    here.deps.records = { ...here.deps.records, claimDial };
    expect(await dial(dialInput({ call_id: `${BOOKING}.2`, known: [2] }))).toMatchObject({ proves: 'accepted' });
  });

  it('is known to the workflow as one that may be on record, where the claim’s answer was lost', async () => {
    const { claimDial } = here.deps.records;
    here.deps.records = {
      ...here.deps.records,
      claimDial: async (claim) => {
        await claimDial(claim);
        throw new Error('the connection broke in the commit');
      },
    };
    expect(await dial()).toMatchObject({ proves: 'deferred', left: true, problem: { code: 'records_unreachable' } });
    here.deps.records = { ...here.deps.records, claimDial };
    expect(await dial(dialInput({ call_id: `${BOOKING}.2`, known: [1, 2] }))).toMatchObject({ proves: 'accepted' });
  });

  it('is told apart, when the provider puts it off, from what never left', async () => {
    const problem = { code: 'provider_429', message: 'busy' };
    here.deps.elevenlabs = elevenlabs({ dial: async () => ({ proves: 'deferred', retry_after_ms: 1_000, problem }) });
    expect(await dial()).toMatchObject({ proves: 'deferred', left: true });
    expect(await here.deps.records.dialsOf(BOOKING)).toHaveLength(1);
  });
});

it('what is on record of a booking’s dials is recalled with its evidence', async () => {
  here.deps.elevenlabs = elevenlabs({ dial: async () => ({ proves: 'accepted', call_sid: CALL_SID }) });
  const { recall } = createActivities(here.deps);
  const ask = () => environment().run(recall, { booking_id: BOOKING });
  expect(await ask()).toEqual({ dials: [], evidence: [] });
  await dial();
  const at = new Date(START).toISOString();
  await here.deps.records.addEvidence({
    kind: 'report',
    id: 'r1',
    call_id: CALL,
    at,
    source: 'tool',
    report: { result: 'declined' },
  });
  expect(await ask()).toMatchObject({ dials: [{ call_id: CALL, call_sid: CALL_SID }], evidence: [{ id: 'r1' }] });
});
