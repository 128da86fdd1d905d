import { PHONE, PHONE_CHANNELS, type PhoneChannel } from './channels.ts';
import type { Evidence } from './evidence.ts';
import { isInboundNumber, parseCallId } from './ids.ts';
import type { Call } from './state.ts';

/** A call of the business belongs to a booking that rang its number in this time. */
export const RING_BACK_DAYS = 7;

/** After a ring-back without a talk, the business is left alone for this long. */
export const AFTER_RING_BACK_MS = 60_000;

const channelWhere = (isCarried: boolean): PhoneChannel =>
  PHONE_CHANNELS.find((channel) => !PHONE[channel].fallsBack && (PHONE[channel].media === 'provider') === isCarried)!;

/** Calls of a business to us count as calls of these channels: where the provider carries the audio, and where our bridge does. */
export const AT_PROVIDER = channelWhere(true);
export const AT_BRIDGE = channelWhere(false);

/** The channel of a business's call whose beginning has not been heard of yet: the side that speaks of it carries its audio. */
const channelIn = (evidence: Evidence): PhoneChannel => {
  if (evidence.kind === 'inbound') return evidence.channel;
  return evidence.kind === 'conversation' ? AT_PROVIDER : AT_BRIDGE;
};

/**
 * The call of which this evidence is the first; undefined when it is not about a call of the business. Evidence travels on several ways, so
 * the first is not always its beginning.
 */
export function calledBy(evidence: Evidence, now: number): Call | undefined {
  const named = parseCallId(evidence.call_id);
  if (!named || !isInboundNumber(named.n)) return undefined;
  const channel = channelIn(evidence);
  const begun = evidence.kind === 'inbound' ? Date.parse(evidence.at) : now;
  return {
    n: named.n,
    call_id: evidence.call_id,
    channel,
    direction: 'inbound',
    dialed_at: begun,
    sent_at: now,
    leg: 'live',
    rang: true,
    machine: false,
    reports: [],
    stream_started: false,
    sessions: [],
    agent_failed: false,
    heard_at: now,
  };
}

/** The beginning of a business's call, which other evidence of it may have overtaken. */
export function foldInbound(call: Call, { channel, call_sid, at }: Evidence & { kind: 'inbound' }, now: number): Call {
  // Where the provider carries the audio, it answers at once; our bridge says itself when its agent is joined.
  const answered = PHONE[channel].media === 'provider' ? (call.answered_at ?? now) : call.answered_at;
  return { ...call, channel, call_sid: call.call_sid ?? call_sid, dialed_at: Date.parse(at), answered_at: answered };
}

/** An agent that reports, or whose talk is over, was joined to the caller, even where the evidence of that was lost. */
export const asJoined = (call: Call, now: number): Call =>
  call.answered_at === undefined && (call.reports.length > 0 || call.transcript !== undefined)
    ? { ...call, answered_at: now }
    : call;
