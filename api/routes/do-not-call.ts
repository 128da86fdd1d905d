import { z } from 'zod';
import { doNotCallSchema } from '../../domain/schemas/do-not-call.ts';
import { requireOperator } from '../authentication.ts';
import type { App, Context } from '../context.ts';
import { problems } from '../openapi.ts';
import { Problem } from '../problem.ts';

/** The numbers that asked not to be called. Only an operator can remove one. */
export function doNotCallRoutes(app: App, { records, settings }: Context): void {
  const common = { tags: ['operators'], security: [{ apiKey: [] }] };

  app.route({
    method: 'GET',
    url: '/v1/do-not-call',
    schema: {
      ...common,
      operationId: 'listDoNotCall',
      summary: 'Numbers that no booking dials',
      response: { 200: doNotCallSchema, ...problems(401, 403, 429) },
    },
    async handler(request) {
      requireOperator(request.principal);
      return { data: await records.forbidden() };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/do-not-call/:number',
    schema: {
      ...common,
      operationId: 'allowNumber',
      summary: 'Allow a number again',
      params: z.object({ number: z.string().max(200).describe('Its phone_hash, or the number in E.164') }),
      response: { 204: z.undefined().describe('It may be dialed again'), ...problems(401, 403, 404, 429) },
    },
    async handler(request, reply) {
      requireOperator(request.principal);
      const { number } = request.params;
      const hashes = /^\+\d+$/.test(number) ? settings.phoneHashes(number) : [number];
      const lifted = await Promise.all(hashes.map((hash) => records.allowNumber(hash)));
      if (!lifted.includes(true)) throw new Problem(404, 'This number is not on the list.');
      request.log.warn(
        { operator: request.principal.owner.slice(0, 8) },
        'an operator removed a number from the do-not-call list',
      );
      return reply.code(204).send(undefined);
    },
  });
}
