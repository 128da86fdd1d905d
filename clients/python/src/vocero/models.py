# Made from the API’s own description by `npm run generate:clients`. Do not edit.
# Description: sha256:c5b948269b93983e9ae145cce6418b283d91f7921455d3349ebf5363efea2bff

from __future__ import annotations

from typing import Any, Literal, TypeAlias, TypedDict

from typing_extensions import NotRequired

AcceptableInputDatesItem = TypedDict(
    'AcceptableInputDatesItem',
    {
        'from': str,
        'to': str,
    },
)


AcceptableInputTimesItem = TypedDict(
    'AcceptableInputTimesItem',
    {
        'from': str,
        'to': str,
    },
)


class AcceptableInput(TypedDict):
    dates: NotRequired[list[AcceptableInputDatesItem]]
    """
    Days of the appointment, the first and the last included
    """
    weekdays: NotRequired[list[Literal['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']]]
    times: NotRequired[list[AcceptableInputTimesItem]]
    """
    Start of the appointment: from this time on, and before that one
    """


BookingRequestBusinessOpeningHoursItem = TypedDict(
    'BookingRequestBusinessOpeningHoursItem',
    {
        'days': list[Literal['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']],
        'from': str,
        'to': str,
    },
)


class BookingRequestBusiness(TypedDict):
    name: str
    phone: str
    """
    E.164: + and digits only
    """
    timezone: NotRequired[str]
    """
    IANA name of the business’s time zone, no abbreviation; default: the zones of its number
    """
    opening_hours: NotRequired[list[BookingRequestBusinessOpeningHoursItem]]
    """
    When the business is open, in its time zone (where it may have several: in all of them). A dial needs these hours and the calling window
    """


class BookingRequestRequest(TypedDict):
    service_type: str
    preferred_date: NotRequired[str]
    preferred_time: NotRequired[str]
    user_name: str
    special_requests: NotRequired[str]
    acceptable: NotRequired[AcceptableInput]


class BookingRequestAgent(TypedDict):
    prompt: NotRequired[str]
    first_message: NotRequired[str]


class BookingRequestEscalationNative(TypedDict):
    enabled: NotRequired[bool]
    budget_seconds: NotRequired[int]
    """
    A dial may start only within this time
    """
    max_attempts: NotRequired[int]
    redial_delay_seconds: NotRequired[int]
    ring_seconds: NotRequired[int]
    max_call_seconds: NotRequired[int]


class BookingRequestEscalationRegistered(TypedDict):
    enabled: NotRequired[bool]
    budget_seconds: NotRequired[int]
    """
    A dial may start only within this time
    """
    max_attempts: NotRequired[int]
    redial_delay_seconds: NotRequired[int]
    ring_seconds: NotRequired[int]
    max_call_seconds: NotRequired[int]


class BookingRequestEscalationBridge(TypedDict):
    enabled: NotRequired[bool]
    budget_seconds: NotRequired[int]
    """
    A dial may start only within this time
    """
    max_attempts: NotRequired[int]
    redial_delay_seconds: NotRequired[int]
    ring_seconds: NotRequired[int]
    max_call_seconds: NotRequired[int]


class BookingRequestEscalationSimulation(TypedDict):
    enabled: NotRequired[bool]
    scenario: NotRequired[str]


class BookingRequestEscalationCallback(TypedDict):
    enabled: NotRequired[bool]
    max_callbacks: NotRequired[int]
    """
    Calls at a time that the business asked for
    """
    within_hours: NotRequired[int]
    """
    A business that asks for a later call is not called
    """


class BookingRequestEscalation(TypedDict):
    native: NotRequired[BookingRequestEscalationNative]
    registered: NotRequired[BookingRequestEscalationRegistered]
    bridge: NotRequired[BookingRequestEscalationBridge]
    simulation: NotRequired[BookingRequestEscalationSimulation]
    callback: NotRequired[BookingRequestEscalationCallback]


class BookingRequest(TypedDict):
    business: BookingRequestBusiness
    request: BookingRequestRequest
    language: NotRequired[str]
    agent: NotRequired[BookingRequestAgent]
    escalation: NotRequired[BookingRequestEscalation]
    callback_url: NotRequired[str]
    metadata: NotRequired[dict[str, str]]
    not_before: NotRequired[str]
    """
    No dial before it. A local time counts in the business’s zone
    """
    not_after: NotRequired[str]
    """
    No dial after it: a booking for which nobody was rung by then is expired. A local time counts in the business’s zone
    """


class BatchRequestStopAfterFailures(TypedDict):
    """
    Pauses the batch once this share of its last finished rows failed
    """

    share: float
    of_last: int


