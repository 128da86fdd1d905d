"""When a request is sent again, and after how long."""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

from ._errors import VoceroError, VoceroProblem, is_passing

Retry = Literal["any", "refused"]

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0
LONGEST_RETRY_AFTER = 60.0
"""A longer one is the caller's decision."""


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
        return max(wait, usual * random.uniform(0.5, 1.0))

    def params(self) -> dict[str, str]:
        """The query as it is sent: only what is given."""
        return {name: _text(value) for name, value in self.query.items() if value is not None}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def keyed(key: str | None) -> dict[str, str]:
    """The header of a call that must not take effect twice: with this key, or with a new one of 128 random bits."""
    return {"idempotency-key": key or secrets.token_hex(16)}


def part(text: str) -> str:
    """A part of a path. Raises ValueError for one that would name another place: ``..`` would take away the part before."""
    if text in ("", ".", ".."):
        raise ValueError(f"{text!r} names nothing")
    return quote(text, safe="")


def table_form(table: str | bytes, settings: Any) -> dict[str, Any]:
    """A form with a file, as the API takes tables."""
    import json

    content = table.encode() if isinstance(table, str) else table
    return {
        "file": ("table.csv", content, "text/csv"),
        "settings": (None, json.dumps(settings or {}), "application/json"),
    }
