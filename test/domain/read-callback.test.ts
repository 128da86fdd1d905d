import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readReport } from '../../domain/report/read-report.ts';
import { remediesFor } from '../../domain/report/remedies.ts';

const reported = (fields: Record<string, unknown>) => {
  const reading = readReport({ result: 'callback_requested', ...fields });
  if (!reading.ok) throw new Error('refused');
  const { result: _, ...rest } = reading.report;
  return rest;
};
const asked = (callback_date: unknown, callback_time: unknown) => reported({ callback_date, callback_time });

describe('the time of a callback', () => {
  it.each([
    ['2026-12-01', '17:00', { callback_date: '2026-12-01', callback_time: '17:00' }],
    ['', '17:00', { callback_time: '17:00' }],
    [null, '5 pm', { callback_time: '17:00' }],
    ['2026-12-01 17:00', '', { callback_date: '2026-12-01', callback_time: '17:00' }],
    ['', 'a las 5', { callback_time: '17:00' }],
    ['', 'a las cinco', { callback_time: '17:00' }],
    ['', 'a las nueve', { callback_time: '09:00' }],
    ['', 'las cinco y media de la tarde', { callback_time: '17:30' }],
    ['', 'a las cinco y doce de la tarde', { callback_time: '17:12' }],
    ['', 'mañana a las cinco', { callback_day: { ahead: 1 }, callback_time: '17:00' }],
    ['mañana', '17:00', { callback_day: { ahead: 1 }, callback_time: '17:00' }],
    ['hoy', '17 hs', { callback_day: { ahead: 0 }, callback_time: '17:00' }],
    ['pasado mañana', '10:30', { callback_day: { ahead: 2 }, callback_time: '10:30' }],
    ['tomorrow', 'at half past nine', { callback_day: { ahead: 1 }, callback_time: '09:30' }],
    ['el martes', '10:00', { callback_day: { weekday: 2 }, callback_time: '10:00' }],
    ['Tuesday', '10 am', { callback_day: { weekday: 2 }, callback_time: '10:00' }],
    ['el 15', '10:00', { callback_day: { day: 15 }, callback_time: '10:00' }],
    ['1 de diciembre', '10:00', { callback_day: { day: 1, month: 12 }, callback_time: '10:00' }],
    ['martes 1 de diciembre', '10:00', { callback_day: { day: 1, month: 12, weekday: 2 }, callback_time: '10:00' }],
    ['el martes 1 de diciembre de 2026', 'a las diez', { callback_date: '2026-12-01', callback_time: '10:00' }],
    ['llámennos mañana', 'a las 17, por favor', { callback_day: { ahead: 1 }, callback_time: '17:00' }],
  ])('%j, %j', (date, time, expected) => {
    expect(asked(date, time)).toEqual(expected);
  });

  it.each([
    ['mañana', ''],
    ['', 'a la tarde'],
    // Two hours: read as the first of them it would be a call too early.
    ['', 'a las cinco y seis'],
    ['', 'después de las cinco'],
    ['', 'entre las cuatro y las cinco'],
    ['', 'a las cinco o a las seis'],
    ['el martes o el miércoles', '17:00'],
    ['el martes que viene', '17:00'],
    ['ayer', '17:00'],
    ['04/05', '17:00'],
    ['any day but Tuesday', '17:00'],
    ['cuando vuelva la doctora', '17:00'],
    ['2026-12-01T17:00:00Z', ''],
    ['x'.repeat(500), '17:00'],
  ])('%j, %j is no time, and the agent hears it', (date, time) => {
    const report = asked(date, time);
    expect(report).toEqual({ callback_unclear: true });
    expect(remediesFor({ result: 'callback_requested', ...report })).toMatchObject([{ field: 'callback_time' }]);
  });

  it('is absent where nothing was said, and in every other report', () => {
    expect(asked(null, 'N/A')).toEqual({});
    expect(readReport({ result: 'declined', callback_time: '17:00' })).toMatchObject({
      report: { result: 'declined' },
    });
    expect(readReport({ result: 'declined', callback_time: 'x' })).toEqual({
      ok: true,
      report: { result: 'declined' },
      ids: {},
    });
  });
});

describe('offers', () => {
  const offered = (offers: unknown) => reported({ offers }).offers;
  it.each<[unknown, unknown]>([
    [
      [{ date: '2026-12-03', time: '10:00', note: 'con la doctora' }],
      [{ date: '2026-12-03', time: '10:00', note: 'con la doctora' }],
    ],
    [[{ date: '2026-12-03' }], [{ date: '2026-12-03' }]],
    [{ date: '2026-12-03', time: '' }, [{ date: '2026-12-03' }]],
    ['[{"date":"2026-12-03","time":"10:00"}]', [{ date: '2026-12-03', time: '10:00' }]],
    ['2026-12-03 10:00; 2026-12-04', [{ date: '2026-12-03', time: '10:00' }, { date: '2026-12-04' }]],
    [['2026-12-03 10:00'], [{ date: '2026-12-03', time: '10:00' }]],
    [[{ date: '2026-12-03', time: '4:00' }], [{ date: '2026-12-03', note: '4:00' }]],
    [[{ date: 'whenever' }, { date: '2026-12-03' }, null, 7, {}], [{ date: '2026-12-03' }]],
  ])('%j', (given, expected) => {
    expect(offered(given)).toEqual(expected);
  });

  it.each([undefined, null, '', [], {}, 'ninguno', 'none', 7, [[[]]]])('%j are no offers', (given) => {
    expect(offered(given)).toBeUndefined();
  });

  it('never spoil a report, and are few', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (offers, callback_date, callback_time) => {
        const reading = readReport({
          result: 'confirmed',
          confirmed_date: '2026-12-01',
          confirmed_time: '10:00',
          offers,
          callback_date,
          callback_time,
        });
        expect(reading).toMatchObject({
          ok: true,
          report: { result: 'confirmed', confirmed_date: '2026-12-01', confirmed_time: '10:00' },
        });
        expect(reported({ offers, callback_date, callback_time })).toBeDefined();
      }),
    );
    expect(offered(Array.from({ length: 50 }, () => ({ date: '2026-12-03' })))).toHaveLength(20);
  });
});