class BatchRequest(TypedDict):
    name: NotRequired[str]
    defaults: NotRequired[dict[str, Any]]
    """
    Any fields of a booking, for all rows; a row’s own fields win
    """
    default_country: NotRequired[str]
    """
    ISO 3166 code: the country of numbers without a country code
    """
    not_before: NotRequired[str]
    """
    No row is dialed before it. A local time counts in the zone of each business
    """
    not_after: NotRequired[str]
    """
    No row is dialed after it: those for which nobody was rung by then are expired. A local time counts in the zone of each business
    """
    max_concurrent: NotRequired[int]
    """
    Calls of this batch at once
    """
    on_invalid: NotRequired[Literal['reject', 'skip']]
    """
    `reject`: one invalid row refuses the batch; `skip`: the other rows run
    """
    duplicates: NotRequired[Literal['reject', 'skip', 'allow']]
    """
    Rows with the number or key of an earlier row; `allow` permits the number, never the key
    """
    start: NotRequired[Literal['now', 'held']]
    """
    `held`: nothing rings until the batch is started
    """
    stop_after_failures: NotRequired[BatchRequestStopAfterFailures]
    """
    Pauses the batch once this share of its last finished rows failed
    """
    check: NotRequired[str]
    """
    The digest that a check gave. Runs only the rows, defaults and default_country that were checked
    """
    callback_url: NotRequired[str]
    """
    Receives `batch.completed`, or `batch.canceled`
    """
    metadata: NotRequired[dict[str, str]]
    rows: list[Any]
    """
    Each row: `key`, and any fields of a booking
    """


class BatchChange(TypedDict):
    name: NotRequired[str]
    not_after: NotRequired[str]
    """
    No row is dialed after it: those for which nobody was rung by then are expired. A local time counts in the zone of each business
    """
    max_concurrent: NotRequired[int]


class BatchCancel(TypedDict):
    live_calls: NotRequired[Literal['finish', 'hang_up']]
    """
    `finish`: calls that ring or talk go on, and their results count; `hang_up`: they are hung up
    """


class BatchAppend(TypedDict):
    rows: list[Any]
    """
    Rows as in `POST /v1/batches`
    """
    check: NotRequired[str]
    """
    The digest that a check gave. Runs only the rows, defaults and default_country that were checked
    """


class CalendarFeedRequest(TypedDict):
    batch: NotRequired[str]
    """
    Only the appointments of this batch; default: all that the key may see
    """


ShortlistRequestCandidatesItemBusinessOpeningHoursItem = TypedDict(
    'ShortlistRequestCandidatesItemBusinessOpeningHoursItem',
    {
        'days': list[Literal['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']],
        'from': str,
        'to': str,
    },
)


class ShortlistRequestCandidatesItemBusiness(TypedDict):
    name: str
    phone: str
    """
    E.164: + and digits only
    """
    timezone: NotRequired[str]
    """
    IANA name of the business’s time zone, no abbreviation; default: the zones of its number
    """
    opening_hours: NotRequired[list[ShortlistRequestCandidatesItemBusinessOpeningHoursItem]]
    """
    When the business is open, in its time zone (where it may have several: in all of them). A dial needs these hours and the calling window
    """


class ShortlistRequestCandidatesItem(TypedDict):
    business: ShortlistRequestCandidatesItemBusiness


class ShortlistRequestRequest(TypedDict):
    service_type: str
    preferred_date: NotRequired[str]
    preferred_time: NotRequired[str]
    user_name: str
    special_requests: NotRequired[str]
    acceptable: NotRequired[AcceptableInput]


class ShortlistRequestAgent(TypedDict):
    prompt: NotRequired[str]
    first_message: NotRequired[str]


class ShortlistRequestEscalationNative(TypedDict):
    enabled: NotRequired[bool]
    budget_seconds: NotRequired[int]
    """
    A dial may start only within this time
    """
    max_attempts: NotRequired[int]
    redial_delay_seconds: NotRequired[int]
    ring_seconds: NotRequired[int]
    max_call_seconds: NotRequired[int]


class ShortlistRequestEscalationRegistered(TypedDict):
    enabled: NotRequired[bool]
    budget_seconds: NotRequired[int]
    """
    A dial may start only within this time
    """
    max_attempts: NotRequired[int]
    redial_delay_seconds: NotRequired[int]
    ring_seconds: NotRequired[int]
    max_call_seconds: NotRequired[int]


class ShortlistRequestEscalationBridge(TypedDict):
    enabled: NotRequired[bool]
    budget_seconds: NotRequired[int]
    """
    A dial may start only within this time
    """
    max_attempts: NotRequired[int]
    redial_delay_seconds: NotRequired[int]
    ring_seconds: NotRequired[int]
    max_call_seconds: NotRequired[int]


class ShortlistRequestEscalationSimulation(TypedDict):
    enabled: NotRequired[bool]
    scenario: NotRequired[str]


class ShortlistRequestEscalationCallback(TypedDict):
    enabled: NotRequired[bool]
    max_callbacks: NotRequired[int]
    """
    Calls at a time that the business asked for
    """
    within_hours: NotRequired[int]
    """
    A business that asks for a later call is not called
    """


class ShortlistRequestEscalation(TypedDict):
    native: NotRequired[ShortlistRequestEscalationNative]
    registered: NotRequired[ShortlistRequestEscalationRegistered]
    bridge: NotRequired[ShortlistRequestEscalationBridge]
    simulation: NotRequired[ShortlistRequestEscalationSimulation]
    callback: NotRequired[ShortlistRequestEscalationCallback]


