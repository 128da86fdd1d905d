import type { OpenAPIV3_1 } from 'openapi-types';
import { withOperations } from './operations.ts';
import { isObject, open, reached } from './schema-names.ts';

type Json = Record<string, unknown>;

/** Each operation, with one of its members open. */
const opened = <Items extends object>(items: Items, member: string): Items =>
  withOperations(items, (operation) =>
    isObject(operation) && member in operation ? { ...operation, [member]: open(operation[member]) } : operation,
  );

const members = (items: Readonly<Json> = {}, member: string): unknown[] =>
  Object.values(items).flatMap((item) =>
    Object.values(item as Json).map((operation) => (isObject(operation) ? operation[member] : undefined)),
  );

/**
 * A document in which all that we send, answers and messages, may have more members than it names: a client made from it goes on when a
 * later version adds one. Bodies that we read stay strict. The type provider names their schemas differently.
 */
export function withOpenAnswers(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const schemas = document.components?.schemas ?? {};
  const { paths, webhooks, components } = document;
  const sent = reached([members(paths, 'responses'), components?.responses, members(webhooks, 'requestBody')], schemas);
  return {
    ...document,
    paths: opened(paths ?? {}, 'responses'),
    webhooks: opened(webhooks ?? {}, 'requestBody'),
    components: {
      ...components,
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [name, sent.has(name) ? open(schema) : schema]),
      ) as NonNullable<OpenAPIV3_1.ComponentsObject['schemas']>,
    },
  };
}
