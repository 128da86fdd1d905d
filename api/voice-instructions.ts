import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { hashStreamToken } from '../bridge/stream-token.ts';
import { callReporter } from '../delivery/call-reporter.ts';
import { deliver } from '../delivery/deliver.ts';
import { PHONE, type PhoneChannel } from '../domain/channels.ts';
import type { BridgeEvidence, MediaEvidence } from '../domain/evidence.ts';
import type { AttemptStatus } from '../domain/view.ts';
import { TWILIO_RETRIES } from '../providers/twilio/voice.ts';
import type { StoredBooking } from '../records/ports/bookings.ts';
import type { EventRecords } from '../records/ports/events.ts';
import { channelOf } from './call-channel.ts';
import type { Context } from './context.ts';
import { apologyTwiml, connectTwiml, hangUpTwiml } from './twiml.ts';

/** After so many streams of one call something is broken for good. */
const MOST_STREAMS = 6;
const TOKEN_LIFE_MS = 60_000;
/** A stream's end and the bridge's word on it travel separately: how long the second may be behind the first. */
const WORD_WAIT_MS = 400;
const WORD_POLL_MS = 50;
/** The callee hears silence while Temporal is asked: one that does not answer says nothing of a talk that can go on. */
const STATE_WAIT_MS = 400;

/** Twilio drops a request for instructions after 15 s, and who hears nothing hangs up sooner. */
const REGISTER_WAIT_MS = 6_000;
const MOST_REGISTRATIONS = 2;

const OVER: readonly AttemptStatus[] = ['completed', 'busy', 'no_answer', 'failed', 'canceled'];

export interface VoiceRequest {
  stored: StoredBooking;
  callId: string;
  callSid: string;
  /** Our number, as Twilio says it. */
  from?: string | undefined;
  /** Streams of this call that have ended. */
  resume: number;
}

type Event = BridgeEvidence['event'];

/** What the bridge said of this call, in the order of arrival. */
async function bridgeEvents(
  records: Pick<EventRecords, 'evidence'>,
  { stored, callId }: VoiceRequest,
): Promise<Event[]> {
  const evidence = await records.evidence(stored.order.id);
  return evidence.flatMap((item) => (item.kind === 'bridge' && item.call_id === callId ? [item.event] : []));
}

/** Waits a moment for the bridge to say how a stream ended; without a word it has died, and the call may be resumed. */
async function wordOnTheEnd(records: Pick<EventRecords, 'evidence'>, request: VoiceRequest): Promise<Event[]> {
  for (let waited = 0; ; waited += WORD_POLL_MS) {
    const events = await bridgeEvents(records, request);
    if (events.at(-1) !== 'stream_started' || waited >= WORD_WAIT_MS) return events;
    await pause(WORD_POLL_MS);
  }
}

/** Somebody has just picked up and waits for a voice: Temporal is only asked before a stream is opened again. */
async function isOver({ stored, callId, resume }: VoiceRequest, context: Context): Promise<boolean> {
  const ask = resume > 0 && !stored.view.outcome;
  const view = (ask ? await soon(context.gateway.state(stored.order.id)) : undefined) ?? stored.view;
  const attempt = view.attempts.find((each) => each.call_id === callId);
  return view.outcome !== null || (attempt !== undefined && OVER.includes(attempt.status));
}