class ShortlistRequest(TypedDict):
    candidates: list[ShortlistRequestCandidatesItem]
    """
    The businesses, in the order in which they are asked
    """
    request: ShortlistRequestRequest
    language: NotRequired[str]
    agent: NotRequired[ShortlistRequestAgent]
    escalation: NotRequired[ShortlistRequestEscalation]
    decide_by: NotRequired[str]
    """
    No dial after it. A local time counts in the first candidate’s zone
    """
    callback_url: NotRequired[str]
    metadata: NotRequired[dict[str, str]]


class BatchProblem(TypedDict):
    row: int
    """
    Data rows count from 1; 0: the header, or the whole table
    """
    line: NotRequired[int]
    """
    Line of the file on which the row begins; the first line is 1
    """
    field: str
    """
    The column’s name, or the last part of the JSON path
    """
    code: Literal['excel_scientific', 'missing_country', 'invalid_number', 'unknown_column', 'unknown_timezone', 'missing', 'duplicate', 'too_long', 'row_length', 'invalid', 'unreadable', 'empty', 'too_many_columns']
    message: str
    """
    Continues the field’s name, and says the remedy
    """


class BatchCheck(TypedDict):
    rows: int
    valid: int
    invalid: int
    duplicates: int
    problems: list[BatchProblem]
    encoding: NotRequired[Literal['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']]
    delimiter: NotRequired[Literal[',', ';', '\t']]
    check: str
    """
    Digest of rows, defaults and default_country
    """


class ProblemErrorsItem(TypedDict):
    field: str
    message: str
    suggestions: NotRequired[list[str]]
    """
    Probably intended values, most likely first
    """


class Problem(TypedDict):
    type: str
    title: str
    status: int
    detail: NotRequired[str]
    errors: NotRequired[list[ProblemErrorsItem]]
    problems: NotRequired[list[BatchProblem]]
    """
    Every problem of a list whose rows are not accepted
    """
    request_id: NotRequired[str]
    """
    Quote it when you ask about a failure
    """


AcceptableDatesItem = TypedDict(
    'AcceptableDatesItem',
    {
        'from': str,
        'to': str,
    },
)


AcceptableTimesItem = TypedDict(
    'AcceptableTimesItem',
    {
        'from': str,
        'to': str,
    },
)


class Acceptable(TypedDict):
    dates: NotRequired[list[AcceptableDatesItem]]
    """
    Days of the appointment, the first and the last included
    """
    weekdays: NotRequired[list[Literal['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']]]
    times: NotRequired[list[AcceptableTimesItem]]
    """
    Start of the appointment: from this time on, and before that one
    """


class BatchCounts(TypedDict):
    """
    Rows by status; `total` is always their sum
    """

    invalid: int
    duplicate: int
    waiting: int
    in_progress: int
    completed: int
    failed: int
    needs_review: int
    canceled: int
    expired: int
    total: int


BatchResults: TypeAlias = dict[Literal['confirmed', 'declined', 'no_availability', 'callback_requested', 'voicemail', 'wrong_number', 'do_not_call', 'unreachable', 'invalid_number', 'expired', 'error', 'needs_review', 'canceled'], int]
"""
Rows by result; those without a result are in none
"""


class BatchRowReason(TypedDict):
    code: Literal['excel_scientific', 'missing_country', 'invalid_number', 'unknown_column', 'unknown_timezone', 'missing', 'duplicate', 'too_long', 'row_length', 'invalid', 'unreadable', 'empty', 'too_many_columns', 'not_after', 'batch_canceled', 'row_canceled', 'booking_erased', 'no_appointment', 'reviewed', 'waiting', 'in_progress', 'failed', 'needs_review', 'canceled', 'expired', 'other']
    field: NotRequired[str]
    """
    Of a problem: the column’s name, or the last part of the JSON path
    """
    message: str
    """
    With a field, it continues its name
    """
    result: NotRequired[Literal['confirmed', 'declined', 'no_availability', 'callback_requested', 'voicemail', 'wrong_number', 'do_not_call', 'unreachable', 'invalid_number', 'expired', 'error', 'needs_review', 'canceled']]
    """
    Of `reviewed`: the person’s decision
    """


class BatchStopAfterFailures(TypedDict):
    share: float
    of_last: int


class Batch(TypedDict):
    id: str
    name: str | None
    status: Literal['held', 'scheduled', 'running', 'paused', 'canceling', 'completed', 'canceled']
    paused_because: Literal['user', 'failures'] | None
    simulated: bool
    """
    True in the sandbox: nobody is called
    """
    simulated_rows: int
    """
    Rows for whose result nobody was called: of these, no appointment exists
    """
    counts: BatchCounts
    results: BatchResults
    not_before: str | None
    not_after: str | None
    max_concurrent: int
    stop_after_failures: BatchStopAfterFailures | None
    on_invalid: Literal['reject', 'skip']
    duplicates: Literal['reject', 'skip', 'allow']
    callback_url: str | None
    metadata: dict[str, str]
    created_at: str
    updated_at: str
    ended_at: str | None
    """
    null until every row is final
    """
    last_event_id: int
    """
    Number of its last event: `?after=` of its events goes on from there
    """


