import { withOperations } from '../../api/operations.ts';
import { isObject, open, reached, withPlainNames } from '../../api/schema-names.ts';
import type { ApiDocument } from './document.ts';

const PROBLEM = '#/components/schemas/Problem';

/** Without the problems of each status: every refusal has the same shape. A table or a form is written as the JSON body is. */
function successful(operation: unknown): unknown {
  if (!isObject(operation) || !isObject(operation.responses)) return operation;
  const { requestBody } = operation;
  const content = isObject(requestBody) && isObject(requestBody.content) ? requestBody.content : {};
  const json = content['application/json'];
  const alike = Object.fromEntries(Object.keys(content).map((type) => [type, json]));
  const responses = Object.entries(operation.responses).filter(([status]) => /^[23]/.test(status));
  return {
    ...operation,
    ...(isObject(requestBody) && { requestBody: { ...requestBody, content: alike } }),
    responses: Object.fromEntries(responses),
  };
}

/**
 * The part of the description that clients need: what is under `/v1`, and the messages to them. The schema `Problem` remains, which each
 * refusal has.
 */
export function forClients({ paths, webhooks, components }: ApiDocument): object {
  const { schemas } = components as { schemas: Record<string, unknown> };
  const kept = Object.fromEntries(Object.entries(paths).filter(([path]) => path.startsWith('/v1/')));
  const all = { paths: withOperations(kept, successful), ...(webhooks && { webhooks }) };
  const names = reached([all, { $ref: PROBLEM }], schemas);
  const used = Object.entries(schemas).filter(([name]) => names.has(name));
  const document = {
    openapi: '3.1.0',
    info: { title: 'Vocero', version: '1' },
    ...all,
    components: { schemas: Object.fromEntries(used) },
  };
  // A generator makes the same type of a strict schema as of an open one: without that difference a body and an answer share theirs.
  return withPlainNames(open(document) as typeof document);
}
