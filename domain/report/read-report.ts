import { parseCallId } from '../ids.ts';
import { REACHED, type Reached } from '../reached.ts';
import { REPORT_RESULTS, type Report, type ReportResult } from '../result.ts';
import { readCallback } from './callback-time.ts';
import { readDayAndTime } from './day-and-time.ts';
import { fieldsIn, letters } from './envelope.ts';
import { readOffers } from './offers.ts';
import { jsonOf, plain, storable, textOf, VALUE_MAX } from './plain-text.ts';

/** Models like to explain themselves: a report may be longer than the texts of a booking. */
export const NOTES_MAX = 4_000;

/**
 * Ids in a report. An id that is missing or was never filled in (`{{call_id}}`) is absent. `call_id` is present if it is valid, which
 * `call_123` is not; `booking_id` is unchanged.
 */
export interface ReportIds {
  booking_id?: string;
  call_id?: string;
  conversation_id?: string;
}

/** A report, or the field that makes it unusable, with the remedy. */
export type ReportReading = { ok: true; report: Report; ids: ReportIds } | { ok: false; field: string; remedy: string };

/** The booking of the ids, if they agree: a call id contains its booking's. */
export function bookingNamed({ booking_id, call_id }: ReportIds): string | undefined {
  const named = parseCallId(call_id)?.bookingId;
  return booking_id === undefined || booking_id === named ? named : undefined;
}

const RESULTS: ReadonlyMap<string, ReportResult> = new Map(
  REPORT_RESULTS.map((result) => [letters(result), result] as const),
);

/** A request never to be called again counts anywhere in the field: a wrong one calls nobody by mistake. */
function resultOf(value: unknown): ReportResult | undefined {
  const word = letters((textOf(value) ?? '').slice(0, VALUE_MAX));
  if (word.includes(letters('do_not_call'))) return 'do_not_call';
  return typeof value === 'string' ? RESULTS.get(word) : undefined;
}

const REACHED_WORDS: ReadonlyMap<string, Reached> = new Map(REACHED.map((word) => [letters(word), word] as const));

/** Anything else says nothing: the field is an addition to the result. */
const reachedOf = (value: unknown): Reached | undefined =>
  typeof value === 'string' ? REACHED_WORDS.get(letters(value.slice(0, VALUE_MAX))) : undefined;

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
 * Reads an agent's report from any source: the body of its tool (JSON, or broken JSON), a client tool's parameters, a transcript's copy of
 * them. Accepts every clear form and never guesses: unclear fields are in `unclear`, with their text. Ignores unknown fields. Only a report
 * without a readable result is refused.
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
  const reached = reachedOf(field('reached'));
  const offers = readOffers(field('offers'));
  const report: Report = {
    result,
    ...slot,
    ...(notes === undefined ? {} : { notes }),
    ...(reached === undefined ? {} : { reached }),
    ...(unclear && said ? { unclear, said } : {}),
    ...(offers.length > 0 ? { offers } : {}),
    ...(result === 'callback_requested' ? readCallback(field('callback_date'), field('callback_time')) : {}),
  };
  return { ok: true, report, ids: idsOf(field) };
}
