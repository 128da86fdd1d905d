import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { z } from 'zod';
import { problemSchema } from '../domain/schemas/problem.ts';
import { withCommonAnswers } from './common-answers.ts';
import { withFiles } from './described-files.ts';
import { describedMessages } from './described-messages.ts';
import { withOpenAnswers } from './open-answers.ts';
import { inReadingOrder } from './reading-order.ts';
import { reached, withPlainNames } from './schema-names.ts';

const DESCRIPTIONS: Record<number, string> = {
  400: 'The URL, the body or a header is malformed',
  401: 'No key, a wrong key or a wrong signature',
  403: 'Not with this key or signature, or not from a page of another site',
  404: 'Unknown, or not yours',
  405: 'This path does not have the method; see Allow',
  408: 'The request did not arrive in time',
  409: 'Conflict with what is already so',
  410: 'It was erased, or is being erased',
  413: 'The body is too large',
  414: 'A part of the URL is too long',
  415: 'Not a content type, or an encoding, that is read here',
  416: 'The range lies outside the recording',
  422: 'Fields, parameters or headers are not valid, each named in `errors`',
  426: 'Upgrade required',
  429: 'Too many requests; see Retry-After',
  431: 'The header fields, or the URL, are too large',
  500: 'Our own failure; it is logged under `request_id`',
  503: 'Temporal or the database is out of reach, or this process is about to end; see Retry-After',
};

/**
 * Documents the problems of a route, besides those of `withCommonAnswers`. Handlers throw problems, so these are not part of the reply
 * type.
 */
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

/** Documents a body that is some JSON object. It is sent as it is, so it is not part of the reply type. */
export const anyObject = (code: number, description: string): Record<never, never> => ({
  [code]: { description, content: { 'application/json': { schema: z.looseObject({}) } } },
});

/** Removes unused schemas: the type provider describes every schema twice, as input and as output. */
function onlyUsed(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const { schemas = {}, ...components } = document.components ?? {};
  const used = reached([document.paths, components.responses, document.webhooks], schemas);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, components: { ...components, schemas: kept } };
}

function withMessages(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const { webhooks, schemas } = describedMessages();
  const components = { ...document.components, schemas: { ...schemas, ...document.components?.schemas } };
  return { ...document, components, webhooks };
}

const ABOUT =
  "Phones a business on someone's behalf and comes back with one honest outcome. A client books with `POST /v1/bookings`, and reads the outcome with `GET /v1/bookings/{id}?wait_seconds=50` or at its `callback_url`. Where keys are set, each request to `/v1` has `Authorization: Bearer KEY`.";

const described = (document: OpenAPIV3_1.Document): OpenAPIV3_1.Document =>
  inReadingOrder(
    withPlainNames(
      onlyUsed(
        withOpenAnswers(withMessages(withFiles(withCommonAnswers(document, (status) => DESCRIPTIONS[status] ?? '')))),
      ),
    ),
  );

export async function documentApi(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Vocero',
        description: ABOUT,
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
    transformObject: (document) => described(jsonSchemaTransformObject(document) as OpenAPIV3_1.Document),
  });
}
