import { isPhoneChannel, PHONE, PHONE_CHANNELS, type PhoneChannel } from '../domain/channels.ts';
import type { StoredBooking } from '../records/ports/bookings.ts';
import type { CallRecords } from '../records/ports/calls.ts';

/** The channel over which a call of ours was dialed at Twilio: as the view has it, else as the dial's own record says. */
export async function channelOf(
  { stored, callId }: { stored: Pick<StoredBooking, 'order' | 'view'>; callId: string },
  { records }: { records: Pick<CallRecords, 'dialsOf'> },
): Promise<PhoneChannel> {
  const shown = stored.view.attempts.find(({ call_id }) => call_id === callId)?.channel;
  if (shown && isPhoneChannel(shown)) return shown;
  const dials = await records.dialsOf(stored.order.id);
  return dials.find(({ call_id }) => call_id === callId)?.channel ?? EARLIEST_AT_TWILIO;
}

/** Nothing else was dialed at Twilio by the builds that kept no record of it. */
const EARLIEST_AT_TWILIO = PHONE_CHANNELS.find(
  (channel) => PHONE[channel].dialedAt === 'twilio' && !PHONE[channel].fallsBack,
)!;
