import { describe, expect, it } from '@jest/globals';
import { newOrder } from '../../accepting/new-order.ts';
import type { CallingWindow } from '../../domain/order.ts';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';
import { fieldErrors } from '../../domain/schemas/field-errors.ts';
import { bookingBody } from '../api/support.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const BUENOS_AIRES = { name: 'Clínica', phone: '+541143211234' };
const NEW_YORK = { ...BUENOS_AIRES, timezone: 'America/New_York' };

/** The order, or the refused fields with their messages. */
function asked(changes: object, calling_window: CallingWindow = { from: 540, to: 1200 }) {
  const parsed = bookingRequestSchema.safeParse({ ...bookingBody(), business: BUENOS_AIRES, ...changes });
  if (!parsed.success) return { refused: fieldErrors(parsed.error) };
  return newOrder(parsed.data, { booking: { calling_window } } as never, 'bk_a', NOW);
}
const times = (changes: object) => {
  const made = asked(changes);
  return 'order' in made ? [made.order.not_before, made.order.not_after] : made.refused;
};
const refused = (changes: object, window?: CallingWindow): [string, string][] => {
  const made = asked(changes, window);
  return 'order' in made ? [] : made.refused.map(({ field, message }) => [field, message]);
};

describe('not_before and not_after', () => {
  it('are instants, or local times of the business', () => {
    expect(times({ not_before: '2026-12-01T09:00+01:00', not_after: '2026-12-01T18:00:30Z' })).toEqual([
      '2026-12-01T08:00:00.000Z',
      '2026-12-01T18:00:30.000Z',
    ]);
    expect(times({ not_before: '2026-12-01T09:00' })).toEqual(['2026-12-01T12:00:00.000Z', undefined]);
    expect(times({ business: NEW_YORK, not_after: '2026-12-01T09:00:15.5' })).toEqual([
      undefined,
      '2026-12-01T14:00:15.500Z',
    ]);
    expect(times({ not_before: '2026-11-01T09:00Z', not_after: '2027-11-30T09:00Z' })).toHaveLength(2);
  });

  it.each([
    ['a date alone', { not_after: '2026-12-01' }, 'not_after', 'such as 2026-12-01T09:00-03:00'],
    ['a day that does not exist', { not_before: '2026-11-31T09:00' }, 'not_before', 'must be an instant'],
    ['24:00', { not_before: '2026-12-01T24:00' }, 'not_before', 'must be an instant'],
    ['words', { not_after: 'tomorrow' }, 'not_after', 'must be an instant'],
    ['the past', { not_after: '2026-11-30T12:00Z' }, 'not_after', 'is in the past'],
    ['more than a year', { not_before: '2027-12-02T09:00Z' }, 'not_before', 'more than a year'],
    ['more than a year', { not_after: '2027-12-02T09:00Z' }, 'not_after', 'more than a year'],
    [
      'an end before the beginning',
      { not_before: '2026-12-02T09:00', not_after: '2026-12-01T09:00' },
      'not_after',
      'later than not_before',
    ],
    [
      'no time at all',
      { not_before: '2026-12-02T09:00', not_after: '2026-12-02T09:00' },
      'not_after',
      'later than not_before',
    ],
    [
      'an hour that is left out',
      { business: NEW_YORK, not_before: '2027-03-14T02:30' },
      'not_before',
      'does not exist in America/New_York',
    ],
    [
      'an hour that is repeated',
      { business: NEW_YORK, not_after: '2027-11-07T01:30' },
      'not_after',
      'exists twice in America/New_York',
    ],
    [
      'a local time in several zones',
      { business: { ...BUENOS_AIRES, phone: '+525512345678' }, not_after: '2026-12-01T09:00' },
      'not_after',
      'business.timezone',
    ],
  ])('refuse %s', (_, changes, field, message) => {
    const mexico = refused(changes);
    expect(mexico).toEqual([[field, expect.stringContaining(message)]]);
  });
});

describe('opening hours', () => {
  const hours = (...entries: object[]) => ({ business: { ...BUENOS_AIRES, opening_hours: entries } });
  const entry = { days: ['mon', 'tue'], from: '09:00', to: '13:00' };

  it('are part of the order', () => {
    const over = [entry, { days: ['fri'], from: '20:00', to: '24:00' }, { days: ['sat'], from: '00:00', to: '02:00' }];
    expect(asked(hours(...over))).toMatchObject({ order: { business: { opening_hours: over } } });
  });

  it.each([
    ['none', hours(), 'business.opening_hours', 'at least one entry'],
    ['no days', hours({ ...entry, days: [] }), 'business.opening_hours.0.days', 'at least one day'],
    ['a day twice', hours({ ...entry, days: ['mon', 'mon'] }), 'business.opening_hours.0.days', 'each day once'],
    ['an unknown day', hours({ ...entry, days: ['lun'] }), 'business.opening_hours.0.days.0', 'mon, tue'],
    [
      'the wrong way round',
      hours({ ...entry, from: '20:00', to: '02:00' }),
      'business.opening_hours.0.to',
      'over midnight as two entries',
    ],
    ['an empty period', hours({ ...entry, from: '13:00' }), 'business.opening_hours.0.to', 'later than from'],
    ['beyond midnight', hours({ ...entry, to: '24:01' }), 'business.opening_hours.0.to', 'HH:MM'],
    ['another form', hours({ ...entry, from: '9:00' }), 'business.opening_hours.0.from', 'HH:MM'],
    [
      'hours that never meet those of the installation',
      hours({ ...entry, from: '06:00', to: '09:00' }),
      'business.opening_hours',
      'CALLING_WINDOW',
    ],
  ])('are refused: %s', (_, changes, field, message) => {
    expect(refused(changes)).toEqual([[field, expect.stringContaining(message)]]);
  });

  it('must meet those of the installation on some weekday', () => {
    const onlySaturday: CallingWindow = {
      from: 540,
      to: 780,
      week: [[], [], [], [], [], [{ from: 540, to: 780 }], []],
    };
    expect(refused(hours(entry), onlySaturday)).toHaveLength(1);
    expect(refused(hours({ ...entry, days: ['sat'] }), onlySaturday)).toEqual([]);
  });
});
