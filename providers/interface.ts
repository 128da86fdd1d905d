import type {
  CallStatus,
  ConversationStatus,
  DialResult,
  HangUpResult,
  Problem,
  TranscriptDigest,
} from '../domain/evidence.ts';
import type { BookingOrder } from '../domain/order.ts';
import type { Analysis } from '../domain/proof.ts';
import type { Report } from '../domain/result.ts';

export interface PhoneDial {
  order: BookingOrder;
  call_id: string;
  ring_seconds: number;
  max_call_seconds: number;
}

/** What Twilio shall do with a call so that ElevenLabs carries its sound; or why it does not. */
export type Registration =
  | { ok: true; twiml: string; conversation_id?: string | undefined }
  | { ok: false; problem: Problem };

export interface RegisteredCall {
  order: BookingOrder;
  call_id: string;
  /** Our number, E.164. */
  from: string;
  timeoutMs: number;
}

/** Twilio's call resource, as far as anybody here needs it. */
export interface CallSnapshot {
  call_sid: string;
  status: CallStatus;
  to: string;
  from: string;
  created_at: string;
  ended_at?: string | undefined;
  duration_seconds?: number | undefined;
  answered_by?: string | undefined;
}

/** Thrown by look-ups that got no usable answer; dials never throw it. */
export class ProviderUnreachable extends Error {
  readonly problem: Problem;
  constructor(problem: Problem, options?: ErrorOptions) {
    super(`${problem.code}: ${problem.message}`, options);
    this.name = 'ProviderUnreachable';
    this.problem = problem;
  }
}

export interface TwilioVoice {
  /** POST Calls with our TwiML URL. Never throws, never retries. */
  dial(dial: PhoneDial): Promise<DialResult>;
  /** undefined: Twilio does not know the call. */
  call(callSid: string): Promise<CallSnapshot | undefined>;
  /** Calls from our number (or from `caller`, another one of the account) to `phone` created at or after `since` (queued ones included), newest first. */
  callsTo(phone: string, since: string, caller?: string): Promise<CallSnapshot[]>;
  hangUp(callSid: string, mode: 'cancel' | 'complete'): Promise<HangUpResult>;
  /** Ends a talk with a spoken word of goodbye, in English or Spanish; a call in which nobody talks is just ended. */
  takeLeave(callSid: string, language: string | undefined): Promise<HangUpResult>;
  /** Deletes what Twilio keeps of a call: its recordings, then itself. One that is not there counts. Throws ProviderUnreachable. */
  eraseCall(callSid: string): Promise<void>;
}

export interface Turn {
  role: 'agent' | 'business';
  message: string;
  at_seconds: number;
}

/** A conversation as both `GET conversations/{id}` and the post-call webhook show it, parsed once. */
export interface ConversationSnapshot {
  conversation_id: string;
  agent_id: string;
  status: ConversationStatus;
  call_sid?: string | undefined;
  booking_id?: string | undefined;
  call_id?: string | undefined;
  call_result?: 'answered' | 'voicemail' | 'busy' | 'no_answer' | 'failed' | undefined;
  started_at?: string | undefined;
  duration_seconds?: number | undefined;
  turns: Turn[];
  /** Absent: there is no transcript to be had (nothing was said, or the words are withheld: zero retention, redaction). */
  digest?: TranscriptDigest | undefined;
  /** Parameters of the last valid `report_result` among the transcript's tool calls, else from data collection. */
  report?: Report | undefined;
  /** What its data collection says of the appointment; absent where it says nothing that can be used. */
  analysis?: Analysis | undefined;
}

export interface AgentTestResult {
  turns: Turn[];
  digest: TranscriptDigest;
  report?: Report | undefined;
}

export interface ElevenLabsAgents {
  /** POST twilio/outbound-call with the official SDK: 30 s, no retries, the answer checked. Never throws. */
  dial(dial: PhoneDial): Promise<DialResult>;
  conversation(conversationId: string): Promise<ConversationSnapshot | undefined>;
  /** Conversations with `user_id` = booking id that started at or after `since`. */
  conversationsOf(bookingId: string, since: string): Promise<ConversationSnapshot[]>;
  /** Ids of the conversations with `user_id` = booking id that started at or after `since`. Throws ProviderUnreachable. */
  conversationIdsOf(bookingId: string, since: string): Promise<string[]>;
  /** Deletes a conversation with transcript and audio. One that is not there counts. Throws ProviderUnreachable. */
  eraseConversation(conversationId: string): Promise<void>;
  /** undefined: no audio (yet). */
  conversationAudio(conversationId: string): Promise<{ content: Uint8Array; content_type: string } | undefined>;
  /** A URL for one agent socket, valid 15 minutes; opaque. Throws ProviderUnreachable. */
  signedUrl(agentId: string): Promise<string>;
  /** Where the sound of a call of ours shall go, so that ElevenLabs carries it. Asked once; never throws. */
  registerCall(call: RegisteredCall): Promise<Registration>;
  /** The first message of the socket: dynamic variables, user id, overrides. */
  conversationInit(order: BookingOrder, callId: string): Record<string, unknown>;
  /** The same of the receptionist's socket in a simulation, once its agent was read. */
  receptionistInit(order: BookingOrder): Promise<Record<string, unknown>>;
  /**
   * The language in which a booking's talks are held because the agent cannot be made to speak this one, and why; undefined: it can, or
   * the agent was not read yet. At once, from what was read last.
   */
  languageInstead(language: string | undefined): { language: string; because: string } | undefined;
  /** Names of wanted overrides that the agent does not permit, the languages that it speaks (its own first), and its audio formats. */
  agentCheck(agentId: string): Promise<{
    name: string;
    forbidden_overrides: string[];
    languages: string[];
    input_format?: string;
    output_format?: string;
  }>;
  /** Agent-testing simulation: create, run, poll, delete. Throws ProviderUnreachable. */
  agentTest(order: BookingOrder, callId: string): Promise<AgentTestResult>;
  /** Voices a dialogue; chunks of at most 2,000 characters are joined. */
  dialogue(turns: Turn[], languageCode: string): Promise<{ content: Uint8Array; content_type: string }>;
}
