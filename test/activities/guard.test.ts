import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CHECKS } from '../../activities/guard/index.ts';
import { createActivities } from '../../activities/index.ts';
import type { Circuit } from '../../domain/circuit.ts';
import type { DialResult } from '../../domain/evidence.ts';
import { iso } from '../../domain/iso.ts';
import type { Records } from '../../records/interface.ts';
import { BOOKING, CALL, CALL_SID, PHONE } from '../providers/samples.ts';
import { dialInput, elevenlabs, environment, LINE, START, type World, world } from './world.ts';

/** The pause has passed: the dial of these tests is the trial. */
const HALF_OPEN: Circuit = { is: 'open', why: 'down', until: START, pause_ms: 30_000 };
const ACCEPTED: DialResult = { proves: 'accepted', call_sid: CALL_SID };
const HOUR = { now: iso(START), until: iso(START + 3_600_000) };

let here: World;
/** The test's own access to the database; the dial's access notes each call in `asked`. */
let records: Records;
let asked: string[];

beforeEach(async () => {
  // An unscripted provider fails the test when it is dialed.
  here = await world({ elevenlabs: elevenlabs(), callsAtOnce: { elevenlabs: 1 } });
  ({ records } = here.deps);
  asked = [];
  here.deps.records = Object.fromEntries(
    Object.entries(records).map(([name, method]: [string, (...args: unknown[]) => unknown]) => [
      name,
      (...args: unknown[]) => {
        asked.push(name);
        return method(...args);
      },
    ]),
  ) as unknown as Records;
  await records.changeCircuit('elevenlabs', () => HALF_OPEN);
});
afterEach(() => here.end());

const dial = (input = dialInput(), env = environment()): Promise<DialResult> =>
  env.run(createActivities(here.deps).dial, input);

/** Runs `then` once a method of the database has done its part. */
const meanwhile = <Name extends keyof Records>(name: Name, then: () => unknown): void => {
  const method = here.deps.records[name] as (...args: unknown[]) => Promise<unknown>;
  const both = async (...args: unknown[]) => {
    const answer = await method(...args);
    await then();
    return answer;
  };
  here.deps.records = { ...here.deps.records, [name]: both };
};
const fails = (): never => {
  throw new Error('the connection broke');
};

const warnings = () => here.logged.filter(({ level }) => level === 'warn');

/** What the dial holds. The line is left out: its workflow releases it. */
const held = async () => {
  const circuit = await records.circuit('elevenlabs');
  return {
    slots: await records.slotsTaken(iso(START)),
    trial: circuit.is === 'open' && circuit.trial !== undefined,
    dials: (await records.dialsOf(BOOKING)).map(({ call_id }) => call_id),
  };
};
const NOTHING = { slots: {}, trial: false, dials: [] };

it('the checks before a dial are these, in this order', () => {
  expect(CHECKS.map(({ name }) => name)).toEqual([
    'an earlier attempt of this dial',
    "the booking's row",
    'the clock',
    'the do-not-call list and the line',
    'the read model',
    'the dialer',
    "the provider's slots",
    "the provider's circuit",
    'the last instant',
    'the workflow',
    'the claim',
    'the last instant',
  ]);
});

/** The methods of the database that a dial calls, in their order. Only a trial calls `changeCircuit`. */
const ASKS = ['booking', 'takeLine', 'saveSnapshot', 'takeSlots', 'circuit', 'changeCircuit', 'claimDial'];

it('a dial that leaves has asked the database six times, and tells it the ids', async () => {
  await records.changeCircuit('elevenlabs', () => ({ is: 'closed', strikes: [] }));
  here.deps.elevenlabs = elevenlabs({ dial: async () => ACCEPTED });
  expect(await dial()).toEqual(ACCEPTED);
  expect(asked).toEqual([...ASKS.filter((name) => name !== 'changeCircuit'), 'linkAttempt']);
});

