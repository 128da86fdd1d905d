import type { OpenAPIV3_1 } from 'openapi-types';
import { withOperations } from './operations.ts';
import { isObject } from './schema-names.ts';

const TABLE = 'text/csv';
const FORM = 'multipart/form-data';

const table: OpenAPIV3_1.SchemaObject = { type: 'string', description: 'The table, with a line of headings' };
const form: OpenAPIV3_1.SchemaObject = {
  type: 'object',
  properties: {
    file: table,
    settings: {
      type: 'string',
      contentMediaType: 'application/json',
      description: 'The members of the JSON body, without `rows`',
    },
  },
  required: ['file'],
  additionalProperties: false,
};

/** Describes tables and forms: a route has one schema for its body, which is that of JSON. */
export function withFiles(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const described = (operation: unknown): unknown => {
    const { requestBody } = operation as { requestBody?: unknown };
    const content = isObject(requestBody) && isObject(requestBody.content) ? requestBody.content : {};
    if (!(TABLE in content)) return operation;
    const whole = { ...content, [TABLE]: { schema: table }, [FORM]: { schema: form } };
    return { ...(operation as object), requestBody: { ...(requestBody as object), content: whole } };
  };
  return { ...document, paths: withOperations(document.paths ?? {}, described) };
}
