"""Lists."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, Generic, TypeVar, cast

from .._policy import Sending
from .._types import Page
from .transport import AsyncTransport

T = TypeVar("T")


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
