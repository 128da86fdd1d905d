"""A server that plays an API in trouble."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Seen:
    """A request as the API would see it."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PlayedApi:
    """It answers with the next of the given answers, and with the last one from then on."""

    url: str = ""
    seen: list[Seen] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def answer(self, *answers: Answer) -> None:
        self.answers = [*answers]
        self.seen.clear()


def answer(status: int, body: Any, **headers: str) -> Answer:
    def send(request: BaseHTTPRequestHandler) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        request.send_response_only(status)
        request.send_header("content-length", str(len(content)))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(content)

    return send


def problem(
    status: int, title: str, *, retry_after: str | None = None, date: str | None = None, **more: Any
) -> Answer:
    document = {"type": f"urn:vocero:problem:{title.lower().replace(' ', '-')}", "title": title, "status": status, **more}
    given = {"retry_after": retry_after, "date": date}
    headers = {name: value for name, value in given.items() if value is not None}
    return answer(status, document, content_type="application/problem+json", **headers)


def hang_up(request: BaseHTTPRequestHandler) -> None:
    """The connection ends without an answer."""
    request.close_connection = True


def silent(request: BaseHTTPRequestHandler) -> None:
    """The connection stays open without an answer."""
    request.server.played.over.wait(20)  # type: ignore[attr-defined]
    request.close_connection = True


def nothing(request: BaseHTTPRequestHandler) -> None:
    """204."""
    request.send_response(204)
    request.end_headers()


def event(id: int, type: str, **more: Any) -> str:
    data = {"at": "2026-12-01T12:00:00.000Z", "type": type, **more}
    return f"id: {id}\nevent: {type}\ndata: {json.dumps(data)}\n\n"


def stream(text: str, *, end: str = "complete") -> Answer:
    """The beginning of a stream, which then is complete, broken, or stays open."""

    def send(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("content-type", "text/event-stream; charset=utf-8")
        request.send_header("transfer-encoding", "chunked")
        request.end_headers()
        content = text.encode()
        if content:
            request.wfile.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")
        request.wfile.flush()
        if end == "complete":
            request.wfile.write(b"0\r\n\r\n")
        if end == "open":
            request.server.played.over.wait(20)  # type: ignore[attr-defined]
        request.close_connection = True

    return send


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_any(self) -> None:
        played: PlayedApi = self.server.played  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        played.seen.append(Seen(self.command, self.path, headers, body))
        next_one = played.answers.pop(0) if len(played.answers) > 1 else played.answers[0]
        next_one(self)

    do_GET = do_POST = do_DELETE = do_PATCH = handle_any

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def api() -> Iterator[PlayedApi]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    played = PlayedApi(url=f"http://127.0.0.1:{server.server_address[1]}")
    server.played = played  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield played
    played.over.set()
    server.shutdown()
    server.server_close()
