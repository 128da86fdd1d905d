import type { z } from 'zod';
import {
  agentCorrectionEvent,
  agentResponseEvent,
  errorEvent,
  metadataEvent,
  toolCallEvent,
  toolResponseEvent,
  userTranscriptEvent,
} from './agent-schemas.ts';
import { isBase64 } from './codec/base64.ts';

export interface ToolCall {
  name: string;
  id: string;
  parameters: unknown;
}

/** Messages of an ElevenLabs agent socket. `other`: a known or unknown type that the bridge ignores. */
export type AgentFrame =
  | { type: 'audio'; payload: string; eventId: number }
  | { type: 'ping' | 'interruption'; eventId: number }
  | { type: 'metadata'; conversationId: string; output: string; input: string }
  | { type: 'agent_said'; text: string }
  | { type: 'agent_corrected'; original: string | undefined; text: string }
  | { type: 'user_said'; text: string }
  | { type: 'tool_call'; call: ToolCall }
  /** A tool of the provider's own, or of its server, was used. */
  | { type: 'tool_used'; name: string }
  | { type: 'error'; code: number | undefined; errorType: string | undefined; message: string }
  | { type: 'other' }
  | { type: 'malformed'; problem: string };

/** A message about words of one side: spoken, about to be spoken, or corrected. */
export type SaidFrame = Extract<AgentFrame, { type: 'agent_said' | 'agent_corrected' | 'user_said' }>;

/** The agent's error texts go to the workflow: bounded to a length that a person would read. */
const MAX_CODE = 100;
const MAX_MESSAGE = 300;

type Fields = Record<string, unknown>;

/** Reads one text message. Audio, pings and interruptions are checked by hand, without a schema. */
export function parseAgentFrame(text: string): AgentFrame {
  let frame: Fields | null;
  try {
    frame = JSON.parse(text) as Fields | null;
  } catch {
    return { type: 'malformed', problem: 'not JSON' };
  }
  if (typeof frame !== 'object' || frame === null) return { type: 'malformed', problem: 'not a JSON object' };
  switch (frame.type) {
    case 'audio': {
      const event = frame.audio_event as Fields | null | undefined;
      const payload = event?.audio_base_64;
      if (!isBase64(payload)) return { type: 'malformed', problem: 'audio_event.audio_base_64 is not base64' };
      return { type: 'audio', payload, eventId: integer(event?.event_id) ?? Number.POSITIVE_INFINITY };
    }
    case 'ping':
    case 'interruption': {
      const eventId = integer((frame[`${frame.type}_event`] as Fields | null | undefined)?.event_id);
      // An interruption without an id still counts: the agent must stop.
      if (eventId === undefined && frame.type === 'ping') return { type: 'malformed', problem: 'ping_event.event_id' };
      return { type: frame.type, eventId: eventId ?? -1 };
    }
    case 'conversation_initiation_metadata':
      return read(metadataEvent, frame, ({ conversation_initiation_metadata_event: event }) => ({
        type: 'metadata',
        conversationId: event.conversation_id,
        output: event.agent_output_audio_format,
        input: event.user_input_audio_format ?? event.agent_output_audio_format,
      }));
    case 'agent_response':
      return read(agentResponseEvent, frame, (event) => ({
        type: 'agent_said',
        text: event.agent_response_event.agent_response,
      }));
    case 'agent_response_correction':
      return read(agentCorrectionEvent, frame, ({ agent_response_correction_event: event }) => ({
        type: 'agent_corrected',
        original: event.original_agent_response ?? undefined,
        text: event.corrected_agent_response,
      }));
    case 'user_transcript':
      return read(userTranscriptEvent, frame, (event) => ({
        type: 'user_said',
        text: event.user_transcription_event.user_transcript,
      }));
    case 'client_tool_call':
      return read(toolCallEvent, frame, ({ client_tool_call: call }) => ({
        type: 'tool_call',
        call: { name: call.tool_name, id: call.tool_call_id, parameters: call.parameters },
      }));
    case 'agent_tool_response':
      return read(toolResponseEvent, frame, ({ agent_tool_response: { tool_name, is_error } }) =>
        is_error ? { type: 'other' } : { type: 'tool_used', name: tool_name },
      );
    case 'error':
      return read(errorEvent, frame, ({ error_event: event }) => ({
        type: 'error',
        code: event.code ?? undefined,
        errorType: event.error_type?.slice(0, MAX_CODE),
        message: (event.message ?? event.reason ?? 'no message').slice(0, MAX_MESSAGE),
      }));
    default:
      return { type: 'other' };
  }
}

function read<T>(schema: z.ZodType<T>, frame: Fields, make: (value: T) => AgentFrame): AgentFrame {
  const parsed = schema.safeParse(frame);
  if (parsed.success) return make(parsed.data);
  const issue = parsed.error.issues[0];
  return { type: 'malformed', problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}` };
}

const integer = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
};

/** An audio message to the agent, before and after its base64. */
export const AGENT_AUDIO = { head: Buffer.from('{"user_audio_chunk":"'), tail: Buffer.from('"}') };

/** Messages to the agent. Audio has no `type`; its payload must be valid base64, because it is not escaped. */
export const toAgent = {
  audio: (payload: string): string => `{"user_audio_chunk":"${payload}"}`,
  pong: (eventId: number): string => `{"type":"pong","event_id":${eventId}}`,
  toolResult: (id: string, result: string, isError: boolean): string =>
    JSON.stringify({ type: 'client_tool_result', tool_call_id: id, result, is_error: isError }),
  context: (text: string): string => JSON.stringify({ type: 'contextual_update', text }),
  init: (data: Record<string, unknown>): string =>
    JSON.stringify({ ...data, type: 'conversation_initiation_client_data' }),
};
