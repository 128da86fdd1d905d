import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { nameOfAccounts } from '../domain/accounts.ts';
import type { ProviderTrace } from '../domain/erasure.ts';
import { callIdOf, followUpRunId, isInboundCall } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import { failedMessageId, finalMessageId, followedUpMessageId } from '../domain/message.ts';
import { ProviderUnreachable } from '../providers/interface.ts';
import { messageOf, safeMessage } from '../providers/mask.ts';
import { alarm } from './alarm.ts';
import { actsFor } from './belonging.ts';
import { type ActivityDependencies, clockOf, unlessCancelled } from './dependencies.ts';
import { heartbeating } from './heartbeating.ts';
import type { ErasureActivities } from './interface.ts';

/** Folders of the artifacts whose names begin with the call id. */
export const CALL_FOLDERS = ['recordings', 'webhooks'] as const;

/** Attempts before the alarm. By then hours have passed; it is raised again every day (one attempt an hour). */
const ALARM_AT = 12;
const ALARM_EVERY = 24;

type Erasure = Pick<ErasureActivities, 'forgetBooking' | 'eraseAtProviders' | 'finishErasure'>;

/** All runs that may contain data of a booking: its own, and those of its callbacks. */
async function runsOf(
  { records }: ActivityDependencies,
  bookingId: string,
  callIds: readonly string[],
): Promise<string[]> {
  const told = await records.messages(bookingId);
  const ofCalls = callIds.flatMap((callId) =>
    isInboundCall(callId) ? [followUpRunId(callId), followedUpMessageId(callId)] : [failedMessageId(callId)],
  );
  return [...new Set([bookingId, finalMessageId(bookingId), ...ofCalls, ...told.map(({ id }) => id)])];
}

/**
 * Deletes the runs first, so that nothing writes any more, then the rows, and the files last: a writer stores a file before its row, and
 * deletes the file when the booking is gone.
 */
async function forgetBooking(deps: ActivityDependencies, bookingId: string): Promise<void> {
  const { records, artifacts, forgetRuns } = deps;
  if (!forgetRuns) throw new Error('cannot erase a booking: this process has no way to delete runs');
  const callIds = (await records.callNumbersOf(bookingId)).map((n) => callIdOf(bookingId, n));
  const left = await forgetRuns(await runsOf(deps, bookingId, callIds));
  if (left > 0) {
    throw ApplicationFailure.create({
      type: 'NotYet',
      message: `Temporal still has ${left} runs of it`,
      category: ApplicationFailureCategory.BENIGN,
      nextRetryDelay: Math.min(500 * activityInfo().attempt, 30_000),
    });
  }
  await records.forgetBooking(bookingId);
  for (const callId of callIds) {
    for (const folder of CALL_FOLDERS) await artifacts.remove(`${folder}/${callId}`);
  }
}

async function eraseTrace({ twilio, elevenlabs }: ActivityDependencies, trace: ProviderTrace): Promise<void> {
  const missing = (what: string, remedy: string): ProviderUnreachable =>
    new ProviderUnreachable({ code: 'not_configured', message: `${what} is not configured; ${remedy}.` });
  if (trace.kind === 'call_sid') {
    if (!twilio) throw missing('Twilio', 'give the credentials of the account that placed the calls');
    return twilio.eraseCall(trace.provider_id);
  }
  if (!elevenlabs) throw missing('ElevenLabs', 'give the key of the workspace that held the conversations');
  return elevenlabs.eraseConversation(trace.provider_id);
}

async function eraseAtProviders(deps: ActivityDependencies, bookingId: string): Promise<void> {
  const { records, elevenlabs } = deps;
  const problems: string[] = [];
  const note = (error: unknown): void => {
    problems.push(safeMessage(messageOf(error)));
  };
  const { since, traces, accounts } = await records.tracesLeft(bookingId);
  if (accounts && !actsFor(deps, { accounts, sandbox: accounts.mode === 'sandbox' })) {
    // Calls of the sandbox ended with its process. Data at other accounts waits for those accounts.
    if (accounts.mode === 'sandbox') return;
    return notErased(deps, bookingId, `its calls are at ${nameOfAccounts(accounts)}`);
  }
  if (elevenlabs) {
    // Finds conversations without a recorded id: the dial's answer was lost.
    await unlessCancelled(elevenlabs.conversationIdsOf(bookingId, since)).then(async (ids) => {
      const found = ids.map((provider_id): ProviderTrace => ({ kind: 'conversation_id', provider_id }));
      await records.addTraces(bookingId, found);
      for (const { provider_id } of found) {
        if (!traces.some((each) => each.provider_id === provider_id))
          traces.push({ kind: 'conversation_id', provider_id });
      }
    }, note);
  }
  for (const trace of traces) {
    try {
      await unlessCancelled(eraseTrace(deps, trace));
      await records.traceGone(bookingId, trace);
    } catch (error) {
      note(error);
    }
  }
  if (problems.length > 0) await notErased(deps, bookingId, ...new Set(problems));
}

/** Raises the alarm after many attempts. Always throws, so that the erasure is retried. */
async function notErased(deps: ActivityDependencies, bookingId: string, ...problems: string[]): Promise<never> {
  const { attempt } = activityInfo();
  if (attempt >= ALARM_AT && (attempt - ALARM_AT) % ALARM_EVERY === 0) {
    const message = `a provider has not deleted its part of ${bookingId}: ${problems[0]}`;
    await alarm(deps).alarm({ booking_id: bookingId, kind: 'not_erased', message });
  }
  throw ApplicationFailure.create({ type: 'NotErased', message: problems.join('; ') });
}

/** Erases one booking, in the order in which the workflow `eraseBooking` calls it. */
export const erasure = (deps: ActivityDependencies): Erasure => ({
  forgetBooking: ({ booking_id }) => heartbeating(() => forgetBooking(deps, booking_id)),
  eraseAtProviders: ({ booking_id }) => heartbeating(() => eraseAtProviders(deps, booking_id)),
  async finishErasure({ booking_id }) {
    await deps.records.finishErasure(booking_id, iso(clockOf(deps).now()));
    deps.log.info({ booking_id }, 'booking erased');
  },
});
