import type { Media, PhoneChannel } from './channels.ts';
import type { CallingWindow } from './order.ts';
import type { Analysis } from './proof.ts';
import type { Report } from './result.ts';
import type { TalkFinding } from './talk/types.ts';

/** Twilio's states of a call. Webhooks add `initiated` to the states of the REST resource. */
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

/** ElevenLabs' states of a conversation. `done` and `failed` are terminal; `processing`: the talk is over. */
export type ConversationStatus = 'initiated' | 'in-progress' | 'processing' | 'done' | 'failed';

/** Content of a transcript. Of its words, only those that support an agreement or a doubt. */
export interface TranscriptDigest {
  agent_turns: number;
  business_turns: number;
  /** Turns of the business after the agent's first message. Zero: nobody answered the agent. */
  business_turns_after_greeting: number;
  /** The reading of the talk against the order; absent: not read yet. It counts the turns of the stored transcript. */
  talk?: TalkFinding | undefined;
}

export interface Problem {
  code: string;
  message: string;
}

/** A dial of this booking that left, from the database. */
export interface DialOnRecord {
  call_id: string;
  channel: PhoneChannel;
  /** Time of the claim; ISO 8601, UTC. */
  at: string;
  /** The number that it was dialed from. */
  caller?: string | undefined;
  call_sid?: string | undefined;
  conversation_id?: string | undefined;
}

/** Why a dial did not leave: one of our checks stopped it, or it never started. */
export type SkipReason =
  | 'do_not_call'
  | 'outside_window'
  | 'too_late'
  | 'line_lost'
  | 'canceled'
  /** The booking belongs to another mode or other accounts than those of this process. */
  | 'other_accounts'
  /** There is no accepted, open booking for it. */
  | 'not_on_record'
  /** This installation may no longer dial the number. */
  | 'number_barred'
  /** No worker took it from its task queue in time, so it never started. */
  | 'not_taken'
  /** The business called us meanwhile. */
  | 'rung_back';

/**
 * The end of a dial request, classified once in `providers/` by what it proves:
 * - `accepted`: the provider took the call and named it.
 * - `number_refused`: this number can never ring.
 * - `channel_refused`: nobody rang, and this channel does not work for us now (account, credentials, request). `account`: the provider
 * refuses the account as a whole, for every number.
 * - `deferred`: not processed (429); the same channel may be tried again after `retry_after_ms`.
 * - `not_sent`: the request never reached the provider (connection refused, name not found): nobody rang, transient.
 * - `unknown`: may or may not have rung; must be reconciled. Carries the ids of the answer, if any. `dialed`: nothing was sent, because the
 * database has dials of this booking that its workflow does not know (it was reset, or Temporal's database is older).
 * - `skipped`: not sent, because one of our checks stopped it or it never started. `inbound`: evidence of calls of the business that the
 * workflow does not know yet.
 */
export type DialResult =
  | { proves: 'accepted'; call_sid?: string | undefined; conversation_id?: string | undefined }
  | { proves: 'number_refused'; problem: Problem }
  | { proves: 'channel_refused'; problem: Problem; account?: boolean | undefined }
  | {
      proves: 'deferred';
      retry_after_ms: number;
      problem: Problem;
      /** True: the request left and was not processed. Absent: one of our checks stopped it. */
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
      /** The present calling window, if it stopped the dial. */
      calling_window?: CallingWindow | undefined;
      inbound?: Evidence[] | undefined;
    };

/**
 * Result of reconciling an unknown dial. `absent` only after the providers denied it for `reconcile_seconds`; `unreachable` when a required
 * provider gave no answer until one minute after the cap.
 */
export type ReconcileResult =
  | {
      verdict: 'found';
      call_sid?: string | undefined;
      conversation_id?: string | undefined;
      /** Recorded evidence of this call, which the workflow may never have received. */
      evidence?: Evidence[] | undefined;
    }
  | { verdict: 'absent' }
  | { verdict: 'unreachable'; problem: Problem };

interface Common {
  /** Unique and stable for the same fact from the same source, so that a repeat is recognised. */
  id: string;
  /** The attempt of the fact. */
  call_id: string;
  /** Time of the fact as far as known, else of its arrival; ISO 8601, UTC. */
  at: string;
}

export type CallStatusEvidence = Common & {
  kind: 'call_status';
  /** `detection`: the provider passed on what the carrier detected about the callee of its call. */
  source: 'callback' | 'poll' | 'initiation_failure' | 'detection';
  call_sid: string;
  status: CallStatus;
  /** `machine_…`, `fax`, `human`, `unknown`: Twilio's detection of answering machines, if any. */
  answered_by?: string | undefined;
  duration_seconds?: number | undefined;
  /** 404, 484 and 604 mean that the number cannot ring. */
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
  /** ElevenLabs' state of the leg, if any. */
  call_result?: 'answered' | 'voicemail' | 'busy' | 'no_answer' | 'failed' | undefined;
  /** A `report_result` from the transcript's tool calls, or from its data collection. */
  report?: Report | undefined;
  transcript?: TranscriptDigest | undefined;
  /** Of a talk in progress: whether the agent waits on hold. Of one that is over: nobody came back. */
  on_hold?: boolean | undefined;
  /** The provider's analysis of the talk, if the agent is set up for one and it is usable. */
  analysis?: Analysis | undefined;
  duration_seconds?: number | undefined;
};

export type BridgeEvidence = Common & {
  kind: 'bridge';
  /**
   * `agent_failed`: no agent was available (before or after the answer); `stream_started`: Twilio's stream and our agent are joined;
   * `stream_lost`: the stream or its process is gone while the leg lives; `talk_ended`: the agent ended the conversation or the callee hung
   * up, with the digest of the bridge's transcript; `silent`: answered, but stream or agent never started and the apology was spoken;
   * `on_hold`, `off_hold`: nobody speaks after a request to wait, and somebody speaks again.
   */
  event: 'agent_failed' | 'stream_started' | 'stream_lost' | 'talk_ended' | 'silent' | 'on_hold' | 'off_hold';
  conversation_id?: string | undefined;
  transcript?: TranscriptDigest | undefined;
  problem?: Problem | undefined;
};

/** The side that carries the audio of an answered call, according to its instructions to Twilio. */
export type MediaEvidence = Common & {
  kind: 'media';
  media: Media;
  call_sid: string;
  /** The provider's conversation, if its instructions name it. */
  conversation_id?: string | undefined;
  /** Number of streams of the call that had ended before. */
  resume: number;
  /** The reason why the provider does not carry the audio, if it was requested to. */
  problem?: Problem | undefined;
};

/** The business calls our number, and the call was given to this booking. It begins an attempt. */
export type InboundEvidence = Common & {
  kind: 'inbound';
  /** The side that carries its audio, as for a dial on this channel. */
  channel: PhoneChannel;
  call_sid: string;
};

/** Facts about one attempt that arrive from outside, by signal or by polling. */
export type Evidence =
  | CallStatusEvidence
  | ReportEvidence
  | ConversationEvidence
  | BridgeEvidence
  | MediaEvidence
  | InboundEvidence;

/** The end of a hang-up request. It never proves the leg's end. `not_found`: Twilio does not know the call, or not in our account. */
export type HangUpResult = { done: 'ended' | 'requested' | 'not_found' } | { done: 'failed'; problem: Problem };

/** The end of a simulation. */
export type SimulationResult =
  | {
      ok: true;
      conversation_id?: string | undefined;
      report?: Report | undefined;
      transcript: TranscriptDigest;
      method: 'duet' | 'agent_test';
    }
  | { ok: false; problem: Problem };
