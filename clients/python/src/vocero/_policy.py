"""When a request is sent again, and after how long."""

from __future__ import annotations

import json
import math
import random
import re
import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

from ._errors import VoceroError, VoceroProblem, is_passing

Retry = Literal["any", "refused"]

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0
LONGEST_RETRY_AFTER = 60.0
"""A longer one is the caller's decision."""
_ODD_PART = re.compile(r"^(\.|%2e){0,2}$|[\s\\#]", re.IGNORECASE)
_PRINTABLE = re.compile(r"[!-~][ -~]*")


@dataclass
class Sending:
    """One request. ``retry``: after ``any`` failure that may pass, or only after a refusal, since it may have had its effect."""

    method: str
    path: str
    query: dict[str, Any] = field(default_factory=dict)
    json: Any = None
    files: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    retry: Retry | None = None
    ends_at: float = math.inf
    """By the monotonic clock: nothing is tried after it."""

    def check(self) -> None:
        """Raises ValueError for a request that cannot be sent, or would name something else."""
        first, *parts = self.path.partition("?")[0].split("/")
        # An empty part, or a dot: `/rows/../cancel` is the cancellation of the whole batch.
        if first or any(_ODD_PART.search(one) for one in parts):
            raise ValueError(f"{self.path!r} is not a path of the API: is an id empty?")
        for name, value in self.headers.items():
            check_header(name, value)

    @property
    def idempotency_key(self) -> str | None:
        return self.headers.get("idempotency-key")

    def pause_before(self, failure: VoceroError, tries: int) -> float | None:
        """Seconds before the next try; None: no further one."""
        retry = self.retry or ("any" if self.method == "GET" or self.idempotency_key else "refused")
        wait = (failure.retry_after or 0.0) if isinstance(failure, VoceroProblem) else 0.0
        refused = isinstance(failure, VoceroProblem) and failure.status in (429, 503)
        if not (is_passing(failure) if retry == "any" else refused) or wait > LONGEST_RETRY_AFTER:
            return None
        usual = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0**tries)
        pause = max(wait, usual * random.uniform(0.5, 1.0))
        return None if pause > self.left() else pause

    def left(self) -> float:
        """Seconds."""
        return self.ends_at - time.monotonic()

    def params(self) -> dict[str, str] | None:
        """The query as it is sent: only what is given. None leaves that of the path."""
        return {name: _text(value) for name, value in self.query.items() if value is not None} or None


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def base_of(url: str) -> str:
    """The address of the API without the last slash. Raises ValueError."""
    if not re.fullmatch(r"https?://[^?#\s]+", url, re.IGNORECASE):
        raise ValueError(f"url must begin with http:// or https://, not {url}")
    return url.rstrip("/")


def check_header(name: str, value: str) -> None:
    """Raises ValueError without the value: it may be a key."""
    if not _PRINTABLE.fullmatch(value):
        raise ValueError(f"{name} must be printable ASCII, and not empty")


def keyed(key: str | None) -> dict[str, str]:
    """The header of a call that must not take effect twice: with this key, or with a new one of 128 random bits."""
    return {"idempotency-key": secrets.token_hex(16) if key is None else key}


def part(text: str) -> str:
    """A part of a path."""
    return quote(text, safe="")


def table_form(table: str | bytes, settings: Any) -> dict[str, Any]:
    """A form with a file, as the API takes tables."""
    content = table.encode() if isinstance(table, str) else table
    return {
        "file": ("table.csv", content, "text/csv"),
        "settings": (None, json.dumps(settings or {}), "application/json"),
    }
