import type { Result } from '../result.ts';
import { reasonOfStatus } from './reasons.ts';
import type { RowStatus } from './statuses.ts';

/** A row of a batch as its report shows it. Erased: without key, phone and times. */
export interface ReportRow {
  key?: string | null | undefined;
  /** E.164, or as it was written. */
  phone?: string | null | undefined;
  status: RowStatus;
  result?: Result | null | undefined;
  why?: string | null | undefined;
  simulated?: boolean | undefined;
  confirmed_date?: string | null | undefined;
  confirmed_time?: string | null | undefined;
  booking_id?: string | null | undefined;
  line?: number | null | undefined;
  business_name?: string | null | undefined;
  user_name?: string | null | undefined;
}

const COLUMNS = [
  'key',
  'phone',
  'status',
  'result',
  'why',
  'confirmed_date',
  'confirmed_time',
  'booking_id',
  'line',
  'simulated',
  'business_name',
  'user_name',
] as const;

/** Spreadsheets run a cell that begins with one of these as a formula, some also in their full width. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/** The same behind a separator: a spreadsheet of another country begins a cell there, whatever quotes stand around. */
const BEHIND_SEPARATOR = /([,;\t\r\n|][\s"']*)(?=[=+\-@＝＋－＠])/g;

/** Why a row was not called, or did not succeed; empty where there is nothing to explain. */
export const whyOf = ({ status, result, why }: Pick<ReportRow, 'status' | 'result' | 'why'>): string => {
  if (why) return why;
  return status === 'failed' && result ? result : (reasonOfStatus(status)?.message ?? '');
};

function cell(text: string, delimiter: string): string {
  const inside = text.replaceAll(BEHIND_SEPARATOR, "$1'");
  const safe = FORMULA.test(text) ? `'${inside}` : inside;
  return safe.includes(delimiter) || /["\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly string[], delimiter: string): string =>
  `${cells.map((text) => cell(text, delimiter)).join(delimiter)}\r\n`;

/** The beginning of a report: UTF-8's byte order mark, without which Excel takes it for Windows-1252, and the names of its columns. */
export const reportHead = (delimiter: ',' | ';' = ','): string => `\ufeff${line(COLUMNS, delimiter)}`;

/**
 * One row of a report. No cell of it is run as a formula.
 * @param spaced writes a number with blanks, so that spreadsheets keep its digits (`spacedNumber` of `phone-number.ts`)
 */
export function reportLine(row: ReportRow, spaced: (number: string) => string, delimiter: ',' | ';' = ','): string {
  const shown: ReportRow = { ...row, phone: row.phone && spaced(row.phone), why: whyOf(row) };
  return line(
    COLUMNS.map((name) => (name === 'simulated' ? (row.simulated ? 'yes' : '') : String(shown[name] ?? ''))),
    delimiter,
  );
}

/** A whole report. Long ones are better sent line by line. */
export const reportCsv = (
  rows: Iterable<ReportRow>,
  spaced: (number: string) => string,
  delimiter: ',' | ';' = ',',
): string => [reportHead(delimiter), ...Array.from(rows, (row) => reportLine(row, spaced, delimiter))].join('');
