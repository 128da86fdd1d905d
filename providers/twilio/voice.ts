import type { DialResult, HangUpResult } from '../../domain/evidence.ts';
import { iso } from '../../domain/iso.ts';
import { isTerminal } from '../../domain/leg.ts';
import { type CallSnapshot, type PhoneDial, ProviderUnreachable, type TwilioVoice } from '../interface.ts';
import { callSnapshot, isCallStatus } from './call-snapshot.ts';
import { classifyTwilioDial, httpStatusOf, twilioCodeOf, twilioProblem } from './classify.ts';
import { connectTwilio } from './connect.ts';
import { goodbyeTwiml } from './goodbye.ts';

export interface TwilioOptions {
  accountSid: string;
  authToken: string;
  /** Caller number, E.164. */
  from: string;
  /** Base URL of the API for Twilio. */
  publicUrl: string;
  /** Another host with Twilio's REST API. */
  apiBaseUrl?: string | undefined;
  timeoutMs?: number | undefined;
}

/**
 * By default Twilio retries only when it could not connect; the URL's fragment asks for more. Without it one `500`, such as from an API
 * that has just lost its database, would cost an event, or a call its next instructions and thus its life.
 */
export const TWILIO_RETRIES = '#rc=3&rp=5xx,ct,rt';
/** `date_created` has whole seconds, and clocks differ a little. */
const CREATED_SLACK_MS = 2_000;
const LIST_LIMIT = 50;
/** Call not in a state that can be updated: twilio.com/docs/api/errors/21220. */
const NOT_UPDATABLE = 21220;

/** URLs of one call's webhooks. Their `call_id` names the attempt even when the dial's answer is lost. */
export function callbackUrls(publicUrl: string, callId: string): { twiml: string; status: string } {
  const base = publicUrl.replace(/\/+$/, '');
  const query = `?call_id=${encodeURIComponent(callId)}`;
  return {
    twiml: `${base}/webhook/voice/outbound${query}${TWILIO_RETRIES}`,
    status: `${base}/webhook/voice/status${query}${TWILIO_RETRIES}`,
  };
}

