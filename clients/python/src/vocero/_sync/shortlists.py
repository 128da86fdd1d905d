# Made from the file of the same name in _async by `npm run generate:clients`. Do not edit.

"""Shortlists."""

from __future__ import annotations

import builtins
from typing import cast

from typing_extensions import Unpack

from .. import models
from .._policy import Sending, keyed
from .pages import Pages
from .watched import Watched


class Shortlists(Watched[models.Shortlist, models.ShortlistEvent]):
    """Several businesses for one wish, asked one after the other."""

    _path = "/v1/shortlists"

    def _is_over(self, view: models.Shortlist) -> bool:
        # Until a person reviews that booking, nobody else is called.
        return view["outcome"] is not None or view["status"] == "needs_review"

    def get(self, id: str) -> models.Shortlist:
        return self._read(id)

    def create(
        self, body: models.ShortlistRequest, *, idempotency_key: str | None = None
    ) -> models.Shortlist:
        """Tried again until it is accepted or refused, always with the same key."""
        sending = Sending("POST", self._path, json=body, headers=keyed(idempotency_key))
        return cast(models.Shortlist, self._transport.json(sending))

    def list(self, **query: Unpack[models.ListShortlistsQuery]) -> Pages[models.Shortlist]:
        """Newest first."""
        return Pages(self._transport, self._path, query)

    def cancel(self, id: str) -> models.Shortlist:
        return cast(models.Shortlist, self._transport.json(Sending("POST", self._at(id, "/cancel"))))

    def messages(self, id: str) -> builtins.list[models.Message]:
        """The messages to its ``callback_url``, with the answers."""
        answer = self._transport.json(Sending("GET", self._at(id, "/messages")))
        return cast("builtins.list[models.Message]", answer["data"])
