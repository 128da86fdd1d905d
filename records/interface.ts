import type { Accounts } from '../domain/accounts.ts';
import type { Channel, PhoneChannel, Provider } from '../domain/channels.ts';
import type { Circuit } from '../domain/circuit.ts';
import type { Erasure, ProviderTrace } from '../domain/erasure.ts';
import type { DialOnRecord, Evidence } from '../domain/evidence.ts';
import type { ClientMessage, MessageRecord } from '../domain/message.ts';
import type { BookingOrder, CallingWindow } from '../domain/order.ts';
import type { BookingStatus, Result } from '../domain/result.ts';
import type { Review, ReviewRecord } from '../domain/review.ts';
import type { BookingEvent, BookingSnapshot, BookingView } from '../domain/view.ts';
import type { LookRecords } from './look-interface.ts';
import type { OpenBounds } from './open-bookings.ts';

/** A new booking as the API accepts it. `owner` is a keyed hash of the API key, never the key. */
export interface NewBooking {
  order: BookingOrder;
  owner: string;
  idempotency?: { key: string; body_hash: string } | undefined;
  /** Keyed hash of the business's number, by which the booking is found again. */
  phone_hash?: string | undefined;
  /** The sandbox has it. */
  simulated?: boolean | undefined;
  /** The mode and accounts that it belongs to. */
  accounts?: Accounts | undefined;
  /** How many bookings of its owner, and of its number among them, may be open; undefined: as many as come. */
  bounds?: OpenBounds | undefined;
  /** The calling hours that its workflow starts with. */
  calling_window?: CallingWindow | undefined;
}

export type AcceptResult =
  /** `accounts`: those that the booking belongs to, where they are on record. `view`: as it is stored. */
  | {
      how: 'created' | 'repeated';
      order: BookingOrder;
      view: BookingView;
      accounts: Accounts | undefined;
      started: boolean;
    }
  | { how: 'conflict'; booking_id: string }
  /** One more would be above the bound of its key, or of its number; nothing was stored. */
  | { how: 'too_many'; of: keyof OpenBounds; most: number }
  /** The key belongs to a booking that was erased. */
  | { how: 'erased'; booking_id: string };

export interface StoredBooking {
  order: BookingOrder;
  owner: string;
  view: BookingView;
  /** The sandbox has it, whatever runs here now: all that came of it is simulated. */
  sandbox: boolean;
  /** Undefined for bookings older than this record. */
  accounts: Accounts | undefined;
  /** False until the workflow is known to exist; such a booking is not shown to anybody. */
  started: boolean;
}

export interface StoredEvent {
  /** Grows by one per booking, in the order of commit. */
  seq: number;
  event: BookingEvent;
}

/** What a list of bookings is searched for: the beginning of an id, a whole number by its hash, or a part of the business's name. */
/** `phone_hashes`: whichever of them it was stored with. */
export type BookingSearch = { id_prefix: string } | { phone_hashes: readonly string[] } | { name: string };

/** A snapshot whose events have keys of their own, by which a repeated write is seen to be one. */
export type KeyedSnapshot = Omit<BookingSnapshot, 'events'> & { events: { key: string; event: BookingEvent }[] };

export interface StoredTurn {
  role: 'agent' | 'business';
  message: string;
  at_seconds: number;
}

export interface StoredRecording {
  call_id: string;
  /** Path below the artifact folder. */
  path: string;
  content_type: string;
  bytes: number;
}

/** A line that was handed to a booking, which does not know it yet. */
export interface LineHanded {
  line_id: string;
  booking_id: string;
}

/** The database. All methods are one transaction each; times are ISO 8601, UTC. */
export interface Records extends LookRecords {
  migrate(): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;

  /** Inserts, or finds the booking that the same owner made with the same key. */
  acceptBooking(booking: NewBooking): Promise<AcceptResult>;
  markStarted(bookingId: string): Promise<void>;
  /** Undefined also for one whose erasure has begun. */
  booking(bookingId: string): Promise<StoredBooking | undefined>;
  /** Newest first, by (created_at, id). `owner` undefined: all (operators). Only started ones. */
  listBookings(query: {
    owner?: string | undefined;
    status?: BookingStatus | undefined;
    channel?: Channel | undefined;
    result?: Result | undefined;
    /** A person has settled it, or not. */
    reviewed?: boolean | undefined;
    search?: BookingSearch | undefined;
    limit: number;
    after?: { created_at: string; id: string } | undefined;
  }): Promise<BookingView[]>;

  /** What was asked for, by booking id; unknown ids are absent. */
  ordersOf(bookingIds: readonly string[]): Promise<Map<string, BookingOrder>>;

