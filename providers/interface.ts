import type { CallOrder } from '../domain/call-order.ts';
import type {
  CallStatus,
  ConversationStatus,
  DialResult,
  HangUpResult,
  Problem,
  TranscriptDigest,
} from '../domain/evidence.ts';
import type { LineAct } from '../domain/line-acts.ts';
import type { BookingOrder } from '../domain/order.ts';
import type { Analysis } from '../domain/proof.ts';
import type { Report } from '../domain/result.ts';

export interface PhoneDial {
  order: CallOrder;
  call_id: string;
  ring_seconds: number;
  max_call_seconds: number;
}

/** Twilio's instructions with which ElevenLabs carries the audio of a call, or the reason why it does not. */
export type Registration =
  | { ok: true; twiml: string; conversation_id?: string | undefined }
  | { ok: false; problem: Problem };

export interface RegisteredCall {
  order: CallOrder;
  call_id: string;
  /** Our number, E.164. */
  from: string;
  timeoutMs: number;
}

/** The used part of Twilio's call resource. */
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

/** Thrown by look-ups without a usable answer. Dials never throw it. */
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
  /**
   * Calls from our number (or from `caller`, another number of the account) to `phone` that were created at or after `since` (queued ones
   * included), newest first.
   */
  callsTo(phone: string, since: string, caller?: string): Promise<CallSnapshot[]>;
  hangUp(callSid: string, mode: 'cancel' | 'complete'): Promise<HangUpResult>;
  /**
   * Has Twilio end a call so many seconds after its begin, whatever becomes of us. Succeeds when Twilio does not know the call, or not in
   * our account.
   * @throws ProviderUnreachable also for a call that cannot be updated now.
   */
  limit(callSid: string, seconds: number): Promise<void>;
  /** Ends a talk with a spoken goodbye in English or Spanish. Ends a call in which nobody talks without one. */
  hangUpWithGoodbye(callSid: string, language: string | undefined): Promise<HangUpResult>;
  /**
   * Deletes Twilio's recordings of a call, then the call. Succeeds when it does not exist.
   * @throws ProviderUnreachable
   */
  eraseCall(callSid: string): Promise<void>;
}

export interface Turn extends LineAct {
  role: 'agent' | 'business';
  message: string;
  at_seconds: number;
}

/** A conversation from `GET conversations/{id}` or from the post-call webhook, parsed once. */
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
  /** The agent waits on hold, by its tool; of a talk that is over: nobody came back. */
  on_hold?: true | undefined;
  /** Missing: there is no transcript (nothing was said, or the words are withheld: zero retention, redaction). */
  digest?: TranscriptDigest | undefined;
  /** Parameters of the last valid `report_result` among the transcript's tool calls, else from data collection. */
  report?: Report | undefined;
  /** The appointment in its data collection; missing when there is nothing usable. */
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
  /**
   * Deletes a conversation with transcript and audio. Succeeds when it does not exist.
   * @throws ProviderUnreachable
   */
  eraseConversation(conversationId: string): Promise<void>;
  /** undefined: no audio (yet). */
  conversationAudio(conversationId: string): Promise<{ content: Uint8Array; content_type: string } | undefined>;
  /**
   * A URL for one agent socket: opaque, valid for 15 minutes.
   * @throws ProviderUnreachable
   */
  signedUrl(agentId: string): Promise<string>;
  /** Registers a call of ours, so that ElevenLabs carries its audio. Sends one request; never throws. */
  registerCall(call: RegisteredCall): Promise<Registration>;
  /** The init message of the socket: dynamic variables, user id, overrides. */
  conversationInit(order: CallOrder, callId: string): Record<string, unknown>;
  /** The same for a business that calls a number imported at ElevenLabs. Waits until the agent was read. */
  inboundInit(order: BookingOrder, callId: string): Promise<Record<string, unknown>>;
  /** The same for a caller whom no booking rang: the agent says who called, and takes only the wish to be left alone. */
  strangerInit(callId: string, language: string): Promise<Record<string, unknown>>;
  /** The same for the receptionist's socket in a simulation. Waits until its agent was read. */
  receptionistInit(order: BookingOrder): Promise<Record<string, unknown>>;
  /**
   * The language in which a booking's talks are held because the agent cannot speak this one, and the reason; undefined: it can, or the
   * agent was not read yet. Immediate, from the cached settings.
   */
  languageInstead(language: string | undefined): { language: string; because: string } | undefined;
  /** Wanted overrides that the agent does not permit, its languages (its own first), and its audio formats. */
  agentCheck(agentId: string): Promise<{
    name: string;
    forbidden_overrides: string[];
    languages: string[];
    input_format?: string;
    output_format?: string;
  }>;
  /**
   * Agent-testing simulation: create, run, poll, delete.
   * @throws ProviderUnreachable
   */
  agentTest(order: BookingOrder, callId: string): Promise<AgentTestResult>;
  /** Synthesises a dialogue; joins chunks of at most 2,000 characters. */
  dialogue(turns: Turn[], languageCode: string): Promise<{ content: Uint8Array; content_type: string }>;
}
