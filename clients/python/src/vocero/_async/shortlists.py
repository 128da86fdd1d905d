"""Shortlists."""

from __future__ import annotations

import builtins
from typing import cast

from typing_extensions import Unpack

from .. import models
from .._policy import Sending, keyed
from .pages import AsyncPages
from .watched import AsyncWatched


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