  /** How many started bookings have each status; statuses without any are absent. */
  countByStatus(): Promise<Partial<Record<BookingStatus, number>>>;
  /** How many wait for a person. */
  countReviewsOpen(): Promise<number>;
  /** Sums up what was counted meanwhile; from time to time, where nobody asks for the counts. */
  foldCounts(): Promise<void>;

  /**
   * Writes the read model; a booking that has its outcome holds no line any more, and a call that has ended no slot. Gives the
   * lines that were handed on by that.
   */
  saveSnapshot(snapshot: KeyedSnapshot): Promise<LineHanded[]>;
  /**
   * Evidence as it arrived; false when this evidence id is already stored. `artifact` is the stored body's path. Word of a wish
   * never to be called again (from a phone call) puts the booking's number on the do-not-call list in the same transaction.
   */
  addEvidence(evidence: Evidence, artifact?: string): Promise<boolean>;
  evidence(bookingId: string): Promise<Evidence[]>;
  eventsAfter(bookingId: string, seq: number, limit: number): Promise<StoredEvent[]>;

  /** One live turn, as the bridge heard it; also becomes an event. */
  addTurn(callId: string, turn: StoredTurn & { index: number; at: string }): Promise<void>;
  /**
   * A transcript of one attempt, once. `of: 'attempt'`: it is the whole talk, and replaces what was kept live. `'conversation'`:
   * the provider's record of one conversation, which may be a part of the talk; what was kept live says more.
   */
  putTranscript(callId: string, turns: StoredTurn[], of: 'attempt' | 'conversation'): Promise<void>;
  /** The turns of the last attempt that has any. */
  transcript(bookingId: string): Promise<{ call_id: string; turns: StoredTurn[] } | undefined>;
  turnsOf(callId: string): Promise<StoredTurn[]>;

  putRecording(recording: StoredRecording): Promise<void>;
  recording(bookingId: string): Promise<StoredRecording | undefined>;

  /** Ties the providers' ids to an attempt as soon as they are known, before the workflow's own write. */
  linkAttempt(
    callId: string,
    ids: { call_sid?: string | undefined; conversation_id?: string | undefined },
  ): Promise<void>;
  findAttempt(ids: {
    call_sid?: string | undefined;
    conversation_id?: string | undefined;
  }): Promise<string | undefined>;
  /** Evidence whose attempt is not known yet (its ids may belong to a dial whose answer is lost). */
  addUnclaimed(item: {
    call_sid?: string;
    conversation_id?: string;
    phone?: string;
    at: string;
    evidence: Omit<Evidence, 'call_id'>;
  }): Promise<void>;
  /** Gives an attempt what is kept for these ids: all of it becomes its evidence, in the order of arrival, or none. Throws `UnknownBooking`. */
  claimFor(
    callId: string,
    ids: { call_sid?: string | undefined; conversation_id?: string | undefined },
  ): Promise<Evidence[]>;
  /** Removes and returns what is kept for these ids. */
  claim(ids: {
    call_sid?: string | undefined;
    conversation_id?: string | undefined;
  }): Promise<Omit<Evidence, 'call_id'>[]>;

  /**
   * Stream tokens: `take` succeeds once per token, before it expires, for the CallSid it was issued to, unless a stream has
   * come with a newer one. It gives the call's epoch, which grows with each stream: who has an older one has lost the call.
   */
  issueStreamToken(token: { hash: string; call_id: string; call_sid: string; expires_at: string }): Promise<void>;
  takeStreamToken(hash: string, callId: string, callSid: string, now: string): Promise<number | undefined>;

  /**
   * A bridge process says that it is there, with the calls it knows; it hears which calls it is to host, and how each of its
   * own stands: whether its leg is over, and the epoch of its newest stream.
   */
  beatBridge(bridge: {
    id: string;
    url: string;
    live: number;
    draining: boolean;
    now: string;
    calls: string[];
  }): Promise<{ prepare: string[]; calls: { call_id: string; over: boolean; epoch: number }[] }>;
  leaveBridge(id: string): Promise<void>;
  /** Some bridge process could host a call now. */
  hasBridge(now: string): Promise<boolean>;
  /**
   * The bridge process for a call's next stream: the one that hosts it, or, where it has none or `again` says that it lost
   * the stream, the best one there is. `here`: the caller's own bridge, which it tells itself. `is_new`: it has not been this call's until
   * now, and the call goes on. Undefined: there is none.
   */
  hostCall(call: {
    call_id: string;
    now: string;
    again: boolean;
    here?: string | undefined;
  }): Promise<{ bridge_id: string; url: string; is_new: boolean } | undefined>;
  /** The legs of open bookings that may ring or talk, as far as is known here; one that Twilio has not named yet is not among them. */
  liveLegs(): Promise<
    { call_id: string; booking_id: string; call_sid: string; accounts: Accounts | undefined; sandbox: boolean }[]
  >;
  /** The call's leg has ended. */
  callOver(callId: string): Promise<void>;
  /** Of the newest stream that was let in; 0 without one. */
  streamEpoch(callId: string): Promise<number>;
  /** The callee has heard the agent's first words, and with them the disclosure, to their end. */
  keepOpening(callId: string): Promise<void>;
  openingHeard(callId: string): Promise<boolean>;

