import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterOpenTime, isOpen, nextOpening, openTimeBetween } from '../../domain/calling-window.ts';
import { localMoment } from '../../domain/local-moment.ts';
import type { CallingWindow, OpeningHours } from '../../domain/order.ts';
import { WEEKDAYS } from '../../domain/weekday.ts';
import { hoursOf, minutesOf, sameWindow, weekFrom, windowOfWeek } from '../../domain/weekly-hours.ts';
import { momentsAt, offsetAt } from '../../domain/zone-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = (text: string): number => Date.parse(text);
const every = (from: number, to: number): CallingWindow => ({ from, to });
const NINE_TO_EIGHT = every(540, 1200);
const WEEKDAYS_AND_SATURDAY = windowOfWeek(
  weekFrom([
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], hours: { from: 540, to: 1200 } },
    { days: ['sat'], hours: { from: 540, to: 780 } },
  ]),
);
const BUENOS_AIRES = ['America/Argentina/Buenos_Aires'];
const iso = (ms: number | undefined): string => new Date(ms ?? Number.NaN).toISOString();

describe('calling hours by weekday', () => {
  it.each([
    ['a Monday morning', '2026-11-30T09:00-03:00', '2026-11-30T09:00-03:00'],
    ['a Friday evening', '2026-12-04T20:00-03:00', '2026-12-05T09:00-03:00'],
    ['a Saturday at one', '2026-12-05T13:00-03:00', '2026-12-07T09:00-03:00'],
    ['a Sunday', '2026-12-06T12:00-03:00', '2026-12-07T09:00-03:00'],
  ])('on %s', (_, now, opens) => {
    expect(iso(nextOpening(WEEKDAYS_AND_SATURDAY, BUENOS_AIRES, at(now)))).toBe(iso(at(opens)));
    expect(isOpen(WEEKDAYS_AND_SATURDAY, BUENOS_AIRES, at(now))).toBe(now === opens);
  });

  it('are closed on public holidays, in each zone by its own date', () => {
    const window = { ...NINE_TO_EIGHT, closed_days: ['2026-12-25'] };
    expect(iso(nextOpening(window, BUENOS_AIRES, at('2026-12-24T21:00-03:00')))).toBe(
      iso(at('2026-12-26T09:00-03:00')),
    );
    // 22:00 in New York on the 25th is 16:00 on the 26th in Auckland, and 12:00 in Auckland on the 25th is the evening of the 24th in New York.
    const whole = { ...every(0, 1440), closed_days: ['2026-12-25'] };
    const zones = ['America/New_York', 'Pacific/Auckland'];
    expect(iso(nextOpening(whole, zones, at('2026-12-24T11:00Z')))).toBe(iso(at('2026-12-26T00:00-05:00')));
    expect(isOpen(whole, zones, at('2026-12-24T10:59:59.999Z'))).toBe(true);
  });

  it('need the hours of the business as well', () => {
    const open: OpeningHours[] = [
      { days: ['mon', 'tue'], from: '08:00', to: '13:00' },
      { days: ['mon'], from: '16:00', to: '24:00' },
      { days: ['tue'], from: '00:00', to: '01:00' },
    ];
    const hours = hoursOf(NINE_TO_EIGHT, open);
    expect(hours).toBe(hoursOf(NINE_TO_EIGHT, open));
    expect(hours.week!.slice(0, 3)).toEqual([
      [
        { from: 540, to: 780 },
        { from: 960, to: 1200 },
      ],
      [{ from: 540, to: 780 }],
      [],
    ]);
    expect(iso(nextOpening(hours, BUENOS_AIRES, at('2026-11-30T13:00-03:00')))).toBe(iso(at('2026-11-30T16:00-03:00')));
    expect(iso(nextOpening(hours, BUENOS_AIRES, at('2026-12-01T13:00-03:00')))).toBe(iso(at('2026-12-07T09:00-03:00')));
    expect(
      nextOpening(hoursOf(NINE_TO_EIGHT, [{ days: ['sun'], from: '20:00', to: '24:00' }]), BUENOS_AIRES, 0),
    ).toBeUndefined();
  });

  it('are the same windows only where they open at the same times', () => {
    expect(sameWindow({ from: 0, to: 60 }, { to: 60, from: 0 })).toBe(true);
    expect(sameWindow({ from: 0, to: 60 }, { from: 0, to: 60, closed_days: [] })).toBe(true);
    expect(sameWindow({ from: 0, to: 60 }, { from: 0, to: 60, closed_days: ['2026-12-25'] })).toBe(false);
    expect(sameWindow(WEEKDAYS_AND_SATURDAY, { from: 540, to: 1200 })).toBe(false);
  });
});

