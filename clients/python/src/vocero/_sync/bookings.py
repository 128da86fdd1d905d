# Made from the file of the same name in _async by `npm run generate:clients`. Do not edit.

"""Bookings."""

from __future__ import annotations

import builtins
from typing import Literal, cast

from typing_extensions import Unpack

from .. import models
from .._policy import Sending, keyed, part
from .pages import Pages
from .watched import Watched


class Bookings(Watched[models.ShownBooking, models.BookingEvent]):
    """Appointments that are asked for by phone."""

    _path = "/v1/bookings"

    def _is_over(self, view: models.ShownBooking) -> bool:
        return view["outcome"] is not None

    def get(self, id: str, *, include: Literal["order"] | None = None) -> models.ShownBooking:
        return self._read(id, include=include)

    def create(
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
        return cast(models.AcceptedBooking, self._transport.json(sending))

    def check(self, body: models.BookingRequest) -> models.BookingCheck:
        """Checks a body, and says what would be done; nobody is called."""
        sending = Sending("POST", f"{self._path}/check", json=body, retry="any")
        return cast(models.BookingCheck, self._transport.json(sending))

    def list(self, **query: Unpack[models.ListBookingsQuery]) -> Pages[models.ShownBooking]:
        """Newest first."""
        return Pages(self._transport, self._path, query)

    def cancel(self, id: str) -> models.Booking:
        """A result that was accepted before counts. Raises VoceroProblem 409 when the booking is final."""
        return cast(models.Booking, self._transport.json(Sending("POST", self._at(id, "/cancel"))))

    def erase(self, id: str) -> models.Erasure:
        """Erases a final booking, also at the providers. Repeat it to see the progress."""
        return cast(models.Erasure, self._transport.json(Sending("DELETE", self._at(id), retry="any")))

    def transcript(self, id: str, *, call_id: str | None = None) -> models.Transcript:
        """What was said; default: in the last call with a conversation."""
        sending = Sending("GET", self._at(id, "/transcript"), query={"call_id": call_id})
        return cast(models.Transcript, self._transport.json(sending))

    def recording(self, id: str, *, call_id: str | None = None) -> tuple[str, bytes]:
        """Content type and sound. Raises VoceroProblem 404 while there is none."""
        sending = Sending("GET", self._at(id, "/recording"), query={"call_id": call_id})
        response = self._transport.ask(sending)
        return response.headers["content-type"], response.content

    def calendar_file(self, id: str) -> str:
        """The confirmed appointment (RFC 5545). Raises VoceroProblem 409 when there is none."""
        return (self._transport.ask(Sending("GET", self._at(id, "/calendar.ics")))).text

    def messages(self, id: str) -> builtins.list[models.Message]:
        """The messages to the booking's ``callback_url``, with its answers."""
        answer = self._transport.json(Sending("GET", self._at(id, "/messages")))
        return cast("builtins.list[models.Message]", answer["data"])

    def send_message(self, id: str, message_id: str) -> models.Message:
        """Sends a message again."""
        path = self._at(id, f"/messages/{part(message_id)}/send")
        return cast(models.Message, self._transport.json(Sending("POST", path)))
