import type { Provider } from '../domain/channels.ts';
import type { Problem } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import { isTerminal } from '../domain/leg.ts';
import {
  type CallSnapshot,
  type ElevenLabsAgents,
  ProviderUnreachable,
  type TwilioVoice,
} from '../providers/interface.ts';
import { messageOf, safeMessage } from '../providers/mask.ts';
import type { CallRecords } from '../records/ports/calls.ts';
import type { EventRecords } from '../records/ports/events.ts';
import { actsFor, OTHER_ACCOUNTS } from './belonging.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { ReconcileInput } from './interface.ts';
import { talkAmong } from './talk-of-call.ts';

/** The answer of one provider about a dial whose answer was lost. */
export type Answer =
  | { says: 'found'; call_sid?: string | undefined; conversation_id?: string | undefined }
  | { says: 'denied' }
  | { says: 'nothing'; problem: Problem };

/**
 * "Since the dial" is a time of Temporal's server, which may be ahead of the providers' clocks. A call that is missed for that reason would
 * be dialed a second time, while an extra call is excluded by its ids.
 */
export const CLOCKS_DIFFER_MS = 30_000;

const sinceOf = ({ dialed_at }: ReconcileInput): string => iso(Date.parse(dialed_at) - CLOCKS_DIFFER_MS);

/** ElevenLabs stores our `call_id` with the conversation, so no other call can be mistaken for this one. */
async function askElevenLabs(elevenlabs: ElevenLabsAgents, bookingId: string, input: ReconcileInput): Promise<Answer> {
  const conversations = await elevenlabs.conversationsOf(bookingId, sinceOf(input));
  const ours = talkAmong(conversations, input);
  return ours ? { says: 'found', call_sid: ours.call_sid, conversation_id: ours.conversation_id } : { says: 'denied' };
}

/**
 * Twilio's call resource does not contain our `call_id`. Only one booking at a time may ring a number, so a call from our number to it
 * since the dial that belongs to no other attempt is this one. Of several calls, one in progress wins, else the first. Twilio's times are
 * in whole seconds: the last call of the previous booking may seem to be recent, but is on record.
 */
async function askTwilio(
  twilio: TwilioVoice,
  records: Pick<EventRecords, 'findAttempt'> & Pick<CallRecords, 'dialsOf'>,
  present: string | null,
  input: ReconcileInput,
): Promise<Answer> {
  // The account's numbers may change between acceptance, dial and this query: a call from any of them is ours.
  const bookingId = parseCallId(input.call_id)!.bookingId;
  const dialed = await records.dialsOf(bookingId).catch(() => []);
  const callers = new Set([input.caller, present ?? undefined, ...dialed.map(({ caller }) => caller)]);
  if (callers.size > 1) callers.delete(undefined);
  const found = new Map<string, CallSnapshot>();
  for (const caller of callers) {
    for (const call of await twilio.callsTo(input.phone, sinceOf(input), caller)) found.set(call.call_sid, call);
  }
  const calls = [...found.values()].sort((a, b) => b.created_at.localeCompare(a.created_at));
  const candidates = calls.filter((call) => !input.known_call_sids.includes(call.call_sid));
  const owners = await Promise.all(candidates.map(({ call_sid }) => records.findAttempt({ call_sid })));
  const unknown = candidates.filter((_, i) => owners[i] === undefined || owners[i] === input.call_id);
  const ours = unknown.find((call) => !isTerminal(call.status)) ?? unknown.at(-1);
  return ours ? { says: 'found', call_sid: ours.call_sid } : { says: 'denied' };
}

const noAnswer = (error: unknown): Answer => ({
  says: 'nothing',
  problem:
    error instanceof ProviderUnreachable
      ? error.problem
      : { code: 'look_up_failed', message: safeMessage(messageOf(error)) },
});

/** Asks one provider once. Never throws. */
export async function askForLeg(
  provider: Provider,
  deps: Pick<ActivityDependencies, 'accounts' | 'twilio' | 'elevenlabs'> & {
    records: Pick<EventRecords, 'findAttempt'> & Pick<CallRecords, 'dialsOf'>;
  },
  bookingId: string,
  input: ReconcileInput,
): Promise<Answer> {
  const missing: Answer = {
    says: 'nothing',
    problem: { code: 'not_configured', message: `${provider} is not configured, so it gives no answer.` },
  };
  if (!actsFor(deps, input.belongs)) return { says: 'nothing', problem: OTHER_ACCOUNTS };
  try {
    switch (provider) {
      case 'twilio':
        return deps.twilio ? await askTwilio(deps.twilio, deps.records, deps.accounts.caller, input) : missing;
      case 'elevenlabs':
        return deps.elevenlabs ? await askElevenLabs(deps.elevenlabs, bookingId, input) : missing;
    }
  } catch (error) {
    return noAnswer(error);
  }
}
