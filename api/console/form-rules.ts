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

function collect(schema: JsonSchema, path: string, required: boolean, rules: Record<string, FormRule>): void {
  if (schema.properties) {
    for (const [name, member] of Object.entries(schema.properties)) {
      const inner = schema.required?.includes(name) ?? false;
      collect(member, path ? `${path}.${name}` : name, inner && (required || path === ''), rules);
    }
    return;
  }
  const rule: Record<string, unknown> = { required };
  for (const key of KEPT) if (schema[key] !== undefined) rule[key] = schema[key];
  rules[path] = rule as unknown as FormRule;
}

/** The rules of `POST /v1/bookings`, by the full field names that the API's errors use. */
export function formRules(): Record<string, FormRule> {
  const rules: Record<string, FormRule> = {};
  const schema = z.toJSONSchema(bookingRequestSchema, { io: 'input' }) as JsonSchema;
  // A named schema is a reference to itself.
  collect(schema.$defs?.[schema.$ref?.split('/').at(-1) ?? ''] ?? schema, '', true, rules);
  return rules;
}
