import type { Payload, PayloadCodec } from '@temporalio/common';
import { type PayloadsJson, payloadsSchema } from '../../domain/schemas/payloads.ts';
import { UnreadablePayload } from '../../temporal/payload-codec.ts';
import { authenticator, requireOperator } from '../authentication.ts';
import type { App, Context } from '../context.ts';
import { problems } from '../openapi.ts';
import { invalid } from '../problem.ts';

/** The largest message that Temporal sends is 4 MB; base64 makes it a third longer. */
const BODY_LIMIT = 6 * 1_024 * 1_024;

type PayloadJson = PayloadsJson['payloads'][number];

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const payloadOf = ({ metadata, data }: PayloadJson): Payload => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value, 'base64')]),
  ),
  data: Buffer.from(data ?? '', 'base64'),
});

const jsonOf = ({ metadata, data }: Payload): PayloadJson => ({
  metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)])),
  ...(data?.length ? { data: base64(data) } : {}),
});

/** Answers CORS preflights: only pages of the configured Temporal UIs may call the codec server. */
function allowOrigins(app: App, origins: readonly string[]): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    reply.header('vary', 'Origin');
    if (!origin || !origins.includes(origin)) return;
    reply.headers({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type, x-namespace, caller-type',
      'access-control-max-age': '600',
    });
  });
  for (const url of ['/codec/encode', '/codec/decode']) {
    app.route({
      method: 'OPTIONS',
      url,
      schema: { hide: true },
      handler: async (_request, reply) => reply.code(204).send(),
    });
  }
}

/**
 * Temporal's codec server: its UI and command line show decrypted payloads to holders of an operator's key. Decrypted payloads are never
 * logged.
 */
export function codecRoutes(app: App, { codec, settings }: Context): void {
  if (!codec) return;
  allowOrigins(app, settings.temporalUiOrigins ?? []);
  const authenticate = authenticator(settings, settings.temporalUiOrigins);

  const route = (name: 'encode' | 'decode', summary: string): void => {
    app.route({
      method: 'POST',
      url: `/codec/${name}`,
      bodyLimit: BODY_LIMIT,
      onRequest: async (request) => requireOperator(authenticate(request)),
      schema: {
        tags: ['operators'],
        security: [{ apiKey: [] }],
        operationId: `${name}Payloads`,
        summary,
        body: payloadsSchema,
        response: { 200: payloadsSchema, ...problems(401, 403, 422) },
      },
      async handler(request) {
        return { payloads: await asked(codec, name, request.body.payloads) };
      },
    });
  };
  route('decode', 'Decrypt payloads, for the Temporal UI and `temporal --codec-endpoint`');
  route('encode', 'Encrypt payloads that an operator enters there');
}

async function asked(codec: PayloadCodec, name: 'encode' | 'decode', given: PayloadJson[]): Promise<PayloadJson[]> {
  try {
    return (await codec[name](given.map(payloadOf))).map(jsonOf);
  } catch (error) {
    if (error instanceof UnreadablePayload) throw invalid([{ field: 'payloads', message: error.message }]);
    throw error;
  }
}
