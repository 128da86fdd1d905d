import { describe, expect, it } from '@jest/globals';
import { localMoment } from '../../domain/local-moment.ts';
import { toldDays } from '../../domain/told-days.ts';

describe('a local moment', () => {
  it.each([
    ['America/Argentina/Buenos_Aires', '2026-12-01T02:30:00Z', { date: '2026-11-30', time: '23:30' }],
    ['America/Los_Angeles', '2026-12-01T01:30:00Z', { date: '2026-11-30', time: '17:30' }],
    ['Europe/Madrid', '2026-12-31T23:00:00Z', { date: '2027-01-01', time: '00:00' }],
    ['Asia/Kathmandu', '2026-12-31T18:20:00Z', { date: '2027-01-01', time: '00:05' }],
    // The hour that is skipped, and the one that comes twice.
    ['Europe/Madrid', '2026-03-29T01:00:00Z', { date: '2026-03-29', time: '03:00' }],
    ['America/New_York', '2026-11-01T05:30:00Z', { date: '2026-11-01', time: '01:30' }],
    ['America/New_York', '2026-11-01T06:30:00Z', { date: '2026-11-01', time: '01:30' }],
  ])('in %s at %s', (zone, at, shown) => {
    expect(localMoment(zone, Date.parse(at))).toEqual(shown);
  });
});

const order = (preferred_day: string | null | undefined, zones: string[], created_at: string) => ({
  zones,
  created_at,
  request: { service_type: 'dentista', user_name: 'Mauro', preferred_day },
});

describe('what an agent is told of days', () => {
  it('is the business’s, whatever day it is in UTC', () => {
    const placed = order('2026-12-01', ['America/Argentina/Buenos_Aires'], '2026-11-30T23:30:00.000Z');
    const told = toldDays(placed, Date.parse('2026-12-02T01:15:00Z'), 'es');
    const { next_days, ...days } = told;
    expect(days).toEqual({
      business_date: '2026-12-01',
      business_weekday: 'martes',
      business_time: '22:15',
      order_date: '2026-11-30',
      order_weekday: 'lunes',
      preferred_day: '2026-12-01',
      preferred_weekday: 'martes',
    });
    const table = next_days.split('; ');
    expect(table.slice(0, 3)).toEqual(['hoy martes 2026-12-01', 'mañana miércoles 2026-12-02', 'jueves 2026-12-03']);
    expect(table).toHaveLength(22);
    expect(table.at(-1)).toBe('martes 2026-12-22');
  });

  it('runs over the end of a year and the days on which clocks change, a day at a time', () => {
    const { next_days } = toldDays(
      order(null, ['Europe/Madrid'], '2026-10-20T10:00:00.000Z'),
      Date.parse('2026-10-20T10:00:00Z'),
      'en',
    );
    const dates = [...next_days.matchAll(/\d{4}-\d\d-\d\d/g)].map(([date]) => Date.parse(date));
    expect(dates.slice(1).map((date, n) => date - dates[n]!)).toEqual(Array(21).fill(86_400_000));
    const turn = toldDays(order(null, ['UTC'], '2027-12-30T10:00:00.000Z'), Date.parse('2027-12-30T10:00:00Z'), 'en');
    expect(turn.next_days).toMatch(/^today Thursday 2027-12-30; tomorrow Friday 2027-12-31; Saturday 2028-01-01; /);
  });

  it('is empty of a preferred day that is none, or that an older booking has not', () => {
    for (const none of [null, undefined])
      expect(toldDays(order(none, ['UTC'], '2026-11-30T10:00:00.000Z'), 0, 'en')).toMatchObject({
        preferred_day: '',
        preferred_weekday: '',
      });
  });

  it('is that of the first zone where the business may be in several', () => {
    const zones = ['America/New_York', 'America/Los_Angeles'];
    expect(
      toldDays(order(null, zones, '2026-12-01T06:30:00.000Z'), Date.parse('2026-12-01T06:30:00Z'), 'en'),
    ).toMatchObject({
      business_date: '2026-12-01',
      business_time: '01:30',
      order_weekday: 'Tuesday',
    });
  });
});
