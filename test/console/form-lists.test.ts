import { describe, expect, it } from '@jest/globals';
import { formRules } from '../../api/console/form-rules.ts';
import { bodyOf, refusals } from '../../console/form/body.ts';
import type { Given } from '../../console/form/given.ts';
import { heldBy, shownAs } from '../../console/form/lists.ts';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';
import { fieldErrors } from '../../domain/schemas/field-errors.ts';

const rules = formRules();
const LEAST = {
  'business.name': 'Clínica',
  'business.phone': '+541143211234',
  'request.service_type': 'dentista',
  'request.user_name': 'Mauro',
};
const HOURS = 'business.opening_hours';
const ACCEPTABLE = 'request.acceptable';
/** The fields in which the API finds faults, by their names in the form. */
const refused = (given: Given) =>
  fieldErrors(bookingRequestSchema.safeParse(bodyOf({ ...LEAST, ...given }, rules)).error!).map(({ field }) =>
    shownAs(field, given),
  );

describe('the days and hours of the form', () => {
  it('become the lists that the API accepts, without rows and boxes that are empty', () => {
    const given = {
      ...LEAST,
      not_before: '2026-12-01T09:00',
      not_after: '',
      [`${HOURS}.0.days.mon`]: false,
      [`${HOURS}.0.from`]: '',
      [`${HOURS}.0.to`]: '',
      [`${HOURS}.3.days.mon`]: true,
      [`${HOURS}.3.days.tue`]: true,
      [`${HOURS}.3.days.wed`]: false,
      [`${HOURS}.3.from`]: '15:00',
      [`${HOURS}.3.to`]: '00:00',
      [`${ACCEPTABLE}.dates.0.from`]: '2026-12-01',
      [`${ACCEPTABLE}.dates.0.to`]: '2026-12-10',
      [`${ACCEPTABLE}.dates.1.from`]: '2026-12-14',
      [`${ACCEPTABLE}.dates.1.to`]: '',
      [`${ACCEPTABLE}.weekdays.fri`]: true,
      [`${ACCEPTABLE}.weekdays.sat`]: false,
      [`${ACCEPTABLE}.times.0.from`]: '09:00',
      [`${ACCEPTABLE}.times.0.to`]: '13:00',
      'escalation.callback.enabled': true,
      'escalation.callback.max_callbacks': '2',
      'escalation.callback.within_hours': '72',
    };
    expect(refusals(given, rules)).toEqual([]);
    const body = bodyOf(given, rules);
    expect(body).toEqual({
      business: {
        name: 'Clínica',
        phone: '+541143211234',
        opening_hours: [{ days: ['mon', 'tue'], from: '15:00', to: '24:00' }],
      },
      request: {
        service_type: 'dentista',
        user_name: 'Mauro',
        acceptable: {
          dates: [
            { from: '2026-12-01', to: '2026-12-10' },
            { from: '2026-12-14', to: '2026-12-14' },
          ],
          weekdays: ['fri'],
          times: [{ from: '09:00', to: '13:00' }],
        },
      },
      not_before: '2026-12-01T09:00',
      escalation: { callback: { max_callbacks: 2 } },
    });
    expect(bookingRequestSchema.safeParse(body).success).toBe(true);
  });

  it('that are all empty are not sent', () => {
    const empty = { [`${HOURS}.0.from`]: '', [`${HOURS}.0.days.mon`]: false, [`${ACCEPTABLE}.weekdays.mon`]: false };
    expect(bodyOf({ ...LEAST, ...empty }, rules)).toEqual(bodyOf(LEAST, rules));
  });

  it('have their faults shown in the row where they were entered, whatever rows before it are empty', () => {
    const empty = { [`${HOURS}.0.from`]: '', [`${HOURS}.0.to`]: '' };
    expect(refused({ ...empty, [`${HOURS}.2.from`]: '09:00', [`${HOURS}.2.to`]: '13:00' })).toEqual([
      `${HOURS}.2.days`,
    ]);
    expect(refused({ ...empty, [`${HOURS}.2.days.mon`]: true, [`${HOURS}.2.from`]: '09:00' })).toEqual([
      `${HOURS}.2.to`,
    ]);
    expect(refused({ [`${ACCEPTABLE}.times.4.from`]: '13:00', [`${ACCEPTABLE}.times.4.to`]: '09:00' })).toEqual([
      `${ACCEPTABLE}.times.4.to`,
    ]);
    expect(refused({ [`${ACCEPTABLE}.dates.0.to`]: '2026-12-01' })).toEqual([`${ACCEPTABLE}.dates.0.from`]);
    const sunday = { [`${ACCEPTABLE}.dates.0.from`]: '2026-12-06', [`${ACCEPTABLE}.weekdays.mon`]: true };
    expect(refused(sunday)).toEqual([`${ACCEPTABLE}.weekdays`]);
    expect(shownAs(HOURS, {})).toBe(HOURS);
  });

  it('of a refused group have changed when one of its boxes has', () => {
    const held = (mon: boolean) =>
      heldBy({ [`${HOURS}.0.days.mon`]: mon, [`${HOURS}.0.from`]: '09:00' }, `${HOURS}.0.days`);
    expect(held(true)).toBe(held(true));
    expect(held(true)).not.toBe(held(false));
  });
});