class BatchPage(TypedDict):
    data: list[Batch]
    next_cursor: str | None


class BatchRow(TypedDict):
    row: int
    """
    Counts from 1, over all rows of the batch
    """
    line: int | None
    """
    Line of the file on which it begins
    """
    key: str | None
    """
    null: none was given or could be made, or its booking was erased
    """
    phone: str | None
    business_name: str | None
    user_name: str | None
    status: Literal['invalid', 'duplicate', 'waiting', 'in_progress', 'completed', 'failed', 'needs_review', 'canceled', 'expired']
    result: Literal['confirmed', 'declined', 'no_availability', 'callback_requested', 'voicemail', 'wrong_number', 'do_not_call', 'unreachable', 'invalid_number', 'expired', 'error', 'needs_review', 'canceled'] | None
    why: str | None
    """
    Why it was not called, or did not succeed
    """
    reasons: list[BatchRowReason]
    """
    The same for programs: empty where there is nothing to explain, or where the result is the reason
    """
    simulated: bool
    """
    Nobody was called for the result: no appointment exists
    """
    booking_id: str | None
    confirmed_date: str | None
    confirmed_time: str | None


class BatchRowPage(TypedDict):
    data: list[BatchRow]
    next_cursor: str | None


class BatchAppended(TypedDict):
    added: int
    """
    Rows that are new
    """
    known: int
    """
    Rows whose key the batch had already: they are passed over
    """


class BatchAppendCheck(TypedDict):
    rows: int
    valid: int
    invalid: int
    duplicates: int
    problems: list[BatchProblem]
    encoding: NotRequired[Literal['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']]
    delimiter: NotRequired[Literal[',', ';', '\t']]
    check: str
    """
    Digest of rows, defaults and default_country
    """
    known: int
    """
    Rows whose key the batch had already: they are passed over
    """


class Erasure(TypedDict):
    id: str
    """
    Of the booking
    """
    requested_at: str
    erased_at: str | None
    """
    Time at which the last part was gone; null: in progress
    """
    left_at_providers: int
    """
    Calls and conversations that the providers may still have
    """


BookingOrderBusinessOpeningHoursItem = TypedDict(
    'BookingOrderBusinessOpeningHoursItem',
    {
        'days': list[Literal['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']],
        'from': str,
        'to': str,
    },
)


class BookingOrderBusiness(TypedDict):
    name: str
    phone: str
    timezone: NotRequired[str]
    opening_hours: NotRequired[list[BookingOrderBusinessOpeningHoursItem]]


class BookingOrderRequest(TypedDict):
    service_type: str
    preferred_date: NotRequired[str]
    preferred_day: str | None
    """
    ISO date that preferred_date meant at the business when the booking was placed; null: no one day
    """
    preferred_time: NotRequired[str]
    user_name: str
    special_requests: NotRequired[str]
    acceptable: NotRequired[Acceptable]


class BookingOrderAgent(TypedDict):
    prompt: NotRequired[str]
    first_message: NotRequired[str]


class BookingOrderEscalationNative(TypedDict):
    enabled: bool
    budget_seconds: int
    max_attempts: int
    redial_delay_seconds: int
    ring_seconds: int
    max_call_seconds: int


class BookingOrderEscalationRegistered(TypedDict):
    enabled: bool
    budget_seconds: int
    max_attempts: int
    redial_delay_seconds: int
    ring_seconds: int
    max_call_seconds: int


class BookingOrderEscalationBridge(TypedDict):
    enabled: bool
    budget_seconds: int
    max_attempts: int
    redial_delay_seconds: int
    ring_seconds: int
    max_call_seconds: int


class BookingOrderEscalationSimulation(TypedDict):
    enabled: bool
    scenario: NotRequired[str]


class BookingOrderEscalationCallback(TypedDict):
    enabled: bool
    max_callbacks: int
    within_hours: int


class BookingOrderEscalation(TypedDict):
    native: BookingOrderEscalationNative
    registered: NotRequired[BookingOrderEscalationRegistered]
    bridge: BookingOrderEscalationBridge
    simulation: BookingOrderEscalationSimulation
    callback: BookingOrderEscalationCallback


class BookingOrder(TypedDict):
    business: BookingOrderBusiness
    request: BookingOrderRequest
    language: NotRequired[str]
    agent: NotRequired[BookingOrderAgent]
    escalation: BookingOrderEscalation
    callback_url: NotRequired[str]
    not_before: NotRequired[str]
    """
    No dial before it
    """
    not_after: NotRequired[str]
    """
    No dial after it
    """
    zones: list[str]
    """
    Time zones whose calling hours are kept
    """


