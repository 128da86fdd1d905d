import type { OpenAPIV3_1 } from 'openapi-types';
import { z } from 'zod';
import { MESSAGE_SCHEMAS } from '../domain/schemas/client-messages.ts';

type Schemas = NonNullable<OpenAPIV3_1.ComponentsObject['schemas']>;

const header = (name: string, description: string): OpenAPIV3_1.ParameterObject => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});

/** As in Standard Webhooks: standardwebhooks.com. */
const HEADERS = [
  header('webhook-id', 'Id of the message: the same in every try, so that a repeat is known'),
  header('webhook-timestamp', 'Seconds since 1970 of this try'),
  header(
    'webhook-signature',
    'Signatures of id, timestamp and body with CALLBACK_SECRET, as `v1,…`, separated by spaces',
  ),
];

const ANSWERS = {
  '2XX': {
    description: 'Taken. Any other answer, or none within 15 s, is tried again, less and less often, for a day',
  },
  '410': { description: 'Not wanted any more: the message is not sent again' },
};

/** Zod names the schemas under `$defs`; a document has them among its components. */
const asComponents = <T>(schema: T): T =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as T;

/** The messages to a client's `callback_url`, as OpenAPI's `webhooks`, and the schemas that they name. */
export function describedMessages(): { webhooks: NonNullable<OpenAPIV3_1.Document['webhooks']>; schemas: Schemas } {
  const schemas: Schemas = {};
  const webhooks: Record<string, OpenAPIV3_1.PathItemObject> = {};
  for (const [type, schema] of Object.entries(MESSAGE_SCHEMAS)) {
    const { $defs, $ref } = z.toJSONSchema(schema, { io: 'output' }) as { $defs: Schemas; $ref: string };
    Object.assign(schemas, asComponents($defs));
    webhooks[type] = {
      post: {
        operationId: `told${type
          .split(/[._]/)
          .map((word) => word[0]!.toUpperCase() + word.slice(1))
          .join('')}`,
        summary: schema.description ?? type,
        tags: ['messages'],
        parameters: HEADERS,
        requestBody: { required: true, content: { 'application/json': { schema: asComponents({ $ref }) } } },
        responses: ANSWERS,
      },
    };
  }
  return { webhooks, schemas };
}
