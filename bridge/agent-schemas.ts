import { z } from 'zod';

/**
 * Events of an ElevenLabs agent socket that come a few times per conversation. Each has its payload under its own key. Unknown keys are
 * tolerated.
 */
export const metadataEvent = z.looseObject({
  conversation_initiation_metadata_event: z.looseObject({
    /** Printable and without spaces, because it goes into the database and into logs. */
    conversation_id: z.string().regex(/^[\x21-\x7e]{1,200}$/),
    agent_output_audio_format: z.string(),
    /** Missing in some older answers: then the input format equals the output format. */
    user_input_audio_format: z.string().nullish(),
  }),
});

export const agentResponseEvent = z.looseObject({
  agent_response_event: z.looseObject({ agent_response: z.string() }),
});

export const agentCorrectionEvent = z.looseObject({
  agent_response_correction_event: z.looseObject({
    original_agent_response: z.string().nullish(),
    corrected_agent_response: z.string(),
  }),
});

export const userTranscriptEvent = z.looseObject({
  user_transcription_event: z.looseObject({ user_transcript: z.string() }),
});

export const toolCallEvent = z.looseObject({
  client_tool_call: z.looseObject({
    tool_name: z.string(),
    tool_call_id: z.string().min(1).max(300),
    parameters: z.unknown().optional(),
  }),
});

export const toolResponseEvent = z.looseObject({
  agent_tool_response: z.looseObject({ tool_name: z.string(), is_error: z.boolean().nullish() }),
});

export const errorEvent = z.looseObject({
  error_event: z.looseObject({
    code: z.number().nullish(),
    error_type: z.string().nullish(),
    message: z.string().nullish(),
    reason: z.string().nullish(),
  }),
});
