// Made from the API’s own description by `npm run generate:clients`. Do not edit.
// Description: sha256:6fe62ea2f84e55ea50d87433be40aa7f89fd1712014f38ec6cac221388335815

export type ClientOptions = {
    baseUrl: `${string}://${string}` | (string & {});
};

export type Webhooks = ToldBookingFinalWebhookRequest | ToldBookingAttemptFailedWebhookRequest | ToldBookingReviewedWebhookRequest | ToldBookingFollowedUpWebhookRequest | ToldShortlistCompletedWebhookRequest | ToldBatchCompletedWebhookRequest | ToldBatchCanceledWebhookRequest;

/**
 * The appointments that the agent may take. Each part is optional; a confirmation outside of it needs a review
 */
export type Acceptable = {
    /**
     * Days of the appointment, the first and the last included
     */
    dates?: Array<DateRange>;
    /**
     * Days of the week of the appointment
     */
    weekdays?: Array<Weekday>;
    /**
     * Start of the appointment: from this time on, and before that one
     */
    times?: Array<TimeRange>;
};

/**
 * A booking that was just placed, or that the same Idempotency-Key had placed
 */
export type AcceptedBooking = {
    /**
     * Id of the booking, `bk_…`
     */
    id: string;
    /**
     * Where the booking stands
     */
    status: BookingStatus;
    /**
     * The channel of the outcome, or the one in use; null: none yet
     */
    channel: Channel | null;
    /**
     * Nobody is called: the sandbox has the booking, or it is in the channel simulation
     */
    simulated: boolean;
    /**
     * null until the booking is final; after that, never null
     */
    outcome: Outcome | null;
    /**
     * An operator’s decision about an outcome needs_review, which stays as it is; null: no decision (yet)
     */
    review: Review | null;
    /**
     * Present when an audit found in the providers’ lists what the outcome did not know
     */
    contradictions?: Array<Contradiction>;
    /**
     * Every call and simulation so far, in order
     */
    attempts: Array<Attempt>;
    /**
     * Why the next dial waits; null: it does not, or only for the delay after an attempt
     */
    waiting_for: WaitingFor | null;
    /**
     * The end of that wait; null where it is not known
     */
    waiting_until: string | null;
    /**
     * Calls of the business to our number after the outcome, which they do not change
     */
    follow_ups: Array<FollowUp>;
    /**
     * True once the client asked to cancel it
     */
    cancel_requested: boolean;
    /**
     * Present when a shortlist placed the booking
     */
    shortlist?: {
        /**
         * Id of the shortlist, `sl_…`
         */
        id: string;
        /**
         * Counts from 1
         */
        candidate: number;
    };
    /**
     * Present when the booking is a row of a batch
     */
    batch?: {
        /**
         * Id of the batch, `ba_…`
         */
        id: string;
        /**
         * Key of the row
         */
        key: string;
    };
    /**
     * The client’s own data, unchanged
     */
    metadata: {
        [key: string]: string;
    };
    /**
     * When it was accepted
     */
    created_at: string;
    /**
     * When it last changed
     */
    updated_at: string;
    /**
     * Present and true when the workflow did not answer and the database did
     */
    stale?: boolean;
    /**
     * Present when something will differ from the order, such as a language that the agent does not speak
     */
    warnings?: Array<BookingWarning>;
};

/**
 * Something that an operator did
 */
export type Act = {
    /**
     * The deed
     */
    act: 'cancel' | 'erase' | 'review' | 'forbid' | 'allow' | 'start_batch' | 'pause_batch' | 'resume_batch' | 'change_batch' | 'cancel_batch' | 'cancel_row' | 'erase_batch' | 'cancel_shortlist' | 'hold_dialing' | 'resume_dialing';
    /**
     * When
     */
    at: string;
    /**
     * The name of the operator’s key; null: it has none
     */
    by: string | null;
    /**
     * Distinguishes operator keys; not the key. `terminal`: a command on the machine
     */
    key: string;
    /**
     * The booking; null: it was about something else
     */
    booking_id: string | null;
    /**
     * forbid, allow: the number, masked; of a batch, its row or a shortlist: the id
     */
    subject: string | null;
};

/**
 * Sent to the agent only where they are given
 */
export type AgentOverrides = {
    /**
     * Replaces the agent’s prompt; `{{variables}}` are filled in
     */
    prompt?: string;
    /**
     * Replaces the agent’s first message; a disclosure that an AI assistant calls is put before it
     */
    first_message?: string;
};

/**
 * The result of the call, by its agent
 */
export type AgentReport = {
    /**
     * The result, as the agent understood it
     */
    result: ReportedResult;
    /**
     * YYYY-MM-DD
     */
    confirmed_date?: string;
    /**
     * HH:MM
     */
    confirmed_time?: string;
    /**
     * The clock time is known, but not the half of the day
     */
    time_half_unknown?: boolean;
    /**
     * Notes of the agent
     */
    notes?: string;
    /**
     * Fields whose text could not be used
     */
    unclear?: Array<'confirmed_date' | 'confirmed_time'>;
    /**
     * Slots that the business offered and the agent did not take
     */
    offers?: Array<Offer>;
    /**
     * YYYY-MM-DD: the day on which the business wants to be called
     */
    callback_date?: string;
    /**
     * HH:MM, by the business’s clock
     */
    callback_time?: string;
    /**
     * That text, unchanged
     */
    said?: {
        [key: string]: string;
    };
    /**
     * The callee that answered, as the agent understood it
     */
    reached?: 'person' | 'voicemail' | 'menu' | 'hold' | 'screener';
    /**
     * The day on which the business wants to be called, as people name days
     */
    callback_day?: {
        [key: string]: unknown;
    };
    /**
     * Day or time of that call could not be used
     */
    callback_unclear?: true;
};

/**
 * The appointment that is wanted
 */
export type AppointmentRequest = {
    /**
     * The service, as people say it
     */
    service_type: string;
    /**
     * Words or a date; they count from now, in the business’s time zone
     */
    preferred_date?: string;
    /**
     * Words or a time
     */
    preferred_time?: string;
    /**
     * The person for whom the appointment is
     */
    user_name: string;
    /**
     * Anything else that the agent should say or ask
     */
    special_requests?: string;
    acceptable?: Acceptable;
};

/**
 * One try on one channel: a call or a simulation
 */
export type Attempt = {
    /**
     * Names one call: the booking’s id, a dot, and the number of the attempt
     */
    call_id: string;
    /**
     * The channel of the attempt
     */
    channel: Channel;
    /**
     * The side that carries the audio; null: a simulation, or not known yet
     */
    media: 'provider' | 'bridge' | null;
    /**
     * Counts per channel and direction, from 1
     */
    attempt: number;
    /**
     * inbound: the business called our number
     */
    direction: 'outbound' | 'inbound';
    /**
     * Where the attempt stands
     */
    status: AttemptStatus;
    /**
     * Twilio’s id of the call, if known
     */
    call_sid: string | null;
    /**
     * ElevenLabs’ id of the conversation, if known
     */
    conversation_id: string | null;
    /**
     * When it was dialed
     */
    started_at: string;
    /**
     * When it ended; null: it has not
     */
    ended_at: string | null;
    /**
     * From the answer to the end
     */
    duration_seconds: number | null;
    /**
     * Why it failed; null: it did not, or not yet
     */
    error: AttemptError | null;
    /**
     * Present while the call is on hold
     */
    on_hold_since?: string;
    /**
     * Present and true for a call that the business asked for
     */
    callback?: true;
};

/**
 * Why an attempt failed
 */
export type AttemptError = {
    /**
     * For programs: a code of the provider, such as `sip_603`, or one of ours
     */
    code: string;
    /**
     * The fault in English
     */
    message: string;
};

/**
 * unknown: the answer to the dial was lost, and the providers are asked whether a phone rang; completed: somebody or a machine answered, and the call is over; all others as they say
 */
export type AttemptStatus = 'dialing' | 'unknown' | 'ringing' | 'in_progress' | 'completed' | 'busy' | 'no_answer' | 'failed' | 'canceled';

/**
 * Many bookings that were placed together
 */
export type Batch = {
    /**
     * Id of the batch, `ba_…`
     */
    id: string;
    /**
     * As the client named it
     */
    name: string | null;
    /**
     * Where the batch stands
     */
    status: BatchStatus;
    /**
     * user: somebody paused it; failures: its last rows failed (`stop_after_failures`); null: not paused
     */
    paused_because: 'user' | 'failures' | null;
    /**
     * True in the sandbox: nobody is called
     */
    simulated: boolean;
    /**
     * Rows for whose result nobody was called: of these, no appointment exists
     */
    simulated_rows: number;
    /**
     * Rows by status
     */
    counts: BatchCounts;
    /**
     * Rows by result
     */
    results: BatchResults;
    /**
     * No row is dialed before it; as it was given
     */
    not_before: string | null;
    /**
     * No row is dialed after it; as it was given
     */
    not_after: string | null;
    /**
     * Calls of this batch at once
     */
    max_concurrent: number;
    /**
     * Pauses the batch once this share of its last finished rows failed; null: it never does
     */
    stop_after_failures: {
        /**
         * Share of failed rows, above 0 and at most 1
         */
        share: number;
        /**
         * Number of finished rows that are looked at
         */
        of_last: number;
    } | null;
    /**
     * The fate of invalid rows
     */
    on_invalid: 'reject' | 'skip';
    /**
     * The fate of rows with the number or key of an earlier one
     */
    duplicates: 'reject' | 'skip' | 'allow';
    /**
     * Receives `batch.completed`, or `batch.canceled`
     */
    callback_url: string | null;
    /**
     * The client’s own data, unchanged
     */
    metadata: {
        [key: string]: string;
    };
    /**
     * When it was accepted
     */
    created_at: string;
    /**
     * When it last changed
     */
    updated_at: string;
    /**
     * null until every row is final
     */
    ended_at: string | null;
    /**
     * Calls and talk of its bookings that have their outcome; with include=usage
     */
    usage?: Usage;
    /**
     * Number of its last event: `?after=` of its events goes on from there
     */
    last_event_id: number;
};

export type BatchAppendCheck = {
    /**
     * Number of data rows
     */
    rows: number;
    /**
     * Rows that can be booked
     */
    valid: number;
    /**
     * Rows with a fault
     */
    invalid: number;
    /**
     * Rows with the number or key of an earlier row
     */
    duplicates: number;
    /**
     * Every problem, in the order of the rows
     */
    problems: Array<BatchProblem>;
    /**
     * Of a file: how its text was read
     */
    encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
    /**
     * Of a file: the character between its cells
     */
    delimiter?: ',' | ';' | '\t';
    /**
     * Digest of rows, defaults and default_country
     */
    check: string;
    /**
     * Rows whose key the batch had already: they are passed over
     */
    known: number;
};

export type BatchAppended = {
    /**
     * Rows that are new
     */
    added: number;
    /**
     * Rows whose key the batch had already: they are passed over
     */
    known: number;
};

export type BatchCancel = {
    /**
     * `finish`: calls that ring or talk go on, and their results count; `hang_up`: they are hung up
     */
    live_calls?: 'finish' | 'hang_up';
};

/**
 * A batch was canceled, and every row of it is final.
 */
export type BatchCanceledMessage = {
    /**
     * The kind of message
     */
    type: 'batch.canceled';
    /**
     * Time of the fact
     */
    timestamp: string;
    /**
     * The batch as `GET /v1/batches/{id}` showed it then
     */
    data: Batch;
};

export type BatchChange = {
    /**
     * A name for people
     */
    name?: string;
    /**
     * No row is dialed after it: those for which nobody was rung by then are expired. A local time counts in the zone of each business
     */
    not_after?: string;
    /**
     * Calls of this batch at once
     */
    max_concurrent?: number;
};

export type BatchCheck = {
    /**
     * Number of data rows
     */
    rows: number;
    /**
     * Rows that can be booked
     */
    valid: number;
    /**
     * Rows with a fault
     */
    invalid: number;
    /**
     * Rows with the number or key of an earlier row
     */
    duplicates: number;
    /**
     * Every problem, in the order of the rows
     */
    problems: Array<BatchProblem>;
    /**
     * Of a file: how its text was read
     */
    encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
    /**
     * Of a file: the character between its cells
     */
    delimiter?: ',' | ';' | '\t';
    /**
     * Digest of rows, defaults and default_country
     */
    check: string;
};

/**
 * Every row of a batch is final. Sent again when rows that were added are final, too.
 */
export type BatchCompletedMessage = {
    /**
     * The kind of message
     */
    type: 'batch.completed';
    /**
     * Time of the fact
     */
    timestamp: string;
    /**
     * The batch as `GET /v1/batches/{id}` showed it then
     */
    data: Batch;
};

