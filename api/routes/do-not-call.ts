import { z } from 'zod';
import { doNotCallSchema } from '../../domain/schemas/do-not-call.ts';
import { requireOperator } from '../authentication.ts';
import type { App, Context } from '../context.ts';
import { keyLabel, noteAct } from '../note-act.ts';
import { problems } from '../openapi.ts';
import { Problem } from '../problem.ts';

/** The numbers that asked not to be called. Only an operator can remove one. */
export function doNotCallRoutes(app: App, context: Context): void {
  const { records, settings } = context;
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
      const [entry] = lifted.filter((one) => one !== undefined);
      if (!entry) throw new Problem(404, 'This number is not on the list.');
      request.log.warn(
        { operator: keyLabel(request.principal) },
        'an operator removed a number from the do-not-call list',
      );
      await noteAct(context, request, { act: 'allow', booking_id: entry.booking_id, subject: entry.phone_masked });
      return reply.code(204).send(undefined);
    },
  });
}
