import { z } from 'zod';
import type { FormRule } from '../../domain/form-rule.ts';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';

interface JsonSchema extends Omit<FormRule, 'required'> {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

const KEPT = ['minLength', 'maxLength', 'pattern', 'minimum', 'maximum', 'default'] as const;

/** The rules of `POST /v1/bookings`, by the full field names that the API's errors use. */
export function formRules(): Record<string, FormRule> {
  const rules: Record<string, FormRule> = {};
  const schema = z.toJSONSchema(bookingRequestSchema, { io: 'input' }) as JsonSchema;
  const named = ({ $ref }: JsonSchema): JsonSchema => schema.$defs?.[$ref?.split('/').at(-1) ?? ''] ?? {};

  const collect = (given: JsonSchema, path: string, required: boolean): void => {
    const { properties, required: needed = [], ...own } = { ...named(given), ...given };
    if (properties) {
      for (const [name, member] of Object.entries(properties)) {
        collect(member, path ? `${path}.${name}` : name, needed.includes(name) && (required || path === ''));
      }
      return;
    }
    const kept = KEPT.flatMap((key) => (own[key] === undefined ? [] : [[key, own[key]]]));
    rules[path] = { required, ...Object.fromEntries(kept) };
  };
  collect(schema, '', true);
  return rules;
}