/**
 * Rows by status; `total` is always their sum
 */
export type BatchCounts = {
    /**
     * Rows with a fault, which were skipped
     */
    invalid: number;
    /**
     * Rows with the number or key of an earlier row
     */
    duplicate: number;
    /**
     * Rows whose turn has not come
     */
    waiting: number;
    /**
     * Rows whose booking is under way
     */
    in_progress: number;
    /**
     * Rows with an answer of the business
     */
    completed: number;
    /**
     * Rows without one
     */
    failed: number;
    /**
     * Rows that a person has to look at
     */
    needs_review: number;
    /**
     * Rows that were canceled
     */
    canceled: number;
    /**
     * Rows for which nobody was rung by not_after
     */
    expired: number;
    /**
     * All rows
     */
    total: number;
};

/**
 * The `data` of one event of a batch; `type` says which
 */
export type BatchEvent = BatchStatusEvent | BatchRowEvent | BatchFinalEvent;

/**
 * Every row is final: the stream ends, unless new rows have reopened the batch
 */
export type BatchFinalEvent = {
    /**
     * The event’s name, as in its line `event:`
     */
    type: 'final';
    /**
     * When it happened
     */
    at: string;
    status: BatchStatus;
    /**
     * Rows by status, after the event
     */
    counts: BatchCounts;
    results: BatchResults;
};

export type BatchPage = {
    /**
     * Newest first
     */
    data: Array<Batch>;
    /**
     * The parameter `cursor` of the next page; null: this is the last page
     */
    next_cursor: string | null;
};

export type BatchProblem = {
    /**
     * Data rows count from 1; 0: the header, or the whole table
     */
    row: number;
    /**
     * Line of the file on which the row begins; the first line is 1
     */
    line?: number;
    /**
     * The column’s name, or the last part of the JSON path
     */
    field: string;
    /**
     * The kind of fault, for programs; invalid: any other rule of a booking’s fields
     */
    code: 'excel_scientific' | 'missing_country' | 'invalid_number' | 'unknown_column' | 'unknown_timezone' | 'missing' | 'duplicate' | 'too_long' | 'row_length' | 'invalid' | 'unreadable' | 'empty' | 'too_many_columns';
    /**
     * Continues the field’s name, and says the remedy
     */
    message: string;
};

/**
 * Rows by result; those without a result are in none
 */
export type BatchResults = {
    [key in Result]?: number;
};

/**
 * A row of a batch, and what became of it
 */
export type BatchRow = {
    /**
     * Counts from 1, over all rows of the batch
     */
    row: number;
    /**
     * Line of the file on which it begins; null: the rows came as JSON
     */
    line: number | null;
    /**
     * null: none was given or could be made, or its booking was erased
     */
    key: string | null;
    /**
     * The number in E.164, or as it was written if it could not be read
     */
    phone: string | null;
    /**
     * Name of the business
     */
    business_name: string | null;
    /**
     * The person for whom the appointment is
     */
    user_name: string | null;
    /**
     * Where the row stands
     */
    status: BatchRowStatus;
    /**
     * The result of its booking; null: there is none (yet)
     */
    result: Result | null;
    /**
     * Why it was not called, or did not succeed; in English
     */
    why: string | null;
    /**
     * The same for programs: empty where there is nothing to explain, or where the result is the reason
     */
    reasons: Array<BatchRowReason>;
    /**
     * Nobody was called for the result: no appointment exists
     */
    simulated: boolean;
    /**
     * Id of its booking; null: it has none (yet)
     */
    booking_id: string | null;
    /**
     * Day of the appointment, YYYY-MM-DD
     */
    confirmed_date: string | null;
    /**
     * Time of the appointment at the business, HH:MM
     */
    confirmed_time: string | null;
};

/**
 * A row changed
 */
export type BatchRowEvent = {
    /**
     * The event’s name, as in its line `event:`
     */
    type: 'row';
    /**
     * When it happened
     */
    at: string;
    /**
     * Counts from 1, over all rows of the batch
     */
    row: number;
    /**
     * null: none was given or could be made, or its booking was erased
     */
    key: string | null;
    /**
     * Where the row stands
     */
    status: BatchRowStatus;
    /**
     * The result of its booking; null: there is none (yet)
     */
    result: Result | null;
    /**
     * Why it was not called, or did not succeed; in English
     */
    why: string | null;
    /**
     * Id of its booking; null: it has none (yet)
     */
    booking_id: string | null;
    /**
     * Rows by status, after the event
     */
    counts: BatchCounts;
};

export type BatchRowPage = {
    /**
     * In the order of the rows
     */
    data: Array<BatchRow>;
    /**
     * The parameter `cursor` of the next page; null: this is the last page
     */
    next_cursor: string | null;
};

/**
 * A reason why a row was not called, or did not succeed
 */
export type BatchRowReason = {
    /**
     * The kind of reason, for programs
     */
    code: 'excel_scientific' | 'missing_country' | 'invalid_number' | 'unknown_column' | 'unknown_timezone' | 'missing' | 'duplicate' | 'too_long' | 'row_length' | 'invalid' | 'unreadable' | 'empty' | 'too_many_columns' | 'not_after' | 'batch_canceled' | 'row_canceled' | 'booking_erased' | 'no_appointment' | 'reviewed' | 'waiting' | 'in_progress' | 'failed' | 'needs_review' | 'canceled' | 'expired' | 'other';
    /**
     * Of a problem: the column’s name, or the last part of the JSON path
     */
    field?: string;
    /**
     * In English. With a field, it continues its name
     */
    message: string;
    /**
     * Of `reviewed`: the person’s decision
     */
    result?: Result;
};

/**
 * invalid and duplicate: never called; waiting: its turn has not come; in_progress: its booking is under way; all others as its booking ended; expired: nobody was rung by not_after
 */
export type BatchRowStatus = 'invalid' | 'duplicate' | 'waiting' | 'in_progress' | 'completed' | 'failed' | 'needs_review' | 'canceled' | 'expired';

/**
 * held: until it is started; scheduled: until not_before; running; paused: nothing new is dialed; canceling: live calls go on; completed and canceled: every row is final
 */
export type BatchStatus = 'held' | 'scheduled' | 'running' | 'paused' | 'canceling' | 'completed' | 'canceled';

/**
 * The status of the batch changed
 */
export type BatchStatusEvent = {
    /**
     * The event’s name, as in its line `event:`
     */
    type: 'status';
    /**
     * When it happened
     */
    at: string;
    status: BatchStatus;
    /**
     * Why it is paused; null: it is not
     */
    paused_because: 'user' | 'failures' | null;
    /**
     * Rows by status, after the event
     */
    counts: BatchCounts;
};

/**
 * One accepted request for an appointment, as it is now
 */
export type Booking = {
    /**
     * Id of the booking, `bk_…`
     */
    id: string;
    /**
     * Where the booking stands
     */
    status: BookingStatus;
    /**
     * The channel of the outcome, or the one in use; null: none yet
     */
    channel: Channel | null;
    /**
     * Nobody is called: the sandbox has the booking, or it is in the channel simulation
     */
    simulated: boolean;
    /**
     * null until the booking is final; after that, never null
     */
    outcome: Outcome | null;
    /**
     * An operator’s decision about an outcome needs_review, which stays as it is; null: no decision (yet)
     */
    review: Review | null;
    /**
     * Present when an audit found in the providers’ lists what the outcome did not know
     */
    contradictions?: Array<Contradiction>;
    /**
     * Every call and simulation so far, in order
     */
    attempts: Array<Attempt>;
    /**
     * Why the next dial waits; null: it does not, or only for the delay after an attempt
     */
    waiting_for: WaitingFor | null;
    /**
     * The end of that wait; null where it is not known
     */
    waiting_until: string | null;
    /**
     * Calls of the business to our number after the outcome, which they do not change
     */
    follow_ups: Array<FollowUp>;
    /**
     * True once the client asked to cancel it
     */
    cancel_requested: boolean;
    /**
     * Present when a shortlist placed the booking
     */
    shortlist?: {
        /**
         * Id of the shortlist, `sl_…`
         */
        id: string;
        /**
         * Counts from 1
         */
        candidate: number;
    };
    /**
     * Present when the booking is a row of a batch
     */
    batch?: {
        /**
         * Id of the batch, `ba_…`
         */
        id: string;
        /**
         * Key of the row
         */
        key: string;
    };
    /**
     * The client’s own data, unchanged
     */
    metadata: {
        [key: string]: string;
    };
    /**
     * When it was accepted
     */
    created_at: string;
    /**
     * When it last changed
     */
    updated_at: string;
    /**
     * Present and true when the workflow did not answer and the database did
     */
    stale?: boolean;
};

/**
 * An attempt began or changed
 */
export type BookingAttemptEvent = {
    /**
     * The event’s name, as in its line `event:`
     */
    type: 'attempt';
    /**
     * When it happened
     */
    at: string;
    /**
     * Present where nobody was called
     */
    simulated?: true;
    /**
     * The attempt as it is now
     */
    attempt: Attempt;
};

/**
 * A phone rang in vain, and the booking goes on. A refused dial rang nowhere and sends nothing.
 */
export type BookingAttemptFailedMessage = {
    /**
     * The kind of message
     */
    type: 'booking.attempt_failed';
    /**
     * Time of the fact
     */
    timestamp: string;
    data: BookingWithAttempt;
};

/**
 * The fate of a body if it were booked now
 */
export type BookingCheck = {
    /**
     * False: see `problems`
     */
    bookable: boolean;
    /**
     * Every reason for which this would not be booked, or nobody would be called
     */
    problems: Array<{
        /**
         * Path in the body, such as business.phone
         */
        field: string;
        /**
         * Continues the field’s name, and says the remedy
         */
        message: string;
        /**
         * Probably intended values, most likely first
         */
        suggestions?: Array<string>;
    }>;
    /**
     * Wishes that cannot be met, as far as is known
     */
    warnings: Array<BookingWarning>;
    /**
     * True in the sandbox: nobody would be called
     */
    simulated: boolean;
    /**
     * The business that would be called; null: the body names none
     */
    business: {
        /**
         * Its name
         */
        name: string;
        /**
         * Its number in E.164
         */
        phone: string;
        /**
         * Time zones in which it may be
         */
        zones: Array<string>;
    } | null;
    /**
     * The first instant at which the business may be called; null: never, or not known
     */
    first_dial: {
        /**
         * The instant
         */
        at: string;
        /**
         * By the clock of the business, in each zone in which it may be
         */
        local: Array<{
            /**
             * IANA time zone
             */
            zone: string;
            /**
             * YYYY-MM-DD
             */
            date: string;
            /**
             * Day of the week
             */
            weekday: 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
            /**
             * HH:MM
             */
            time: string;
        }>;
        /**
         * Why not now: not_before, or the hours of CALLING_WINDOW and of the business
         */
        waits_for: 'not_before' | 'hours' | null;
    } | null;
    /**
     * Hours of the week, by the clock of the business, in which it may be called: those of CALLING_WINDOW and its own
     */
    calling_hours: string | null;
    /**
     * In the order in which they would be used
     */
    channels: Array<'native' | 'registered' | 'bridge' | 'simulation'>;
    /**
     * The number is on the do-not-call list: nobody would be called
     */
    do_not_call: boolean;
    /**
     * ISO date that preferred_date means now; null: no single day
     */
    preferred_day: string | null;
    /**
     * The first words of a call
     */
    first_message: string | null;
    /**
     * For the header Booking-Check of POST /v1/bookings: only this body is booked; null: it is not bookable
     */
    token: string | null;
    /**
     * Until then the token counts; null: there is no token
     */
    token_expires_at: string | null;
};

/**
 * The `data` of one event of a booking; `type` says which
 */
export type BookingEvent = BookingStatusEvent | BookingAttemptEvent | BookingEvidenceEvent | BookingTurnEvent | BookingFinalEvent;

/**
 * A fact came in
 */
export type BookingEvidenceEvent = {
    /**
     * The event’s name, as in its line `event:`
     */
    type: 'evidence';
    /**
     * When it happened
     */
    at: string;
    /**
     * Present where nobody was called
     */
    simulated?: true;
    /**
     * The fact
     */
    evidence: Evidence;
};

/**
 * The booking is final: the stream ends
 */
export type BookingFinalEvent = {
    /**
     * The event’s name, as in its line `event:`
     */
    type: 'final';
    /**
     * When it happened
     */
    at: string;
    /**
     * Present where nobody was called
     */
    simulated?: true;
    /**
     * The booking’s outcome
     */
    outcome: Outcome;
};

/**
 * A booking has its outcome.
 */
