import { describe, expect, it } from '@jest/globals';
import { budgetEndsAt } from '../../domain/budget.ts';
import { decide, isStillWanted } from '../../domain/decide.ts';
import type { DialResult } from '../../domain/evidence.ts';
import { fold } from '../../domain/fold.ts';
import type { OpeningHours } from '../../domain/order.ts';
import { viewOf, waitingOf } from '../../domain/render.ts';
import { initialState } from '../../domain/state.ts';
import { WAITS } from '../../domain/view.ts';
import { shownWait, waitView } from '../../domain/waits.ts';
import { bookingInput, type Changes, START } from '../support/orders.ts';
import { endsAs, goodCall } from '../support/table.ts';
import { accepted, play, status, type World } from '../support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** START is a Monday, 12:00 in Buenos Aires. */
const iso = (ms: number): string => new Date(START + ms).toISOString();
const good: World = { dial: (n) => ({ result: accepted(n), later: goodCall(n) }) };
const REFUSED: DialResult = { proves: 'channel_refused', problem: { code: 'x', message: 'x' } };
const LATER: DialResult = { proves: 'deferred', retry_after_ms: HOUR, problem: { code: 'twilio_429', message: 'x' } };
const order = (more: Changes['order'] & object): Changes => ({ order: more });
const dialsAt = ({ trace }: ReturnType<typeof play>): number[] =>
  trace.filter(({ task }) => task.do === 'dial').map(({ at }) => at - START);
const EXPIRED = { result: 'expired', simulated: false, channel: null, notes: 'no phone was rung before not_after' };

const opening = (opening_hours: OpeningHours[]): Changes =>
  order({ business: { name: 'Clínica', phone: '+541143211234', opening_hours } });

describe('a booking with not_before', () => {
  it('is dialed then, and its budgets begin with that dial', () => {
    const played = play(good, { order: { not_before: iso(3 * HOUR) }, native: { budget_seconds: 10 } });
    expect(dialsAt(played)).toEqual([3 * HOUR + 5]);
    expect(played.state.outcome?.result).toBe('confirmed');
  });

  it('waits for it or, where the hours begin later, for the hours', () => {
    const waiting = (not_before: string) => {
      const state = initialState(
        bookingInput({ ...order({ not_before }), settings: { calling_window: { from: 780, to: 1200 } } }),
      );
      const { waiting_for, waiting_until } = viewOf(state, waitingOf(state, decide(state, START)));
      return [waiting_for, waiting_until];
    };
    expect(waiting(iso(2 * HOUR))).toEqual(['not_before', iso(2 * HOUR)]);
    expect(waiting(iso(10 * HOUR))).toEqual(['hours', iso(25 * HOUR)]);
    expect(waiting(iso(-HOUR))).toEqual(['hours', iso(HOUR)]);
  });
});

describe('a booking with not_after', () => {
  it.each<[string, World, Changes]>([
    ['it was closed', good, { settings: { calling_window: { from: 540, to: 600 } } }],
    ['its number was busy with another booking', { ...good, line: () => false }, {}],
    ['its provider took no dial', { dial: () => ({ result: LATER }) }, {}],
  ])('expires at that moment when %s, and is never simulated', (_, world, changes) => {
    const played = play(world, { ...changes, order: { not_after: iso(20 * MINUTE) } });
    expect(played.state.outcome).toMatchObject({ ...EXPIRED, channel: null });
    expect(viewOf(played.state)).toMatchObject({ status: 'failed', waiting_for: null, waiting_until: null });
    expect(played.ended).toBe(20 * MINUTE);
  });

  it('is not simulated when its last channel is refused at that moment', () => {
    const world: World = { dial: () => ({ after: 10 * MINUTE + 1, result: REFUSED }) };
    const { state, words } = play(world, { order: { not_after: iso(20 * MINUTE) } });
    expect(state.outcome).toMatchObject({ ...EXPIRED, channel: 'bridge' });
    expect(words).not.toContain('simulate');
  });

  it('takes back a dial that still waits in its queue', () => {
    let state = fold(initialState(bookingInput(order({ not_after: iso(MINUTE) }))), { type: 'line_taken' }, START);
    expect(decide(state, START)).toMatchObject({
      tasks: [{ do: 'dial', not_after: START + MINUTE }],
      wake_at: START + MINUTE,
    });
    state = fold(state, { type: 'dial_started', channel: 'native' }, START);
    expect(decide(state, START)).toMatchObject({ wake_at: START + MINUTE });
    const call = 'bk_test0001.1';
    expect([isStillWanted(state, call, START + MINUTE - 1), isStillWanted(state, call, START + MINUTE)]).toEqual([
      true,
      false,
    ]);
    const now = START + MINUTE;
    state = fold(state, { type: 'dial_ended', n: 1, result: { proves: 'skipped', reason: 'canceled' } }, now);
    expect(decide(state, now)).toMatchObject({ is: 'final', outcome: EXPIRED });
  });

  it('is unreachable, or voicemail, when it was rung in vain, as soon as no redial can come in time', () => {
    const busy: World = { dial: (n) => ({ result: accepted(n), later: endsAs(n, 'busy') }) };
    const played = play(busy, { order: { not_after: iso(2 * MINUTE) } });
    expect(played.state.outcome?.result).toBe('unreachable');
    expect(dialsAt(played)).toHaveLength(1);
    const machine: World = {
      dial: (n) => ({
        result: accepted(n),
        later: [
          { after: 5_000, evidence: status(n, 'in-progress', { answered_by: 'machine_start' }) },
          { after: 15_000, evidence: status(n, 'completed') },
        ],
      }),
    };
    expect(play(machine, { order: { not_after: iso(2 * MINUTE) } }).state.outcome?.result).toBe('voicemail');
  });

  it('lets a talk go on, and stops a phone that still rings', () => {
    const during = play(good, { order: { not_after: iso(8_000) } });
    expect(during.state.outcome?.result).toBe('confirmed');
    const rings: World = {
      dial: (n) => ({ result: accepted(n), later: [{ after: 2_000, evidence: status(n, 'ringing') }] }),
      hangUp: (n) => ({ result: { done: 'requested' }, later: [{ after: 500, evidence: status(n, 'canceled') }] }),
    };
    const { state, words, ended } = play(rings, { order: { not_after: iso(10_000) } });
    expect(words).toContain('hang_up 1 cancel not_after');
    expect([state.outcome?.result, ended < 15_000]).toEqual(['unreachable', true]);
  });

  it('goes on to the next channel, and is simulated, where all are refused in time', () => {
    const { state } = play(
      {
        dial: () => ({ result: REFUSED }),
        simulate: () => ({ result: { ok: false, problem: { code: 'x', message: 'x' } } }),
      },
      { order: { not_after: iso(HOUR) } },
    );
    expect(state.outcome?.result).toBe('error');
  });
});

