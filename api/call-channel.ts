import { isPhoneChannel, PHONE, PHONE_CHANNELS, type PhoneChannel } from '../domain/channels.ts';
import type { StoredBooking } from '../records/ports/bookings.ts';
import type { CallRecords } from '../records/ports/calls.ts';

/** The channel of a call that Twilio placed for us: from the view, else from the record of the dial. */
export async function channelOf(
  { stored, callId }: { stored: Pick<StoredBooking, 'order' | 'view'>; callId: string },
  { records }: { records: Pick<CallRecords, 'dialsOf'> },
): Promise<PhoneChannel> {
  const shown = stored.view.attempts.find(({ call_id }) => call_id === callId)?.channel;
  if (shown && isPhoneChannel(shown)) return shown;
  const dials = await records.dialsOf(stored.order.id);
  return dials.find(({ call_id }) => call_id === callId)?.channel ?? EARLIEST_AT_TWILIO;
}

/** Builds that stored no record of a dial used Twilio for this channel only. */
const EARLIEST_AT_TWILIO = PHONE_CHANNELS.find(
  (channel) => PHONE[channel].dialedAt === 'twilio' && !PHONE[channel].fallsBack,
)!;
