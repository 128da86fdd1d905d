"""The client for asyncio and trio."""

from __future__ import annotations

import builtins
import math
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from types import TracebackType
from typing import Any, Generic, Literal, TypeVar, cast

import httpx
from typing_extensions import Unpack

from . import models
from ._contact import PATIENCE, Contact
from ._errors import VoceroError, VoceroTimeout, VoceroUnreachable, VoceroUnreadable, is_passing, problem_of
from ._pause import apause
from ._policy import Sending, base_of, check_header, keyed, part, table_form
from ._sse import MessageReader, event_of, is_behind, mark_of
from ._types import BatchSettings, Connection, Page

T = TypeVar("T")
E = TypeVar("E")

SILENCE = 50.0
"""Three missed signs of life (one each 15 s): the connection is dead, though nobody closed it."""
POLLED = 16.0
"""The last seconds of a wait: a stream may be silent for nearly as long."""


class AsyncTransport:
    """Sends requests and repeats those that may be repeated."""

    def __init__(
        self, url: str, key: str | None, retries: int, timeout: float, client: httpx.AsyncClient | None
    ) -> None:
        self.url = base_of(url)
        self.retries = retries
        # Files often end with a line break.
        self._headers = {"authorization": f"Bearer {key.strip()}"} if key and key.strip() else {}
        for value in self._headers.values():
            check_header("key", value)
        self._timeout = timeout
        self._client = client or httpx.AsyncClient()
        self._is_own = client is None

    async def aclose(self) -> None:
        if self._is_own:
            await self._client.aclose()

    async def ask(self, sending: Sending) -> httpx.Response:
        """The successful answer, read to its end."""
        sending.check()
        tries = 0
        while True:
            try:
                return await self._once(sending)
            except VoceroError as failure:
                failure.idempotency_key = sending.idempotency_key
                wait = sending.pause_before(failure, tries) if tries < self.retries else None
                if wait is None:
                    raise
            await apause(wait)
            tries += 1

    async def json(self, sending: Sending) -> Any:
        """The JSON of the answer; None when it has no content."""
        response = await self.ask(sending)
        if response.status_code == 204:
            return None
        try:
            return response.json()
        except ValueError:
            error = VoceroUnreadable(f"{self.url} answers with something that is not JSON", response.status_code)
            error.idempotency_key = sending.idempotency_key
            raise error from None

    @asynccontextmanager
    async def stream(self, path: str, last: str, silence: float) -> AsyncIterator[httpx.Response]:
        """The answer to a request for events, its body not read yet. ``silence``: the longest one, in seconds."""
        sending = Sending("GET", path, headers={"last-event-id": last} if last else {})
        sending.check()
        headers = {**self._headers, "accept": "text/event-stream", **sending.headers}
        timeout = httpx.Timeout(min(self._timeout, silence), read=silence)
        try:
            async with self._client.stream(
                "GET", self.url + path, headers=headers, timeout=timeout, follow_redirects=False
            ) as response:
                if not response.is_success:
                    await response.aread()
                    raise self._refusal(response)
                yield response
        except httpx.RequestError as error:
            raise self._unreachable(error) from error

    async def _once(self, sending: Sending) -> httpx.Response:
        timeout = min(self._timeout * 4 if sending.files else self._timeout, max(0.001, sending.left()))
        try:
            response = await self._client.request(
                sending.method,
                self.url + sending.path,
                params=sending.params(),
                json=sending.json,
                files=sending.files,
                headers={**self._headers, **sending.headers},
                timeout=timeout,
                # The key goes only to the host that was named.
                follow_redirects=False,
            )
        except httpx.RequestError as error:
            raise self._unreachable(error) from error
        if not response.is_success:
            raise self._refusal(response)
        return response

    def _refusal(self, response: httpx.Response) -> VoceroError:
        if not response.has_redirect_location:
            return problem_of(response)
        to = response.headers["location"]
        return VoceroUnreadable(
            f"{self.url} redirects to {to}: is that the address of the API?", response.status_code
        )

    def _unreachable(self, error: Exception) -> VoceroUnreachable:
        return VoceroUnreachable(f"{self.url} does not answer: {error or type(error).__name__}")


