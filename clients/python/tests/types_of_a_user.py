"""Code of a user, for the type checker: it never runs. Each line with an ignored error must be wrong."""

from __future__ import annotations

from vocero import AsyncVocero, Vocero, models, verify_webhook

BUSINESS: models.Business = {"name": "Clínica Dental Sur", "phone": "+541143211234"}
REQUEST: models.AppointmentRequest = {"service_type": "dentista", "preferred_date": "mañana", "user_name": "Mauro"}


def events(vocero: Vocero) -> list[str | int | None]:
    told: list[str | int | None] = []
    for event in vocero.bookings.events("bk_1"):
        told += [event["id"], event["at"]]
        if event["type"] == "turn":
            told.append(event["message"])
        elif event["type"] == "attempt":
            told.append(event["attempt"]["call_id"])
        elif event["type"] == "final":
            told.append(event["outcome"]["result"])
        event["message"]  # type: ignore[typeddict-item]
    for row in vocero.batches.events("ba_1"):
        if row["type"] == "row":
            told.append(row["key"])
    for one in vocero.shortlists.events("sl_1"):
        told.append(one["type"])
    return told


def messages() -> str | None:
    message = verify_webhook(b"", {}, "")
    if message["type"] == "booking.attempt_failed":
        return message["data"]["attempt"]["call_id"]
    if message["type"] == "batch.completed":
        return message["data"]["name"]
    message["data"]["outcome"]  # type: ignore[typeddict-item]
    return None


def right(vocero: Vocero) -> None:
    vocero.bookings.create({"business": BUSINESS, "request": REQUEST, "escalation": {"native": {"max_attempts": 1}}})
    vocero.batches.create({"rows": [{"key": "row-1", "business": BUSINESS}], "defaults": {"request": REQUEST}})
    vocero.batches.check_rows("ba_1", {"rows": []})
    vocero.shortlists.create({"candidates": [{"business": BUSINESS}], "request": REQUEST})
    vocero.bookings.list(status="completed", reviewed=False, limit=5).page()["data"][0]["id"].upper()
    vocero.reviews.settle("bk_1", result="confirmed", confirmed_date="2026-12-03", confirmed_time="16:00")
    vocero.figures(**{"from": "2026-12-01T00:00Z", "before": "2026-12-02T00:00Z"})


async def awaited(vocero: AsyncVocero) -> list[str | None]:
    ids: list[str | None] = [event["id"] async for event in vocero.bookings.events("bk_1")]
    return ids + [row["key"] for row in await vocero.batches.rows("ba_1").all()]


def wrong(vocero: Vocero) -> None:
    vocero.bookings.create({"business": BUSINESS, "request": {"user_name": "Mauro"}})  # type: ignore[typeddict-item]
    vocero.bookings.create({"business": BUSINESS, "request": REQUEST, "colour": "red"})  # type: ignore[typeddict-unknown-key]
    vocero.bookings.list(status="done")  # type: ignore[arg-type]
    vocero.bookings.list(colour="red")  # type: ignore[call-arg]
    vocero.bookings.get("bk_1")["outcome"]["result"]  # type: ignore[index]
    vocero.batches.create({"defaults": {}})  # type: ignore[arg-type]
    vocero.reviews.settle("bk_1", result="perhaps")  # type: ignore[arg-type]