  /**
   * The lock on a business's number: one booking at a time. `taken` when `booking_id` holds it from now until `until`; taking it
   * again is harmless, and moves its end. A lock whose end has passed is free, whoever held it. A booking that has its outcome
   * gets none; another one is entered among those that wait for the line. `of_key`: how many lines the booking's API key holds now. `over`: it has its
   * outcome.
   */
  takeLine(line: {
    line_id: string;
    booking_id: string;
    now: string;
    until: string;
  }): Promise<{ taken: boolean; of_key: number; over?: boolean }>;
  /**
   * Releases the line, if this booking has held it since `asked_at` or before, and hands it to the next one that waits: keys in turn,
   * within a key the oldest first. Gives that booking, which does not know it yet.
   */
  releaseLine(line: { line_id: string; booking_id: string; asked_at: string }): Promise<string | undefined>;

  /**
   * The last step before a dial's request leaves: writes it down, on disk when this resolves, in one transaction with the look at what
   * forbids it. `known`: numbers of the attempts that left, or may have, as far as the workflow knows. `dialed`: the database has dials of this booking that the
   * workflow cannot know of, or this very one; nothing was written. `not_on_record`: no such booking, or its outcome stands, or it is being
   * erased. Throws when the database cannot be used: then nothing may leave.
   */
  claimDial(dial: {
    call_id: string;
    run_id: string;
    channel: PhoneChannel;
    caller: string | null;
    /** ISO 8601, UTC. */
    at: string;
    known: readonly number[];
    /** Hashes by which the number may stand in the do-not-call list. */
    phone_hashes: readonly string[];
  }): Promise<
    { how: 'claimed' } | { how: 'dialed'; dials: DialOnRecord[] } | { how: 'forbidden' } | { how: 'not_on_record' }
  >;
  /** Takes back a claim whose request did not leave after all. */
  unclaimDial(callId: string, runId: string): Promise<void>;
  /** The dials of a booking, in their order. */
  dialsOf(bookingId: string): Promise<DialOnRecord[]>;

  circuit(provider: Provider): Promise<Circuit>;
  /**
   * Puts what `change` makes of a circuit in its place, in one step over all workers: where another one was faster, `change` is asked again with
   * what that left. Gives the circuit before and after; the same object when `change` gave back what it got.
   */
  changeCircuit(
    provider: Provider,
    change: (circuit: Circuit) => Circuit,
  ): Promise<{ before: Circuit; after: Circuit }>;

  /**
   * Takes places among the calls that providers have at once, all of them or none; gives the provider that has none left. Taking again
   * for the same call is harmless, and moves the end. A place is free when its call has ended, its booking has its
   * outcome, or `until` has passed.
   */
  takeSlots(places: {
    call_id: string;
    booking_id: string;
    wanted: { provider: Provider; count: number; most: number }[];
    now: string;
    until: string;
  }): Promise<Provider | undefined>;
  releaseSlots(callId: string): Promise<void>;
  /** How many places of each provider are taken; absent: none. */
  slotsTaken(now: string): Promise<Partial<Record<Provider, number>>>;

  /** What a client is told; a message that is known already stays as it was. */
  putMessage(message: ClientMessage): Promise<void>;
  message(id: string): Promise<ClientMessage | undefined>;
  messages(bookingId: string): Promise<MessageRecord[]>;
  /** One time that a message was sent, and how the message stands now. */
  addDelivery(delivery: {
    message_id: string;
    at: string;
    status: number | null;
    error: string | null;
    state: MessageRecord['state'];
  }): Promise<void>;

  /**
   * A person's decision beside a `needs_review` outcome; `refused`: the booking has another outcome, or none. The same as the
   * last one adds nothing. `message`: what the client is told of it, on record in the same transaction.
   */
  addReview(
    review: Review & {
      booking_id: string;
      key: string;
      message?: ((review: ReviewRecord) => ClientMessage) | undefined;
    },
  ): Promise<{ how: 'added' | 'repeated'; review: ReviewRecord } | { how: 'refused' }>;
  /** In the order in which they were given. */
  reviews(bookingId: string): Promise<ReviewRecord[]>;

