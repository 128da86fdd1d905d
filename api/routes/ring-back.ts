import { z } from 'zod';
import { findBooking } from '../authentication.ts';
import type { App, Context } from '../context.ts';
import { problems } from '../openapi.ts';

/** In the sandbox a person may have the business of a booking call our number. */
export function ringBackRoute(app: App, { records, ringBack }: Context): void {
  if (!ringBack) return;
  app.route({
    method: 'POST',
    url: '/v1/bookings/:id/ring-back',
    schema: {
      hide: true,
      tags: ['bookings'],
      security: [{ apiKey: [] }],
      params: z.object({ id: z.string().max(100).describe('Id of the booking') }),
      response: { 202: z.object({ calling: z.literal(true) }), ...problems(410) },
    },
    async handler(request, reply) {
      const { order, view } = await findBooking(records, request.params.id, request.principal);
      const ours = view.attempts.findLast(({ direction }) => direction === 'outbound');
      // The side that carried our call answers our number, too.
      await ringBack(order.business.phone, ours?.media ?? null);
      return reply.code(202).send({ calling: true as const });
    },
  });
}
