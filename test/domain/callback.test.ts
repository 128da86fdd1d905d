import { describe, expect, it } from '@jest/globals';
import { decide, isStillWanted } from '../../domain/decide.ts';
import { fold } from '../../domain/fold.ts';
import { viewOf, waitingOf } from '../../domain/render.ts';
import type { Report } from '../../domain/result.ts';
import { type Changes, escalation, START } from '../support/orders.ts';
import { endsAs, goodCall } from '../support/table.ts';
import { spoken } from '../support/talks.ts';
import { accepted, type Later, play, report, status, talk, type World } from '../support/world.ts';

/** It is Monday noon at the business. */
const at = (iso: string): number => Date.parse(`${iso}-03:00`);
const HOUR = 3_600_000;

/** A talk with this report, of which the conversation's record says the same, or something else. */
const says = (n: number, told: Report | undefined, recorded: Report | undefined = told): Later[] => [
  { after: 1_000, evidence: status(n, 'ringing') },
  { after: 5_000, evidence: status(n, 'in-progress') },
  ...(told ? [{ after: 30_000, evidence: { ...report(n), report: told } }] : []),
  { after: 40_000, evidence: status(n, 'completed', { duration_seconds: 35 }) },
  { after: 41_000, evidence: talk(n, { report: recorded, transcript: spoken }) },
];

/** A talk in which the business asks to be called. */
const asks = (n: number, told: Partial<Report>, recorded: Partial<Report> = told): Later[] =>
  says(
    n,
    { result: 'callback_requested', notes: 'piden que llamen después', ...told },
    { result: 'callback_requested', ...recorded },
  );

const world = (...calls: ((n: number) => Later[])[]): World => ({
  dial: (n) => ({ result: accepted(n), later: calls[Math.min(n, calls.length) - 1]!(n) }),
});
const AT_FIVE = { callback_time: '17:00' };
const only = (changes: Partial<Changes> = {}): Changes => ({ bridge: { enabled: false }, ...changes });
const withCallback = (callback: { enabled?: boolean; max_callbacks?: number; within_hours?: number }): Changes => ({
  bridge: { enabled: false },
  order: {
    escalation: {
      ...escalation,
      bridge: { ...escalation.bridge, enabled: false },
      callback: { enabled: true, max_callbacks: 1, within_hours: 72, ...callback },
    },
  },
});

const dialsOf = ({ trace }: ReturnType<typeof play>): number[] =>
  trace.filter(({ task }) => task.do === 'dial').map((one) => one.at);

/** From the moment that was asked for; the line takes some milliseconds. */
const isAt = (moment: number, asked: string): void => {
  expect(moment).toBeGreaterThanOrEqual(at(asked));
  expect(moment).toBeLessThan(at(asked) + 1_000);
};