/** Twilio's Voice API through the official SDK: one request per method, never retried. */
export function createTwilioVoice(options: TwilioOptions): TwilioVoice {
  const timeoutMs = options.timeoutMs ?? 30_000;
  const open = (keepAlive: boolean) => {
    const { client, httpClient } = connectTwilio({ ...options, timeoutMs, keepAlive });
    return { calls: client.calls, httpClient };
  };
  // Each dial uses a new connection: an idle one that the server closes at that moment would make the dial `unknown`.
  const dialing = open(false);
  const asking = open(true);

  const unreachable = (error: unknown) => new ProviderUnreachable(twilioProblem(error), { cause: error });

  async function dial({ order, call_id, ring_seconds, max_call_seconds }: PhoneDial): Promise<DialResult> {
    const urls = callbackUrls(options.publicUrl, call_id);
    try {
      const call = await dialing.calls.create({
        to: order.business.phone,
        from: options.from,
        url: urls.twiml,
        method: 'POST',
        // The same page again: without it a failed TwiML request would end the call with an error message.
        fallbackUrl: urls.twiml,
        fallbackMethod: 'POST',
        statusCallback: urls.status,
        statusCallbackMethod: 'POST',
        statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
        timeout: ring_seconds,
        timeLimit: max_call_seconds,
        // Asynchronous: synchronous detection would leave the callee in silence for seconds.
        machineDetection: 'Enable',
        asyncAmd: 'true',
        asyncAmdStatusCallback: urls.status,
        asyncAmdStatusCallbackMethod: 'POST',
      });
      if (typeof call.sid === 'string' && call.sid !== '') return { proves: 'accepted', call_sid: call.sid };
      return { proves: 'unknown', problem: { code: 'twilio_unreadable', message: 'The answer names no call.' } };
    } catch (error) {
      return classifyTwilioDial(error, Date.now());
    }
  }

  async function call(callSid: string): Promise<CallSnapshot | undefined> {
    const found = await asking
      .calls(callSid)
      .fetch()
      .catch((error: unknown) => {
        if (httpStatusOf(error) === 404) return undefined;
        throw unreachable(error);
      });
    if (!found) return undefined;
    const snapshot = callSnapshot(found, iso(0));
    if (!snapshot) throw unreachable(new SyntaxError('unknown call status'));
    return snapshot;
  }

  async function callsTo(phone: string, since: string, caller = options.from): Promise<CallSnapshot[]> {
    const filter = { to: phone, from: caller, limit: LIST_LIMIT, pageSize: LIST_LIMIT };
    // No StartTime filter: it misses queued calls. Queued calls are requested by status as well, because a list in order of start may put
    // them last.
    const lists = await Promise.all([
      asking.calls.list(filter),
      asking.calls.list({ ...filter, status: 'queued' }),
    ]).catch((error: unknown) => {
      throw unreachable(error);
    });
    // Twilio's clock may be behind ours. A call that is missed here would be dialed a second time.
    const earliest = Date.parse(since) + Math.min(0, asking.httpClient.skewMs) - CREATED_SLACK_MS;
    const calls = new Map<string, CallSnapshot>();
    for (const each of lists.flat()) {
      const snapshot = callSnapshot(each, since);
      if (snapshot && Date.parse(snapshot.created_at) >= earliest) calls.set(snapshot.call_sid, snapshot);
    }
    return [...calls.values()].sort((a, b) => b.created_at.localeCompare(a.created_at));
  }

  async function hangUp(callSid: string, mode: 'cancel' | 'complete'): Promise<HangUpResult> {
    try {
      const status = mode === 'cancel' ? 'canceled' : 'completed';
      const updated = await asking.calls(callSid).update({ status });
      return { done: isCallStatus(updated.status) && isTerminal(updated.status) ? 'ended' : 'requested' };
    } catch (error) {
      if (httpStatusOf(error) === 404) return { done: 'not_found' };
      if (twilioCodeOf(error) !== NOT_UPDATABLE) return { done: 'failed', problem: twilioProblem(error) };
    }
    // Twilio says "cannot be updated" of ended calls, and possibly of answered ones that were to be cancelled.
    try {
      const now = await call(callSid);
      if (!now) return { done: 'not_found' };
      return { done: isTerminal(now.status) ? 'ended' : 'requested' };
    } catch (error) {
      return { done: 'failed', problem: error instanceof ProviderUnreachable ? error.problem : twilioProblem(error) };
    }
  }

  async function hangUpWithGoodbye(callSid: string, language: string | undefined): Promise<HangUpResult> {
    try {
      // New instructions replace the current ones, be it our stream or ElevenLabs'.
      await asking.calls(callSid).update({ twiml: goodbyeTwiml(language) });
      return { done: 'requested' };
    } catch {
      // It rings, has ended, or its state is unknown: end it in any case.
      return hangUp(callSid, 'complete');
    }
  }

  const limit = async (callSid: string, seconds: number): Promise<void> =>
    void (await unlessMissing(asking.calls(callSid).update({ timeLimit: seconds })));

  async function eraseCall(callSid: string): Promise<void> {
    // The recordings are listed by their call, so they are deleted first.
    const found = await unlessMissing(asking.calls(callSid).recordings.list());
    for (const { sid } of found ?? []) await unlessMissing(asking.calls(callSid).recordings(sid).remove());
    await unlessMissing(asking.calls(callSid).remove());
  }

  async function unlessMissing<T>(request: Promise<T>): Promise<T | undefined> {
    try {
      return await request;
    } catch (error) {
      if (httpStatusOf(error) === 404) return undefined;
      throw unreachable(error);
    }
  }

  return { dial, call, callsTo, hangUp, hangUpWithGoodbye, limit, eraseCall };
}
