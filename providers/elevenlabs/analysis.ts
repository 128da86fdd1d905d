import type { Analysis } from '../../domain/proof.ts';
import { readDayAndTime } from '../../domain/report/day-and-time.ts';
import { folded } from '../../domain/report/plain-text.ts';

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

const YES = new Set(['true', 'yes', 'y', 'si', 's', 'confirmed', 'confirmado', 'confirmada', 'verdadero', '1']);
const NO = new Set(['false', 'no', 'n', 'not confirmed', 'no confirmado', 'no confirmada', 'falso', '0']);

function truthOf(value: unknown): boolean | undefined {
  const word = folded(String(value));
  return YES.has(word) ? true : NO.has(word) ? false : undefined;
}

/** The provider's own analysis of a talk, from its `analysis`, read as a report is; undefined where it says nothing of an appointment that can be used. */
export function analysisIn(raw: unknown): Analysis | undefined {
  const values = collected(raw);
  const value = (field: Field): unknown => values.get(field);
  const slot = readDayAndTime(value('appointment_date'), value('appointment_time'));
  const date = slot.confirmed_date;
  // An hour such as `4:00`, of which nobody said whether it is in the morning, is none.
  const time = slot.time_half_unknown ? undefined : slot.confirmed_time;
  const confirmed = truthOf(value('appointment_confirmed'));
  if (date === undefined && time === undefined && confirmed === undefined) return undefined;
  return {
    ...(date !== undefined && { date }),
    ...(time !== undefined && { time }),
    ...(confirmed !== undefined && { confirmed }),
  };
}