export type BookingFinalMessage = {
    /**
     * The kind of message
     */
    type: 'booking.final';
    /**
     * Time of the fact
     */
    timestamp: string;
    /**
     * The booking as `GET /v1/bookings/{id}` showed it then
     */
    data: Booking;
};

/**
 * The business called our number after the outcome, which stays as it is.
 */
export type BookingFollowedUpMessage = {
    /**
     * The kind of message
     */
    type: 'booking.followed_up';
    /**
     * Time of the fact
     */
    timestamp: string;
    data: BookingWithFollowUp;
};

/**
 * The wishes of a booking, with all defaults filled in; they never change
 */
export type BookingOrder = {
    business: OrderedBusiness;
    request: OrderedRequest;
    /**
     * Language of the talk; absent: the agent’s own
     */
    language?: string;
    agent?: OrderedAgent;
    escalation: OrderedEscalation;
    /**
     * Receives the booking’s messages
     */
    callback_url?: string;
    /**
     * No dial before it
     */
    not_before?: string;
    /**
     * No dial after it
     */
    not_after?: string;
    /**
     * Time zones whose calling hours are kept
     */
    zones: Array<string>;
};

export type BookingPage = {
    /**
     * Newest first
     */
    data: Array<ShownBooking>;
    /**
     * The parameter `cursor` of the next page; null: this is the last page
     */
    next_cursor: string | null;
};

/**
 * An appointment to book by phone. Only business and request are needed
 */
export type BookingRequest = {
    business: Business;
    request: AppointmentRequest;
    /**
     * Language of the talk. If the agent does not speak it, the answer’s `warnings` say so. Default: the agent’s own
     */
    language?: string;
    agent?: AgentOverrides;
    escalation?: Escalation;
    /**
     * Receives signed messages (see the webhooks): a public http(s) address without user and password
     */
    callback_url?: string;
    /**
     * Data of the client, returned unchanged; at most 50 keys
     */
    metadata?: {
        [key: string]: string;
    };
    /**
     * No dial before it. A local time counts in the business’s zone
     */
    not_before?: string;
    /**
     * No dial after it: a booking for which nobody was rung by then is expired. A local time counts in the business’s zone
     */
    not_after?: string;
};

/**
 * A person reviewed a booking that needed it: `data.review` has the decision.
 */
export type BookingReviewedMessage = {
    /**
     * The kind of message
     */
    type: 'booking.reviewed';
    /**
     * Time of the fact
     */
    timestamp: string;
    /**
     * The booking as `GET /v1/bookings/{id}` showed it then
     */
    data: Booking;
};

/**
 * queued: nobody was dialed yet; in_progress: it is being carried out; all others are final: completed, failed, needs_review (a person has to look before anybody books again), canceled
 */
export type BookingStatus = 'queued' | 'in_progress' | 'completed' | 'failed' | 'needs_review' | 'canceled';

/**
 * Status or channel changed, or the booking waits
 */
export type BookingStatusEvent = {
    /**
     * The event’s name, as in its line `event:`
     */
    type: 'status';
    /**
     * When it happened
     */
    at: string;
    /**
     * Present where nobody was called
     */
    simulated?: true;
    status: BookingStatus;
    /**
     * The channel in use; null: none yet
     */
    channel: Channel | null;
    /**
     * Present where it waits: the booking’s `waiting_for`
     */
    wait?: WaitingFor | null;
    /**
     * Present where it waits: the reason by its earlier name
     */
    waiting_for?: 'redial_delay' | 'calling_hours' | 'line_busy' | 'place' | 'rate_limit' | 'other_accounts' | 'no_worker' | 'not_before' | 'callback' | 'dialing';
    /**
     * Present where it waits: the number of attempts so far
     */
    after_attempts?: number;
    /**
     * The end of the wait, where it is known: the booking’s `waiting_until`
     */
    until?: string;
};

/**
 * Somebody spoke in the talk
 */
export type BookingTurnEvent = {
    /**
     * The event’s name, as in its line `event:`
     */
    type: 'turn';
    /**
     * When it happened
     */
    at: string;
    /**
     * Present where nobody was called
     */
    simulated?: true;
    /**
     * Names one call: the booking’s id, a dot, and the number of the attempt
     */
    call_id: string;
    /**
     * The side that spoke
     */
    role: 'agent' | 'business';
    /**
     * The words. Those of the business are not to be trusted
     */
    message: string;
    /**
     * Seconds after the beginning of the talk
     */
    at_seconds: number;
    /**
     * Keys that the agent pressed, for a menu; the message says the same
     */
    keys?: string;
    /**
     * Here the agent began to wait on hold; the message says the same
     */
    on_hold?: true;
};

/**
 * Something will differ from the order
 */
export type BookingWarning = {
    /**
     * Path in the body, such as language
     */
    field: string;
    /**
     * Completes the field’s name
     */
    message: string;
};

/**
 * The booking then, and the attempt
 */
export type BookingWithAttempt = {
    /**
     * Id of the booking, `bk_…`
     */
    id: string;
    /**
     * Where the booking stands
     */
    status: BookingStatus;
    /**
     * The channel of the outcome, or the one in use; null: none yet
     */
    channel: Channel | null;
    /**
     * Nobody is called: the sandbox has the booking, or it is in the channel simulation
     */
    simulated: boolean;
    /**
     * null until the booking is final; after that, never null
     */
    outcome: Outcome | null;
    /**
     * An operator’s decision about an outcome needs_review, which stays as it is; null: no decision (yet)
     */
    review: Review | null;
    /**
     * Present when an audit found in the providers’ lists what the outcome did not know
     */
    contradictions?: Array<Contradiction>;
    /**
     * Every call and simulation so far, in order
     */
    attempts: Array<Attempt>;
    /**
     * Why the next dial waits; null: it does not, or only for the delay after an attempt
     */
    waiting_for: WaitingFor | null;
    /**
     * The end of that wait; null where it is not known
     */
    waiting_until: string | null;
    /**
     * Calls of the business to our number after the outcome, which they do not change
     */
    follow_ups: Array<FollowUp>;
    /**
     * True once the client asked to cancel it
     */
    cancel_requested: boolean;
    /**
     * Present when a shortlist placed the booking
     */
    shortlist?: {
        /**
         * Id of the shortlist, `sl_…`
         */
        id: string;
        /**
         * Counts from 1
         */
        candidate: number;
    };
    /**
     * Present when the booking is a row of a batch
     */
    batch?: {
        /**
         * Id of the batch, `ba_…`
         */
        id: string;
        /**
         * Key of the row
         */
        key: string;
    };
    /**
     * The client’s own data, unchanged
     */
    metadata: {
        [key: string]: string;
    };
    /**
     * When it was accepted
     */
    created_at: string;
    /**
     * When it last changed
     */
    updated_at: string;
    /**
     * Present and true when the workflow did not answer and the database did
     */
    stale?: boolean;
    /**
     * The attempt that reached nobody
     */
    attempt: Attempt;
};

/**
 * The booking then, and the call of the business
 */
export type BookingWithFollowUp = {
    /**
     * Id of the booking, `bk_…`
     */
    id: string;
    /**
     * Where the booking stands
     */
    status: BookingStatus;
    /**
     * The channel of the outcome, or the one in use; null: none yet
     */
    channel: Channel | null;
    /**
     * Nobody is called: the sandbox has the booking, or it is in the channel simulation
     */
    simulated: boolean;
    /**
     * null until the booking is final; after that, never null
     */
    outcome: Outcome | null;
    /**
     * An operator’s decision about an outcome needs_review, which stays as it is; null: no decision (yet)
     */
    review: Review | null;
    /**
     * Present when an audit found in the providers’ lists what the outcome did not know
     */
    contradictions?: Array<Contradiction>;
    /**
     * Every call and simulation so far, in order
     */
    attempts: Array<Attempt>;
    /**
     * Why the next dial waits; null: it does not, or only for the delay after an attempt
     */
    waiting_for: WaitingFor | null;
    /**
     * The end of that wait; null where it is not known
     */
    waiting_until: string | null;
    /**
     * Calls of the business to our number after the outcome, which they do not change
     */
    follow_ups: Array<FollowUp>;
    /**
     * True once the client asked to cancel it
     */
    cancel_requested: boolean;
    /**
     * Present when a shortlist placed the booking
     */
    shortlist?: {
        /**
         * Id of the shortlist, `sl_…`
         */
        id: string;
        /**
         * Counts from 1
         */
        candidate: number;
    };
    /**
     * Present when the booking is a row of a batch
     */
    batch?: {
        /**
         * Id of the batch, `ba_…`
         */
        id: string;
        /**
         * Key of the row
         */
        key: string;
    };
    /**
     * The client’s own data, unchanged
     */
    metadata: {
        [key: string]: string;
    };
    /**
     * When it was accepted
     */
    created_at: string;
    /**
     * When it last changed
     */
    updated_at: string;
    /**
     * Present and true when the workflow did not answer and the database did
     */
    stale?: boolean;
    /**
     * The call of the business
     */
    follow_up: FollowUp;
};

/**
 * A fact that our bridge saw
 */
export type BridgeEvidence = {
    /**
     * The same for the same fact from the same source
     */
    id: string;
    /**
     * Names one call: the booking’s id, a dot, and the number of the attempt
     */
    call_id: string;
    /**
     * Time of the fact, as far as known
     */
    at: string;
    /**
     * The kind of fact
     */
    kind: 'bridge';
    /**
     * The event at the bridge
     */
    event: 'agent_failed' | 'stream_started' | 'stream_lost' | 'talk_ended' | 'silent' | 'on_hold' | 'off_hold';
    /**
     * ElevenLabs’ id of the conversation
     */
    conversation_id?: string;
    transcript?: TranscriptDigest;
    problem?: AttemptError;
};

/**
 * How far the channel bridge may go (bridge: the call over our bridge)
 */
export type BridgePolicy = {
    /**
     * Whether this channel is used
     */
    enabled?: boolean;
    /**
     * A dial may start only within this time, which counts from the channel’s first dial
     */
    budget_seconds?: number;
    /**
     * Largest number of calls
     */
    max_attempts?: number;
    /**
     * Pause after a call that reached nobody
     */
    redial_delay_seconds?: number;
    /**
     * Longest time that a phone rings
     */
    ring_seconds?: number;
    /**
     * Longest time of a call
     */
    max_call_seconds?: number;
};

/**
 * How much of a phone channel’s budget is used
 */
export type Budget = {
    /**
     * The channel
     */
    channel: PhoneChannel;
    /**
     * Whether the order uses it
     */
    enabled: boolean;
    /**
     * A dial may start only within this time
     */
    budget_seconds: number;
    /**
     * Calls so far
     */
    attempts: number;
    /**
     * Largest number of calls
     */
    max_attempts: number;
    /**
     * The channel’s first dial
     */
    started_at: string | null;
    /**
     * No dial starts after this; it moves on while the budget stands still
     */
    ends_at: string | null;
};

/**
 * The business to call
 */
export type Business = {
    /**
     * Name of the business, as the agent says it
     */
    name: string;
    /**
     * E.164: + and digits only
     */
    phone: string;
    /**
     * IANA name of the business’s time zone, no abbreviation; default: the zones of its number
     */
    timezone?: string;
    /**
     * When the business is open, in its time zone (where it may have several: in all of them). A dial needs these hours and the calling window
     */
    opening_hours?: Array<OpeningHours>;
};

/**
 * A secret address under which calendars read confirmed appointments
 */
export type CalendarFeed = {
    /**
     * Id of the feed, `cf_…`
     */
    id: string;
    /**
     * null: all appointments that the key may see
     */
    batch: string | null;
    /**
     * When it was created
     */
    created_at: string;
    /**
     * To the day; null: not read yet
     */
    last_read_at: string | null;
};

export type CalendarFeedList = {
    /**
     * Newest first
     */
    data: Array<CalendarFeed>;
};

export type CalendarFeedRequest = {
    /**
     * Only the appointments of this batch; default: all that the key may see
     */
    batch?: string;
};

/**
 * The state of a call
 */
export type CallStatusEvidence = {
    /**
     * The same for the same fact from the same source
     */
    id: string;
    /**
     * Names one call: the booking’s id, a dot, and the number of the attempt
     */
    call_id: string;
    /**
     * Time of the fact, as far as known
     */
    at: string;
    /**
     * The kind of fact
     */
    kind: 'call_status';
    /**
     * Where the fact comes from
     */
    source: 'callback' | 'poll' | 'initiation_failure' | 'detection';
    /**
     * Twilio’s id of the call
     */
    call_sid: string;
    /**
     * Twilio’s state of the call
     */
    status: 'queued' | 'initiated' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled';
    /**
     * Twilio’s answering-machine verdict
     */
    answered_by?: string;
    /**
     * Seconds from the answer to the end
     */
    duration_seconds?: number;
    /**
     * Why the call failed, as SIP has it
     */
    sip_code?: number;
};