describe('a business that asks to be called at a time', () => {
  it('is called then, on the channel on which it was reached, and that call decides', () => {
    const played = play(
      {
        ...world(
          (n) => endsAs(n, 'busy'),
          (n) => asks(n, AT_FIVE),
          goodCall,
        ),
      },
      { native: { max_attempts: 2 } },
    );
    const [, , third, ...more] = dialsOf(played);
    isAt(third!, '2026-11-23T17:00');
    expect(more).toEqual([]);
    expect(played.state.outcome).toMatchObject({
      result: 'confirmed',
      channel: 'native',
      confirmed_date: '2026-11-25',
      callback_at: null,
    });
    // The channel's two attempts were used up, and its budget of a quarter of an hour: a call that was asked for has its own.
    expect(viewOf(played.state).attempts.map(({ attempt, callback }) => [attempt, callback])).toEqual([
      [1, undefined],
      [2, undefined],
      [3, true],
    ]);
  });

  it('waits meanwhile, without the line, and says until when', () => {
    const talkOver = asks(1, AT_FIVE).map(({ after, evidence }) => ({
      at: after,
      fact: { type: 'evidence', evidence } as const,
    }));
    let state = play({ dial: () => ({ result: accepted(1) }), happens: talkOver }, only(), 60_000).state;
    const decision = decide(state, START + 60_000);
    expect(decision).toMatchObject({
      is: 'going_on',
      tasks: [],
      waiting_for: 'callback',
      wake_at: at('2026-11-23T17:00'),
    });
    expect(waitingOf(state, decision)).toMatchObject({ waiting_for: 'callback', until: '2026-11-23T20:00:00.000Z' });
    expect(viewOf(state).status).toBe('in_progress');
    // Kept for hours by a timer, read by a later run.
    state = JSON.parse(JSON.stringify(state));
    expect(decide(state, at('2026-11-23T16:59:59'))).toMatchObject({ tasks: [] });
    expect(decide(state, at('2026-11-23T17:00'))).toMatchObject({ tasks: [{ do: 'take_line', channel: 'native' }] });
  });

  it.each<[string, Partial<Report>, string]>([
    ['the next such time', { callback_time: '11:00' }, '2026-11-24T11:00'],
    ['a date', { callback_date: '2026-11-25', callback_time: '10:15' }, '2026-11-25T10:15'],
    ['tomorrow', { callback_day: { ahead: 1 }, callback_time: '17:00' }, '2026-11-24T17:00'],
    ['a weekday', { callback_day: { weekday: 3 }, callback_time: '09:30' }, '2026-11-25T09:30'],
    ['a day of the month', { callback_day: { day: 25 }, callback_time: '09:30' }, '2026-11-25T09:30'],
    ['a day and a month', { callback_day: { day: 25, month: 11 }, callback_time: '08:30' }, '2026-11-25T08:30'],
  ])('understands %s', (_, asked, when) => {
    const played = play(
      world((n) => asks(n, asked), goodCall),
      only(),
    );
    isAt(dialsOf(played)[1]!, when);
    expect(played.state.outcome?.result).toBe('confirmed');
  });

  it.each<[string, Partial<Report>, string | null, Partial<Changes>?]>([
    ['without a time', {}, null],
    ['at a time that could not be read', { callback_unclear: true }, null],
    ['in the past', { callback_date: '2026-11-23', callback_time: '11:00' }, null],
    [
      'on the weekday of the call, which is next week',
      { callback_day: { weekday: 1 }, callback_time: '17:00' },
      '2026-11-30T17:00:00-03:00',
    ],
    ['on a day whose weekday is another', { callback_day: { day: 25, weekday: 1 }, callback_time: '17:00' }, null],
    [
      'later than the order allows',
      { callback_date: '2026-11-27', callback_time: '10:00' },
      '2026-11-27T10:00:00-03:00',
    ],
    ['when callbacks are switched off', AT_FIVE, '2026-11-23T17:00:00-03:00', withCallback({ enabled: false })],
    ['when none is allowed', AT_FIVE, '2026-11-23T17:00:00-03:00', withCallback({ max_callbacks: 0 })],
    ['later than a shorter limit', AT_FIVE, '2026-11-23T17:00:00-03:00', withCallback({ within_hours: 4 })],
  ])('is not called %s: the outcome says when it wanted to be', (_, asked, callback_at, changes = only()) => {
    const played = play(
      world((n) => asks(n, asked), goodCall),
      changes,
    );
    expect(dialsOf(played)).toHaveLength(1);
    expect(played.state.outcome).toMatchObject({
      result: 'callback_requested',
      notes: 'piden que llamen después',
      callback_at,
    });
    expect(played.ended).toBeLessThan(HOUR);
  });

  it('is not called when report and record give two times, and is when only the record gives one', () => {
    const two = play(
      world((n) => asks(n, AT_FIVE, { callback_time: '18:00' }), goodCall),
      only(),
    );
    expect(dialsOf(two)).toHaveLength(1);
    expect(two.state.outcome).toMatchObject({ result: 'callback_requested', callback_at: null });
    const recorded = play(
      world((n) => asks(n, {}, AT_FIVE), goodCall),
      only(),
    );
    isAt(dialsOf(recorded)[1]!, '2026-11-23T17:00');
  });

  it('is called in its hours, not before its time', () => {
    const changes = only({ settings: { calling_window: { from: 540, to: 1080 } } });
    const played = play(
      world((n) => asks(n, { callback_time: '20:00' }), goodCall),
      changes,
    );
    isAt(dialsOf(played)[1]!, '2026-11-24T09:00');
  });

  it('is called by the latest clock of its possible zones', () => {
    const zones = ['America/New_York', 'America/Chicago'];
    const played = play(
      world((n) => asks(n, AT_FIVE), goodCall),
      only({ order: { zones } }),
    );
    expect(dialsOf(played)[1]! - Date.parse('2026-11-23T17:00-06:00')).toBeLessThan(1_000);
    expect(dialsOf(played)[1]!).toBeGreaterThanOrEqual(Date.parse('2026-11-23T17:00-06:00'));
  });

  it('is called again by the channel’s rules if nobody answers then; in vain, the outcome says so', () => {
    const late = play(
      world(
        (n) => asks(n, AT_FIVE),
        (n) => endsAs(n, 'no-answer'),
        goodCall,
      ),
      only(),
    );
    expect(late.state.outcome?.result).toBe('confirmed');
    const [, second, third] = dialsOf(late);
    expect(third! - second!).toBeGreaterThanOrEqual(120_000);

    const vain = play(
      world(
        (n) => asks(n, AT_FIVE),
        (n) => endsAs(n, 'no-answer'),
      ),
      only(),
    );
    expect(dialsOf(vain)).toHaveLength(3);
    expect(vain.state.outcome).toMatchObject({
      result: 'callback_requested',
      notes: 'piden que llamen después (called again at the time that the business asked for, and nobody answered)',
      callback_at: '2026-11-23T17:00:00-03:00',
    });
  });

  it('is not called for longer than its own time while another booking holds the line', () => {
    const played = play({ ...world((n) => asks(n, AT_FIVE), goodCall), line: (n) => n === 0 }, only());
    expect(dialsOf(played)).toHaveLength(1);
    expect(played.state.outcome).toMatchObject({
      result: 'callback_requested',
      notes: 'piden que llamen después (could not be called again at the time that the business asked for)',
    });
    expect(START + played.ended).toBeLessThan(at('2026-11-23T18:00'));
  });

  it.each<[string, (n: number) => Later[], object]>([
    ['declines', (n) => says(n, { result: 'declined' }), { result: 'declined' }],
    ['asks never to be called', (n) => says(n, { result: 'do_not_call' }), { result: 'do_not_call' }],
    ['reports nothing', (n) => says(n, undefined), { result: 'needs_review' }],
    [
      'asks once more',
      (n) => asks(n, { callback_time: '19:00' }),
      { result: 'callback_requested', callback_at: '2026-11-23T19:00:00-03:00' },
    ],
  ])('decides by the call that it asked for: %s', (_, second, outcome) => {
    const played = play(
      world((n) => asks(n, AT_FIVE), second),
      only(),
    );
    expect(dialsOf(played)).toHaveLength(2);
    expect(played.state.outcome).toMatchObject(outcome);
    expect(played.words.filter((word) => word.startsWith('hang_up'))).toEqual([]);
  });

  it('is called as often as the order allows', () => {
    const asked = world(
      (n) => asks(n, { callback_time: `${16 + n}:00` }),
      (n) => asks(n, { callback_time: '19:00' }),
      (n) => asks(n, { callback_time: '20:00' }),
    );
    const played = play(asked, withCallback({ max_callbacks: 2 }));
    const [, second, third, ...more] = dialsOf(played);
    isAt(second!, '2026-11-23T17:00');
    isAt(third!, '2026-11-23T19:00');
    expect(more).toEqual([]);
    expect(played.state.outcome).toMatchObject({
      result: 'callback_requested',
      callback_at: '2026-11-23T20:00:00-03:00',
    });
  });

  it('is not called when the client cancels meanwhile: the booking is canceled', () => {
    const cancel = { at: HOUR, fact: { type: 'cancel_requested' } as const };
    const played = play({ ...world((n) => asks(n, AT_FIVE), goodCall), happens: [cancel] }, only());
    expect(dialsOf(played)).toHaveLength(1);
    expect(played.state.outcome?.result).toBe('canceled');
  });

  it('is not called when its number has entered the do-not-call list meanwhile', () => {
    const skipped = { proves: 'skipped', reason: 'do_not_call' } as const;
    const played = play(
      { dial: (n) => (n === 1 ? { result: accepted(n), later: asks(n, AT_FIVE) } : { result: skipped }) },
      only(),
    );
    expect(played.state.outcome?.result).toBe('do_not_call');
  });

  it('keeps everybody else from being called: a dial leaves only for a request that still stands', () => {
    const played = play(
      { dial: (n) => ({ result: accepted(n), later: n === 1 ? asks(1, AT_FIVE) : [] }) },
      only(),
      5 * HOUR + 30_000,
    );
    const dialing = fold(
      { ...played.state, attempts: played.state.attempts.slice(0, 1) },
      { type: 'dial_started', channel: 'native' },
      at('2026-11-23T17:00'),
    );
    expect(isStillWanted(dialing, 'bk_test0001.2', at('2026-11-23T17:00'))).toBe(true);
    const early = {
      ...dialing,
      attempts: dialing.attempts.map((one) => (one.n === 2 ? { ...one, dialed_at: at('2026-11-23T16:59') } : one)),
    };
    expect(isStillWanted(early, 'bk_test0001.2', at('2026-11-23T17:00'))).toBe(false);
    const off = {
      ...dialing,
      input: { ...dialing.input, order: { ...dialing.input.order, ...withCallback({ enabled: false }).order } },
    };
    expect(isStillWanted(off, 'bk_test0001.2', at('2026-11-23T17:00'))).toBe(false);
  });
});

describe('offers', () => {
  it('of every talk are in the outcome, without the one that was taken', () => {
    const first = [
      { date: '2026-11-26', time: '10:00' },
      { date: '2026-11-25', time: '16:00' },
    ];
    const again = [{ date: '2026-11-26', time: '10:00', note: 'con la doctora' }, { date: '2026-11-27' }];
    const second = (n: number): Later[] =>
      goodCall(n).map((one) =>
        one.evidence.kind === 'report'
          ? { ...one, evidence: { ...one.evidence, report: { ...one.evidence.report, offers: again } } }
          : one,
      );
    const played = play(
      world((n) => asks(n, { ...AT_FIVE, offers: first }), second),
      only(),
    );
    expect(played.state.outcome).toMatchObject({
      result: 'confirmed',
      offers: [{ date: '2026-11-26', time: '10:00' }, { date: '2026-11-27' }],
    });
  });

  it('are an empty list where there were none', () => {
    expect(play(world(goodCall)).state.outcome).toMatchObject({ offers: [], callback_at: null });
    expect(play(world((n) => endsAs(n, 'busy'))).state.outcome?.offers).toEqual([]);
  });
});