describe('a check that refuses', () => {
  const refused = (code: string) => ({ problem: { code } });
  const canceled = { proves: 'skipped', reason: 'canceled' };

  it.each<[string, { set: () => unknown; gives: object; asks: number; releases: string[]; attempt?: number }]>([
    [
      'an earlier attempt of this dial',
      {
        set: () => undefined,
        attempt: 2,
        gives: { proves: 'unknown', ...refused('dial_repeated') },
        asks: 0,
        releases: [],
      },
    ],
    [
      "the booking's row",
      {
        set: () => {
          here.deps.allowedCountries = ['US'];
        },
        gives: { proves: 'skipped', reason: 'number_barred' },
        asks: 1,
        releases: [],
      },
    ],
    [
      'the clock',
      {
        set: () => here.clock.sleep(61_000),
        gives: { proves: 'skipped', reason: 'too_late' },
        asks: 1,
        releases: [],
      },
    ],
    [
      'the do-not-call list',
      {
        set: () =>
          records.forbidNumber({ phone_hash: `hash-of-${PHONE}`, phone_masked: '…', booking_id: 'x', at: iso(START) }),
        gives: { proves: 'skipped', reason: 'do_not_call' },
        asks: 2,
        releases: [],
      },
    ],
    [
      'the line',
      {
        set: () => records.takeLine({ line_id: LINE, booking_id: 'bk_another', ...HOUR }),
        gives: { proves: 'skipped', reason: 'line_lost' },
        asks: 2,
        releases: [],
      },
    ],
    [
      'the dialer',
      {
        set: () => {
          here.deps.elevenlabs = undefined;
        },
        gives: { proves: 'channel_refused', ...refused('not_configured') },
        asks: 3,
        releases: [],
      },
    ],
    [
      "the provider's slots",
      {
        set: () => {
          here.deps.callsAtOnce = { elevenlabs: 0 };
        },
        gives: { proves: 'deferred', retry_after_ms: 5_000, ...refused('elevenlabs_full') },
        asks: 4,
        releases: [],
      },
    ],
    [
      "the provider's circuit",
      {
        set: () => records.changeCircuit('elevenlabs', () => ({ ...HALF_OPEN, until: START + 1 })),
        gives: { proves: 'channel_refused', ...refused('circuit_open') },
        asks: 5,
        releases: ['releaseSlots'],
      },
    ],
    [
      'the last instant',
      {
        set: () => {
          here.deps.stopping = () => true;
        },
        gives: { proves: 'deferred', retry_after_ms: 10_000, ...refused('stopping') },
        asks: 6,
        releases: ['changeCircuit', 'releaseSlots'],
      },
    ],
    [
      'the workflow',
      {
        set: () => {
          here.deps.stillWanted = async () => false;
        },
        gives: canceled,
        asks: 6,
        releases: ['changeCircuit', 'releaseSlots'],
      },
    ],
    [
      'the workflow that does not answer',
      {
        set: () => {
          here.deps.stillWanted = async () => fails();
        },
        gives: { proves: 'deferred', retry_after_ms: 5_000, ...refused('workflow_silent') },
        asks: 6,
        releases: ['changeCircuit', 'releaseSlots'],
      },
    ],
    [
      'the claim',
      {
        set: () =>
          meanwhile('circuit', () =>
            records.forbidNumber({
              phone_hash: `hash-of-${PHONE}`,
              phone_masked: '…',
              booking_id: 'x',
              at: iso(START),
            }),
          ),
        gives: { proves: 'skipped', reason: 'do_not_call' },
        asks: 7,
        releases: ['changeCircuit', 'releaseSlots'],
      },
    ],
    [
      'the last instant, after the claim',
      {
        set: () =>
          meanwhile('claimDial', () => {
            here.deps.stopping = () => true;
          }),
        gives: { proves: 'deferred', retry_after_ms: 10_000, ...refused('stopping') },
        asks: 7,
        releases: ['unclaimDial', 'changeCircuit', 'releaseSlots'],
      },
    ],
  ])(
    'gives back, the last first, what those before it took: %s',
    async (_check, { set, gives, asks, releases, attempt }) => {
      await set();
      const result = await dial(dialInput(), environment({ attempt: attempt ?? 1 }));
      expect(result).toMatchObject(gives);
      expect(result).not.toHaveProperty('left');
      expect(asked).toEqual([...ASKS.slice(0, asks), ...releases]);
      expect(await held()).toEqual(NOTHING);
    },
  );

  it('leaves on record a dial of another run that the claim found', async () => {
    const claim = { call_id: CALL, run_id: 'another', channel: 'native' as const, caller: null, at: iso(START) };
    await records.claimDial({ ...claim, known: [], phone_hashes: ['none'] });
    expect(await dial()).toMatchObject({ proves: 'unknown', ...refused('stores_disagree') });
    expect(await held()).toEqual({ ...NOTHING, dials: [CALL] });
  });
});

