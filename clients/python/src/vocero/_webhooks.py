"""Messages to a ``callback_url``, signed as the Standard Webhooks specification says."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Iterable, Mapping
from typing import Any

from ._errors import VoceroSignatureError


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key:
        raise ValueError("a secret must be whsec_ and base64, as CALLBACK_SECRET")
    return key


def verify_webhook(
    body: bytes | str,
    headers: Mapping[str, str],
    secrets: str | Iterable[str],
    *,
    tolerance: float = 300,
    now: float | None = None,
) -> dict[str, Any]:
    """The message of a request to ``callback_url``, once its signature is verified.

    ``body`` is the body as it arrived, not parsed. ``secrets``: CALLBACK_SECRET; several while it is being replaced.
    ``tolerance``: seconds by which its time may differ from the clock.

    Raises VoceroSignatureError.
    """
    keys = [_key(secret) for secret in ([secrets] if isinstance(secrets, str) else secrets)]
    if not keys:
        raise ValueError("at least one secret is needed")
    given = {name.lower(): value for name, value in headers.items()}
    for name in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        if not given.get(name):
            raise VoceroSignatureError(f"the header field {name} is missing")
    timestamp = given["webhook-timestamp"]
    clock = time.time() if now is None else now
    if not (timestamp.isascii() and timestamp.isdigit()) or abs(clock - float(timestamp)) > tolerance:
        raise VoceroSignatureError("the message is too old, or from the future")
    content = body.encode() if isinstance(body, str) else body
    signed = f"{given['webhook-id']}.{timestamp}.".encode() + content
    expected = [base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()) for key in keys]
    for signature in given["webhook-signature"].split(" "):
        version, _, value = signature.partition(",")
        if version == "v1" and any([hmac.compare_digest(value.encode(), one) for one in expected]):
            message: dict[str, Any] = json.loads(content)
            return message
    raise VoceroSignatureError("no signature fits: is it the right secret, and the body as it arrived?")
