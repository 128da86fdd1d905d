import { z } from 'zod';
import { iso } from '../../domain/iso.ts';
import { maskPhone } from '../../domain/mask-numbers.ts';
import { doNotCallSchema, prohibitionRequestSchema, prohibitionSchema } from '../../domain/schemas/do-not-call.ts';
import { requireOperator } from '../authentication.ts';
import type { App, Context } from '../context.ts';
import { keyLabel, noteAct } from '../note-act.ts';
import { invalid, Problem } from '../problem.ts';

/** The numbers that asked not to be called. Only an operator can remove one. */
export function doNotCallRoutes(app: App, context: Context): void {
  const { records, settings, now } = context;
  const common = { tags: ['operators'], security: [{ apiKey: [] }] };

  app.route({
    method: 'POST',
    url: '/v1/do-not-call',
    schema: {
      ...common,
      operationId: 'forbidNumber',
      summary: 'Put a number on the do-not-call list',
      description:
        'Every key may do this. Bookings that wait for a call to the number end as `do_not_call` at their turn.',
      body: prohibitionRequestSchema,
      response: {
        200: prohibitionSchema.describe('It was on the list already; of two ends the later one counts'),
        201: prohibitionSchema,
      },
    },
    async handler(request, reply) {
      const { phone, reason, expires_at } = request.body;
      const at = iso(now());
      const until = expires_at === undefined ? undefined : iso(Date.parse(expires_at));
      if (until !== undefined && until <= at) {
        throw invalid([{ field: 'expires_at', message: 'is in the past: give a later time, or leave it out' }]);
      }
      const hashes = settings.phoneHashes(phone);
      const before = await records.prohibitionOf(hashes, at);
      const [phone_hash = settings.phoneHash(phone)] = hashes;
      const entry = { phone_hash, phone_masked: maskPhone(phone), booking_id: '', at, reason, expires_at: until };
      await records.forbidNumber(entry);
      await noteAct(context, request, { act: 'forbid', subject: entry.phone_masked });
      const after = (await records.prohibitionOf(hashes, at)) ?? entry;
      request.log.info(
        { key: request.principal.owner.slice(0, 8), known: before !== undefined },
        'a number was put on the do-not-call list',
      );
      return reply.code(before ? 200 : 201).send({ phone, at: before?.at ?? at, expires_at: after.expires_at ?? null });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/do-not-call',
    schema: {
      ...common,
      operationId: 'listDoNotCall',
      summary: 'Numbers that no booking dials',
      response: { 200: doNotCallSchema },
    },
    async handler(request) {
      requireOperator(request.principal);
      return { data: await records.forbidden(iso(now())) };
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
      response: { 204: z.undefined().describe('It may be dialed again') },
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