class AsyncPages(Generic[T]):
    """A list: iterate over all of it, or read one page."""

    def __init__(self, transport: AsyncTransport, path: str, query: Mapping[str, Any]) -> None:
        self._transport = transport
        self._path = path
        self._query = query

    async def page(self, cursor: str | None = None) -> Page[T]:
        """The first page, or that of ``cursor``."""
        query = {**self._query, **({"cursor": cursor} if cursor else {})}
        return cast("Page[T]", await self._transport.json(Sending("GET", self._path, query=query)))

    async def all(self) -> list[T]:
        """All of it at once."""
        return [one async for one in self]

    async def __aiter__(self) -> AsyncIterator[T]:
        cursor: str | None = None
        while True:
            page = await self.page(cursor)
            for one in page["data"]:
                yield one
            cursor = page["next_cursor"]
            if cursor is None:
                return


class AsyncWatched(Generic[T, E]):
    """The common part of bookings, batches and shortlists: each is read, and followed to its end."""

    _path: str
    _reopens = False

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def _at(self, id: str, rest: str = "") -> str:
        return f"{self._path}/{part(id)}{rest}"

    def _is_over(self, view: T) -> bool:
        raise NotImplementedError

    async def _read(self, id: str, ends_at: float = math.inf, **query: Any) -> T:
        return cast(T, await self._transport.json(Sending("GET", self._at(id), query=query, ends_at=ends_at)))

    async def _connection(self, id: str, last: str, silence: float = SILENCE) -> AsyncGenerator[E | None, None]:
        """One connection: None when it is established and at each sign of life, then its events."""
        async with self._transport.stream(self._at(id, "/events"), last, silence) as response:
            if response.status_code == 204:
                return
            if not response.headers.get("content-type", "").lower().startswith("text/event-stream"):
                raise VoceroUnreadable(
                    f"{self._transport.url} answers with something that is not a stream", response.status_code
                )
            yield None
            reader = MessageReader()
            async for text in response.aiter_text():
                yield None
                for message in reader.take(text):
                    if not is_behind(message.id, last):
                        yield cast(E, event_of(message))

    async def events(
        self,
        id: str,
        *,
        after: str | int | None = None,
        patience: float = PATIENCE,
        on_connection: Callable[[Connection, Exception | None], object] | None = None,
    ) -> AsyncGenerator[E, None]:
        """The events from the first, or behind the one of id ``after``, to ``final``.

        After a lost connection it resumes behind the last event: none is lost, and none comes twice. ``on_connection``
        is called with ``open`` at first, with ``lost`` and the reason, and with ``back``. ``patience``: seconds without
        any connection after which it gives up.

        Raises VoceroProblem, VoceroUnreachable.
        """
        last = "" if after is None else str(after)
        contact = Contact(patience)
        tries = 0
        is_reached = is_over = False
        while True:
            is_stream = False
            why: VoceroError = VoceroUnreachable(f"{self._transport.url} ended the connection")
            try:
                async with aclosing(self._connection(id, last)) as connection:
                    async for event in connection:
                        is_stream = True
                        state: Connection | None = "back" if contact.back() else None if is_reached else "open"
                        is_reached = True
                        if state and on_connection:
                            on_connection(state, None)
                        if event is None:
                            continue
                        contact.heard()
                        last, type = mark_of(event)
                        is_over = type == "final"
                        yield event
                        if is_over and not self._reopens:
                            return
                if is_over or not is_stream:
                    return
            except VoceroError as error:
                why = error
            if not is_reached and isinstance(why, VoceroUnreachable):
                tries += 1
                if tries > self._transport.retries:
                    raise why
            if contact.lost(why) and on_connection:
                on_connection("lost", why)
            await apause(contact.wait_before_next(why))

    async def wait(self, id: str, *, timeout: float | None = None, until: Callable[[T], bool] | None = None) -> T:
        """Waits until it is final, or until ``until`` says so, and returns it as it is then. ``timeout`` in seconds.

        Raises VoceroTimeout (it goes on), VoceroProblem, VoceroUnreachable.
        """
        fits = until or self._is_over
        ends_at = math.inf if timeout is None else time.monotonic() + timeout
        contact = Contact(PATIENCE)
        why: VoceroError | None = None
        try:
            view = await self._read(id, ends_at)
            if fits(view):
                return view
            async with aclosing(self._occasions(id, ends_at, contact)) as occasions:
                async for _ in occasions:
                    view = await self._read_patiently(id, ends_at, contact)
                    if fits(view):
                        return view
        except VoceroError as error:
            if not is_passing(error) or time.monotonic() < ends_at:
                raise
            why = error
        raise VoceroTimeout(f"{id} is not over within {timeout:g} s; it goes on") from why

    async def _read_patiently(self, id: str, ends_at: float, contact: Contact) -> T:
        """Also where the API is away for a while: the event that made it worth a look does not come again."""
        while True:
            try:
                view = await self._read(id, ends_at)
                contact.back()
                return view
            except VoceroError as error:
                contact.lost(error)
                wait = min(contact.wait_before_next(error), ends_at - time.monotonic())
                if wait <= 0:
                    raise
            await apause(wait)

    async def _occasions(self, id: str, ends_at: float, contact: Contact) -> AsyncGenerator[None, None]:
        """Says when a look is worth it: when a status changed, and from time to time where no event can be heard."""
        last = ""
        silence = SILENCE if ends_at == math.inf else POLLED
        while True:
            why: VoceroError | None = None
            is_polled = ends_at - time.monotonic() < POLLED
            try:
                if not is_polled:
                    async with aclosing(self._connection(id, last, silence)) as connection:
                        async for event in connection:
                            contact.back()
                            if ends_at - time.monotonic() < POLLED:
                                break
                            if event is None:
                                continue
                            contact.heard()
                            last, type = mark_of(event)
                            if type in ("status", "final"):
                                yield
            except VoceroError as error:
                why = error
                contact.lost(error)
            left = ends_at - time.monotonic()
            if left <= 0:
                return
            await apause(min(0.5 if is_polled else contact.wait_before_next(why), left))
            yield


