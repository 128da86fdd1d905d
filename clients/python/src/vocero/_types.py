"""Types that the API's description does not name."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from typing_extensions import TypedDict

T = TypeVar("T")

BatchSettings = dict[str, Any]
"""All fields of a batch but its rows."""

Connection = Literal["open", "lost", "back"]
"""The first connection of a stream, its loss, and the next one."""


class Page(TypedDict, Generic[T]):
    """One page of a list."""

    data: list[T]
    next_cursor: str | None
    """Of the next page; None: this is the last."""
