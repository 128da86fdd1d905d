import { randomUUID } from 'node:crypto';
import Fastify, { LogController } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { boundedLog } from '../bridge/bounded-log.ts';
import { isProved, whatWasAsked } from './asked.ts';
import { authenticator, consoleAuthenticator } from './authentication.ts';
import { acceptJson, refuseEncodings } from './body-parsers.ts';
import { answerClientError } from './client-error.ts';
import { consoleRoutes } from './console/routes.ts';
import type { App, Context } from './context.ts';
import type { ApiDeps, Patience } from './deps.ts';
import { handleErrors, problemOf, sendProblem } from './error-handler.ts';
import { eventStreams } from './event-streams.ts';
import { refuseUnknown } from './known-paths.ts';
import { apiMetrics } from './metrics.ts';
import { documentApi } from './openapi.ts';
import { rateLimit } from './rate-limit.ts';
import { batchRoutes } from './routes/batches.ts';
import { bookingCheckRoute } from './routes/booking-check.ts';
import { bookingFileRoutes } from './routes/booking-files.ts';
import { bookingRoutes } from './routes/bookings.ts';
import { calendarFeedRoute, calendarRoutes } from './routes/calendar.ts';
import { codecRoutes } from './routes/codec.ts';
import { doNotCallRoutes } from './routes/do-not-call.ts';
import { elevenLabsInboundRoute } from './routes/elevenlabs-inbound.ts';
import { erasureRoutes } from './routes/erasure.ts';
import { inboundRoutes } from './routes/inbound.ts';
import { keyRoute } from './routes/key.ts';
import { mcpRoutes } from './routes/mcp.ts';
import { mediaStreamRoute } from './routes/media-stream.ts';
import { messageRoutes } from './routes/messages.ts';
import { operatingRoutes } from './routes/operating.ts';
import { postCallRoute } from './routes/post-call.ts';
import { processRoutes } from './routes/process.ts';
import { referenceRoutes } from './routes/reference.ts';
import { reportResultRoute } from './routes/report-result.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { ringBackRoute } from './routes/ring-back.ts';
import { shortlistRoutes } from './routes/shortlists.ts';
import { twilioRoutes } from './routes/twilio.ts';
import { refuseUnknownParameters, validatorCompiler } from './validation.ts';
import { type KeyGuard, wrongKeys } from './wrong-keys.ts';

const BODY_LIMIT = 256 * 1_024;
const RATE = { perSecond: 200, burst: 1_000 };

/**
 * A request must arrive within these times, so that a client that sends a byte a minute does not hold a connection for long. Node.js by
 * itself would check only every half minute; here it checks every `checkMs`.
 */
const PATIENCE: Patience = { headersMs: 10_000, requestMs: 120_000, idleMs: 60_000, checkMs: 1_000 };

const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
};

function observe(app: App, { metrics, strangers }: Context): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const { statusCode: status, elapsedTime } = reply;
    metrics.requests.observe({ method: request.method, route, status }, elapsedTime / 1_000);
    const line = { ...whatWasAsked(request), status, ms: Math.round(elapsedTime) };
    if (isProved(request)) request.log.debug(line, 'request');
    else strangers.debug({ reqId: request.id, ...line }, 'request');
  });
  app.addHook('onClose', async () => strangers.flush());
}

/** Everything under `/v1` needs a key, before anything else of the request is read. */
function clientRoutes(app: App, context: Context, guarded: KeyGuard): void {
  const authenticate = authenticator(context.settings);
  const atConsole = consoleAuthenticator(context.settings, context.records, context.now);
  const limit = rateLimit(context.settings.rate ?? RATE, context.now);
  app.register(async (scope: App) => {
    scope.decorateRequest('principal');
    scope.addHook('onRequest', async (request) => {
      const { ip, headers } = request;
      request.principal = (await atConsole(request)) ?? guarded(ip, headers.authorization, () => authenticate(request));
      limit(request.principal.owner);
    });
    scope.addHook('preValidation', refuseUnknownParameters);
    bookingRoutes(scope, context);
    bookingCheckRoute(scope, context);
    bookingFileRoutes(scope, context);
    calendarRoutes(scope, context);
    ringBackRoute(scope, context);
    messageRoutes(scope, context);
    reviewRoutes(scope, context);
    erasureRoutes(scope, context);
    doNotCallRoutes(scope, context);
    operatingRoutes(scope, context);
    batchRoutes(scope, context);
    shortlistRoutes(scope, context);
    keyRoute(scope);
  });
}

/** Builds the API: listen with `startServer`, or inject requests. */
export async function buildApp(deps: ApiDeps): Promise<App> {
  const closing = new AbortController();
  const patience = deps.patience ?? PATIENCE;
  const app: App = Fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    // Only the count of wrong keys uses the client's address.
    trustProxy: deps.settings.trustedProxies ?? false,
    bodyLimit: BODY_LIMIT,
    // A row's key has at most 255 characters, of up to four bytes, each written as %XX.
    routerOptions: { maxParamLength: 3_100 },
    requestTimeout: patience.requestMs,
    connectionTimeout: patience.idleMs,
    keepAliveTimeout: patience.idleMs,
    forceCloseConnections: 'idle',
    http: {
      headersTimeout: patience.headersMs,
      connectionsCheckingInterval: patience.checkMs,
      // Clients that offer HTTP/2 by `Upgrade: h2c` get their answer over HTTP/1.1.
      shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === 'websocket',
    },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      // No hook runs for these.
      reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
      sendProblem(request, reply, problemOf(error, request));
    },
  }).withTypeProvider();
  const metrics = apiMetrics(deps.metrics, deps.records, deps.settings);
  const context: Context = {
    ...deps,
    metrics,
    streams: eventStreams({ settings: deps.settings, metrics, closing: closing.signal }),
    strangers: boundedLog(deps.log),
    now: deps.now ?? Date.now,
    closing: closing.signal,
  };

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.addHook('preClose', async () => closing.abort());
  refuseEncodings(app);
  acceptJson(app);
  handleErrors(app, context);
  observe(app, context);
  refuseUnknown(app);
  await documentApi(app, deps.settings.publicUrl);
  await app.register(async (scope: App) => {
    processRoutes(scope, context, deps.metrics);
    referenceRoutes(scope, context);
    const guarded = wrongKeys(context.now, context.settings.wrongKeys);
    clientRoutes(scope, context, guarded);
    mcpRoutes(scope, context, guarded, context.settings.rate ?? RATE);
    calendarFeedRoute(scope, context, guarded);
    consoleRoutes(scope, context, guarded);
    await scope.register(async (apart: App) => reportResultRoute(apart, context));
    postCallRoute(scope, context);
    twilioRoutes(scope, context);
    inboundRoutes(scope, context);
    elevenLabsInboundRoute(scope, context);
    mediaStreamRoute(scope);
    await scope.register(async (apart: App) => codecRoutes(apart, context));
  });
  return app;
}
