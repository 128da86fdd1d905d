import type { Analysis } from '../../domain/proof.ts';
import { readDayAndTime } from '../../domain/report/day-and-time.ts';
import { folded } from '../../domain/report/plain-text.ts';

/** Fields of an agent's data collection after a call, with their types. */
export const ASKED_FIELDS = {
  appointment_date: 'string',
  appointment_time: 'string',
  appointment_confirmed: 'boolean',
} as const;
type Field = keyof typeof ASKED_FIELDS;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A collected value, alone or inside an item with its rationale. */
const bare = (item: unknown): unknown => (isObject(item) ? bare(item.value) : item);

/** All values that a conversation's `analysis` collected, by name: from a table, a list, or the conversation scope. */
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

/** The provider's analysis of a talk, parsed like a report; undefined when it contains nothing usable about an appointment. */
export function analysisIn(raw: unknown): Analysis | undefined {
  const values = collected(raw);
  const value = (field: Field): unknown => values.get(field);
  const slot = readDayAndTime(value('appointment_date'), value('appointment_time'));
  const date = slot.confirmed_date;
  // A time such as `4:00` without morning or afternoon is not usable.
  const time = slot.time_half_unknown ? undefined : slot.confirmed_time;
  const confirmed = truthOf(value('appointment_confirmed'));
  if (date === undefined && time === undefined && confirmed === undefined) return undefined;
  return {
    ...(date !== undefined && { date }),
    ...(time !== undefined && { time }),
    ...(confirmed !== undefined && { confirmed }),
  };
}