class AsyncBookings(AsyncWatched[models.ShownBooking, models.BookingEvent]):
    """Appointments that are asked for by phone."""

    _path = "/v1/bookings"

    def _is_over(self, view: models.ShownBooking) -> bool:
        return view["outcome"] is not None

    async def get(self, id: str, *, include: Literal["order"] | None = None) -> models.ShownBooking:
        return await self._read(id, include=include)

    async def create(
        self,
        body: models.BookingRequest,
        *,
        idempotency_key: str | None = None,
        check: str | None = None,
        traceparent: str | None = None,
    ) -> models.AcceptedBooking:
        """Places a booking. Tried again until it is accepted or refused, always with the same key: nobody is called twice.

        ``check``: the token of ``check``; only the body that was checked is booked. ``traceparent`` (W3C trace context):
        the booking's trace is linked to it.

        Raises VoceroProblem 422 with ``errors``, 409 for another body with the same key or token.
        """
        sending = Sending("POST", self._path, json=body, headers=keyed(idempotency_key))
        if check:
            sending.headers["booking-check"] = check
        if traceparent:
            sending.headers["traceparent"] = traceparent
        return cast(models.AcceptedBooking, await self._transport.json(sending))

    async def check(self, body: models.BookingRequest) -> models.BookingCheck:
        """Checks a body, and says what would be done; nobody is called."""
        sending = Sending("POST", f"{self._path}/check", json=body, retry="any")
        return cast(models.BookingCheck, await self._transport.json(sending))

    def list(self, **query: Unpack[models.ListBookingsQuery]) -> AsyncPages[models.ShownBooking]:
        """Newest first."""
        return AsyncPages(self._transport, self._path, query)

    async def cancel(self, id: str) -> models.Booking:
        """A result that was accepted before counts. Raises VoceroProblem 409 when the booking is final."""
        return cast(models.Booking, await self._transport.json(Sending("POST", self._at(id, "/cancel"))))

    async def erase(self, id: str) -> models.Erasure:
        """Erases a final booking, also at the providers. Repeat it to see the progress."""
        return cast(models.Erasure, await self._transport.json(Sending("DELETE", self._at(id), retry="any")))

    async def transcript(self, id: str, *, call_id: str | None = None) -> models.Transcript:
        """What was said; default: in the last call with a conversation."""
        sending = Sending("GET", self._at(id, "/transcript"), query={"call_id": call_id})
        return cast(models.Transcript, await self._transport.json(sending))

    async def recording(self, id: str, *, call_id: str | None = None) -> tuple[str, bytes]:
        """Content type and sound. Raises VoceroProblem 404 while there is none."""
        sending = Sending("GET", self._at(id, "/recording"), query={"call_id": call_id})
        response = await self._transport.ask(sending)
        return response.headers["content-type"], response.content

    async def calendar_file(self, id: str) -> str:
        """The confirmed appointment (RFC 5545). Raises VoceroProblem 409 when there is none."""
        return (await self._transport.ask(Sending("GET", self._at(id, "/calendar.ics")))).text

    async def messages(self, id: str) -> builtins.list[models.Message]:
        """The messages to the booking's ``callback_url``, with its answers."""
        answer = await self._transport.json(Sending("GET", self._at(id, "/messages")))
        return cast("builtins.list[models.Message]", answer["data"])

    async def send_message(self, id: str, message_id: str) -> models.Message:
        """Sends a message again."""
        path = self._at(id, f"/messages/{part(message_id)}/send")
        return cast(models.Message, await self._transport.json(Sending("POST", path)))


