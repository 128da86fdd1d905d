"""Requests, and their repetition."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from .._errors import VoceroError, VoceroUnreachable, VoceroUnreadable, problem_of
from .._pause import apause
from .._policy import Sending, base_of, check_header


class AsyncTransport:
    """Sends requests and repeats those that may be repeated."""

    def __init__(
        self, url: str, key: str | None, retries: int, timeout: float, client: httpx.AsyncClient | None
    ) -> None:
        self.url = base_of(url)
        self.retries = retries
        # Files often end with a line break.
        self._headers = {"authorization": f"Bearer {key.strip()}"} if key and key.strip() else {}
        for value in self._headers.values():
            check_header("key", value)
        self._timeout = timeout
        self._client = client or httpx.AsyncClient()
        self._is_own = client is None

    async def aclose(self) -> None:
        if self._is_own:
            await self._client.aclose()

    async def ask(self, sending: Sending) -> httpx.Response:
        """The successful answer, read to its end."""
        sending.check()
        tries = 0
        while True:
            try:
                return await self._once(sending)
            except VoceroError as failure:
                failure.idempotency_key = sending.idempotency_key
                wait = sending.pause_before(failure, tries) if tries < self.retries else None
                if wait is None:
                    raise
            await apause(wait)
            tries += 1

    async def json(self, sending: Sending) -> Any:
        """The JSON of the answer; None when it has no content."""
        response = await self.ask(sending)
        if response.status_code == 204:
            return None
        try:
            return response.json()
        except ValueError:
            error = VoceroUnreadable(f"{self.url} answers with something that is not JSON", response.status_code)
            error.idempotency_key = sending.idempotency_key
            raise error from None

    @asynccontextmanager
    async def stream(self, path: str, last: str, silence: float) -> AsyncIterator[httpx.Response]:
        """The answer to a request for events, its body not read yet. ``silence``: the longest one, in seconds."""
        sending = Sending("GET", path, headers={"last-event-id": last} if last else {})
        sending.check()
        headers = {**self._headers, "accept": "text/event-stream", **sending.headers}
        timeout = httpx.Timeout(min(self._timeout, silence), read=silence)
        try:
            async with self._client.stream(
                "GET", self.url + path, headers=headers, timeout=timeout, follow_redirects=False
            ) as response:
                if not response.is_success:
                    await response.aread()
                    raise self._refusal(response)
                yield response
        except httpx.RequestError as error:
            raise self._unreachable(error) from error

    async def _once(self, sending: Sending) -> httpx.Response:
        timeout = min(self._timeout * 4 if sending.files else self._timeout, max(0.001, sending.left()))
        try:
            response = await self._client.request(
                sending.method,
                self.url + sending.path,
                params=sending.params(),
                json=sending.json,
                files=sending.files,
                headers={**self._headers, **sending.headers},
                timeout=timeout,
                # The key goes only to the host that was named.
                follow_redirects=False,
            )
        except httpx.RequestError as error:
            raise self._unreachable(error) from error
        if not response.is_success:
            raise self._refusal(response)
        return response

    def _refusal(self, response: httpx.Response) -> VoceroError:
        if not response.has_redirect_location:
            return problem_of(response)
        to = response.headers["location"]
        return VoceroUnreadable(
            f"{self.url} redirects to {to}: is that the address of the API?", response.status_code
        )

    def _unreachable(self, error: Exception) -> VoceroUnreachable:
        return VoceroUnreachable(f"{self.url} does not answer: {error or type(error).__name__}")
