import type { Media, PhoneChannel } from './channels.ts';
import type { CallStatus, ConversationStatus, Problem, TranscriptDigest } from './evidence.ts';
import type { BookingInput, CallingWindow } from './order.ts';
import type { Analysis } from './proof.ts';
import type { RejectingSip } from './rejecting-sip.ts';
import type { Outcome, Report } from './result.ts';
import type { TalkFinding } from './talk/types.ts';
import type { WaitReason } from './view.ts';
import { hoursOf } from './weekly-hours.ts';

/**
 * State of an attempt's phone leg. `dialing`: the request is in progress; `unknown`: its answer was lost; `live`: it may ring or talk;
 * `ended`: its end is proved; `over`: not proved, but one minute has passed since the provider's cap; `none`: proved that nobody rang.
 */
export type LegState = 'dialing' | 'unknown' | 'live' | 'ended' | 'over' | 'none';

/** Reason for the end of a leg by us. */
export type HangUpReason =
  | 'cancel_requested'
  | 'budget_spent'
  | 'not_after'
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
  /** The request is in progress. */
  pending: boolean;
  tries: number;
}

/** Why a dial rang nobody. It decides the next step. */
export type NoRing = 'number_refused' | 'channel_refused' | 'transient';

export interface ReceivedReport {
  report: Report;
  at: number;
  /** It came before the leg was known to have ended. */
  in_call: boolean;
  /** Time at which it was made, where it names a time that counts from the talk. It may arrive much later. */
  made_at?: number | undefined;
}

/** Common part of calls and simulations. Times in milliseconds since 1970. */
interface AnyAttempt {
  n: number;
  call_id: string;
  dialed_at: number;
  ended_at?: number | undefined;
  /** Time of the last evidence of this attempt: polling starts when it is silent. */
  heard_at: number;
  conversation_id?: string | undefined;
  reports: ReceivedReport[];
  transcript?: { digest: TranscriptDigest; source: 'post_call' | 'conversation' | 'bridge' } | undefined;
  problem?: Problem | undefined;
}

/** One dial that left, or may have left, and all evidence of it. */
export interface Call extends AnyAttempt {
  channel: PhoneChannel;
  /** The business called us; absent: we dialed. Its `answered_at` is the time at which it was joined to an agent. */
  direction?: 'inbound' | undefined;
  /** Time at which the request is known to have left: a dial may have waited in its queue. */
  sent_at?: number | undefined;
  leg: LegState;
  no_ring?: NoRing | undefined;
  /** The number that it was dialed from, if the database has it. */
  caller?: string | undefined;
  call_sid?: string | undefined;
  /** The side that carries the audio, where the channel alone does not decide it. */
  media?: Media | undefined;
  /** When our bridge got a call that the provider could have carried. Unix ms. */
  bridged_at?: number | undefined;
  /** The registered conversation that was joined to the call. */
  joined?: string | undefined;
  call_status?: CallStatus | undefined;
  /** There is evidence that it rang, or went further. */
  rang: boolean;
  answered_at?: number | undefined;
  /** The first terminal status. */
  end_status?: CallStatus | undefined;
  /** The network's SIP answer to a call that ended unanswered; absent: it is not known. */
  sip_code?: number | undefined;
  /** The SIP answer of a call that was declined or blocked. */
  rejected?: RejectingSip | undefined;
  duration_seconds?: number | undefined;
  /** Since then the call is on hold, or was when it ended; absent: it is not. */
  on_hold_since?: number | undefined;
  /** A machine or fax answered, according to the carrier or the agent. */
  machine: boolean;
  conversation_status?: ConversationStatus | undefined;
  conversation_over_at?: number | undefined;
  /** Source of the provider's record of the whole talk. */
  record_source?: 'post_call' | 'conversation' | undefined;
  /** A report from the conversation's own data, with its source. */
  found_report?: { report: Report; source: 'post_call' | 'conversation' } | undefined;
  /** The reading of the other transcript of the same talk, if there are two: the provider's, or the bridge's. */
  other_talk?: TalkFinding | undefined;
  /** Readings of the provider's records of single sessions, by conversation, when none stands for the whole talk. */
  part_talks?: Record<string, TalkFinding> | undefined;
  /** Such sessions in whose records nobody but the agent speaks. */
  quiet_parts?: string[] | undefined;
  /** The provider's analysis of the talk. */
  analysis?: Analysis | undefined;
  stream_started: boolean;
  /** Agent sessions of a bridged call, one for each of its streams: several when a stream was lost. */
  sessions: string[];
  agent_failed: boolean;
  /** Time at which a provider was last asked about it. */
  asked_at?: number | undefined;
  /** Time at which all sources of a result were last read before its silence would count. */
  asked_once_more_at?: number | undefined;
  hang_up?: HangUp | undefined;
  /** Reconciliation ended because a provider was unreachable. */
  unreachable_provider?: boolean | undefined;
}

