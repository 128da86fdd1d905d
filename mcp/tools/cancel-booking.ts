import { z } from 'zod';
import { checked } from '../arguments.ts';
import { ask } from '../ask.ts';
import { invalidArguments } from '../failure.ts';
import { argumentsSchema } from '../json-schema.ts';
import { ENDS, type Tool } from '../tool.ts';
import { errandAnswer } from './answers.ts';
import { bookingPath, id, shortlistPath } from './ids.ts';
import { shownBooking, shownShortlist } from './shown.ts';

const own = z.strictObject({ booking_id: id('booking').optional(), shortlist_id: id('shortlist').optional() });

export const cancelBooking: Tool = {
  name: 'cancel_booking',
  title: 'Cancel a booking',
  description:
    'Stops a booking, or a shortlist, that has no outcome yet; a live call is hung up. It does not cancel an appointment that the business already gave: that needs a call. A result that was accepted before wins; look with get_booking.',
  hints: ENDS,
  input: () => argumentsSchema(own),
  output: errandAnswer,
  async run(args, call) {
    const { booking_id, shortlist_id } = checked(own, args);
    if ((booking_id === undefined) === (shortlist_id === undefined)) {
      const message = 'is needed, or shortlist_id: give exactly one of them';
      throw invalidArguments([{ field: 'booking_id', message }]);
    }
    const before = 'The cancellation is accepted.';
    if (shortlist_id !== undefined) {
      const path = `${shortlistPath(shortlist_id)}/cancel`;
      return shownShortlist(await ask(call, { method: 'POST', path }), { before });
    }
    const path = `${bookingPath(booking_id!)}/cancel`;
    return shownBooking(await ask(call, { method: 'POST', path }), call.marks, { before });
  },
};
