import { describe, expect, it } from '@jest/globals';
import { notAfter, notBefore } from '../../domain/dial-times.ts';
import { initialState } from '../../domain/state.ts';
import { WEEKDAYS } from '../../domain/weekday.ts';
import { weekdaysIn } from '../../domain/weekday-text.ts';
import { hoursOf, minutesOf, sameWindow, weekFrom, weekOf, windowOfWeek } from '../../domain/weekly-hours.ts';
import { bookingInput } from '../support/orders.ts';

const DAY = { from: 540, to: 1_200 };
const MORNING = { from: 540, to: 780 };
const EVENING = { from: 960, to: 1_080 };

describe('a time of the day in a setting', () => {
  it.each([
    ['00:00', 0],
    ['09:30', 570],
    ['23:59', 1_439],
    ['24:00', 1_440],
  ])('%s is so many minutes after midnight: %j', (text, minutes) => {
    expect(minutesOf(text)).toBe(minutes);
  });

  it.each(['24:01', '25:00', '9:30', '09:60', '09:3', '', 'x09:30', '09:30x'])('%s is none', (text) => {
    expect(minutesOf(text)).toBeUndefined();
  });
});

describe('days of the week in a setting', () => {
  it.each([
    ['mon', ['mon']],
    ['MON-Wed', ['mon', 'tue', 'wed']],
    ['tue,thu', ['tue', 'thu']],
    ['mon-tue,sat', ['mon', 'tue', 'sat']],
    ['mon-sun', [...WEEKDAYS]],
  ])('%s are %j', (text, days) => {
    expect(weekdaysIn(text)).toEqual(days);
  });

  it.each(['', 'monday', 'fri-mon', 'mon-', '-mon', 'mon-tue-wed', 'mon,', 'mon;tue', 'x-mon'])(
    '%s are none',
    (text) => {
      expect(weekdaysIn(text)).toBeUndefined();
    },
  );
});

describe('the week of several entries', () => {
  it('has each day’s periods sorted, and joined where they touch or overlap', () => {
    const week = weekFrom([
      { days: ['mon', 'tue'], hours: EVENING },
      { days: ['mon'], hours: MORNING },
      { days: ['tue'], hours: { from: 1_080, to: 1_140 } },
      { days: ['wed'], hours: DAY },
      { days: ['wed'], hours: MORNING },
      { days: ['thu'], hours: { from: 0, to: 60 } },
      { days: ['thu'], hours: { from: 61, to: 90 } },
    ]);
    expect(week).toEqual([
      [MORNING, EVENING],
      [{ from: 960, to: 1_140 }],
      [DAY],
      [
        { from: 0, to: 60 },
        { from: 61, to: 90 },
      ],
      [],
      [],
      [],
    ]);
  });

  it('has the same hours on every day in its earlier form, or none where it never opens', () => {
    expect(weekOf(DAY)).toEqual(WEEKDAYS.map(() => [DAY]));
    expect(weekOf({ from: 540, to: 540 })).toEqual(WEEKDAYS.map(() => []));
  });

  it('spans from its first hour to its last one', () => {
    const week = [[EVENING], [MORNING], [], [], [], [], []];
    expect(windowOfWeek(week)).toEqual({ from: 540, to: 1_080, week });
    expect(windowOfWeek([[], []])).toMatchObject({ from: 0, to: 0 });
  });
});

describe('the hours of a business', () => {
  const opening = [
    { days: ['mon', 'tue'] as const, from: '08:00', to: '13:00' },
    { days: ['tue'] as const, from: '18:00', to: '24:00' },
  ].map(({ days, ...hours }) => ({ days: [...days], ...hours }));

  it('narrow the calling window, and never widen it', () => {
    const both = hoursOf({ ...DAY, closed_days: ['2026-12-25'] }, opening);
    expect(both).toMatchObject({ from: 540, to: 1_200, closed_days: ['2026-12-25'] });
    expect(both.week).toEqual([[MORNING], [MORNING, { from: 1_080, to: 1_200 }], [], [], [], [], []]);
    expect(hoursOf({ from: 780, to: 1_080 }, opening)).toMatchObject({ from: 0, to: 0 });
  });

  it('leave the window as it is where they are not known', () => {
    expect(hoursOf(DAY, undefined)).toBe(DAY);
    expect(hoursOf({ ...DAY }, opening)).not.toHaveProperty('closed_days');
  });

  it('are worked out once for the same window and hours, and anew for other ones', () => {
    const window = { ...DAY };
    const first = hoursOf(window, opening);
    expect(hoursOf(window, opening)).toBe(first);
    expect(hoursOf(window, opening.slice(0, 1)).week?.[1]).toEqual([MORNING]);
  });
});

describe('two windows are the same', () => {
  const week = [[MORNING], [], [], [], [], [], []];
  it('if they open at the same times, whatever their form in memory', () => {
    expect(sameWindow({ ...DAY, week }, { ...DAY, week: structuredClone(week) })).toBe(true);
    expect(sameWindow(DAY, { ...DAY, closed_days: [] })).toBe(true);
  });

  it.each([
    { from: 541, to: 1_200 },
    { from: 540, to: 1_201 },
    { ...DAY, week },
    { ...DAY, closed_days: ['2026-12-25'] },
  ])('and not otherwise: %j', (other) => {
    expect(sameWindow(DAY, other)).toBe(false);
  });
});

describe('the client’s moments for a dial', () => {
  const state = (order: { not_before?: string; not_after?: string }) => initialState(bookingInput({ order }));
  it('are those of the order; without one there is no bound', () => {
    const at = '2026-11-24T12:00:00.000Z';
    const bounded = state({ not_before: at, not_after: at });
    expect([notBefore(bounded), notAfter(bounded)]).toEqual([Date.parse(at), Date.parse(at)]);
    expect([notBefore(state({})), notAfter(state({}))]).toEqual([-Infinity, Infinity]);
  });

  it('end when the order’s end has changed, or never if it has none any more', () => {
    const other = '2026-11-25T12:00:00.000Z';
    const bounded = state({ not_after: '2026-11-24T12:00:00.000Z' });
    expect(notAfter({ ...bounded, not_after: other })).toBe(Date.parse(other));
    expect(notAfter({ ...bounded, not_after: null })).toBe(Infinity);
  });
});
