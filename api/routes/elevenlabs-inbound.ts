import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { newBookingId } from '../../accepting/keyed-hashes.ts';
import { type Caller, takeCaller } from '../../delivery/inbound-calls.ts';
import { callIdOf, FIRST_INBOUND } from '../../domain/ids.ts';
import { AT_PROVIDER } from '../../domain/ring-back.ts';
import type { App, Context } from '../context.ts';
import { callerIn, languageOf } from '../inbound/caller.ts';
import { problems } from '../openapi.ts';
import { Problem } from '../problem.ts';
import { withToolSecret } from '../tool-secret.ts';

/** Our own leg to the same number ends in this time, or the caller gets no agent: ElevenLabs waits for our answer. */
const LEG_ENDS_MS = 4_000;
const LOOK_MS = 250;

const bodySchema = z
  .looseObject({
    caller_id: z.string().max(100).nullish().describe('The caller’s number; absent: it is withheld'),
    agent_id: z.string().max(200).nullish().describe('The agent of the number'),
    called_number: z.string().max(100).nullish().describe('Our number'),
    call_sid: z
      .string()
      .regex(/^[\x21-\x7e]{8,200}$/, 'must be the call’s id at the carrier')
      .describe('The call’s id at the carrier'),
  })
  .meta({ id: 'ElevenLabsInbound', description: 'A call that ElevenLabs is about to answer' });

const answerSchema = z
  .looseObject({
    type: z.literal('conversation_initiation_client_data').describe('As ElevenLabs names it'),
    dynamic_variables: z.record(z.string(), z.unknown()).describe('Values for the agent’s prompt'),
  })
  .meta({ id: 'ConversationInitiation', description: 'The words with which the agent answers' });

/** ElevenLabs asks who calls a number that was imported there. It answers the call with what we say. */
export function elevenLabsInboundRoute(app: App, context: Context): void {
  const { metrics, answering: agents } = context;

  const taken = async (caller: Caller): ReturnType<typeof takeCaller> => {
    for (let waited = 0; ; waited += LOOK_MS) {
      const now = await takeCaller(context, caller);
      if (now.is !== 'talk' || now.outbound !== 'rings' || waited >= LEG_ENDS_MS) return now;
      await pause(LOOK_MS);
    }
  };

  const initiation = async (
    body: z.infer<typeof bodySchema>,
  ): Promise<{ does: string; init: Record<string, unknown> }> => {
    if (!agents) throw new Problem(503, 'ElevenLabs is not configured here.');
    const phone = callerIn(body.caller_id ?? undefined);
    const language = languageOf(phone, body.called_number ?? undefined);
    if (phone === undefined) return { does: 'withheld', init: await agents.strangerInit('', language) };
    const caller = await taken({
      call_sid: body.call_sid,
      phone,
      channel: AT_PROVIDER,
      stranger_call_id: callIdOf(newBookingId(), FIRST_INBOUND),
    });
    switch (caller.is) {
      case 'too_late':
        throw new Problem(403, 'This call was answered before.');
      case 'engaged':
        throw new Problem(409, 'Another call of this number is being answered.');
      case 'stranger':
        return { does: 'stranger', init: await agents.strangerInit(caller.call_id ?? '', language) };
      case 'talk':
        if (caller.outbound) throw new Problem(409, 'A call to this number is in progress.');
        return { does: 'connect', init: await agents.inboundInit(caller.booking.order, caller.call_id) };
    }
  };

  app.route({
    method: 'POST',
    url: '/api/elevenlabs/inbound',
    schema: {
      tags: ['providers'],
      security: [{ toolSecret: [] }],
      operationId: 'elevenLabsInbound',
      summary: 'ElevenLabs’ conversation-initiation webhook, for calls to an imported number',
      body: bodySchema,
      response: { 200: answerSchema, ...problems(401, 403, 409, 422, 503) },
    },
    onRequest: withToolSecret(context, 'elevenlabs_inbound'),
    async handler(request) {
      const { does, init } = await initiation(request.body);
      metrics.webhooks.inc({ kind: 'elevenlabs_inbound', answer: does });
      request.log.info({ does }, 'a call to the number at ElevenLabs');
      return init as z.infer<typeof answerSchema>;
    },
  });
}
