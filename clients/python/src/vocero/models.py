# Made from the API’s own description by `npm run generate:clients`. Do not edit.
# Description: sha256:6fe62ea2f84e55ea50d87433be40aa7f89fd1712014f38ec6cac221388335815

from __future__ import annotations

from typing import Any, Literal, TypeAlias, TypedDict

from typing_extensions import NotRequired


class AcceptedBookingShortlist(TypedDict):
    """
    Present when a shortlist placed the booking
    """

    id: str
    """
    Id of the shortlist, `sl_…`
    """
    candidate: int
    """
    Counts from 1
    """


class AcceptedBookingBatch(TypedDict):
    """
    Present when the booking is a row of a batch
    """

    id: str
    """
    Id of the batch, `ba_…`
    """
    key: str
    """
    Key of the row
    """


class Act(TypedDict):
    """
    Something that an operator did
    """

    act: Literal['cancel', 'erase', 'review', 'forbid', 'allow', 'start_batch', 'pause_batch', 'resume_batch', 'change_batch', 'cancel_batch', 'cancel_row', 'erase_batch', 'cancel_shortlist', 'hold_dialing', 'resume_dialing']
    """
    The deed
    """
    at: str
    """
    When
    """
    by: str | None
    """
    The name of the operator’s key; null: it has none
    """
    key: str
    """
    Distinguishes operator keys; not the key. `terminal`: a command on the machine
    """
    booking_id: str | None
    """
    The booking; null: it was about something else
    """
    subject: str | None
    """
    forbid, allow: the number, masked; of a batch, its row or a shortlist: the id
    """


class AgentOverrides(TypedDict):
    """
    Sent to the agent only where they are given
    """

    prompt: NotRequired[str]
    """
    Replaces the agent’s prompt; `{{variables}}` are filled in
    """
    first_message: NotRequired[str]
    """
    Replaces the agent’s first message; a disclosure that an AI assistant calls is put before it
    """


class AttemptError(TypedDict):
    """
    Why an attempt failed
    """

    code: str
    """
    For programs: a code of the provider, such as `sip_603`, or one of ours
    """
    message: str
    """
    The fault in English
    """


AttemptStatus: TypeAlias = Literal['dialing', 'unknown', 'ringing', 'in_progress', 'completed', 'busy', 'no_answer', 'failed', 'canceled']
"""
unknown: the answer to the dial was lost, and the providers are asked whether a phone rang; completed: somebody or a machine answered, and the call is over; all others as they say
"""


class BatchStopAfterFailures(TypedDict):
    """
    Pauses the batch once this share of its last finished rows failed; null: it never does
    """

    share: float
    """
    Share of failed rows, above 0 and at most 1
    """
    of_last: int
    """
    Number of finished rows that are looked at
    """


class BatchAppended(TypedDict):
    added: int
    """
    Rows that are new
    """
    known: int
    """
    Rows whose key the batch had already: they are passed over
    """


class BatchCancel(TypedDict):
    live_calls: NotRequired[Literal['finish', 'hang_up']]
    """
    `finish`: calls that ring or talk go on, and their results count; `hang_up`: they are hung up
    """


class BatchChange(TypedDict):
    name: NotRequired[str]
    """
    A name for people
    """
    not_after: NotRequired[str]
    """
    No row is dialed after it: those for which nobody was rung by then are expired. A local time counts in the zone of each business
    """
    max_concurrent: NotRequired[int]
    """
    Calls of this batch at once
    """


class BatchCounts(TypedDict):
    """
    Rows by status; `total` is always their sum
    """

    invalid: int
    """
    Rows with a fault, which were skipped
    """
    duplicate: int
    """
    Rows with the number or key of an earlier row
    """
    waiting: int
    """
    Rows whose turn has not come
    """
    in_progress: int
    """
    Rows whose booking is under way
    """
    completed: int
    """
    Rows with an answer of the business
    """
    failed: int
    """
    Rows without one
    """
    needs_review: int
    """
    Rows that a person has to look at
    """
    canceled: int
    """
    Rows that were canceled
    """
    expired: int
    """
    Rows for which nobody was rung by not_after
    """
    total: int
    """
    All rows
    """


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
    """
    The kind of fault, for programs; invalid: any other rule of a booking’s fields
    """
    message: str
    """
    Continues the field’s name, and says the remedy
    """


BatchResults: TypeAlias = dict["Result", int]
"""
Rows by result; those without a result are in none
"""


BatchRowStatus: TypeAlias = Literal['invalid', 'duplicate', 'waiting', 'in_progress', 'completed', 'failed', 'needs_review', 'canceled', 'expired']
"""
invalid and duplicate: never called; waiting: its turn has not come; in_progress: its booking is under way; all others as its booking ended; expired: nobody was rung by not_after
"""


BatchStatus: TypeAlias = Literal['held', 'scheduled', 'running', 'paused', 'canceling', 'completed', 'canceled']
"""
held: until it is started; scheduled: until not_before; running; paused: nothing new is dialed; canceling: live calls go on; completed and canceled: every row is final
"""


class BatchStatusEvent(TypedDict):
    """
    The status of the batch changed
    """

    id: str
    """
    Its number in the stream: give it as `after` to resume behind it
    """
    type: Literal['status']
    """
    The event’s name, as in its line `event:`
    """
    at: str
    """
    When it happened
    """
    status: BatchStatus
    paused_because: Literal['user', 'failures'] | None
    """
    Why it is paused; null: it is not
    """
    counts: BatchCounts
    """
    Rows by status, after the event
    """


class BookingShortlist(TypedDict):
    """
    Present when a shortlist placed the booking
    """

    id: str
    """
    Id of the shortlist, `sl_…`
    """
    candidate: int
    """
    Counts from 1
    """


class BookingBatch(TypedDict):
    """
    Present when the booking is a row of a batch
    """

    id: str
    """
    Id of the batch, `ba_…`
    """
    key: str
    """
    Key of the row
    """


class BookingCheckProblemsItem(TypedDict):
    field: str
    """
    Path in the body, such as business.phone
    """
    message: str
    """
    Continues the field’s name, and says the remedy
    """
    suggestions: NotRequired[list[str]]
    """
    Probably intended values, most likely first
    """


class BookingCheckBusiness(TypedDict):
    """
    The business that would be called; null: the body names none
    """

    name: str
    """
    Its name
    """
    phone: str
    """
    Its number in E.164
    """
    zones: list[str]
    """
    Time zones in which it may be
    """


