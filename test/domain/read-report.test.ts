import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readReport } from '../../domain/report/read-report.ts';
import { remediesFor } from '../../domain/report/remedies.ts';
import { REPORT_RESULTS } from '../../domain/result.ts';

const DAY = '2026-12-09';
const HOUR = '16:00';

/** What a report says, or `none` for one that is refused. */
const reported = (input: unknown) => {
  const reading = readReport(input);
  return reading.ok ? reading.report : 'none';
};
const confirmed = (confirmed_date: unknown, confirmed_time: unknown) =>
  reported({ result: 'confirmed', confirmed_date, confirmed_time });

describe('the result of a report', () => {
  it.each(REPORT_RESULTS.map((result) => [result]))('%s, in its own spelling', (result) => {
    expect(reported({ result })).toEqual({ result });
  });

  it.each([
    [' no_availability', 'no_availability'],
    ['no availability', 'no_availability'],
    ['No-Availability', 'no_availability'],
    ['no\u2011availability\u00a0', 'no_availability'],
    ['noAvailability', 'no_availability'],
    ['Confirmed', 'confirmed'],
    ['CONFIRMED.', 'confirmed'],
    ['"confirmed"', 'confirmed'],
    ['`confirmed`', 'confirmed'],
    ['con\u200bfirmed\ufeff', 'confirmed'],
    ['ｃonfirmed', 'confirmed'],
    ['Wrong number', 'wrong_number'],
    ['Callback Requested', 'callback_requested'],
    ['DO_NOT_CALL', 'do_not_call'],
    ['do not call', 'do_not_call'],
    ['DoNotCall', 'do_not_call'],
    ['do_not_call: they never want to hear from us again', 'do_not_call'],
    [['declined', 'do_not_call'], 'do_not_call'],
  ])('%j is %s', (result, expected) => {
    expect(reported({ result })).toEqual({ result: expected });
  });

  it.each([
    'maybe',
    'not confirmed',
    'unconfirmed',
    'confirmed?',
    'confirmed or declined',
    'confirmed (pending)',
    'N/A',
    'null',
    '{{result}}',
    '',
    ' ',
    null,
    undefined,
    7,
    true,
    {},
    [],
    ['confirmed'],
    ['confirmed', 'declined'],
    'confirmed\u0000',
  ])('%j is none: it is refused with what to send', (result) => {
    expect(readReport({ result, confirmed_date: DAY, confirmed_time: HOUR })).toEqual({
      ok: false,
      field: 'result',
      remedy: expect.stringMatching(/send one of confirmed, declined, .*do_not_call$/),
    });
  });
});

