import { z } from 'zod';
import { takeCaller } from '../../delivery/inbound-calls.ts';
import { unlessAway } from '../../delivery/unless-away.ts';
import { asksToBeLeftAlone } from '../../domain/inbound-words.ts';
import { iso } from '../../domain/iso.ts';
import { maskPhone } from '../../domain/mask-numbers.ts';
import { spoken } from '../../domain/prompts.ts';
import { AT_BRIDGE } from '../../domain/ring-back.ts';
import { field, type TwilioForm } from '../../providers/webhooks/index.ts';
import type { App, Context } from '../context.ts';
import { callerIn, languageOf } from '../inbound/caller.ts';
import { lastWordsTwiml, strangerTwiml, waitTwiml } from '../inbound/twiml.ts';
import { content, problems } from '../openapi.ts';
import { fromTwilio } from '../twilio-requests.ts';
import { hangUpTwiml } from '../twiml.ts';
import { voiceInstructions } from '../voice-instructions.ts';

const CALL_SID = /^CA[0-9a-zA-Z]{8,64}$/;
/** Our own leg to the same number ends in this many looks, or the caller is asked to call again. */
const MAX_WAITS = 6;
const MAX_ASKED = 2;

const waitedQuery = z.object({ waited: z.string().max(3).optional().describe('Number of waits before') });
const askedQuery = z.object({
  asked: z.string().max(3).optional().describe('Number of times that the question was put'),
});

const count = (value: unknown): number => (typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : 0);

/** Calls to our number. Nothing of a request is trusted before its signature is checked. */
export function inboundRoutes(app: App, context: Context): void {
  const { records, settings, metrics } = context;
  const { publicUrl } = settings;

  /** Twilio's instructions for a caller. */
  const instructions = async (
    form: TwilioForm,
    waited: number,
  ): Promise<{ does: string; twiml: string; call_id?: string }> => {
    const callSid = field(form, 'CallSid') ?? '';
    const caller = callerIn(field(form, 'From'));
    const language = languageOf(caller, field(form, 'To'));
    if (!CALL_SID.test(callSid)) return { does: 'hang_up', twiml: hangUpTwiml() };
    if (caller === undefined) return { does: 'withheld', twiml: lastWordsTwiml(language, 'who', 'hidden') };
    const answer = await unlessAway(takeCaller(context, { call_sid: callSid, phone: caller, channel: AT_BRIDGE }));
    if (answer.away) {
      context.log.warn({ err: answer.cause }, 'could not find out whose call to our number this is');
      return { does: 'apologise', twiml: lastWordsTwiml(language, 'later') };
    }
    const taken = answer.value;
    switch (taken.is) {
      case 'too_late':
        return { does: 'hang_up', twiml: hangUpTwiml() };
      case 'engaged':
        return { does: 'engaged', twiml: lastWordsTwiml(language, 'engaged') };
      case 'stranger':
        return { does: 'stranger', twiml: strangerTwiml(publicUrl, language, 1) };
      case 'talk':
        break;
    }
    const { call_id, booking, outbound } = taken;
    const inWords = spoken(booking.order.language);
    if (outbound === 'talks') return { does: 'engaged', twiml: lastWordsTwiml(inWords, 'engaged'), call_id };
    if (outbound && waited >= MAX_WAITS) return { does: 'apologise', twiml: lastWordsTwiml(inWords, 'later'), call_id };
    if (outbound) return { does: 'wait', twiml: waitTwiml(publicUrl, inWords, waited), call_id };
    await records.linkAttempt(call_id, { call_sid: callSid });
    const next = await voiceInstructions({ stored: booking, callId: call_id, callSid, resume: 0 }, context);
    return { ...next, call_id };
  };

  /** A stranger answered the question. */
  const answered = async (form: TwilioForm, asked: number): Promise<{ does: string; twiml: string }> => {
    const callSid = field(form, 'CallSid') ?? '';
    const caller = callerIn(field(form, 'From'));
    const language = languageOf(caller, field(form, 'To'));
    if (!CALL_SID.test(callSid) || caller === undefined) return { does: 'hang_up', twiml: hangUpTwiml() };
    const left = (field(form, 'Digits') ?? '').startsWith('9') || asksToBeLeftAlone(field(form, 'SpeechResult') ?? '');
    if (!left) {
      if (asked < MAX_ASKED) return { does: 'stranger', twiml: strangerTwiml(publicUrl, language, asked + 1) };
      return { does: 'goodbye', twiml: lastWordsTwiml(language, 'bye') };
    }
    const taken = await takeCaller(context, { call_sid: callSid, phone: caller, channel: AT_BRIDGE });
    if (taken.is === 'too_late') return { does: 'hang_up', twiml: hangUpTwiml() };
    // Once for each call, so that a repeated request does not undo an operator's removal.
    await records.forbidNumber({
      call_id: callSid,
      phone_hash: settings.phoneHash(caller),
      phone_masked: maskPhone(caller),
      booking_id: '',
      at: iso(context.now()),
    });
    context.log.info({ phone: maskPhone(caller) }, 'a caller entered its number in the do-not-call list');
    return { does: 'entered', twiml: lastWordsTwiml(language, 'entered') };
  };

  app.register(async (scope: App) => {
    const { verified, common, schema } = fromTwilio(scope, context);
    const response = { ...content(200, 'TwiML', 'text/xml'), ...problems(403, 503) };

    scope.route({
      ...common,
      method: 'POST',
      url: '/webhook/voice/inbound',
      schema: {
        ...schema,
        operationId: 'inboundCall',
        summary: 'TwiML for a call to our number',
        querystring: waitedQuery,
        response,
      },
      async handler(request, reply) {
        const form = verified(request);
        const { waited } = request.query as { waited?: unknown };
        const { does, twiml, call_id } = await instructions(form, count(waited));
        metrics.webhooks.inc({ kind: 'inbound', answer: does });
        // A captured request that is sent again is answered with a hang-up.
        (does === 'hang_up' ? context.strangers : context.log).info(
          { reqId: request.id, call_id, does },
          'inbound call',
        );
        return reply.type('text/xml; charset=utf-8').serializer(String).send(twiml);
      },
    });

    scope.route({
      ...common,
      method: 'POST',
      url: '/webhook/voice/inbound/answer',
      schema: {
        ...schema,
        operationId: 'inboundAnswer',
        summary: 'TwiML after the answer of a caller whom no booking rang',
        querystring: askedQuery,
        response,
      },
      async handler(request, reply) {
        const form = verified(request);
        const { asked } = request.query as { asked?: unknown };
        const { does, twiml } = await answered(form, Math.max(count(asked), 1));
        metrics.webhooks.inc({ kind: 'inbound', answer: does });
        (does === 'hang_up' ? context.strangers : context.log).info({ reqId: request.id, does }, 'answer of a caller');
        return reply.type('text/xml; charset=utf-8').serializer(String).send(twiml);
      },
    });
  });
}