describe('a booking whose not_after changes', () => {
  const expires = (changed: string | null, given: string | undefined = iso(HOUR)) => {
    const input = bookingInput({
      ...order({ not_after: given }),
      settings: { calling_window: { from: 780, to: 1200 } },
    });
    const state = fold(initialState(input), { type: 'not_after_changed', not_after: changed }, START);
    return (at: number) => {
      const decision = decide(state, START + at);
      return decision.is === 'final' ? decision.outcome.result : undefined;
    };
  };

  it('expires at the new moment, be it earlier, later or the first one', () => {
    const earlier = expires(iso(MINUTE));
    expect([earlier(MINUTE - 1), earlier(MINUTE)]).toEqual([undefined, 'expired']);
    const later = expires(iso(30 * HOUR));
    expect([later(2 * HOUR), later(30 * HOUR)]).toEqual([undefined, 'expired']);
    expect(expires(iso(MINUTE), undefined)(MINUTE)).toBe('expired');
  });

  it('does not expire without one', () => {
    expect(expires(null)(2 * HOUR)).toBe(undefined);
  });
});

describe('a business with opening hours', () => {
  it('is rung when both it and the calling window are open', () => {
    const hours = opening([
      { days: ['mon'], from: '08:00', to: '11:00' },
      { days: ['tue'], from: '08:00', to: '11:00' },
    ]);
    const played = play(good, { ...hours, settings: { calling_window: { from: 570, to: 1200 } } });
    // Tuesday, 9:30.
    expect(dialsAt(played).map((at) => Math.floor(at / MINUTE))).toEqual([21 * 60 + 30]);
  });

  it('stops a budget while it is closed', () => {
    const input = bookingInput({
      ...opening([{ days: ['mon', 'tue'], from: '12:00', to: '12:10' }]),
      native: { budget_seconds: 900 },
    });
    let state = fold(initialState(input), { type: 'line_taken' }, START);
    state = fold(state, { type: 'dial_started', channel: 'native' }, START);
    expect(budgetEndsAt(state, 'native', START)).toBe(START + 24 * HOUR + 5 * MINUTE);
  });

  it('gets the present calling window, and keeps its own hours', () => {
    let state = initialState(bookingInput(opening([{ days: ['mon'], from: '10:00', to: '16:00' }])));
    state = fold(state, { type: 'window_changed', calling_window: { from: 15 * 60, to: 20 * 60 } }, START);
    expect(waitingOf(state, decide(state, START))).toMatchObject({
      waiting_for: 'calling_hours',
      until: iso(3 * HOUR),
    });
    state = fold(
      state,
      { type: 'window_changed', calling_window: { from: 0, to: 1440, closed_days: ['2026-11-23'] } },
      START,
    );
    expect(waitingOf(state, decide(state, START))).toMatchObject({ until: iso(7 * 24 * HOUR - 2 * HOUR) });
  });
});

it('shows the reasons for a wait in the words of the contract', () => {
  expect(WAITS).toEqual(['not_before', 'hours', 'number', 'place', 'frequency', 'callback', 'dialing']);
  const shown = (['not_before', 'calling_hours', 'line_busy', 'rate_limit', 'redial_delay'] as const).map(shownWait);
  expect(shown).toEqual(['not_before', 'hours', 'number', 'place', null]);
});

it.each([
  ['place', 'place'],
  ['dialing', 'dialing'],
  ['number', 'number'],
  [undefined, 'number'],
] as const)('shows that a line waits for %s, and knows no end of it', (waits_for, shown) => {
  const state = fold(initialState(bookingInput()), { type: 'line_busy', waits_for }, START);
  expect(waitView(waitingOf(state, decide(state, START)))).toEqual({ waiting_for: shown, waiting_until: null });
});
