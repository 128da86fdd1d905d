type Json = Record<string, unknown>;

interface Operation {
  operationId: string;
  parameters?: { in: string; name: string; required?: boolean; description?: string; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
}

interface Described {
  paths: Record<string, Record<string, Operation>>;
  webhooks?: Record<string, { post: Operation }>;
  components: { schemas: Record<string, Json> };
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const refOf = ({ $ref }: Json): string | undefined =>
  typeof $ref === 'string' ? $ref.slice($ref.lastIndexOf('/') + 1) : undefined;

/** `BatchRequest` for `createBatch`, as the API itself names such bodies. */
const bodyName = (operationId: string): string => `${capital(operationId.replace(/^create/, ''))}Request`;

/** JSON bodies that the API describes in their place, each once. */
function bodies(operations: Operation[]): Record<string, Json> {
  const found = new Map<string, [name: string, schema: Json]>();
  for (const { operationId, requestBody } of operations) {
    const schema = requestBody?.content['application/json']?.schema;
    if (!schema || refOf(schema)) continue;
    const known = JSON.stringify(schema);
    if (!found.has(known)) found.set(known, [bodyName(operationId), schema]);
  }
  return Object.fromEntries(found.values());
}

/** In a query, Python's `True` is `true`. */
const asArgument = (schema: Json): Json =>
  JSON.stringify(schema.enum) === '["true","false"]' ? { anyOf: [{ type: 'boolean' }, schema] } : schema;

function queryOf({ operationId, parameters = [] }: Operation): [string, Json][] {
  const given = parameters.filter((one) => one.in === 'query' && one.name !== 'cursor');
  if (given.length === 0) return [];
  const properties = given.map(({ name, description, schema }) => [name, { description, ...asArgument(schema) }]);
  const required = given.filter((one) => one.required).map(({ name }) => name);
  const schema = { type: 'object', properties: Object.fromEntries(properties), required };
  return [[`${capital(operationId)}Query`, schema]];
}

/** Names of the schemas that are the `data` of a stream's events. */
function eventNames(operations: Operation[], schemas: Record<string, Json>): string[] {
  const streams = operations.flatMap(
    ({ responses }) => refOf(responses['200']?.content?.['text/event-stream']?.schema ?? {}) ?? [],
  );
  return streams.flatMap((name) => (schemas[name] as { oneOf: Json[] }).oneOf.flatMap((one) => refOf(one) ?? []));
}

const ID = { type: 'string', description: 'Its number in the stream: give it as `after` to resume behind it' };

/** Schemas for the parts of the Python client that the description does not name: bodies, queries, any message, and events with their id. */
export function withPythonSchemas(document: object): object {
  const { paths, webhooks = {}, components, ...rest } = document as Described;
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  const schemas = { ...components.schemas };
  for (const name of eventNames(operations, schemas)) {
    const { properties, required, ...event } = schemas[name] as { properties: Json; required: string[] };
    schemas[name] = { ...event, properties: { id: ID, ...properties }, required: ['id', ...required] };
  }
  const messages = Object.values(webhooks).map(({ post }) => post.requestBody?.content['application/json']?.schema);
  const added = {
    ...bodies(operations),
    ...Object.fromEntries(operations.flatMap(queryOf)),
    WebhookMessage: { oneOf: messages },
  };
  for (const [name, schema] of Object.entries(added)) {
    if (name in schemas) throw new Error(`the description has a schema ${name} of its own`);
    schemas[name] = schema;
  }
  return { ...rest, paths, webhooks, components: { ...components, schemas } };
}