class AsyncBatches(AsyncWatched[models.Batch, models.BatchEvent]):
    """Lists of businesses to call."""

    _path = "/v1/batches"
    _reopens = True

    def _is_over(self, view: models.Batch) -> bool:
        return view["status"] in ("completed", "canceled")

    async def get(self, id: str, *, include: Literal["usage"] | None = None) -> models.Batch:
        return await self._read(id, include=include)

    async def create(
        self,
        body: models.BatchRequest | None = None,
        *,
        table: str | bytes | None = None,
        settings: BatchSettings | None = None,
        idempotency_key: str | None = None,
    ) -> models.Batch:
        """Books for every row: of ``body``, or of a ``table`` (CSV) with all other fields as ``settings``."""
        headers = keyed(idempotency_key)
        return cast(models.Batch, await self._post(self._path, body, table, settings, headers))

    async def check(
        self,
        body: models.BatchRequest | None = None,
        *,
        table: str | bytes | None = None,
        settings: BatchSettings | None = None,
    ) -> models.BatchCheck:
        """Checks a list; nobody is called."""
        return cast(models.BatchCheck, await self._post(f"{self._path}/check", body, table, settings))

    async def append(
        self,
        id: str,
        body: models.AppendBatchRowsRequest | None = None,
        *,
        table: str | bytes | None = None,
        check: str | None = None,
    ) -> models.BatchAppended:
        """Adds rows; those whose key the batch has are passed over, so a repeat adds nothing."""
        settings = {"check": check} if check else {}
        return cast(models.BatchAppended, await self._post(self._at(id, "/rows"), body, table, settings))

    async def check_rows(
        self, id: str, body: models.AppendBatchRowsRequest | None = None, *, table: str | bytes | None = None
    ) -> models.BatchAppendCheck:
        """Checks rows for a batch; none is added."""
        return cast(models.BatchAppendCheck, await self._post(self._at(id, "/rows/check"), body, table, {}))

    def list(self, **query: Unpack[models.ListBatchesQuery]) -> AsyncPages[models.Batch]:
        """Newest first."""
        return AsyncPages(self._transport, self._path, query)

    def rows(self, id: str, **query: Unpack[models.ListBatchRowsQuery]) -> AsyncPages[models.BatchRow]:
        """In their order."""
        return AsyncPages(self._transport, self._at(id, "/rows"), query)

    async def start(self, id: str) -> models.Batch:
        return await self._command(id, "/start")

    async def pause(self, id: str) -> models.Batch:
        """Nothing new is dialed; live calls go on."""
        return await self._command(id, "/pause")

    async def resume(self, id: str) -> models.Batch:
        return await self._command(id, "/resume")

    async def cancel(self, id: str, *, live_calls: Literal["finish", "hang_up"] = "finish") -> models.Batch:
        """``live_calls``: whether calls that ring or talk go on."""
        return await self._command(id, "/cancel", {"live_calls": live_calls})

    async def change(self, id: str, body: models.BatchChange) -> models.Batch:
        return cast(models.Batch, await self._transport.json(Sending("PATCH", self._at(id), json=body, retry="any")))

    async def cancel_row(self, id: str, key: str) -> models.BatchRow:
        path = self._at(id, f"/rows/{part(key)}/cancel")
        return cast(models.BatchRow, await self._transport.json(Sending("POST", path)))

    async def erase(self, id: str) -> models.Erasure:
        """Erases a batch that does not run, with its bookings. Repeat it to see the progress."""
        return cast(models.Erasure, await self._transport.json(Sending("DELETE", self._at(id), retry="any")))

    async def report(self, id: str, *, delimiter: Literal["comma", "semicolon"] = "comma") -> str:
        """A table (CSV) of all rows and their results."""
        sending = Sending("GET", self._at(id, "/report.csv"), query={"delimiter": delimiter})
        return (await self._transport.ask(sending)).text

    async def _command(self, id: str, command: str, body: Any = None) -> models.Batch:
        return cast(models.Batch, await self._transport.json(Sending("POST", self._at(id, command), json=body)))

    async def _post(
        self,
        path: str,
        body: Any,
        table: str | bytes | None,
        settings: Any,
        headers: dict[str, str] | None = None,
    ) -> Any:
        if (body is None) == (table is None):
            raise TypeError("give either a body or a table")
        files = None if table is None else table_form(table, settings)
        return await self._transport.json(
            Sending("POST", path, json=body, files=files, headers=headers or {}, retry="any")
        )


