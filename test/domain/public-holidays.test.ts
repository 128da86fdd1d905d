import { describe, expect, it } from '@jest/globals';
import { holidayCalendar } from '../../domain/holiday-calendar.ts';
import { regionOf } from '../../domain/number-regions.ts';
import { presentWindow } from '../../domain/present-window.ts';
import { publicHolidays } from '../../domain/public-holidays.ts';

const NINE_TO_EIGHT = { from: 540, to: 1200 };
const of = (phone: string, year = 2026): string[] => publicHolidays(phone, `${year}-01-01`, `${year}-12-31`);

describe('public holidays', () => {
  it('are those of the number’s country', () => {
    expect(of('+541143211234')).toEqual(
      expect.arrayContaining(['2026-05-25', '2026-07-09', '2026-12-08', '2026-12-25']),
    );
    expect(of('+442079460958')).not.toContain('2026-05-25T');
    expect(of('+541143211234')).not.toContain('2026-07-04');
    expect(of('+12125550123')).toEqual(expect.arrayContaining(['2026-07-04', '2026-11-26']));
  });

  it('are those of its region, where the area code names one', () => {
    // The day of the Community of Madrid; Sant Jordi is none, Sant Joan is one of Catalonia.
    expect([of('+34912345678').includes('2025-05-02'), of('+34912345678', 2025).includes('2025-05-02')]).toEqual([
      false,
      true,
    ]);
    expect([of('+34932345678').includes('2026-06-24'), of('+34912345678').includes('2026-06-24')]).toEqual([
      true,
      false,
    ]);
    expect(['+14165550123', '+15145550123'].map((phone) => of(phone).includes('2026-06-24'))).toEqual([false, true]);
    const regions = [
      ['US', '+12125550123'],
      ['CA', '+18675550123'],
      ['BR', '+551130000000'],
      ['ES', '+34612345678'],
    ] as const;
    expect(regions.map(([country, phone]) => regionOf(country, phone))).toEqual(['NY', undefined, 'SP', undefined]);
  });

  it('may last several days, and cross the end of a year', () => {
    const eid = of('+966112345678').filter((day) => day.startsWith('2026-03'));
    expect(eid.length).toBeGreaterThanOrEqual(3);
    expect(publicHolidays('+541143211234', '2026-12-20', '2027-01-02')).toEqual(['2026-12-25', '2027-01-01']);
  });

  it('are none where the library has none', () => {
    expect(publicHolidays('+6921234567', '2026-01-01', '2026-12-31')).toEqual([]);
  });
});

describe('the calling window of one business', () => {
  const order = { business: { name: 'x', phone: '+541143211234' }, created_at: '2026-11-23T15:00:00.000Z' };
  const now = Date.parse('2026-11-23T15:00:00.000Z');

  it('has its holidays as closed days, the same for a year', async () => {
    const holidays = await holidayCalendar('skip');
    const rules = { callingWindow: NINE_TO_EIGHT, holidays };
    const { closed_days = [] } = presentWindow(rules, order, now);
    expect(closed_days).toEqual(expect.arrayContaining(['2026-11-23', '2026-12-25', '2027-05-25', '2027-12-08']));
    expect(presentWindow(rules, order, now + 300 * 86_400_000)).toEqual({ ...NINE_TO_EIGHT, closed_days });
    expect(presentWindow(rules, order, now + 800 * 86_400_000).closed_days).toContain('2029-07-09');
  });

  it('is the setting itself where businesses are called on holidays', async () => {
    expect(await holidayCalendar('call')).toBeUndefined();
    expect(presentWindow({ callingWindow: NINE_TO_EIGHT }, order, now)).toBe(NINE_TO_EIGHT);
  });
});