/**
 * Calls at a time that the business asked for
 */
export type CallbackPolicy = {
    /**
     * Whether a business that asks to be called at some time is called then
     */
    enabled?: boolean;
    /**
     * Calls at a time that the business asked for
     */
    max_callbacks?: number;
    /**
     * A business that asks for a later call is not called
     */
    within_hours?: number;
};

/**
 * One business of a shortlist, and what became of it
 */
export type Candidate = {
    /**
     * null: its booking was erased
     */
    business: OrderedBusiness | null;
    /**
     * A candidate whose booking was canceled counts as not_asked
     */
    status: 'not_asked' | 'asking' | 'asked';
    /**
     * Its last booking
     */
    booking_id: string | null;
    /**
     * The result of that booking; a review counts in place of needs_review
     */
    result: Result | null;
};

/**
 * A business of a shortlist
 */
export type CandidateRequest = {
    business: Business;
};

/**
 * One way to carry out a booking: a call that ElevenLabs places, a call of ours with its audio there or over our bridge, or a simulation, in which nobody is called
 */
export type Channel = 'native' | 'registered' | 'bridge' | 'simulation';

/**
 * Words of the talk
 */
export type Citation = {
    /**
     * The words
     */
    text: string;
    /**
     * The side that said them
     */
    role: 'agent' | 'business';
    /**
     * Counts the transcript’s turns from 0
     */
    turn: number;
    /**
     * Seconds after the beginning of the talk, if known
     */
    at_seconds: number | null;
};

/**
 * A day or a time, and the words that give it
 */
export type CitedValue = {
    /**
     * The words
     */
    text: string;
    /**
     * The side that said them
     */
    role: 'agent' | 'business';
    /**
     * Counts the transcript’s turns from 0
     */
    turn: number;
    /**
     * Seconds after the beginning of the talk, if known
     */
    at_seconds: number | null;
    /**
     * The day, YYYY-MM-DD, or the time, HH:MM
     */
    value: string;
};

/**
 * Found in the providers’ lists, and not known to the outcome
 */
export type Contradiction = {
    /**
     * still_alive: a call outlived the booking; unknown_call: the outcome knew of no such call; answered: somebody picked up after all; ended_later: a call went on after its reported end; result_unheard: the talk has a result that was not used
     */
    kind: 'still_alive' | 'unknown_call' | 'answered' | 'ended_later' | 'result_unheard';
    /**
     * Names one call: the booking’s id, a dot, and the number of the attempt
     */
    call_id?: string;
    /**
     * Twilio’s id of the call
     */
    call_sid?: string;
    /**
     * ElevenLabs’ id of the conversation
     */
    conversation_id?: string;
    /**
     * When it was found
     */
    at: string;
};

/**
 * ElevenLabs’ record of a conversation
 */
export type ConversationEvidence = {
    /**
     * The same for the same fact from the same source
     */
    id: string;
    /**
     * Names one call: the booking’s id, a dot, and the number of the attempt
     */
    call_id: string;
    /**
     * Time of the fact, as far as known
     */
    at: string;
    /**
     * The kind of fact
     */
    kind: 'conversation';
    /**
     * Where the fact comes from
     */
    source: 'post_call' | 'poll';
    /**
     * ElevenLabs’ id of the conversation
     */
    conversation_id: string;
    /**
     * Twilio’s id of the call
     */
    call_sid?: string;
    /**
     * ElevenLabs’ state of the conversation
     */
    status: 'initiated' | 'in-progress' | 'processing' | 'done' | 'failed';
    /**
     * ElevenLabs’ state of the call
     */
    call_result?: 'answered' | 'voicemail' | 'busy' | 'no_answer' | 'failed';
    report?: AgentReport;
    transcript?: TranscriptDigest;
    /**
     * Whether the agent waits on hold; at the end: nobody came back
     */
    on_hold?: boolean;
    analysis?: TalkAnalysis;
    /**
     * Seconds from the answer to the end
     */
    duration_seconds?: number;
};

/**
 * Days from the first to the last, both included
 */
export type DateRange = {
    /**
     * First day, YYYY-MM-DD
     */
    from: string;
    /**
     * Last day, YYYY-MM-DD
     */
    to: string;
};

/**
 * The decision of a person
 */
export type Decision = {
    /**
     * The decision
     */
    result: 'confirmed' | 'declined' | 'no_availability' | 'callback_requested' | 'voicemail' | 'wrong_number' | 'do_not_call' | 'unreachable';
    /**
     * YYYY-MM-DD
     */
    confirmed_date: string | null;
    /**
     * HH:MM
     */
    confirmed_time: string | null;
    /**
     * How the person knows
     */
    notes: string | null;
};

/**
 * One try to deliver a message
 */
export type Delivery = {
    /**
     * When it was sent
     */
    at: string;
    /**
     * HTTP status of the answer
     */
    status: number | null;
    /**
     * Why there was no answer
     */
    error: string | null;
};

export type DoNotCallList = {
    /**
     * Every number of the list
     */
    data: Array<ForbiddenNumber>;
};

/**
 * A reason why a reported appointment is not accepted
 */
export type Doubt = {
    /**
     * The kind of doubt, for programs
     */
    code: 'no_person' | 'not_agreed' | 'asked_only' | 'denied' | 'hedged' | 'tentative' | 'conditional' | 'waiting_list' | 'call_back' | 'elsewhere' | 'moved' | 'taken_back' | 'two_slots' | 'other_errand' | 'not_meant' | 'unconvincing' | 'other_day' | 'other_hour' | 'day_unclear' | 'hour_unclear' | 'weekday_mismatch' | 'day_past' | 'day_too_far' | 'report_unclear' | 'not_acceptable' | 'analysis_differs';
    /**
     * The words of the doubt, the decisive ones first
     */
    cites: Array<Citation>;
};

/**
 * How far an erasure is
 */
export type Erasure = {
    /**
     * Of the booking or batch
     */
    id: string;
    /**
     * When it was asked for
     */
    requested_at: string;
    /**
     * Time at which the last part was gone; null: in progress
     */
    erased_at: string | null;
    /**
     * Calls and conversations that the providers may still have
     */
    left_at_providers: number;
};

/**
 * The channels in the order in which they are tried, and how far each may go
 */
export type Escalation = {
    native?: NativePolicy;
    registered?: RegisteredPolicy;
    bridge?: BridgePolicy;
    simulation?: SimulationPolicy;
    callback?: CallbackPolicy;
};

/**
 * A fact about an attempt that came from outside, with its source; `kind` says which
 */
export type Evidence = CallStatusEvidence | ReportEvidence | ConversationEvidence | BridgeEvidence | MediaEvidence | InboundEvidence;

/**
 * A refused field
 */
export type FieldProblem = {
    /**
     * Path in the body, or the name of a parameter or header
     */
    field: string;
    /**
     * Continues the field’s name, and says the remedy
     */
    message: string;
    /**
     * Probably intended values, most likely first
     */
    suggestions?: Array<string>;
};

/**
 * Sums over the bookings that ended in a period
 */
export type Figures = {
    /**
     * Bookings that got their outcome in the period
     */
    final: number;
    /**
     * With an appointment, a person’s decision included; simulations have none
     */
    confirmed: number;
    /**
     * Nobody answered, or only a machine did
     */
    unreachable: number;
    /**
     * Canceled before there was a result
     */
    canceled: number;
    /**
     * Ended in the channel simulation: nobody was called
     */
    simulated: number;
    /**
     * The calls of all of these bookings
     */
    usage: Usage;
};

/**
 * A call of the business after the outcome
 */
export type FollowUp = {
    /**
     * When the business called
     */
    at: string;
    /**
     * Names one call: the booking’s id, a dot, and the number of the attempt
     */
    call_id: string;
    /**
     * The agent’s report of this talk; null: none (yet)
     */
    report: KeptReport | null;
    /**
     * Proof of an appointment that the business gave in this talk; null: there is none (yet)
     */
    proof: Proof | null;
};

/**
 * A number that no booking dials
 */
export type ForbiddenNumber = {
    /**
     * Keyed hash of the number: names it in `DELETE /v1/do-not-call/{number}`
     */
    phone_hash: string;
    /**
     * The number with most of its digits hidden
     */
    phone_masked: string;
    /**
     * The booking that led to the entry; empty: none did
     */
    booking_id: string;
    /**
     * Since when it is on the list
     */
    at: string;
    /**
     * As it was given; absent: the number asked for it in a call
     */
    reason?: string;
    /**
     * The entry ends then; absent: it has no end
     */
    expires_at?: string;
};

/**
 * The business called our number
 */
export type InboundEvidence = {
    /**
     * The same for the same fact from the same source
     */
    id: string;
    /**
     * Names one call: the booking’s id, a dot, and the number of the attempt
     */
    call_id: string;
    /**
     * Time of the fact, as far as known
     */
    at: string;
    /**
     * The kind of fact
     */
    kind: 'inbound';
    channel: PhoneChannel;
    /**
     * Twilio’s id of the call
     */
    call_sid: string;
};

/**
 * The agent’s report of a talk
 */
export type KeptReport = {
    /**
     * The result, as the agent understood it
     */
    result: ReportedResult;
    /**
     * YYYY-MM-DD
     */
    confirmed_date?: string;
    /**
     * HH:MM
     */
    confirmed_time?: string;
    /**
     * The clock time is known, but not the half of the day
     */
    time_half_unknown?: boolean;
    /**
     * Notes of the agent
     */
    notes?: string;
    /**
     * Fields whose text could not be used
     */
    unclear?: Array<'confirmed_date' | 'confirmed_time'>;
    /**
     * Slots that the business offered and the agent did not take
     */
    offers?: Array<Offer>;
    /**
     * YYYY-MM-DD: the day on which the business wants to be called
     */
    callback_date?: string;
    /**
     * HH:MM, by the business’s clock
     */
    callback_time?: string;
    /**
     * That text, unchanged
     */
    said?: {
        [key: string]: string;
    };
};

export type Key = {
    /**
     * It may do what operators do: reviews, the whole do-not-call list
     */
    operator: boolean;
    /**
     * It sees the bookings of all keys
     */
    sees_all: boolean;
};

/**
 * The side that carries the audio of an answered call
 */
export type MediaEvidence = {
    /**
     * The same for the same fact from the same source
     */
    id: string;
    /**
     * Names one call: the booking’s id, a dot, and the number of the attempt
     */
    call_id: string;
    /**
     * Time of the fact, as far as known
     */
    at: string;
    /**
     * The kind of fact
     */
    kind: 'media';
    /**
     * The side that carries the audio
     */
    media: 'provider' | 'bridge';
    /**
     * Twilio’s id of the call
     */
    call_sid: string;
    /**
     * ElevenLabs’ id of the conversation
     */
    conversation_id?: string;
    /**
     * Number of streams of the call that had ended before
     */
    resume: number;
    problem?: AttemptError;
};

/**
 * A message to a callback_url, and what became of it
 */
export type Message = {
    /**
     * The header webhook-id of each delivery
     */
    id: string;
    /**
     * The kind of message: see the webhooks
     */
    type: 'booking.final' | 'booking.attempt_failed' | 'booking.reviewed' | 'booking.followed_up' | 'shortlist.completed' | 'batch.completed' | 'batch.canceled';
    /**
     * Time of the fact that it tells
     */
    timestamp: string;
    /**
     * given_up: after a day, or when the receiver answered 410
     */
    state: 'pending' | 'delivered' | 'given_up';
    /**
     * Every try, in order
     */
    deliveries: Array<Delivery>;
};

export type MessageList = {
    /**
     * In the order in which they were made
     */
    data: Array<Message>;
};

/**
 * How far the channel native may go (native call: the provider’s own call)
 */
export type NativePolicy = {
    /**
     * Whether this channel is used
     */
    enabled?: boolean;
    /**
     * A dial may start only within this time, which counts from the channel’s first dial
     */
    budget_seconds?: number;
    /**
     * Largest number of calls
     */
    max_attempts?: number;
    /**
     * Pause after a call that reached nobody
     */
    redial_delay_seconds?: number;
    /**
     * Longest time that a phone rings
     */
    ring_seconds?: number;
    /**
     * Longest time of a call
     */
    max_call_seconds?: number;
};

export type NewCalendarFeed = {
    /**
     * Id of the feed, `cf_…`
     */
    id: string;
    /**
     * null: all appointments that the key may see
     */
    batch: string | null;
    /**
     * When it was created
     */
    created_at: string;
    /**
     * To the day; null: not read yet
     */
    last_read_at: string | null;
    /**
     * The secret address. It is shown only here
     */
    url: string;
};

/**
 * A number as it is understood
 */
