import type { Generated, Kysely } from 'kysely';
import type {
  BatchCountsTable,
  BatchErasuresTable,
  BatchEventsTable,
  BatchesTable,
  BatchRowsTable,
} from './batch-tables.ts';
import type { CalendarFeedsTable } from './calendar-feeds-table.ts';
import type {
  CircuitsTable,
  LinesTable,
  LineTurnsTable,
  LineWaitersTable,
  PlaceQueuesTable,
  PlaceTurnsTable,
  SlotGatesTable,
  SlotsTable,
} from './line-tables.ts';
import type { ShortlistEventsTable, ShortlistsTable } from './shortlist-tables.ts';

/**
 * The tables, the same on SQLite and PostgreSQL. Only portable types: text, integers (0 and 1 for booleans), times as milliseconds since
 * 1970, and documents as JSON text (which, unlike `jsonb` and raw text in PostgreSQL, can hold every string, U+0000 included). All personal
 * data carries a `booking_id`.
 */
export interface Tables {
  bookings: BookingsTable;
  events: EventsTable;
  attempts: AttemptsTable;
  evidence: EvidenceTable;
  turns: TurnsTable;
  recordings: RecordingsTable;
  links: LinksTable;
  unclaimed: UnclaimedTable;
  stream_tokens: StreamTokensTable;
  do_not_call: DoNotCallTable;
  prohibitions: ProhibitionsTable;
  sessions: SessionsTable;
  lines: LinesTable;
  bridges: BridgesTable;
  hosted_calls: HostedCallsTable;
  messages: MessagesTable;
  deliveries: DeliveriesTable;
  reviews: ReviewsTable;
  erasures: ErasuresTable;
  erasure_traces: ErasureTracesTable;
  erased_ids: ErasedIdsTable;
  circuits: CircuitsTable;
  slots: SlotsTable;
  slot_gates: SlotGatesTable;
  dials: DialsTable;
  rejected_calls: RejectedCallsTable;
  caller_alarms: CallerAlarmsTable;
  call_usage: CallUsageTable;
  line_waiters: LineWaitersTable;
  line_turns: LineTurnsTable;
  place_queues: PlaceQueuesTable;
  place_turns: PlaceTurnsTable;
  installation: InstallationTable;
  key_marks: KeyMarksTable;
  inbound_calls: InboundCallsTable;
  batches: BatchesTable;
  batch_rows: BatchRowsTable;
  batch_counts: BatchCountsTable;
  batch_events: BatchEventsTable;
  batch_erasures: BatchErasuresTable;
  calendar_feeds: CalendarFeedsTable;
  shortlists: ShortlistsTable;
  shortlist_events: ShortlistEventsTable;
  acts: ActsTable;
}

export type Database = Kysely<Tables>;

interface BookingsTable {
  id: string;
  owner: string;
  idempotency_key: string | null;
  body_hash: string | null;
  order_json: string;
  view_json: string;
  /** The latest review. */
  review_json: string | null;
  status: string;
  /** Version of the last snapshot; 0 before the first. */
  version: number;
  /** The last assigned event seq. A transaction that raises it locks the row until its events are committed. */
  last_seq: number;
  started: number;
  created_ms: number;
  /** Time of the outcome. */
  final_ms: number | null;
  /** Its erasure has begun: nobody can read it any more. */
  erasing: Generated<number>;
  /** The business, the service, the person and the digits of the number, in searchable form; see `searchColumns`. */
  search_name: string;
  /** Null for bookings older than this column. */
  phone_hash: string | null;
  channel: string | null;
  result: string | null;
  /** A person has decided it. */
  reviewed: Generated<number>;
  /** The sandbox ran it; null for bookings older than this column. */
  sandbox: number | null;
  /** Mode and accounts of the booking; null for bookings older than this column. */
  accounts_json: string | null;
  /** Calling hours last sent to its workflow; null for bookings older than this column. */
  window_json: string | null;
  /** Number of comparisons of its outcome with the providers' lists. */
  audits: Generated<number>;
  /** Before the first audit: time of the outcome; then the time of the next audit; null: no more. */
  audit_ms: number | null;
  /** Contradictions to the outcome that audits found. */
  contradictions_json: string | null;
  /** Calls of the business after its outcome. */
  follow_ups_json: string | null;
  /** The shortlist or batch that placed it; see `parentColumn`. */
  parent: string | null;
  /** Usage of all attempts; null: no snapshot yet, or one of an older build. */
  answered: Generated<number | null>;
  talk_seconds: Generated<number | null>;
  phone_minutes: Generated<number | null>;
  agent_seconds: Generated<number | null>;
  /** The result by a person's last review. */
  decided: Generated<string | null>;
}

interface EventsTable {
  booking_id: string;
  seq: number;
  key: string;
  event_json: string;
}

interface AttemptsTable {
  call_id: string;
  booking_id: string;
  /** The attempt's place in the booking (the `n` of its `call_id`). */
  number: number;
  channel: string;
  /** The attempt's place in its channel. */
  attempt: number;
  status: string;
  call_sid: string | null;
  conversation_id: string | null;
  started_at: string;
  ended_at: string | null;
}

