import { z } from 'zod';

/** Documentation of the providers' requests. `providers/` parses them, after their signatures. */

export const twilioVoiceQuerySchema = z.object({
  call_id: z.string().max(100).optional().describe('The attempt, as named in our dial'),
  resume: z.string().max(10).optional().describe('Number of streams of this call that have ended before'),
});

export const twilioStatusQuerySchema = twilioVoiceQuerySchema.pick({ call_id: true });

/** Twilio adds parameters without notice. */
export const twilioFormSchema = z
  .looseObject({
    CallSid: z.string().describe('Twilio’s id of the call'),
    CallStatus: z.string().optional().describe('Twilio’s state of the call'),
    AnsweredBy: z.string().optional().describe('Twilio’s answering-machine verdict'),
  })
  .meta({ id: 'TwilioForm' });

export const postCallSchema = z
  .looseObject({
    type: z.string().describe('ElevenLabs’ name of the event'),
    event_timestamp: z.number().optional().describe('Unix seconds'),
    data: z.looseObject({}).describe('The conversation, as ElevenLabs describes it'),
  })
  .meta({ id: 'PostCall' });

export const reportAnswerSchema = z
  .object({
    accepted: z.literal(true).describe('The report is stored'),
    unclear: z
      .array(
        z
          .object({
            field: z.string().describe('Name of the field'),
            message: z.string().describe('The value that the agent should send instead'),
          })
          .meta({ id: 'UnclearField' }),
      )
      .optional()
      .describe('Fields that were stored as evidence but are unusable, each with a remedy for the agent'),
  })
  .meta({ id: 'ReportAnswer' });
export const receivedSchema = z
  .object({ received: z.literal(true).describe('The request is genuine') })
  .meta({ id: 'Received' });