export type NumberMeant = {
    /**
     * The number that is meant, in E.164; null: none, or several may be
     */
    number: string | null;
    /**
     * The same as people read it, such as +54 11 4321 1234
     */
    written: string | null;
    /**
     * ISO 3166 code of its country
     */
    country: string | null;
    /**
     * Why it cannot be dialed; continues the field’s name
     */
    problem: string | null;
    /**
     * Numbers that may be meant, in E.164; for a person to choose
     */
    suggestions: Array<string>;
    /**
     * Open bookings of this number that the key may see, newest first, three at most
     */
    open_bookings: Array<{
        /**
         * Id of the booking
         */
        id: string;
        /**
         * Where it stands
         */
        status: string;
        /**
         * The service
         */
        service_type: string;
        /**
         * The person for whom it is
         */
        user_name: string;
        /**
         * When it was accepted
         */
        created_at: string;
    }>;
};

/**
 * A slot that the business offered
 */
export type Offer = {
    /**
     * YYYY-MM-DD
     */
    date: string;
    /**
     * HH:MM
     */
    time?: string;
    /**
     * Notes of the agent about it
     */
    note?: string;
};

/**
 * Hours in which the business is open, on its own clock
 */
export type OpeningHours = {
    /**
     * Days of the week, each once
     */
    days: Array<'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'>;
    /**
     * HH:MM
     */
    from: string;
    /**
     * HH:MM, exclusive, at most 24:00
     */
    to: string;
};

/**
 * Texts and limits that replace the agent’s
 */
export type OrderedAgent = {
    /**
     * Replaces the agent’s prompt
     */
    prompt?: string;
    /**
     * Replaces the agent’s first message
     */
    first_message?: string;
};

/**
 * The business, as it was ordered
 */
export type OrderedBusiness = {
    /**
     * Name of the business
     */
    name: string;
    /**
     * E.164
     */
    phone: string;
    /**
     * IANA name; absent: the zones of the number
     */
    timezone?: string;
    /**
     * When the business is open; absent: not known
     */
    opening_hours?: Array<OrderedHours>;
};

/**
 * Calls at a time that the business asked for
 */
export type OrderedCallback = {
    /**
     * Whether a business is called at the time that it asks for
     */
    enabled: boolean;
    /**
     * Calls at a time that the business asked for
     */
    max_callbacks: number;
    /**
     * A business that asks for a later call is not called
     */
    within_hours: number;
};

/**
 * How far each channel may go
 */
export type OrderedEscalation = {
    native: OrderedPolicy;
    registered?: OrderedPolicy;
    bridge: OrderedPolicy;
    simulation: OrderedSimulation;
    callback: OrderedCallback;
};

/**
 * Hours in which the business is open, on its own clock
 */
export type OrderedHours = {
    /**
     * Days of the week
     */
    days: Array<Weekday>;
    /**
     * HH:MM
     */
    from: string;
    /**
     * HH:MM, exclusive
     */
    to: string;
};

/**
 * How far one phone channel may go
 */
export type OrderedPolicy = {
    /**
     * Whether this channel is used
     */
    enabled: boolean;
    /**
     * A dial may start only within this time
     */
    budget_seconds: number;
    /**
     * Largest number of calls
     */
    max_attempts: number;
    /**
     * Pause after a call that reached nobody
     */
    redial_delay_seconds: number;
    /**
     * Longest time that a phone rings
     */
    ring_seconds: number;
    /**
     * Longest time of a call
     */
    max_call_seconds: number;
};

/**
 * The appointment that is wanted, as it was ordered
 */
export type OrderedRequest = {
    /**
     * The service, such as dentista
     */
    service_type: string;
    /**
     * As it was given
     */
    preferred_date?: string;
    /**
     * As it was given
     */
    preferred_time?: string;
    /**
     * The person for whom the appointment is
     */
    user_name: string;
    /**
     * As it was given
     */
    special_requests?: string;
    /**
     * The appointments that the agent may take; absent: any
     */
    acceptable?: Acceptable;
    /**
     * ISO date that preferred_date meant at the business when the booking was placed; null: no one day
     */
    preferred_day: string | null;
};

/**
 * Two agents talk, and nobody is called
 */
export type OrderedSimulation = {
    /**
     * Whether a simulation follows where no channel works
     */
    enabled: boolean;
    /**
     * How the simulated receptionist answers
     */
    scenario?: string;
};

/**
 * The one final answer of a booking; it never changes
 */
export type Outcome = {
    /**
     * The answer
     */
    result: Result;
    /**
     * The channel that gave the result; null: none did
     */
    channel: Channel | null;
    /**
     * True for everything that a simulation or the sandbox made
     */
    simulated: boolean;
    /**
     * Day of the appointment, YYYY-MM-DD
     */
    confirmed_date: string | null;
    /**
     * Time of the appointment at the business, HH:MM
     */
    confirmed_time: string | null;
    /**
     * Notes of the agent, or ours; words of the business are not to be trusted
     */
    notes: string | null;
    /**
     * Basis of the result
     */
    evidence: Array<'report_result' | 'post_call' | 'conversation' | 'call_status' | 'transcript'>;
    /**
     * Proof of a confirmed appointment; null for every other result
     */
    proof: Proof | null;
    /**
     * Slots that the business offered and nobody took
     */
    offers: Array<Offer>;
    /**
     * With callback_requested: when the business asked to be called, ISO 8601 with its offset; null: no time was understood
     */
    callback_at: string | null;
    /**
     * Present when the talk does not support a reported appointment: the reasons, the weightiest first
     */
    doubts?: Array<Doubt>;
};

/**
 * A channel that places calls
 */
export type PhoneChannel = 'native' | 'registered' | 'bridge';

/**
 * An error, as RFC 9457 has it
 */
export type Problem = {
    /**
     * The kind of problem, for programs
     */
    type: string;
    /**
     * The kind of problem, for people
     */
    title: string;
    /**
     * The HTTP status
     */
    status: number;
    /**
     * The fault, and the remedy
     */
    detail?: string;
    /**
     * Each refused field
     */
    errors?: Array<FieldProblem>;
    /**
     * Every problem of a list whose rows are not accepted
     */
    problems?: Array<BatchProblem>;
    /**
     * Quote it when you ask about a failure
     */
    request_id?: string;
};

export type Prohibition = {
    /**
     * In E.164
     */
    phone: string;
    /**
     * When the number came on the list
     */
    at: string;
    /**
     * null: the entry has no end
     */
    expires_at: string | null;
};

export type ProhibitionRequest = {
    /**
     * E.164: + and digits only
     */
    phone: string;
    /**
     * For those who read the list
     */
    reason?: string;
    /**
     * The entry ends then; absent: it has no end
     */
    expires_at?: string;
};

/**
 * The words of the transcript that a confirmation rests on
 */
export type Proof = {
    /**
     * stated: the business itself said day and time and gave the slot; agreed: the agent said part or all of it, and the business agreed afterwards; analyzed: the words leave it open, and the provider’s own analysis gives the same day and time; claimed: there is no transcript, or none in a language that is read
     */
    level: 'stated' | 'agreed' | 'analyzed' | 'claimed';
    /**
     * The day; null: no words give it
     */
    date: CitedValue | null;
    /**
     * The time; null: no words give it
     */
    time: CitedValue | null;
    /**
     * The words of the business that gave the slot; null: there are none
     */
    agreement: Citation | null;
};

/**
 * How far the channel registered may go (registered call: our call with the provider’s audio)
 */
export type RegisteredPolicy = {
    /**
     * Whether this channel is used
     */
    enabled?: boolean;
    /**
     * A dial may start only within this time, which counts from the channel’s first dial
     */
    budget_seconds?: number;
    /**
     * Largest number of calls
     */
    max_attempts?: number;
    /**
     * Pause after a call that reached nobody
     */
    redial_delay_seconds?: number;
    /**
     * Longest time that a phone rings
     */
    ring_seconds?: number;
    /**
     * Longest time of a call
     */
    max_call_seconds?: number;
};

/**
 * The agent’s report of its call
 */
export type ReportEvidence = {
    /**
     * The same for the same fact from the same source
     */
    id: string;
    /**
     * Names one call: the booking’s id, a dot, and the number of the attempt
     */
    call_id: string;
    /**
     * Time of the fact, as far as known
     */
    at: string;
    /**
     * The kind of fact
     */
    kind: 'report';
    /**
     * tool: over HTTP; socket: over the bridge, or in a simulation
     */
    source: 'tool' | 'socket';
    report: AgentReport;
    /**
     * ElevenLabs’ id of the conversation
     */
    conversation_id?: string;
};

/**
 * A result that an agent, or a person in a review, can give
 */
export type ReportedResult = 'confirmed' | 'declined' | 'no_availability' | 'callback_requested' | 'voicemail' | 'wrong_number' | 'do_not_call';

/**
 * confirmed: there is an appointment; declined, no_availability, callback_requested: the answer of the business; voicemail, unreachable: nobody was reached; wrong_number, invalid_number: not this business; do_not_call: the number asked not to be called; expired: nobody was rung by not_after; error: no channel works, and no phone rang; needs_review: the evidence does not settle it; canceled: by the client
 */
export type Result = 'confirmed' | 'declined' | 'no_availability' | 'callback_requested' | 'voicemail' | 'wrong_number' | 'do_not_call' | 'unreachable' | 'invalid_number' | 'expired' | 'error' | 'needs_review' | 'canceled';

/**
 * An operator’s decision about a booking
 */
export type Review = {
    /**
     * The decision
     */
    decision: Decision;
    /**
     * The person, as signed
     */
    by: string;
    /**
     * When
     */
    at: string;
};

export type ReviewList = {
    /**
     * In the order in which they were given
     */
    data: Array<ReviewRecord>;
};

export type ReviewRecord = {
    /**
     * From 1; the last one counts
     */
    number: number;
    /**
     * The decision
     */
    decision: Decision;
    /**
     * The person, as signed
     */
    by: string;
    /**
     * When
     */
    at: string;
    /**
     * Distinguishes operator keys; not the key
     */
    key: string;
};

export type ReviewRequest = {
    /**
     * Name or staff number of the person who decides; default: the name of the operator key
     */
    by?: string;
    /**
     * The decision
     */
    result: 'confirmed' | 'declined' | 'no_availability' | 'callback_requested' | 'voicemail' | 'wrong_number' | 'do_not_call' | 'unreachable';
    /**
     * For confirmed, and only then
     */
    confirmed_date?: string | null;
    /**
     * For confirmed, and only then
     */
    confirmed_time?: string | null;
    /**
     * How the person knows
     */
    notes?: string | null;
};

/**
 * Bookings that wait for a person
 */
export type ReviewsDue = {
    /**
     * Bookings that wait for a review
     */
    count: number;
    /**
     * When the last of them got its outcome; null: none waits
     */
    newest: string | null;
};

/**
 * A shortlist as it is now
 */
export type Shortlist = {
    /**
     * Id of the shortlist, `sl_…`
     */
    id: string;
    /**
     * needs_review: a booking may be an appointment, and nobody else is asked until a person reviews it
     */
    status: BookingStatus;
    /**
     * null until the shortlist is final
     */
    outcome: ShortlistOutcome | null;
    /**
     * In the order in which they are asked
     */
    candidates: Array<Candidate>;
    /**
     * null: the booking of a candidate was erased, and nobody is left to ask
     */
    request: ShortlistWish | null;
    /**
     * Language of the talk; absent: the agent’s own
     */
    language?: string;
    agent?: OrderedAgent;
    escalation: ShortlistEscalation;
    /**
     * No dial after it
     */
    decide_by?: string;
    /**
     * Receives the booking’s messages
     */
    callback_url?: string;
    /**
     * Why nobody is asked now: all are closed, or the time of a requested call has not come
     */
    waiting_for: 'hours' | 'callback' | null;
    /**
     * The end of that wait; null where it is not known
     */
    waiting_until: string | null;
    /**
     * True once the client asked to cancel it
     */
    cancel_requested: boolean;
    /**
     * The client’s own data, unchanged
     */
    metadata: {
        [key: string]: string;
    };
    /**
     * When it was accepted
     */
    created_at: string;
    /**
     * When it last changed
     */
    updated_at: string;
};

/**
 * A candidate is asked, or was asked
 */
export type ShortlistCandidateEvent = {
    /**
     * The event’s name, as in its line `event:`
     */
    type: 'candidate';
    /**
     * When it happened
     */
    at: string;
    /**
     * The candidate, from 1
     */
    candidate: number;
    /**
     * A candidate whose booking was canceled counts as not_asked
     */
    status: 'not_asked' | 'asking' | 'asked';
    /**
     * Its last booking
     */
    booking_id: string | null;
    /**
     * The result of that booking; a review counts in place of needs_review
     */
    result: Result | null;
};

