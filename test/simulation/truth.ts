import { type Media, PHONE, type PhoneChannel } from '../../domain/channels.ts';
import type { CallStatus, ConversationStatus, TranscriptDigest } from '../../domain/evidence.ts';
import { isTerminal } from '../../domain/leg.ts';
import type { Report } from '../../domain/result.ts';
import type { DialPlan } from './schedule.ts';

/** A call as it really is, whatever anybody believes of it. Times in Unix ms. */
export interface TrueLeg {
  n: number;
  call_id: string;
  channel: PhoneChannel;
  /** The business called us. */
  inbound?: true;
  /** It called after the booking had its outcome. */
  follow_up?: true;
  call_sid: string;
  /** Who carries its sound; undefined: nobody knows yet. */
  media: Media | undefined;
  /** Its first conversation. */
  conversation_id: string;
  plan: DialPlan;
  created_at: number;
  rang_at?: number;
  answered_at?: number;
  ended_at?: number;
  sip_code?: number;
  history: { at: number; status: CallStatus }[];
  /** A person, not a machine, picked up. */
  person: boolean;
  /** What the agent really reported while it talked, in order. */
  reported: Report[];
  /** The business asked to be called from this moment on. */
  asks_at?: number;
  ring_seconds: number;
  max_call_seconds: number;
  conversations: TrueConversation[];
  /** Registered for it, and never joined to it. */
  left_over: TrueConversation[];
  /** Callbacks fired so far. */
  callbacks: number;
  hang_ups: number;
  /** Ends it, by whoever ends it. */
  end?: (status: CallStatus) => void;
}

/** A conversation as ElevenLabs has it. */
export interface TrueConversation {
  conversation_id: string;
  leg: TrueLeg;
  started_at: number;
  over_at?: number;
  done_at?: number;
  failed: boolean;
  digest: TranscriptDigest;
  report?: Report;
}

/** We placed it at Twilio, and its callbacks come to us. */
export const isOurs = ({ channel }: TrueLeg): boolean => PHONE[channel].dialedAt === 'twilio';
export const isBridged = ({ media }: TrueLeg): boolean => media === 'bridge';

export const isAlive = (leg: TrueLeg): boolean => leg.ended_at === undefined;
export const statusOf = (leg: TrueLeg): CallStatus => leg.history.at(-1)!.status;

/** The status that a read which lags behind shows. */
export const statusAt = (leg: TrueLeg, at: number): CallStatus =>
  leg.history.findLast((one) => one.at <= at)?.status ?? leg.history[0]!.status;

export function conversationStatusAt(conversation: TrueConversation, now: number): ConversationStatus {
  const { over_at, done_at, failed, leg } = conversation;
  if (leg.left_over.includes(conversation)) return 'initiated';
  if (done_at !== undefined && now >= done_at) return failed ? 'failed' : 'done';
  if (over_at !== undefined && now >= over_at) return 'processing';
  return leg.answered_at === undefined ? 'initiated' : 'in-progress';
}

export function setStatus(leg: TrueLeg, status: CallStatus, now: number): void {
  leg.history.push({ at: now, status });
  if (status === 'ringing') leg.rang_at = now;
  if (status === 'in-progress') {
    leg.rang_at ??= now;
    leg.answered_at = now;
  }
  if (isTerminal(status)) leg.ended_at = now;
}