class Budget(TypedDict):
    channel: Literal['native', 'registered', 'bridge']
    enabled: bool
    budget_seconds: int
    attempts: int
    max_attempts: int
    started_at: str | None
    """
    The channel’s first dial
    """
    ends_at: str | None
    """
    No dial starts after this; it moves on while the budget stands still
    """


class Offer(TypedDict):
    date: str
    """
    YYYY-MM-DD
    """
    time: NotRequired[str]
    """
    HH:MM
    """
    note: NotRequired[str]


class Citation(TypedDict):
    """
    Words of the talk
    """

    text: str
    role: Literal['agent', 'business']
    turn: int
    """
    Counts the transcript’s turns from 0
    """
    at_seconds: float | None


class ProofDate(TypedDict):
    text: str
    role: Literal['agent', 'business']
    turn: int
    """
    Counts the transcript’s turns from 0
    """
    at_seconds: float | None
    value: str
    """
    YYYY-MM-DD
    """


class ProofTime(TypedDict):
    text: str
    role: Literal['agent', 'business']
    turn: int
    """
    Counts the transcript’s turns from 0
    """
    at_seconds: float | None
    value: str
    """
    HH:MM
    """


class Proof(TypedDict):
    level: Literal['stated', 'agreed', 'analyzed', 'claimed']
    """
    stated: the business itself said day and time and gave the slot; agreed: the agent said part or all of it, and the business agreed afterwards; analyzed: the words leave it open, and the provider’s own analysis gives the same day and time; claimed: there is no transcript, or none in a language that is read
    """
    date: ProofDate | None
    time: ProofTime | None
    agreement: Citation | None


class Doubt(TypedDict):
    code: Literal['no_person', 'not_agreed', 'asked_only', 'denied', 'hedged', 'tentative', 'conditional', 'waiting_list', 'call_back', 'elsewhere', 'moved', 'taken_back', 'two_slots', 'other_errand', 'not_meant', 'unconvincing', 'other_day', 'other_hour', 'day_unclear', 'hour_unclear', 'weekday_mismatch', 'day_past', 'day_too_far', 'report_unclear', 'not_acceptable', 'analysis_differs']
    cites: list[Citation]
    """
    The words of the doubt, the decisive ones first
    """


class KeptReport(TypedDict):
    result: Literal['confirmed', 'declined', 'no_availability', 'callback_requested', 'voicemail', 'wrong_number', 'do_not_call']
    confirmed_date: NotRequired[str]
    """
    YYYY-MM-DD
    """
    confirmed_time: NotRequired[str]
    """
    HH:MM
    """
    time_half_unknown: NotRequired[bool]
    """
    The clock time is known, but not the half of the day
    """
    notes: NotRequired[str]
    unclear: NotRequired[list[Literal['confirmed_date', 'confirmed_time']]]
    """
    Fields whose text could not be used
    """
    offers: NotRequired[list[Offer]]
    """
    Slots that the business offered and the agent did not take
    """
    callback_date: NotRequired[str]
    """
    YYYY-MM-DD: the day on which the business wants to be called
    """
    callback_time: NotRequired[str]
    """
    HH:MM, by the business’s clock
    """
    said: NotRequired[dict[Literal['confirmed_date', 'confirmed_time'], str]]
    """
    That text, unchanged
    """


class FollowUp(TypedDict):
    at: str
    """
    When the business called
    """
    call_id: str
    report: KeptReport | None
    """
    The agent’s report of this talk; null: none (yet)
    """
    proof: Proof | None
    """
    Proof of an appointment that the business gave in this talk; null: there is none (yet)
    """


class Decision(TypedDict):
    result: Literal['confirmed', 'declined', 'no_availability', 'callback_requested', 'voicemail', 'wrong_number', 'do_not_call', 'unreachable']
    confirmed_date: str | None
    """
    YYYY-MM-DD
    """
    confirmed_time: str | None
    """
    HH:MM
    """
    notes: str | None


class Review(TypedDict):
    decision: Decision
    by: str
    """
    The person, as signed
    """
    at: str


class ReviewRecord(TypedDict):
    number: int
    """
    From 1; the last one counts
    """
    decision: Decision
    by: str
    """
    The person, as signed
    """
    at: str
    key: str
    """
    Distinguishes operator keys; not the key
    """


class BookingWarning(TypedDict):
    field: str
    """
    Path in the body, such as language
    """
    message: str
    """
    Completes the field’s name
    """


class Outcome(TypedDict):
    result: Literal['confirmed', 'declined', 'no_availability', 'callback_requested', 'voicemail', 'wrong_number', 'do_not_call', 'unreachable', 'invalid_number', 'expired', 'error', 'needs_review', 'canceled']
    channel: Literal['native', 'registered', 'bridge', 'simulation'] | None
    simulated: bool
    """
    True for everything that a simulation or the sandbox made
    """
    confirmed_date: str | None
    """
    YYYY-MM-DD
    """
    confirmed_time: str | None
    """
    HH:MM
    """
    notes: str | None
    evidence: list[Literal['report_result', 'post_call', 'conversation', 'call_status', 'transcript']]
    """
    Basis of the result
    """
    proof: Proof | None
    """
    Proof of a confirmed appointment; null for every other result
    """
    offers: list[Offer]
    """
    Slots that the business offered and nobody took
    """
    callback_at: str | None
    """
    With callback_requested: when the business asked to be called, ISO 8601 with its offset; null: no time was understood
    """
    doubts: NotRequired[list[Doubt]]
    """
    Present when the talk does not support a reported appointment: the reasons, the weightiest first
    """


