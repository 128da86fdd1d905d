import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { PHONE, type Provider } from '../domain/channels.ts';
import type { Evidence, Problem, ReconcileResult } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import { type ActivityDependencies, clockOf, unlessCancelled } from './dependencies.ts';
import { type Answer, askForLeg } from './find-leg.ts';
import { heartbeating } from './heartbeating.ts';
import type { BookingActivities, ReconcileInput } from './interface.ts';

const DELAYS_MS = [1_000, 1_000, 1_000, 2_000, 3_000, 5_000];

/** First and last denial of each provider, in milliseconds since 1970. A retry continues from them. */
type Denials = Partial<Record<Provider, { first: number; last: number }>>;

interface Progress {
  /** A worker that takes over must reconcile the same dial. */
  call_id: string;
  denials: Denials;
}

function takeUp(callId: string): Denials {
  const details: unknown = activityInfo().heartbeatDetails;
  if (typeof details !== 'object' || details === null) return {};
  const { call_id, denials } = details as Partial<Progress>;
  return call_id === callId && denials ? denials : {};
}

function noteDenial(denials: Denials, provider: Provider, now: number): void {
  denials[provider] = { first: denials[provider]?.first ?? now, last: now };
}

/** How long each required provider has denied the dial, in ms; 0 when one of them never did. */
const deniedFor = (denials: Denials, needed: readonly Provider[]): number =>
  Math.min(...needed.map((provider) => (denials[provider] ? denials[provider].last - denials[provider].first : -1)));

/** Later answers add ids to earlier ones: Twilio knows the call, ElevenLabs the conversation as well. */
function foundIn(answers: readonly Answer[]): { call_sid?: string; conversation_id?: string } | undefined {
  const found = answers.filter((answer) => answer.says === 'found');
  if (found.length === 0) return undefined;
  // ElevenLabs' answer about the CallSid is certain, Twilio's is an inference: a conversation's CallSid goes first.
  const conversation = found.find((answer) => answer.conversation_id !== undefined);
  const call_sid = conversation?.call_sid ?? found.find((answer) => answer.call_sid !== undefined)?.call_sid;
  return { call_sid, conversation_id: conversation?.conversation_id };
}

/**
 * Links the ids to the attempt, and claims evidence that arrived before its call was known. Returns all recorded evidence of the call: a
 * run that was reset never got it.
 */
async function adopt(
  { records, log }: ActivityDependencies,
  callId: string,
  ids: { call_sid?: string | undefined; conversation_id?: string | undefined },
): Promise<Evidence[]> {
  try {
    await records.linkAttempt(callId, ids);
    await records.claimFor(callId, ids);
    const bookingId = parseCallId(callId)!.bookingId;
    return (await records.evidence(bookingId)).filter((evidence) => evidence.call_id === callId);
  } catch (error) {
    // The workflow needs the ids more than the database does, and links them again with its next write.
    log.warn({ call_id: callId, err: error }, 'could not record the ids of a call that was found');
    return [];
  }
}

/**
 * Finds out the fate of a dial whose answer was lost. `found`: one of the providers has it. `absent`: every provider that would have to
 * know it denied it, and denied it again at least `reconcile_seconds` later (their lists lag behind). `unreachable`: the provider's cap has
 * passed, and one provider still does not answer. A failed answer between two denials proves nothing, so it resets nothing.
 */
async function reconcile(deps: ActivityDependencies, input: ReconcileInput): Promise<ReconcileResult> {
  const bookingId = parseCallId(input.call_id)?.bookingId;
  if (bookingId === undefined) {
    throw ApplicationFailure.create({ type: 'BadInput', message: 'call_id is not one', nonRetryable: true });
  }
  const clock = clockOf(deps);
  const needed = PHONE[input.channel].deniedBy;
  const denials = takeUp(input.call_id);

  // The call exists only if Twilio has it. ElevenLabs is asked once for its conversation id, and not waited for.
  let extra: Answer | undefined;
  if (!needed.includes('elevenlabs') && deps.elevenlabs) {
    void askForLeg('elevenlabs', deps, bookingId, input).then((answer) => {
      extra = answer;
    });
  }

  const rounds = async (): Promise<ReconcileResult> => {
    for (let round = 0; ; round++) {
      cancellationSignal().throwIfAborted();
      const answers = await unlessCancelled(
        Promise.all(needed.map((provider) => askForLeg(provider, deps, bookingId, input))),
      );
      const ids = foundIn(answers);
      if (ids) {
        const conversation_id = ids.conversation_id ?? (extra?.says === 'found' ? extra.conversation_id : undefined);
        const found = { call_sid: ids.call_sid, conversation_id };
        const evidence = await adopt(deps, input.call_id, found);
        return { verdict: 'found', ...found, ...(evidence.length > 0 ? { evidence } : {}) };
      }
      const now = clock.now();
      let problem: Problem | undefined;
      answers.forEach((answer, i) => {
        if (answer.says === 'denied') noteDenial(denials, needed[i]!, now);
        else if (answer.says === 'nothing') problem = answer.problem;
      });
      const proof = input.reconcile_seconds * 1000;
      const denied = deniedFor(denials, needed);
      if (denied >= proof) return { verdict: 'absent' };
      if (problem && now >= Date.parse(input.give_up_at)) return { verdict: 'unreachable', problem };
      const delay = DELAYS_MS[Math.min(round, DELAYS_MS.length - 1)]!;
      // Schedules the round that can complete the proof for the earliest time at which it can.
      await clock.sleep(denied >= 0 && proof - denied < delay ? Math.max(proof - denied, 50) : delay);
    }
  };
  return heartbeating(rounds, (): Progress => ({ call_id: input.call_id, denials }));
}

export const reconcileLostDial = (deps: ActivityDependencies): Pick<BookingActivities, 'reconcileDial'> => ({
  reconcileDial: (input) => reconcile(deps, input),
});
