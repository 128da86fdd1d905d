import { z } from 'zod';

/** Documentation of the providers' requests. `providers/` parses them, after their signatures. */

export const twilioVoiceQuerySchema = z.object({
  call_id: z.string().max(100).optional().describe('The attempt, as our dial named it'),
  resume: z.string().max(10).optional().describe('How many streams of this call have ended before'),
});

export const twilioStatusQuerySchema = twilioVoiceQuerySchema.pick({ call_id: true });

/** Twilio adds parameters without notice. */
export const twilioFormSchema = z
  .looseObject({ CallSid: z.string(), CallStatus: z.string().optional(), AnsweredBy: z.string().optional() })
  .meta({ id: 'TwilioForm' });

export const postCallSchema = z
  .looseObject({ type: z.string(), event_timestamp: z.number().optional(), data: z.looseObject({}) })
  .meta({ id: 'PostCall' });

export const reportAnswerSchema = z.object({
  accepted: z.literal(true),
  unclear: z
    .array(z.object({ field: z.string(), message: z.string() }))
    .optional()
    .describe('What was taken as evidence and cannot be used as it was said, with what the agent can do about it'),
});
export const receivedSchema = z.object({ received: z.literal(true) });
