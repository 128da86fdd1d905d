import { parseCallId } from '../ids.ts';
import { REPORT_RESULTS, type Report, type ReportResult } from '../result.ts';
import { readDayAndTime } from './day-and-time.ts';
import { fieldsIn, letters } from './envelope.ts';
import { jsonOf, plain, storable, textOf, VALUE_MAX } from './plain-text.ts';

/** Models like to explain themselves: a report may say more than a booking's texts. */
export const NOTES_MAX = 4_000;

/**
 * The ids that a report brings; what was left out or never filled in (`{{call_id}}`) is absent. `call_id` is there if it can be one, which
 * `call_123` cannot; `booking_id` as it was said.
 */
export interface ReportIds {
  booking_id?: string;
  call_id?: string;
  conversation_id?: string;
}

/** A report, or the field that keeps it from being one, with what to send instead. */
export type ReportReading = { ok: true; report: Report; ids: ReportIds } | { ok: false; field: string; remedy: string };

/** The booking that the ids name with one voice: a call id names its own. */
export function bookingNamed({ booking_id, call_id }: ReportIds): string | undefined {
  const named = parseCallId(call_id)?.bookingId;
  return booking_id === undefined || booking_id === named ? named : undefined;
}

const RESULTS: ReadonlyMap<string, ReportResult> = new Map(
  REPORT_RESULTS.map((result) => [letters(result), result] as const),
);

/** A wish never to be called again is heard wherever it stands in the field: nobody is rung by mistake because it was believed. */
function resultOf(value: unknown): ReportResult | undefined {
  const word = letters((textOf(value) ?? '').slice(0, VALUE_MAX));
  if (word.includes(letters('do_not_call'))) return 'do_not_call';
  return typeof value === 'string' ? RESULTS.get(word) : undefined;
}

function notesOf(value: unknown): string | undefined {
  const parts = Array.isArray(value) ? value.slice(0, 100).map(textOf) : [textOf(value)];
  const text = parts.filter((part) => part !== undefined).join('; ');
  return storable(text, NOTES_MAX) || undefined;
}

function idsOf(field: (name: string) => unknown): ReportIds {
  const id = (name: string): string => {
    const value = field(name);
    return plain((Array.isArray(value) ? jsonOf(value) : textOf(value)) ?? '');
  };
  const [booking_id, call_id, conversation_id] = [id('booking_id'), id('call_id'), id('conversation_id')];
  return {
    ...(booking_id === '' ? {} : { booking_id: booking_id.slice(0, VALUE_MAX) }),
    ...(parseCallId(call_id) ? { call_id } : {}),
    ...(/^[\x21-\x7e]{1,200}$/.test(conversation_id) ? { conversation_id } : {}),
  };
}

/**
 * Reads what an agent reports, from wherever it comes: the body of its tool (JSON, or the text of one that is none), a client tool's parameters, a transcript's copy of them. Generous
 * where it is clear, and never guessing where it is not: that stands in `unclear`, as it was said. Unknown fields are ignored.
 * Only a report whose result cannot be told is none.
 */
export function readReport(input: unknown): ReportReading {
  const fields = fieldsIn(input);
  if (fields === undefined) {
    const remedy = `cannot be read: send one JSON object whose result is one of ${REPORT_RESULTS.join(', ')}`;
    return { ok: false, field: 'result', remedy };
  }
  const names = new Map(Object.keys(fields).map((name) => [name.trim().toLowerCase(), name]));
  const field = (name: string): unknown => {
    const own = Object.hasOwn(fields, name) ? name : names.get(name);
    return own === undefined ? undefined : fields[own];
  };
  const result = resultOf(field('result'));
  if (result === undefined) {
    const missing = textOf(field('result')) === undefined;
    const remedy = `${missing ? 'is required' : 'is not a result'}: send one of ${REPORT_RESULTS.join(', ')}`;
    return { ok: false, field: 'result', remedy };
  }
  const { unclear, said, ...slot } = readDayAndTime(field('confirmed_date'), field('confirmed_time'));
  const notes = notesOf(field('notes'));
  const report: Report = {
    result,
    ...slot,
    ...(notes === undefined ? {} : { notes }),
    ...(unclear && said ? { unclear, said } : {}),
  };
  return { ok: true, report, ids: idsOf(field) };
}