/** Undefined: it was not there in time. */
async function soon<T>(answer: Promise<T>): Promise<T | undefined> {
  const late = new AbortController();
  try {
    return await Promise.race([
      answer,
      pause(STATE_WAIT_MS, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
  } finally {
    late.abort();
  }
}

/** Undefined: there is no bridge to connect to. */
async function connect(
  { callId, callSid, resume }: VoiceRequest,
  { records, settings, now }: Context,
): Promise<string | undefined> {
  const host = await records.hostCall({ call_id: callId, now: new Date(now()).toISOString(), again: resume > 0 });
  if (!host) return undefined;
  const token = randomBytes(24).toString('base64url');
  await records.issueStreamToken({
    hash: hashStreamToken(token),
    call_id: callId,
    call_sid: callSid,
    expires_at: new Date(now() + TOKEN_LIFE_MS).toISOString(),
  });
  return connectTwiml({
    token,
    streamUrl: `${host.url}/ws/media-stream/${callId}`,
    resumeUrl: `${settings.publicUrl}/webhook/voice/outbound?call_id=${callId}&resume=${resume + 1}${TWILIO_RETRIES}`,
  });
}

/** Where our own call's sound goes to ElevenLabs, if that takes it in time; undefined: our bridge has it. */
async function register(request: VoiceRequest, channel: PhoneChannel, context: Context): Promise<string | undefined> {
  const { stored, callId, callSid, from } = request;
  if (!PHONE[channel].fallsBack || request.resume > 0) return undefined;
  const known = (await context.records.evidence(stored.order.id)).filter(
    ({ kind, call_id }) => kind === 'media' && call_id === callId,
  );
  // Twilio asks twice at most, a recorded request as often as somebody likes: each registration starts a conversation.
  const mayAsk = known.length < MOST_REGISTRATIONS && from !== undefined && context.registerCall !== undefined;
  const answer = mayAsk
    ? await context.registerCall!({ order: stored.order, call_id: callId, from, timeoutMs: REGISTER_WAIT_MS })
    : undefined;
  const evidence: MediaEvidence = {
    kind: 'media',
    media: answer?.ok ? 'provider' : 'bridge',
    id: `media:${callId}:${known.length + 1}`,
    call_id: callId,
    call_sid: callSid,
    at: new Date(context.now()).toISOString(),
    ...(answer && !answer.ok ? { problem: answer.problem } : {}),
  };
  await context.records.addEvidence(evidence);
  // On the side: the callee is waiting.
  deliver(context, 'bridgeEvent', evidence).catch((error) =>
    context.log.warn({ err: error, booking_id: stored.order.id }, 'could not signal who carries a call’s sound'),
  );
  return answer?.ok ? answer.twiml : undefined;
}

/** Says sorry, and says to the workflow that the callee heard nothing else, unless there was a talk before. */
async function apologise(request: VoiceRequest, context: Context, hadTalk: boolean): Promise<string> {
  const { stored, callId } = request;
  if (!hadTalk) {
    const at = new Date(context.now()).toISOString();
    await callReporter(context)
      .report({ kind: 'bridge', event: 'silent', id: `bridge:${callId}:silent`, call_id: callId, at })
      .catch((error) =>
        context.log.error({ err: error, booking_id: stored.order.id }, 'a silent call could not be told'),
      );
  }
  return apologyTwiml(stored.order.language);
}

/**
 * What Twilio shall do with an answered call: talk to our stream; again, when a stream was lost but the talk was not over;
 * say sorry, when no agent or no bridge can be had; hang up, when there is nothing left to say.
 */
export async function voiceInstructions(
  request: VoiceRequest,
  context: Context,
): Promise<{ does: 'register' | 'connect' | 'resume' | 'apologise' | 'hang_up'; twiml: string }> {
  const { records } = context;
  const [over, events] = await Promise.all([isOver(request, context), wordOnTheEnd(records, request)]);
  const hadTalk = events.includes('stream_started');
  // Before Twilio asks for stream n it has seen n end: who asks for one that has run already repeats an old request, and is
  // given no token, with which it could take the call over.
  const replayed = events.filter((event) => event === 'stream_started').length > request.resume;
  if (over || replayed || events.includes('talk_ended')) return { does: 'hang_up', twiml: hangUpTwiml() };
  const hopeless = events.at(-1) === 'agent_failed' || request.resume >= MOST_STREAMS;
  const registered = hopeless ? undefined : await register(request, await channelOf(request, context), context);
  if (registered !== undefined) return { does: 'register', twiml: registered };
  const twiml = hopeless ? undefined : await connect(request, context);
  if (twiml === undefined) return { does: 'apologise', twiml: await apologise(request, context, hadTalk) };
  return { does: request.resume > 0 ? 'resume' : 'connect', twiml };
}
