import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ReportRow, reportCsv } from '../../domain/batch/report.ts';
import { countsOf, ROW_STATUSES, resultsOf, rowStatusOf } from '../../domain/batch/statuses.ts';
import { spacedNumber } from '../../domain/phone-number.ts';
import { BOOKING_STATUSES, RESULTS, statusOf } from '../../domain/result.ts';

const report = (rows: ReportRow[], delimiter?: ',' | ';'): string => reportCsv(rows, spacedNumber, delimiter);
const CONFIRMED: ReportRow = {
  key: 'k1',
  phone: '+541143211234',
  status: 'completed',
  result: 'confirmed',
  confirmed_date: '2026-12-01',
  confirmed_time: '16:00',
  booking_id: 'bk_aaaa',
  line: 2,
  business_name: 'Clínica Ñandú',
  user_name: 'Mauro',
};

describe('the report of a batch', () => {
  it('is a table that spreadsheets read', () => {
    expect(
      report([CONFIRMED, { key: 'a,"b"', phone: '911', status: 'invalid', why: 'phone is short\nor not', line: 3 }]),
    ).toBe(
      [
        '\ufeffkey,phone,status,result,why,confirmed_date,confirmed_time,booking_id,line,simulated,business_name,user_name',
        "k1,'+54 11 4321 1234,completed,confirmed,,2026-12-01,16:00,bk_aaaa,2,,Clínica Ñandú,Mauro",
        '"a,""b""",911,invalid,,"phone is short\nor not",,,,3,,,',
        '',
      ].join('\r\n'),
    );
    expect(report([{ ...CONFIRMED, key: 'a,b' }], ';')).toContain("a,b;'+54 11 4321 1234;completed");
  });

  it.each(['=', '+', '-', '@', '\t', '\r'])('has no cell that begins with %j', (begin) => {
    const text = `${begin}HYPERLINK("http://x";"y")`;
    const [, written] = report([{ key: text, phone: text, status: 'invalid', why: text }]).split('key,phone,status');
    expect(written?.split(/\r\n/)[1]).toMatch(/^"'/);
    expect(written?.match(/"'/g)).toHaveLength(3);
  });

  it.each([',', ';', '\t'])('has no formula where a spreadsheet that separates by %j begins a cell', (separator) => {
    for (const begin of ['=', '+', '-', '@', '＝']) {
      for (const text of [
        `a${separator}${begin}1`,
        `a${separator} "${begin}1`,
        `a\n${begin}1`,
        `${separator}${begin}1`,
      ]) {
        for (const delimiter of [',', ';'] as const) {
          const row = report([{ key: text, phone: text, status: 'invalid', why: text }], delimiter).slice(1);
          const cells = row.split(new RegExp(`[${separator}\r\n]`)).map((cell) => cell.replace(/^[\s"]+/, ''));
          expect(cells.filter((cell) => cell.startsWith(begin))).toEqual([]);
        }
      }
    }
  });

  it('says of a simulated result that it is one', () => {
    const lines = report([{ ...CONFIRMED, simulated: true }, CONFIRMED]).split('\r\n');
    expect(lines.map((text) => text.split(',')[9])).toEqual(['simulated', 'yes', '', undefined]);
  });

  it('spaces numbers of new area codes without changing them', () => {
    const digits = (text: string): string => text.replaceAll(/\D/g, '');
    for (const number of ['+13573211234', '+12125550123', '+442079460958', '+5491143211234']) {
      expect(spacedNumber(number)).toContain(' ');
      expect(digits(spacedNumber(number))).toBe(digits(number));
    }
    expect(spacedNumber('consultar')).toBe('consultar');
  });

  it('says why a row was not called, whatever is known', () => {
    const silent = ROW_STATUSES.filter((status) => status !== 'completed');
    for (const status of silent) {
      const cells = report([{ status }]).split('\r\n')[1]!.split(',');
      expect([status, cells[4]]).not.toEqual([status, '']);
    }
    expect(report([{ status: 'failed', result: 'do_not_call' }])).toContain('failed,do_not_call,do_not_call');
  });

  it('shows an erased row by its status alone', () => {
    expect(report([{ status: 'completed', result: 'confirmed', line: 2 }]).split('\r\n')[1]).toBe(
      ',,completed,confirmed,,,,,2,,,',
    );
  });
});

describe('the counts of a batch', () => {
  it('have every status, and are summed', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ status: fc.constantFrom(...ROW_STATUSES) })), (rows) => {
        const { total, ...counts } = countsOf(rows);
        expect(Object.keys(counts)).toEqual([...ROW_STATUSES]);
        expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(total);
        expect(total).toBe(rows.length);
      }),
    );
  });

  it('have a place for every booking', () => {
    for (const status of BOOKING_STATUSES) expect(ROW_STATUSES).toContain(rowStatusOf({ status }));
    expect(rowStatusOf({ status: 'queued' })).toBe('waiting');
    for (const result of RESULTS) {
      const expected = result === 'expired' ? 'expired' : statusOf(result);
      expect(rowStatusOf({ status: statusOf(result), result })).toBe(expected);
    }
    expect(
      resultsOf([{ result: 'confirmed' }, {}, { result: null }, { result: 'confirmed' }, { result: 'error' }]),
    ).toEqual({
      confirmed: 2,
      error: 1,
    });
  });
});
