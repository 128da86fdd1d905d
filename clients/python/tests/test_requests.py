from __future__ import annotations

import time

import pytest
from conftest import PlayedApi, answer, hang_up, nothing, problem

from vocero import Vocero, VoceroProblem, VoceroUnreachable, VoceroUnreadable
from vocero.models import BookingRequest

BODY: BookingRequest = {
    "business": {"name": "Clínica Dental Sur", "phone": "+541143211234"},
    "request": {"service_type": "dentista", "user_name": "Mauro"},
}
BOOKING = answer(202, {"id": "bk_1"})


def keys(api: PlayedApi) -> list[str | None]:
    return [seen.headers.get("idempotency-key") for seen in api.seen]


def test_a_booking_is_tried_again_with_the_same_key(api: PlayedApi) -> None:
    api.answer(hang_up, problem(503, "Service unavailable"), problem(500, "Internal error"), BOOKING)
    with Vocero(f"{api.url}/", "a-key") as vocero:
        assert vocero.bookings.create(BODY)["id"] == "bk_1"
    assert len(api.seen) == 4
    (key,) = set(keys(api))
    assert key and len(key) == 32
    assert api.seen[3].headers["authorization"] == "Bearer a-key"
    assert (api.seen[3].method, api.seen[3].url) == ("POST", "/v1/bookings")


@pytest.mark.parametrize("key", ["..", ".", ""])
def test_the_name_of_a_thing_is_never_the_way_to_another(api: PlayedApi, key: str) -> None:
    api.answer(BOOKING)
    with Vocero(api.url) as vocero, pytest.raises(ValueError, match="names nothing"):
        vocero.batches.cancel_row("ba_1", key)
    assert api.seen == []


def test_each_call_has_a_new_key_or_the_given_one(api: PlayedApi) -> None:
    api.answer(BOOKING)
    with Vocero(api.url) as vocero:
        vocero.bookings.create(BODY)
        vocero.bookings.create(BODY)
        vocero.bookings.create(BODY, idempotency_key="order-42")
    assert len(set(keys(api))) == 3
    assert keys(api)[2] == "order-42"
    assert "authorization" not in api.seen[0].headers


def test_retry_after_is_kept_and_a_long_one_is_the_callers(api: PlayedApi) -> None:
    api.answer(problem(429, "Too many requests", retry_after="1"), BOOKING)
    with Vocero(api.url) as vocero:
        began = time.monotonic()
        vocero.bookings.create(BODY)
        assert time.monotonic() - began >= 0.99
        api.answer(problem(503, "Service unavailable", retry_after="3600"))
        with pytest.raises(VoceroProblem) as failure:
            vocero.bookings.create(BODY, idempotency_key="order-43")
    assert (failure.value.status, failure.value.retry_after) == (503, 3_600)
    assert failure.value.idempotency_key == "order-43"
    assert len(api.seen) == 1


def test_a_refusal_names_the_fields(api: PlayedApi) -> None:
    errors = [{"field": "business.phone", "message": "is not a number"}]
    api.answer(problem(422, "Invalid fields", detail="Not accepted: business.phone.", errors=errors, request_id="r1"))
    with Vocero(api.url) as vocero, pytest.raises(VoceroProblem, match="Not accepted: business.phone.") as failure:
        vocero.bookings.create(BODY)
    assert (failure.value.code, failure.value.errors, failure.value.request_id) == ("invalid-fields", errors, "r1")
    assert len(api.seen) == 1


def test_other_changes_are_repeated_only_after_a_refusal(api: PlayedApi) -> None:
    with Vocero(api.url) as vocero:
        api.answer(hang_up, BOOKING)
        with pytest.raises(VoceroUnreachable):
            vocero.bookings.cancel("bk_1")
        assert len(api.seen) == 1
        api.answer(problem(503, "Service unavailable", retry_after="0"), BOOKING)
        vocero.bookings.cancel("bk/1?")
    assert [seen.url for seen in api.seen] == ["/v1/bookings/bk%2F1%3F/cancel"] * 2


def test_another_program_is_told_from_the_api(api: PlayedApi) -> None:
    with Vocero(api.url, retries=0) as vocero:
        api.answer(answer(200, b"<html>"))
        with pytest.raises(VoceroUnreadable):
            vocero.bookings.get("bk_1")
        api.answer(answer(404, b"<html>"))
        with pytest.raises(VoceroProblem) as failure:
            vocero.bookings.get("bk_1")
    assert (failure.value.status, failure.value.type, failure.value.errors) == (404, "about:blank", [])


def test_lists_are_read_page_by_page(api: PlayedApi) -> None:
    api.answer(
        answer(200, {"data": [{"id": "bk_3"}, {"id": "bk_2"}], "next_cursor": "c1"}),
        answer(200, {"data": [{"id": "bk_1"}], "next_cursor": None}),
    )
    with Vocero(api.url) as vocero:
        ids = [booking["id"] for booking in vocero.bookings.list(status="completed", reviewed=False)]
    assert ids == ["bk_3", "bk_2", "bk_1"]
    assert [seen.url for seen in api.seen] == [
        "/v1/bookings?status=completed&reviewed=false",
        "/v1/bookings?status=completed&reviewed=false&cursor=c1",
    ]


def test_a_table_is_a_form_and_no_content_is_none(api: PlayedApi) -> None:
    api.answer(answer(202, {"id": "ba_1"}), nothing)
    with Vocero(api.url) as vocero:
        vocero.batches.create(table="key,phone\n", settings={"default_country": "AR"})
        vocero.do_not_call.allow("+541143211234")
        with pytest.raises(TypeError):
            vocero.batches.create()
    assert api.seen[0].headers["content-type"].startswith("multipart/form-data")
    assert b"key,phone\n" in api.seen[0].body and b'{"default_country": "AR"}' in api.seen[0].body
    assert api.seen[1].url == "/v1/do-not-call/%2B541143211234"