class AsyncShortlists(AsyncWatched[models.Shortlist, models.ShortlistEvent]):
    """Several businesses for one wish, asked one after the other."""

    _path = "/v1/shortlists"

    def _is_over(self, view: models.Shortlist) -> bool:
        # Until a person reviews that booking, nobody else is called.
        return view["outcome"] is not None or view["status"] == "needs_review"

    async def get(self, id: str) -> models.Shortlist:
        return await self._read(id)

    async def create(
        self, body: models.ShortlistRequest, *, idempotency_key: str | None = None
    ) -> models.Shortlist:
        """Tried again until it is accepted or refused, always with the same key."""
        sending = Sending("POST", self._path, json=body, headers=keyed(idempotency_key))
        return cast(models.Shortlist, await self._transport.json(sending))

    def list(self, **query: Unpack[models.ListShortlistsQuery]) -> AsyncPages[models.Shortlist]:
        """Newest first."""
        return AsyncPages(self._transport, self._path, query)

    async def cancel(self, id: str) -> models.Shortlist:
        return cast(models.Shortlist, await self._transport.json(Sending("POST", self._at(id, "/cancel"))))

    async def messages(self, id: str) -> builtins.list[models.Message]:
        """The messages to its ``callback_url``, with the answers."""
        answer = await self._transport.json(Sending("GET", self._at(id, "/messages")))
        return cast("builtins.list[models.Message]", answer["data"])


class AsyncReviews:
    """Decisions of persons where the evidence decides nothing. For operators' keys."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def waiting(self) -> AsyncPages[models.ShownBooking]:
        """The bookings that wait for a review."""
        return AsyncPages(self._transport, "/v1/bookings", {"status": "needs_review", "reviewed": False})

    async def due(self) -> models.ReviewsDue:
        """The number of bookings that wait for one."""
        return cast(models.ReviewsDue, await self._transport.json(Sending("GET", "/v1/reviews-due")))

    async def settle(self, booking_id: str, **review: Unpack[models.ReviewRequest]) -> models.Booking:
        """Decides. A later review corrects an earlier one."""
        path = f"/v1/bookings/{part(booking_id)}/review"
        return cast(models.Booking, await self._transport.json(Sending("POST", path, json=review)))

    async def of(self, booking_id: str) -> builtins.list[models.ReviewRecord]:
        """Every review of a booking; the last one counts."""
        answer = await self._transport.json(Sending("GET", f"/v1/bookings/{part(booking_id)}/reviews"))
        return cast("builtins.list[models.ReviewRecord]", answer["data"])


class AsyncDoNotCall:
    """Numbers that no booking dials. Any key may add one; the rest is for operators' keys."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self) -> builtins.list[models.ForbiddenNumber]:
        answer = await self._transport.json(Sending("GET", "/v1/do-not-call"))
        return cast("builtins.list[models.ForbiddenNumber]", answer["data"])

    async def add(self, phone: str, *, reason: str | None = None, expires_at: str | None = None) -> models.Prohibition:
        """Adds a number (E.164); a repeat changes nothing."""
        given = {"phone": phone, "reason": reason, "expires_at": expires_at}
        body = {name: value for name, value in given.items() if value is not None}
        return cast(
            models.Prohibition, await self._transport.json(Sending("POST", "/v1/do-not-call", json=body, retry="any"))
        )

    async def allow(self, number: str) -> None:
        """Allows a number again: its ``phone_hash``, or the number in E.164."""
        await self._transport.json(Sending("DELETE", f"/v1/do-not-call/{part(number)}"))


