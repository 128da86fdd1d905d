import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { isOpen } from '../domain/calling-window.ts';
import type { DialResult } from '../domain/evidence.ts';
import { messageOf, safeMessage } from '../providers/mask.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { heartbeating } from './heartbeating.ts';
import { holdLine } from './hold-line.ts';
import type { DialInput } from './interface.ts';
import { saveSnapshot } from './records.ts';

/** Nobody was asked to ring anything: the same channel may be tried again soon. */
const DATABASE_RETRY_MS = 10_000;
/** Far below the time after which a dial without an answer counts as lost. */
const MOST_LOOKING_MS = 20_000;

/**
 * The last look before a phone rings: the workflow decided some time ago, and a dial may have waited for its turn.
 * Returns why not to dial, or undefined. Fails closed: without the do-not-call list and the line nothing is dialed.
 */
async function reasonNotToDial(deps: ActivityDependencies, input: DialInput): Promise<DialResult | undefined> {
  const { order, line } = input;
  // One attempt is the policy; should a dial be repeated all the same, whether it rang is for reconciliation to find out.
  if (activityInfo().attempt > 1) {
    return { proves: 'unknown', problem: { code: 'dial_repeated', message: 'A dial is never sent twice.' } };
  }
  const skipped = reasonByTheClock(deps, input);
  if (skipped) return skipped;
  try {
    if (await deps.records.isForbidden(deps.phoneHash(order.business.phone))) {
      return { proves: 'skipped', reason: 'do_not_call' };
    }
    if (!(await holdLine(deps, order.id, line))) return { proves: 'skipped', reason: 'line_lost' };
    await saveSnapshot(deps, input.snapshot);
  } catch (error) {
    const message = safeMessage(`The database could not be used: ${messageOf(error)}`);
    return { proves: 'deferred', retry_after_ms: DATABASE_RETRY_MS, problem: { code: 'records_unreachable', message } };
  }
  return undefined;
}

function reasonByTheClock(deps: ActivityDependencies, input: DialInput): DialResult | undefined {
  const now = clockOf(deps).now();
  if (!isOpen(input.calling_window, input.order.zones, now)) return { proves: 'skipped', reason: 'outside_window' };
  if (now > Date.parse(input.not_after)) return { proves: 'skipped', reason: 'too_late' };
  return undefined;
}

/**
 * What only the last instant can tell. Looking took time, in which the engine may have given this dial up (a database that
 * hung, a machine that slept): whoever it was given to instead must be alone.
 */
function reasonAtTheLastInstant(deps: ActivityDependencies, input: DialInput, began: number): DialResult | undefined {
  if (cancellationSignal().aborted) return { proves: 'skipped', reason: 'canceled' };
  if (clockOf(deps).now() - began > MOST_LOOKING_MS) {
    const message = 'It took too long to make sure that this dial may leave.';
    return { proves: 'deferred', retry_after_ms: DATABASE_RETRY_MS, problem: { code: 'looked_too_long', message } };
  }
  return reasonByTheClock(deps, input);
}

/**
 * One dial: guarded, heartbeating, never thrown away. `isReady` is asked after the guard: what else the dial needs. A cancelled activity still waits for the provider's answer, because
 * a dial that is on its way cannot be called back; the ids go to the records at once, so that callbacks find the attempt.
 */
export async function guardedDial(
  deps: ActivityDependencies,
  input: DialInput,
  dial: () => Promise<DialResult>,
  isReady: () => Promise<DialResult | undefined> = async () => undefined,
): Promise<DialResult> {
  return heartbeating(async () => {
    const began = clockOf(deps).now();
    const reason =
      (await reasonNotToDial(deps, input)) ?? (await isReady()) ?? reasonAtTheLastInstant(deps, input, began);
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
