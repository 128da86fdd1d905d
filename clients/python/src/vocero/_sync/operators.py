# Made from the file of the same name in _async by `npm run generate:clients`. Do not edit.

"""Reviews, forbidden numbers and calendars."""

from __future__ import annotations

import builtins
from typing import cast

from typing_extensions import Unpack

from .. import models
from .._policy import Sending, part
from .pages import Pages
from .transport import Transport


class Reviews:
    """Decisions of persons where the evidence decides nothing. For operators' keys."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def waiting(self) -> Pages[models.ShownBooking]:
        """The bookings that wait for a review."""
        return Pages(self._transport, "/v1/bookings", {"status": "needs_review", "reviewed": False})

    def due(self) -> models.ReviewsDue:
        """The number of bookings that wait for one."""
        return cast(models.ReviewsDue, self._transport.json(Sending("GET", "/v1/reviews-due")))

    def settle(self, booking_id: str, **review: Unpack[models.ReviewRequest]) -> models.Booking:
        """Decides. A later review corrects an earlier one."""
        path = f"/v1/bookings/{part(booking_id)}/review"
        return cast(models.Booking, self._transport.json(Sending("POST", path, json=review)))

    def of(self, booking_id: str) -> builtins.list[models.ReviewRecord]:
        """Every review of a booking; the last one counts."""
        answer = self._transport.json(Sending("GET", f"/v1/bookings/{part(booking_id)}/reviews"))
        return cast("builtins.list[models.ReviewRecord]", answer["data"])


class DoNotCall:
    """Numbers that no booking dials. Any key may add one; the rest is for operators' keys."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self) -> builtins.list[models.ForbiddenNumber]:
        answer = self._transport.json(Sending("GET", "/v1/do-not-call"))
        return cast("builtins.list[models.ForbiddenNumber]", answer["data"])

    def add(self, phone: str, *, reason: str | None = None, expires_at: str | None = None) -> models.Prohibition:
        """Adds a number (E.164); a repeat changes nothing."""
        given = {"phone": phone, "reason": reason, "expires_at": expires_at}
        body = {name: value for name, value in given.items() if value is not None}
        return cast(
            models.Prohibition, self._transport.json(Sending("POST", "/v1/do-not-call", json=body, retry="any"))
        )

    def allow(self, number: str) -> None:
        """Allows a number again: its ``phone_hash``, or the number in E.164."""
        self._transport.json(Sending("DELETE", f"/v1/do-not-call/{part(number)}"))


class CalendarFeeds:
    """Secret addresses under which calendars read the confirmed appointments."""

    _path = "/v1/calendar-feeds"

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, *, batch: str | None = None) -> models.NewCalendarFeed:
        """The address is shown only now. ``batch``: only its appointments; default: all that the key may see."""
        body = {"batch": batch} if batch else {}
        return cast(models.NewCalendarFeed, self._transport.json(Sending("POST", self._path, json=body)))

    def list(self) -> builtins.list[models.CalendarFeed]:
        answer = self._transport.json(Sending("GET", self._path))
        return cast("builtins.list[models.CalendarFeed]", answer["data"])

    def revoke(self, id: str) -> None:
        self._transport.json(Sending("DELETE", f"{self._path}/{part(id)}"))
