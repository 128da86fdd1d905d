import { z } from 'zod';
import { BATCH_STATUSES, ROW_STATUSES } from '../batch/statuses.ts';
import { CHANNELS, PHONE_CHANNELS } from '../channels.ts';
import { BOOKING_STATUSES, REPORT_RESULTS, RESULTS } from '../result.ts';
import { ATTEMPT_STATUSES, WAITS } from '../view.ts';
import { WEEKDAYS } from '../weekday.ts';

/** Lists of words that several schemas share. Each is a named component, so that a generated client has one type for it. */

export const bookingStatus = z.enum(BOOKING_STATUSES).meta({
  id: 'BookingStatus',
  description:
    'queued: nobody was dialed yet; in_progress: it is being carried out; all others are final: completed, failed, needs_review (a person has to look before anybody books again), canceled',
});

export const result = z.enum(RESULTS).meta({
  id: 'Result',
  description:
    'confirmed: there is an appointment; declined, no_availability, callback_requested: the answer of the business; voicemail, unreachable: nobody was reached; wrong_number, invalid_number: not this business; do_not_call: the number asked not to be called; expired: nobody was rung by not_after; error: no channel works, and no phone rang; needs_review: the evidence does not settle it; canceled: by the client',
});

export const reportResult = z.enum(REPORT_RESULTS).meta({
  id: 'ReportedResult',
  description: 'A result that an agent, or a person in a review, can give',
});

export const channel = z.enum(CHANNELS).meta({
  id: 'Channel',
  description:
    'One way to carry out a booking: a call that ElevenLabs places, a call of ours with its audio there or over our bridge, or a simulation, in which nobody is called',
});

export const phoneChannel = z.enum(PHONE_CHANNELS).meta({
  id: 'PhoneChannel',
  description: 'A channel that places calls',
});

export const attemptStatus = z.enum(ATTEMPT_STATUSES).meta({
  id: 'AttemptStatus',
  description:
    'unknown: the answer to the dial was lost, and the providers are asked whether a phone rang; completed: somebody or a machine answered, and the call is over; all others as they say',
});

export const waitingFor = z.enum(WAITS).meta({
  id: 'WaitingFor',
  description:
    'Why the next dial waits. not_before: the order’s; hours: those of the business and the calling window; number: another booking calls it; place: a turn among the calls or dials of a provider; frequency: the number was called as often as it may be; callback: the time at which the business asked to be called; dialing: an operator, as dialing is held after a restore',
});

export const batchStatus = z.enum(BATCH_STATUSES).meta({
  id: 'BatchStatus',
  description:
    'held: until it is started; scheduled: until not_before; running; paused: nothing new is dialed; canceling: live calls go on; completed and canceled: every row is final',
});

export const rowStatus = z.enum(ROW_STATUSES).meta({
  id: 'BatchRowStatus',
  description:
    'invalid and duplicate: never called; waiting: its turn has not come; in_progress: its booking is under way; all others as its booking ended; expired: nobody was rung by not_after',
});

export const weekday = z.enum(WEEKDAYS).meta({ id: 'Weekday', description: 'A day of the week' });