describe('calling hours in the nights in which clocks change', () => {
  it.each([
    // Clocks go forward at 2:00 to 3:00, and back at 2:00 to 1:00.
    ['forward in New York', 'America/New_York', every(540, 1200), '2027-03-13T23:00-05:00', '2027-03-14T09:00-04:00'],
    ['back in New York', 'America/New_York', every(540, 1200), '2026-10-31T23:00-04:00', '2026-11-01T09:00-05:00'],
    [
      'into the hour that is left out',
      'America/New_York',
      every(150, 240),
      '2027-03-13T23:00-05:00',
      '2027-03-14T03:00-04:00',
    ],
    [
      'through the hour that is repeated',
      'America/New_York',
      every(90, 105),
      '2026-11-01T01:45-04:00',
      '2026-11-01T01:30-05:00',
    ],
    [
      'forward by half an hour',
      'Australia/Lord_Howe',
      every(540, 1200),
      '2026-10-03T23:00+10:30',
      '2026-10-04T09:00+11:00',
    ],
    [
      'in a zone with three quarters of an hour',
      'Asia/Kathmandu',
      every(540, 1200),
      '2026-11-30T20:00+05:45',
      '2026-12-01T09:00+05:45',
    ],
  ])('%s', (_, zone, window, now, opens) => {
    expect(iso(nextOpening(window, [zone], at(now)))).toBe(iso(at(opens)));
  });

  it('count the time that really passes', () => {
    const night = every(0, 360);
    const zone = ['America/New_York'];
    expect(openTimeBetween(night, zone, at('2027-03-14T00:00-05:00'), at('2027-03-14T12:00-04:00'))).toBe(5 * HOUR);
    expect(openTimeBetween(night, zone, at('2026-11-01T00:00-04:00'), at('2026-11-01T12:00-05:00'))).toBe(7 * HOUR);
  });

  it('have no moment, or two, for a local time', () => {
    const local = (text: string): number => at(`${text}Z`);
    expect(momentsAt('America/New_York', local('2027-03-14T02:30'))).toEqual([]);
    expect(momentsAt('America/New_York', local('2026-11-01T01:30')).map(iso)).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-01T06:30:00.000Z',
    ]);
    expect(momentsAt('Asia/Kolkata', local('2026-12-01T09:00')).map(iso)).toEqual(['2026-12-01T03:30:00.000Z']);
  });
});

const ZONES = [
  'America/Argentina/Buenos_Aires',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Europe/Madrid',
  'Pacific/Chatham',
];

const period = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
  .map(([from, long]) => ({ from, to: Math.min(from + long, 1440) }));
