# Made from the file of the same name in _async by `npm run generate:clients`. Do not edit.

"""Things that are followed to their end."""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Callable
from contextlib import closing
from typing import Any, Generic, TypeVar, cast

from .._contact import PATIENCE, Contact
from .._errors import VoceroError, VoceroTimeout, VoceroUnreachable, VoceroUnreadable, is_passing
from .._pause import pause
from .._policy import Sending, part
from .._sse import MessageReader, event_of, is_behind, mark_of
from .._types import Connection
from .transport import Transport

T = TypeVar("T")
E = TypeVar("E")

SILENCE = 50.0
"""Three missed signs of life (one each 15 s): the connection is dead, though nobody closed it."""
POLLED = 16.0
"""The last seconds of a wait: a stream may be silent for nearly as long."""


class Watched(Generic[T, E]):
    """The common part of bookings, batches and shortlists: each is read, and followed to its end."""

    _path: str
    _reopens = False

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def _at(self, id: str, rest: str = "") -> str:
        return f"{self._path}/{part(id)}{rest}"

    def _is_over(self, view: T) -> bool:
        raise NotImplementedError

    def _read(self, id: str, ends_at: float = math.inf, **query: Any) -> T:
        return cast(T, self._transport.json(Sending("GET", self._at(id), query=query, ends_at=ends_at)))

    def _connection(self, id: str, last: str, silence: float = SILENCE) -> Generator[E | None, None]:
        """One connection: None when it is established and at each sign of life, then its events."""
        with self._transport.stream(self._at(id, "/events"), last, silence) as response:
            if response.status_code == 204:
                return
            if not response.headers.get("content-type", "").lower().startswith("text/event-stream"):
                raise VoceroUnreadable(
                    f"{self._transport.url} answers with something that is not a stream", response.status_code
                )
            yield None
            reader = MessageReader()
            for text in response.iter_text():
                yield None
                for message in reader.take(text):
                    if not is_behind(message.id, last):
                        yield cast(E, event_of(message))

    def events(
        self,
        id: str,
        *,
        after: str | int | None = None,
        patience: float = PATIENCE,
        on_connection: Callable[[Connection, Exception | None], object] | None = None,
    ) -> Generator[E, None]:
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
                with closing(self._connection(id, last)) as connection:
                    for event in connection:
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
            pause(contact.wait_before_next(why))

    def wait(self, id: str, *, timeout: float | None = None, until: Callable[[T], bool] | None = None) -> T:
        """Waits until it is final, or until ``until`` says so, and returns it as it is then. ``timeout`` in seconds.

        Raises VoceroTimeout (it goes on), VoceroProblem, VoceroUnreachable.
        """
        fits = until or self._is_over
        ends_at = math.inf if timeout is None else time.monotonic() + timeout
        contact = Contact(PATIENCE)
        why: VoceroError | None = None
        try:
            view = self._read(id, ends_at)
            if fits(view):
                return view
            with closing(self._occasions(id, ends_at, contact)) as occasions:
                for _ in occasions:
                    view = self._read_patiently(id, ends_at, contact)
                    if fits(view):
                        return view
        except VoceroError as error:
            if not is_passing(error) or time.monotonic() < ends_at:
                raise
            why = error
        raise VoceroTimeout(f"{id} is not over within {timeout:g} s; it goes on") from why

    def _read_patiently(self, id: str, ends_at: float, contact: Contact) -> T:
        """Also where the API is away for a while: the event that made it worth a look does not come again."""
        while True:
            try:
                view = self._read(id, ends_at)
                contact.back()
                return view
            except VoceroError as error:
                contact.lost(error)
                wait = min(contact.wait_before_next(error), ends_at - time.monotonic())
                if wait <= 0:
                    raise
            pause(wait)

    def _occasions(self, id: str, ends_at: float, contact: Contact) -> Generator[None, None]:
        """Says when a look is worth it: when a status changed, and from time to time where no event can be heard."""
        last = ""
        silence = SILENCE if ends_at == math.inf else POLLED
        while True:
            why: VoceroError | None = None
            is_polled = ends_at - time.monotonic() < POLLED
            try:
                if not is_polled:
                    with closing(self._connection(id, last, silence)) as connection:
                        for event in connection:
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
            pause(min(0.5 if is_polled else contact.wait_before_next(why), left))
            yield
