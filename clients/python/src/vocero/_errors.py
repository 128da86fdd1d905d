"""Failures of the client."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import Any

import httpx


class VoceroError(Exception):
    """Any failure of this client."""

    idempotency_key: str | None = None
    """The key that the request was sent with: repeat it with this key, and nobody is called twice."""


class VoceroUnreachable(VoceroError):
    """Nobody answered, or the answer broke off."""


class VoceroTimeout(VoceroError):
    """The time for waiting is over. The booking itself goes on."""


class VoceroUnreadable(VoceroError):
    """The answer is not the API's, such as the page of another program."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class VoceroSignatureError(VoceroError):
    """A webhook is not genuine, or too old. Answer it with 400."""


class VoceroProblem(VoceroError):
    """The API refused. The message is the problem's ``detail``, with every refused field."""

    def __init__(self, document: dict[str, Any], retry_after: float | None = None) -> None:
        fields = [f"\n  {one.get('field')}: {one.get('message')}" for one in document.get("errors", [])]
        super().__init__("".join([document.get("detail") or document["title"], *fields]))
        self.document = document
        self.status: int = document["status"]
        self.type: str = document["type"]
        """Such as ``urn:vocero:problem:not-found``; ``about:blank`` when it is not a problem document."""
        self.code: str = self.type.rsplit(":", 1)[-1]
        self.title: str = document["title"]
        self.errors: list[dict[str, Any]] = document.get("errors", [])
        """Every refused field: ``field``, ``message``, perhaps ``suggestions``."""
        self.problems: list[dict[str, Any]] = document.get("problems", [])
        """Every problem of a list whose rows are not accepted."""
        self.request_id: str | None = document.get("request_id")
        """Quote it when you ask about a failure."""
        self.retry_after = retry_after
        """Seconds after which another try makes sense; None: the API does not say."""


def problem_of(response: httpx.Response) -> VoceroProblem:
    """Reads an unsuccessful answer, whatever it contains. Its body must have been read."""
    try:
        body = response.json()
    except ValueError:
        body = None
    is_problem = isinstance(body, dict) and isinstance(body.get("type"), str) and isinstance(body.get("title"), str)
    title = response.reason_phrase or f"Status {response.status_code}"
    document = {**body, "status": response.status_code} if is_problem else None
    return VoceroProblem(
        document or {"type": "about:blank", "title": title, "status": response.status_code},
        _retry_after(response.headers),
    )


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds. A date, as proxies give it, counts from the answer's own one: this clock may differ."""
    given = headers.get("retry-after", "")
    if given.isascii() and given.isdigit():
        return float(given)
    at = _unix_time(given)
    now = _unix_time(headers.get("date", ""))
    return None if at is None else max(0.0, at - (time.time() if now is None else now))


def _unix_time(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp() if date.endswith("GMT") else None
    except (ValueError, TypeError, OverflowError):
        return None


def is_passing(error: BaseException) -> bool:
    """Whether the same request may succeed later."""
    if isinstance(error, VoceroProblem):
        return error.status >= 500 or error.status == 429
    return isinstance(error, VoceroUnreachable)
