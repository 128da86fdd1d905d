import { setTimeout as after } from 'node:timers/promises';
import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { isOpen } from '../domain/calling-window.ts';
import type { DialResult } from '../domain/evidence.ts';
import { iso } from '../domain/iso.ts';
import { messageOf, safeMessage } from '../providers/mask.ts';
import { type Passage, passCircuit, tellCircuit } from './circuit.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { DIALERS } from './dialers/index.ts';
import { heartbeating } from './heartbeating.ts';
import { holdLine } from './hold-line.ts';
import { giveSlotsBack, holdSlots } from './hold-slots.ts';
import type { DialInput } from './interface.ts';
import { type PlannedDial, planDial } from './planned-dial.ts';
import { saveSnapshot } from './records.ts';

/** Nobody was asked to ring anything: the same channel may be tried again soon. */
const DATABASE_RETRY_MS = 10_000;
/** How long a dial's answer may be held up to tell others of it. */
const MOST_TELLING_MS = 3_000;
/** As many calls as the account may have are going on; talks last minutes, and the wait doubles with each time. */
const SLOT_RETRY_MS = 5_000;
/** Far below the time after which a dial without an answer counts as lost. */
const MOST_LOOKING_MS = 20_000;
const SILENCE_RETRY_MS = 5_000;

/**
 * The first look before a phone rings: the workflow decided some time ago, and a dial may have waited for its turn.
 * Returns the dial that the booking's row stands for, or why not to dial. Fails closed: without the row, the do-not-call list and the
 * line nothing is dialed.
 */
async function firstLook(deps: ActivityDependencies, input: DialInput): Promise<PlannedDial | DialResult> {
  // One attempt is the policy; should a dial be repeated all the same, whether it rang is for reconciliation to find out.
  if (activityInfo().attempt > 1) {
    return { proves: 'unknown', problem: { code: 'dial_repeated', message: 'A dial is never sent twice.' } };
  }
  try {
    const dial = await planDial(deps, input);
    if ('proves' in dial) return dial;
    const skipped = reasonByTheClock(deps, dial, input);
    if (skipped) return skipped;
    if (await deps.records.isForbidden(dial.phoneHashes)) {
      return { proves: 'skipped', reason: 'do_not_call' };
    }
    if (!(await holdLine(deps, dial.order.id, dial.line)).taken) return { proves: 'skipped', reason: 'line_lost' };
    await saveSnapshot(deps, input.snapshot);
    return dial;
  } catch (error) {
    return noDatabase(error);
  }
}

function noDatabase(error: unknown): DialResult & { proves: 'deferred' } {
  const message = safeMessage(`The database could not be used: ${messageOf(error)}`);
  return { proves: 'deferred', retry_after_ms: DATABASE_RETRY_MS, problem: { code: 'records_unreachable', message } };
}

/**
 * What all bookings share of a provider: a place among its calls, then its circuit. Gives how the dial got through, or why not
 * to dial; then nothing is held any more.
 */
async function admission(deps: ActivityDependencies, dial: PlannedDial): Promise<Passage | DialResult> {
  const { call_id, channel, order, line } = dial;
  try {
    const full = await holdSlots(deps, channel, { call_id, booking_id: order.id, hold_seconds: line.hold_seconds });
    if (full) {
      const message = `${full} has as many calls at once as are allowed.`;
      return { proves: 'deferred', retry_after_ms: SLOT_RETRY_MS, problem: { code: `${full}_full`, message } };
    }
    const passage = await passCircuit(deps, dial);
    if ('proves' in passage) await giveSlotsBack(deps, channel, call_id);
    return passage;
  } catch (error) {
    await giveSlotsBack(deps, channel, call_id);
    return noDatabase(error);
  }
}

/**
 * After a dial: what it held without ringing anybody, and what it says of its provider. Never throws and never lasts: a call may be
 * ringing, and a database that hangs must not cost the booking the answer.
 */
async function settle(...told: Parameters<typeof tellOthers>): Promise<void> {
  const enough = new AbortController();
  const bound = after(MOST_TELLING_MS, undefined, { signal: enough.signal, ref: false }).catch(() => undefined);
  await Promise.race([tellOthers(...told), bound]);
  enough.abort();
}

async function tellOthers(
  deps: ActivityDependencies,
  dial: PlannedDial,
  passage: Passage,
  result: DialResult | undefined,
): Promise<void> {
  const { call_id, channel } = dial;
  if (result?.proves !== 'accepted' && result?.proves !== 'unknown') await giveSlotsBack(deps, channel, call_id);
  await tellCircuit(deps, passage, dial, result).catch((error: unknown) => {
    deps.log.warn({ call_id, err: error }, 'a circuit could not be told how a dial ended');
  });
}

/** The hours that hold now, which may be narrower or wider than those that the workflow knows of. */
function reasonByTheClock(
  deps: ActivityDependencies,
  { order }: PlannedDial,
  { not_after }: DialInput,
): DialResult | undefined {
  const now = clockOf(deps).now();
  const calling_window = deps.callingWindow;
  if (!isOpen(calling_window, order.zones, now)) return { proves: 'skipped', reason: 'outside_window', calling_window };
  if (now > Date.parse(not_after)) return { proves: 'skipped', reason: 'too_late' };
  return undefined;
}

const STOPPING = { code: 'stopping', message: 'The process that was to dial is about to end.' };

/**
 * What only the last instant can tell. Looking took time, in which the engine may have given this dial up (a database that
 * hung, a machine that slept): whoever it was given to instead must be alone.
 */