class AttemptError(TypedDict):
    code: str
    message: str


class Attempt(TypedDict):
    call_id: str
    channel: Literal['native', 'registered', 'bridge', 'simulation']
    media: Literal['provider', 'bridge'] | None
    """
    The side that carries the audio; null: a simulation, or not known yet
    """
    attempt: int
    """
    Counts per channel and direction, from 1
    """
    direction: Literal['outbound', 'inbound']
    """
    inbound: the business called our number
    """
    status: Literal['dialing', 'unknown', 'ringing', 'in_progress', 'completed', 'busy', 'no_answer', 'failed', 'canceled']
    call_sid: str | None
    conversation_id: str | None
    started_at: str
    ended_at: str | None
    duration_seconds: float | None
    """
    From the answer to the end
    """
    error: AttemptError | None
    on_hold_since: NotRequired[str]
    """
    Present while the call is on hold
    """
    callback: NotRequired[Literal[True]]
    """
    Present and true for a call that the business asked for
    """


class Contradiction(TypedDict):
    kind: Literal['still_alive', 'unknown_call', 'answered', 'ended_later', 'result_unheard']
    """
    still_alive: a call outlived the booking; unknown_call: the outcome knew of no such call; answered: somebody picked up after all; ended_later: a call went on after its reported end; result_unheard: the talk has a result that was not used
    """
    call_id: NotRequired[str]
    call_sid: NotRequired[str]
    conversation_id: NotRequired[str]
    at: str


class BookingShortlist(TypedDict):
    """
    Present when a shortlist placed the booking
    """

    id: str
    candidate: int
    """
    Counts from 1
    """


class BookingBatch(TypedDict):
    """
    Present when the booking is a row of a batch
    """

    id: str
    key: str


class Booking(TypedDict):
    id: str
    status: Literal['queued', 'in_progress', 'completed', 'failed', 'needs_review', 'canceled']
    channel: Literal['native', 'registered', 'bridge', 'simulation'] | None
    simulated: bool
    """
    Nobody is called: the sandbox has the booking, or it is in the channel simulation
    """
    outcome: Outcome | None
    """
    null until the booking is final; after that, never null
    """
    review: Review | None
    """
    An operator’s decision about an outcome needs_review, which stays as it is; null: no decision (yet)
    """
    contradictions: NotRequired[list[Contradiction]]
    """
    Present when an audit found in the providers’ lists what the outcome did not know
    """
    attempts: list[Attempt]
    waiting_for: Literal['not_before', 'hours', 'number', 'place', 'frequency', 'callback'] | None
    """
    Why the next dial waits: not_before; hours, those of the business and of CALLING_WINDOW; number, another booking calls it; place, among the calls or dials of a provider; frequency, as often as the number may be called; callback, the time at which the business asked to be called. null: it does not, or only for the delay after an attempt
    """
    waiting_until: str | None
    """
    The end of that wait; null where it is not known
    """
    follow_ups: list[FollowUp]
    """
    Calls of the business to our number after the outcome, which they do not change
    """
    cancel_requested: bool
    shortlist: NotRequired[BookingShortlist]
    """
    Present when a shortlist placed the booking
    """
    batch: NotRequired[BookingBatch]
    """
    Present when the booking is a row of a batch
    """
    metadata: dict[str, str]
    created_at: str
    updated_at: str
    stale: NotRequired[bool]
    """
    Present and true when the workflow did not answer and the database did
    """


class AcceptedBookingShortlist(TypedDict):
    """
    Present when a shortlist placed the booking
    """

    id: str
    candidate: int
    """
    Counts from 1
    """


class AcceptedBookingBatch(TypedDict):
    """
    Present when the booking is a row of a batch
    """

    id: str
    key: str


