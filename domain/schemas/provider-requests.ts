import { z } from 'zod';

/** Documentation of the providers' requests. `providers/` parses them, after their signatures. */

export const twilioVoiceQuerySchema = z.object({
  call_id: z.string().max(100).optional().describe('The attempt, as named in our dial'),
  resume: z.string().max(10).optional().describe('Number of streams of this call that have ended before'),
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
    .describe('Fields that were stored as evidence but are unusable, each with a remedy for the agent'),
});
export const receivedSchema = z.object({ received: z.literal(true) });
