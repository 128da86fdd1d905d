"""The client for asyncio and trio."""

from __future__ import annotations

from types import TracebackType
from typing import Any, cast

import httpx
from typing_extensions import Unpack

from .. import models
from .._policy import Sending
from .batches import AsyncBatches
from .bookings import AsyncBookings
from .operators import AsyncCalendarFeeds, AsyncDoNotCall, AsyncReviews
from .shortlists import AsyncShortlists
from .transport import AsyncTransport


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
