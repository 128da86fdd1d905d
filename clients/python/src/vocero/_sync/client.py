# Made from the file of the same name in _async by `npm run generate:clients`. Do not edit.

"""The client that waits for each answer."""

from __future__ import annotations

from types import TracebackType
from typing import Any, cast

import httpx
from typing_extensions import Unpack

from .. import models
from .._policy import Sending
from .batches import Batches
from .bookings import Bookings
from .operators import CalendarFeeds, DoNotCall, Reviews
from .shortlists import Shortlists
from .transport import Transport


class Vocero:
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
        client: httpx.Client | None = None,
    ) -> None:
        self._transport = Transport(url, key, retries, timeout, client)
        self.bookings = Bookings(self._transport)
        self.batches = Batches(self._transport)
        self.shortlists = Shortlists(self._transport)
        self.reviews = Reviews(self._transport)
        self.do_not_call = DoNotCall(self._transport)
        self.calendar_feeds = CalendarFeeds(self._transport)

    def key(self) -> models.Key:
        """The rights of the key."""
        return cast(models.Key, self._transport.json(Sending("GET", "/v1/key")))

    def read_number(self, typed: str) -> models.NumberMeant:
        """The number that somebody means, as people write it, and its open bookings; nothing is dialed."""
        sending = Sending("GET", "/v1/numbers", query={"typed": typed})
        return cast(models.NumberMeant, self._transport.json(sending))

    def figures(self, **period: Unpack[models.GetFiguresQuery]) -> models.Figures:
        """Sums over the bookings that ended in a period: ``**{"from": …, "before": …}``."""
        return cast(models.Figures, self._transport.json(Sending("GET", "/v1/figures", query={**period})))

    def acts(self, *, booking: str | None = None) -> list[models.Act]:
        """The acts of operators, newest first. For operators' keys."""
        answer = self._transport.json(Sending("GET", "/v1/acts", query={"booking": booking}))
        return cast("list[models.Act]", answer["data"])

    def request(self, method: str, path: str, *, query: dict[str, Any] | None = None, json: Any = None) -> Any:
        """Any other request: its JSON answer, with the same tries and errors."""
        return self._transport.json(Sending(method, path, query=query or {}, json=json))

    def close(self) -> None:
        """Closes its connections."""
        self._transport.close()

    def __enter__(self) -> Vocero:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
