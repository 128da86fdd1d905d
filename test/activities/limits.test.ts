import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createActivities } from '../../activities/index.ts';
import { byPhoneChannel, type PhoneChannel } from '../../domain/channels.ts';
import { FIRST_PAUSE_MS, OPENS_AFTER, TRIAL_MS } from '../../domain/circuit.ts';
import type { DialResult } from '../../domain/evidence.ts';
import type { BookingOrder } from '../../domain/order.ts';
import { CALL, CALL_SID, order } from '../providers/samples.ts';
import { viewOf } from '../records/samples.ts';
import { escalationOf } from '../support/escalation.ts';
import { ACCOUNTS, dialInput, elevenlabs, environment, START, twilio, type World, world } from './world.ts';

let here: World;
/** Requests that left, and how the next ones end. */
let asked: Record<PhoneChannel, number>;
let answer: () => DialResult;

const problem = { code: 'provider_503', message: 'answered 503' };
const DOWN: DialResult = { proves: 'unknown', problem };
const ACCEPTED: DialResult = { proves: 'accepted', call_sid: CALL_SID };

beforeEach(async () => {
  here = await world();
  asked = byPhoneChannel(() => 0);
  answer = () => ACCEPTED;
  const answered = (channel: PhoneChannel) => async (): Promise<DialResult> => {
    asked[channel]++;
    return answer();
  };
  here.deps.elevenlabs = elevenlabs({ dial: answered('native') });
  here.deps.twilio = twilio({ dial: answered('bridge') });
});
afterEach(() => here.end());

/** One dial of booking `n`, each with a number of its own. */
async function dial(
  n: number,
  channel: PhoneChannel = 'native',
  wish: Partial<BookingOrder> = {},
): Promise<DialResult> {
  const bridge = { id: 'bridge-1', url: 'wss://vocero.example', live: 0, draining: false, calls: [] };
  const now = here.clock.now();
  await here.deps.records.beatBridge({ ...bridge, now: new Date(now).toISOString() });
  const business = { name: 'Clínica Dental Sur', phone: `+541143${210_000 + n}` };
  const booked = order({ id: `bk_limit${n}`, business, ...wish });
  await here.deps.records.acceptBooking({ order: booked, owner: 'owner', accounts: ACCOUNTS });
  const number = (await here.deps.records.dialsOf(booked.id)).length + 1;
  const input = dialInput({
    call_id: `${booked.id}.${number}`,
    known: Array.from({ length: number }, (_, i) => i + 1),
    not_after: new Date(now + 3_600_000).toISOString(),
    snapshot: { version: 1, view: viewOf(booked), events: [] },
  });
  const activities = createActivities(here.deps);
  const dialed = await environment().run(activities.dial, { ...input, channel });
  return dialed as DialResult;
}

async function dials(count: number, channel: PhoneChannel = 'native', from = 0): Promise<DialResult[]> {
  const results: DialResult[] = [];
  for (let n = from; n < from + count; n++) results.push(await dial(n, channel));
  return results;
}

const alarms = () => here.logged.filter(({ fields }) => 'alarm' in fields);

