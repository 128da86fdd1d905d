"""Calls every method of the Python client, and prints which requests each one made, as JSON. Nothing is sent anywhere."""

from __future__ import annotations

import inspect
import json
import sys

import httpx

from vocero import Vocero

ANSWER = {"id": "x", "status": "completed", "outcome": {}, "counts": {}, "data": [], "next_cursor": None}
seen: list[str] = []


def answered(request: httpx.Request) -> httpx.Response:
    seen.append(f"{request.method} {request.url.path}")
    return httpx.Response(204 if request.url.path.endswith("/events") else 200, json=ANSWER)


def arguments(method: object) -> dict[str, str]:
    """All that must be given, and a body."""
    parameters = inspect.signature(method).parameters.values()  # type: ignore[arg-type]
    plain = [one for one in parameters if one.kind is not one.VAR_KEYWORD]
    return {one.name: "x" for one in plain if one.default is one.empty or one.name == "body"}


def called(method: object) -> list[str]:
    seen.clear()
    result = method(**arguments(method))  # type: ignore[operator]
    if hasattr(result, "page"):
        result.page()
    elif inspect.isgenerator(result):
        list(result)
    return sorted(set(seen))


with httpx.Client(transport=httpx.MockTransport(answered)) as client:
    vocero = Vocero(client=client)
    parts = {"": vocero, **{name: part for name, part in vars(vocero).items() if not name.startswith("_")}}
    surface = {
        name: {
            method: called(getattr(part, method))
            for method in dir(part)
            if not method.startswith("_") and method not in ("request", "close") and callable(getattr(part, method))
            and getattr(part, method) not in parts.values()
        }
        for name, part in parts.items()
    }
json.dump(surface, sys.stdout)
