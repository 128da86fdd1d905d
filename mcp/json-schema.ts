import { z } from 'zod';
import { isObject, type Json } from './json.ts';

/** Puts each definition in the place of its references: not every client follows them. Our schemas have no circles. */
function inlined(value: unknown, definitions: Json): unknown {
  if (Array.isArray(value)) return value.map((each) => inlined(each, definitions));
  if (!isObject(value)) return value;
  const { $ref, $defs: _, ...rest } = value;
  const own = Object.fromEntries(Object.entries(rest).map(([name, each]) => [name, inlined(each, definitions)]));
  if (typeof $ref !== 'string') return own;
  return { ...(inlined(definitions[$ref.slice('#/$defs/'.length)], definitions) as Json), ...own };
}

/** Answers may gain members. */
function open(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(open);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([name, each]) => name !== 'additionalProperties' || each !== false);
  return Object.fromEntries(entries.map(([name, each]) => [name, open(each)]));
}

function described(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _schema, ...whole } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) as Json;
  const { $defs } = whole;
  return inlined(whole, isObject($defs) ? $defs : {}) as Json;
}

/** The arguments of a tool: the members of each schema, side by side. */
export function argumentsSchema(...schemas: z.ZodType[]): Json {
  const all = schemas.map((schema) => described(schema, 'input'));
  return {
    type: 'object',
    properties: Object.assign({}, ...all.map(({ properties }) => properties)),
    required: all.flatMap(({ required }) => (required ?? []) as string[]),
    additionalProperties: false,
  };
}

/** A tool's answer. */
export const answerSchema = (schema: z.ZodType): Json => open(described(schema, 'output')) as Json;

/** One of these. */
export const oneOf = (...schemas: Json[]): Json => ({
  type: 'object',
  anyOf: schemas.flatMap((schema) => (Array.isArray(schema.anyOf) ? (schema.anyOf as Json[]) : [schema])),
});
