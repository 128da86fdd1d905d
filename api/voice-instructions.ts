import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { hashStreamToken } from '../bridge/stream-token.ts';
import { callReporter } from '../delivery/call-reporter.ts';
import { PHONE } from '../domain/channels.ts';
import type { BridgeEvidence, Evidence } from '../domain/evidence.ts';
import { iso } from '../domain/iso.ts';
import type { AttemptStatus } from '../domain/view.ts';
import type { EventRecords } from '../records/ports/events.ts';
import { channelOf } from './call-channel.ts';
import type { Context } from './context.ts';
import { type AnsweredCall, register, streamsOfOthers } from './registered-media.ts';
import { apologyTwiml, connectTwiml, hangUpTwiml, resumeUrl } from './twiml.ts';
import { within } from './within.ts';

/** After so many streams of one call something is broken for good. */
const MOST_STREAMS = 6;
const TOKEN_LIFE_MS = 60_000;
/** A stream's end and the bridge's word on it travel separately: how long the second may be behind the first. */
const WORD_WAIT_MS = 400;
const WORD_POLL_MS = 50;
/** The callee hears silence while Temporal is asked: one that does not answer says nothing of a talk that can go on. */
const STATE_WAIT_MS = 400;

const OVER: readonly AttemptStatus[] = ['completed', 'busy', 'no_answer', 'failed', 'canceled'];

/** What the bridge said of this call, in the order of arrival. */
const bridgeEvents = (heard: readonly Evidence[]): BridgeEvidence['event'][] =>
  heard.flatMap((item) => (item.kind === 'bridge' ? [item.event] : []));

/**
 * What is on record of this call, in the order of arrival. Waits a moment for the bridge to say how a stream ended; without a word it
 * has died, and the call may be resumed.
 */
async function heardOf({ stored, callId }: AnsweredCall, records: Pick<EventRecords, 'evidence'>): Promise<Evidence[]> {
  for (let waited = 0; ; waited += WORD_POLL_MS) {
    const heard = (await records.evidence(stored.order.id)).filter(({ call_id }) => call_id === callId);
    if (bridgeEvents(heard).at(-1) !== 'stream_started' || waited >= WORD_WAIT_MS) return heard;
    await pause(WORD_POLL_MS);
  }
}

/** Somebody has just picked up and waits for a voice: Temporal is only asked before a stream is opened again. */
async function isOver({ stored, callId, resume }: AnsweredCall, context: Context): Promise<boolean> {
  const ask = resume > 0 && !stored.view.outcome;
  const view = (ask ? await within(STATE_WAIT_MS, context.gateway.state(stored.order.id)) : undefined) ?? stored.view;
  const attempt = view.attempts.find((each) => each.call_id === callId);
  return view.outcome !== null || (attempt !== undefined && OVER.includes(attempt.status));
}

/** Undefined: there is no bridge to connect to. */
async function connect(
  { callId, callSid, resume }: AnsweredCall,
  { records, settings, now }: Context,
): Promise<string | undefined> {
  const host = await records.hostCall({ call_id: callId, now: iso(now()), again: resume > 0 });
  if (!host) return undefined;
  const token = randomBytes(24).toString('base64url');
  await records.issueStreamToken({
    hash: hashStreamToken(token),
    call_id: callId,
    call_sid: callSid,
    expires_at: iso(now() + TOKEN_LIFE_MS),
  });
  return connectTwiml({
    token,
    streamUrl: `${host.url}/ws/media-stream/${callId}`,
    resumeUrl: resumeUrl(settings.publicUrl, callId, resume + 1),
  });
}

/** Says sorry, and says to the workflow that the callee heard nothing else, unless there was a talk before. */
async function apologise(request: AnsweredCall, context: Context, hadTalk: boolean): Promise<string> {
  const { stored, callId } = request;
  if (!hadTalk) {
    const at = iso(context.now());
    await callReporter(context)
      .report({ kind: 'bridge', event: 'silent', id: `bridge:${callId}:silent`, call_id: callId, at })
      .catch((error) =>
        context.log.error({ err: error, booking_id: stored.order.id }, 'a silent call could not be told'),
      );
  }
  return apologyTwiml(stored.order.language);
}

/**
 * What Twilio shall do with an answered call: talk to ElevenLabs' stream, where the call is to be registered; to ours; again, when a
 * stream was lost but the talk was not over; say sorry, when no agent or no bridge can be had; hang up, when there is nothing left to say.
 */
export async function voiceInstructions(
  request: AnsweredCall,
  context: Context,
): Promise<{ does: 'register' | 'connect' | 'resume' | 'apologise' | 'hang_up'; twiml: string }> {
  const [over, heard] = await Promise.all([isOver(request, context), heardOf(request, context.records)]);
  const events = bridgeEvents(heard);
  const hadTalk = events.includes('stream_started');
  // Before Twilio asks for stream n it has seen n end: who asks for one that has run already repeats an old request, and is
  // given no token, with which it could take the call over.
  const replayed =
    events.filter((event) => event === 'stream_started').length > request.resume - streamsOfOthers(heard);
  if (over || replayed || events.includes('talk_ended')) return { does: 'hang_up', twiml: hangUpTwiml() };
  const hopeless = events.at(-1) === 'agent_failed' || request.resume >= MOST_STREAMS;
  if (!hopeless && PHONE[await channelOf(request, context)].fallsBack) {
    const registered = await register(request, heard, context);
    if (registered.is === 'over') return { does: 'hang_up', twiml: hangUpTwiml() };
    if (registered.is === 'theirs') return { does: 'register', twiml: registered.twiml };
  }
  const twiml = hopeless ? undefined : await connect(request, context);
  if (twiml === undefined) return { does: 'apologise', twiml: await apologise(request, context, hadTalk) };
  return { does: request.resume > 0 ? 'resume' : 'connect', twiml };
}