/**
 * A shortlist has its outcome.
 */
export type ShortlistCompletedMessage = {
    /**
     * The kind of message
     */
    type: 'shortlist.completed';
    /**
     * Time of the fact
     */
    timestamp: string;
    /**
     * The shortlist as `GET /v1/shortlists/{id}` showed it then
     */
    data: Shortlist;
};

/**
 * How far each channel may go, for each candidate
 */
export type ShortlistEscalation = {
    native: OrderedPolicy;
    registered?: OrderedPolicy;
    bridge: OrderedPolicy;
    simulation: OrderedSimulation;
    callback?: OrderedCallback;
};

/**
 * The `data` of one event of a shortlist; `type` says which
 */
export type ShortlistEvent = ShortlistStatusEvent | ShortlistCandidateEvent | ShortlistFinalEvent;

/**
 * The shortlist is final: the stream ends
 */
export type ShortlistFinalEvent = {
    /**
     * The event’s name, as in its line `event:`
     */
    type: 'final';
    /**
     * When it happened
     */
    at: string;
    /**
     * The shortlist’s outcome
     */
    outcome: ShortlistOutcome;
};

/**
 * The one final answer of a shortlist
 */
export type ShortlistOutcome = {
    /**
     * none_confirmed: all were asked; expired: some were not asked by decide_by; error: nobody’s phone could ring
     */
    result: 'confirmed' | 'none_confirmed' | 'expired' | 'canceled' | 'error';
    /**
     * The booking that confirmed
     */
    booking_id: string | null;
    /**
     * The candidate that confirmed, from 1
     */
    candidate: number | null;
    /**
     * Day of the appointment, YYYY-MM-DD
     */
    confirmed_date: string | null;
    /**
     * Time of the appointment at the business, HH:MM
     */
    confirmed_time: string | null;
    /**
     * Of the booking that confirmed; null: a review confirmed, or nobody did
     */
    proof: Proof | null;
    /**
     * True where nobody was called: the sandbox has it, or two agents talked. No appointment exists then
     */
    simulated: boolean;
};

export type ShortlistPage = {
    /**
     * Newest first
     */
    data: Array<Shortlist>;
    /**
     * The parameter `cursor` of the next page; null: this is the last page
     */
    next_cursor: string | null;
};

/**
 * Several businesses and one wish: they are asked one after the other until one confirms
 */
export type ShortlistRequest = {
    /**
     * The businesses, in the order in which they are asked
     */
    candidates: Array<CandidateRequest>;
    request: AppointmentRequest;
    /**
     * Language of the talk. If the agent does not speak it, the answer’s `warnings` say so. Default: the agent’s own
     */
    language?: string;
    agent?: AgentOverrides;
    escalation?: Escalation;
    /**
     * No dial after it. A local time counts in the first candidate’s zone
     */
    decide_by?: string;
    /**
     * Receives signed messages (see the webhooks): a public http(s) address without user and password
     */
    callback_url?: string;
    /**
     * Data of the client, returned unchanged; at most 50 keys
     */
    metadata?: {
        [key: string]: string;
    };
};

/**
 * The status of the shortlist changed
 */
export type ShortlistStatusEvent = {
    /**
     * The event’s name, as in its line `event:`
     */
    type: 'status';
    /**
     * When it happened
     */
    at: string;
    status: BookingStatus;
};

/**
 * The appointment that is wanted
 */
export type ShortlistWish = {
    /**
     * The service, such as dentista
     */
    service_type: string;
    /**
     * As it was given
     */
    preferred_date?: string;
    /**
     * As it was given
     */
    preferred_time?: string;
    /**
     * The person for whom the appointment is
     */
    user_name: string;
    /**
     * As it was given
     */
    special_requests?: string;
    /**
     * The appointments that the agent may take; absent: any
     */
    acceptable?: Acceptable;
    /**
     * ISO date that preferred_date meant at the business when the booking was placed; null: no one day
     */
    preferred_day?: string | null;
};

/**
 * A booking; with `include=order` also its order and budgets
 */
export type ShownBooking = {
    /**
     * Id of the booking, `bk_…`
     */
    id: string;
    /**
     * Where the booking stands
     */
    status: BookingStatus;
    /**
     * The channel of the outcome, or the one in use; null: none yet
     */
    channel: Channel | null;
    /**
     * Nobody is called: the sandbox has the booking, or it is in the channel simulation
     */
    simulated: boolean;
    /**
     * null until the booking is final; after that, never null
     */
    outcome: Outcome | null;
    /**
     * An operator’s decision about an outcome needs_review, which stays as it is; null: no decision (yet)
     */
    review: Review | null;
    /**
     * Present when an audit found in the providers’ lists what the outcome did not know
     */
    contradictions?: Array<Contradiction>;
    /**
     * Every call and simulation so far, in order
     */
    attempts: Array<Attempt>;
    /**
     * Why the next dial waits; null: it does not, or only for the delay after an attempt
     */
    waiting_for: WaitingFor | null;
    /**
     * The end of that wait; null where it is not known
     */
    waiting_until: string | null;
    /**
     * Calls of the business to our number after the outcome, which they do not change
     */
    follow_ups: Array<FollowUp>;
    /**
     * True once the client asked to cancel it
     */
    cancel_requested: boolean;
    /**
     * Present when a shortlist placed the booking
     */
    shortlist?: {
        /**
         * Id of the shortlist, `sl_…`
         */
        id: string;
        /**
         * Counts from 1
         */
        candidate: number;
    };
    /**
     * Present when the booking is a row of a batch
     */
    batch?: {
        /**
         * Id of the batch, `ba_…`
         */
        id: string;
        /**
         * Key of the row
         */
        key: string;
    };
    /**
     * The client’s own data, unchanged
     */
    metadata: {
        [key: string]: string;
    };
    /**
     * When it was accepted
     */
    created_at: string;
    /**
     * When it last changed
     */
    updated_at: string;
    /**
     * Present and true when the workflow did not answer and the database did
     */
    stale?: boolean;
    /**
     * Present when something will differ from the order, such as a language that the agent does not speak
     */
    warnings?: Array<BookingWarning>;
    /**
     * The order; with include=order
     */
    order?: BookingOrder;
    /**
     * Budgets of the phone channels; with include=order, for one booking
     */
    budgets?: Array<Budget>;
    /**
     * Its calls and talk so far; with include=order, for one booking
     */
    usage?: Usage;
};

/**
 * Two agents talk, and nobody is called. It is marked as simulated
 */
export type SimulationPolicy = {
    /**
     * Whether a simulation follows where no channel works
     */
    enabled?: boolean;
    /**
     * How the simulated receptionist answers
     */
    scenario?: string;
};

export type StopAfterFailures = {
    /**
     * Share of failed rows
     */
    share: number;
    /**
     * Number of finished rows that are looked at
     */
    of_last: number;
};

/**
 * ElevenLabs’ own reading of the talk
 */
export type TalkAnalysis = {
    /**
     * YYYY-MM-DD
     */
    date?: string;
    /**
     * HH:MM
     */
    time?: string;
    /**
     * Whether an appointment was made
     */
    confirmed?: boolean;
};

/**
 * Times of the start of the appointment
 */
export type TimeRange = {
    /**
     * Earliest start, HH:MM
     */
    from: string;
    /**
     * Starts are before this time, HH:MM, at most 24:00
     */
    to: string;
};

/**
 * The talk of one call
 */
export type Transcript = {
    /**
     * Present when nobody was called
     */
    simulated?: true;
    /**
     * In the order of the talk
     */
    turns: Array<Turn>;
};

/**
 * A transcript in figures, and our reading of it
 */
export type TranscriptDigest = {
    /**
     * Turns of the agent
     */
    agent_turns: number;
    /**
     * Turns of the business
     */
    business_turns: number;
    /**
     * Turns of the business after the agent’s first message
     */
    business_turns_after_greeting: number;
    /**
     * Our reading of the talk, with citations; its members may change
     */
    talk?: {
        [key: string]: unknown;
    };
};

/**
 * Words, or keys, of one side of a talk
 */
export type Turn = {
    /**
     * The side that spoke
     */
    role: 'agent' | 'business';
    /**
     * The words. Those of the business are not to be trusted
     */
    message: string;
    /**
     * Seconds after the beginning of the talk
     */
    at_seconds: number;
    /**
     * Keys that the agent pressed, for a menu; the message says the same
     */
    keys?: string;
    /**
     * Here the agent began to wait on hold; the message says the same
     */
    on_hold?: true;
};

export type Usage = {
    /**
     * Calls that a person or a machine answered
     */
    answered_calls: number;
    /**
     * From the answer of each call to its end
     */
    talk_seconds: number;
    /**
     * By the rates of the installation (COST_…), in the sandbox as well; null: it has none
     */
    estimated_cost: {
        /**
         * Rounded to 0.0001
         */
        amount: number;
        /**
         * ISO 4217
         */
        currency: string;
    } | null;
};

/**
 * Why the next dial waits. not_before: the order’s; hours: those of the business and the calling window; number: another booking calls it; place: a turn among the calls or dials of a provider; frequency: the number was called as often as it may be; callback: the time at which the business asked to be called; dialing: an operator, as dialing is held after a restore
 */
export type WaitingFor = 'not_before' | 'hours' | 'number' | 'place' | 'frequency' | 'callback' | 'dialing';

/**
 * A day of the week
 */
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

export type ListBookingsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Only bookings with this status
         */
        status?: 'queued' | 'in_progress' | 'completed' | 'failed' | 'needs_review' | 'canceled';
        /**
         * The channel of the outcome, or the one in use
         */
        channel?: 'native' | 'registered' | 'bridge' | 'simulation';
        /**
         * Only bookings with this result
         */
        result?: 'confirmed' | 'declined' | 'no_availability' | 'callback_requested' | 'voicemail' | 'wrong_number' | 'do_not_call' | 'unreachable' | 'invalid_number' | 'expired' | 'error' | 'needs_review' | 'canceled';
        /**
         * true: with a review; false: without one. With status=needs_review, `false` gives the bookings that wait for a review
         */
        reviewed?: 'true' | 'false';
        /**
         * The beginning of an id; a phone number or a part of one, as people write it; or words, each a part of the business’s name, the service, the person’s name or the number
         */
        q?: string;
        /**
         * Only bookings that were accepted at this instant or later
         */
        created_from?: string;
        /**
         * Only bookings that were accepted before this instant
         */
        created_before?: string;
        /**
         * The bookings of this shortlist
         */
        shortlist?: string;
        /**
         * The bookings of this batch
         */
        batch?: string;
        /**
         * The booking that this Idempotency-Key of yours made, if there is one; no other filter applies
         */
        idempotency_key?: string;
        /**
         * Largest number of rows on the page
         */
        limit?: number;
        /**
         * Place in the list: `next_cursor` of the page before
         */
        cursor?: string;
        /**
         * `order`: each booking contains its order; a single booking also contains its budgets
         */
        include?: 'order';
        /**
         * `records`: the last recorded state, without a query to each workflow; for clients that poll. A repeated `ETag` is answered with 304
         */
        from?: 'records';
    };
    url: '/v1/bookings';
};

export type ListBookingsResponses = {
    /**
     * Default Response
     */
    200: BookingPage;
};

export type ListBookingsResponse = ListBookingsResponses[keyof ListBookingsResponses];

export type CreateBookingData = {
    body: BookingRequest;
    headers?: {
        /**
         * The same key and body: the same booking
         */
        'idempotency-key'?: string;
        /**
         * W3C trace context: the trace of a new booking is linked to it; one that is not valid is ignored
         */
        traceparent?: string;
        /**
         * The token of a check: only the body that was checked is booked (409 otherwise)
         */
        'booking-check'?: string;
    };
    path?: never;
    query?: never;
    url: '/v1/bookings';
};

export type CreateBookingResponses = {
    /**
     * The booking that this key made before
     */
    200: AcceptedBooking;
    /**
     * A new booking, under way
     */
    202: AcceptedBooking;
};

export type CreateBookingResponse = CreateBookingResponses[keyof CreateBookingResponses];

export type EraseBookingData = {
    body?: never;
    path: {
        /**
         * Id of the booking or batch
         */
        id: string;
    };
    query?: never;
    url: '/v1/bookings/{id}';
};

export type EraseBookingResponses = {
    /**
     * All of it is gone
     */
    200: Erasure;
    /**
     * It is being erased
     */
    202: Erasure;
};

export type EraseBookingResponse = EraseBookingResponses[keyof EraseBookingResponses];

