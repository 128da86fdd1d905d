// Made from the API’s own description by `npm run generate:clients`. Do not edit.
// Description: sha256:c5b948269b93983e9ae145cce6418b283d91f7921455d3349ebf5363efea2bff

export type ClientOptions = {
    baseUrl: `${string}://${string}` | (string & {});
};

export type AcceptableInput = {
    /**
     * Days of the appointment, the first and the last included
     */
    dates?: Array<{
        from: string;
        to: string;
    }>;
    weekdays?: Array<'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'>;
    /**
     * Start of the appointment: from this time on, and before that one
     */
    times?: Array<{
        from: string;
        to: string;
    }>;
};

export type BookingRequest = {
    business: {
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
        opening_hours?: Array<{
            days: Array<'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'>;
            from: string;
            /**
             * Exclusive, at most 24:00
             */
            to: string;
        }>;
    };
    request: {
        service_type: string;
        preferred_date?: string;
        preferred_time?: string;
        user_name: string;
        special_requests?: string;
        acceptable?: AcceptableInput;
    };
    language?: string;
    agent?: {
        prompt?: string;
        first_message?: string;
    };
    escalation?: {
        native?: {
            enabled?: boolean;
            /**
             * A dial may start only within this time
             */
            budget_seconds?: number;
            max_attempts?: number;
            redial_delay_seconds?: number;
            ring_seconds?: number;
            max_call_seconds?: number;
        };
        registered?: {
            enabled?: boolean;
            /**
             * A dial may start only within this time
             */
            budget_seconds?: number;
            max_attempts?: number;
            redial_delay_seconds?: number;
            ring_seconds?: number;
            max_call_seconds?: number;
        };
        bridge?: {
            enabled?: boolean;
            /**
             * A dial may start only within this time
             */
            budget_seconds?: number;
            max_attempts?: number;
            redial_delay_seconds?: number;
            ring_seconds?: number;
            max_call_seconds?: number;
        };
        simulation?: {
            enabled?: boolean;
            scenario?: string;
        };
        callback?: {
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
    };
    callback_url?: string;
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

export type BatchRequest = {
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
    /**
     * Pauses the batch once this share of its last finished rows failed
     */
    stop_after_failures?: {
        share: number;
        of_last: number;
    };
    /**
     * The digest that a check gave. Runs only the rows, defaults and default_country that were checked
     */
    check?: string;
    /**
     * Receives `batch.completed`, or `batch.canceled`
     */
    callback_url?: string;
    metadata?: {
        [key: string]: string;
    };
    /**
     * Each row: `key`, and any fields of a booking
     */
    rows: Array<unknown>;
};

export type BatchChange = {
    name?: string;
    /**
     * No row is dialed after it: those for which nobody was rung by then are expired. A local time counts in the zone of each business
     */
    not_after?: string;
    max_concurrent?: number;
};

export type BatchCancel = {
    /**
     * `finish`: calls that ring or talk go on, and their results count; `hang_up`: they are hung up
     */
    live_calls?: 'finish' | 'hang_up';
};

export type BatchAppend = {
    /**
     * Rows as in `POST /v1/batches`
     */
    rows: Array<unknown>;
    /**
     * The digest that a check gave. Runs only the rows, defaults and default_country that were checked
     */
    check?: string;
};

export type CalendarFeedRequest = {
    /**
     * Only the appointments of this batch; default: all that the key may see
     */
    batch?: string;
};

export type ShortlistRequest = {
    /**
     * The businesses, in the order in which they are asked
     */
    candidates: Array<{
        business: {
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
            opening_hours?: Array<{
                days: Array<'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'>;
                from: string;
                /**
                 * Exclusive, at most 24:00
                 */
                to: string;
            }>;
        };
    }>;
    request: {
        service_type: string;
        preferred_date?: string;
        preferred_time?: string;
        user_name: string;
        special_requests?: string;
        acceptable?: AcceptableInput;
    };
    language?: string;
    agent?: {
        prompt?: string;
        first_message?: string;
    };
    escalation?: {
        native?: {
            enabled?: boolean;
            /**
             * A dial may start only within this time
             */
            budget_seconds?: number;
            max_attempts?: number;
            redial_delay_seconds?: number;
            ring_seconds?: number;
            max_call_seconds?: number;
        };
        registered?: {
            enabled?: boolean;
            /**
             * A dial may start only within this time
             */
            budget_seconds?: number;
            max_attempts?: number;
            redial_delay_seconds?: number;
            ring_seconds?: number;
            max_call_seconds?: number;
        };
        bridge?: {
            enabled?: boolean;
            /**
             * A dial may start only within this time
             */
            budget_seconds?: number;
            max_attempts?: number;
            redial_delay_seconds?: number;
            ring_seconds?: number;
            max_call_seconds?: number;
        };
        simulation?: {
            enabled?: boolean;
            scenario?: string;
        };
        callback?: {
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
    };
    /**
     * No dial after it. A local time counts in the first candidate’s zone
     */
    decide_by?: string;
    callback_url?: string;
    metadata?: {
        [key: string]: string;
    };
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
    code: 'excel_scientific' | 'missing_country' | 'invalid_number' | 'unknown_column' | 'unknown_timezone' | 'missing' | 'duplicate' | 'too_long' | 'row_length' | 'invalid' | 'unreadable' | 'empty' | 'too_many_columns';
    /**
     * Continues the field’s name, and says the remedy
     */
    message: string;
};

export type BatchCheck = {
    rows: number;
    valid: number;
    invalid: number;
    duplicates: number;
    problems: Array<BatchProblem>;
    encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
    delimiter?: ',' | ';' | '\t';
    /**
     * Digest of rows, defaults and default_country
     */
    check: string;
};

export type Problem = {
    type: string;
    title: string;
    status: number;
    detail?: string;
    errors?: Array<{
        field: string;
        message: string;
        /**
         * Probably intended values, most likely first
         */
        suggestions?: Array<string>;
    }>;
    /**
     * Every problem of a list whose rows are not accepted
     */
    problems?: Array<BatchProblem>;
    /**
     * Quote it when you ask about a failure
     */
    request_id?: string;
};

export type Acceptable = {
    /**
     * Days of the appointment, the first and the last included
     */
    dates?: Array<{
        from: string;
        to: string;
    }>;
    weekdays?: Array<'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'>;
    /**
     * Start of the appointment: from this time on, and before that one
     */
    times?: Array<{
        from: string;
        to: string;
    }>;
};

/**
 * Rows by status; `total` is always their sum
 */
export type BatchCounts = {
    invalid: number;
    duplicate: number;
    waiting: number;
    in_progress: number;
    completed: number;
    failed: number;
    needs_review: number;
    canceled: number;
    expired: number;
    total: number;
};

/**
 * Rows by result; those without a result are in none
 */
export type BatchResults = {
    [key: string]: number;
};

export type BatchRowReason = {
    code: 'excel_scientific' | 'missing_country' | 'invalid_number' | 'unknown_column' | 'unknown_timezone' | 'missing' | 'duplicate' | 'too_long' | 'row_length' | 'invalid' | 'unreadable' | 'empty' | 'too_many_columns' | 'not_after' | 'batch_canceled' | 'row_canceled' | 'booking_erased' | 'no_appointment' | 'reviewed' | 'waiting' | 'in_progress' | 'failed' | 'needs_review' | 'canceled' | 'expired' | 'other';
    /**
     * Of a problem: the column’s name, or the last part of the JSON path
     */
    field?: string;
    /**
     * With a field, it continues its name
     */
    message: string;
    /**
     * Of `reviewed`: the person’s decision
     */
    result?: 'confirmed' | 'declined' | 'no_availability' | 'callback_requested' | 'voicemail' | 'wrong_number' | 'do_not_call' | 'unreachable' | 'invalid_number' | 'expired' | 'error' | 'needs_review' | 'canceled';
};

export type Batch = {
    id: string;
    name: string | null;
    status: 'held' | 'scheduled' | 'running' | 'paused' | 'canceling' | 'completed' | 'canceled';
    paused_because: 'user' | 'failures' | null;
    /**
     * True in the sandbox: nobody is called
     */
    simulated: boolean;
    /**
     * Rows for whose result nobody was called: of these, no appointment exists
     */
    simulated_rows: number;
    counts: BatchCounts;
    results: BatchResults;
    not_before: string | null;
    not_after: string | null;
    max_concurrent: number;
    stop_after_failures: {
        share: number;
        of_last: number;
    } | null;
    on_invalid: 'reject' | 'skip';
    duplicates: 'reject' | 'skip' | 'allow';
    callback_url: string | null;
    metadata: {
        [key: string]: string;
    };
    created_at: string;
    updated_at: string;
    /**
     * null until every row is final
     */
    ended_at: string | null;
    /**
     * Number of its last event: `?after=` of its events goes on from there
     */
    last_event_id: number;
};

export type BatchPage = {
    data: Array<Batch>;
    next_cursor: string | null;
};

export type BatchRow = {
    /**
     * Counts from 1, over all rows of the batch
     */
    row: number;
    /**
     * Line of the file on which it begins
     */
    line: number | null;
    /**
     * null: none was given or could be made, or its booking was erased
     */
    key: string | null;
    phone: string | null;
    business_name: string | null;
    user_name: string | null;
    status: 'invalid' | 'duplicate' | 'waiting' | 'in_progress' | 'completed' | 'failed' | 'needs_review' | 'canceled' | 'expired';
    result: 'confirmed' | 'declined' | 'no_availability' | 'callback_requested' | 'voicemail' | 'wrong_number' | 'do_not_call' | 'unreachable' | 'invalid_number' | 'expired' | 'error' | 'needs_review' | 'canceled' | null;
    /**
     * Why it was not called, or did not succeed
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
    booking_id: string | null;
    confirmed_date: string | null;
    confirmed_time: string | null;
};

export type BatchRowPage = {
    data: Array<BatchRow>;
    next_cursor: string | null;
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

export type BatchAppendCheck = {
    rows: number;
    valid: number;
    invalid: number;
    duplicates: number;
    problems: Array<BatchProblem>;
    encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
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

export type Erasure = {
    /**
     * Of the booking
     */
    id: string;
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

export type BookingOrder = {
    business: {
        name: string;
        phone: string;
        timezone?: string;
        opening_hours?: Array<{
            days: Array<'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'>;
            from: string;
            to: string;
        }>;
    };
    request: {
        service_type: string;
        preferred_date?: string;
        /**
         * ISO date that preferred_date meant at the business when the booking was placed; null: no one day
         */
        preferred_day: string | null;
        preferred_time?: string;
        user_name: string;
        special_requests?: string;
        acceptable?: Acceptable;
    };
    language?: string;
    agent?: {
        prompt?: string;
        first_message?: string;
    };
    escalation: {
        native: {
            enabled: boolean;
            budget_seconds: number;
            max_attempts: number;
            redial_delay_seconds: number;
            ring_seconds: number;
            max_call_seconds: number;
        };
        registered?: {
            enabled: boolean;
            budget_seconds: number;
            max_attempts: number;
            redial_delay_seconds: number;
            ring_seconds: number;
            max_call_seconds: number;
        };
        bridge: {
            enabled: boolean;
            budget_seconds: number;
            max_attempts: number;
            redial_delay_seconds: number;
            ring_seconds: number;
            max_call_seconds: number;
        };
        simulation: {
            enabled: boolean;
            scenario?: string;
        };
        callback: {
            enabled: boolean;
            max_callbacks: number;
            within_hours: number;
        };
    };
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

export type Budget = {
    channel: 'native' | 'registered' | 'bridge';
    enabled: boolean;
    budget_seconds: number;
    attempts: number;
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

export type Offer = {
    /**
     * YYYY-MM-DD
     */
    date: string;
    /**
     * HH:MM
     */
    time?: string;
    note?: string;
};

/**
 * Words of the talk
 */
export type Citation = {
    text: string;
    role: 'agent' | 'business';
    /**
     * Counts the transcript’s turns from 0
     */
    turn: number;
    at_seconds: number | null;
};

export type Proof = {
    /**
     * stated: the business itself said day and time and gave the slot; agreed: the agent said part or all of it, and the business agreed afterwards; analyzed: the words leave it open, and the provider’s own analysis gives the same day and time; claimed: there is no transcript, or none in a language that is read
     */
    level: 'stated' | 'agreed' | 'analyzed' | 'claimed';
    date: {
        text: string;
        role: 'agent' | 'business';
        /**
         * Counts the transcript’s turns from 0
         */
        turn: number;
        at_seconds: number | null;
        /**
         * YYYY-MM-DD
         */
        value: string;
    } | null;
    time: {
        text: string;
        role: 'agent' | 'business';
        /**
         * Counts the transcript’s turns from 0
         */
        turn: number;
        at_seconds: number | null;
        /**
         * HH:MM
         */
        value: string;
    } | null;
    agreement: Citation | null;
};

export type Doubt = {
    code: 'no_person' | 'not_agreed' | 'asked_only' | 'denied' | 'hedged' | 'tentative' | 'conditional' | 'waiting_list' | 'call_back' | 'elsewhere' | 'moved' | 'taken_back' | 'two_slots' | 'other_errand' | 'not_meant' | 'unconvincing' | 'other_day' | 'other_hour' | 'day_unclear' | 'hour_unclear' | 'weekday_mismatch' | 'day_past' | 'day_too_far' | 'report_unclear' | 'not_acceptable' | 'analysis_differs';
    /**
     * The words of the doubt, the decisive ones first
     */
    cites: Array<Citation>;
};

export type KeptReport = {
    result: 'confirmed' | 'declined' | 'no_availability' | 'callback_requested' | 'voicemail' | 'wrong_number' | 'do_not_call';
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

export type FollowUp = {
    /**
     * When the business called
     */
    at: string;
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

export type Decision = {
    result: 'confirmed' | 'declined' | 'no_availability' | 'callback_requested' | 'voicemail' | 'wrong_number' | 'do_not_call' | 'unreachable';
    /**
     * YYYY-MM-DD
     */
    confirmed_date: string | null;
    /**
     * HH:MM
     */
    confirmed_time: string | null;
    notes: string | null;
};

export type Review = {
    decision: Decision;
    /**
     * The person, as signed
     */
    by: string;
    at: string;
};

export type ReviewRecord = {
    /**
     * From 1; the last one counts
     */
    number: number;
    decision: Decision;
    /**
     * The person, as signed
     */
    by: string;
    at: string;
    /**
     * Distinguishes operator keys; not the key
     */
    key: string;
};

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

export type Outcome = {
    result: 'confirmed' | 'declined' | 'no_availability' | 'callback_requested' | 'voicemail' | 'wrong_number' | 'do_not_call' | 'unreachable' | 'invalid_number' | 'expired' | 'error' | 'needs_review' | 'canceled';
    channel: 'native' | 'registered' | 'bridge' | 'simulation' | null;
    /**
     * True for everything that a simulation or the sandbox made
     */
    simulated: boolean;
    /**
     * YYYY-MM-DD
     */
    confirmed_date: string | null;
    /**
     * HH:MM
     */
    confirmed_time: string | null;
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

export type Attempt = {
    call_id: string;
    channel: 'native' | 'registered' | 'bridge' | 'simulation';
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
    status: 'dialing' | 'unknown' | 'ringing' | 'in_progress' | 'completed' | 'busy' | 'no_answer' | 'failed' | 'canceled';
    call_sid: string | null;
    conversation_id: string | null;
    started_at: string;
    ended_at: string | null;
    /**
     * From the answer to the end
     */
    duration_seconds: number | null;
    error: {
        code: string;
        message: string;
    } | null;
    /**
     * Present while the call is on hold
     */
    on_hold_since?: string;
    /**
     * Present and true for a call that the business asked for
     */
    callback?: true;
};

export type Contradiction = {
    /**
     * still_alive: a call outlived the booking; unknown_call: the outcome knew of no such call; answered: somebody picked up after all; ended_later: a call went on after its reported end; result_unheard: the talk has a result that was not used
     */
    kind: 'still_alive' | 'unknown_call' | 'answered' | 'ended_later' | 'result_unheard';
    call_id?: string;
    call_sid?: string;
    conversation_id?: string;
    at: string;
};

export type Booking = {
    id: string;
    status: 'queued' | 'in_progress' | 'completed' | 'failed' | 'needs_review' | 'canceled';
    channel: 'native' | 'registered' | 'bridge' | 'simulation' | null;
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
    attempts: Array<Attempt>;
    /**
     * Why the next dial waits: not_before; hours, those of the business and of CALLING_WINDOW; number, another booking calls it; place, among the calls or dials of a provider; frequency, as often as the number may be called; callback, the time at which the business asked to be called. null: it does not, or only for the delay after an attempt
     */
    waiting_for: 'not_before' | 'hours' | 'number' | 'place' | 'frequency' | 'callback' | null;
    /**
     * The end of that wait; null where it is not known
     */
    waiting_until: string | null;
    /**
     * Calls of the business to our number after the outcome, which they do not change
     */
    follow_ups: Array<FollowUp>;
    cancel_requested: boolean;
    /**
     * Present when a shortlist placed the booking
     */
    shortlist?: {
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
        id: string;
        key: string;
    };
    metadata: {
        [key: string]: string;
    };
    created_at: string;
    updated_at: string;
    /**
     * Present and true when the workflow did not answer and the database did
     */
    stale?: boolean;
};

export type AcceptedBooking = {
    id: string;
    status: 'queued' | 'in_progress' | 'completed' | 'failed' | 'needs_review' | 'canceled';
    channel: 'native' | 'registered' | 'bridge' | 'simulation' | null;
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
    attempts: Array<Attempt>;
    /**
     * Why the next dial waits: not_before; hours, those of the business and of CALLING_WINDOW; number, another booking calls it; place, among the calls or dials of a provider; frequency, as often as the number may be called; callback, the time at which the business asked to be called. null: it does not, or only for the delay after an attempt
     */
    waiting_for: 'not_before' | 'hours' | 'number' | 'place' | 'frequency' | 'callback' | null;
    /**
     * The end of that wait; null where it is not known
     */
    waiting_until: string | null;
    /**
     * Calls of the business to our number after the outcome, which they do not change
     */
    follow_ups: Array<FollowUp>;
    cancel_requested: boolean;
    /**
     * Present when a shortlist placed the booking
     */
    shortlist?: {
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
        id: string;
        key: string;
    };
    metadata: {
        [key: string]: string;
    };
    created_at: string;
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

export type ShownBooking = {
    id: string;
    status: 'queued' | 'in_progress' | 'completed' | 'failed' | 'needs_review' | 'canceled';
    channel: 'native' | 'registered' | 'bridge' | 'simulation' | null;
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
    attempts: Array<Attempt>;
    /**
     * Why the next dial waits: not_before; hours, those of the business and of CALLING_WINDOW; number, another booking calls it; place, among the calls or dials of a provider; frequency, as often as the number may be called; callback, the time at which the business asked to be called. null: it does not, or only for the delay after an attempt
     */
    waiting_for: 'not_before' | 'hours' | 'number' | 'place' | 'frequency' | 'callback' | null;
    /**
     * The end of that wait; null where it is not known
     */
    waiting_until: string | null;
    /**
     * Calls of the business to our number after the outcome, which they do not change
     */
    follow_ups: Array<FollowUp>;
    cancel_requested: boolean;
    /**
     * Present when a shortlist placed the booking
     */
    shortlist?: {
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
        id: string;
        key: string;
    };
    metadata: {
        [key: string]: string;
    };
    created_at: string;
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
};

export type BookingPage = {
    data: Array<ShownBooking>;
    next_cursor: string | null;
};

export type Transcript = {
    /**
     * Present when nobody was called
     */
    simulated?: true;
    turns: Array<{
        role: 'agent' | 'business';
        message: string;
        at_seconds: number;
        /**
         * Keys that the agent pressed, for a menu; the message says the same
         */
        keys?: string;
        /**
         * Here the agent began to wait on hold; the message says the same
         */
        on_hold?: true;
    }>;
};

export type CalendarFeed = {
    id: string;
    /**
     * null: all appointments that the key may see
     */
    batch: string | null;
    created_at: string;
    /**
     * To the day; null: not read yet
     */
    last_read_at: string | null;
};

export type NewCalendarFeed = {
    id: string;
    /**
     * null: all appointments that the key may see
     */
    batch: string | null;
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

export type CalendarFeedList = {
    /**
     * Newest first
     */
    data: Array<CalendarFeed>;
};

export type DoNotCallList = {
    data: Array<{
        phone_hash: string;
        phone_masked: string;
        booking_id: string;
        at: string;
    }>;
};

export type Message = {
    /**
     * The header webhook-id of each delivery
     */
    id: string;
    type: 'booking.final' | 'booking.attempt_failed' | 'booking.reviewed' | 'booking.followed_up' | 'shortlist.completed' | 'batch.completed' | 'batch.canceled';
    timestamp: string;
    /**
     * given_up: after a day, or when the receiver answered 410
     */
    state: 'pending' | 'delivered' | 'given_up';
    deliveries: Array<{
        at: string;
        /**
         * HTTP status of the answer
         */
        status: number | null;
        /**
         * Why there was no answer
         */
        error: string | null;
    }>;
};

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
     * YYYY-MM-DD
     */
    confirmed_date: string | null;
    /**
     * HH:MM
     */
    confirmed_time: string | null;
    /**
     * Of the booking that confirmed; null: a review confirmed, or nobody did
     */
    proof: Proof | null;
    simulated: boolean;
};

export type Shortlist = {
    id: string;
    /**
     * needs_review: a booking may be an appointment, and nobody else is asked until a person reviews it
     */
    status: 'queued' | 'in_progress' | 'completed' | 'failed' | 'needs_review' | 'canceled';
    /**
     * null until the shortlist is final
     */
    outcome: ShortlistOutcome | null;
    candidates: Array<{
        /**
         * null: its booking was erased
         */
        business: {
            name: string;
            phone: string;
            timezone?: string;
            opening_hours?: Array<{
                days: Array<'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'>;
                from: string;
                to: string;
            }>;
        } | null;
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
        result: 'confirmed' | 'declined' | 'no_availability' | 'callback_requested' | 'voicemail' | 'wrong_number' | 'do_not_call' | 'unreachable' | 'invalid_number' | 'expired' | 'error' | 'needs_review' | 'canceled' | null;
    }>;
    /**
     * null: the booking of a candidate was erased, and nobody is left to ask
     */
    request: {
        service_type: string;
        preferred_date?: string;
        /**
         * ISO date that preferred_date meant at the business when the booking was placed; null: no one day
         */
        preferred_day?: string | null;
        preferred_time?: string;
        user_name: string;
        special_requests?: string;
        acceptable?: Acceptable;
    } | null;
    language?: string;
    agent?: {
        prompt?: string;
        first_message?: string;
    };
    escalation: {
        native: {
            enabled: boolean;
            budget_seconds: number;
            max_attempts: number;
            redial_delay_seconds: number;
            ring_seconds: number;
            max_call_seconds: number;
        };
        registered?: {
            enabled: boolean;
            budget_seconds: number;
            max_attempts: number;
            redial_delay_seconds: number;
            ring_seconds: number;
            max_call_seconds: number;
        };
        bridge: {
            enabled: boolean;
            budget_seconds: number;
            max_attempts: number;
            redial_delay_seconds: number;
            ring_seconds: number;
            max_call_seconds: number;
        };
        simulation: {
            enabled: boolean;
            scenario?: string;
        };
        callback?: {
            enabled: boolean;
            max_callbacks: number;
            within_hours: number;
        };
    };
    decide_by?: string;
    callback_url?: string;
    /**
     * Why nobody is asked now: all are closed, or the time of a requested call has not come
     */
    waiting_for: 'hours' | 'callback' | null;
    waiting_until: string | null;
    cancel_requested: boolean;
    metadata: {
        [key: string]: string;
    };
    created_at: string;
    updated_at: string;
};

export type ShortlistPage = {
    data: Array<Shortlist>;
    next_cursor: string | null;
};

export type ListBookingsData = {
    body?: never;
    path?: never;
    query?: {
        status?: 'queued' | 'in_progress' | 'completed' | 'failed' | 'needs_review' | 'canceled';
        /**
         * The channel of the outcome, or the one in use
         */
        channel?: 'native' | 'registered' | 'bridge' | 'simulation';
        result?: 'confirmed' | 'declined' | 'no_availability' | 'callback_requested' | 'voicemail' | 'wrong_number' | 'do_not_call' | 'unreachable' | 'invalid_number' | 'expired' | 'error' | 'needs_review' | 'canceled';
        /**
         * true: with a review; false: without one. With status=needs_review, `false` gives the bookings that wait for a review
         */
        reviewed?: 'true' | 'false';
        /**
         * The beginning of an id, a whole phone number, or a part of the business’s name
         */
        q?: string;
        /**
         * The bookings of this shortlist
         */
        shortlist?: string;
        /**
         * The bookings of this batch
         */
        batch?: string;
        /**
         * Rows per page
         */
        limit?: number;
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
        id: string;
    };
    query?: {
        /**
         * `order`: each booking contains its order; a single booking also contains its budgets
         */
        include?: 'order';
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

export type FollowBookingData = {
    body?: never;
    headers?: {
        /**
         * Resume after this event
         */
        'last-event-id'?: string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/v1/bookings/{id}/events';
};

export type FollowBookingResponses = {
    /**
     * The stream
     */
    200: string;
    /**
     * The booking is final and all its events were seen
     */
    204: string;
};

export type FollowBookingResponse = FollowBookingResponses[keyof FollowBookingResponses];

export type GetTranscriptData = {
    body?: never;
    path: {
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
        id: string;
    };
    query?: never;
    url: '/v1/bookings/{id}/messages';
};

export type ListMessagesResponses = {
    /**
     * Default Response
     */
    200: {
        data: Array<Message>;
    };
};

export type ListMessagesResponse = ListMessagesResponses[keyof ListMessagesResponses];

export type SendMessageData = {
    body?: never;
    path: {
        id: string;
        message: string;
    };
    query?: never;
    url: '/v1/bookings/{id}/messages/{message}/send';
};

export type SendMessageResponses = {
    /**
     * Default Response
     */
    202: {
        data: Array<Message>;
    };
};

export type SendMessageResponse = SendMessageResponses[keyof SendMessageResponses];

export type ReviewBookingData = {
    body: {
        /**
         * Name or staff number of the person who decides
         */
        by: string;
        result: 'confirmed' | 'declined' | 'no_availability' | 'callback_requested' | 'voicemail' | 'wrong_number' | 'do_not_call' | 'unreachable';
        /**
         * For confirmed, and only then
         */
        confirmed_date?: string | null;
        /**
         * For confirmed, and only then
         */
        confirmed_time?: string | null;
        notes?: string | null;
    };
    path: {
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
        id: string;
    };
    query?: never;
    url: '/v1/bookings/{id}/reviews';
};

export type ListReviewsResponses = {
    /**
     * Default Response
     */
    200: {
        /**
         * In the order in which they were given
         */
        data: Array<ReviewRecord>;
    };
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

export type ListBatchesData = {
    body?: never;
    path?: never;
    query?: {
        status?: 'held' | 'scheduled' | 'running' | 'paused' | 'canceling' | 'completed' | 'canceled';
        /**
         * Rows per page
         */
        limit?: number;
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
    body: BatchRequest;
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
        id: string;
    };
    query?: never;
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
        id: string;
    };
    query?: {
        status?: 'invalid' | 'duplicate' | 'waiting' | 'in_progress' | 'completed' | 'failed' | 'needs_review' | 'canceled' | 'expired';
        /**
         * A part of the key, the business’s name, the person’s name or the number
         */
        q?: string;
        /**
         * Rows per page
         */
        limit?: number;
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
    body: BatchAppend;
    path: {
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
        id: string;
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
     * The stream
     */
    200: string;
    /**
     * Every row is final, and all events were seen
     */
    204: string;
};

export type FollowBatchResponse = FollowBatchResponses[keyof FollowBatchResponses];

export type GetBatchReportData = {
    body?: never;
    path: {
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
        cursor?: string;
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
        id: string;
    };
    query?: never;
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
        id: string;
    };
    query?: never;
    url: '/v1/shortlists/{id}/events';
};

export type FollowShortlistResponses = {
    /**
     * The stream
     */
    200: string;
    /**
     * The shortlist is final and all its events were seen
     */
    204: string;
};

export type FollowShortlistResponse = FollowShortlistResponses[keyof FollowShortlistResponses];

export type ListShortlistMessagesData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/v1/shortlists/{id}/messages';
};

export type ListShortlistMessagesResponses = {
    /**
     * Default Response
     */
    200: {
        data: Array<Message>;
    };
};

export type ListShortlistMessagesResponse = ListShortlistMessagesResponses[keyof ListShortlistMessagesResponses];

export type CancelShortlistData = {
    body?: never;
    path: {
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

export type CheckBatchData = {
    body: BatchRequest;
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
    body: BatchAppend;
    path: {
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
