import { type BatchSettings, batchSettingsSchema } from '../schemas/batch.ts';
import { type FieldFault, fieldErrors } from '../schemas/field-errors.ts';
import { nearest } from './nearest.ts';

const NAMES = Object.keys(batchSettingsSchema.shape);
/** Settings whose value in a query is JSON. */
const JSON_NAMES = ['defaults', 'metadata', 'stop_after_failures'];
const NUMBERS = ['max_concurrent'];

export type ReadSettings = { settings: BatchSettings } | { refused: FieldFault[] };

/** Settings as JSON gives them, such as the part `settings` of a form. */
export function readSettings(given: unknown): ReadSettings {
  const { success, data, error } = batchSettingsSchema.safeParse(given);
  return success ? { settings: data } : { refused: fieldErrors(error, 'settings') };
}

const refusal = (field: string, message: string): { fault: FieldFault } => ({ fault: { field, message } });

function settingOf(name: string, text: unknown): { value: unknown } | { fault: FieldFault } {
  if (!NAMES.includes(name)) {
    return refusal(name, `is not a known setting: remove it, or write ${nearest(name.toLowerCase(), NAMES)}`);
  }
  if (Array.isArray(text)) return refusal(name, 'is given more than once: give it once');
  if (typeof text !== 'string') return refusal(name, 'must be text');
  if (text === '') return refusal(name, 'must not be empty: give a value, or leave it out');
  if (NUMBERS.includes(name)) return { value: /^\d{1,9}$/.test(text) ? Number(text) : text };
  if (!JSON_NAMES.includes(name)) return { value: text };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return refusal(name, 'must be JSON, such as {"language":"es"}, with %-escapes as in every URL');
  }
}

/**
 * The settings of a batch whose body is a file: scalars by name, `defaults`, `metadata` and `stop_after_failures` as JSON.
 * @param query the query of the request, decoded; a name that comes twice has a list
 */
export function settingsOfQuery(query: Record<string, unknown>): ReadSettings {
  const read = Object.entries(query).map(([name, text]) => ({ name, ...settingOf(name, text) }));
  const refused = read.flatMap((one) => ('fault' in one ? [one.fault] : []));
  const rest = readSettings(
    Object.fromEntries(read.flatMap((one): [string, unknown][] => ('value' in one ? [[one.name, one.value]] : []))),
  );
  if ('refused' in rest) return { refused: [...refused, ...rest.refused] };
  return refused.length > 0 ? { refused } : rest;
}