export type GetBookingData = {
    body?: never;
    path: {
        /**
         * Id of the booking
         */
        id: string;
    };
    query?: {
        /**
         * `order`: each booking contains its order; a single booking also contains its budgets
         */
        include?: 'order';
        /**
         * Answers once the thing is final, or has nothing to do before this wait ends; at the latest after these seconds
         */
        wait_seconds?: number;
    };
    url: '/v1/bookings/{id}';
};

export type GetBookingResponses = {
    /**
     * Default Response
     */
    200: ShownBooking;
};

export type GetBookingResponse = GetBookingResponses[keyof GetBookingResponses];

export type CancelBookingData = {
    body?: never;
    path: {
        /**
         * Id of the booking
         */
        id: string;
    };
    query?: never;
    url: '/v1/bookings/{id}/cancel';
};

export type CancelBookingResponses = {
    /**
     * Default Response
     */
    202: Booking;
};

export type CancelBookingResponse = CancelBookingResponses[keyof CancelBookingResponses];

export type CheckBookingData = {
    body: BookingRequest;
    path?: never;
    query?: never;
    url: '/v1/bookings/check';
};

export type CheckBookingResponses = {
    /**
     * Default Response
     */
    200: BookingCheck;
};

export type CheckBookingResponse = CheckBookingResponses[keyof CheckBookingResponses];

export type FollowBookingData = {
    body?: never;
    headers?: {
        /**
         * Resume after this event
         */
        'last-event-id'?: string;
    };
    path: {
        /**
         * Id of the booking
         */
        id: string;
    };
    query?: never;
    url: '/v1/bookings/{id}/events';
};

export type FollowBookingResponses = {
    /**
     * The stream: `id`, `event` and `data`, which is JSON
     */
    200: BookingEvent;
    /**
     * The booking is final and all its events were seen
     */
    204: string;
};

export type FollowBookingResponse = FollowBookingResponses[keyof FollowBookingResponses];

export type GetTranscriptData = {
    body?: never;
    path: {
        /**
         * Id of the booking
         */
        id: string;
    };
    query?: {
        /**
         * One call of the booking, such as a follow-up; default: its last attempt
         */
        call_id?: string;
    };
    url: '/v1/bookings/{id}/transcript';
};

export type GetTranscriptResponses = {
    /**
     * Default Response
     */
    200: Transcript;
};

export type GetTranscriptResponse = GetTranscriptResponses[keyof GetTranscriptResponses];

export type GetRecordingData = {
    body?: never;
    path: {
        /**
         * Id of the booking
         */
        id: string;
    };
    query?: {
        /**
         * One call of the booking, such as a follow-up; default: its last attempt
         */
        call_id?: string;
    };
    url: '/v1/bookings/{id}/recording';
};

export type GetRecordingResponses = {
    /**
     * The whole recording
     */
    200: Blob | File;
    /**
     * The range asked for
     */
    206: Blob | File;
};

export type GetRecordingResponse = GetRecordingResponses[keyof GetRecordingResponses];

export type GetCalendarFileData = {
    body?: never;
    path: {
        /**
         * Id of the booking
         */
        id: string;
    };
    query?: never;
    url: '/v1/bookings/{id}/calendar.ics';
};

export type GetCalendarFileResponses = {
    /**
     * The calendar file
     */
    200: string;
};

export type GetCalendarFileResponse = GetCalendarFileResponses[keyof GetCalendarFileResponses];

export type ListCalendarFeedsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/calendar-feeds';
};

export type ListCalendarFeedsResponses = {
    /**
     * Default Response
     */
    200: CalendarFeedList;
};

export type ListCalendarFeedsResponse = ListCalendarFeedsResponses[keyof ListCalendarFeedsResponses];

export type CreateCalendarFeedData = {
    body: CalendarFeedRequest;
    path?: never;
    query?: never;
    url: '/v1/calendar-feeds';
};

export type CreateCalendarFeedResponses = {
    /**
     * The address is shown only now
     */
    201: NewCalendarFeed;
};

export type CreateCalendarFeedResponse = CreateCalendarFeedResponses[keyof CreateCalendarFeedResponses];

export type RevokeCalendarFeedData = {
    body?: never;
    path: {
        /**
         * Id of the feed
         */
        id: string;
    };
    query?: never;
    url: '/v1/calendar-feeds/{id}';
};

export type RevokeCalendarFeedResponses = {
    /**
     * It was revoked
     */
    204: void;
};

export type RevokeCalendarFeedResponse = RevokeCalendarFeedResponses[keyof RevokeCalendarFeedResponses];

export type ListMessagesData = {
    body?: never;
    path: {
        /**
         * Id of the booking
         */
        id: string;
    };
    query?: never;
    url: '/v1/bookings/{id}/messages';
};

export type ListMessagesResponses = {
    /**
     * Default Response
     */
    200: MessageList;
};

export type ListMessagesResponse = ListMessagesResponses[keyof ListMessagesResponses];

export type SendMessageData = {
    body?: never;
    path: {
        /**
         * Id of the booking
         */
        id: string;
        /**
         * Id of the message
         */
        message: string;
    };
    query?: never;
    url: '/v1/bookings/{id}/messages/{message}/send';
};

export type SendMessageResponses = {
    /**
     * Default Response
     */
    202: MessageList;
};

export type SendMessageResponse = SendMessageResponses[keyof SendMessageResponses];

export type ReviewBookingData = {
    body: ReviewRequest;
    path: {
        /**
         * Id of the booking
         */
        id: string;
    };
    query?: never;
    url: '/v1/bookings/{id}/review';
};

export type ReviewBookingResponses = {
    /**
     * With the review
     */
    200: Booking;
};

export type ReviewBookingResponse = ReviewBookingResponses[keyof ReviewBookingResponses];

export type ListReviewsData = {
    body?: never;
    path: {
        /**
         * Id of the booking
         */
        id: string;
    };
    query?: never;
    url: '/v1/bookings/{id}/reviews';
};

export type ListReviewsResponses = {
    /**
     * Default Response
     */
    200: ReviewList;
};

export type ListReviewsResponse = ListReviewsResponses[keyof ListReviewsResponses];

export type ListDoNotCallData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/do-not-call';
};

export type ListDoNotCallResponses = {
    /**
     * Default Response
     */
    200: DoNotCallList;
};

export type ListDoNotCallResponse = ListDoNotCallResponses[keyof ListDoNotCallResponses];

export type ForbidNumberData = {
    body: ProhibitionRequest;
    path?: never;
    query?: never;
    url: '/v1/do-not-call';
};

export type ForbidNumberResponses = {
    /**
     * It was on the list already; of two ends the later one counts
     */
    200: Prohibition;
    /**
     * Default Response
     */
    201: Prohibition;
};

export type ForbidNumberResponse = ForbidNumberResponses[keyof ForbidNumberResponses];

export type AllowNumberData = {
    body?: never;
    path: {
        /**
         * Its phone_hash, or the number in E.164
         */
        number: string;
    };
    query?: never;
    url: '/v1/do-not-call/{number}';
};

export type AllowNumberResponses = {
    /**
     * It may be dialed again
     */
    204: void;
};

export type AllowNumberResponse = AllowNumberResponses[keyof AllowNumberResponses];

export type GetFiguresData = {
    body?: never;
    path?: never;
    query: {
        /**
         * Outcomes from this instant on
         */
        from: string;
        /**
         * Outcomes before this instant; at most 93 days later
         */
        before: string;
    };
    url: '/v1/figures';
};

export type GetFiguresResponses = {
    /**
     * Default Response
     */
    200: Figures;
};

export type GetFiguresResponse = GetFiguresResponses[keyof GetFiguresResponses];

export type GetReviewsDueData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/reviews-due';
};

export type GetReviewsDueResponses = {
    /**
     * Default Response
     */
    200: ReviewsDue;
};

export type GetReviewsDueResponse = GetReviewsDueResponses[keyof GetReviewsDueResponses];

export type ReadNumberData = {
    body?: never;
    path?: never;
    query: {
        /**
         * A telephone number as people write it, with or without its country
         */
        typed: string;
    };
    url: '/v1/numbers';
};

export type ReadNumberResponses = {
    /**
     * Default Response
     */
    200: NumberMeant;
};

export type ReadNumberResponse = ReadNumberResponses[keyof ReadNumberResponses];

export type ListActsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Only those about this booking
         */
        booking?: string;
        /**
         * Only these deeds
         */
        act?: 'cancel' | 'erase' | 'review' | 'forbid' | 'allow' | 'start_batch' | 'pause_batch' | 'resume_batch' | 'change_batch' | 'cancel_batch' | 'cancel_row' | 'erase_batch' | 'cancel_shortlist' | 'hold_dialing' | 'resume_dialing';
        /**
         * Only those of the operator with this name
         */
        by?: string;
        /**
         * Only from this instant on
         */
        from?: string;
        /**
         * Only before this instant
         */
        before?: string;
        /**
         * Largest number of rows on the page
         */
        limit?: number;
        /**
         * Place in the list: `next_cursor` of the page before
         */
        cursor?: string;
    };
    url: '/v1/acts';
};

export type ListActsResponses = {
    /**
     * Default Response
     */
    200: {
        /**
         * Newest first
         */
        data: Array<Act>;
        /**
         * The parameter `cursor` of the next page; null: this is the last page
         */
        next_cursor: string | null;
        /**
         * Names that operator keys have now, and that `by` takes
         */
        operators: Array<string>;
    };
};

export type ListActsResponse = ListActsResponses[keyof ListActsResponses];

export type ListBatchesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Only batches with this status
         */
        status?: 'held' | 'scheduled' | 'running' | 'paused' | 'canceling' | 'completed' | 'canceled';
        /**
         * The batch that this Idempotency-Key of yours made, if there is one; no other filter applies
         */
        idempotency_key?: string;
        /**
         * Largest number of rows on the page
         */
        limit?: number;
        /**
         * Place in the list: `next_cursor` of the page before
         */
        cursor?: string;
    };
    url: '/v1/batches';
};

export type ListBatchesResponses = {
    /**
     * Default Response
     */
    200: BatchPage;
};

export type ListBatchesResponse = ListBatchesResponses[keyof ListBatchesResponses];

export type CreateBatchData = {
    body: {
        /**
         * A name for people
         */
        name?: string;
        /**
         * Any fields of a booking, for all rows; a row’s own fields win
         */
        defaults?: {
            [key: string]: unknown;
        };
        /**
         * ISO 3166 code: the country of numbers without a country code
         */
        default_country?: string;
        /**
         * No row is dialed before it. A local time counts in the zone of each business
         */
        not_before?: string;
        /**
         * No row is dialed after it: those for which nobody was rung by then are expired. A local time counts in the zone of each business
         */
        not_after?: string;
        /**
         * Calls of this batch at once
         */
        max_concurrent?: number;
        /**
         * `reject`: one invalid row refuses the batch; `skip`: the other rows run
         */
        on_invalid?: 'reject' | 'skip';
        /**
         * Rows with the number or key of an earlier row; `allow` permits the number, never the key
         */
        duplicates?: 'reject' | 'skip' | 'allow';
        /**
         * `held`: nothing rings until the batch is started
         */
        start?: 'now' | 'held';
        stop_after_failures?: StopAfterFailures;
        /**
         * The digest that a check gave. Runs only the rows, defaults and default_country that were checked
         */
        check?: string;
        /**
         * Receives `batch.completed`, or `batch.canceled`
         */
        callback_url?: string;
        /**
         * Data of the client, returned unchanged; at most 50 keys
         */
        metadata?: {
            [key: string]: string;
        };
        /**
         * One booking each
         */
        rows: Array<unknown>;
    };
    headers?: {
        /**
         * The same key and batch: the same batch
         */
        'idempotency-key'?: string;
    };
    path?: never;
    query?: never;
    url: '/v1/batches';
};

export type CreateBatchResponses = {
    /**
     * The batch that this key made before
     */
    200: Batch;
    /**
     * A new batch
     */
    202: Batch;
};

export type CreateBatchResponse = CreateBatchResponses[keyof CreateBatchResponses];

export type EraseBatchData = {
    body?: never;
    path: {
        /**
         * Id of the batch
         */
        id: string;
    };
    query?: never;
    url: '/v1/batches/{id}';
};

export type EraseBatchResponses = {
    /**
     * All of it is gone
     */
    200: Erasure;
    /**
     * It is being erased
     */
    202: Erasure;
};

export type EraseBatchResponse = EraseBatchResponses[keyof EraseBatchResponses];

export type GetBatchData = {
    body?: never;
    path: {
        /**
         * Id of the batch
         */
        id: string;
    };
    query?: {
        /**
         * usage: with the calls and talk of its bookings
         */
        include?: 'usage';
        /**
         * Answers once the thing is final, or has nothing to do before this wait ends; at the latest after these seconds
         */
        wait_seconds?: number;
    };
    url: '/v1/batches/{id}';
};

