import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  afterDial,
  type Circuit,
  CLOSED,
  circuitState,
  FIRST_PAUSE_MS,
  type Health,
  healthOf,
  LONGEST_PAUSE_MS,
  OPENS_AFTER,
  permit,
  REMEMBERED_MS,
  TRIAL_MS,
} from '../../domain/circuit.ts';
import type { DialResult } from '../../domain/evidence.ts';

const NOON = Date.parse('2026-11-24T12:00:00.000Z');
const problem = { code: 'x', message: 'y' };

const told = (circuit: Circuit, booking: number, health: Health | undefined, now = NOON, n = 1): Circuit =>
  afterDial(circuit, { booking_id: `bk_${booking}`, call_id: `bk_${booking}.${n}`, health }, now);

/** What `count` different bookings leave behind, one a second, whose dials all end in the same way. */
function failing(count: number, health: Health = 'down', circuit: Circuit = CLOSED, now = NOON): Circuit {
  return Array.from({ length: count }, (_, i) => i).reduce((at, i) => told(at, i, health, now + i * 1000), circuit);
}

const OPEN = failing(OPENS_AFTER);
const OPENED_AT = NOON + (OPENS_AFTER - 1) * 1000;
const TRIED_AT = OPENED_AT + FIRST_PAUSE_MS;

function onTrial(circuit: Circuit, call: string, now: number): Circuit {
  const leave = permit(circuit, call, now);
  if (leave.may !== 'try') throw new Error(`no trial: ${JSON.stringify(leave)}`);
  return leave.next;
}

describe('what a dial says of its provider', () => {
  it.each<[Health | undefined, DialResult]>([
    ['well', { proves: 'accepted', call_sid: 'CA1' }],
    ['well', { proves: 'number_refused', problem }],
    ['down', { proves: 'not_sent', problem }],
    ['down', { proves: 'unknown', problem }],
    ['refused', { proves: 'channel_refused', problem, account: true }],
    [undefined, { proves: 'channel_refused', problem }],
    [undefined, { proves: 'deferred', retry_after_ms: 1_000, problem }],
    [undefined, { proves: 'skipped', reason: 'too_late' }],
  ])('is %s after %j', (health, result) => {
    expect(healthOf(result)).toBe(health);
  });
});

describe('a circuit', () => {
  it('lets every dial through while it is closed', () => {
    expect(permit(CLOSED, 'bk_1.1', NOON)).toEqual({ may: 'dial' });
    expect(permit(failing(OPENS_AFTER - 1), 'bk_1.1', NOON)).toEqual({ may: 'dial' });
  });

  it('opens when so many different bookings have failed in a row, and says why and until when', () => {
    expect(OPEN).toEqual({ is: 'open', why: 'down', until: TRIED_AT, pause_ms: FIRST_PAUSE_MS });
    expect(failing(OPENS_AFTER, 'refused')).toMatchObject({ is: 'open', why: 'refused' });
    expect(permit(OPEN, 'bk_50.1', TRIED_AT - 1)).toEqual({ may: 'not', until: TRIED_AT, why: 'down' });
  });

  it('stays closed however often one booking fails', () => {
    let circuit = CLOSED;
    for (let n = 1; n <= 10 * OPENS_AFTER; n++) circuit = told(circuit, 1, 'down', NOON + n, n);
    expect(circuit).toMatchObject({ is: 'closed', strikes: [{ booking_id: 'bk_1' }] });
  });

  it('forgets failures when one dial goes well, and those that are long ago', () => {
    expect(failing(1, 'down', told(failing(OPENS_AFTER - 1), 90, 'well'))).toMatchObject({ is: 'closed' });
    expect(failing(1, 'down', failing(OPENS_AFTER - 1), NOON + REMEMBERED_MS + 60_000)).toMatchObject({
      is: 'closed',
      strikes: [{ booking_id: 'bk_0' }],
    });
  });

  it('forgets all failures with one dial that goes well', () => {
    expect(told(failing(OPENS_AFTER - 1), 90, 'well')).toEqual(CLOSED);
  });

  it('remembers a failure until the time for it is over, and not longer', () => {
    const strikesAt = (now: number) => {
      const circuit = told(told(CLOSED, 1, 'down'), 2, 'down', now);
      return circuit.is === 'closed' ? circuit.strikes.map(({ booking_id }) => booking_id) : circuit;
    };
    expect(strikesAt(NOON + REMEMBERED_MS - 1)).toEqual(['bk_1', 'bk_2']);
    expect(strikesAt(NOON + REMEMBERED_MS)).toEqual(['bk_2']);
  });

  it('is the same object after a dial that changes nothing', () => {
    const fresh: Circuit = { is: 'closed', strikes: [] };
    const struck = failing(2);
    expect(told(fresh, 1, 'well')).toBe(fresh);
    expect(told(struck, 5, undefined)).toBe(struck);
  });

  it('is shown as closed while every dial may leave', () => {
    expect(circuitState(CLOSED, NOON)).toBe('closed');
    expect(circuitState(failing(OPENS_AFTER - 1), NOON)).toBe('closed');
  });

  it('lets one dial at a time through as the trial once the pause is over', () => {
    const trying = onTrial(OPEN, 'bk_50.1', TRIED_AT);
    expect(permit(trying, 'bk_51.1', TRIED_AT)).toEqual({ may: 'not', until: TRIED_AT + TRIAL_MS, why: 'down' });
    expect([TRIED_AT - 1, TRIED_AT].map((now) => circuitState(OPEN, now))).toEqual(['open', 'half_open']);
  });

  it('closes when the trial goes well', () => {
    expect(told(onTrial(OPEN, 'bk_50.1', TRIED_AT), 50, 'well', TRIED_AT + 200)).toEqual(CLOSED);
  });

  it('opens again for twice as long when the trial fails, up to the longest pause', () => {
    let circuit = OPEN;
    let now = TRIED_AT;
    const pauses: number[] = [];
    for (let n = 0; n < 8; n++) {
      circuit = told(onTrial(circuit, 'bk_50.1', now), 50, 'down', now);
      if (circuit.is !== 'open') throw new Error('it closed');
      pauses.push(circuit.until - now);
      now = circuit.until;
    }
    expect(pauses.slice(0, 3)).toEqual([60_000, 120_000, 240_000]);
    expect(pauses.at(-1)).toBe(LONGEST_PAUSE_MS);
  });

  it('gives the trial to the next dial when the first says nothing, or was lost with its worker', () => {
    const trying = onTrial(OPEN, 'bk_50.1', TRIED_AT);
    const given = told(trying, 50, undefined, TRIED_AT + 50);
    expect(given).toEqual(OPEN);
    expect(permit(given, 'bk_51.1', TRIED_AT + 50).may).toBe('try');
    expect(permit(trying, 'bk_51.1', TRIED_AT + TRIAL_MS).may).toBe('try');
  });

  it('does not listen to dials that left before it opened, nor to a trial that was given up', () => {
    expect(told(OPEN, 3, 'well')).toBe(OPEN);
    expect(told(OPEN, 3, 'down')).toBe(OPEN);
    const second = onTrial(onTrial(OPEN, 'bk_50.1', TRIED_AT), 'bk_51.1', TRIED_AT + TRIAL_MS);
    expect(told(second, 50, 'well', TRIED_AT + TRIAL_MS + 1)).toBe(second);
  });
});

