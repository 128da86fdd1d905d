import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { z } from 'zod';
import { problemSchema } from '../domain/schemas/problem.ts';
import { describedMessages } from './described-messages.ts';

const DESCRIPTIONS: Record<number, string> = {
  400: 'Malformed',
  401: 'No key, a wrong key or a wrong signature',
  403: 'Not with this key, or a wrong signature',
  404: 'Unknown, or not yours',
  409: 'Conflict with what is already so',
  410: 'The booking was erased, or is being erased',
  413: 'Body too large',
  415: 'Wrong content type',
  416: 'The range lies outside the recording',
  422: 'Invalid fields, each named in `errors`',
  426: 'Upgrade required',
  429: 'Too many requests; see Retry-After',
  503: 'Temporal or the database is out of reach; see Retry-After',
};

/** Documents the problems of a route. Handlers throw problems, so these are not part of the reply type. */
export const problems = (...codes: number[]): Record<never, never> =>
  Object.fromEntries(
    codes.map((code) => [
      code,
      { description: DESCRIPTIONS[code], content: { 'application/problem+json': { schema: problemSchema } } },
    ]),
  );

/** Documents a body that is not JSON, by content type. It is sent as it is, so it is not part of the reply type. */
export const content = (code: number, description: string, ...types: string[]): Record<never, never> => ({
  [code]: { description, content: Object.fromEntries(types.map((type) => [type, { schema: z.string() }])) },
});

/** Documents a stream of Server-Sent Events. `event`: the `data` of one event. */
export const stream = (event: z.ZodType): Record<never, never> => ({
  200: {
    description: 'The stream: `id`, `event` and `data`, which is JSON',
    content: { 'text/event-stream': { schema: event } },
  },
});

const PREFIX = '#/components/schemas/';

/**
 * Removes unused schemas: the type provider describes every schema twice, as input and as output. The others are sorted by name: theirs is
 * the order in which modules were loaded, which another process may have loaded otherwise.
 */
function onlyUsed(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const { schemas, ...components } = document.components ?? {};
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (key !== '$ref' || typeof member !== 'string' || !member.startsWith(PREFIX)) visit(member);
      else if (!used.has(member.slice(PREFIX.length))) {
        used.add(member.slice(PREFIX.length));
        visit(schemas?.[member.slice(PREFIX.length)]);
      }
    }
  };
  visit(document.paths);
  visit(document.webhooks);
  const kept = Object.fromEntries(
    Object.entries(schemas ?? {})
      .filter(([name]) => used.has(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  return { ...document, components: { ...components, schemas: kept } };
}

function withMessages(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const { webhooks, schemas } = describedMessages();
  const components = { ...document.components, schemas: { ...schemas, ...document.components?.schemas } };
  return { ...document, components, webhooks };
}

export async function documentApi(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Vocero',
        description: "Phones a business on someone's behalf and comes back with one honest outcome.",
        version: '1',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: publicUrl }],
      tags: [
        { name: 'bookings', description: 'For clients' },
        { name: 'batches', description: 'For clients with lists' },
        { name: 'shortlists', description: 'For clients with several businesses and one wish' },
        { name: 'messages', description: 'From Vocero to a client’s `callback_url`' },
        { name: 'operators', description: 'For those who run the installation' },
        { name: 'providers', description: 'For Twilio and ElevenLabs' },
        { name: 'process', description: 'For those who watch the process' },
      ],
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'One of API_KEYS or OPERATOR_KEYS' },
          toolSecret: { type: 'http', scheme: 'bearer', description: 'ELEVENLABS_TOOL_SECRET' },
          twilioSignature: { type: 'apiKey', in: 'header', name: 'X-Twilio-Signature' },
          elevenLabsSignature: { type: 'apiKey', in: 'header', name: 'ElevenLabs-Signature' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => onlyUsed(withMessages(jsonSchemaTransformObject(document) as OpenAPIV3_1.Document)),
  });
}
