import type { FormRule } from '../../domain/form-rule.ts';
import type { Given } from './given.ts';
import { isListed, listsOf } from './lists.ts';
import { internationalOf } from './phone.ts';

/** An error that the form itself can find; the API decides. */
export interface Refusal {
  field: string;
  why: 'required' | 'tooLong' | 'pattern' | 'range' | 'metadata';
}

type Rules = Record<string, FormRule>;

/** The value that a field sends. */
const sentAs = (field: string, typed: string): string =>
  field === 'business.phone' ? internationalOf(typed) : typed.trim();

const isNumber = (rule: FormRule): boolean => rule.minimum !== undefined || rule.maximum !== undefined;

function refusalOf(field: string, text: string, rule: FormRule): Refusal | undefined {
  if (text === '') return rule.required ? { field, why: 'required' } : undefined;
  if (rule.maxLength !== undefined && [...text].length > rule.maxLength) return { field, why: 'tooLong' };
  if (rule.pattern !== undefined && !new RegExp(rule.pattern, 'u').test(text)) return { field, why: 'pattern' };
  if (!isNumber(rule)) return undefined;
  const value = Number(text);
  const fits = /^-?\d+$/.test(text) && value >= (rule.minimum ?? -Infinity) && value <= (rule.maximum ?? Infinity);
  return fits ? undefined : { field, why: 'range' };
}

const METADATA = /^([^:]+):(.*)$/;

/** `key: value`, one per line. */
function metadataOf(text: string): Record<string, string> | undefined {
  const entries: [string, string][] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const found = METADATA.exec(line);
    if (!found) return undefined;
    entries.push([found[1]!.trim(), found[2]!.trim()]);
  }
  return Object.fromEntries(entries);
}

/** The errors of an early check, by the API's own schema. */
export function refusals(given: Given, rules: Rules): Refusal[] {
  const found = Object.entries(given).flatMap(([field, value]): Refusal[] => {
    const rule = rules[field];
    const refusal = rule && typeof value === 'string' ? refusalOf(field, sentAs(field, value), rule) : undefined;
    return refusal ? [refusal] : [];
  });
  if (typeof given.metadata === 'string' && !metadataOf(given.metadata))
    found.push({ field: 'metadata', why: 'metadata' });
  return found;
}

/** Puts a value at its place in the body, such as `business.name`. */
function put(body: Record<string, unknown>, field: string, value: unknown): void {
  const path = field.split('.');
  const last = path.pop()!;
  let place = body;
  for (const part of path) {
    place[part] ??= {};
    place = place[part] as Record<string, unknown>;
  }
  place[last] = value;
}

/** The body of `POST /v1/bookings`, without empty and default values. */
export function bodyOf(given: Given, rules: Rules): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(given)) {
    if (isListed(field)) continue;
    if (field === 'metadata') {
      const metadata = metadataOf(value as string);
      if (metadata && Object.keys(metadata).length > 0) body.metadata = metadata;
      continue;
    }
    const rule = rules[field];
    const typed = typeof value === 'string' ? sentAs(field, value) : value;
    if (typed === '' || String(rule?.default) === String(typed)) continue;
    put(body, field, rule && isNumber(rule) ? Number(typed) : typed);
  }
  for (const [list, entries] of Object.entries(listsOf(given))) put(body, list, entries);
  return body;
}
