import type { Media, PhoneChannel } from './channels.ts';
import type { CallingWindow } from './order.ts';
import type { Analysis } from './proof.ts';
import type { Report } from './result.ts';
import type { TalkFinding } from './talk/types.ts';

/** Twilio's words for a call's state; webhooks add `initiated` to the REST resource's. */
export const CALL_STATUSES = [
  'queued',
  'initiated',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

/** ElevenLabs' words for a conversation's state. `done` and `failed` are terminal; `processing`: the talk is over. */
export type ConversationStatus = 'initiated' | 'in-progress' | 'processing' | 'done' | 'failed';

/** What a transcript shows: of its words only those that an agreement, or a doubt about it, rests on. */
export interface TranscriptDigest {
  agent_turns: number;
  business_turns: number;
  /** Turns of the business after the agent's first message: without one, nobody answered the agent. */
  business_turns_after_greeting: number;
  /** What was agreed in the talk; absent: nobody who knows the order has read it yet. Its turns are those of the kept transcript. */
  talk?: TalkFinding | undefined;
}

export interface Problem {
  code: string;
  message: string;
}

/** A dial of this booking that left once, as the database has it. */
export interface DialOnRecord {
  call_id: string;
  channel: PhoneChannel;
  /** When it left; ISO 8601, UTC. */
  at: string;
  /** The number that it left from. */
  caller?: string | undefined;
  call_sid?: string | undefined;
  conversation_id?: string | undefined;
}

/** Why a dial did not leave: one of our own checks stopped it, or it never started. */
export type SkipReason =
  | 'do_not_call'
  | 'outside_window'
  | 'too_late'
  | 'line_lost'
  | 'canceled'
  /** The booking belongs to another mode or other accounts than this process works with. */
  | 'other_accounts'
  /** No accepted, open booking is on record for it. */
  | 'not_on_record'
  /** Its number may not be dialed here any more. */
  | 'number_barred'
  /** No worker took it from its task queue in time, so it never started. */
  | 'not_taken';

/**
 * How a dial request ended, classified once in `providers/` by what it proves:
 * - `accepted`: the provider took the call and named it.
 * - `number_refused`: this number can never ring.
 * - `channel_refused`: nobody rang, and this channel will not work for us now (account, credentials, request). `account`: it is
 *   the account as a whole that is refused, whatever is dialed.
 * - `deferred`: not processed (429); the same channel may be asked again after `retry_after_ms`.
 * - `not_sent`: the request never reached the provider (connection refused, name not found): nobody rang, transient.
 * - `unknown`: may or may not have rung; must be reconciled. Carries what ids the answer had. `dialed`: nothing was sent, because the
 *   database has dials of this booking that its workflow does not know of (it was reset, or the engine's store is older).
 * - `skipped`: not sent, because one of our own checks stopped it or it never started.
 */
export type DialResult =
  | { proves: 'accepted'; call_sid?: string | undefined; conversation_id?: string | undefined }
  | { proves: 'number_refused'; problem: Problem }
  | { proves: 'channel_refused'; problem: Problem; account?: boolean | undefined }
  | {
      proves: 'deferred';
      retry_after_ms: number;
      problem: Problem;
      /** The request left, and was not processed; else our own last look kept it. */
      left?: boolean | undefined;
    }
  | { proves: 'not_sent'; problem: Problem }
  | {
      proves: 'unknown';
      problem: Problem;
      call_sid?: string | undefined;
      conversation_id?: string | undefined;
      dialed?: DialOnRecord[] | undefined;
    }
  | {
      proves: 'skipped';
      reason: SkipReason;
      /** The calling hours that hold now, where they kept the dial from leaving. */
      calling_window?: CallingWindow | undefined;
    };

/**
 * What reconciliation of an unknown dial found: `absent` only after the providers kept denying it for
 * `reconcile_seconds`; `unreachable` when a provider that had to be asked gave no answer until the cap plus a minute.
 */
export type ReconcileResult =
  | {
      verdict: 'found';
      call_sid?: string | undefined;
      conversation_id?: string | undefined;
      /** What is on record of this call already: the workflow may never have got it. */
      evidence?: Evidence[] | undefined;
    }
  | { verdict: 'absent' }
  | { verdict: 'unreachable'; problem: Problem };

interface Common {
  /** Unique and stable for the same fact from the same source, so that a repeat can be recognised. */
  id: string;
  /** The attempt it speaks of. */
  call_id: string;
  /** When it happened, as far as known, else when it arrived; ISO 8601, UTC. */
  at: string;
}

export type CallStatusEvidence = Common & {
  kind: 'call_status';
  source: 'callback' | 'poll' | 'initiation_failure';
  call_sid: string;
  status: CallStatus;
  /** `machine_…`, `fax`, `human`, `unknown`: Twilio's answering-machine verdict, when there is one. */
  answered_by?: string | undefined;
  duration_seconds?: number | undefined;
  /** 404, 484 and 604 say that the number cannot ring. */
  sip_code?: number | undefined;
};

export type ReportEvidence = Common & {
  kind: 'report';
  /** `tool`: over HTTP; `socket`: client tool of the bridge or of a simulation. */
  source: 'tool' | 'socket';
  report: Report;
  conversation_id?: string | undefined;
};

export type ConversationEvidence = Common & {
  kind: 'conversation';
  source: 'post_call' | 'poll';
  conversation_id: string;
  call_sid?: string | undefined;
  status: ConversationStatus;
  /** ElevenLabs' word on the leg, when it gives one. */
  call_result?: 'answered' | 'voicemail' | 'busy' | 'no_answer' | 'failed' | undefined;
  /** A `report_result` found in the transcript's tool calls, or in its data collection. */
  report?: Report | undefined;
  transcript?: TranscriptDigest | undefined;
  /** The provider's own analysis of the talk, where the agent asks for one and it says something. */
  analysis?: Analysis | undefined;
  duration_seconds?: number | undefined;
};

export type BridgeEvidence = Common & {
  kind: 'bridge';
  /**
   * `agent_failed`: no agent could be had (before or after the answer); `stream_started`: Twilio's stream and our agent
   * are joined; `stream_lost`: the stream or its process went away while the leg lives; `talk_ended`: the agent ended
   * the conversation or the callee hung up; carries the digest of the transcript the bridge kept;
   * `silent`: answered, but stream or agent never started and the apology was spoken.
   */
  event: 'agent_failed' | 'stream_started' | 'stream_lost' | 'talk_ended' | 'silent';
  conversation_id?: string | undefined;
  transcript?: TranscriptDigest | undefined;
  problem?: Problem | undefined;
};

/** Who carries the sound of a call that was answered, as its instructions to Twilio said. */
export type MediaEvidence = Common & {
  kind: 'media';
  media: Media;
  call_sid: string;
  /** Of the provider, where its instructions name it. */
  conversation_id?: string | undefined;
  /** Streams of the call that had ended before. */
  resume: number;
  /** Why the provider does not, where it was asked to. */
  problem?: Problem | undefined;
};

/** What arrives from outside, by signal or by polling, about one attempt. */
export type Evidence = CallStatusEvidence | ReportEvidence | ConversationEvidence | BridgeEvidence | MediaEvidence;

/** How a hang-up request ended; none of them proves the leg's end. `not_found`: Twilio does not know the call, or not for us. */
export type HangUpResult = { done: 'ended' | 'requested' | 'not_found' } | { done: 'failed'; problem: Problem };

/** How a simulation ended. */
export type SimulationResult =
  | {
      ok: true;
      conversation_id?: string | undefined;
      report?: Report | undefined;
      transcript: TranscriptDigest;
      method: 'duet' | 'agent_test';
    }
  | { ok: false; problem: Problem };
