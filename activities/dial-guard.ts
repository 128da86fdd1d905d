import { activityInfo } from '@temporalio/activity';
import { isOpen } from '../domain/calling-window.ts';
import type { DialResult } from '../domain/evidence.ts';
import { messageOf, safeMessage } from '../providers/mask.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { heartbeating } from './heartbeating.ts';
import { holdLine } from './hold-line.ts';
import type { DialInput } from './interface.ts';
import { saveSnapshot } from './records.ts';

/**
 * The last look before a phone rings: the workflow decided some time ago, and a dial may have waited for its turn.
 * Returns why not to dial, or undefined. Fails closed: without the do-not-call list and the line nothing is dialed.
 */
async function reasonNotToDial(deps: ActivityDependencies, input: DialInput): Promise<DialResult | undefined> {
  const { order, calling_window, not_after, line } = input;
  // One attempt is the policy; should a dial be repeated all the same, whether it rang is for reconciliation to find out.
  if (activityInfo().attempt > 1) {
    return { proves: 'unknown', problem: { code: 'dial_repeated', message: 'A dial is never sent twice.' } };
  }
  const now = clockOf(deps).now();
  if (!isOpen(calling_window, order.zones, now)) return { proves: 'skipped', reason: 'outside_window' };
  if (now > Date.parse(not_after)) return { proves: 'skipped', reason: 'too_late' };
  try {
    if (await deps.records.isForbidden(deps.phoneHash(order.business.phone))) {
      return { proves: 'skipped', reason: 'do_not_call' };
    }
    if (!(await holdLine(deps, order.id, line))) return { proves: 'skipped', reason: 'line_lost' };
    await saveSnapshot(deps, input.snapshot);
  } catch (error) {
    const message = safeMessage(`The database could not be used: ${messageOf(error)}`);
    return { proves: 'not_sent', problem: { code: 'records_unreachable', message } };
  }
  return undefined;
}

/**
 * One dial: guarded, heartbeating, never thrown away. A cancelled activity still waits for the provider's answer, because
 * a dial that is on its way cannot be called back; the ids go to the records at once, so that callbacks find the attempt.
 */
export async function guardedDial(
  deps: ActivityDependencies,
  input: DialInput,
  dial: () => Promise<DialResult>,
): Promise<DialResult> {
  return heartbeating(async () => {
    const reason = await reasonNotToDial(deps, input);
    if (reason) return reason;
    const result = await dial();
    if ((result.proves === 'accepted' || result.proves === 'unknown') && (result.call_sid || result.conversation_id)) {
      const ids = { call_sid: result.call_sid, conversation_id: result.conversation_id };
      await deps.records.linkAttempt(input.call_id, ids).catch((error: unknown) => {
        deps.log.warn({ call_id: input.call_id, err: error }, 'ids of a dial not recorded yet');
      });
    }
    return result;
  });
}

export const notConfigured = (what: string): DialResult => ({
  proves: 'channel_refused',
  problem: { code: 'not_configured', message: `${what} is not configured.` },
});