describe('a day', () => {
  it.each<[unknown, string]>([
    ['2026-12-09', DAY],
    [' 2026-12-09\n', DAY],
    ['"2026-12-09"', DAY],
    ['2026-12-09.', DAY],
    ['2026\u201112\u201109', DAY],
    ['2026–12–09', DAY],
    ['2026−12−09', DAY],
    ['２０２６-１２-０９', DAY],
    ['\u200e2026-12-09', DAY],
    ['2026/12/09', DAY],
    ['2026.12.09', DAY],
    ['2026-12-9', DAY],
    ['20261209', DAY],
    [20261209, DAY],
    [['2026-12-09'], DAY],
    ['25/11/2026', '2026-11-25'],
    ['25-11-2026', '2026-11-25'],
    ['11/25/2026', '2026-11-25'],
    ['05.05.2026', '2026-05-05'],
    ['9 de diciembre de 2026', DAY],
    ['miércoles 9 de diciembre de 2026', DAY],
    ['El miércoles, 9 de diciembre del 2026', DAY],
    ['primero de marzo de 2027', '2027-03-01'],
    ['1º de marzo de 2027', '2027-03-01'],
    ['December 9, 2026', DAY],
    ['Wednesday, December 9th, 2026', DAY],
    ['the 9th of December 2026', DAY],
    ['9 Dec 2026', DAY],
    ['09-Dec-2026', DAY],
    ['Sept. 1, 2027', '2027-09-01'],
    ['mar 1 2027', '2027-03-01'],
    ['2026-12-09 (miércoles)', DAY],
    ['2026-12-09, Wednesday', DAY],
    ['Wed 2026-12-09', DAY],
    ['2026-12-09 (9 de diciembre de 2026)', DAY],
    ['2026-12-09T16:00:00', DAY],
    ['2026-12-09T00:00:00', DAY],
    ['2026-12-09 at 4 pm', DAY],
    ['2026-12-09T16:00:00-03:00', DAY],
    ['2026-12-09T16:00:00.000Z', DAY],
    ['2028-02-29', '2028-02-29'],
    // Whether a day can be is for the arbiter to say: the report has what was said.
    ['2023-11-25', '2023-11-25'],
    ['0001-01-01', '0001-01-01'],
    ['2125-11-25', '2125-11-25'],
  ])('%j is read', (date, expected) => {
    expect(confirmed(date, HOUR)).toEqual({ result: 'confirmed', confirmed_date: expected, confirmed_time: HOUR });
  });

  it.each<[unknown]>([
    ['2026-12-09 or 2026-12-11'],
    ['2026-12-09/2026-12-11'],
    ['2026-12-09, 2026-12-11'],
    ['2026-12-09 2026-12-11'],
    [['2026-12-09', '2026-12-11']],
    ['2026-12-09 (to be confirmed by the doctor)'],
    ['2026-12-09 (or 2026-12-11)'],
    ['2026-12-09 (jueves)'],
    ['2026-12-09, Thursday'],
    ['martes 9 de diciembre de 2026'],
    ['2026-12-09?'],
    ['not 2026-12-09'],
    ['about 2026-12-09'],
    ['2026-12'],
    ['12-09'],
    ['9 de diciembre'],
    ['05/11/2026'],
    ['9/12/26'],
    ['2026-02-30'],
    ['2027-02-29'],
    ['31/11/2026'],
    ['13/13/2026'],
    ['9 de brumario de 2026'],
    ['tomorrow'],
    ['mañana'],
    ['el martes'],
    ['TBD'],
    ['to be confirmed'],
    ['YYYY-MM-DD'],
    [1_796_774_400],
    [true],
    [{ year: 2026, month: 12, day: 9 }],
    ['2026-12-09T18:30:00-03:00'],
    ['2026-12-09T18:30:00Z'],
    ['2026-12-09T00:00:00Z'],
    ['x'.repeat(10_000)],
    [`2026-12-09${' or 2026-12-11'.repeat(1_000)}`],
  ])('%j is not guessed', (date) => {
    const report = confirmed(date, HOUR);
    expect(report).toEqual({
      result: 'confirmed',
      confirmed_time: HOUR,
      unclear: ['confirmed_date'],
      said: { confirmed_date: expect.any(String) },
    });
  });
});

