import { deliverUnrecorded } from '../../delivery/deliver.ts';
import { noteCallStatus, takeCallStatus } from '../../delivery/take-call-status.ts';
import { unlessAway } from '../../delivery/unless-away.ts';
import { mayAct } from '../../domain/accounts.ts';
import { orderOfCall } from '../../domain/call-order.ts';
import { PHONE } from '../../domain/channels.ts';
import { parseCallId } from '../../domain/ids.ts';
import { iso } from '../../domain/iso.ts';
import { twilioStatusQuerySchema, twilioVoiceQuerySchema } from '../../domain/schemas/provider-requests.ts';
import { field, twilioStatusToEvidence } from '../../providers/webhooks/index.ts';
import type { StoredBooking } from '../../records/ports/bookings.ts';
import { channelOf } from '../call-channel.ts';
import type { App, Context } from '../context.ts';
import { content, problems } from '../openapi.ts';
import { unavailable } from '../problem.ts';
import { fromTwilio } from '../twilio-requests.ts';
import { hangUpTwiml } from '../twiml.ts';
import { voiceInstructions } from '../voice-instructions.ts';

/**
 * Number of streams that ended before this request. When Twilio cannot fetch a call's next page, it requests the page of the dial instead
 * (the fallback of all pages) and names the failed page in `ErrorUrl`: twilio.com/docs/usage/security/availability-reliability.
 */
function streamsBefore(resume: unknown, errorUrl: string | undefined): number {
  const failed = errorUrl && URL.canParse(errorUrl) ? new URL(errorUrl).searchParams.get('resume') : undefined;
  const given = failed ?? resume;
  return typeof given === 'string' && /^\d{1,4}$/.test(given) ? Number(given) : 0;
}

/** Twilio's TwiML requests and status callbacks. Nothing of a request is trusted before its signature is checked. */
export function twilioRoutes(app: App, context: Context): void {
  const { records, gateway, bridge, bridgeId, settings, metrics } = context;

  /**
   * Tells the bridge that will host the call to open the agent's socket; the bridge of another process learns it within a moment. Once for
   * each call and bridge: a socket costs money, and anyone who has captured the ringing callback can send it any number of times.
   */
  const prepare = async (callId: string, { order, view }: StoredBooking): Promise<void> => {
    if (view.outcome) return;
    if (!PHONE[await channelOf({ stored: { order, view }, callId }, context)].warmsAgent) return;
    const now = iso(context.now());
    const host = await records.hostCall({ call_id: callId, now, again: false, here: bridgeId });
    if (host?.is_new && host.bridge_id === bridgeId) bridge?.prepare(callId, orderOfCall(order, view.attempts, callId));
  };

  const taking = { ...context, rings: prepare, ended: (callId: string) => bridge?.release(callId) };

  app.register(async (scope: App) => {
    const { verified, common, schema } = fromTwilio(scope, context);

    scope.route({
      ...common,
      method: 'POST',
      url: '/webhook/voice/outbound',
      schema: {
        ...schema,
        operationId: 'voiceInstructions',
        summary: 'TwiML for an answered call',
        querystring: twilioVoiceQuerySchema,
        response: { ...content(200, 'TwiML', 'text/xml'), ...problems(403, 503) },
      },
      async handler(request, reply) {
        const form = verified(request);
        const query = request.query as { call_id?: unknown; resume?: unknown };
        const resume = streamsBefore(query.resume, field(form, 'ErrorUrl'));
        const callSid = field(form, 'CallSid');
        const attempt = parseCallId(query.call_id);
        const callId = String(query.call_id);
        const found = attempt ? await unlessAway(records.booking(attempt.bookingId)) : undefined;
        if (found?.away) {
          // There are no instructions for the callee yet, but the request proves that the call was answered.
          const evidence = twilioStatusToEvidence(form, callId, new Date(context.now()));
          if (evidence) await deliverUnrecorded(gateway, 'callStatus', evidence, found.cause);
          throw unavailable('The database is out of reach', found.cause);
        }
        const stored = found?.value;
        reply.type('text/xml; charset=utf-8').serializer(String);
        // This process must not continue a call of a booking that belongs to other accounts.
        if (!callSid || !stored || !mayAct(settings.accounts, stored.accounts, stored.sandbox)) {
          metrics.webhooks.inc({ kind: 'twiml', answer: 'unknown' });
          return reply.send(hangUpTwiml());
        }
        if (resume > 0) context.resumed?.(callId);
        await records.linkAttempt(callId, { call_sid: callSid });
        // A request for TwiML proves the answer. It is signaled in the background, because the callee is waiting.
        const evidence = twilioStatusToEvidence(form, callId, new Date(context.now()));
        if (evidence) {
          noteCallStatus(evidence, context).catch((error) =>
            request.log.warn({ err: error, booking_id: stored.order.id }, 'could not report that a call was answered'),
          );
        }
        const { does, twiml } = await voiceInstructions(
          { stored, callId, callSid, resume, from: field(form, 'From') },
          context,
        );
        metrics.webhooks.inc({ kind: 'twiml', answer: does });
        const line = { reqId: request.id, booking_id: stored.order.id, call_id: callId, resume, does };
        // A captured request that is sent again is answered with a hang-up.
        (does === 'hang_up' ? context.strangers : context.log).info(line, 'TwiML');
        return reply.send(twiml);
      },
    });

    scope.route({
      ...common,
      method: 'POST',
      url: '/webhook/voice/status',
      schema: {
        ...schema,
        operationId: 'callStatus',
        summary: 'Status callbacks and answering-machine verdicts',
        querystring: twilioStatusQuerySchema,
        response: { ...content(204, 'Taken note of', 'text/plain'), ...problems(403, 503) },
      },
      async handler(request, reply) {
        const form = verified(request);
        const { call_id } = request.query as { call_id?: unknown };
        const callId = String(call_id);
        const evidence = twilioStatusToEvidence(form, callId, new Date(context.now()));
        const taken = evidence && parseCallId(call_id) ? await takeCallStatus(evidence, taking) : undefined;
        const answer = taken?.answer ?? 'unknown';
        metrics.webhooks.inc({ kind: 'status', answer });
        reply.code(204);
        if (!evidence || !taken || answer === 'unknown') return reply.send();
        const { bookingId: booking_id } = parseCallId(callId)!;
        const line = { reqId: request.id, booking_id, call_id: callId, status: evidence.status, answer };
        // Genuine, but a repeat: anyone who has captured it can send it any number of times.
        (taken.is_new ? context.log : context.strangers).info(line, 'call status');
        return reply.send();
      },
    });
  });
}