const week = fc
  .array(fc.record({ days: fc.subarray([...WEEKDAYS], { minLength: 1 }), hours: period }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((entries) => windowOfWeek(weekFrom(entries)));
const closedDays = fc.array(
  fc.integer({ min: 0, max: 400 }).map((day) => new Date(at('2026-06-01') + day * DAY).toISOString().slice(0, 10)),
  { maxLength: 12 },
);
const window = fc.oneof(period, week).chain((hours) =>
  fc.oneof(
    fc.constant(hours as CallingWindow),
    closedDays.map((closed_days): CallingWindow => ({ ...hours, closed_days })),
  ),
);
const zones = fc.subarray(ZONES, { minLength: 1, maxLength: 3 });
const moment = fc.integer({ min: at('2026-06-01'), max: at('2027-06-01') });

/** The rule, written once more without any of its code: the local date and time decide. */
function isOpenByTheClock(hours: CallingWindow, zone: string, now: number): boolean {
  const { date, time } = localMoment(zone, now);
  if (hours.closed_days?.includes(date)) return false;
  const day = (new Date(`${date}T12:00Z`).getUTCDay() + 6) % 7;
  const minutes = minutesOf(time)!;
  return (hours.week?.[day] ?? [hours]).some(({ from, to }) => minutes >= from && minutes < to);
}

describe('whatever the window, the zones and the moment', () => {
  it('is open by the local clocks, in all zones', () => {
    fc.assert(
      fc.property(window, zones, moment, (hours, places, now) => {
        expect(isOpen(hours, places, now)).toBe(places.every((zone) => isOpenByTheClock(hours, zone, now)));
      }),
      { numRuns: 300 },
    );
  });

  it('opens next at a moment that is open, with nothing open before it', () => {
    fc.assert(
      fc.property(window, zones, moment, fc.double({ min: 0, max: 1, noNaN: true }), (hours, places, now, share) => {
        const opens = nextOpening(hours, places, now);
        if (opens !== undefined) expect(isOpen(hours, places, opens)).toBe(true);
        const before = Math.floor(now + share * ((opens ?? now + 60 * DAY) - now));
        if (before < (opens ?? Infinity)) expect(isOpen(hours, places, before)).toBe(false);
        if (opens !== undefined && opens > now) expect(isOpen(hours, places, opens - 1)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('counts open time minute by minute', () => {
    fc.assert(
      fc.property(window, zones, moment, fc.integer({ min: 1, max: 60 }), (hours, places, from, minutes) => {
        const start = Math.floor(from / MINUTE) * MINUTE;
        const open = Array.from({ length: minutes }, (_, n) => start + n * MINUTE).filter((t) =>
          isOpen(hours, places, t),
        );
        expect(openTimeBetween(hours, places, start, start + minutes * MINUTE)).toBe(open.length * MINUTE);
      }),
      { numRuns: 200 },
    );
  });

  it('finds the end of a budget, and the open time up to it is the budget', () => {
    fc.assert(
      fc.property(window, zones, moment, fc.integer({ min: 1_000, max: 86_400_000 }), (hours, places, from, budget) => {
        const ends = afterOpenTime(hours, places, from, budget);
        if (ends !== undefined) expect(openTimeBetween(hours, places, from, ends)).toBe(budget);
      }),
      { numRuns: 100 },
    );
  });

  it('knows each zone’s clock', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), moment, (zone, now) => {
        const { date, time } = localMoment(zone, now);
        expect(new Date(now + offsetAt(zone, now)).toISOString().slice(0, 16)).toBe(`${date}T${time}`);
        const local = Math.floor((now + offsetAt(zone, now)) / MINUTE) * MINUTE;
        expect(momentsAt(zone, local)).toContain(Math.floor(now / MINUTE) * MINUTE);
      }),
      { numRuns: 300 },
    );
  });
});

it('answers in no time, also for hours of one minute a week, and for zones that never meet', () => {
  const rare = windowOfWeek(weekFrom([{ days: ['mon'], hours: { from: 540, to: 541 } }]));
  const apart: [CallingWindow, string[]] = [every(540, 600), ['America/New_York', 'Asia/Tokyo']];
  const now = at('2026-11-30T12:00Z');
  const ask = () => {
    expect(afterOpenTime(rare, BUENOS_AIRES, now, 86_400_000)).toBeUndefined();
    expect(nextOpening(...apart, now)).toBeUndefined();
    expect(afterOpenTime(...apart, now, 1)).toBeUndefined();
  };
  ask();
  const began = process.cpuUsage();
  for (let n = 0; n < 100; n++) ask();
  const { user } = process.cpuUsage(began);
  // Microseconds for a hundred rounds: each far below what a workflow's task may take.
  expect(user).toBeLessThan(1_000_000);
});