class BookingCheckFirstDialLocalItem(TypedDict):
    zone: str
    """
    IANA time zone
    """
    date: str
    """
    YYYY-MM-DD
    """
    weekday: Literal['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
    """
    Day of the week
    """
    time: str
    """
    HH:MM
    """


class BookingCheckFirstDial(TypedDict):
    """
    The first instant at which the business may be called; null: never, or not known
    """

    at: str
    """
    The instant
    """
    local: list[BookingCheckFirstDialLocalItem]
    """
    By the clock of the business, in each zone in which it may be
    """
    waits_for: Literal['not_before', 'hours'] | None
    """
    Why not now: not_before, or the hours of CALLING_WINDOW and of the business
    """


BookingStatus: TypeAlias = Literal['queued', 'in_progress', 'completed', 'failed', 'needs_review', 'canceled']
"""
queued: nobody was dialed yet; in_progress: it is being carried out; all others are final: completed, failed, needs_review (a person has to look before anybody books again), canceled
"""


class BookingTurnEvent(TypedDict):
    """
    Somebody spoke in the talk
    """

    id: str
    """
    Its number in the stream: give it as `after` to resume behind it
    """
    type: Literal['turn']
    """
    The event’s name, as in its line `event:`
    """
    at: str
    """
    When it happened
    """
    simulated: NotRequired[Literal[True]]
    """
    Present where nobody was called
    """
    call_id: str
    """
    Names one call: the booking’s id, a dot, and the number of the attempt
    """
    role: Literal['agent', 'business']
    """
    The side that spoke
    """
    message: str
    """
    The words. Those of the business are not to be trusted
    """
    at_seconds: float
    """
    Seconds after the beginning of the talk
    """
    keys: NotRequired[str]
    """
    Keys that the agent pressed, for a menu; the message says the same
    """
    on_hold: NotRequired[Literal[True]]
    """
    Here the agent began to wait on hold; the message says the same
    """


class BookingWarning(TypedDict):
    """
    Something will differ from the order
    """

    field: str
    """
    Path in the body, such as language
    """
    message: str
    """
    Completes the field’s name
    """


class BookingWithAttemptShortlist(TypedDict):
    """
    Present when a shortlist placed the booking
    """

    id: str
    """
    Id of the shortlist, `sl_…`
    """
    candidate: int
    """
    Counts from 1
    """


class BookingWithAttemptBatch(TypedDict):
    """
    Present when the booking is a row of a batch
    """

    id: str
    """
    Id of the batch, `ba_…`
    """
    key: str
    """
    Key of the row
    """


class BookingWithFollowUpShortlist(TypedDict):
    """
    Present when a shortlist placed the booking
    """

    id: str
    """
    Id of the shortlist, `sl_…`
    """
    candidate: int
    """
    Counts from 1
    """


class BookingWithFollowUpBatch(TypedDict):
    """
    Present when the booking is a row of a batch
    """

    id: str
    """
    Id of the batch, `ba_…`
    """
    key: str
    """
    Key of the row
    """


class BridgePolicy(TypedDict):
    """
    How far the channel bridge may go (bridge: the call over our bridge)
    """

    enabled: NotRequired[bool]
    """
    Whether this channel is used
    """
    budget_seconds: NotRequired[int]
    """
    A dial may start only within this time, which counts from the channel’s first dial
    """
    max_attempts: NotRequired[int]
    """
    Largest number of calls
    """
    redial_delay_seconds: NotRequired[int]
    """
    Pause after a call that reached nobody
    """
    ring_seconds: NotRequired[int]
    """
    Longest time that a phone rings
    """
    max_call_seconds: NotRequired[int]
    """
    Longest time of a call
    """


class CalendarFeed(TypedDict):
    """
    A secret address under which calendars read confirmed appointments
    """

    id: str
    """
    Id of the feed, `cf_…`
    """
    batch: str | None
    """
    null: all appointments that the key may see
    """
    created_at: str
    """
    When it was created
    """
    last_read_at: str | None
    """
    To the day; null: not read yet
    """


class CalendarFeedList(TypedDict):
    data: list[CalendarFeed]
    """
    Newest first
    """


class CalendarFeedRequest(TypedDict):
    batch: NotRequired[str]
    """
    Only the appointments of this batch; default: all that the key may see
    """


class CallStatusEvidence(TypedDict):
    """
    The state of a call
    """

    id: str
    """
    The same for the same fact from the same source
    """
    call_id: str
    """
    Names one call: the booking’s id, a dot, and the number of the attempt
    """
    at: str
    """
    Time of the fact, as far as known
    """
    kind: Literal['call_status']
    """
    The kind of fact
    """
    source: Literal['callback', 'poll', 'initiation_failure', 'detection']
    """
    Where the fact comes from
    """
    call_sid: str
    """
    Twilio’s id of the call
    """
    status: Literal['queued', 'initiated', 'ringing', 'in-progress', 'completed', 'busy', 'failed', 'no-answer', 'canceled']
    """
    Twilio’s state of the call
    """
    answered_by: NotRequired[str]
    """
    Twilio’s answering-machine verdict
    """
    duration_seconds: NotRequired[float]
    """
    Seconds from the answer to the end
    """
    sip_code: NotRequired[int]
    """
    Why the call failed, as SIP has it
    """


class CallbackPolicy(TypedDict):
    """
    Calls at a time that the business asked for
    """

    enabled: NotRequired[bool]
    """
    Whether a business that asks to be called at some time is called then
    """
    max_callbacks: NotRequired[int]
    """
    Calls at a time that the business asked for
    """
    within_hours: NotRequired[int]
    """
    A business that asks for a later call is not called
    """


Channel: TypeAlias = Literal['native', 'registered', 'bridge', 'simulation']
"""
One way to carry out a booking: a call that ElevenLabs places, a call of ours with its audio there or over our bridge, or a simulation, in which nobody is called
"""


class Citation(TypedDict):
    """
    Words of the talk
    """

    text: str
    """
    The words
    """
    role: Literal['agent', 'business']
    """
    The side that said them
    """
    turn: int
    """
    Counts the transcript’s turns from 0
    """
    at_seconds: float | None
    """
    Seconds after the beginning of the talk, if known
    """


class CitedValue(TypedDict):
    """
    A day or a time, and the words that give it
    """

    text: str
    """
    The words
    """
    role: Literal['agent', 'business']
    """
    The side that said them
    """
    turn: int
    """
    Counts the transcript’s turns from 0
    """
    at_seconds: float | None
    """
    Seconds after the beginning of the talk, if known
    """
    value: str
    """
    The day, YYYY-MM-DD, or the time, HH:MM
    """


class Contradiction(TypedDict):
    """
    Found in the providers’ lists, and not known to the outcome
    """

    kind: Literal['still_alive', 'unknown_call', 'answered', 'ended_later', 'result_unheard']
    """
    still_alive: a call outlived the booking; unknown_call: the outcome knew of no such call; answered: somebody picked up after all; ended_later: a call went on after its reported end; result_unheard: the talk has a result that was not used
    """
    call_id: NotRequired[str]
    """
    Names one call: the booking’s id, a dot, and the number of the attempt
    """
    call_sid: NotRequired[str]
    """
    Twilio’s id of the call
    """
    conversation_id: NotRequired[str]
    """
    ElevenLabs’ id of the conversation
    """
    at: str
    """
    When it was found
    """


DateRange = TypedDict(
    'DateRange',
    {
        'from': str,
        'to': str,
    },
)


class Decision(TypedDict):
    """
    The decision of a person
    """

    result: Literal['confirmed', 'declined', 'no_availability', 'callback_requested', 'voicemail', 'wrong_number', 'do_not_call', 'unreachable']
    """
    The decision
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
    """
    How the person knows
    """


class Delivery(TypedDict):
    """
    One try to deliver a message
    """

    at: str
    """
    When it was sent
    """
    status: int | None
    """
    HTTP status of the answer
    """
    error: str | None
    """
    Why there was no answer
    """


class Doubt(TypedDict):
    """
    A reason why a reported appointment is not accepted
    """

    code: Literal['no_person', 'not_agreed', 'asked_only', 'denied', 'hedged', 'tentative', 'conditional', 'waiting_list', 'call_back', 'elsewhere', 'moved', 'taken_back', 'two_slots', 'other_errand', 'not_meant', 'unconvincing', 'other_day', 'other_hour', 'day_unclear', 'hour_unclear', 'weekday_mismatch', 'day_past', 'day_too_far', 'report_unclear', 'not_acceptable', 'analysis_differs']
    """
    The kind of doubt, for programs
    """
    cites: list[Citation]
    """
    The words of the doubt, the decisive ones first
    """


class Erasure(TypedDict):
    """
    How far an erasure is
    """

    id: str
    """
    Of the booking or batch
    """
    requested_at: str
    """
    When it was asked for
    """
    erased_at: str | None
    """
    Time at which the last part was gone; null: in progress
    """
    left_at_providers: int
    """
    Calls and conversations that the providers may still have
    """


class FieldProblem(TypedDict):
    """
    A refused field
    """

    field: str
    """
    Path in the body, or the name of a parameter or header
    """
    message: str
    """
    Continues the field’s name, and says the remedy
    """
    suggestions: NotRequired[list[str]]
    """
    Probably intended values, most likely first
    """


class ForbiddenNumber(TypedDict):
    """
    A number that no booking dials
    """

    phone_hash: str
    """
    Keyed hash of the number: names it in `DELETE /v1/do-not-call/{number}`
    """
    phone_masked: str
    """
    The number with most of its digits hidden
    """
    booking_id: str
    """
    The booking that led to the entry; empty: none did
    """
    at: str
    """
    Since when it is on the list
    """
    reason: NotRequired[str]
    """
    As it was given; absent: the number asked for it in a call
    """
    expires_at: NotRequired[str]
    """
    The entry ends then; absent: it has no end
    """


class Key(TypedDict):
    operator: bool
    """
    It may do what operators do: reviews, the whole do-not-call list
    """
    sees_all: bool
    """
    It sees the bookings of all keys
    """


class MediaEvidence(TypedDict):
    """
    The side that carries the audio of an answered call
    """

    id: str
    """
    The same for the same fact from the same source
    """
    call_id: str
    """
    Names one call: the booking’s id, a dot, and the number of the attempt
    """
    at: str
    """
    Time of the fact, as far as known
    """
    kind: Literal['media']
    """
    The kind of fact
    """
    media: Literal['provider', 'bridge']
    """
    The side that carries the audio
    """
    call_sid: str
    """
    Twilio’s id of the call
    """
    conversation_id: NotRequired[str]
    """
    ElevenLabs’ id of the conversation
    """
    resume: int
    """
    Number of streams of the call that had ended before
    """
    problem: NotRequired[AttemptError]


class Message(TypedDict):
    """
    A message to a callback_url, and what became of it
    """

    id: str
    """
    The header webhook-id of each delivery
    """
    type: Literal['booking.final', 'booking.attempt_failed', 'booking.reviewed', 'booking.followed_up', 'shortlist.completed', 'batch.completed', 'batch.canceled']
    """
    The kind of message: see the webhooks
    """
    timestamp: str
    """
    Time of the fact that it tells
    """
    state: Literal['pending', 'delivered', 'given_up']
    """
    given_up: after a day, or when the receiver answered 410
    """
    deliveries: list[Delivery]
    """
    Every try, in order
    """


class MessageList(TypedDict):
    data: list[Message]
    """
    In the order in which they were made
    """


class NativePolicy(TypedDict):
    """
    How far the channel native may go (native call: the provider’s own call)
    """

    enabled: NotRequired[bool]
    """
    Whether this channel is used
    """
    budget_seconds: NotRequired[int]
    """
    A dial may start only within this time, which counts from the channel’s first dial
    """
    max_attempts: NotRequired[int]
    """
    Largest number of calls
    """
    redial_delay_seconds: NotRequired[int]
    """
    Pause after a call that reached nobody
    """
    ring_seconds: NotRequired[int]
    """
    Longest time that a phone rings
    """
    max_call_seconds: NotRequired[int]
    """
    Longest time of a call
    """


class NewCalendarFeed(TypedDict):
    id: str
    """
    Id of the feed, `cf_…`
    """
    batch: str | None
    """
    null: all appointments that the key may see
    """
    created_at: str
    """
    When it was created
    """
    last_read_at: str | None
    """
    To the day; null: not read yet
    """
    url: str
    """
    The secret address. It is shown only here
    """


class NumberMeantOpenBookingsItem(TypedDict):
    id: str
    """
    Id of the booking
    """
    status: str
    """
    Where it stands
    """
    service_type: str
    """
    The service
    """
    user_name: str
    """
    The person for whom it is
    """
    created_at: str
    """
    When it was accepted
    """


class NumberMeant(TypedDict):
    """
    A number as it is understood
    """

    number: str | None
    """
    The number that is meant, in E.164; null: none, or several may be
    """
    written: str | None
    """
    The same as people read it, such as +54 11 4321 1234
    """
    country: str | None
    """
    ISO 3166 code of its country
    """
    problem: str | None
    """
    Why it cannot be dialed; continues the field’s name
    """
    suggestions: list[str]
    """
    Numbers that may be meant, in E.164; for a person to choose
    """
    open_bookings: list[NumberMeantOpenBookingsItem]
    """
    Open bookings of this number that the key may see, newest first, three at most
    """


class Offer(TypedDict):
    """
    A slot that the business offered
    """

    date: str
    """
    YYYY-MM-DD
    """
    time: NotRequired[str]
    """
    HH:MM
    """
    note: NotRequired[str]
    """
    Notes of the agent about it
    """


OpeningHours = TypedDict(
    'OpeningHours',
    {
        'days': list[Literal['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']],
        'from': str,
        'to': str,
    },
)


class OrderedAgent(TypedDict):
    """
    Texts and limits that replace the agent’s
    """

    prompt: NotRequired[str]
    """
    Replaces the agent’s prompt
    """
    first_message: NotRequired[str]
    """
    Replaces the agent’s first message
    """


class OrderedCallback(TypedDict):
    """
    Calls at a time that the business asked for
    """

    enabled: bool
    """
    Whether a business is called at the time that it asks for
    """
    max_callbacks: int
    """
    Calls at a time that the business asked for
    """
    within_hours: int
    """
    A business that asks for a later call is not called
    """


class OrderedPolicy(TypedDict):
    """
    How far one phone channel may go
    """

    enabled: bool
    """
    Whether this channel is used
    """
    budget_seconds: int
    """
    A dial may start only within this time
    """
    max_attempts: int
    """
    Largest number of calls
    """
    redial_delay_seconds: int
    """
    Pause after a call that reached nobody
    """
    ring_seconds: int
    """
    Longest time that a phone rings
    """
    max_call_seconds: int
    """
    Longest time of a call
    """


class OrderedSimulation(TypedDict):
    """
    Two agents talk, and nobody is called
    """

    enabled: bool
    """
    Whether a simulation follows where no channel works
    """
    scenario: NotRequired[str]
    """
    How the simulated receptionist answers
    """


PhoneChannel: TypeAlias = Literal['native', 'registered', 'bridge']
"""
A channel that places calls
"""


class Problem(TypedDict):
    """
    An error, as RFC 9457 has it
    """

    type: str
    """
    The kind of problem, for programs
    """
    title: str
    """
    The kind of problem, for people
    """
    status: int
    """
    The HTTP status
    """
    detail: NotRequired[str]
    """
    The fault, and the remedy
    """
    errors: NotRequired[list[FieldProblem]]
    """
    Each refused field
    """
    problems: NotRequired[list[BatchProblem]]
    """
    Every problem of a list whose rows are not accepted
    """
    request_id: NotRequired[str]
    """
    Quote it when you ask about a failure
    """


class Prohibition(TypedDict):
    phone: str
    """
    In E.164
    """
    at: str
    """
    When the number came on the list
    """
    expires_at: str | None
    """
    null: the entry has no end
    """


class ProhibitionRequest(TypedDict):
    phone: str
    """
    E.164: + and digits only
    """
    reason: NotRequired[str]
    """
    For those who read the list
    """
    expires_at: NotRequired[str]
    """
    The entry ends then; absent: it has no end
    """


class Proof(TypedDict):
    """
    The words of the transcript that a confirmation rests on
    """

    level: Literal['stated', 'agreed', 'analyzed', 'claimed']
    """
    stated: the business itself said day and time and gave the slot; agreed: the agent said part or all of it, and the business agreed afterwards; analyzed: the words leave it open, and the provider’s own analysis gives the same day and time; claimed: there is no transcript, or none in a language that is read
    """
    date: CitedValue | None
    """
    The day; null: no words give it
    """
    time: CitedValue | None
    """
    The time; null: no words give it
    """
    agreement: Citation | None
    """
    The words of the business that gave the slot; null: there are none
    """


class RegisteredPolicy(TypedDict):
    """
    How far the channel registered may go (registered call: our call with the provider’s audio)
    """

    enabled: NotRequired[bool]
    """
    Whether this channel is used
    """
    budget_seconds: NotRequired[int]
    """
    A dial may start only within this time, which counts from the channel’s first dial
    """
    max_attempts: NotRequired[int]
    """
    Largest number of calls
    """
    redial_delay_seconds: NotRequired[int]
    """
    Pause after a call that reached nobody
    """
    ring_seconds: NotRequired[int]
    """
    Longest time that a phone rings
    """
    max_call_seconds: NotRequired[int]
    """
    Longest time of a call
    """


ReportedResult: TypeAlias = Literal['confirmed', 'declined', 'no_availability', 'callback_requested', 'voicemail', 'wrong_number', 'do_not_call']
"""
A result that an agent, or a person in a review, can give
"""


Result: TypeAlias = Literal['confirmed', 'declined', 'no_availability', 'callback_requested', 'voicemail', 'wrong_number', 'do_not_call', 'unreachable', 'invalid_number', 'expired', 'error', 'needs_review', 'canceled']
"""
confirmed: there is an appointment; declined, no_availability, callback_requested: the answer of the business; voicemail, unreachable: nobody was reached; wrong_number, invalid_number: not this business; do_not_call: the number asked not to be called; expired: nobody was rung by not_after; error: no channel works, and no phone rang; needs_review: the evidence does not settle it; canceled: by the client
"""


class Review(TypedDict):
    """
    An operator’s decision about a booking
    """

    decision: Decision
    """
    The decision
    """
    by: str
    """
    The person, as signed
    """
    at: str
    """
    When
    """


class ReviewRecord(TypedDict):
    number: int
    """
    From 1; the last one counts
    """
    decision: Decision
    """
    The decision
    """
    by: str
    """
    The person, as signed
    """
    at: str
    """
    When
    """
    key: str
    """
    Distinguishes operator keys; not the key
    """


class ReviewRequest(TypedDict):
    by: NotRequired[str]
    """
    Name or staff number of the person who decides; default: the name of the operator key
    """
    result: Literal['confirmed', 'declined', 'no_availability', 'callback_requested', 'voicemail', 'wrong_number', 'do_not_call', 'unreachable']
    """
    The decision
    """
    confirmed_date: NotRequired[str | None]
    """
    For confirmed, and only then
    """
    confirmed_time: NotRequired[str | None]
    """
    For confirmed, and only then
    """
    notes: NotRequired[str | None]
    """
    How the person knows
    """


class ReviewsDue(TypedDict):
    """
    Bookings that wait for a person
    """

    count: int
    """
    Bookings that wait for a review
    """
    newest: str | None
    """
    When the last of them got its outcome; null: none waits
    """


class ShortlistCandidateEvent(TypedDict):
    """
    A candidate is asked, or was asked
    """

    id: str
    """
    Its number in the stream: give it as `after` to resume behind it
    """
    type: Literal['candidate']
    """
    The event’s name, as in its line `event:`
    """
    at: str
    """
    When it happened
    """
    candidate: int
    """
    The candidate, from 1
    """
    status: Literal['not_asked', 'asking', 'asked']
    """
    A candidate whose booking was canceled counts as not_asked
    """
    booking_id: str | None
    """
    Its last booking
    """
    result: Result | None
    """
    The result of that booking; a review counts in place of needs_review
    """


class ShortlistEscalation(TypedDict):
    """
    How far each channel may go, for each candidate
    """

    native: OrderedPolicy
    registered: NotRequired[OrderedPolicy]
    bridge: OrderedPolicy
    simulation: OrderedSimulation
    callback: NotRequired[OrderedCallback]


class ShortlistOutcome(TypedDict):
    """
    The one final answer of a shortlist
    """

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
    Day of the appointment, YYYY-MM-DD
    """
    confirmed_time: str | None
    """
    Time of the appointment at the business, HH:MM
    """
    proof: Proof | None
    """
    Of the booking that confirmed; null: a review confirmed, or nobody did
    """
    simulated: bool
    """
    True where nobody was called: the sandbox has it, or two agents talked. No appointment exists then
    """


class ShortlistStatusEvent(TypedDict):
    """
    The status of the shortlist changed
    """

    id: str
    """
    Its number in the stream: give it as `after` to resume behind it
    """
    type: Literal['status']
    """
    The event’s name, as in its line `event:`
    """
    at: str
    """
    When it happened
    """
    status: BookingStatus


class ShownBookingShortlist(TypedDict):
    """
    Present when a shortlist placed the booking
    """

    id: str
    """
    Id of the shortlist, `sl_…`
    """
    candidate: int
    """
    Counts from 1
    """


class ShownBookingBatch(TypedDict):
    """
    Present when the booking is a row of a batch
    """

    id: str
    """
    Id of the batch, `ba_…`
    """
    key: str
    """
    Key of the row
    """


class SimulationPolicy(TypedDict):
    """
    Two agents talk, and nobody is called. It is marked as simulated
    """

    enabled: NotRequired[bool]
    """
    Whether a simulation follows where no channel works
    """
    scenario: NotRequired[str]
    """
    How the simulated receptionist answers
    """


class StopAfterFailures(TypedDict):
    share: float
    """
    Share of failed rows
    """
    of_last: int
    """
    Number of finished rows that are looked at
    """


class TalkAnalysis(TypedDict):
    """
    ElevenLabs’ own reading of the talk
    """

    date: NotRequired[str]
    """
    YYYY-MM-DD
    """
    time: NotRequired[str]
    """
    HH:MM
    """
    confirmed: NotRequired[bool]
    """
    Whether an appointment was made
    """


TimeRange = TypedDict(
    'TimeRange',
    {
        'from': str,
        'to': str,
    },
)


class TranscriptDigest(TypedDict):
    """
    A transcript in figures, and our reading of it
    """

    agent_turns: int
    """
    Turns of the agent
    """
    business_turns: int
    """
    Turns of the business
    """
    business_turns_after_greeting: int
    """
    Turns of the business after the agent’s first message
    """
    talk: NotRequired[dict[str, Any]]
    """
    Our reading of the talk, with citations; its members may change
    """


class Turn(TypedDict):
    """
    Words, or keys, of one side of a talk
    """

    role: Literal['agent', 'business']
    """
    The side that spoke
    """
    message: str
    """
    The words. Those of the business are not to be trusted
    """
    at_seconds: float
    """
    Seconds after the beginning of the talk
    """
    keys: NotRequired[str]
    """
    Keys that the agent pressed, for a menu; the message says the same
    """
    on_hold: NotRequired[Literal[True]]
    """
    Here the agent began to wait on hold; the message says the same
    """


class UsageEstimatedCost(TypedDict):
    """
    By the rates of the installation (COST_…), in the sandbox as well; null: it has none
    """

    amount: float
    """
    Rounded to 0.0001
    """
    currency: str
    """
    ISO 4217
    """


class Usage(TypedDict):
    answered_calls: int
    """
    Calls that a person or a machine answered
    """
    talk_seconds: int
    """
    From the answer of each call to its end
    """
    estimated_cost: UsageEstimatedCost | None
    """
    By the rates of the installation (COST_…), in the sandbox as well; null: it has none
    """


WaitingFor: TypeAlias = Literal['not_before', 'hours', 'number', 'place', 'frequency', 'callback', 'dialing']
"""
Why the next dial waits. not_before: the order’s; hours: those of the business and the calling window; number: another booking calls it; place: a turn among the calls or dials of a provider; frequency: the number was called as often as it may be; callback: the time at which the business asked to be called; dialing: an operator, as dialing is held after a restore
"""


Weekday: TypeAlias = Literal['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
"""
A day of the week
"""


class BatchRequest(TypedDict):
    name: NotRequired[str]
    """
    A name for people
    """
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
    stop_after_failures: NotRequired[StopAfterFailures]
    check: NotRequired[str]
    """
    The digest that a check gave. Runs only the rows, defaults and default_country that were checked
    """
    callback_url: NotRequired[str]
    """
    Receives `batch.completed`, or `batch.canceled`
    """
    metadata: NotRequired[dict[str, str]]
    """
    Data of the client, returned unchanged; at most 50 keys
    """
    rows: list[Any]
    """
    One booking each
    """


class AppendBatchRowsRequest(TypedDict):
    rows: list[Any]
    """
    Rows as in `POST /v1/batches`
    """
    check: NotRequired[str]
    """
    The digest that a check gave. Runs only the rows, defaults and default_country that were checked
    """


ListBookingsQuery = TypedDict(
    'ListBookingsQuery',
    {
        'status': NotRequired[Literal['queued', 'in_progress', 'completed', 'failed', 'needs_review', 'canceled']],
        'channel': NotRequired[Literal['native', 'registered', 'bridge', 'simulation']],
        'result': NotRequired[Literal['confirmed', 'declined', 'no_availability', 'callback_requested', 'voicemail', 'wrong_number', 'do_not_call', 'unreachable', 'invalid_number', 'expired', 'error', 'needs_review', 'canceled']],
        'reviewed': NotRequired[bool | Literal['true', 'false']],
        'q': NotRequired[str],
        'created_from': NotRequired[str],
        'created_before': NotRequired[str],
        'shortlist': NotRequired[str],
        'batch': NotRequired[str],
        'idempotency_key': NotRequired[str],
        'limit': NotRequired[int],
        'include': NotRequired[Literal['order']],
        'from': NotRequired[Literal['records']],
    },
)


class GetBookingQuery(TypedDict):
    include: NotRequired[Literal['order']]
    """
    `order`: each booking contains its order; a single booking also contains its budgets
    """
    wait_seconds: NotRequired[int]
    """
    Answers once the thing is final, or has nothing to do before this wait ends; at the latest after these seconds
    """


class GetTranscriptQuery(TypedDict):
    call_id: NotRequired[str]
    """
    One call of the booking, such as a follow-up; default: its last attempt
    """


class GetRecordingQuery(TypedDict):
    call_id: NotRequired[str]
    """
    One call of the booking, such as a follow-up; default: its last attempt
    """


GetFiguresQuery = TypedDict(
    'GetFiguresQuery',
    {
        'from': str,
        'before': str,
    },
)


class ReadNumberQuery(TypedDict):
    typed: str
    """
    A telephone number as people write it, with or without its country
    """


ListActsQuery = TypedDict(
    'ListActsQuery',
    {
        'booking': NotRequired[str],
        'act': NotRequired[Literal['cancel', 'erase', 'review', 'forbid', 'allow', 'start_batch', 'pause_batch', 'resume_batch', 'change_batch', 'cancel_batch', 'cancel_row', 'erase_batch', 'cancel_shortlist', 'hold_dialing', 'resume_dialing']],
        'by': NotRequired[str],
        'from': NotRequired[str],
        'before': NotRequired[str],
        'limit': NotRequired[int],
    },
)


class ListBatchesQuery(TypedDict):
    status: NotRequired[Literal['held', 'scheduled', 'running', 'paused', 'canceling', 'completed', 'canceled']]
    """
    Only batches with this status
    """
    idempotency_key: NotRequired[str]
    """
    The batch that this Idempotency-Key of yours made, if there is one; no other filter applies
    """
    limit: NotRequired[int]
    """
    Largest number of rows on the page
    """


class GetBatchQuery(TypedDict):
    include: NotRequired[Literal['usage']]
    """
    usage: with the calls and talk of its bookings
    """
    wait_seconds: NotRequired[int]
    """
    Answers once the thing is final, or has nothing to do before this wait ends; at the latest after these seconds
    """


class ListBatchRowsQuery(TypedDict):
    status: NotRequired[Literal['invalid', 'duplicate', 'waiting', 'in_progress', 'completed', 'failed', 'needs_review', 'canceled', 'expired']]
    """
    Only rows with this status
    """
    q: NotRequired[str]
    """
    A part of the key, the business’s name, the person’s name or the number
    """
    limit: NotRequired[int]
    """
    Largest number of rows on the page
    """


class FollowBatchQuery(TypedDict):
    after: NotRequired[int]
    """
    Begins behind the event of this number, such as `last_event_id`; the header `Last-Event-ID` comes first
    """


class GetBatchReportQuery(TypedDict):
    delimiter: NotRequired[Literal['comma', 'semicolon']]
    """
    semicolon: as a Spanish Excel expects it
    """


class ListShortlistsQuery(TypedDict):
    limit: NotRequired[int]
    """
    Rows per page
    """
    idempotency_key: NotRequired[str]
    """
    The shortlist that this Idempotency-Key of yours made, if there is one; no other filter applies
    """


class GetShortlistQuery(TypedDict):
    wait_seconds: NotRequired[int]
    """
    Answers once the thing is final, or has nothing to do before this wait ends; at the latest after these seconds
    """


class Acceptable(TypedDict):
    """
    The appointments that the agent may take. Each part is optional; a confirmation outside of it needs a review
    """

    dates: NotRequired[list[DateRange]]
    """
    Days of the appointment, the first and the last included
    """
    weekdays: NotRequired[list[Weekday]]
    """
    Days of the week of the appointment
    """
    times: NotRequired[list[TimeRange]]
    """
    Start of the appointment: from this time on, and before that one
    """


class AgentReport(TypedDict):
    """
    The result of the call, by its agent
    """

    result: ReportedResult
    """
    The result, as the agent understood it
    """
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
    """
    Notes of the agent
    """
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
    reached: NotRequired[Literal['person', 'voicemail', 'menu', 'hold', 'screener']]
    """
    The callee that answered, as the agent understood it
    """
    callback_day: NotRequired[dict[str, Any]]
    """
    The day on which the business wants to be called, as people name days
    """
    callback_unclear: NotRequired[Literal[True]]
    """
    Day or time of that call could not be used
    """


class AppointmentRequest(TypedDict):
    """
    The appointment that is wanted
    """

    service_type: str
    """
    The service, as people say it
    """
    preferred_date: NotRequired[str]
    """
    Words or a date; they count from now, in the business’s time zone
    """
    preferred_time: NotRequired[str]
    """
    Words or a time
    """
    user_name: str
    """
    The person for whom the appointment is
    """
    special_requests: NotRequired[str]
    """
    Anything else that the agent should say or ask
    """
    acceptable: NotRequired[Acceptable]


class Attempt(TypedDict):
    """
    One try on one channel: a call or a simulation
    """

    call_id: str
    """
    Names one call: the booking’s id, a dot, and the number of the attempt
    """
    channel: Channel
    """
    The channel of the attempt
    """
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
    status: AttemptStatus
    """
    Where the attempt stands
    """
    call_sid: str | None
    """
    Twilio’s id of the call, if known
    """
    conversation_id: str | None
    """
    ElevenLabs’ id of the conversation, if known
    """
    started_at: str
    """
    When it was dialed
    """
    ended_at: str | None
    """
    When it ended; null: it has not
    """
    duration_seconds: float | None
    """
    From the answer to the end
    """
    error: AttemptError | None
    """
    Why it failed; null: it did not, or not yet
    """
    on_hold_since: NotRequired[str]
    """
    Present while the call is on hold
    """
    callback: NotRequired[Literal[True]]
    """
    Present and true for a call that the business asked for
    """


class Batch(TypedDict):
    """
    Many bookings that were placed together
    """

    id: str
    """
    Id of the batch, `ba_…`
    """
    name: str | None
    """
    As the client named it
    """
    status: BatchStatus
    """
    Where the batch stands
    """
    paused_because: Literal['user', 'failures'] | None
    """
    user: somebody paused it; failures: its last rows failed (`stop_after_failures`); null: not paused
    """
    simulated: bool
    """
    True in the sandbox: nobody is called
    """
    simulated_rows: int
    """
    Rows for whose result nobody was called: of these, no appointment exists
    """
    counts: BatchCounts
    """
    Rows by status
    """
    results: BatchResults
    """
    Rows by result
    """
    not_before: str | None
    """
    No row is dialed before it; as it was given
    """
    not_after: str | None
    """
    No row is dialed after it; as it was given
    """
    max_concurrent: int
    """
    Calls of this batch at once
    """
    stop_after_failures: BatchStopAfterFailures | None
    """
    Pauses the batch once this share of its last finished rows failed; null: it never does
    """
    on_invalid: Literal['reject', 'skip']
    """
    The fate of invalid rows
    """
    duplicates: Literal['reject', 'skip', 'allow']
    """
    The fate of rows with the number or key of an earlier one
    """
    callback_url: str | None
    """
    Receives `batch.completed`, or `batch.canceled`
    """
    metadata: dict[str, str]
    """
    The client’s own data, unchanged
    """
    created_at: str
    """
    When it was accepted
    """
    updated_at: str
    """
    When it last changed
    """
    ended_at: str | None
    """
    null until every row is final
    """
    usage: NotRequired[Usage]
    """
    Calls and talk of its bookings that have their outcome; with include=usage
    """
    last_event_id: int
    """
    Number of its last event: `?after=` of its events goes on from there
    """


class BatchAppendCheck(TypedDict):
    rows: int
    """
    Number of data rows
    """
    valid: int
    """
    Rows that can be booked
    """
    invalid: int
    """
    Rows with a fault
    """
    duplicates: int
    """
    Rows with the number or key of an earlier row
    """
    problems: list[BatchProblem]
    """
    Every problem, in the order of the rows
    """
    encoding: NotRequired[Literal['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']]
    """
    Of a file: how its text was read
    """
    delimiter: NotRequired[Literal[',', ';', '\t']]
    """
    Of a file: the character between its cells
    """
    check: str
    """
    Digest of rows, defaults and default_country
    """
    known: int
    """
    Rows whose key the batch had already: they are passed over
    """


class BatchCanceledMessage(TypedDict):
    """
    A batch was canceled, and every row of it is final.
    """

    type: Literal['batch.canceled']
    """
    The kind of message
    """
    timestamp: str
    """
    Time of the fact
    """
    data: Batch
    """
    The batch as `GET /v1/batches/{id}` showed it then
    """


class BatchCheck(TypedDict):
    rows: int
    """
    Number of data rows
    """
    valid: int
    """
    Rows that can be booked
    """
    invalid: int
    """
    Rows with a fault
    """
    duplicates: int
    """
    Rows with the number or key of an earlier row
    """
    problems: list[BatchProblem]
    """
    Every problem, in the order of the rows
    """
    encoding: NotRequired[Literal['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']]
    """
    Of a file: how its text was read
    """
    delimiter: NotRequired[Literal[',', ';', '\t']]
    """
    Of a file: the character between its cells
    """
    check: str
    """
    Digest of rows, defaults and default_country
    """


class BatchCompletedMessage(TypedDict):
    """
    Every row of a batch is final. Sent again when rows that were added are final, too.
    """

    type: Literal['batch.completed']
    """
    The kind of message
    """
    timestamp: str
    """
    Time of the fact
    """
    data: Batch
    """
    The batch as `GET /v1/batches/{id}` showed it then
    """


class BatchFinalEvent(TypedDict):
    """
    Every row is final: the stream ends, unless new rows have reopened the batch
    """

    id: str
    """
    Its number in the stream: give it as `after` to resume behind it
    """
    type: Literal['final']
    """
    The event’s name, as in its line `event:`
    """
    at: str
    """
    When it happened
    """
    status: BatchStatus
    counts: BatchCounts
    """
    Rows by status, after the event
    """
    results: BatchResults


class BatchPage(TypedDict):
    data: list[Batch]
    """
    Newest first
    """
    next_cursor: str | None
    """
    The parameter `cursor` of the next page; null: this is the last page
    """


class BatchRowEvent(TypedDict):
    """
    A row changed
    """

    id: str
    """
    Its number in the stream: give it as `after` to resume behind it
    """
    type: Literal['row']
    """
    The event’s name, as in its line `event:`
    """
    at: str
    """
    When it happened
    """
    row: int
    """
    Counts from 1, over all rows of the batch
    """
    key: str | None
    """
    null: none was given or could be made, or its booking was erased
    """
    status: BatchRowStatus
    """
    Where the row stands
    """
    result: Result | None
    """
    The result of its booking; null: there is none (yet)
    """
    why: str | None
    """
    Why it was not called, or did not succeed; in English
    """
    booking_id: str | None
    """
    Id of its booking; null: it has none (yet)
    """
    counts: BatchCounts
    """
    Rows by status, after the event
    """


class BatchRowReason(TypedDict):
    """
    A reason why a row was not called, or did not succeed
    """

    code: Literal['excel_scientific', 'missing_country', 'invalid_number', 'unknown_column', 'unknown_timezone', 'missing', 'duplicate', 'too_long', 'row_length', 'invalid', 'unreadable', 'empty', 'too_many_columns', 'not_after', 'batch_canceled', 'row_canceled', 'booking_erased', 'no_appointment', 'reviewed', 'waiting', 'in_progress', 'failed', 'needs_review', 'canceled', 'expired', 'other']
    """
    The kind of reason, for programs
    """
    field: NotRequired[str]
    """
    Of a problem: the column’s name, or the last part of the JSON path
    """
    message: str
    """
    In English. With a field, it continues its name
    """
    result: NotRequired[Result]
    """
    Of `reviewed`: the person’s decision
    """


class BookingAttemptEvent(TypedDict):
    """
    An attempt began or changed
    """

    id: str
    """
    Its number in the stream: give it as `after` to resume behind it
    """
    type: Literal['attempt']
    """
    The event’s name, as in its line `event:`
    """
    at: str
    """
    When it happened
    """
    simulated: NotRequired[Literal[True]]
    """
    Present where nobody was called
    """
    attempt: Attempt
    """
    The attempt as it is now
    """


class BookingCheck(TypedDict):
    """
    The fate of a body if it were booked now
    """

    bookable: bool
    """
    False: see `problems`
    """
    problems: list[BookingCheckProblemsItem]
    """
    Every reason for which this would not be booked, or nobody would be called
    """
    warnings: list[BookingWarning]
    """
    Wishes that cannot be met, as far as is known
    """
    simulated: bool
    """
    True in the sandbox: nobody would be called
    """
    business: BookingCheckBusiness | None
    """
    The business that would be called; null: the body names none
    """
    first_dial: BookingCheckFirstDial | None
    """
    The first instant at which the business may be called; null: never, or not known
    """
    calling_hours: str | None
    """
    Hours of the week, by the clock of the business, in which it may be called: those of CALLING_WINDOW and its own
    """
    channels: list[Literal['native', 'registered', 'bridge', 'simulation']]
    """
    In the order in which they would be used
    """
    do_not_call: bool
    """
    The number is on the do-not-call list: nobody would be called
    """
    preferred_day: str | None
    """
    ISO date that preferred_date means now; null: no single day
    """
    first_message: str | None
    """
    The first words of a call
    """
    token: str | None
    """
    For the header Booking-Check of POST /v1/bookings: only this body is booked; null: it is not bookable
    """
    token_expires_at: str | None
    """
    Until then the token counts; null: there is no token
    """


class BookingStatusEvent(TypedDict):
    """
    Status or channel changed, or the booking waits
    """

    id: str
    """
    Its number in the stream: give it as `after` to resume behind it
    """
    type: Literal['status']
    """
    The event’s name, as in its line `event:`
    """
    at: str
    """
    When it happened
    """
    simulated: NotRequired[Literal[True]]
    """
    Present where nobody was called
    """
    status: BookingStatus
    channel: Channel | None
    """
    The channel in use; null: none yet
    """
    wait: NotRequired[WaitingFor | None]
    """
    Present where it waits: the booking’s `waiting_for`
    """
    waiting_for: NotRequired[Literal['redial_delay', 'calling_hours', 'line_busy', 'place', 'rate_limit', 'other_accounts', 'no_worker', 'not_before', 'callback', 'dialing']]
    """
    Present where it waits: the reason by its earlier name
    """
    after_attempts: NotRequired[int]
    """
    Present where it waits: the number of attempts so far
    """
    until: NotRequired[str]
    """
    The end of the wait, where it is known: the booking’s `waiting_until`
    """


class BridgeEvidence(TypedDict):
    """
    A fact that our bridge saw
    """

    id: str
    """
    The same for the same fact from the same source
    """
    call_id: str
    """
    Names one call: the booking’s id, a dot, and the number of the attempt
    """
    at: str
    """
    Time of the fact, as far as known
    """
    kind: Literal['bridge']
    """
    The kind of fact
    """
    event: Literal['agent_failed', 'stream_started', 'stream_lost', 'talk_ended', 'silent', 'on_hold', 'off_hold']
    """
    The event at the bridge
    """
    conversation_id: NotRequired[str]
    """
    ElevenLabs’ id of the conversation
    """
    transcript: NotRequired[TranscriptDigest]
    problem: NotRequired[AttemptError]


class Budget(TypedDict):
    """
    How much of a phone channel’s budget is used
    """

    channel: PhoneChannel
    """
    The channel
    """
    enabled: bool
    """
    Whether the order uses it
    """
    budget_seconds: int
    """
    A dial may start only within this time
    """
    attempts: int
    """
    Calls so far
    """
    max_attempts: int
    """
    Largest number of calls
    """
    started_at: str | None
    """
    The channel’s first dial
    """
    ends_at: str | None
    """
    No dial starts after this; it moves on while the budget stands still
    """


class Business(TypedDict):
    """
    The business to call
    """

    name: str
    """
    Name of the business, as the agent says it
    """
    phone: str
    """
    E.164: + and digits only
    """
    timezone: NotRequired[str]
    """
    IANA name of the business’s time zone, no abbreviation; default: the zones of its number
    """
    opening_hours: NotRequired[list[OpeningHours]]
    """
    When the business is open, in its time zone (where it may have several: in all of them). A dial needs these hours and the calling window
    """


class CandidateRequest(TypedDict):
    """
    A business of a shortlist
    """

    business: Business


class ConversationEvidence(TypedDict):
    """
    ElevenLabs’ record of a conversation
    """

    id: str
    """
    The same for the same fact from the same source
    """
    call_id: str
    """
    Names one call: the booking’s id, a dot, and the number of the attempt
    """
    at: str
    """
    Time of the fact, as far as known
    """
    kind: Literal['conversation']
    """
    The kind of fact
    """
    source: Literal['post_call', 'poll']
    """
    Where the fact comes from
    """
    conversation_id: str
    """
    ElevenLabs’ id of the conversation
    """
    call_sid: NotRequired[str]
    """
    Twilio’s id of the call
    """
    status: Literal['initiated', 'in-progress', 'processing', 'done', 'failed']
    """
    ElevenLabs’ state of the conversation
    """
    call_result: NotRequired[Literal['answered', 'voicemail', 'busy', 'no_answer', 'failed']]
    """
    ElevenLabs’ state of the call
    """
    report: NotRequired[AgentReport]
    transcript: NotRequired[TranscriptDigest]
    on_hold: NotRequired[bool]
    """
    Whether the agent waits on hold; at the end: nobody came back
    """
    analysis: NotRequired[TalkAnalysis]
    duration_seconds: NotRequired[float]
    """
    Seconds from the answer to the end
    """


class DoNotCallList(TypedDict):
    data: list[ForbiddenNumber]
    """
    Every number of the list
    """


class Escalation(TypedDict):
    """
    The channels in the order in which they are tried, and how far each may go
    """

    native: NotRequired[NativePolicy]
    registered: NotRequired[RegisteredPolicy]
    bridge: NotRequired[BridgePolicy]
    simulation: NotRequired[SimulationPolicy]
    callback: NotRequired[CallbackPolicy]


class Figures(TypedDict):
    """
    Sums over the bookings that ended in a period
    """

    final: int
    """
    Bookings that got their outcome in the period
    """
    confirmed: int
    """
    With an appointment, a person’s decision included; simulations have none
    """
    unreachable: int
    """
    Nobody answered, or only a machine did
    """
    canceled: int
    """
    Canceled before there was a result
    """
    simulated: int
    """
    Ended in the channel simulation: nobody was called
    """
    usage: Usage
    """
    The calls of all of these bookings
    """


class InboundEvidence(TypedDict):
    """
    The business called our number
    """

    id: str
    """
    The same for the same fact from the same source
    """
    call_id: str
    """
    Names one call: the booking’s id, a dot, and the number of the attempt
    """
    at: str
    """
    Time of the fact, as far as known
    """
    kind: Literal['inbound']
    """
    The kind of fact
    """
    channel: PhoneChannel
    call_sid: str
    """
    Twilio’s id of the call
    """


class KeptReport(TypedDict):
    """
    The agent’s report of a talk
    """

    result: ReportedResult
    """
    The result, as the agent understood it
    """
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
    """
    Notes of the agent
    """
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


class OrderedEscalation(TypedDict):
    """
    How far each channel may go
    """

    native: OrderedPolicy
    registered: NotRequired[OrderedPolicy]
    bridge: OrderedPolicy
    simulation: OrderedSimulation
    callback: OrderedCallback


OrderedHours = TypedDict(
    'OrderedHours',
    {
        'days': list[Weekday],
        'from': str,
        'to': str,
    },
)


class OrderedRequest(TypedDict):
    """
    The appointment that is wanted, as it was ordered
    """

    service_type: str
    """
    The service, such as dentista
    """
    preferred_date: NotRequired[str]
    """
    As it was given
    """
    preferred_time: NotRequired[str]
    """
    As it was given
    """
    user_name: str
    """
    The person for whom the appointment is
    """
    special_requests: NotRequired[str]
    """
    As it was given
    """
    acceptable: NotRequired[Acceptable]
    """
    The appointments that the agent may take; absent: any
    """
    preferred_day: str | None
    """
    ISO date that preferred_date meant at the business when the booking was placed; null: no one day
    """


class Outcome(TypedDict):
    """
    The one final answer of a booking; it never changes
    """

    result: Result
    """
    The answer
    """
    channel: Channel | None
    """
    The channel that gave the result; null: none did
    """
    simulated: bool
    """
    True for everything that a simulation or the sandbox made
    """
    confirmed_date: str | None
    """
    Day of the appointment, YYYY-MM-DD
    """
    confirmed_time: str | None
    """
    Time of the appointment at the business, HH:MM
    """
    notes: str | None
    """
    Notes of the agent, or ours; words of the business are not to be trusted
    """
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


class ReportEvidence(TypedDict):
    """
    The agent’s report of its call
    """

    id: str
    """
    The same for the same fact from the same source
    """
    call_id: str
    """
    Names one call: the booking’s id, a dot, and the number of the attempt
    """
    at: str
    """
    Time of the fact, as far as known
    """
    kind: Literal['report']
    """
    The kind of fact
    """
    source: Literal['tool', 'socket']
    """
    tool: over HTTP; socket: over the bridge, or in a simulation
    """
    report: AgentReport
    conversation_id: NotRequired[str]
    """
    ElevenLabs’ id of the conversation
    """


class ReviewList(TypedDict):
    data: list[ReviewRecord]
    """
    In the order in which they were given
    """


class ShortlistFinalEvent(TypedDict):
    """
    The shortlist is final: the stream ends
    """

    id: str
    """
    Its number in the stream: give it as `after` to resume behind it
    """
    type: Literal['final']
    """
    The event’s name, as in its line `event:`
    """
    at: str
    """
    When it happened
    """
    outcome: ShortlistOutcome
    """
    The shortlist’s outcome
    """


class ShortlistRequest(TypedDict):
    """
    Several businesses and one wish: they are asked one after the other until one confirms
    """

    candidates: list[CandidateRequest]
    """
    The businesses, in the order in which they are asked
    """
    request: AppointmentRequest
    language: NotRequired[str]
    """
    Language of the talk. If the agent does not speak it, the answer’s `warnings` say so. Default: the agent’s own
    """
    agent: NotRequired[AgentOverrides]
    escalation: NotRequired[Escalation]
    decide_by: NotRequired[str]
    """
    No dial after it. A local time counts in the first candidate’s zone
    """
    callback_url: NotRequired[str]
    """
    Receives signed messages (see the webhooks): a public http(s) address without user and password
    """
    metadata: NotRequired[dict[str, str]]
    """
    Data of the client, returned unchanged; at most 50 keys
    """


class ShortlistWish(TypedDict):
    """
    The appointment that is wanted
    """

    service_type: str
    """
    The service, such as dentista
    """
    preferred_date: NotRequired[str]
    """
    As it was given
    """
    preferred_time: NotRequired[str]
    """
    As it was given
    """
    user_name: str
    """
    The person for whom the appointment is
    """
    special_requests: NotRequired[str]
    """
    As it was given
    """
    acceptable: NotRequired[Acceptable]
    """
    The appointments that the agent may take; absent: any
    """
    preferred_day: NotRequired[str | None]
    """
    ISO date that preferred_date meant at the business when the booking was placed; null: no one day
    """


class Transcript(TypedDict):
    """
    The talk of one call
    """

    simulated: NotRequired[Literal[True]]
    """
    Present when nobody was called
    """
    turns: list[Turn]
    """
    In the order of the talk
    """


BatchEvent: TypeAlias = BatchStatusEvent | BatchRowEvent | BatchFinalEvent
"""
The `data` of one event of a batch; `type` says which
"""


class BatchRow(TypedDict):
    """
    A row of a batch, and what became of it
    """

    row: int
    """
    Counts from 1, over all rows of the batch
    """
    line: int | None
    """
    Line of the file on which it begins; null: the rows came as JSON
    """
    key: str | None
    """
    null: none was given or could be made, or its booking was erased
    """
    phone: str | None
    """
    The number in E.164, or as it was written if it could not be read
    """
    business_name: str | None
    """
    Name of the business
    """
    user_name: str | None
    """
    The person for whom the appointment is
    """
    status: BatchRowStatus
    """
    Where the row stands
    """
    result: Result | None
    """
    The result of its booking; null: there is none (yet)
    """
    why: str | None
    """
    Why it was not called, or did not succeed; in English
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
    """
    Id of its booking; null: it has none (yet)
    """
    confirmed_date: str | None
    """
    Day of the appointment, YYYY-MM-DD
    """
    confirmed_time: str | None
    """
    Time of the appointment at the business, HH:MM
    """


class BatchRowPage(TypedDict):
    data: list[BatchRow]
    """
    In the order of the rows
    """
    next_cursor: str | None
    """
    The parameter `cursor` of the next page; null: this is the last page
    """


class BookingFinalEvent(TypedDict):
    """
    The booking is final: the stream ends
    """

    id: str
    """
    Its number in the stream: give it as `after` to resume behind it
    """
    type: Literal['final']
    """
    The event’s name, as in its line `event:`
    """
    at: str
    """
    When it happened
    """
    simulated: NotRequired[Literal[True]]
    """
    Present where nobody was called
    """
    outcome: Outcome
    """
    The booking’s outcome
    """


class BookingRequest(TypedDict):
    """
    An appointment to book by phone. Only business and request are needed
    """

    business: Business
    request: AppointmentRequest
    language: NotRequired[str]
    """
    Language of the talk. If the agent does not speak it, the answer’s `warnings` say so. Default: the agent’s own
    """
    agent: NotRequired[AgentOverrides]
    escalation: NotRequired[Escalation]
    callback_url: NotRequired[str]
    """
    Receives signed messages (see the webhooks): a public http(s) address without user and password
    """
    metadata: NotRequired[dict[str, str]]
    """
    Data of the client, returned unchanged; at most 50 keys
    """
    not_before: NotRequired[str]
    """
    No dial before it. A local time counts in the business’s zone
    """
    not_after: NotRequired[str]
    """
    No dial after it: a booking for which nobody was rung by then is expired. A local time counts in the business’s zone
    """


Evidence: TypeAlias = CallStatusEvidence | ReportEvidence | ConversationEvidence | BridgeEvidence | MediaEvidence | InboundEvidence
"""
A fact about an attempt that came from outside, with its source; `kind` says which
"""


class FollowUp(TypedDict):
    """
    A call of the business after the outcome
    """

    at: str
    """
    When the business called
    """
    call_id: str
    """
    Names one call: the booking’s id, a dot, and the number of the attempt
    """
    report: KeptReport | None
    """
    The agent’s report of this talk; null: none (yet)
    """
    proof: Proof | None
    """
    Proof of an appointment that the business gave in this talk; null: there is none (yet)
    """


class OrderedBusiness(TypedDict):
    """
    The business, as it was ordered
    """

    name: str
    """
    Name of the business
    """
    phone: str
    """
    E.164
    """
    timezone: NotRequired[str]
    """
    IANA name; absent: the zones of the number
    """
    opening_hours: NotRequired[list[OrderedHours]]
    """
    When the business is open; absent: not known
    """


ShortlistEvent: TypeAlias = ShortlistStatusEvent | ShortlistCandidateEvent | ShortlistFinalEvent
"""
The `data` of one event of a shortlist; `type` says which
"""


class AcceptedBooking(TypedDict):
    """
    A booking that was just placed, or that the same Idempotency-Key had placed
    """

    id: str
    """
    Id of the booking, `bk_…`
    """
    status: BookingStatus
    """
    Where the booking stands
    """
    channel: Channel | None
    """
    The channel of the outcome, or the one in use; null: none yet
    """
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
    """
    Every call and simulation so far, in order
    """
    waiting_for: WaitingFor | None
    """
    Why the next dial waits; null: it does not, or only for the delay after an attempt
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
    """
    True once the client asked to cancel it
    """
    shortlist: NotRequired[AcceptedBookingShortlist]
    """
    Present when a shortlist placed the booking
    """
    batch: NotRequired[AcceptedBookingBatch]
    """
    Present when the booking is a row of a batch
    """
    metadata: dict[str, str]
    """
    The client’s own data, unchanged
    """
    created_at: str
    """
    When it was accepted
    """
    updated_at: str
    """
    When it last changed
    """
    stale: NotRequired[bool]
    """
    Present and true when the workflow did not answer and the database did
    """
    warnings: NotRequired[list[BookingWarning]]
    """
    Present when something will differ from the order, such as a language that the agent does not speak
    """


class Booking(TypedDict):
    """
    One accepted request for an appointment, as it is now
    """

    id: str
    """
    Id of the booking, `bk_…`
    """
    status: BookingStatus
    """
    Where the booking stands
    """
    channel: Channel | None
    """
    The channel of the outcome, or the one in use; null: none yet
    """
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
    """
    Every call and simulation so far, in order
    """
    waiting_for: WaitingFor | None
    """
    Why the next dial waits; null: it does not, or only for the delay after an attempt
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
    """
    True once the client asked to cancel it
    """
    shortlist: NotRequired[BookingShortlist]
    """
    Present when a shortlist placed the booking
    """
    batch: NotRequired[BookingBatch]
    """
    Present when the booking is a row of a batch
    """
    metadata: dict[str, str]
    """
    The client’s own data, unchanged
    """
    created_at: str
    """
    When it was accepted
    """
    updated_at: str
    """
    When it last changed
    """
    stale: NotRequired[bool]
    """
    Present and true when the workflow did not answer and the database did
    """


class BookingEvidenceEvent(TypedDict):
    """
    A fact came in
    """

    id: str
    """
    Its number in the stream: give it as `after` to resume behind it
    """
    type: Literal['evidence']
    """
    The event’s name, as in its line `event:`
    """
    at: str
    """
    When it happened
    """
    simulated: NotRequired[Literal[True]]
    """
    Present where nobody was called
    """
    evidence: Evidence
    """
    The fact
    """


class BookingFinalMessage(TypedDict):
    """
    A booking has its outcome.
    """

    type: Literal['booking.final']
    """
    The kind of message
    """
    timestamp: str
    """
    Time of the fact
    """
    data: Booking
    """
    The booking as `GET /v1/bookings/{id}` showed it then
    """


class BookingOrder(TypedDict):
    """
    The wishes of a booking, with all defaults filled in; they never change
    """

    business: OrderedBusiness
    request: OrderedRequest
    language: NotRequired[str]
    """
    Language of the talk; absent: the agent’s own
    """
    agent: NotRequired[OrderedAgent]
    escalation: OrderedEscalation
    callback_url: NotRequired[str]
    """
    Receives the booking’s messages
    """
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


class BookingReviewedMessage(TypedDict):
    """
    A person reviewed a booking that needed it: `data.review` has the decision.
    """

    type: Literal['booking.reviewed']
    """
    The kind of message
    """
    timestamp: str
    """
    Time of the fact
    """
    data: Booking
    """
    The booking as `GET /v1/bookings/{id}` showed it then
    """


class BookingWithAttempt(TypedDict):
    """
    The booking then, and the attempt
    """

    id: str
    """
    Id of the booking, `bk_…`
    """
    status: BookingStatus
    """
    Where the booking stands
    """
    channel: Channel | None
    """
    The channel of the outcome, or the one in use; null: none yet
    """
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
    """
    Every call and simulation so far, in order
    """
    waiting_for: WaitingFor | None
    """
    Why the next dial waits; null: it does not, or only for the delay after an attempt
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
    """
    True once the client asked to cancel it
    """
    shortlist: NotRequired[BookingWithAttemptShortlist]
    """
    Present when a shortlist placed the booking
    """
    batch: NotRequired[BookingWithAttemptBatch]
    """
    Present when the booking is a row of a batch
    """
    metadata: dict[str, str]
    """
    The client’s own data, unchanged
    """
    created_at: str
    """
    When it was accepted
    """
    updated_at: str
    """
    When it last changed
    """
    stale: NotRequired[bool]
    """
    Present and true when the workflow did not answer and the database did
    """
    attempt: Attempt
    """
    The attempt that reached nobody
    """


class BookingWithFollowUp(TypedDict):
    """
    The booking then, and the call of the business
    """

    id: str
    """
    Id of the booking, `bk_…`
    """
    status: BookingStatus
    """
    Where the booking stands
    """
    channel: Channel | None
    """
    The channel of the outcome, or the one in use; null: none yet
    """
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
    """
    Every call and simulation so far, in order
    """
    waiting_for: WaitingFor | None
    """
    Why the next dial waits; null: it does not, or only for the delay after an attempt
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
    """
    True once the client asked to cancel it
    """
    shortlist: NotRequired[BookingWithFollowUpShortlist]
    """
    Present when a shortlist placed the booking
    """
    batch: NotRequired[BookingWithFollowUpBatch]
    """
    Present when the booking is a row of a batch
    """
    metadata: dict[str, str]
    """
    The client’s own data, unchanged
    """
    created_at: str
    """
    When it was accepted
    """
    updated_at: str
    """
    When it last changed
    """
    stale: NotRequired[bool]
    """
    Present and true when the workflow did not answer and the database did
    """
    follow_up: FollowUp
    """
    The call of the business
    """


class Candidate(TypedDict):
    """
    One business of a shortlist, and what became of it
    """

    business: OrderedBusiness | None
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
    result: Result | None
    """
    The result of that booking; a review counts in place of needs_review
    """


class Shortlist(TypedDict):
    """
    A shortlist as it is now
    """

    id: str
    """
    Id of the shortlist, `sl_…`
    """
    status: BookingStatus
    """
    needs_review: a booking may be an appointment, and nobody else is asked until a person reviews it
    """
    outcome: ShortlistOutcome | None
    """
    null until the shortlist is final
    """
    candidates: list[Candidate]
    """
    In the order in which they are asked
    """
    request: ShortlistWish | None
    """
    null: the booking of a candidate was erased, and nobody is left to ask
    """
    language: NotRequired[str]
    """
    Language of the talk; absent: the agent’s own
    """
    agent: NotRequired[OrderedAgent]
    escalation: ShortlistEscalation
    decide_by: NotRequired[str]
    """
    No dial after it
    """
    callback_url: NotRequired[str]
    """
    Receives the booking’s messages
    """
    waiting_for: Literal['hours', 'callback'] | None
    """
    Why nobody is asked now: all are closed, or the time of a requested call has not come
    """
    waiting_until: str | None
    """
    The end of that wait; null where it is not known
    """
    cancel_requested: bool
    """
    True once the client asked to cancel it
    """
    metadata: dict[str, str]
    """
    The client’s own data, unchanged
    """
    created_at: str
    """
    When it was accepted
    """
    updated_at: str
    """
    When it last changed
    """


class ShortlistCompletedMessage(TypedDict):
    """
    A shortlist has its outcome.
    """

    type: Literal['shortlist.completed']
    """
    The kind of message
    """
    timestamp: str
    """
    Time of the fact
    """
    data: Shortlist
    """
    The shortlist as `GET /v1/shortlists/{id}` showed it then
    """


class ShortlistPage(TypedDict):
    data: list[Shortlist]
    """
    Newest first
    """
    next_cursor: str | None
    """
    The parameter `cursor` of the next page; null: this is the last page
    """


class ShownBooking(TypedDict):
    """
    A booking; with `include=order` also its order and budgets
    """

    id: str
    """
    Id of the booking, `bk_…`
    """
    status: BookingStatus
    """
    Where the booking stands
    """
    channel: Channel | None
    """
    The channel of the outcome, or the one in use; null: none yet
    """
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
    """
    Every call and simulation so far, in order
    """
    waiting_for: WaitingFor | None
    """
    Why the next dial waits; null: it does not, or only for the delay after an attempt
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
    """
    True once the client asked to cancel it
    """
    shortlist: NotRequired[ShownBookingShortlist]
    """
    Present when a shortlist placed the booking
    """
    batch: NotRequired[ShownBookingBatch]
    """
    Present when the booking is a row of a batch
    """
    metadata: dict[str, str]
    """
    The client’s own data, unchanged
    """
    created_at: str
    """
    When it was accepted
    """
    updated_at: str
    """
    When it last changed
    """
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
    usage: NotRequired[Usage]
    """
    Its calls and talk so far; with include=order, for one booking
    """


class BookingAttemptFailedMessage(TypedDict):
    """
    A phone rang in vain, and the booking goes on. A refused dial rang nowhere and sends nothing.
    """

    type: Literal['booking.attempt_failed']
    """
    The kind of message
    """
    timestamp: str
    """
    Time of the fact
    """
    data: BookingWithAttempt


BookingEvent: TypeAlias = BookingStatusEvent | BookingAttemptEvent | BookingEvidenceEvent | BookingTurnEvent | BookingFinalEvent
"""
The `data` of one event of a booking; `type` says which
"""


class BookingFollowedUpMessage(TypedDict):
    """
    The business called our number after the outcome, which stays as it is.
    """

    type: Literal['booking.followed_up']
    """
    The kind of message
    """
    timestamp: str
    """
    Time of the fact
    """
    data: BookingWithFollowUp


class BookingPage(TypedDict):
    data: list[ShownBooking]
    """
    Newest first
    """
    next_cursor: str | None
    """
    The parameter `cursor` of the next page; null: this is the last page
    """


WebhookMessage: TypeAlias = BookingFinalMessage | BookingAttemptFailedMessage | BookingReviewedMessage | BookingFollowedUpMessage | ShortlistCompletedMessage | BatchCompletedMessage | BatchCanceledMessage
