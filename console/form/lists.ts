import { WEEKDAYS } from '../../domain/weekday.ts';
import type { Given } from './given.ts';

/** Fields of the body that are lists of entries. The form names their parts `LIST.ROW.PART`; a row keeps its number for as long as it stands there. */
export const OPENING_HOURS = 'business.opening_hours';
export const DATES = 'request.acceptable.dates';
export const TIMES = 'request.acceptable.times';

const LISTS = [OPENING_HOURS, DATES, TIMES];
const PART = /^(.+?)\.(\d+)\.(.+)$/;
/** A box for one day of the week, such as `request.acceptable.weekdays.mon`. */
const BOX = new RegExp(`^(.+)\\.(${WEEKDAYS.join('|')})$`);

type Entry = Record<string, string | string[]>;

/** A time field has no 24:00: as the end of a period, 00:00 means it. */
const sentPart = (part: string, value: string): string => (part === 'to' && value === '00:00' ? '24:00' : value);

function put(entry: Entry, part: string, value: string | boolean): void {
  const box = BOX.exec(part);
  if (box && value === true) entry[box[1]!] = [...(entry[box[1]!] ?? []), box[2]!];
  if (!box && typeof value === 'string' && value.trim() !== '') entry[part] = sentPart(part, value.trim());
}

/** The rows of a list that are not empty, with their numbers, in the order of the form. */
function rowsOf(given: Given, list: string): [row: string, entry: Entry][] {
  const rows = new Map<string, Entry>();
  for (const [field, value] of Object.entries(given)) {
    const [, of, row, part] = PART.exec(field) ?? [];
    if (of !== list || row === undefined || part === undefined) continue;
    const entry = rows.get(row) ?? {};
    rows.set(row, entry);
    put(entry, part, value);
  }
  return [...rows].filter(([, entry]) => Object.keys(entry).length > 0);
}

/** One day needs no end. */
const dateRange = (entry: Entry): Entry => ({ ...entry, to: entry.to ?? entry.from ?? '' });

/** True for a field that is part of a list: the list as a whole is sent. */
export const isListed = (field: string): boolean => BOX.test(field) || LISTS.includes(PART.exec(field)?.[1] ?? '');

/** The lists that are not empty, by their names in the body. */
export function listsOf(given: Given): Record<string, unknown[]> {
  const lists: Record<string, unknown[]> = {};
  for (const list of LISTS) {
    const entries = rowsOf(given, list).map(([, entry]) => entry);
    if (entries.length > 0) lists[list] = list === DATES ? entries.map(dateRange) : entries;
  }
  for (const [field, value] of Object.entries(given)) {
    const [, list, day] = BOX.exec(field) ?? [];
    if (value !== true || list === undefined || PART.test(field)) continue;
    lists[list] = [...(lists[list] ?? []), day];
  }
  return lists;
}

/** The form's name of a field that the API names by its place in the body: empty rows were not sent. */
export function shownAs(field: string, given: Given): string {
  const [, list, index, part] = PART.exec(field) ?? [];
  if (list === undefined || !LISTS.includes(list)) return field;
  const row = rowsOf(given, list)[Number(index)]?.[0] ?? index;
  return `${list}.${row}.${part}`;
}

/** The content of a field or of a group of fields: another one means that it has changed. */
export function heldBy(given: Given, name: string): string {
  return JSON.stringify(Object.entries(given).filter(([field]) => field === name || field.startsWith(`${name}.`)));
}
