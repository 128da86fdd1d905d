import type { FastifyRequest } from 'fastify';
import { bearerMatches } from '../providers/webhooks/index.ts';
import type { Context } from './context.ts';
import { Problem } from './problem.ts';

/**
 * A hook for routes that only ElevenLabs may call: lets a request with the tool secret through, before its body is read.
 * @param kind of the webhook, in the metrics
 */
export const withToolSecret =
  ({ settings, metrics }: Pick<Context, 'settings' | 'metrics'>, kind: string) =>
  async (request: FastifyRequest): Promise<void> => {
    if (settings.toolSecret && bearerMatches(request.headers.authorization, settings.toolSecret)) {
      request.proved = true;
      return;
    }
    metrics.webhooks.inc({ kind, answer: 'forged' });
    throw new Problem(401, 'Send Authorization: Bearer and the tool secret.', {
      headers: { 'www-authenticate': 'Bearer realm="vocero tools"' },
    });
  };