describe('a time', () => {
  it.each<[unknown, string]>([
    ['16:00', HOUR],
    [' 16:00 ', HOUR],
    ['16h', HOUR],
    ['16 h', HOUR],
    ['16hs', HOUR],
    ['16 hs.', HOUR],
    ['16 horas', HOUR],
    ['16:00 hrs', HOUR],
    ['16.00', HOUR],
    ['16.00h', HOUR],
    ['16h00', HOUR],
    ['16:00:00', HOUR],
    ['16:00:00.000', HOUR],
    ['1600', HOUR],
    ['1600 hrs', HOUR],
    [16, HOUR],
    ['16', HOUR],
    ['4:00 PM', HOUR],
    ['4:00\u202fPM', HOUR],
    ['4:00\u00a0p.\u00a0m.', HOUR],
    ['04:00 p.m.', HOUR],
    ['4:00p.m.', HOUR],
    ['4pm', HOUR],
    ['4 P M', HOUR],
    ['４：００ ＰＭ', HOUR],
    ['16:00 PM', HOUR],
    ['4 de la tarde', HOUR],
    ['a las 4:00 de la tarde', HOUR],
    ['at 4 in the afternoon', HOUR],
    ['16:00 de la tarde', HOUR],
    ['2026-12-09T16:00:00', HOUR],
    ['16h30', '16:30'],
    ['12:00', '12:00'],
    ['12 PM', '12:00'],
    ['12:30 am', '00:30'],
    ['mediodía', '12:00'],
    ['12 noon', '12:00'],
    ['10:00', '10:00'],
    ['10.30', '10:30'],
    ['04:00', '04:00'],
    ['04h', '04:00'],
    ['0930', '09:30'],
    ['9:30 AM', '09:30'],
    ['9 de la mañana', '09:00'],
    ['9 de la noche', '21:00'],
    ['7 in the evening', '19:00'],
    ['00:00', '00:00'],
    ['03:07', '03:07'],
  ])('%j is read', (time, expected) => {
    expect(confirmed(DAY, time)).toEqual({ result: 'confirmed', confirmed_date: DAY, confirmed_time: expected });
  });

  it.each<[unknown, string]>([
    ['4:00', '04:00'],
    ['4', '04:00'],
    [4, '04:00'],
    ['4h', '04:00'],
    ["4 o'clock", '04:00'],
    ['9:30', '09:30'],
    ['9.30', '09:30'],
    ['11', '11:00'],
    ['12 hs', '12:00'],
  ])('%j is a clock that does not tell the half of the day', (time, expected) => {
    expect(confirmed(DAY, time)).toEqual({
      result: 'confirmed',
      confirmed_date: DAY,
      confirmed_time: expected,
      time_half_unknown: true,
    });
  });

  it.each<[unknown]>([
    ['16:00 or 17:00'],
    ['16:00-17:00'],
    ['09:00-10:00'],
    ['16:00 / 17:00'],
    [['16:00', '17:00']],
    ['between 4 and 5 pm'],
    ['after 16:00'],
    ['around 4 pm'],
    ['~16:00'],
    ['16:00?'],
    ['16:00 (to be confirmed)'],
    ['16:00 AM'],
    ['0:30 PM'],
    ['12 de la mañana'],
    ['12 de la noche'],
    ['midnight'],
    ['16:00Z'],
    ['2026-12-09T19:00:00Z'],
    ['16:60'],
    ['24:00'],
    ['25:00'],
    ['16:0'],
    ['4.5'],
    [930],
    ['a las cuatro'],
    ['morning'],
    ['por la tarde'],
    ['HH:MM'],
    ['unknown'],
    [true],
    [{ hour: 16 }],
  ])('%j is not guessed', (time) => {
    expect(confirmed(DAY, time)).toEqual({
      result: 'confirmed',
      confirmed_date: DAY,
      unclear: ['confirmed_time'],
      said: { confirmed_time: expect.any(String) },
    });
  });
});

describe('a day and a time together', () => {
  const slot = (confirmed_date: string, confirmed_time: string) => ({ confirmed_date, confirmed_time });

  it.each<[string, unknown, unknown, object]>([
    ['a time beside the day in its field', '2026-12-09 16:00', '', slot(DAY, HOUR)],
    ['both in the field of the time', null, '2026-12-09 16:00', slot(DAY, HOUR)],
    ['a day twice', '2026-12-09', '2026-12-09 at 4 pm', slot(DAY, HOUR)],
    ['a clock whose half the other field tells', '2026-12-09T16:00:00', '4:00', slot(DAY, HOUR)],
    ['midnight, as programs write a day', '2026-12-09T00:00:00', '18:30', slot(DAY, '18:30')],
    [
      'a time in the day’s field that is not clear there',
      '2026-12-09T4:00',
      '',
      { ...slot(DAY, '04:00'), time_half_unknown: true },
    ],
  ])('%s is read', (_name, date, time, expected) => {
    expect(confirmed(date, time)).toEqual({ result: 'confirmed', ...expected });
  });

  it.each<[string, unknown, unknown, object, object]>([
    [
      'a day of UTC, which is another one there',
      '2026-12-10T00:30:00Z',
      '18:30',
      { confirmed_time: '18:30' },
      { confirmed_date: '2026-12-10T00:30:00Z' },
    ],
    [
      'an instant without a clock beside it',
      '2026-12-09T19:00:00Z',
      '',
      {},
      { confirmed_date: '2026-12-09T19:00:00Z' },
    ],
    ['two times', '2026-12-09 16:00', '17:00', { confirmed_date: DAY }, { confirmed_time: '17:00' }],
    ['two days', '2026-12-09', '2026-12-10 16:00', { confirmed_time: HOUR }, { confirmed_date: '2026-12-09' }],
    [
      'neither',
      'this week or next',
      'in the morning, I think',
      {},
      { confirmed_date: 'this week or next', confirmed_time: 'in the morning, I think' },
    ],
    [
      'an instant where the time should be',
      '',
      '2026-12-09T19:00:00Z',
      {},
      { confirmed_date: '2026-12-09T19:00:00Z', confirmed_time: '2026-12-09T19:00:00Z' },
    ],
  ])('%s is not guessed', (_name, date, time, clear, said) => {
    expect(confirmed(date, time)).toEqual({ result: 'confirmed', ...clear, unclear: Object.keys(said), said });
  });

  it.each<[unknown]>([
    [''],
    [' '],
    ['-'],
    ['N/A'],
    ['n/a.'],
    ['null'],
    ['"null"'],
    ['None'],
    ['undefined'],
    ['Not applicable'],
    ['no aplica'],
    ['{{confirmed_date}}'],
    [null],
    [undefined],
    [false],
    [[]],
    [{}],
    [['']],
  ])('%j is nothing, which is no fault', (nothing) => {
    expect(confirmed(nothing, nothing)).toEqual({ result: 'confirmed' });
    expect(reported({ result: 'declined', confirmed_date: nothing, confirmed_time: nothing, notes: nothing })).toEqual({
      result: 'declined',
    });
  });
});