interface EvidenceTable {
  position: Generated<number>;
  booking_id: string;
  evidence_id: string;
  call_id: string;
  kind: string;
  source: string;
  at: string;
  artifact: string | null;
  evidence_json: string;
}

interface TurnsTable {
  call_id: string;
  turn_index: number;
  booking_id: string;
  number: number;
  source: 'live' | 'conversation' | 'provider';
  turn_json: string;
}

interface RecordingsTable {
  call_id: string;
  booking_id: string;
  number: number;
  path: string;
  content_type: string;
  bytes: number;
}

interface LinksTable {
  /** `other_conversation`: the business's side of a duet; no attempt is found by it. */
  kind: 'call_sid' | 'conversation_id' | 'other_conversation';
  provider_id: string;
  call_id: string;
  booking_id: string;
}

interface UnclaimedTable {
  position: Generated<number>;
  /** `''` if unknown, so that the unique index sees equal rows as equal. */
  call_sid: string;
  conversation_id: string;
  evidence_id: string;
  phone: string | null;
  at: string;
  kept_ms: number;
  evidence_json: string;
}

interface StreamTokensTable {
  hash: string;
  call_id: string;
  booking_id: string;
  call_sid: string;
  expires_ms: number;
  epoch: number;
}

interface MessagesTable {
  message_id: string;
  booking_id: string;
  type: string;
  at: string;
  state: string;
  message_json: string;
}

interface DeliveriesTable {
  position: Generated<number>;
  message_id: string;
  at: string;
  status: number | null;
  error: string | null;
}

interface ReviewsTable {
  booking_id: string;
  number: number;
  by_whom: string;
  key: string;
  at: string;
  decision_json: string;
}

interface ErasuresTable {
  booking_id: string;
  owner: string;
  /** Hash of its Idempotency-Key. */
  key_hash: string | null;
  created_ms: number;
  /** Highest number of its calls. */
  calls: number;
  requested_ms: number;
  /** Its rows are deleted. */
  forgotten: number;
  /** Everything is deleted, also at the providers. */
  erased_ms: number | null;
  /** Mode and accounts whose providers have its traces; null: unknown. */
  accounts_json: string | null;
  /** Number of calls of the business to us. */
  inbound: Generated<number>;
}

interface ErasureTracesTable {
  booking_id: string;
  kind: 'call_sid' | 'conversation_id';
  provider_id: string;
}

interface ErasedIdsTable {
  id_hash: string;
  booking_id: string;
}

interface BridgesTable {
  bridge_id: string;
  url: string;
  live: number;
  draining: number;
  seen_ms: number;
}

interface HostedCallsTable {
  call_id: string;
  booking_id: string;
  bridge_id: string;
  /** Number of stream tokens issued for this call, and the newest that a stream has used. */
  issued: number;
  taken: number;
  /** Its host has been informed. */
  prepared: number;
  over: number;
  /** The callee has heard the agent's first words. */
  opened: number;
  at_ms: number;
}

/** Each dial that left, or was about to: written before its request, kept as long as its booking. */
interface DialsTable {
  call_id: string;
  booking_id: string;
  /** The workflow's run that requested it. */
  run_id: string;
  channel: string;
  /** Caller number of the dial. */
  caller: string | null;
  at_ms: number;
  /** SIP answer of a rejected call. */
  rejected: Generated<number | null>;
}

/** Rejected calls of one of our numbers. */
interface RejectedCallsTable {
  caller: string;
  sip: number;
  count: number;
}

/** Time of the last alarm about one of our numbers. */
interface CallerAlarmsTable {
  caller: string;
  at_ms: number;
}

/** Sums of calls by our number (`''`: none of ours) and channel. */
interface CallUsageTable {
  caller: string;
  channel: string;
  calls: number;
  short: number;
  answered: number;
  talk_seconds: number;
  phone_minutes: number;
  agent_seconds: number;
}

/** A call to our number. */
interface InboundCallsTable {
  call_sid: string;
  /** Null: the caller got no agent. */
  call_id: string | null;
  /** Null: a stranger's. */
  booking_id: string | null;
  line_id: string;
  /** It came after the booking's outcome. */
  follow_up: number;
  phone_masked: string | null;
  at_ms: number;
  /** Until then the call may go on, unless it is known to be over. */
  until_ms: number;
  over: number;
}

/** Facts about the database as a whole. */
interface InstallationTable {
  name: string;
  value: string;
}

interface KeyMarksTable {
  name: string;
  mark: string;
}

interface SessionsTable {
  hash: string;
  owner: string;
  until_ms: number;
}

/** Calls in which a business asked never to be called again. Each has put its number on the list once. */
interface ProhibitionsTable {
  call_id: string;
  booking_id: string;
}

/** Deeds of operators. No foreign key: they tell of an erased booking that it was erased. */
interface ActsTable {
  position: Generated<number>;
  at_ms: number;
  act: string;
  by_whom: string | null;
  key: string;
  booking_id: string | null;
  subject: string | null;
}

interface DoNotCallTable {
  phone_hash: string;
  phone_masked: string;
  /** Empty: no booking led to the entry. */
  booking_id: string;
  at: string;
  /** Of an entry that somebody added. */
  reason: Generated<string | null>;
  /** The entry counts before this instant; null: without end. */
  expires_ms: Generated<number | null>;
}
