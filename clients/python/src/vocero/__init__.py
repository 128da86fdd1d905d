"""Client of Vocero, which phones a business on someone's behalf and comes back with one honest outcome."""

from . import models
from ._async.client import AsyncVocero
from ._errors import (
    VoceroError,
    VoceroProblem,
    VoceroSignatureError,
    VoceroTimeout,
    VoceroUnreachable,
    VoceroUnreadable,
)
from ._sync.client import Vocero
from ._webhooks import verify_webhook

__all__ = [
    "AsyncVocero",
    "Vocero",
    "VoceroError",
    "VoceroProblem",
    "VoceroSignatureError",
    "VoceroTimeout",
    "VoceroUnreachable",
    "VoceroUnreadable",
    "models",
    "verify_webhook",
]
