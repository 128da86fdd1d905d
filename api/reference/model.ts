import { nameIn, type Piece, type Schema, typeOf } from './schema-words.ts';

interface Media {
  schema?: Schema;
}
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
}
interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  security?: Record<string, string[]>[];
  requestBody?: { content: Record<string, Media> };
  responses?: Record<string, Response | { $ref: string }>;
}
interface Response {
  description?: string;
  headers?: Record<string, { description?: string }>;
  content?: Record<string, Media>;
}
/** An OpenAPI 3.1 document as far as the reference reads it. */
export interface ApiDocument {
  info: { title: string; description?: string };
  tags?: { name: string; description?: string }[];
  paths?: Record<string, Record<string, Operation>>;
  webhooks?: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema>; responses?: Record<string, Response> };
}

const RESPONSES = '#/components/responses/';

/** A parameter, a header, or a member of an object. */
export interface Field {
  name: string;
  type: Piece[];
  required: boolean;
  about: string;
}

export interface Answer {
  status: string;
  about: string;
  /** Content type, and the type of the body. */
  bodies: { media: string; type: Piece[] }[];
}

export interface Entry {
  id: string;
  /** Such as `GET /v1/bookings/{id}`; of a message, its type. */
  call: string;
  summary: string;
  about: string;
  key: boolean;
  parameters: Field[];
  bodies: Answer['bodies'];
  answers: Answer[];
  /** The statuses with which it can refuse; `Reference.refusals` says what they mean. */
  refusals: string[];
}

export interface Group {
  name: string;
  about: string;
  entries: Entry[];
}

export interface NamedSchema {
  name: string;
  about: string;
  type: Piece[];
  fields: Field[];
}

/** The API's description, ready to be shown. */
export interface Reference {
  title: string;
  about: string;
  groups: Group[];
  refusals: Refusal[];
  schemas: NamedSchema[];
}

/** A status that many operations have. */
export interface Refusal {
  status: string;
  about: string;
  headers: { name: string; about: string }[];
}

const bodiesOf = (content: Record<string, Media> = {}): Answer['bodies'] =>
  Object.entries(content).map(([media, { schema }]) => ({ media, type: schema ? typeOf(schema) : ['anything'] }));

function entryOf(call: string, operation: Operation): Entry {
  const responses = Object.entries(operation.responses ?? {});
  const { operationId = call, summary = '', description = '', security = [], parameters = [] } = operation;
  return {
    id: operationId,
    call,
    summary,
    about: description,
    key: security.some((one) => 'apiKey' in one),
    parameters: parameters.map(({ name, in: place, required = false, description: about = '', schema = {} }) => ({
      name: `${name} (${place})`,
      type: typeOf(schema),
      required,
      about,
    })),
    bodies: bodiesOf(operation.requestBody?.content),
    answers: responses.flatMap(([status, response]) =>
      '$ref' in response ? [] : [{ status, about: response.description ?? '', bodies: bodiesOf(response.content) }],
    ),
    refusals: responses.flatMap(([status, response]) => ('$ref' in response ? [status] : [])),
  };
}

/** The members of an object; those of nested objects without a name stand below it, as `outer.inner`. */
function fieldsOf({ properties = {}, required = [] }: Schema, before = ''): Field[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = before + name;
    const field = {
      name: path,
      type: typeOf(schema),
      required: required.includes(name),
      about: schema.description ?? '',
    };
    const of = [schema, ...(schema.anyOf ?? [])].find(({ properties: inner }) => inner !== undefined);
    const list = [schema, ...(schema.anyOf ?? [])].find(({ items }) => items?.properties !== undefined)?.items;
    return [field, ...(of ? fieldsOf(of, `${path}.`) : []), ...(list ? fieldsOf(list, `${path}[].`) : [])];
  });
}

const unionOf = ({ anyOf, oneOf }: Schema): string[] =>
  (anyOf ?? oneOf ?? []).flatMap(({ $ref }) => ($ref ? [nameIn($ref)] : []));

/** The answers that operations name instead of describing them, by their status. */
function refusalsOf(operations: Operation[], named: Record<string, Response> = {}): Refusal[] {
  const known = new Map<string, Refusal>();
  for (const [status, response] of operations.flatMap(({ responses = {} }) => Object.entries(responses))) {
    if (!('$ref' in response)) continue;
    const { description: about = '', headers = {} } = named[response.$ref.slice(RESPONSES.length)] ?? {};
    const told = Object.entries(headers).map(([name, { description = '' }]) => ({ name, about: description }));
    known.set(status, { status, about, headers: told });
  }
  return [...known.values()].toSorted((a, b) => (a.status < b.status ? -1 : 1));
}

/** Everything that the document says, in the order in which a person reads it. */
export function referenceOf({ info, tags = [], paths = {}, webhooks = {}, components }: ApiDocument): Reference {
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ call: `${method.toUpperCase()} ${path}`, operation })),
  );
  const messages = Object.entries(webhooks).flatMap(([type, methods]) =>
    Object.values(methods).map((operation) => ({ call: type, operation })),
  );
  return {
    title: info.title,
    about: info.description ?? '',
    groups: tags.map(({ name, description = '' }) => ({
      name,
      about: description,
      entries: [...calls, ...messages]
        .filter(({ operation }) => operation.tags?.includes(name))
        .map(({ call, operation }) => entryOf(call, operation)),
    })),
    refusals: refusalsOf(
      calls.map(({ operation }) => operation),
      components?.responses,
    ),
    schemas: Object.entries(components?.schemas ?? {})
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([name, schema]) => {
        const union = unionOf(schema);
        return {
          name,
          about: schema.description ?? '',
          type: union.length > 0 ? typeOf(schema) : typeOf({ ...schema, $ref: undefined } as Schema),
          fields: fieldsOf(schema),
        };
      }),
  };
}