class AsyncCalendarFeeds:
    """Secret addresses under which calendars read the confirmed appointments."""

    _path = "/v1/calendar-feeds"

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(self, *, batch: str | None = None) -> models.NewCalendarFeed:
        """The address is shown only now. ``batch``: only its appointments; default: all that the key may see."""
        body = {"batch": batch} if batch else {}
        return cast(models.NewCalendarFeed, await self._transport.json(Sending("POST", self._path, json=body)))

    async def list(self) -> builtins.list[models.CalendarFeed]:
        answer = await self._transport.json(Sending("GET", self._path))
        return cast("builtins.list[models.CalendarFeed]", answer["data"])

    async def revoke(self, id: str) -> None:
        await self._transport.json(Sending("DELETE", f"{self._path}/{part(id)}"))


class AsyncVocero:
    """A client of a Vocero installation.

    ``key``: one of API_KEYS or OPERATOR_KEYS. ``retries``: further tries of a request that may be repeated.
    ``timeout``: seconds without an answer, in one try. ``client``: an httpx client of your own, such as one with a proxy;
    it stays open.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:3000",
        key: str | None = None,
        *,
        retries: int = 4,
        timeout: float = 30.0,
        client: httpx.AsyncClient | None = None,
    ) -> None:
        self._transport = AsyncTransport(url, key, retries, timeout, client)
        self.bookings = AsyncBookings(self._transport)
        self.batches = AsyncBatches(self._transport)
        self.shortlists = AsyncShortlists(self._transport)
        self.reviews = AsyncReviews(self._transport)
        self.do_not_call = AsyncDoNotCall(self._transport)
        self.calendar_feeds = AsyncCalendarFeeds(self._transport)

    async def key(self) -> models.Key:
        """The rights of the key."""
        return cast(models.Key, await self._transport.json(Sending("GET", "/v1/key")))

    async def read_number(self, typed: str) -> models.NumberMeant:
        """The number that somebody means, as people write it, and its open bookings; nothing is dialed."""
        sending = Sending("GET", "/v1/numbers", query={"typed": typed})
        return cast(models.NumberMeant, await self._transport.json(sending))

    async def figures(self, **period: Unpack[models.GetFiguresQuery]) -> models.Figures:
        """Sums over the bookings that ended in a period: ``**{"from": …, "before": …}``."""
        return cast(models.Figures, await self._transport.json(Sending("GET", "/v1/figures", query={**period})))

    async def acts(self, *, booking: str | None = None) -> list[models.Act]:
        """The acts of operators, newest first. For operators' keys."""
        answer = await self._transport.json(Sending("GET", "/v1/acts", query={"booking": booking}))
        return cast("list[models.Act]", answer["data"])

    async def request(self, method: str, path: str, *, query: dict[str, Any] | None = None, json: Any = None) -> Any:
        """Any other request: its JSON answer, with the same tries and errors."""
        return await self._transport.json(Sending(method, path, query=query or {}, json=json))

    async def aclose(self) -> None:
        """Closes its connections."""
        await self._transport.aclose()

    async def __aenter__(self) -> AsyncVocero:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
