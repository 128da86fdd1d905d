import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Booking } from '../api/answers.ts';
import type { Given } from './given.ts';

/** The values that the form begins with, by the names of its fields; empty: its own. */
export const FilledIn = createContext<Given>({});

/** The value that a field begins with; undefined: its own. */
export const useFilledIn = (name: string): string | boolean | undefined => useContext(FilledIn)[name];

/** The numbers of a list's rows that the form begins with: at least one. */
export function rowsFilledIn(given: Given, list: string): number[] {
  const rows = Object.keys(given)
    .filter((name) => name.startsWith(`${list}.`))
    .map((name) => Number(name.slice(list.length + 1).split('.')[0]))
    .filter(Number.isInteger);
  return rows.length > 0 ? [...new Set(rows)] : [0];
}

/** A time field has no 24:00. */
const shownValue = (value: unknown): string | boolean =>
  typeof value === 'boolean' ? value : value === '24:00' ? '00:00' : String(value);

function flat(value: unknown, name: string, given: Given): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    for (const [n, each] of value.entries()) {
      // Days of the week are boxes; other entries are rows.
      if (typeof each === 'string') given[`${name}.${each}`] = true;
      else flat(each, `${name}.${n}`, given);
    }
  } else if (typeof value === 'object') {
    for (const [part, each] of Object.entries(value)) flat(each, name ? `${name}.${part}` : part, given);
  } else given[name] = shownValue(value);
}

/** Fields that belong to one person's appointment, by the beginnings of their names. */
const PERSONAL = /^(request\.(user_name|preferred_|special_requests|acceptable)|metadata$)/;

/**
 * The form's fields as they were for this booking: the inverse of `bodyOf`. Without the times before and after which nobody was called:
 * they are past, or nearly. `copy`: for another person, so without the fields that belong to one.
 */
export function givenOf({ order, metadata }: Pick<Booking, 'order' | 'metadata'>, copy = false): Given {
  const given = allOf({ order, metadata });
  return copy ? Object.fromEntries(Object.entries(given).filter(([name]) => !PERSONAL.test(name))) : given;
}

function allOf({ order, metadata }: Pick<Booking, 'order' | 'metadata'>): Given {
  if (!order) return {};
  const { zones: _zones, not_before: _before, not_after: _after, request, ...rest } = order;
  const { preferred_day: _day, ...wish } = request;
  const given: Given = {};
  flat({ ...rest, request: wish }, '', given);
  const lines = Object.entries(metadata).map(([key, value]) => `${key}: ${value}`);
  if (lines.length > 0) given.metadata = lines.join('\n');
  return given;
}
