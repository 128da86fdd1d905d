from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from vocero import VoceroSignatureError, verify_webhook

NOW = 1_796_126_400
BODY = '{"type":"booking.final","data":{"id":"bk_1","notes":"así fue"}}'


def secret_of(byte: int) -> str:
    return "whsec_" + base64.b64encode(bytes([byte]) * 32).decode()


def fields(secrets: list[str], at: int = NOW, body: str = BODY) -> dict[str, str]:
    def sign(secret: str) -> str:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        digest = hmac.new(key, f"msg_1.{at}.{body}".encode(), hashlib.sha256).digest()
        return f"v1,{base64.b64encode(digest).decode()}"

    return {
        "Webhook-Id": "msg_1",
        "Webhook-Timestamp": str(at),
        "Webhook-Signature": " ".join(map(sign, secrets)),
    }


def test_the_specifications_own_example() -> None:
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    assert verify_webhook(b'{"test": 2432232314}', headers, secret, now=1_614_265_330) == {"test": 2_432_232_314}


def test_one_of_several_signatures_and_secrets_is_enough() -> None:
    assert verify_webhook(BODY, fields([secret_of(2), secret_of(1)]), secret_of(1), now=NOW)["type"] == "booking.final"
    verify_webhook(BODY.encode(), fields([secret_of(2)]), [secret_of(1), secret_of(2)], now=NOW)


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        (fields([secret_of(2)]), "no signature fits"),
        (fields([secret_of(1)], body=BODY + " "), "no signature fits"),
        (fields([secret_of(1)], at=NOW - 301), "too old"),
        (fields([secret_of(1)], at=NOW + 301), "from the future"),
        ({**fields([secret_of(1)]), "Webhook-Timestamp": "now"}, "too old"),
        ({**fields([secret_of(1)]), "Webhook-Timestamp": "1" * 5_000}, "from the future"),
        ({**fields([secret_of(1)]), "Webhook-Signature": ""}, "webhook-signature is missing"),
        ({**fields([secret_of(1)]), "Webhook-Signature": "v1,ñ v2 v1a,x"}, "no signature fits"),
    ],
)
def test_what_is_not_genuine_is_refused(headers: dict[str, str], why: str) -> None:
    with pytest.raises(VoceroSignatureError, match=why):
        verify_webhook(BODY, headers, secret_of(1), now=NOW)


@pytest.mark.parametrize("secrets", ["", [], "whsec_ñ"])
def test_a_secret_is_needed(secrets: str | list[str]) -> None:
    with pytest.raises(ValueError):
        verify_webhook(BODY, fields([secret_of(1)]), secrets, now=NOW)
