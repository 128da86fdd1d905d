import { z } from 'zod';
import type { Erasure } from '../../domain/erasure.ts';
import { iso } from '../../domain/iso.ts';
import { erasureSchema } from '../../domain/schemas/erasure.ts';
import { visible, visibleErasure } from '../authentication.ts';
import type { App, Context } from '../context.ts';
import { problems } from '../openapi.ts';
import { notFound, Problem } from '../problem.ts';
import { withRecordedOutcome } from '../recorded-outcome.ts';

const shown = ({ booking_id, requested_at, erased_at, left_at_providers }: Erasure) => ({
  id: booking_id,
  requested_at,
  erased_at,
  left_at_providers,
});

/** Erases the personal data of a booking: here, in Temporal, and at the providers. */
export function erasureRoutes(app: App, { records, gateway, now }: Context): void {
  app.route({
    method: 'DELETE',
    url: '/v1/bookings/:id',
    schema: {
      tags: ['bookings'],
      security: [{ apiKey: [] }],
      operationId: 'eraseBooking',
      summary: 'Erase a booking, also at the providers',
      description:
        'For a final booking. From now on nobody can read it (`410`). The fact that it existed and the do-not-call list remain. A provider that is out of reach is asked again until it has deleted its part. Repeat the request to see the progress.',
      params: z.object({ id: z.string().max(100) }),
      response: {
        200: erasureSchema.describe('All of it is gone'),
        202: erasureSchema.describe('It is being erased'),
        ...problems(401, 404, 409, 429, 503),
      },
    },
    async handler(request, reply) {
      const { id } = request.params;
      const { principal } = request;
      const known = await visibleErasure(records, id, principal);
      if (known?.erased_at) return reply.code(200).send(shown(known));
      if (!known) {
        await withRecordedOutcome(visible(await records.booking(id), principal), { records, gateway });
        const begun = await records.beginErasure(id, { at: iso(now()) });
        if (begun === 'unknown') throw notFound();
        if (begun === 'not_final') {
          throw new Problem(409, 'This booking is not final. Cancel it first, and erase it once it has its outcome.');
        }
        request.log.info({ booking_id: id, key: principal.owner.slice(0, 8) }, 'began to erase a booking');
      }
      // The erasure is stored already: a repeat, or the next hourly look, makes up for a lost start.
      await gateway.erase(id);
      const erasure = await records.erasure(id);
      if (!erasure) throw notFound();
      return reply.code(erasure.erased_at ? 200 : 202).send(shown(erasure));
    },
  });
}
