import type { Analysis } from '../../domain/proof.ts';

/** What an agent's analysis is asked for after a call, by the names of its data collection, with their types. */
export const ASKED_FIELDS = {
  appointment_date: 'string',
  appointment_time: 'string',
  appointment_confirmed: 'boolean',
} as const;
type Field = keyof typeof ASKED_FIELDS;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A collected value: it stands in an item with its rationale, or alone. */
const bare = (item: unknown): unknown => (isObject(item) ? bare(item.value) : item);

/** Everything that a conversation's `analysis` collected, by name: as a table, as a list, or for the conversation among its scopes. */
function collected(analysis: unknown): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const take = (table: unknown): void => {
    if (!isObject(table)) return;
    for (const [id, item] of Object.entries(table)) {
      const value = bare(item);
      if (value !== undefined && value !== null && !found.has(id)) found.set(id, value);
    }
  };
  if (!isObject(analysis)) return found;
  take(analysis.data_collection_results);
  for (const item of listOf(analysis.data_collection_results_list)) {
    if (isObject(item) && typeof item.data_collection_id === 'string') take({ [item.data_collection_id]: item });
  }
  for (const scoped of listOf(analysis.scoped)) {
    if (isObject(scoped) && scoped.scope === 'conversation') take(scoped.data_collection_results);
  }
  return found;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function dateOf(value: unknown): string | undefined {
  const day = typeof value === 'string' ? value.trim() : '';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : undefined;
}

/** `16:00`, `16:00:00`, `4:00 pm`. An hour such as `4:00`, of which nobody said whether it is in the morning, is none. */
function timeOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  const [, hour = '', minute = '', half] = /^(\d{1,2}):([0-5]\d)(?::[0-5]\d)?\s*([ap]\.?m\.?)?$/i.exec(text) ?? [];
  const hours = Number(hour);
  if (hour === '' || hours > 23) return undefined;
  if (half === undefined) return hour.length === 2 ? `${hour}:${minute}` : undefined;
  if (hours < 1 || hours > 12) return undefined;
  const afternoon = half.toLowerCase().startsWith('p');
  return `${String((hours % 12) + (afternoon ? 12 : 0)).padStart(2, '0')}:${minute}`;
}

const YES = /^(true|yes|s[ií])$/i;
const NO = /^(false|no)$/i;

function truthOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.trim() : '';
  return YES.test(text) ? true : NO.test(text) ? false : undefined;
}

/** The provider's own analysis of a talk, from its `analysis`; undefined where it says nothing of an appointment that can be used. */
export function analysisIn(raw: unknown): Analysis | undefined {
  const values = collected(raw);
  const value = (field: Field): unknown => values.get(field);
  const date = dateOf(value('appointment_date'));
  const time = timeOf(value('appointment_time'));
  const confirmed = truthOf(value('appointment_confirmed'));
  if (date === undefined && time === undefined && confirmed === undefined) return undefined;
  return {
    ...(date !== undefined && { date }),
    ...(time !== undefined && { time }),
    ...(confirmed !== undefined && { confirmed }),
  };
}
