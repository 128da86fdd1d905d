# Made from the file of the same name in _async by `npm run generate:clients`. Do not edit.

"""Lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar, cast

from .._policy import Sending
from .._types import Page
from .transport import Transport

T = TypeVar("T")


class Pages(Generic[T]):
    """A list: iterate over all of it, or read one page."""

    def __init__(self, transport: Transport, path: str, query: Mapping[str, Any]) -> None:
        self._transport = transport
        self._path = path
        self._query = query

    def page(self, cursor: str | None = None) -> Page[T]:
        """The first page, or that of ``cursor``."""
        query = {**self._query, **({"cursor": cursor} if cursor else {})}
        return cast("Page[T]", self._transport.json(Sending("GET", self._path, query=query)))

    def all(self) -> list[T]:
        """All of it at once."""
        return [one for one in self]

    def __iter__(self) -> Iterator[T]:
        cursor: str | None = None
        while True:
            page = self.page(cursor)
            for one in page["data"]:
                yield one
            cursor = page["next_cursor"]
            if cursor is None:
                return