describe('a provider that is dead', () => {
  it('is asked by a few bookings of a hundred, and operators are told once', async () => {
    answer = () => DOWN;
    const results = await dials(100);
    expect(asked.native).toBe(OPENS_AFTER);
    const rest = results.slice(OPENS_AFTER);
    for (const result of rest) {
      expect(result).toMatchObject({ proves: 'channel_refused', problem: { code: 'circuit_open' } });
    }
    // Each booking tells of its refused channel, as the workflow does.
    const { alarm } = createActivities(here.deps);
    for (const n of rest.keys()) {
      await environment().run(alarm, {
        booking_id: `bk_${n}`,
        kind: 'native_refused' as const,
        message: 'circuit_open',
      });
    }
    expect(alarms()).toEqual([
      expect.objectContaining({
        level: 'error',
        fields: expect.objectContaining({ alarm: 'circuit_open', provider: 'elevenlabs', why: 'down' }),
      }),
    ]);
  });

  it('closes its own circuit only: the other channel goes on', async () => {
    answer = () => DOWN;
    await dials(OPENS_AFTER);
    answer = () => ACCEPTED;
    expect(await dial(50, 'bridge')).toEqual(ACCEPTED);
    expect(await dial(51)).toMatchObject({ problem: { code: 'circuit_open' } });
  });

  it('is tried by one dial after the pause, and all go through again when that went well', async () => {
    answer = () => DOWN;
    await dials(OPENS_AFTER);
    await here.clock.sleep(FIRST_PAUSE_MS);
    asked.native = 0;
    await dial(50);
    expect(await dial(51)).toMatchObject({ problem: { code: 'circuit_open' } });
    expect(asked.native).toBe(1);

    await here.clock.sleep(2 * FIRST_PAUSE_MS);
    answer = () => ACCEPTED;
    expect(await dials(3, 'native', 60)).toEqual([ACCEPTED, ACCEPTED, ACCEPTED]);
    expect(await here.deps.records.circuit('elevenlabs')).toEqual({ is: 'closed', strikes: [] });
    expect(alarms()).toHaveLength(1);
  });

  it('is tried again when the worker of the trial has died', async () => {
    answer = () => DOWN;
    await dials(OPENS_AFTER);
    await here.clock.sleep(FIRST_PAUSE_MS);
    answer = () => {
      throw new Error('the worker died');
    };
    await expect(dial(50)).rejects.toThrow();
    answer = () => ACCEPTED;
    expect(await dial(51)).toMatchObject({ problem: { code: 'circuit_open' } });
    await here.clock.sleep(TRIAL_MS);
    expect(await dial(52)).toEqual(ACCEPTED);
  });

  it('gives the trial back when the dial may not leave after all', async () => {
    answer = () => DOWN;
    await dials(OPENS_AFTER);
    await here.clock.sleep(FIRST_PAUSE_MS);
    answer = () => ACCEPTED;
    const { circuit } = here.deps.records;
    here.deps.records = {
      ...here.deps.records,
      circuit: async (provider) => {
        await here.clock.sleep(21_000);
        return circuit(provider);
      },
    };
    expect(await dial(50)).toMatchObject({ proves: 'deferred', problem: { code: 'looked_too_long' } });
    here.deps.records = { ...here.deps.records, circuit };
    expect(await dial(51)).toEqual(ACCEPTED);
  });

  it('is waited for on the last channel, not given up: nobody is simulated for half a minute’s sake', async () => {
    answer = () => DOWN;
    await dials(OPENS_AFTER, 'bridge');
    expect(await dial(50, 'bridge')).toMatchObject({
      proves: 'deferred',
      retry_after_ms: FIRST_PAUSE_MS,
      problem: { code: 'circuit_open' },
    });
    const nativeOnly = escalationOf({ bridge: { enabled: false } });
    await dials(OPENS_AFTER, 'native', 100);
    expect(await dial(150, 'native', { escalation: nativeOnly })).toMatchObject({ proves: 'deferred' });
    expect(await dial(151)).toMatchObject({ proves: 'channel_refused' });
  });

  it('stops no hang-up, no look and no search for a lost dial', async () => {
    answer = () => DOWN;
    await dials(OPENS_AFTER, 'bridge');
    await dials(OPENS_AFTER, 'native', 100);
    here.deps.twilio = twilio({
      hangUp: async () => ({ done: 'ended' }),
      call: async () => ({
        call_sid: CALL_SID,
        status: 'completed',
        to: order().business.phone,
        from: '+15005550006',
        created_at: new Date(START).toISOString(),
      }),
      callsTo: async (to) => [
        { call_sid: CALL_SID, status: 'ringing', to, from: '+15005550006', created_at: new Date(START).toISOString() },
      ],
    });
    const { hangUp, watchLeg, reconcileDial } = createActivities(here.deps);
    const of = { call_id: CALL, channel: 'bridge' as const };
    const ended = await environment().run(hangUp, { call_id: CALL, call_sid: CALL_SID, mode: 'complete' as const });
    expect(ended).toEqual({ done: 'ended' });
    const known = { leg_ended: false, answered: true };
    expect(await environment().run(watchLeg, { ...of, call_sid: CALL_SID, known })).toMatchObject([
      { status: 'completed' },
    ]);
    const lost = await environment().run(reconcileDial, {
      ...of,
      phone: order().business.phone,
      dialed_at: new Date(START).toISOString(),
      known_call_sids: [],
      known_conversation_ids: [],
      reconcile_seconds: 90,
      give_up_at: new Date(START + 3_600_000).toISOString(),
    });
    expect(lost).toMatchObject({ verdict: 'found' });
  });
});

describe('a circuit stays closed', () => {
  it.each<[string, DialResult]>([
    ['a number that cannot ring', { proves: 'number_refused', problem }],
    ['what one request says', { proves: 'channel_refused', problem }],
    ['a provider that is busy', { proves: 'deferred', retry_after_ms: 1_000, problem, left: true }],
  ])('whatever many bookings hear of %s', async (_, result) => {
    answer = () => result;
    await dials(3 * OPENS_AFTER);
    expect(asked.native).toBe(3 * OPENS_AFTER);
    expect(alarms()).toEqual([]);
  });

  it('while one booking fails again and again', async () => {
    answer = () => DOWN;
    for (let n = 0; n < 3 * OPENS_AFTER; n++) await dial(1);
    expect(asked.native).toBe(3 * OPENS_AFTER);
  });
});