describe('notes', () => {
  it.each<[unknown, string | undefined]>([
    [' con la Dra. Pérez ', 'con la Dra. Pérez'],
    [['con la Dra. Pérez', 'traer estudios'], 'con la Dra. Pérez; traer estudios'],
    [['', null, 'solo esto'], 'solo esto'],
    [{ doctor: 'Pérez' }, '{"doctor":"Pérez"}'],
    [7, '7'],
    ['a\u0000b\u001b[31m', 'ab[31m'],
    ['line 1\nline 2', 'line 1\nline 2'],
    ['\ud800x', '\ufffdx'],
    ['🦷'.repeat(5_000), '🦷'.repeat(4_000)],
    ['x'.repeat(60_000), 'x'.repeat(4_000)],
    [JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`), undefined],
  ])('are kept as text', (notes, expected) => {
    expect(reported({ result: 'declined', notes })).toEqual({
      result: 'declined',
      ...(expected === undefined ? {} : { notes: expected }),
    });
  });
});

describe('a wish never to be called again', () => {
  it.each<[string, object]>([
    ['no day', { confirmed_date: 'N/A' }],
    ['a list of notes', { notes: ['they were angry'] }],
    [
      'junk everywhere',
      { confirmed_date: [1, 2], confirmed_time: {}, notes: 7, booking_id: 7, call_id: null, conversation_id: [] },
    ],
    ['another call’s id', { call_id: 'bk_another1.1' }],
  ])('is heard with %s', (_name, more) => {
    expect(reported({ result: 'DO_NOT_CALL', ...more })).toMatchObject({ result: 'do_not_call' });
  });
});

describe('what a report comes in', () => {
  const report = { result: 'declined', notes: 'closed' };

  it.each<[string, unknown]>([
    ['JSON text', JSON.stringify(report)],
    ['JSON text in JSON text', JSON.stringify(JSON.stringify(report))],
    ['the one member of an object', { parameters: report }],
    ['JSON text, the one member of an object', { arguments: JSON.stringify(report) }],
    ['fields that nobody asked for', { ...report, mood: 'good', constructor: 1 }],
    ['the one item of a list', [report]],
    ['JSON text in a fence', `\`\`\`json\n${JSON.stringify(report)}\n\`\`\``],
    ['JSON text with a comma too many', JSON.stringify(report).replace(/\}$/, ',}')],
    ['JSON text with line breaks', JSON.stringify(report).replaceAll(',', ',\n')],
    ['JSON text in single quotes', JSON.stringify(report).replaceAll('"', "'")],
    ['a tool call', { client_tool_call: { tool_name: 'report_result', tool_call_id: 'a', parameters: report } }],
    ['a form', 'result=declined&notes=closed'],
    ['a form of one field', `payload=${encodeURIComponent(JSON.stringify(report))}`],
    [
      'names in capitals',
      Object.fromEntries(Object.entries(report).map(([name, value]) => [name.toUpperCase(), value])),
    ],
  ])('%s is read', (_name, input) => {
    expect(reported(input)).toEqual(report);
  });

  it.each<[unknown]>([
    [null],
    [undefined],
    ['confirmed'],
    [''],
    [7],
    [[report, report]],
    [{}],
    [{ a: report, b: report }],
    ['result=declined&result=confirmed'],
    ['result=declined&notes=100%'],
    [JSON.stringify(JSON.stringify(JSON.stringify(JSON.stringify(report))))],
    [Object.create(report)],
  ])('%j is no report', (input) => {
    expect(readReport(input)).toMatchObject({ ok: false, field: 'result' });
  });

  it('its ids are those that can be ids', () => {
    const ids = (more: object) => {
      const reading = readReport({ result: 'declined', ...more });
      return reading.ok && reading.ids;
    };
    const all = { booking_id: 'bk_sample01', call_id: 'bk_sample01.1', conversation_id: 'conv_1' };
    expect(ids(all)).toEqual(all);
    expect(ids({ ...all, call_id: ' bk_sample01.1\u00a0' })).toEqual(all);
    const made = {
      booking_id: '{{booking_id}}',
      call_id: '{{call_id}}',
      conversation_id: '{{system__conversation_id}}',
    };
    expect(ids(made)).toEqual({});
    expect(ids({ booking_id: '12', call_id: 'call_123', conversation_id: 'a b' })).toEqual({ booking_id: '12' });
    expect(ids({ booking_id: ['bk_sample01'], call_id: ['bk_sample01.1'] })).toEqual({ booking_id: '["bk_sample01"]' });
    expect(ids({ booking_id: '', call_id: null, conversation_id: 'N/A' })).toEqual({});
  });

  it('whatever it is, it is read or refused, and never makes up a day', () => {
    const junk = fc.oneof(
      fc.jsonValue(),
      fc.string(),
      fc.constantFrom('16:00', '2026-12-09', '4', 'N/A', '2026-12-09T16:00Z'),
    );
    fc.assert(
      fc.property(junk, junk, junk, (confirmed_date, confirmed_time, notes) => {
        const reading = readReport({ result: 'confirmed', confirmed_date, confirmed_time, notes });
        if (!reading.ok) throw new Error('refused');
        const { report } = reading;
        if (report.confirmed_date !== undefined) expect(report.confirmed_date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        if (report.confirmed_time !== undefined) expect(report.confirmed_time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
        for (const field of report.unclear ?? []) expect(report).not.toHaveProperty(field);
        expect(JSON.stringify(report).length).toBeLessThan(10_000);
      }),
    );
  });

  it('is read in a moment, however it is made', () => {
    const long = [
      "'".repeat(60_000),
      ' '.repeat(60_000),
      '1:'.repeat(30_000),
      '"'.repeat(30_000),
      '2026-12-09t'.repeat(5_000),
    ];
    const began = performance.now();
    for (const text of long) {
      readReport({ result: text, confirmed_date: text, confirmed_time: text, notes: text, conversation_id: text });
      readReport({ result: 'confirmed', confirmed_date: text.slice(0, 200), confirmed_time: text.slice(0, 200) });
      readReport(text);
    }
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe('what the agent can still put right', () => {
  it('is told by field, and nothing where all is clear', () => {
    const fields = (date: string, time: string) => {
      const report = confirmed(date, time);
      return report === 'none' ? report : remediesFor(report).map(({ field }) => field);
    };
    expect(fields(DAY, HOUR)).toEqual([]);
    expect(fields('', '')).toEqual([]);
    expect(fields('2026-12-09 or 2026-12-11', '4:00')).toEqual(['confirmed_date', 'confirmed_time']);
    expect(fields(DAY, 'in the afternoon')).toEqual(['confirmed_time']);
  });
});
