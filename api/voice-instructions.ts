import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { hashStreamToken } from '../bridge/stream-token.ts';
import { callReporter } from '../delivery/call-reporter.ts';
import { within } from '../delivery/within.ts';
import type { BridgeEvidence, Evidence } from '../domain/evidence.ts';
import { isInboundCall } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import { mayFallBack } from '../domain/known-media.ts';
import type { AttemptStatus } from '../domain/view.ts';
import type { EventRecords } from '../records/ports/events.ts';
import { channelOf } from './call-channel.ts';
import type { Context } from './context.ts';
import { type AnsweredCall, evidenceOf, register, streamsOfOthers } from './registered-media.ts';
import { apologyTwiml, connectTwiml, hangUpTwiml, resumeUrl } from './twiml.ts';

/** After this many streams the call has a fault that another stream does not mend. */
const MAX_STREAMS = 6;
const TOKEN_LIFE_MS = 60_000;
/** A stream's end and the bridge's report about it travel separately: time that the report may come later. */
const WORD_WAIT_MS = 400;
const WORD_POLL_MS = 50;
/** The callee hears silence during the query. A workflow that does not answer gives no reason to end a talk. */
const STATE_WAIT_MS = 400;

const OVER: readonly AttemptStatus[] = ['completed', 'busy', 'no_answer', 'failed', 'canceled'];

/** Events that the bridge reported for this call, in the order of arrival. */
const bridgeEvents = (heard: readonly Evidence[]): BridgeEvidence['event'][] =>
  heard.flatMap((item) => (item.kind === 'bridge' ? [item.event] : []));

/**
 * Stored evidence of this call, in the order of arrival. Waits a moment for the bridge to report how a stream ended. Without a report the
 * bridge has died, and the call may be resumed.
 */
async function heardOf(call: AnsweredCall, records: Pick<EventRecords, 'evidence'>): Promise<Evidence[]> {
  for (let waited = 0; ; waited += WORD_POLL_MS) {
    const heard = await evidenceOf(call, records);
    if (bridgeEvents(heard).at(-1) !== 'stream_started' || waited >= WORD_WAIT_MS) return heard;
    await pause(WORD_POLL_MS);
  }
}

/**
 * True when the attempt or the booking has ended. A callee who has just picked up waits for a voice: Temporal is queried only before a
 * stream is opened again.
 */
async function isOver({ stored, callId, resume }: AnsweredCall, context: Context): Promise<boolean> {
  const ask = resume > 0 && !stored.view.outcome;
  const view = (ask ? await within(STATE_WAIT_MS, context.gateway.state(stored.order.id)) : undefined) ?? stored.view;
  const attempt = view.attempts.find((each) => each.call_id === callId);
  // The business called after the outcome: the booking's end is not this call's.
  if (!attempt && isInboundCall(callId)) return false;
  return view.outcome !== null || (attempt !== undefined && OVER.includes(attempt.status));
}

/** Undefined: there is no bridge to connect to. */
async function connect(
  { callId, callSid, resume }: AnsweredCall,
  { records, settings, now }: Context,
  answered: number,
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
    ...(resume === 0 && { answered }),
    streamUrl: `${host.url}/ws/media-stream/${callId}`,
    resumeUrl: resumeUrl(settings.publicUrl, callId, resume + 1),
  });
}

/** Apologises. Unless there was a talk before, also reports to the workflow that the callee heard only this. */
async function apologise(request: AnsweredCall, context: Context, hadTalk: boolean): Promise<string> {
  const { stored, callId } = request;
  if (!hadTalk) {
    const at = iso(context.now());
    await callReporter(context)
      .report({ kind: 'bridge', event: 'silent', id: `bridge:${callId}:silent`, call_id: callId, at })
      .catch((error) =>
        context.log.error({ err: error, booking_id: stored.order.id }, 'could not report a silent call'),
      );
  }
  return apologyTwiml(stored.order.language);
}

/**
 * Twilio's next instructions for an answered call. `register`: connect to ElevenLabs' stream; `connect`: to ours; `resume`: to ours again,
 * after a lost stream; `apologise`: no agent or no bridge is available; `hang_up`: the talk is over.
 */
export async function voiceInstructions(
  request: AnsweredCall,
  context: Context,
): Promise<{ does: 'register' | 'connect' | 'resume' | 'apologise' | 'hang_up'; twiml: string }> {
  // Twilio requests the first instructions when the callee has answered.
  const answered = context.now();
  const [over, heard] = await Promise.all([isOver(request, context), heardOf(request, context.records)]);
  const events = bridgeEvents(heard);
  const hadTalk = events.includes('stream_started');
  // Before Twilio requests stream n, it has seen n end. So a request for a stream that ran already repeats an old one. It gets no token,
  // with which it could take over the call.
  const replayed =
    events.filter((event) => event === 'stream_started').length > request.resume - streamsOfOthers(heard);
  if (over || replayed || events.includes('talk_ended')) return { does: 'hang_up', twiml: hangUpTwiml() };
  const hopeless = events.at(-1) === 'agent_failed' || request.resume >= MAX_STREAMS;
  if (!hopeless && mayFallBack({ channel: await channelOf(request, context) })) {
    const registered = await register(request, heard, context);
    if (registered.is === 'over') return { does: 'hang_up', twiml: hangUpTwiml() };
    if (registered.is === 'theirs') return { does: 'register', twiml: registered.twiml };
  }
  const twiml = hopeless ? undefined : await connect(request, context, answered);
  if (twiml === undefined) return { does: 'apologise', twiml: await apologise(request, context, hadTalk) };
  return { does: request.resume > 0 ? 'resume' : 'connect', twiml };
}
