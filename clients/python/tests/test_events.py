from __future__ import annotations

import asyncio
import time

import pytest
from conftest import PlayedApi, answer, event, hang_up, nothing, problem, silent, stream

from vocero import AsyncVocero, Vocero, VoceroProblem, VoceroTimeout, VoceroUnreachable
from vocero._sse import MessageReader

OPEN = answer(200, {"id": "bk_1", "status": "queued", "outcome": None})
FINAL = answer(200, {"id": "bk_1", "status": "completed", "outcome": {"result": "confirmed"}})


def resumed(api: PlayedApi) -> list[str | None]:
    return [seen.headers.get("last-event-id") for seen in api.seen]


def test_events_come_once_and_in_order_over_broken_connections(api: PlayedApi) -> None:
    half = event(3, "turn", message="ya quedó")
    api.answer(
        stream("retry: 1000\n\n" + event(1, "status") + event(2, "attempt"), end="broken"),
        problem(503, "Service unavailable"),
        stream(half[:30], end="broken"),
        hang_up,
        stream(": still here\n\n" + half + event(4, "final"), end="open"),
    )
    states: list[str] = []
    with Vocero(api.url) as vocero:
        events = list(vocero.bookings.events("bk_1", on_connection=lambda state, why: states.append(state)))
    assert [(one["id"], one["type"]) for one in events] == [
        ("1", "status"),
        ("2", "attempt"),
        ("3", "turn"),
        ("4", "final"),
    ]
    assert resumed(api) == [None, "2", "2", "2", "2"]
    assert states == ["open", "lost", "back", "lost", "back"]


def test_events_that_were_all_seen_end_at_once(api: PlayedApi) -> None:
    api.answer(nothing)
    with Vocero(api.url) as vocero:
        assert list(vocero.bookings.events("bk_1", after=7)) == []
    assert resumed(api) == ["7"]


def test_events_of_a_batch_go_on_behind_its_final(api: PlayedApi) -> None:
    api.answer(stream(event(1, "final") + event(2, "row") + event(3, "final")))
    with Vocero(api.url) as vocero:
        assert [one["id"] for one in vocero.batches.events("ba_1")] == ["1", "2", "3"]


def test_events_fail_where_the_api_refuses_or_is_gone(api: PlayedApi) -> None:
    with Vocero(api.url) as vocero:
        api.answer(problem(404, "Not found"))
        with pytest.raises(VoceroProblem):
            list(vocero.bookings.events("bk_1"))
        api.answer(stream(event(1, "status"), end="broken"), hang_up)
        with pytest.raises(VoceroUnreachable):
            list(vocero.bookings.events("bk_1", patience=0.1))
        for status in (404, 410):
            api.answer(stream(event(1, "status"), end="broken"), problem(status, "Gone"))
            events = vocero.bookings.events("bk_1")
            assert next(events)["id"] == "1"
            with pytest.raises(VoceroProblem) as failure:
                next(events)
            assert (failure.value.status, len(api.seen)) == (status, 2)


def test_the_first_connection_is_tried_as_often_as_any_request(api: PlayedApi) -> None:
    with Vocero(api.url, retries=1) as vocero:
        api.answer(hang_up, stream(event(1, "final")))
        assert [one["id"] for one in vocero.bookings.events("bk_1")] == ["1"]
        api.answer(hang_up)
        with pytest.raises(VoceroUnreachable):
            list(vocero.bookings.events("bk_1"))
    assert len(api.seen) == 2


def test_events_come_once_also_where_a_proxy_swallows_the_last_id(api: PlayedApi) -> None:
    first = event(1, "status").replace('"type"', '"id": "another id", "type"') + event(2, "attempt")
    api.answer(stream(first, end="broken"), stream(first + event(3, "final"), end="open"))
    with Vocero(api.url) as vocero:
        assert [one["id"] for one in vocero.bookings.events("bk_1")] == ["1", "2", "3"]


def test_wait_hears_the_end_also_over_a_lost_connection(api: PlayedApi) -> None:
    api.answer(OPEN, stream(event(1, "attempt"), end="broken"), OPEN, stream(event(2, "final"), end="open"), FINAL)
    with Vocero(api.url) as vocero:
        assert vocero.bookings.wait("bk_1")["status"] == "completed"
    assert [seen.url.removeprefix("/v1/bookings/bk_1") for seen in api.seen] == ["", "/events", "", "/events", ""]
    assert resumed(api)[3] == "1"


