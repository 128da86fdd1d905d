import type { Media, PhoneChannel } from './channels.ts';
import type { CallStatus, ConversationStatus, Problem, TranscriptDigest } from './evidence.ts';
import type { BookingInput, CallingWindow } from './order.ts';
import type { Analysis } from './proof.ts';
import type { Outcome, Report } from './result.ts';
import type { TalkFinding } from './talk/types.ts';
import type { WaitReason } from './view.ts';

/**
 * What is known of an attempt's phone leg:
 * `dialing`: the request is on its way; `unknown`: its answer was lost; `live`: it may ring or talk; `ended`: its end is
 * proved; `over`: not proved, but the provider's own cap and a minute have passed; `none`: proved that nobody rang.
 */
export type LegState = 'dialing' | 'unknown' | 'live' | 'ended' | 'over' | 'none';

/** Why a leg was asked to end. */
export type HangUpReason =
  | 'cancel_requested'
  | 'budget_spent'
  | 'ring_timeout'
  | 'call_cap'
  | 'agent_failed'
  | 'no_stream'
  | 'talk_over'
  | 'superseded';

export interface HangUp {
  why: HangUpReason;
  mode: 'cancel' | 'complete';
  asked_at: number;
  /** The request is on its way. */
  pending: boolean;
  tries: number;
}

/** Why a dial rang nobody; decides what comes next. */
export type NoRing = 'number_refused' | 'channel_refused' | 'transient';

export interface ReceivedReport {
  report: Report;
  at: number;
  /** It came before the leg was known to have ended. */
  in_call: boolean;
}

/** What a call and a simulation have in common. Times in Unix ms. */
interface AnyAttempt {
  n: number;
  call_id: string;
  dialed_at: number;
  ended_at?: number | undefined;
  /** Last time anything was heard of this attempt: polling starts when it falls silent. */
  heard_at: number;
  conversation_id?: string | undefined;
  reports: ReceivedReport[];
  transcript?: { digest: TranscriptDigest; source: 'post_call' | 'conversation' | 'bridge' } | undefined;
  problem?: Problem | undefined;
}

/** One dial that left, or may have, and all that is known of it. */
export interface Call extends AnyAttempt {
  channel: PhoneChannel;
  /** When the request is known to have left: a dial may have waited for its turn. */
  sent_at?: number | undefined;
  leg: LegState;
  no_ring?: NoRing | undefined;
  /** The number that it was dialed from, where the database remembers it. */
  caller?: string | undefined;
  call_sid?: string | undefined;
  /** Who carries the sound, where the channel alone does not tell. */
  media?: Media | undefined;
  call_status?: CallStatus | undefined;
  /** It has been heard to ring, or went further. */
  rang: boolean;
  answered_at?: number | undefined;
  /** The first terminal status. */
  end_status?: CallStatus | undefined;
  duration_seconds?: number | undefined;
  /** A machine or fax answered, by carrier detection or by the agent's word. */
  machine: boolean;
  conversation_status?: ConversationStatus | undefined;
  conversation_over_at?: number | undefined;
  /** Where the provider's record of the whole talk came from. */
  record_source?: 'post_call' | 'conversation' | undefined;
  /** A report recovered from the conversation's own data, and where it was found. */
  found_report?: { report: Report; source: 'post_call' | 'conversation' } | undefined;
  /** What the other transcript of the same talk says, where there are two that were read: the provider's, or the bridge's. */
  other_talk?: TalkFinding | undefined;
  /** What the provider's records of single sessions say, by conversation, where none speaks for the whole talk. */
  part_talks?: Record<string, TalkFinding> | undefined;
  /** The provider's own analysis of the talk. */
  analysis?: Analysis | undefined;
  stream_started: boolean;
  /** Agent sessions of a bridged call, one for each of its streams: more than one when a stream was lost. */
  sessions: string[];
  agent_failed: boolean;
  /** Last time a provider was asked about it. */
  asked_at?: number | undefined;
  /** Last time that everybody who may know of a result was asked before its silence would be believed. */
  asked_once_more_at?: number | undefined;
  hang_up?: HangUp | undefined;
  /** Reconciliation ended because a provider stayed out of reach. */
  unreachable_provider?: boolean | undefined;
}

export interface Simulation extends AnyAttempt {
  channel: 'simulation';
  simulation: 'running' | 'done' | 'failed';
}

export type Attempt = Call | Simulation;

/** A dial that was put off before anything of it was processed: no attempt, though its number is not given again. Times in Unix ms. */
export interface PutOff {
  n: number;
  channel: PhoneChannel;
  dialed_at: number;
  put_off_at: number;
  /** A code. */
  why: string;
  waits_for: WaitReason;
  /** No other dial before this; absent: not by the clock. */
  retry_at?: number | undefined;
  /** Its request left, and was not processed: the database has a record of it. */
  left?: boolean | undefined;
}

export interface ChannelState {
  /** The channel's first dial; its budget counts from here. */
  started_at?: number | undefined;
  /** Open time during which another booking held the number: the budget stands still. */
  paused_ms: number;
  /** No dial will be placed on it again, and why. */
  closed?: 'refused' | 'budget' | undefined;
}

/**
 * Why no dial of this booking may leave any more, whatever its budget says:
 * `stores_disagree`: the database has dials that the workflow does not know of; `not_on_record`: no accepted, open booking is on
 * record; `number_barred`: its number may not be dialed here any more.
 */
export type Barred = 'stores_disagree' | 'not_on_record' | 'number_barred';

export interface LineState {
  held: boolean;
  /** How many lines the booking's API key held when it got this one. */
  of_key?: number | undefined;
  /** Another booking holds the number since then. */
  waiting_since?: number | undefined;
  retry_at?: number | undefined;
  tries: number;
}

/** Whether our own writes work: what was said meanwhile may not have come through. */
export interface RecordsState {
  /** The database has been out of reach since then. */
  away_since?: number | undefined;
  /** It was out of reach, until then. */
  back_at?: number | undefined;
}

/** Everything the workflow knows; a pure function of its input and of what was folded in. */
export interface BookingState {
  input: BookingInput;
  created_at: number;
  updated_at: number;
  /** Grows with every change that an observer could see. */
  revision: number;
  attempts: Attempt[];
  /** In the order of their numbers. Older ones that never left are dropped. */
  put_off: PutOff[];
  /** Read with `channelOf`: only those that were dialed are here. */
  channels: Partial<Record<PhoneChannel, ChannelState>>;
  line: LineState;
  records: RecordsState;
  cancel_requested_at?: number | undefined;
  forbidden: boolean;
  /** The database has been asked for dials that the workflow does not know of, since its own last one. */
  recalled?: boolean | undefined;
  barred?: Barred | undefined;
  /** The calling hours that hold now, where a dial found others than those of the acceptance. */
  calling_window?: CallingWindow | undefined;
  outcome: Outcome | null;
}

/** The calling hours that hold now, as far as the booking knows. */
export const windowOf = (state: BookingState): CallingWindow =>
  state.calling_window ?? state.input.settings.calling_window;

export const channelOf = ({ channels }: BookingState, channel: PhoneChannel): ChannelState =>
  channels[channel] ?? { paused_ms: 0 };

export function initialState(input: BookingInput): BookingState {
  const created = Date.parse(input.order.created_at);
  return {
    input,
    created_at: created,
    updated_at: created,
    revision: 0,
    attempts: [],
    put_off: [],
    channels: {},
    line: { held: false, tries: 0 },
    records: {},
    forbidden: false,
    outcome: null,
  };
}
