import { takeMedia } from '../delivery/take-media.ts';
import { unlessAway } from '../delivery/unless-away.ts';
import { within } from '../delivery/within.ts';
import { orderOfCall } from '../domain/call-order.ts';
import { isUnjoined } from '../domain/conversation.ts';
import type { Evidence, MediaEvidence } from '../domain/evidence.ts';
import { iso } from '../domain/iso.ts';
import type { Registration } from '../providers/interface.ts';
import type { StoredBooking } from '../records/ports/bookings.ts';
import type { EventRecords } from '../records/ports/events.ts';
import type { Context } from './context.ts';
import { resumeUrl, thenAskAgain } from './twiml.ts';

/** Twilio drops a request for instructions after 15 s, and a callee who hears nothing hangs up sooner. */
const REGISTER_WAIT_MS = 6_000;
/**
 * Twilio may lose one answer and ask again. A captured request can be sent any number of times, and each registration costs a conversation.
 */
const MAX_REGISTRATIONS = 2;
const ASKED_AGAIN_WITHIN_MS = 30_000;
/** Bounds on the two steps for which the callee waits in silence. */
const RECORD_MS = 1_500;
const LOOK_MS = 1_500;
/** A stream that lived longer was joined to an agent, or its callee hung up long ago. */
const REFUSED_WITHIN_MS = 10_000;

export interface AnsweredCall {
  stored: StoredBooking;
  callId: string;
  callSid: string;
  /** Our number, in Twilio's request. */
  from?: string | undefined;
  /** Number of streams of this call that have ended. */
  resume: number;
}

/** `theirs`: ElevenLabs carries the audio, by these instructions; `ours`: our bridge carries it; `over`: the talk has ended. */
export type Registered = { is: 'theirs'; twiml: string } | { is: 'ours' } | { is: 'over' };

const mediaIn = (heard: readonly Evidence[]): MediaEvidence[] => heard.filter((item) => item.kind === 'media');

/** Number of the call's streams that did not go to our bridge: those before the bridge took over. */
export const streamsOfOthers = (heard: readonly Evidence[]): number =>
  mediaIn(heard).find(({ media }) => media === 'bridge')?.resume ?? 0;

/** Pending answers by call. A request that arrives meanwhile is Twilio's second try and gets the same answer. */
const UNDER_WAY = new WeakMap<Context, Map<string, Promise<Registered>>>();

/** Decides who carries the audio of a call that was answered, or whose stream has ended. `heard`: stored evidence of the call. */
export function register(call: AnsweredCall, heard: readonly Evidence[], context: Context): Promise<Registered> {
  const underWay = UNDER_WAY.get(context) ?? new Map<string, Promise<Registered>>();
  UNDER_WAY.set(context, underWay);
  const key = `${call.callId} ${call.resume}`;
  const same = underWay.get(key);
  if (same) return same;
  const answer = decide(call, mediaIn(heard), heard, context).finally(() => underWay.delete(key));
  underWay.set(key, answer);
  return answer;
}

async function decide(
  call: AnsweredCall,
  said: readonly MediaEvidence[],
  heard: readonly Evidence[],
  context: Context,
): Promise<Registered> {
  // Once our bridge has the call, ElevenLabs does not get it back: two agents would talk in it.
  if (said.some(({ media }) => media === 'bridge') || heard.some(startedOurStream)) return { is: 'ours' };
  if (call.resume > 0) {
    if (!(await wasRefused(call, said, heard, context))) return { is: 'over' };
    const problem = { code: 'stream_refused', message: 'ElevenLabs registered the call but refused its stream.' };
    await say(call, said, { media: 'bridge', problem }, context);
    return { is: 'ours' };
  }
  if (said.length >= MAX_REGISTRATIONS || sinceLast(said, context) > ASKED_AGAIN_WITHIN_MS) return { is: 'over' };
  const asked = performance.now();
  const answer = await ask(call, context);
  const more = answer.ok ? { conversation_id: answer.conversation_id } : { problem: answer.problem };
  const what = { media: answer.ok ? 'provider' : 'bridge', ...more } as const;
  context.metrics.registerSeconds.observe({ media: what.media }, (performance.now() - asked) / 1_000);
  const counts = await say(call, said, what, context);
  // Twilio plays one of the two answers. If it plays this one, the bridge's stream tells the workflow.
  if (!answer.ok || (!counts && (await isBridged(call, context)))) return { is: 'ours' };
  const again = resumeUrl(context.settings.publicUrl, call.callId, call.resume + 1);
  return { is: 'theirs', twiml: thenAskAgain(answer.twiml, again) };
}

const startedOurStream = (item: Evidence): boolean => item.kind === 'bridge' && item.event === 'stream_started';

/** Stored evidence of this call, in the order of arrival. */
export async function evidenceOf(
  { stored, callId }: AnsweredCall,
  records: Pick<EventRecords, 'evidence'>,
): Promise<Evidence[]> {
  return (await records.evidence(stored.order.id)).filter(({ call_id }) => call_id === callId);
}

/** True when another process has given the call to our bridge meanwhile. */
async function isBridged(call: AnsweredCall, { records }: Context): Promise<boolean> {
  const known = await unlessAway(evidenceOf(call, records), RECORD_MS);
  return !known.away && mediaIn(known.value).some(({ media }) => media === 'bridge');
}

/** Milliseconds since the last decision; 0: none yet. */
const sinceLast = (said: readonly MediaEvidence[], { now }: Context): number => {
  const last = said.at(-1);
  return last ? now() - Date.parse(last.at) : 0;
};

async function ask({ stored, callId, from }: AnsweredCall, { registration }: Context): Promise<Registration> {
  if (!registration || from === undefined) {
    const lacks = registration ? 'Twilio did not say our number.' : 'ElevenLabs is not configured.';
    return { ok: false, problem: { code: 'not_registered', message: lacks } };
  }
  const order = orderOfCall(stored.order, stored.view.attempts, callId);
  return registration.registerCall({ order, call_id: callId, from, timeoutMs: REGISTER_WAIT_MS });
}

/**
 * True when ElevenLabs' stream never connected, so that the callee heard nobody. Only ElevenLabs can confirm that. Without its confirmation
 * an agent may have spoken, and a second one must not.
 */
async function wasRefused(
  { stored, callId }: AnsweredCall,
  said: readonly MediaEvidence[],
  heard: readonly Evidence[],
  context: Context,
): Promise<boolean> {
  const { registration } = context;
  if (!said[0] || !registration || sinceLast(said, context) > REFUSED_WITHIN_MS) return false;
  if (heard.some(({ kind }) => kind === 'report' || kind === 'conversation')) return false;
  const all = await within(LOOK_MS, registration.conversationsOf(stored.order.id, said[0].at)).catch(() => undefined);
  const talks = all?.filter(({ call_id }) => call_id === callId) ?? [];
  // The list may lag behind: the missing conversation may be the one that talks.
  if (talks.length < said.length) return false;
  return talks.every(isUnjoined);
}

/**
 * Stores the decision before the instructions leave. False: another process has stored its decision for the same request of Twilio's, and
 * that one counts.
 */
async function say(
  { callId, callSid, resume }: AnsweredCall,
  said: readonly MediaEvidence[],
  what: Pick<MediaEvidence, 'media' | 'conversation_id' | 'problem'>,
  context: Context,
): Promise<boolean> {
  const evidence: MediaEvidence = {
    ...what,
    kind: 'media',
    id: `media:${callId}:${said.length + 1}`,
    call_id: callId,
    call_sid: callSid,
    resume,
    at: iso(context.now()),
  };
  return takeMedia(evidence, context);
}
