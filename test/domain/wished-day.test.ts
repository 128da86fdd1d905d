import { describe, expect, it } from '@jest/globals';
import { wishedDay } from '../../domain/wished-day.ts';
import { order } from '../providers/samples.ts';

const BUENOS_AIRES = { phone: '+541143211234', zones: ['America/Argentina/Buenos_Aires'] };
const SAN_FRANCISCO = { phone: '+14155550123', zones: ['America/Los_Angeles'] };
const MADRID = { phone: '+34912345678', zones: ['Europe/Madrid'] };
/** Monday at noon in Buenos Aires. */
const MONDAY = '2026-11-30T15:00:00Z';

const wished = (
  preferred_date: string | undefined,
  { phone, zones }: typeof MADRID = BUENOS_AIRES,
  created_at = MONDAY,
  language?: string,
) =>
  wishedDay(
    order({
      business: { name: 'Clínica', phone },
      request: { service_type: 'dentista', user_name: 'Mauro', preferred_date },
      zones,
      created_at,
      language,
    }),
  );

describe('the day that a wish meant', () => {
  it.each([
    ['mañana', BUENOS_AIRES, '2026-11-30T23:30:00Z', '2026-12-01'],
    ['mañana', SAN_FRANCISCO, '2026-12-01T01:30:00Z', '2026-12-01'],
    ['tomorrow', SAN_FRANCISCO, '2026-12-01T01:30:00Z', '2026-12-01'],
    ['hoy', SAN_FRANCISCO, '2026-12-01T07:59:00Z', '2026-11-30'],
    ['today', SAN_FRANCISCO, '2026-12-01T08:00:00Z', '2026-12-01'],
    ['mañana', MADRID, '2026-12-30T23:30:00Z', '2027-01-01'],
    ['el martes', MADRID, '2026-11-29T23:30:00Z', '2026-12-01'],
  ])('%s, at %j, ordered at %s, is %s', (words, where, at, day) => {
    expect(wished(words, where, at)).toBe(day);
  });

  it.each([
    ['2026-12-04', '2026-12-04'],
    [' 2026-12-04 ', '2026-12-04'],
    ['Mañana por la mañana', '2026-12-01'],
    ['pasado mañana, si se puede', '2026-12-02'],
    ['Preferentemente el jueves a primera hora', '2026-12-03'],
    ['el viernes 4 de diciembre a las 16 hs', '2026-12-04'],
    ['martes 1/12', '2026-12-01'],
    ['4/12', '2026-12-04'],
    ['en quince días', '2026-12-14'],
    ['on Friday at 4pm, please', '2026-12-04'],
    ['December 4th', '2026-12-04'],
    // A date that is over is the day that was meant, where it says its year.
    ['2026-11-01', '2026-11-01'],
  ])('%j is %s', (words, day) => {
    expect(wished(words)).toBe(day);
  });

  it.each([
    undefined,
    '',
    'cuanto antes',
    'la semana que viene',
    'el fin de semana',
    'any day',
    // More than one day, or each of a kind.
    'el martes o el jueves',
    'mañana o pasado',
    'entre el 3 y el 5 de diciembre',
    'los martes',
    'any Tuesday',
    'el lunes',
    'next Tuesday',
    // Not that day, or not only.
    'cualquier día menos el martes',
    'el martes no',
    'a partir del martes',
    'before Friday',
    'after Tuesday',
    'el martes o más tarde',
    'primer jueves de diciembre',
    'mañana, y si no cuanto antes',
    // No such day, a contradiction, a day that is over.
    '2026-02-30',
    'martes 2 de diciembre',
    'mañana 2/12',
    '29 de noviembre',
    '2026-12-04 2026-12-05',
  ])('%j is no one day, and stays as it is', (words) => {
    expect(wished(words)).toBeNull();
  });

  it('in figures is told by where the month is written first', () => {
    expect(wished('4/12/2026', MADRID)).toBe('2026-12-04');
    expect(wished('4/12/2026', SAN_FRANCISCO)).toBeNull();
    expect(wished('4/12/2026', SAN_FRANCISCO, MONDAY, 'es')).toBe('2026-12-04');
    expect(wished('4/12/2026', MADRID, MONDAY, 'en')).toBeNull();
    expect(wished('12/25/2026', SAN_FRANCISCO)).toBe('2026-12-25');
    expect(wished('25/12/2026', SAN_FRANCISCO)).toBe('2026-12-25');
  });

  it('is the same in every zone in which the business may be, or none', () => {
    const anywhere = { phone: '+18005550123', zones: ['America/New_York', 'America/Los_Angeles'] };
    expect(wished('tomorrow', anywhere, '2026-12-01T04:30:00Z')).toBe('2026-12-01');
    expect(wished('tomorrow', anywhere, '2026-12-01T06:30:00Z')).toBeNull();
    expect(wished('Friday', anywhere, '2026-12-01T06:30:00Z')).toBe('2026-12-04');
    expect(wished('2026-12-04', anywhere, '2026-12-01T06:30:00Z')).toBe('2026-12-04');
  });
});
