"""Against a running product with its sandbox, which VOCERO_URL names (and VOCERO_KEY, CALLBACK_SECRET)."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from vocero import Vocero, VoceroProblem, verify_webhook
from vocero.models import BookingRequest

URL = os.environ.get("VOCERO_URL", "")
NEXT_MONTH = (datetime.now(timezone.utc) + timedelta(days=30)).isoformat(timespec="seconds")
pytestmark = pytest.mark.skipif(not URL, reason="VOCERO_URL is not set")


def body(phone: str, callback_url: str | None = None) -> BookingRequest:
    given: BookingRequest = {
        "business": {"name": "Clínica Dental Sur", "phone": phone},
        "request": {"service_type": "dentista", "preferred_date": "mañana", "user_name": "Mauro"},
    }
    if callback_url:
        given["callback_url"] = callback_url
    return given


@pytest.fixture
def vocero() -> Iterator[Vocero]:
    with Vocero(URL, os.environ.get("VOCERO_KEY")) as one:
        yield one


@pytest.fixture
def receiver() -> Iterator[tuple[str, queue.Queue[tuple[bytes, dict[str, str]]]]]:
    messages: queue.Queue[tuple[bytes, dict[str, str]]] = queue.Queue()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["content-length"]))
            messages.put((content, dict(self.headers.items())))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/hook", messages
    server.shutdown()
    server.server_close()


def test_a_booking_is_confirmed_followed_and_told(
    vocero: Vocero, receiver: tuple[str, queue.Queue[tuple[bytes, dict[str, str]]]]
) -> None:
    hook, messages = receiver
    given = body("+541143210611", hook)
    booking = vocero.bookings.create(given, idempotency_key="python-1")
    assert vocero.bookings.create(given, idempotency_key="python-1")["id"] == booking["id"]
    with pytest.raises(VoceroProblem) as conflict:
        vocero.bookings.create(body("+541143210612"), idempotency_key="python-1")
    assert conflict.value.status == 409

    events = list(vocero.bookings.events(booking["id"]))
    assert (events[0]["type"], events[-1]["type"]) == ("status", "final")
    half = events[len(events) // 2]["id"]
    assert list(vocero.bookings.events(booking["id"], after=half)) == events[len(events) // 2 + 1 :]

    final = vocero.bookings.wait(booking["id"], timeout=60)
    outcome = final["outcome"]
    assert outcome and outcome["result"] == "confirmed" and outcome["confirmed_time"]
    assert len(vocero.bookings.transcript(booking["id"])["turns"]) > 1
    assert booking["id"] in [one["id"] for one in vocero.bookings.list(status="completed", limit=1)]

    content, headers = messages.get(timeout=60)
    message = verify_webhook(content, headers, os.environ["CALLBACK_SECRET"])
    assert (message["type"], message["data"]["id"]) == ("booking.final", booking["id"])


def test_a_booking_is_canceled(vocero: Vocero) -> None:
    booking = vocero.bookings.create({**body("+541143210613"), "not_before": NEXT_MONTH})
    assert vocero.bookings.cancel(booking["id"])["cancel_requested"]
    outcome = vocero.bookings.wait(booking["id"], timeout=60)["outcome"]
    assert outcome and outcome["result"] == "canceled"


def test_a_batch_is_followed_to_its_end(vocero: Vocero) -> None:
    table = "key,phone,business_name,service_type,user_name\na,+541143210614,Uno,dentista,Ana\n"
    check = vocero.batches.check(table=table)
    batch = vocero.batches.create(table=table, settings={"check": check["check"]})
    assert [one["type"] for one in vocero.batches.events(batch["id"])][-1] == "final"
    assert vocero.batches.wait(batch["id"], timeout=60)["counts"]["completed"] == 1
    assert [row["key"] for row in vocero.batches.rows(batch["id"])] == ["a"]
    more = "key,phone,business_name,service_type,user_name\na,+541143210614,Uno,dentista,Ana\nb,no,Dos,dentista,Eva\n"
    checked = vocero.batches.check_rows(batch["id"], table=more)
    # The row that the batch has is passed over.
    assert (checked["rows"], checked["invalid"]) == (1, 1)
    assert "a" in vocero.batches.report(batch["id"])


def test_only_what_was_checked_is_booked(vocero: Vocero) -> None:
    given: BookingRequest = {**body("+541143210615"), "not_before": NEXT_MONTH}
    check = vocero.bookings.check(given)
    assert (check["bookable"], check["problems"]) == (True, [])
    token = check["token"]
    assert token
    other: BookingRequest = {**given, "request": {**given["request"], "user_name": "Ana"}}
    with pytest.raises(VoceroProblem) as failure:
        vocero.bookings.create(other, check=token)
    assert failure.value.status == 409
    vocero.bookings.cancel(vocero.bookings.create(given, check=token)["id"])


def test_a_number_is_forbidden(vocero: Vocero) -> None:
    phone = "+541143210616"
    entry = vocero.do_not_call.add(phone, reason="asked for it")
    assert vocero.do_not_call.add(phone, reason="asked for it") == entry
    assert vocero.bookings.check(body(phone))["do_not_call"]
    with pytest.raises(VoceroProblem) as failure:
        vocero.do_not_call.add("4321 0616")
    assert [error["field"] for error in failure.value.errors] == ["phone"]
    # Where there are no operators' keys, any key is one.
    vocero.do_not_call.allow(phone)
    assert not vocero.bookings.check(body(phone))["do_not_call"]


def test_a_calendar_feed_is_made_and_revoked(vocero: Vocero) -> None:
    feed = vocero.calendar_feeds.create()
    assert feed["url"].startswith("http")
    assert feed["id"] in [one["id"] for one in vocero.calendar_feeds.list()]
    vocero.calendar_feeds.revoke(feed["id"])
    assert feed["id"] not in [one["id"] for one in vocero.calendar_feeds.list()]


def test_problems_name_the_field(vocero: Vocero) -> None:
    with pytest.raises(VoceroProblem) as failure:
        vocero.bookings.create(body("not a number"))
    assert [error["field"] for error in failure.value.errors] == ["business.phone"]
    with pytest.raises(VoceroProblem) as failure:
        vocero.bookings.wait("bk_unknown")
    assert failure.value.code == "not-found"