  /**
   * Begins to erase a booking that has its outcome (or, with `unstarted`, one whose workflow never started): from now on it is
   * shown to nobody. Harmless to repeat. `at`: ISO 8601, UTC.
   */
  beginErasure(bookingId: string, how: { at: string; unstarted?: boolean }): Promise<'begun' | 'not_final' | 'unknown'>;
  erasure(bookingId: string): Promise<Erasure | undefined>;
  /** The highest number of a call of this booking, also after it is forgotten. */
  attemptsOf(bookingId: string): Promise<number>;
  /** Deletes everything of a booking whose erasure has begun, but for what the providers must still be told to delete. */
  forgetBooking(bookingId: string): Promise<void>;
  addTraces(bookingId: string, traces: readonly ProviderTrace[]): Promise<void>;
  /** What the providers may still have; `since`: when the booking was accepted. `accounts`: whose providers; undefined: not on record. */
  tracesLeft(bookingId: string): Promise<{ since: string; traces: ProviderTrace[]; accounts: Accounts | undefined }>;
  traceGone(bookingId: string, trace: ProviderTrace): Promise<void>;
  finishErasure(bookingId: string, at: string): Promise<void>;
  /** True when any of these belongs to a booking whose erasure has begun (by provider ids: once it is forgotten). */
  isErased(ids: {
    booking_id?: string | undefined;
    call_sid?: string | undefined;
    conversation_id?: string | undefined;
  }): Promise<boolean>;
  /**
   * Bookings to be erased now, the oldest first: final (or never started) since before `final_before`, and those whose erasure was
   * asked for before `begun_before` and has not come to anything. ISO 8601, UTC.
   */
  dueForErasure(query: { final_before?: string | undefined; begun_before: string; limit: number }): Promise<string[]>;
  /** Those that are in no row. */
  unknownAmong(bookingIds: string[]): Promise<string[]>;
  /** Forgets evidence that nobody has claimed for two days. */
  forgetUnclaimed(): Promise<void>;
  /** A conversation that only its erasure needs to know: nobody looks an attempt up by it. */
  noteConversation(callId: string, conversationId: string): Promise<void>;

  /** By which a key is known to be the one that this data was made with; undefined: there is none of this name yet. */
  keyMark(name: string): Promise<string | undefined>;
  /** Keeps a mark where there is none or, with `instead`, in that one's place; gives the one that stands then, whoever kept it. */
  keepKeyMark(name: string, mark: string, instead?: string): Promise<string>;
  /** A number and the hash that some booking has of it; undefined without any. */
  numberHashedBefore(): Promise<{ phone: string; phone_hash: string } | undefined>;

  /** Who is signed in at the console: by a hash of the session's id, until its end. Expired ones are forgotten. */
  openSession(session: { hash: string; owner: string; now: string; until: string }): Promise<void>;
  sessionOwner(hash: string, now: string): Promise<string | undefined>;
  closeSession(hash: string): Promise<void>;

  /** `call_id`: the call in which the number was forbidden; it does so once, so that an operator's lifting stands. */
  forbidNumber(entry: {
    phone_hash: string;
    phone_masked: string;
    booking_id: string;
    at: string;
    call_id?: string | undefined;
  }): Promise<void>;
  allowNumber(phoneHash: string): Promise<boolean>;
  /** Whether it stands there under any of these hashes. */
  isForbidden(phoneHashes: string | string[]): Promise<boolean>;
  forbidden(): Promise<{ phone_hash: string; phone_masked: string; booking_id: string; at: string }[]>;
}

/** Files that are too big or too private for the database: webhook bodies, recordings. Paths are relative. */
export interface Artifacts {
  /** Writes a whole file (temporary name, then rename); folders are made. */
  put(path: string, content: Uint8Array | string): Promise<void>;
  /** A file that grows while a call is live. */
  create(path: string): Promise<import('node:fs/promises').FileHandle>;
  /** Goes on with a file that is there, as a crash left it: its size in bytes, and when it was last written (Unix ms). */
  extend(path: string): Promise<{ file: import('node:fs/promises').FileHandle; bytes: number; written_ms: number }>;
  read(path: string): Promise<Buffer>;
  size(path: string): Promise<number>;
  /** A file, or a folder with all that is in it; what is not there is no error. */
  remove(path: string): Promise<void>;
  /** What is in a folder, and when it was last changed (Unix ms); nothing when the folder is not there. */
  list(folder: string): Promise<{ name: string; changed_ms: number }[]>;
  stream(path: string, range?: { start: number; end: number }): import('node:stream').Readable;
}
