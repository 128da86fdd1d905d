import { describe, expect, it } from '@jest/globals';
import { createdOn, dayAfter, weekOf } from '../../console/bookings/days.ts';
import { day, dayOf, moment } from '../../console/language/times.ts';

const thisYear = new Date().getFullYear();

describe('a day', () => {
  it('is said with its year where that is not this one', () => {
    expect(day('en', `${thisYear}-11-27`)).not.toContain(String(thisYear));
    expect(day('en', `${thisYear + 1}-11-27`)).toContain(String(thisYear + 1));
    expect(day('es', `${thisYear - 1}-01-01`)).toContain(String(thisYear - 1));
    const at = `${thisYear - 1}-06-15T12:00:00.000Z`;
    for (const text of [moment('en', at, Date.now()), dayOf('en', at)]) expect(text).toContain(String(thisYear - 1));
    expect(dayOf('en', `${thisYear}-06-15T12:00:00.000Z`)).not.toContain(String(thisYear));
  });

  it('is a day of the reader’s clock in the filter, also where a clock changes', () => {
    const { created_from, created_before } = createdOn('2026-11-27');
    expect(new Date(created_from!)).toEqual(new Date(2026, 10, 27));
    expect(new Date(created_before!)).toEqual(new Date(2026, 10, 28));
    for (const none of [null, '', '27/11']) expect(createdOn(none)).toEqual({});
  });

  it('belongs to a week that begins on Monday', () => {
    expect(weekOf(new Date(2026, 10, 30, 15))).toEqual(new Date(2026, 10, 30));
    expect(weekOf(new Date(2026, 11, 6, 23))).toEqual(new Date(2026, 10, 30));
    expect(dayAfter(new Date(2026, 11, 31, 9), 1)).toEqual(new Date(2027, 0, 1));
  });
});