it('a refused account opens the circuit, and is no channel for anybody, not even the last', async () => {
  answer = () => ({ proves: 'channel_refused', problem, account: true });
  await dials(OPENS_AFTER, 'bridge');
  expect(await dial(50, 'bridge')).toMatchObject({ proves: 'channel_refused', problem: { code: 'circuit_open' } });
  expect(alarms()).toMatchObject([{ fields: { why: 'refused', provider: 'twilio' } }]);
});

it('nothing is dialed when the circuit cannot be read, and a dial that rang is answered though it cannot be told', async () => {
  const out = async (): Promise<never> => {
    throw new Error('connection lost');
  };
  const { records } = here.deps;
  here.deps.records = { ...records, circuit: out };
  expect(await dial(1)).toMatchObject({ proves: 'deferred', problem: { code: 'records_unreachable' } });
  expect(asked.native).toBe(0);
  answer = () => DOWN;
  const never = (): Promise<never> => new Promise(() => {});
  for (const changeCircuit of [out, never]) {
    here.deps.records = { ...records, changeCircuit };
    expect(await dial(2)).toEqual(DOWN);
  }
});

describe('calls at once', () => {
  const taken = () => here.deps.records.slotsTaken(new Date(here.clock.now()).toISOString());

  it('are as many as the account may have; the next dial is put off', async () => {
    here.deps.callsAtOnce = { twilio: 2, elevenlabs: 10 };
    expect(await dials(2)).toEqual([ACCEPTED, ACCEPTED]);
    const putOff = { proves: 'deferred', retry_after_ms: 5_000, problem: { code: 'twilio_full' } };
    expect(await dial(3)).toMatchObject(putOff);
    expect(await dial(4, 'bridge')).toMatchObject(putOff);
    expect(await taken()).toEqual({ twilio: 2, elevenlabs: 2 });
    expect(asked).toEqual({ ...byPhoneChannel(() => 0), native: 2 });
  });

  it.each<[string, DialResult]>([
    ['a refused number', { proves: 'number_refused', problem }],
    ['a refused channel', { proves: 'channel_refused', problem }],
    ['a provider that is busy', { proves: 'deferred', retry_after_ms: 1_000, problem, left: true }],
    ['a request that never left', { proves: 'not_sent', problem }],
  ])('hold no place after %s', async (_, result) => {
    here.deps.callsAtOnce = { twilio: 1 };
    answer = () => result;
    expect(await dials(3)).toEqual([result, result, result]);
    expect(await taken()).toEqual({});
  });

  it('keep the place of a dial that may have rung until it must be over', async () => {
    here.deps.callsAtOnce = { twilio: 1 };
    answer = () => DOWN;
    await dial(1);
    await here.clock.sleep(769_000);
    expect(await dial(2)).toMatchObject({ problem: { code: 'twilio_full' } });
    await here.clock.sleep(1_000);
    expect(await dial(3)).toEqual(DOWN);
  });

  it('give the place back when an open circuit stops the dial', async () => {
    here.deps.callsAtOnce = { elevenlabs: 100 };
    answer = () => ({ proves: 'not_sent', problem });
    await dials(OPENS_AFTER + 5);
    expect(asked.native).toBe(OPENS_AFTER);
    expect(await taken()).toEqual({});
  });

  it('count both sides of a duet, which is left out when there is no place', async () => {
    here.deps.callsAtOnce = { elevenlabs: 2 };
    let during: unknown;
    here.deps.duet = {
      run: async () => {
        during = await taken();
        return { ok: false, problem };
      },
    };
    const { simulate } = createActivities(here.deps);
    const input = { order: order(), call_id: CALL };
    here.deps.elevenlabs = undefined;
    await environment().run(simulate, input);
    expect(during).toEqual({ elevenlabs: 2 });
    expect(await taken()).toEqual({});
    await here.deps.records.takeSlots({
      call_id: 'bk_other.1',
      booking_id: 'bk_other',
      wanted: [{ gate: 'elevenlabs', count: 1, most: 2 }],
      now: new Date(START).toISOString(),
      until: new Date(START + 60_000).toISOString(),
    });
    during = 'it did not run';
    expect(await environment().run(simulate, input)).toMatchObject({ ok: false });
    expect(during).toBe('it did not run');
  });
});
