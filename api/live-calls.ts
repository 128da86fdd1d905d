import { PHONE_CHANNELS, type PhoneChannel } from '../domain/channels.ts';
import type { AttemptView } from '../domain/view.ts';
import type { TwilioVoice } from '../providers/interface.ts';
import type { Records } from '../records/interface.ts';
import type { BookingGateway } from './deps.ts';

const PAGE = 100;
const MAY_BE_LIVE: readonly AttemptView['status'][] = ['dialing', 'unknown', 'ringing', 'in_progress'];

const isLive = (attempt: AttemptView): boolean =>
  PHONE_CHANNELS.includes(attempt.channel as PhoneChannel) &&
  attempt.call_sid !== null &&
  MAY_BE_LIVE.includes(attempt.status);

/**
 * Hangs up every leg that may be live, whichever booking it belongs to, and returns how many there were. The bookings
 * themselves stay as they are: their workflows see the legs end and go on, now or after the next start.
 */
export async function hangUpLiveCalls(deps: {
  records: Records;
  gateway: BookingGateway;
  twilio: TwilioVoice | undefined;
}): Promise<number> {
  const { records, gateway, twilio } = deps;
  if (!twilio) return 0;
  const running = await records.listBookings({ status: 'in_progress', limit: PAGE });
  const views = await Promise.all(running.map(async (row) => (await gateway.state(row.id)) ?? row));
  const legs = views.flatMap((view) => view.attempts).filter(isLive);
  await Promise.all(legs.map((leg) => twilio.hangUp(leg.call_sid!, 'complete')));
  return legs.length;
}