export interface Simulation extends AnyAttempt {
  channel: 'simulation';
  simulation: 'running' | 'done' | 'failed';
}

export type Attempt = Call | Simulation;

/**
 * A dial that was put off before a provider processed it. It is not an attempt, but its number is not used again. Times in milliseconds
 * since 1970.
 */
export interface PutOff {
  n: number;
  channel: PhoneChannel;
  dialed_at: number;
  put_off_at: number;
  /** A code. */
  why: string;
  waits_for: WaitReason;
  /** No other dial before this time; absent: the wait does not depend on time. */
  retry_at?: number | undefined;
  /** Its request left but was not processed: the database has a record of it. */
  left?: boolean | undefined;
}

export interface ChannelState {
  /** Time of the channel's first dial; its budget counts from here. */
  started_at?: number | undefined;
  /** Open time during which another booking held the line, or no place was free: the budget stands still. */
  paused_ms: number;
  /** Why the channel places no further dial. */
  closed?: 'refused' | 'budget' | undefined;
}

/**
 * Why no further dial of this booking may leave, even within its budget. `stores_disagree`: the database has dials that the workflow does
 * not know; `not_on_record`: there is no accepted, open booking; `number_barred`: this installation may no longer dial the number.
 */
export type Barred = 'stores_disagree' | 'not_on_record' | 'number_barred';

export interface LineState {
  held: boolean;
  /** Number of lines that the booking's API key held when it got this one. */
  of_key?: number | undefined;
  /** Since this time another booking holds the line, or no place was free. */
  waiting_since?: number | undefined;
  /** It has the number, and waits for a place. */
  for_place?: true | undefined;
  /** It has the number, and dialing is held. */
  for_dialing?: true | undefined;
  retry_at?: number | undefined;
  tries: number;
}

/** Whether our own writes work: evidence that came meanwhile may be missing. */
export interface RecordsState {
  /** The database has been unreachable since this time. */
  away_since?: number | undefined;
  /** The database was unreachable until this time. */
  back_at?: number | undefined;
}

/** Everything that the workflow knows: a pure function of its input and the applied facts. */
export interface BookingState {
  input: BookingInput;
  created_at: number;
  updated_at: number;
  /** Grows with every change that an observer could see. */
  revision: number;
  attempts: Attempt[];
  /** In the order of their numbers. The oldest that never left are dropped. */
  put_off: PutOff[];
  /** Read with `channelOf`: contains only dialed channels. */
  channels: Partial<Record<PhoneChannel, ChannelState>>;
  line: LineState;
  records: RecordsState;
  cancel_requested_at?: number | undefined;
  forbidden: boolean;
  /** The database has been read for unknown dials since the last known one. */
  recalled?: boolean | undefined;
  barred?: Barred | undefined;
  /** The present calling window, if a dial found that it differs from that of the acceptance. */
  calling_window?: CallingWindow | undefined;
  /** The present `not_after`, if it has changed since the acceptance. null: there is none any more. */
  not_after?: string | null | undefined;
  outcome: Outcome | null;
}

/** The hours of this booking's dials: the present calling window, as far as it is known, and the business's opening hours. */
export const windowOf = ({ calling_window, input: { order, settings } }: BookingState): CallingWindow =>
  hoursOf(calling_window ?? settings.calling_window, order.business.opening_hours);

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