export type GetBatchResponses = {
    /**
     * Default Response
     */
    200: Batch;
};

export type GetBatchResponse = GetBatchResponses[keyof GetBatchResponses];

export type ChangeBatchData = {
    body: BatchChange;
    path: {
        /**
         * Id of the batch
         */
        id: string;
    };
    query?: never;
    url: '/v1/batches/{id}';
};

export type ChangeBatchResponses = {
    /**
     * Default Response
     */
    202: Batch;
};

export type ChangeBatchResponse = ChangeBatchResponses[keyof ChangeBatchResponses];

export type ListBatchRowsData = {
    body?: never;
    path: {
        /**
         * Id of the batch
         */
        id: string;
    };
    query?: {
        /**
         * Only rows with this status
         */
        status?: 'invalid' | 'duplicate' | 'waiting' | 'in_progress' | 'completed' | 'failed' | 'needs_review' | 'canceled' | 'expired';
        /**
         * A part of the key, the business’s name, the person’s name or the number
         */
        q?: string;
        /**
         * Largest number of rows on the page
         */
        limit?: number;
        /**
         * Place in the list: `next_cursor` of the page before
         */
        cursor?: string;
    };
    url: '/v1/batches/{id}/rows';
};

export type ListBatchRowsResponses = {
    /**
     * Default Response
     */
    200: BatchRowPage;
};

export type ListBatchRowsResponse = ListBatchRowsResponses[keyof ListBatchRowsResponses];

export type AppendBatchRowsData = {
    body: {
        /**
         * Rows as in `POST /v1/batches`
         */
        rows: Array<unknown>;
        /**
         * The digest that a check gave. Runs only the rows, defaults and default_country that were checked
         */
        check?: string;
    };
    path: {
        /**
         * Id of the batch
         */
        id: string;
    };
    query?: never;
    url: '/v1/batches/{id}/rows';
};

export type AppendBatchRowsResponses = {
    /**
     * Default Response
     */
    202: BatchAppended;
};

export type AppendBatchRowsResponse = AppendBatchRowsResponses[keyof AppendBatchRowsResponses];

export type StartBatchData = {
    body?: never;
    path: {
        /**
         * Id of the batch
         */
        id: string;
    };
    query?: never;
    url: '/v1/batches/{id}/start';
};

export type StartBatchResponses = {
    /**
     * Default Response
     */
    202: Batch;
};

export type StartBatchResponse = StartBatchResponses[keyof StartBatchResponses];

export type PauseBatchData = {
    body?: never;
    path: {
        /**
         * Id of the batch
         */
        id: string;
    };
    query?: never;
    url: '/v1/batches/{id}/pause';
};

export type PauseBatchResponses = {
    /**
     * Default Response
     */
    202: Batch;
};

export type PauseBatchResponse = PauseBatchResponses[keyof PauseBatchResponses];

export type ResumeBatchData = {
    body?: never;
    path: {
        /**
         * Id of the batch
         */
        id: string;
    };
    query?: never;
    url: '/v1/batches/{id}/resume';
};

export type ResumeBatchResponses = {
    /**
     * Default Response
     */
    202: Batch;
};

export type ResumeBatchResponse = ResumeBatchResponses[keyof ResumeBatchResponses];

export type CancelBatchData = {
    body: BatchCancel;
    path: {
        /**
         * Id of the batch
         */
        id: string;
    };
    query?: never;
    url: '/v1/batches/{id}/cancel';
};

export type CancelBatchResponses = {
    /**
     * Default Response
     */
    202: Batch;
};

export type CancelBatchResponse = CancelBatchResponses[keyof CancelBatchResponses];

export type CancelBatchRowData = {
    body?: never;
    path: {
        /**
         * Id of the batch
         */
        id: string;
        /**
         * The row’s key
         */
        key: string;
    };
    query?: never;
    url: '/v1/batches/{id}/rows/{key}/cancel';
};

export type CancelBatchRowResponses = {
    /**
     * Default Response
     */
    202: BatchRow;
};

export type CancelBatchRowResponse = CancelBatchRowResponses[keyof CancelBatchRowResponses];

export type FollowBatchData = {
    body?: never;
    headers?: {
        /**
         * Resume after this event
         */
        'last-event-id'?: string;
    };
    path: {
        /**
         * Id of the batch
         */
        id: string;
    };
    query?: {
        /**
         * Begins behind the event of this number, such as `last_event_id`; the header `Last-Event-ID` comes first
         */
        after?: number;
    };
    url: '/v1/batches/{id}/events';
};

export type FollowBatchResponses = {
    /**
     * The stream: `id`, `event` and `data`, which is JSON
     */
    200: BatchEvent;
    /**
     * Every row is final, and all events were seen
     */
    204: string;
};

export type FollowBatchResponse = FollowBatchResponses[keyof FollowBatchResponses];

export type GetBatchReportData = {
    body?: never;
    path: {
        /**
         * Id of the batch
         */
        id: string;
    };
    query?: {
        /**
         * semicolon: as a Spanish Excel expects it
         */
        delimiter?: 'comma' | 'semicolon';
    };
    url: '/v1/batches/{id}/report.csv';
};

export type GetBatchReportResponses = {
    /**
     * The table
     */
    200: string;
};

export type GetBatchReportResponse = GetBatchReportResponses[keyof GetBatchReportResponses];

export type ListShortlistsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Rows per page
         */
        limit?: number;
        /**
         * `next_cursor` of the page before
         */
        cursor?: string;
        /**
         * The shortlist that this Idempotency-Key of yours made, if there is one; no other filter applies
         */
        idempotency_key?: string;
    };
    url: '/v1/shortlists';
};

export type ListShortlistsResponses = {
    /**
     * Default Response
     */
    200: ShortlistPage;
};

export type ListShortlistsResponse = ListShortlistsResponses[keyof ListShortlistsResponses];

export type CreateShortlistData = {
    body: ShortlistRequest;
    headers?: {
        /**
         * The same key and body: the same shortlist
         */
        'idempotency-key'?: string;
    };
    path?: never;
    query?: never;
    url: '/v1/shortlists';
};

export type CreateShortlistResponses = {
    /**
     * The shortlist that this key made before
     */
    200: Shortlist;
    /**
     * A new shortlist, under way
     */
    202: Shortlist;
};

export type CreateShortlistResponse = CreateShortlistResponses[keyof CreateShortlistResponses];

export type GetShortlistData = {
    body?: never;
    path: {
        /**
         * Id of the shortlist
         */
        id: string;
    };
    query?: {
        /**
         * Answers once the thing is final, or has nothing to do before this wait ends; at the latest after these seconds
         */
        wait_seconds?: number;
    };
    url: '/v1/shortlists/{id}';
};

export type GetShortlistResponses = {
    /**
     * Default Response
     */
    200: Shortlist;
};

export type GetShortlistResponse = GetShortlistResponses[keyof GetShortlistResponses];

export type FollowShortlistData = {
    body?: never;
    headers?: {
        /**
         * Resume after this event
         */
        'last-event-id'?: string;
    };
    path: {
        /**
         * Id of the shortlist
         */
        id: string;
    };
    query?: never;
    url: '/v1/shortlists/{id}/events';
};

export type FollowShortlistResponses = {
    /**
     * The stream: `id`, `event` and `data`, which is JSON
     */
    200: ShortlistEvent;
    /**
     * The shortlist is final and all its events were seen
     */
    204: string;
};

export type FollowShortlistResponse = FollowShortlistResponses[keyof FollowShortlistResponses];

export type ListShortlistMessagesData = {
    body?: never;
    path: {
        /**
         * Id of the shortlist
         */
        id: string;
    };
    query?: never;
    url: '/v1/shortlists/{id}/messages';
};

export type ListShortlistMessagesResponses = {
    /**
     * Default Response
     */
    200: MessageList;
};

export type ListShortlistMessagesResponse = ListShortlistMessagesResponses[keyof ListShortlistMessagesResponses];

export type CancelShortlistData = {
    body?: never;
    path: {
        /**
         * Id of the shortlist
         */
        id: string;
    };
    query?: never;
    url: '/v1/shortlists/{id}/cancel';
};

export type CancelShortlistResponses = {
    /**
     * Default Response
     */
    202: Shortlist;
};

export type CancelShortlistResponse = CancelShortlistResponses[keyof CancelShortlistResponses];

export type GetKeyData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/key';
};

export type GetKeyResponses = {
    /**
     * Default Response
     */
    200: Key;
};

export type GetKeyResponse = GetKeyResponses[keyof GetKeyResponses];

export type CheckBatchData = {
    body: {
        /**
         * A name for people
         */
        name?: string;
        /**
         * Any fields of a booking, for all rows; a row’s own fields win
         */
        defaults?: {
            [key: string]: unknown;
        };
        /**
         * ISO 3166 code: the country of numbers without a country code
         */
        default_country?: string;
        /**
         * No row is dialed before it. A local time counts in the zone of each business
         */
        not_before?: string;
        /**
         * No row is dialed after it: those for which nobody was rung by then are expired. A local time counts in the zone of each business
         */
        not_after?: string;
        /**
         * Calls of this batch at once
         */
        max_concurrent?: number;
        /**
         * `reject`: one invalid row refuses the batch; `skip`: the other rows run
         */
        on_invalid?: 'reject' | 'skip';
        /**
         * Rows with the number or key of an earlier row; `allow` permits the number, never the key
         */
        duplicates?: 'reject' | 'skip' | 'allow';
        /**
         * `held`: nothing rings until the batch is started
         */
        start?: 'now' | 'held';
        stop_after_failures?: StopAfterFailures;
        /**
         * The digest that a check gave. Runs only the rows, defaults and default_country that were checked
         */
        check?: string;
        /**
         * Receives `batch.completed`, or `batch.canceled`
         */
        callback_url?: string;
        /**
         * Data of the client, returned unchanged; at most 50 keys
         */
        metadata?: {
            [key: string]: string;
        };
        /**
         * One booking each
         */
        rows: Array<unknown>;
    };
    path?: never;
    query?: never;
    url: '/v1/batches/check';
};

export type CheckBatchResponses = {
    /**
     * Default Response
     */
    200: BatchCheck;
};

export type CheckBatchResponse = CheckBatchResponses[keyof CheckBatchResponses];

export type CheckBatchRowsData = {
    body: {
        /**
         * Rows as in `POST /v1/batches`
         */
        rows: Array<unknown>;
        /**
         * The digest that a check gave. Runs only the rows, defaults and default_country that were checked
         */
        check?: string;
    };
    path: {
        /**
         * Id of the batch
         */
        id: string;
    };
    query?: never;
    url: '/v1/batches/{id}/rows/check';
};

export type CheckBatchRowsResponses = {
    /**
     * Default Response
     */
    200: BatchAppendCheck;
};

export type CheckBatchRowsResponse = CheckBatchRowsResponses[keyof CheckBatchRowsResponses];

export type ToldBookingFinalWebhookPayload = BookingFinalMessage;

export type ToldBookingFinalWebhookRequest = {
    body: ToldBookingFinalWebhookPayload;
    key: 'booking.final';
    path?: never;
    query?: never;
};

export type ToldBookingAttemptFailedWebhookPayload = BookingAttemptFailedMessage;

export type ToldBookingAttemptFailedWebhookRequest = {
    body: ToldBookingAttemptFailedWebhookPayload;
    key: 'booking.attempt_failed';
    path?: never;
    query?: never;
};

export type ToldBookingReviewedWebhookPayload = BookingReviewedMessage;

export type ToldBookingReviewedWebhookRequest = {
    body: ToldBookingReviewedWebhookPayload;
    key: 'booking.reviewed';
    path?: never;
    query?: never;
};

export type ToldBookingFollowedUpWebhookPayload = BookingFollowedUpMessage;

export type ToldBookingFollowedUpWebhookRequest = {
    body: ToldBookingFollowedUpWebhookPayload;
    key: 'booking.followed_up';
    path?: never;
    query?: never;
};

export type ToldShortlistCompletedWebhookPayload = ShortlistCompletedMessage;

export type ToldShortlistCompletedWebhookRequest = {
    body: ToldShortlistCompletedWebhookPayload;
    key: 'shortlist.completed';
    path?: never;
    query?: never;
};

export type ToldBatchCompletedWebhookPayload = BatchCompletedMessage;

export type ToldBatchCompletedWebhookRequest = {
    body: ToldBatchCompletedWebhookPayload;
    key: 'batch.completed';
    path?: never;
    query?: never;
};

export type ToldBatchCanceledWebhookPayload = BatchCanceledMessage;

export type ToldBatchCanceledWebhookRequest = {
    body: ToldBatchCanceledWebhookPayload;
    key: 'batch.canceled';
    path?: never;
    query?: never;
};