class AcceptedBooking(TypedDict):
    id: str
    status: Literal['queued', 'in_progress', 'completed', 'failed', 'needs_review', 'canceled']
    channel: Literal['native', 'registered', 'bridge', 'simulation'] | None
    simulated: bool
    """
    Nobody is called: the sandbox has the booking, or it is in the channel simulation
    """
    outcome: Outcome | None
    """
    null until the booking is final; after that, never null
    """
    review: Review | None
    """
    An operator’s decision about an outcome needs_review, which stays as it is; null: no decision (yet)
    """
    contradictions: NotRequired[list[Contradiction]]
    """
    Present when an audit found in the providers’ lists what the outcome did not know
    """
    attempts: list[Attempt]
    waiting_for: Literal['not_before', 'hours', 'number', 'place', 'frequency', 'callback'] | None
    """
    Why the next dial waits: not_before; hours, those of the business and of CALLING_WINDOW; number, another booking calls it; place, among the calls or dials of a provider; frequency, as often as the number may be called; callback, the time at which the business asked to be called. null: it does not, or only for the delay after an attempt
    """
    waiting_until: str | None
    """
    The end of that wait; null where it is not known
    """
    follow_ups: list[FollowUp]
    """
    Calls of the business to our number after the outcome, which they do not change
    """
    cancel_requested: bool
    shortlist: NotRequired[AcceptedBookingShortlist]
    """
    Present when a shortlist placed the booking
    """
    batch: NotRequired[AcceptedBookingBatch]
    """
    Present when the booking is a row of a batch
    """
    metadata: dict[str, str]
    created_at: str
    updated_at: str
    stale: NotRequired[bool]
    """
    Present and true when the workflow did not answer and the database did
    """
    warnings: NotRequired[list[BookingWarning]]
    """
    Present when something will differ from the order, such as a language that the agent does not speak
    """


class ShownBookingShortlist(TypedDict):
    """
    Present when a shortlist placed the booking
    """

    id: str
    candidate: int
    """
    Counts from 1
    """


class ShownBookingBatch(TypedDict):
    """
    Present when the booking is a row of a batch
    """

    id: str
    key: str


class ShownBooking(TypedDict):
    id: str
    status: Literal['queued', 'in_progress', 'completed', 'failed', 'needs_review', 'canceled']
    channel: Literal['native', 'registered', 'bridge', 'simulation'] | None
    simulated: bool
    """
    Nobody is called: the sandbox has the booking, or it is in the channel simulation
    """
    outcome: Outcome | None
    """
    null until the booking is final; after that, never null
    """
    review: Review | None
    """
    An operator’s decision about an outcome needs_review, which stays as it is; null: no decision (yet)
    """
    contradictions: NotRequired[list[Contradiction]]
    """
    Present when an audit found in the providers’ lists what the outcome did not know
    """
    attempts: list[Attempt]
    waiting_for: Literal['not_before', 'hours', 'number', 'place', 'frequency', 'callback'] | None
    """
    Why the next dial waits: not_before; hours, those of the business and of CALLING_WINDOW; number, another booking calls it; place, among the calls or dials of a provider; frequency, as often as the number may be called; callback, the time at which the business asked to be called. null: it does not, or only for the delay after an attempt
    """
    waiting_until: str | None
    """
    The end of that wait; null where it is not known
    """
    follow_ups: list[FollowUp]
    """
    Calls of the business to our number after the outcome, which they do not change
    """
    cancel_requested: bool
    shortlist: NotRequired[ShownBookingShortlist]
    """
    Present when a shortlist placed the booking
    """
    batch: NotRequired[ShownBookingBatch]
    """
    Present when the booking is a row of a batch
    """
    metadata: dict[str, str]
    created_at: str
    updated_at: str
    stale: NotRequired[bool]
    """
    Present and true when the workflow did not answer and the database did
    """
    warnings: NotRequired[list[BookingWarning]]
    """
    Present when something will differ from the order, such as a language that the agent does not speak
    """
    order: NotRequired[BookingOrder]
    """
    The order; with include=order
    """
    budgets: NotRequired[list[Budget]]
    """
    Budgets of the phone channels; with include=order, for one booking
    """


class BookingPage(TypedDict):
    data: list[ShownBooking]
    next_cursor: str | None


class TranscriptTurnsItem(TypedDict):
    role: Literal['agent', 'business']
    message: str
    at_seconds: float
    keys: NotRequired[str]
    """
    Keys that the agent pressed, for a menu; the message says the same
    """
    on_hold: NotRequired[Literal[True]]
    """
    Here the agent began to wait on hold; the message says the same
    """


class Transcript(TypedDict):
    simulated: NotRequired[Literal[True]]
    """
    Present when nobody was called
    """
    turns: list[TranscriptTurnsItem]


class CalendarFeed(TypedDict):
    id: str
    batch: str | None
    """
    null: all appointments that the key may see
    """
    created_at: str
    last_read_at: str | None
    """
    To the day; null: not read yet
    """


class NewCalendarFeed(TypedDict):
    id: str
    batch: str | None
    """
    null: all appointments that the key may see
    """
    created_at: str
    last_read_at: str | None
    """
    To the day; null: not read yet
    """
    url: str
    """
    The secret address. It is shown only here
    """


class CalendarFeedList(TypedDict):
    data: list[CalendarFeed]
    """
    Newest first
    """


class DoNotCallListDataItem(TypedDict):
    phone_hash: str
    phone_masked: str
    booking_id: str
    at: str


class DoNotCallList(TypedDict):
    data: list[DoNotCallListDataItem]


class MessageDeliveriesItem(TypedDict):
    at: str
    status: int | None
    """
    HTTP status of the answer
    """
    error: str | None
    """
    Why there was no answer
    """


