import { z } from 'zod';
import type { Erasure } from '../../domain/erasure.ts';
import { iso } from '../../domain/iso.ts';
import { visible, visibleErasure } from '../authentication.ts';
import type { App, Context } from '../context.ts';
import { erase, erasureAnswers } from '../erase.ts';
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
      params: z.object({ id: z.string().max(100).describe('Id of the booking or batch') }),
      response: erasureAnswers,
    },
    handler: (request, reply) =>
      erase({ records, now }, request, reply, {
        thing: 'booking',
        async known(id, principal) {
          const erasure = await visibleErasure(records, id, principal);
          return erasure && shown(erasure);
        },
        async begin(id, principal) {
          await withRecordedOutcome(visible(await records.booking(id), principal), { records, gateway });
          const begun = await records.beginErasure(id, { at: iso(now()) });
          if (begun === 'unknown') throw notFound();
          if (begun === 'not_final') {
            throw new Problem(409, 'This booking is not final. Cancel it first, and erase it once it has its outcome.');
          }
        },
        start: (id) => gateway.erase(id),
      }),
  });
}