function reasonAtTheLastInstant(
  deps: ActivityDependencies,
  dial: PlannedDial,
  input: DialInput,
  began: number,
): DialResult | undefined {
  if (cancellationSignal().aborted) return { proves: 'skipped', reason: 'canceled' };
  if (deps.stopping?.()) return { proves: 'deferred', retry_after_ms: DATABASE_RETRY_MS, problem: STOPPING };
  if (clockOf(deps).now() - began > MOST_LOOKING_MS) {
    const message = 'It took too long to make sure that this dial may leave.';
    return { proves: 'deferred', retry_after_ms: DATABASE_RETRY_MS, problem: { code: 'looked_too_long', message } };
  }
  return reasonByTheClock(deps, dial, input);
}

/**
 * The workflow decided some time ago, and there is no telling how long: a dial may have waited for its turn, nothing may have
 * run, and what came while the workflow was busy with its database is read together with the dial's departure. It must not leave
 * before a cancel, or word of another leg, that the engine has already, is taken in.
 */
async function reasonByTheWorkflow(
  deps: ActivityDependencies,
  { order, call_id }: PlannedDial,
): Promise<DialResult | undefined> {
  try {
    const wanted = await deps.stillWanted(
      { workflowId: order.id, runId: activityInfo().workflowExecution?.runId },
      call_id,
    );
    return wanted ? undefined : { proves: 'skipped', reason: 'canceled' };
  } catch (error) {
    deps.log.warn({ booking_id: order.id, call_id, err: error }, 'the workflow did not say whether a dial may leave');
    const message = safeMessage(`The booking's workflow did not say whether this dial may leave: ${messageOf(error)}`);
    return { proves: 'deferred', retry_after_ms: SILENCE_RETRY_MS, problem: { code: 'workflow_silent', message } };
  }
}

const runOf = (): string => activityInfo().workflowExecution?.runId ?? '';

/** The claim took time as well. Where it cannot be taken back, the workflow knows of it. */
async function unlessClaimedTooLate(
  deps: ActivityDependencies,
  { call_id }: PlannedDial,
  reason: DialResult | undefined,
): Promise<DialResult | undefined> {
  if (!reason) return undefined;
  try {
    await deps.records.unclaimDial(call_id, runOf());
    return reason;
  } catch (error) {
    deps.log.warn({ call_id, err: error }, 'could not take back the record of a dial that did not leave');
    return reason.proves === 'deferred' ? { ...reason, left: true } : { ...noDatabase(error), left: true };
  }
}

/**
 * The very last step: the dial is written down before its request leaves, so that no run of this booking that comes after can send it
 * again, whatever the engine has forgotten. A dial that is on record already is found out about instead.
 */
async function claim(
  deps: ActivityDependencies,
  { call_id, channel, order, phoneHashes }: PlannedDial,
  { known }: DialInput,
): Promise<DialResult | undefined> {
  try {
    const claimed = await deps.records.claimDial({
      call_id,
      run_id: runOf(),
      channel,
      caller: deps.accounts.caller,
      at: iso(clockOf(deps).now()),
      known,
      phone_hashes: phoneHashes,
    });
    if (claimed.how === 'claimed') return undefined;
    if (claimed.how === 'forbidden') return { proves: 'skipped', reason: 'do_not_call' };
    if (claimed.how === 'not_on_record') return { proves: 'skipped', reason: 'not_on_record' };
    deps.log.error(
      { booking_id: order.id, call_id },
      'a dial was stopped: the database has dials that its workflow does not know of',
    );
    const message = 'The database has dials of this booking that its workflow does not know of.';
    return { proves: 'unknown', problem: { code: 'stores_disagree', message }, dialed: claimed.dials };
  } catch (error) {
    // Whether it was written down is not known; the next attempt must not take it for a dial of a run that was forgotten.
    return { ...noDatabase(error), left: true };
  }
}

/**
 * One dial: guarded, heartbeating, never thrown away. Its dialer prepares it after the first look and dials after the last. A cancelled
 * activity still waits for the provider's answer, because a dial that is on its way cannot be called back; the ids go to the
 * records at once, so that callbacks find the attempt.
 */
export async function guardedDial(deps: ActivityDependencies, input: DialInput): Promise<DialResult> {
  return heartbeating(async () => {
    const began = clockOf(deps).now();
    const dial = await firstLook(deps, input);
    if ('proves' in dial) return dial;
    const prepared = await DIALERS[dial.channel].prepare(deps, dial);
    if ('proves' in prepared) return prepared;
    const passage = await admission(deps, dial);
    if ('proves' in passage) return passage;
    const lastReason =
      reasonAtTheLastInstant(deps, dial, input, began) ??
      (await reasonByTheWorkflow(deps, dial)) ??
      (await claim(deps, dial, input)) ??
      (await unlessClaimedTooLate(deps, dial, reasonAtTheLastInstant(deps, dial, input, began)));
    if (lastReason) {
      await settle(deps, dial, passage, undefined);
      return lastReason;
    }
    const sent = await prepared.dial();
    const result: DialResult = sent.proves === 'deferred' ? { ...sent, left: true } : sent;
    if ((result.proves === 'accepted' || result.proves === 'unknown') && (result.call_sid || result.conversation_id)) {
      const ids = { call_sid: result.call_sid, conversation_id: result.conversation_id };
      await deps.records.linkAttempt(dial.call_id, ids).catch((error: unknown) => {
        deps.log.warn({ call_id: dial.call_id, err: error }, 'ids of a dial not recorded yet');
      });
    }
    await settle(deps, dial, passage, result);
    return result;
  });
}
