import type { FastifyRequest } from 'fastify';
import { twilioFormSchema } from '../domain/schemas/provider-requests.ts';
import { parseTwilioForm, type TwilioForm, verifyTwilioSignature } from '../providers/webhooks/index.ts';
import { acceptRaw, rawBody } from './body-parsers.ts';
import type { App, Context } from './context.ts';
import { Problem } from './problem.ts';
import { documentedOnly } from './validation.ts';

const BODY_LIMIT = 64 * 1_024;
const FORM = 'application/x-www-form-urlencoded';

const COMMON = { bodyLimit: BODY_LIMIT, validatorCompiler: documentedOnly };
const SCHEMA = {
  tags: ['providers'],
  security: [{ twilioSignature: [] }],
  consumes: [FORM],
  body: twilioFormSchema,
};

interface FromTwilio {
  /** The form of a request, once its signature is checked. Nothing of a request is trusted before. */
  verified(request: FastifyRequest): TwilioForm;
  common: typeof COMMON;
  schema: typeof SCHEMA;
}

/** Prepares a scope for routes that only Twilio may call. */
export function fromTwilio(scope: App, { settings, metrics, strangers }: Context): FromTwilio {
  const refuse = (request: FastifyRequest, why: string): never => {
    metrics.webhooks.inc({ kind: 'twilio', answer: 'forged' });
    const line = { reqId: request.id, why, route: request.routeOptions.url };
    strangers.warn(line, 'a request that claims to be from Twilio was refused');
    throw new Problem(403, 'X-Twilio-Signature does not fit this request.');
  };
  acceptRaw(scope, FORM);
  // Without a signature, or a key to check it with, the body is not worth reading.
  scope.addHook('onRequest', async (request) => {
    if (typeof request.headers['x-twilio-signature'] !== 'string') refuse(request, 'missing');
    if (!settings.twilioAuthToken) refuse(request, 'no auth token is configured');
  });
  return {
    common: COMMON,
    schema: SCHEMA,
    verified(request) {
      const body = rawBody(request.body);
      const genuine = verifyTwilioSignature({
        authToken: settings.twilioAuthToken ?? '',
        publicUrl: settings.publicUrl,
        originalUrl: request.originalUrl,
        signature: request.headers['x-twilio-signature'] as string,
        rawBody: body,
      });
      if (!genuine) refuse(request, 'mismatch');
      request.proved = true;
      return parseTwilioForm(body);
    },
  };
}
