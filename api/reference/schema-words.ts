/** A JSON schema as the API's description has it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  format?: string;
  pattern?: string;
  const?: unknown;
  default?: unknown;
  enum?: unknown[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** A type in words, in pieces: plain text, or the name of a schema that stands on the same page. */
export type Piece = string | { schema: string };

const PREFIX = '#/components/schemas/';
/** The greatest number that JSON schemas of whole numbers name by themselves. */
const UNBOUNDED = Number.MAX_SAFE_INTEGER;

export const nameIn = (ref: string): string => ref.slice(PREFIX.length);

const value = (given: unknown): string => (given === null ? 'null' : JSON.stringify(given));

function range(from: number | undefined, to: number | undefined): string {
  const low = from !== undefined && from > -UNBOUNDED ? from : undefined;
  const high = to !== undefined && to < UNBOUNDED ? to : undefined;
  if (low !== undefined && high !== undefined) return `, ${low} to ${high}`;
  if (low !== undefined) return `, at least ${low}`;
  return high !== undefined ? `, at most ${high}` : '';
}

function joined(parts: Piece[][], between: string): Piece[] {
  return parts.flatMap((part, i) => (i === 0 ? part : [between, ...part]));
}

function named(type: string, schema: Schema): Piece[] {
  switch (type) {
    case 'array': {
      const { items, minItems, maxItems } = schema;
      return ['list of ', ...(items ? typeOf(items) : ['anything']), range(minItems, maxItems)];
    }
    case 'string': {
      const { format, minLength, maxLength } = schema;
      const long = range(minLength, maxLength);
      return [`string${format ? ` (${format})` : ''}${long && `${long} characters`}`];
    }
    case 'integer':
    case 'number':
      return [`${type === 'integer' ? 'whole number' : 'number'}${range(schema.minimum, schema.maximum)}`];
    case 'object': {
      const { additionalProperties: more } = schema;
      return typeof more === 'object' && Object.keys(more).length > 0 ? ['object of ', ...typeOf(more)] : ['object'];
    }
    default:
      return [type];
  }
}

/** The type of a value in words, such as "list of Attempt" or "string or null". */
export function typeOf(schema: Schema): Piece[] {
  if (schema.$ref) return [{ schema: nameIn(schema.$ref) }];
  if (schema.const !== undefined) return [value(schema.const)];
  if (schema.enum) return [schema.enum.map(value).join(' | ')];
  const among = schema.anyOf ?? schema.oneOf;
  if (among) return joined(among.map(typeOf), ' or ');
  if (schema.allOf) return joined(schema.allOf.map(typeOf), ' and ');
  const types = [schema.type ?? []].flat();
  if (types.length === 0) return ['anything'];
  return joined(
    types.map((type) => named(type, schema)),
    ' or ',
  );
}