/** Workers whose dials ask, leave and end in any order. */
type Move =
  | { do: 'ask'; booking: number }
  | { do: 'end'; which: number; health: Health | undefined }
  | { do: 'wait'; ms: number };

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ do: fc.constant('ask' as const), booking: fc.nat(30) }),
  fc.record({
    do: fc.constant('end' as const),
    which: fc.nat(30),
    health: fc.constantFrom<(Health | undefined)[]>('down', 'down', 'down', 'refused', 'well', undefined),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(200_000) }),
);

describe('any order of dials', () => {
  it('never has two trials at once, never opens for fewer bookings than it takes, and always ends a pause', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 300 }), (moves) => {
        let circuit: Circuit = CLOSED;
        let now = NOON;
        let calls = 0;
        const flying: { booking: number; n: number; trial: boolean; left: number }[] = [];
        const failedInARow = new Set<number>();
        for (const one of moves) {
          if (one.do === 'wait') now += one.ms;
          if (one.do === 'ask') {
            const n = ++calls;
            const leave = permit(circuit, `bk_${one.booking}.${n}`, now);
            const trial = leave.may === 'try';
            if (trial) {
              const others = flying.filter((dial) => dial.trial && now - dial.left < TRIAL_MS);
              expect(others).toEqual([]);
              circuit = leave.next;
            }
            if (leave.may === 'not') {
              expect(leave.until).toBeGreaterThan(now);
              expect(leave.until - now).toBeLessThanOrEqual(LONGEST_PAUSE_MS);
            } else flying.push({ booking: one.booking, n, trial, left: now });
          }
          if (one.do === 'end' && flying.length > 0) {
            const [dial] = flying.splice(one.which % flying.length, 1);
            const before = circuit;
            circuit = told(circuit, dial!.booking, one.health, now, dial!.n);
            if (one.health === 'well') failedInARow.clear();
            else if (one.health) failedInARow.add(dial!.booking);
            if (before.is === 'closed' && circuit.is === 'open') {
              expect(failedInARow.size).toBeGreaterThanOrEqual(OPENS_AFTER);
            }
            if (before.is === 'open' && circuit.is === 'closed') {
              expect(dial!.trial && one.health === 'well').toBe(true);
              failedInARow.clear();
            }
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