class Message(TypedDict):
    id: str
    """
    The header webhook-id of each delivery
    """
    type: Literal['booking.final', 'booking.attempt_failed', 'booking.reviewed', 'booking.followed_up', 'shortlist.completed', 'batch.completed', 'batch.canceled']
    timestamp: str
    state: Literal['pending', 'delivered', 'given_up']
    """
    given_up: after a day, or when the receiver answered 410
    """
    deliveries: list[MessageDeliveriesItem]


class ShortlistOutcome(TypedDict):
    result: Literal['confirmed', 'none_confirmed', 'expired', 'canceled', 'error']
    """
    none_confirmed: all were asked; expired: some were not asked by decide_by; error: nobody’s phone could ring
    """
    booking_id: str | None
    """
    The booking that confirmed
    """
    candidate: int | None
    """
    The candidate that confirmed, from 1
    """
    confirmed_date: str | None
    """
    YYYY-MM-DD
    """
    confirmed_time: str | None
    """
    HH:MM
    """
    proof: Proof | None
    """
    Of the booking that confirmed; null: a review confirmed, or nobody did
    """
    simulated: bool


ShortlistCandidatesItemBusinessOpeningHoursItem = TypedDict(
    'ShortlistCandidatesItemBusinessOpeningHoursItem',
    {
        'days': list[Literal['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']],
        'from': str,
        'to': str,
    },
)


class ShortlistCandidatesItemBusiness(TypedDict):
    """
    null: its booking was erased
    """

    name: str
    phone: str
    timezone: NotRequired[str]
    opening_hours: NotRequired[list[ShortlistCandidatesItemBusinessOpeningHoursItem]]


class ShortlistCandidatesItem(TypedDict):
    business: ShortlistCandidatesItemBusiness | None
    """
    null: its booking was erased
    """
    status: Literal['not_asked', 'asking', 'asked']
    """
    A candidate whose booking was canceled counts as not_asked
    """
    booking_id: str | None
    """
    Its last booking
    """
    result: Literal['confirmed', 'declined', 'no_availability', 'callback_requested', 'voicemail', 'wrong_number', 'do_not_call', 'unreachable', 'invalid_number', 'expired', 'error', 'needs_review', 'canceled'] | None
    """
    The result of that booking; a review counts in place of needs_review
    """


class ShortlistRequestPart(TypedDict):
    """
    null: the booking of a candidate was erased, and nobody is left to ask
    """

    service_type: str
    preferred_date: NotRequired[str]
    preferred_day: NotRequired[str | None]
    """
    ISO date that preferred_date meant at the business when the booking was placed; null: no one day
    """
    preferred_time: NotRequired[str]
    user_name: str
    special_requests: NotRequired[str]
    acceptable: NotRequired[Acceptable]


class ShortlistAgent(TypedDict):
    prompt: NotRequired[str]
    first_message: NotRequired[str]


class ShortlistEscalationNative(TypedDict):
    enabled: bool
    budget_seconds: int
    max_attempts: int
    redial_delay_seconds: int
    ring_seconds: int
    max_call_seconds: int


class ShortlistEscalationRegistered(TypedDict):
    enabled: bool
    budget_seconds: int
    max_attempts: int
    redial_delay_seconds: int
    ring_seconds: int
    max_call_seconds: int


class ShortlistEscalationBridge(TypedDict):
    enabled: bool
    budget_seconds: int
    max_attempts: int
    redial_delay_seconds: int
    ring_seconds: int
    max_call_seconds: int


class ShortlistEscalationSimulation(TypedDict):
    enabled: bool
    scenario: NotRequired[str]


class ShortlistEscalationCallback(TypedDict):
    enabled: bool
    max_callbacks: int
    within_hours: int


class ShortlistEscalation(TypedDict):
    native: ShortlistEscalationNative
    registered: NotRequired[ShortlistEscalationRegistered]
    bridge: ShortlistEscalationBridge
    simulation: ShortlistEscalationSimulation
    callback: NotRequired[ShortlistEscalationCallback]


class Shortlist(TypedDict):
    id: str
    status: Literal['queued', 'in_progress', 'completed', 'failed', 'needs_review', 'canceled']
    """
    needs_review: a booking may be an appointment, and nobody else is asked until a person reviews it
    """
    outcome: ShortlistOutcome | None
    """
    null until the shortlist is final
    """
    candidates: list[ShortlistCandidatesItem]
    request: ShortlistRequestPart | None
    """
    null: the booking of a candidate was erased, and nobody is left to ask
    """
    language: NotRequired[str]
    agent: NotRequired[ShortlistAgent]
    escalation: ShortlistEscalation
    decide_by: NotRequired[str]
    callback_url: NotRequired[str]
    waiting_for: Literal['hours', 'callback'] | None
    """
    Why nobody is asked now: all are closed, or the time of a requested call has not come
    """
    waiting_until: str | None
    cancel_requested: bool
    metadata: dict[str, str]
    created_at: str
    updated_at: str


class ShortlistPage(TypedDict):
    data: list[Shortlist]
    next_cursor: str | None
