"""Reads Server-Sent Events."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, cast

from ._errors import VoceroUnreadable

_LINE_END = re.compile(r"\r\n|\n|\r(?!\Z)")


@dataclass(frozen=True)
class Message:
    """A message of a stream. ``id`` is that of the last message that had one."""

    id: str
    event: str
    data: str


class MessageReader:
    """Reads messages as they arrive."""

    def __init__(self) -> None:
        self._unread = ""
        self._id = ""
        self._event = ""
        self._data: list[str] = []

    def take(self, text: str) -> list[Message]:
        """The messages that this text completes."""
        *lines, self._unread = _LINE_END.split(self._unread + text)
        return [message for line in lines if (message := self._line(line))]

    def _line(self, line: str) -> Message | None:
        if line == "":
            message = Message(self._id, self._event or "message", "\n".join(self._data)) if self._data else None
            self._event, self._data = "", []
            return message
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "data":
            self._data.append(value)
        elif field == "event":
            self._event = value
        elif field == "id" and "\0" not in value:
            self._id = value
        return None


def event_of(message: Message) -> dict[str, Any]:
    """The event with its ``id``."""
    try:
        event = json.loads(message.data)
    except ValueError:
        event = None
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        raise VoceroUnreadable("the stream has something that is not an event", 200)
    return {**event, "id": message.id}


def is_behind(id: str, last: str) -> bool:
    """Whether an event was seen before: where a proxy swallows Last-Event-ID, the stream begins again."""
    return id.isascii() and id.isdigit() and last.isascii() and last.isdigit() and int(id) <= int(last)


def mark_of(event: object) -> tuple[str, str]:
    """Id and type of any event."""
    known = cast("dict[str, str]", event)
    return known["id"], known["type"]
