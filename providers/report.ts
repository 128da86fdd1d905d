import { z } from 'zod';
import { REPORT_RESULTS, type Report } from '../domain/result.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^([01]?\d|2[0-3]):([0-5]\d)(:[0-5]\d)?$/;

const params = z.looseObject({
  result: z.enum(REPORT_RESULTS),
  confirmed_date: z.unknown().optional(),
  confirmed_time: z.unknown().optional(),
  notes: z.unknown().optional(),
  call_id: z.unknown().optional(),
});

/** `2026-11-25`, also from a timestamp that begins with it; undefined for a day that does not exist. */
function dateOf(value: unknown): string | undefined {
  const day = typeof value === 'string' ? value.trim().slice(0, 10) : '';
  if (!DATE.test(day)) return undefined;
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : undefined;
}

function timeOf(value: unknown): string | undefined {
  const match = typeof value === 'string' ? TIME.exec(value.trim()) : null;
  return match ? `${match[1]!.padStart(2, '0')}:${match[2]}` : undefined;
}

/**
 * The parameters of a `report_result` as a transcript keeps them. They were written by a model: a date or time that
 * cannot be read is left out (a confirmation without them is no confirmation), an unknown result is no report.
 */
export function reportFrom(raw: unknown): { report: Report; call_id?: string | undefined } | undefined {
  const parsed = params.safeParse(raw);
  if (!parsed.success) return undefined;
  const { result, notes, call_id } = parsed.data;
  const report: Report = { result };
  const date = dateOf(parsed.data.confirmed_date);
  const time = timeOf(parsed.data.confirmed_time);
  if (date) report.confirmed_date = date;
  if (time) report.confirmed_time = time;
  if (typeof notes === 'string' && notes.trim() !== '') report.notes = notes.trim().slice(0, 1_000);
  return { report, call_id: typeof call_id === 'string' && call_id !== '' ? call_id : undefined };
}
