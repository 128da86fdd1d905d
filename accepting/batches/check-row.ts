import type { BatchProblem, Fault, ProblemCode } from '../../domain/batch/problems.ts';
import { type ReadRow, type RowDefaults, readRow } from '../../domain/batch/read-row.ts';
import type { RowReason } from '../../domain/batch/reasons.ts';
import type { BatchSettings } from '../../domain/schemas/batch.ts';
import type { BookingRequest } from '../../domain/schemas/booking-request.ts';
import type { Refusal } from '../dial-times.ts';
import { checkedOrder, type RefusingSettings } from '../new-order.ts';
import { madeKey } from './row-key.ts';
import { inWindow } from './row-window.ts';
import type { GivenRow } from './rows-of-file.ts';

/** Orders are made to be refused, and thrown away. */
const NO_BOOKING = 'bk_none';

/** A row of a batch as it was checked. */
export interface CheckedRow {
  row: number;
  line?: number | undefined;
  status: 'valid' | 'invalid' | 'duplicate';
  /** Given, or made; undefined only for an invalid row without one. */
  key?: string | undefined;
  /** E.164, or as it was written if it could not be read. */
  phone?: string | undefined;
  /** The row as it was given, with defaults and the key that it gives itself: the same whenever it is read. */
  body: unknown;
  /** Accepted by `POST /v1/bookings` at this moment. Undefined for an invalid row. */
  request?: BookingRequest | undefined;
  /** The row's own `not_after`, which the batch's may narrow. */
  own_not_after?: string | undefined;
  /** Why it is not called. */
  reasons?: readonly RowReason[] | undefined;
  /** For a row with the key or number of an earlier one. `row`: the first row that has it; undefined: it was in the batch before. */
  repeats?: { of: 'key' | 'number'; row: number | undefined } | undefined;
}

/** The keys and numbers, E.164, of the rows so far, each with its row; undefined: a row that was in the batch before. */
export interface Earlier {
  keys: Map<string, number | undefined>;
  numbers: Map<string, number | undefined>;
  /** The line of each row of a file. */
  lines: Map<number, number>;
}

export interface RowContext {
  settings: Pick<BatchSettings, 'duplicates' | 'not_before' | 'not_after'> & RowDefaults;
  installation: RefusingSettings;
  /** Milliseconds since 1970. */
  now: number;
  earlier: Earlier;
  nameOf: (path: readonly PropertyKey[]) => string;
}

const CODES: Partial<Record<string, ProblemCode>> = {
  'business.phone': 'invalid_number',
  'business.timezone': 'unknown_timezone',
};

/** `parsed`: the row's request, without the batch's window, if each field is right by itself. */
type Understood = ReadRow & { parsed?: BookingRequest | undefined };

/** The row's request with the batch's window, or all of its faults. */
function understood({ given, fault }: GivenRow, { settings, installation, now }: RowContext): Understood {
  if (fault?.code === 'row_length') return { faults: [fault] };
  const { request, ...own } = readRow(given, settings);
  const read = { ...own, parsed: request };
  const faults = fault ? [fault, ...read.faults] : read.faults;
  if (!request || faults.length > 0) return { ...read, faults };
  const windowed = inWindow(request, settings, now);
  if ('fault' in windowed) return { ...read, faults: [windowed.fault] };
  const order = checkedOrder(windowed.request, installation, NO_BOOKING, now);
  if ('order' in order) return { ...read, faults, request: windowed.request };
  return { ...read, faults: order.refused.map(faultOf) };
}

/** The code for a field of an order that this installation refuses. */
export const codeOfRefused = (field: string): ProblemCode => CODES[field] ?? 'invalid';

const faultOf = ({ field, message }: Refusal): Fault => ({
  path: field.split('.'),
  code: codeOfRefused(field),
  message,
});

function before(row: number | undefined, { lines }: Earlier): string {
  if (row === undefined) return 'a row of the batch';
  return lines.has(row) ? `row ${row} (line ${lines.get(row)})` : `row ${row}`;
}

/** The repetitions that the policy does not permit, the decisive one last. */
function repetitions(
  key: string | undefined,
  made: boolean,
  number: string | undefined,
  { settings: { duplicates }, earlier }: RowContext,
): { fault: Fault; of: 'key' | 'number'; row: number | undefined }[] {
  const found: ReturnType<typeof repetitions> = [];
  if (number !== undefined && duplicates !== 'allow' && earlier.numbers.has(number)) {
    const row = earlier.numbers.get(number);
    const message = `is the number of ${before(row, earlier)}: remove one of them, or set duplicates to skip or allow`;
    found.push({ fault: { path: ['business', 'phone'], code: 'duplicate', message }, of: 'number', row });
  }
  if (key !== undefined && earlier.keys.has(key) && !(made && found.length > 0)) {
    const row = earlier.keys.get(key);
    const message = made
      ? `has the number, service, person and day of ${before(row, earlier)}: remove one of them, or give each a key`
      : `is the key of ${before(row, earlier)}: give each row its own key`;
    found.push({ fault: { path: [made ? 'row' : 'key'], code: 'duplicate', message }, of: 'key', row });
  }
  return found;
}

/** Checks one row, and enters its key and number among the earlier ones. */
export function checkRow(
  given: GivenRow,
  row: number,
  context: RowContext,
): { checked: CheckedRow; problems: BatchProblem[] } {
  const { faults, key: ownKey, number, written, request, parsed } = understood(given, context);
  const key = ownKey ?? (request && madeKey(request));
  const repeated = repetitions(key, ownKey === undefined, number, context);
  const { keys, numbers, lines } = context.earlier;
  const { line } = given;
  if (line !== undefined) lines.set(row, line);
  if (number !== undefined && !numbers.has(number)) numbers.set(number, row);
  if (key !== undefined && !keys.has(key)) keys.set(key, row);

  const problems = [...faults, ...repeated.map(({ fault }) => fault)].map(
    ({ path, code, message }): BatchProblem => ({
      row,
      ...(line !== undefined && { line }),
      field: context.nameOf(path),
      code,
      message,
    }),
  );
  const last = repeated.at(-1);
  const status = faults.length > 0 ? 'invalid' : last ? 'duplicate' : 'valid';
  const checked: CheckedRow = {
    row,
    line,
    status,
    key,
    phone: number ?? written,
    body: parsed ? { key: ownKey, ...parsed } : given.given,
    request,
    own_not_after: parsed?.not_after,
    ...(last && { repeats: { of: last.of, row: last.row } }),
    ...(problems.length > 0 && { reasons: problems.map(({ field, code, message }) => ({ code, field, message })) }),
  };
  return { checked, problems };
}