def test_wait_looks_where_there_is_no_stream_to_spare(api: PlayedApi) -> None:
    api.answer(OPEN, problem(429, "Too many requests"), FINAL)
    with Vocero(api.url) as vocero:
        assert vocero.bookings.wait("bk_1", timeout=60)["status"] == "completed"


def test_wait_survives_an_api_that_is_away_between_two_looks(api: PlayedApi) -> None:
    away = problem(503, "Service unavailable")
    api.answer(OPEN, stream(event(1, "status"), end="open"), hang_up, hang_up, away, FINAL)
    with Vocero(api.url, retries=0) as vocero:
        assert vocero.bookings.wait("bk_1")["status"] == "completed"
    assert [seen.url.removeprefix("/v1/bookings/bk_1") for seen in api.seen] == ["", "/events", "", "", "", ""]


def test_wait_fails_where_the_booking_is_gone(api: PlayedApi) -> None:
    api.answer(OPEN, stream(event(1, "attempt"), end="broken"), problem(410, "Gone"))
    with Vocero(api.url) as vocero, pytest.raises(VoceroProblem) as failure:
        vocero.bookings.wait("bk_1")
    assert failure.value.status == 410


def test_wait_does_not_ask_sooner_than_the_api_says(api: PlayedApi) -> None:
    api.answer(OPEN, problem(429, "Too many requests", retry_after="1"), FINAL)
    with Vocero(api.url) as vocero:
        began = time.monotonic()
        vocero.bookings.wait("bk_1")
    assert time.monotonic() - began >= 0.99


def test_wait_leaves_a_fault_of_the_caller_to_the_caller(api: PlayedApi) -> None:
    api.answer(OPEN)
    with Vocero(api.url) as vocero, pytest.raises(ZeroDivisionError):
        vocero.bookings.wait("bk_1", until=lambda view: bool(1 / 0))


def test_wait_is_not_held_up_by_an_api_that_never_answers(api: PlayedApi) -> None:
    api.answer(OPEN, silent)
    with Vocero(api.url) as vocero:
        began = time.monotonic()
        with pytest.raises(VoceroTimeout):
            vocero.bookings.wait("bk_1", timeout=1)
    assert time.monotonic() - began < 10


def test_wait_ends_after_its_timeout(api: PlayedApi) -> None:
    api.answer(OPEN)
    with Vocero(api.url) as vocero, pytest.raises(VoceroTimeout, match="bk_1 is not over within 0.2 s; it goes on"):
        vocero.bookings.wait("bk_1", timeout=0.2)


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_canceled_task_lets_go_of_the_stream(api: PlayedApi) -> None:
    api.answer(OPEN, stream(event(1, "attempt"), end="open"))
    async with AsyncVocero(api.url) as vocero:
        waiting = asyncio.create_task(vocero.bookings.wait("bk_1"))
        while len(api.seen) < 2:
            await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        api.answer(FINAL)
        assert (await vocero.bookings.wait("bk_1"))["status"] == "completed"


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_the_asynchronous_client_does_the_same(api: PlayedApi) -> None:
    api.answer(
        answer(202, {"id": "bk_1"}),
        OPEN,
        stream(event(1, "attempt"), end="broken"),
        OPEN,
        stream(event(2, "final"), end="open"),
        FINAL,
        answer(200, {"data": [{"id": "bk_1"}], "next_cursor": None}),
    )
    async with AsyncVocero(api.url) as vocero:
        accepted = await vocero.bookings.create(
            {"business": {"name": "x", "phone": "+541143211234"}, "request": {"service_type": "x", "user_name": "y"}}
        )
        assert (await vocero.bookings.wait(accepted["id"]))["status"] == "completed"
        assert [one["id"] async for one in vocero.bookings.list()] == ["bk_1"]


def test_every_form_of_line_ends_is_read_however_the_stream_is_cut() -> None:
    text = 'id: 1\r\ndata: {"a":\r\ndata:1}\r\n\r\n: comment\rid:2\revent: final\rdata\r\rdata: x\n\nid\ndata: y\n\n'
    whole = MessageReader().take(text)
    assert [(one.id, one.event, one.data) for one in whole] == [
        ("1", "message", '{"a":\n1}'),
        ("2", "final", ""),
        ("2", "message", "x"),
        ("", "message", "y"),
    ]
    for cut in range(1, len(text)):
        reader = MessageReader()
        assert reader.take(text[:cut]) + reader.take(text[cut:]) == whole
