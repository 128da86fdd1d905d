import type { FastifyRequest } from 'fastify';
import { takePostCall } from '../../delivery/post-call.ts';
import { postCallSchema, receivedSchema } from '../../domain/schemas/provider-requests.ts';
import { type PostCall, postCallToEvidence, verifyElevenLabsSignature } from '../../providers/webhooks/index.ts';
import { acceptLargeRaw, rawBody } from '../body-parsers.ts';
import type { App, Context } from '../context.ts';
import { measureFirstWords } from '../first-words.ts';
import { problems } from '../openapi.ts';
import { Problem } from '../problem.ts';
import { documentedOnly } from '../validation.ts';

/** 64 MiB of audio in base64, and its envelope. */
const BODY_LIMIT = 90 * 1_024 * 1_024;

/** ElevenLabs' post-call webhook: transcripts, audio, and calls that never came about. */
export function postCallRoute(app: App, context: Context): void {
  const { settings, metrics } = context;

  const check = (request: FastifyRequest, body: Buffer | undefined): void => {
    const verdict = verifyElevenLabsSignature({
      secret: settings.webhookSecret ?? '',
      header: request.headers['elevenlabs-signature'] as string | undefined,
      rawBody: body ?? '',
      now: context.now(),
    });
    const reason = verdict.ok ? undefined : verdict.reason;
    // Before the body has arrived, the answer reveals only what the header alone shows.
    const refused = body ? reason : reason === 'mismatch' ? undefined : reason;
    if (settings.webhookSecret && !refused) {
      if (body) request.proved = true;
      return;
    }
    metrics.webhooks.inc({ kind: 'post_call', answer: 'forged' });
    context.strangers.warn(
      { reqId: request.id, why: refused ?? 'no secret is configured' },
      'a request that claims to be from ElevenLabs was refused',
    );
    throw new Problem(401, `ElevenLabs-Signature: ${refused ?? 'no secret is configured to check it with'}.`);
  };

  app.register(async (scope: App) => {
    acceptLargeRaw(scope, 'application/json');
    scope.route({
      method: 'POST',
      url: '/api/elevenlabs/post-call',
      bodyLimit: BODY_LIMIT,
      validatorCompiler: documentedOnly,
      schema: {
        tags: ['providers'],
        security: [{ elevenLabsSignature: [] }],
        operationId: 'postCall',
        summary: 'Post-call webhook, all event types',
        body: postCallSchema,
        response: { 200: receivedSchema, ...problems(401, 503) },
      },
      onRequest: async (request) => check(request, undefined),
      async handler(request) {
        const body = rawBody(request.body);
        check(request, body);
        const event = eventOf(body, new Date(context.now()));
        const taken: { answer: string; call_id?: string | undefined; is_new?: boolean | undefined } = event
          ? await takePostCall(event, body, context)
          : { answer: 'unreadable' };
        metrics.webhooks.inc({ kind: 'post_call', answer: taken.answer });
        const { answer, call_id, is_new } = taken;
        if (event && call_id && is_new)
          measureFirstWords(event, call_id, context).catch((error) =>
            request.log.warn({ err: error, call_id }, 'could not measure the first words of a call'),
          );
        request.log.info({ type: event?.type, answer, call_id }, 'post-call webhook');
        return { received: true as const };
      },
    });
  });
}

/** A genuine webhook is answered with 200 whatever it contains: ten failures would disable the webhook at ElevenLabs. */
function eventOf(body: Buffer, now: Date): PostCall | undefined {
  try {
    return postCallToEvidence(JSON.parse(body.toString()), now);
  } catch {
    return undefined;
  }
}
