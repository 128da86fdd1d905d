import { describe, expect, it } from '@jest/globals';
import { isAcceptable } from '../../domain/acceptable.ts';
import { weigh } from '../../domain/proof.ts';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';
import { toldAcceptable } from '../../domain/told-acceptable.ts';
import { goodCall } from '../support/table.ts';
import { finding } from '../support/talks.ts';
import { accepted, play } from '../support/world.ts';

const WISH = {
  dates: [{ from: '2026-12-01', to: '2026-12-10' }],
  weekdays: ['mon', 'wed'],
  times: [{ from: '09:00', to: '13:00' }],
} as const;
const wish = (changes: object): object => ({ ...WISH, ...changes });

const refusals = (acceptable: unknown): string[] => {
  const parsed = bookingRequestSchema.safeParse({
    business: { name: 'Clínica Dental Sur', phone: '+541143211234' },
    request: { service_type: 'dentista', user_name: 'Mauro', acceptable },
  });
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
};

describe('an appointment that may be taken', () => {
  const may = (date: string, time: string) =>
    isAcceptable({ dates: [...WISH.dates], weekdays: [...WISH.weekdays], times: [...WISH.times] }, date, time);

  it.each([
    ['2026-12-02', '09:00', true],
    ['2026-12-02', '12:59', true],
    ['2026-12-02', '13:00', false],
    ['2026-12-02', '08:59', false],
    ['2026-12-01', '10:00', false],
    ['2026-12-09', '10:00', true],
    ['2026-12-14', '10:00', false],
    ['2026-11-30', '10:00', false],
  ])('on %s at %s: %j', (date, time, expected) => {
    expect(may(date, time)).toBe(expected);
  });

  it('is any, as far as a part is absent, and the first and last day belong to a range', () => {
    expect(isAcceptable({ times: [{ from: '09:00', to: '24:00' }] }, '2026-12-06', '23:59')).toBe(true);
    expect(isAcceptable({ dates: [{ from: '2026-12-01', to: '2026-12-01' }] }, '2026-12-01', '03:00')).toBe(true);
    expect(isAcceptable({ weekdays: ['sun'] }, '2026-12-06', '03:00')).toBe(true);
  });
});

describe('request.acceptable', () => {
  it.each([WISH, { dates: WISH.dates }, { weekdays: ['sun'] }, { times: [{ from: '00:00', to: '24:00' }] }])(
    '%j is accepted',
    (acceptable) => {
      expect(refusals(acceptable)).toEqual([]);
    },
  );

  it.each<[unknown, string]>([
    [{}, 'request.acceptable'],
    [wish({ dates: [] }), 'request.acceptable.dates'],
    [wish({ weekdays: [] }), 'request.acceptable.weekdays'],
    [wish({ times: [] }), 'request.acceptable.times'],
    [wish({ months: [12] }), 'request.acceptable'],
    [wish({ weekdays: ['lunes'] }), 'request.acceptable.weekdays.0'],
    [wish({ dates: [{ from: '2026-12-10', to: '2026-12-01' }] }), 'request.acceptable.dates.0.to'],
    [wish({ dates: [{ from: '2026-02-30', to: '2026-12-01' }] }), 'request.acceptable.dates.0.from'],
    [wish({ dates: [{ from: '2026-12-01' }] }), 'request.acceptable.dates.0.to'],
    [wish({ times: [{ from: '13:00', to: '09:00' }] }), 'request.acceptable.times.0.to'],
    [wish({ times: [{ from: '13:00', to: '13:00' }] }), 'request.acceptable.times.0.to'],
    [wish({ times: [{ from: '9:00', to: '13:00' }] }), 'request.acceptable.times.0.from'],
    [wish({ times: [{ from: '09:00', to: '24:01' }] }), 'request.acceptable.times.0.to'],
    [{ dates: [{ from: '2026-12-01', to: '2026-12-01' }], weekdays: ['mon'] }, 'request.acceptable.weekdays'],
  ])('%j is refused at %s', (acceptable, field) => {
    expect(refusals(acceptable)).toEqual([field]);
  });

  it('is told to the agent in words', () => {
    const { data } = bookingRequestSchema.shape.request.shape.acceptable.safeParse(WISH);
    expect(toldAcceptable(data, 'es')).toBe(
      'del martes 2026-12-01 al jueves 2026-12-10; sólo lunes o miércoles; desde las 09:00 y antes de las 13:00',
    );
    expect(toldAcceptable({ dates: [{ from: '2026-12-01', to: '2026-12-01' }] }, 'en')).toBe('on Tuesday 2026-12-01');
    expect(toldAcceptable(undefined, 'en')).toBe('');
  });
});

describe('escalation.callback', () => {
  const parsed = (callback: unknown) =>
    bookingRequestSchema.safeParse({
      business: { name: 'Clínica Dental Sur', phone: '+541143211234' },
      request: { service_type: 'dentista', user_name: 'Mauro' },
      escalation: { callback },
    });

  it('has defaults for what it leaves out', () => {
    expect(parsed({}).data?.escalation.callback).toEqual({ enabled: true, max_callbacks: 1, within_hours: 72 });
    expect(parsed({ enabled: false }).data?.escalation.callback).toMatchObject({ enabled: false });
  });

  it.each([{ max_callbacks: -1 }, { max_callbacks: 6 }, { within_hours: 0 }, { within_hours: 337 }, { often: 1 }])(
    '%j is refused',
    (callback) => {
      expect(parsed(callback).success).toBe(false);
    },
  );
});

describe('a confirmation outside of what may be taken', () => {
  it('is for a person', () => {
    const report = { result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00' } as const;
    const witnesses = { finding: finding(), called_on: '2026-11-23' };
    expect(weigh(report, { ...witnesses, acceptable: { weekdays: ['wed'] } }).carried).toBe(true);
    expect(weigh(report, { ...witnesses, acceptable: { weekdays: ['thu'] } })).toMatchObject({
      carried: false,
      doubts: [{ code: 'not_acceptable', cites: [{ text: 'el miércoles 25' }, { text: 'a las 16' }] }],
    });
    const request = {
      service_type: 'dentista',
      user_name: 'Mauro',
      acceptable: { times: [{ from: '09:00', to: '13:00' }] },
    };
    const { state } = play({ dial: (n) => ({ result: accepted(n), later: goodCall(n) }) }, { order: { request } });
    expect(state.outcome).toMatchObject({
      result: 'needs_review',
      notes: expect.stringMatching(/^The appointment is not one of those that may be taken: «el miércoles 25»/),
    });
  });
});
