import type { FastifyReply, FastifyRequest } from 'fastify';
import { MAX_BYTES } from '../../domain/batch/problems.ts';
import type { McpClient } from '../../mcp/server.ts';
import { authenticator } from '../authentication.ts';
import { acceptJson } from '../body-parsers.ts';
import { refuseForeignPages } from '../console/same-origin.ts';
import type { App, Context } from '../context.ts';
import { injectedApi } from '../injected-api.ts';
import { Problem } from '../problem.ts';
import { type Rate, rateLimit } from '../rate-limit.ts';
import type { KeyGuard } from '../wrong-keys.ts';

/** A list of the largest size, and the message around it. */
const MESSAGE_BYTES = MAX_BYTES + 64 * 1_024;

/** The request as the protocol's implementation reads it. Its body is parsed already. */
function webRequest({ method, headers }: FastifyRequest, reply: FastifyReply): Request {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return new Request('http://localhost/mcp', { method, headers: given, signal: gone.signal });
}

/** The Model Context Protocol for assistants. Its tools ask this API itself, each with the key of its client. */
export function mcpRoutes(app: App, context: Context, guarded: KeyGuard, rate: Rate): void {
  const authenticate = authenticator(context.settings);
  const limit = rateLimit(rate, context.now);
  app.register(async (scope: App) => {
    acceptJson(scope);
    scope.decorateRequest('principal');
    scope.addHook('onRequest', async (request) => {
      const { ip, headers } = request;
      request.principal = guarded(ip, headers.authorization, () => authenticate(request));
      // For every method: the protocol asks for it.
      refuseForeignPages({ method: 'POST', headers }, context.settings.publicUrl, false);
      limit(request.principal.owner);
    });
    scope.route({
      method: ['POST', 'GET', 'DELETE'],
      url: '/mcp',
      exposeHeadRoute: false,
      bodyLimit: MESSAGE_BYTES,
      schema: { hide: true },
      config: { allows: ['POST'] },
      async handler(request, reply) {
        if (request.method !== 'POST') {
          throw new Problem(405, 'This endpoint answers POST only: it keeps no sessions.', {
            headers: { allow: 'POST' },
          });
        }
        if (Array.isArray(request.body))
          throw new Problem(400, 'Send one JSON-RPC message: lists of messages are not read.');
        const client: McpClient = {
          api: injectedApi(app, request),
          isOperator: async () => request.principal.operator,
          onFault: (error) => request.log.error({ err: error }, 'could not run a tool'),
        };
        // Loaded with the first assistant, because most installations have none.
        const { answerMcp } = await import('../../mcp/http.ts');
        return reply.send(await answerMcp(webRequest(request, reply), request.body, client));
      },
    });
  });
}
