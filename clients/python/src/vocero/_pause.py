"""Waiting, for both clients."""

from __future__ import annotations

import time

import anyio


def pause(seconds: float) -> None:
    """Waits."""
    time.sleep(seconds)


async def apause(seconds: float) -> None:
    """Waits, under asyncio or trio."""
    await anyio.sleep(seconds)
