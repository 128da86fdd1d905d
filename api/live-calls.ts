import { PHONE_CHANNELS, type PhoneChannel } from '../domain/channels.ts';
import { isTerminal } from '../domain/leg.ts';
import type { AttemptView } from '../domain/view.ts';
import type { TwilioVoice } from '../providers/interface.ts';
import type { Records } from '../records/interface.ts';
import type { AlarmLog } from './belied-alarm.ts';
import { deliver } from './deliver.ts';
import type { BookingGateway } from './deps.ts';

const PAGE = 100;
const MAY_BE_LIVE: readonly AttemptView['status'][] = ['dialing', 'unknown', 'ringing', 'in_progress'];

type Leg = AttemptView & { call_sid: string };

const isLive = (attempt: AttemptView): attempt is Leg =>
  PHONE_CHANNELS.includes(attempt.channel as PhoneChannel) &&
  attempt.call_sid !== null &&
  MAY_BE_LIVE.includes(attempt.status);

interface Hanging {
  records: Records;
  gateway: BookingGateway;
  twilio: TwilioVoice;
  log: AlarmLog;
}

/** Hangs up one leg and tells its booking at once: whoever goes on with it later may not be able to ask any more. */
async function hangUpLeg({ records, gateway, twilio, log }: Hanging, leg: Leg): Promise<void> {
  await twilio.hangUp(leg.call_sid, 'complete');
  const call = await twilio.call(leg.call_sid);
  if (!call || !isTerminal(call.status)) return;
  await deliver({ records, gateway, log }, 'callStatus', {
    kind: 'call_status',
    source: 'poll',
    id: `poll:${leg.call_sid}:${call.status}`,
    call_id: leg.call_id,
    call_sid: leg.call_sid,
    at: call.ended_at ?? new Date().toISOString(),
    status: call.status,
    answered_by: call.answered_by,
    duration_seconds: call.duration_seconds,
  });
}

/**
 * Hangs up every leg that may be live, whichever booking it belongs to, and returns how many there were. The bookings
 * themselves stay as they are: their workflows see the legs end and go on, now or after the next start.
 */
export async function hangUpLiveCalls(deps: {
  records: Records;
  gateway: BookingGateway;
  twilio: TwilioVoice | undefined;
  log: AlarmLog;
}): Promise<number> {
  const { records, gateway, twilio, log } = deps;
  if (!twilio) return 0;
  const running = await records.listBookings({ status: 'in_progress', limit: PAGE });
  const views = await Promise.all(running.map(async (row) => (await gateway.state(row.id)) ?? row));
  const legs = views.flatMap((view) => view.attempts).filter(isLive);
  // One that fails is left to its booking's own clock; the others must not wait for it.
  await Promise.allSettled(legs.map((leg) => hangUpLeg({ records, gateway, twilio, log }, leg)));
  return legs.length;
}
