import { bodyOf } from '../form/body.ts';
import type { Given } from '../form/given.ts';
import { shownAs } from '../form/lists.ts';
import { internationalOf } from '../form/phone.ts';

const CANDIDATE = /^candidates\.(\d+)\.business\.(name|phone)$/;
const REFUSED = /^candidates\.(\d+)\.(.+)$/;

/** The numbers of the rows in which something was typed, in their order. */
function rowsOf(given: Given): number[] {
  const rows = Object.entries(given).flatMap(([field, value]) => {
    const row = CANDIDATE.exec(field)?.[1];
    return row !== undefined && String(value).trim() !== '' ? [Number(row)] : [];
  });
  return [...new Set(rows)].toSorted((a, b) => a - b);
}

/** The body of `POST /v1/shortlists`; rows without a business are not sent. */
export function shortlistBody(given: Given): Record<string, unknown> {
  const others = Object.fromEntries(Object.entries(given).filter(([field]) => !CANDIDATE.test(field)));
  const candidates = rowsOf(given).map((row) => {
    const typed = (part: string): string => String(given[`candidates.${row}.business.${part}`] ?? '').trim();
    return { business: { name: typed('name'), phone: internationalOf(typed('phone')) } };
  });
  return { candidates, request: {}, ...bodyOf(others, {}) };
}

/** The form's name of a field that the API refuses. */
export function shortlistField(field: string, given: Given): string {
  const [, index, part] = REFUSED.exec(field) ?? [];
  if (index === undefined) return shownAs(field, given);
  return `candidates.${rowsOf(given)[Number(index)] ?? index}.${part}`;
}
