import { isInboundCall } from '../domain/ids.ts';
import { messageOf, safeMessage } from '../providers/mask.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { WatchInput } from './interface.ts';

/** CallSids that have their cap. A process that forgets one sets it again, to the same value. */
const limited = new Set<string>();
const MAX_LIMITED = 10_000;

/**
 * Gives a call of the business the cap that a dial of ours has from its request: Twilio ends it then, also if every process of ours is gone.
 * A call that Twilio does not know, or not in our account, has only our own cap. Never throws: the next look tries again.
 */
export async function limitInbound({ twilio, log }: ActivityDependencies, input: WatchInput): Promise<void> {
  const { call_id, call_sid, max_call_seconds, known } = input;
  if (!twilio || !call_sid || max_call_seconds === undefined) return;
  if (known.leg_ended || !isInboundCall(call_id) || limited.has(call_sid)) return;
  try {
    await twilio.limit(call_sid, max_call_seconds);
    limited.add(call_sid);
    if (limited.size > MAX_LIMITED) limited.delete(limited.values().next().value!);
  } catch (error) {
    log.warn({ call_id, err: safeMessage(messageOf(error)) }, 'could not limit the length of a call of the business');
  }
}