describe('a check that the database fails', () => {
  it.each<[string, keyof Records]>([
    ["the booking's row", 'booking'],
    ['the do-not-call list and the line', 'takeLine'],
    ['the read model', 'saveSnapshot'],
    ["the provider's slots", 'takeSlots'],
    ["the provider's circuit", 'circuit'],
  ])(
    'puts the dial off, is named in the log, and keeps nothing though only its answer was lost: %s',
    async (check, name) => {
      meanwhile(name, fails);
      const result = await dial();
      expect(result).toEqual({
        proves: 'deferred',
        retry_after_ms: 10_000,
        problem: { code: 'records_unreachable', message: 'The database could not be used: the connection broke' },
      });
      expect(warnings()).toMatchObject([{ level: 'warn', fields: { call_id: CALL, check } }]);
      expect(await held()).toEqual(NOTHING);
    },
  );

  it('the claim: stays on record, because another run could not tell it from a dial that left; the workflow knows of it', async () => {
    meanwhile('claimDial', fails);
    expect(await dial()).toMatchObject({ proves: 'deferred', left: true, problem: { code: 'records_unreachable' } });
    expect(asked.slice(ASKS.length)).toEqual(['changeCircuit', 'releaseSlots']);
    expect(warnings()).toMatchObject([{ level: 'warn', fields: { check: 'the claim' } }]);
    expect(await held()).toEqual({ ...NOTHING, dials: [CALL] });
  });
});

describe('a claim that cannot be taken back', () => {
  const lastReason = (reason: () => unknown): void => {
    meanwhile('claimDial', reason);
    here.deps.records = { ...here.deps.records, unclaimDial: async () => fails() };
  };

  it('is known to the workflow with what put the dial off; the rest is given back all the same', async () => {
    lastReason(() => here.clock.sleep(21_000));
    const result = await dial();
    expect(result).toMatchObject({ proves: 'deferred', left: true, problem: { code: 'looked_too_long' } });
    expect(warnings()).toMatchObject([{ level: 'warn', fields: { call_id: CALL, check: 'the claim' } }]);
    expect(await held()).toEqual({ ...NOTHING, dials: [CALL] });
  });

  it('puts off a dial that would be skipped', async () => {
    const env = environment();
    lastReason(() => env.cancel());
    const result = await dial(dialInput(), env);
    expect(result).toMatchObject({ proves: 'deferred', left: true, problem: { code: 'records_unreachable' } });
    expect(await held()).toEqual({ ...NOTHING, dials: [CALL] });
  });

  it('holds nobody up when the database hangs', async () => {
    lastReason(() => here.clock.sleep(21_000));
    here.deps.records = { ...here.deps.records, unclaimDial: () => new Promise(() => {}) };
    expect(await dial()).toMatchObject({ proves: 'deferred', left: true, problem: { code: 'looked_too_long' } });
  });
});

describe('after a dial that left', () => {
  const problem = { code: 'provider_503', message: 'answered 503' };

  it.each<[DialResult, { slots: object; circuit: object }]>([
    [ACCEPTED, { slots: { elevenlabs: 1 }, circuit: { is: 'closed' } }],
    [
      { proves: 'unknown', problem },
      { slots: { elevenlabs: 1 }, circuit: { is: 'open', pause_ms: 60_000 } },
    ],
    [
      { proves: 'not_sent', problem },
      { slots: {}, circuit: { is: 'open', pause_ms: 60_000 } },
    ],
    [
      { proves: 'number_refused', problem },
      { slots: {}, circuit: { is: 'closed' } },
    ],
    [
      { proves: 'deferred', retry_after_ms: 1_000, problem },
      { slots: {}, circuit: HALF_OPEN },
    ],
  ])('its claim stands, and what it does not need is given back: $proves', async (result, { slots, circuit }) => {
    here.deps.elevenlabs = elevenlabs({ dial: async () => result });
    expect(await dial()).toEqual(result.proves === 'deferred' ? { ...result, left: true } : result);
    expect(await held()).toEqual({ slots, trial: false, dials: [CALL] });
    expect(await records.circuit('elevenlabs')).toMatchObject(circuit);
  });
});
