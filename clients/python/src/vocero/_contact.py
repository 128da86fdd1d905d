"""Whether the API can be reached, for clients that follow something."""

from __future__ import annotations

import time

from ._errors import VoceroError, VoceroProblem, is_passing
from ._policy import LONGEST_RETRY_AFTER

PATIENCE = 600.0
"""How long tries to reconnect may fail."""
FIRST_PAUSE = 0.3
LONGEST_PAUSE = 5.0


class Contact:
    """Since when there is no connection, and the pauses between two tries. Times in seconds."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._lost_at: float | None = None
        self._wait = FIRST_PAUSE

    def back(self) -> bool:
        """There is a connection. Returns whether there was none before."""
        was_lost = self._lost_at is not None
        self._lost_at = None
        return was_lost

    def heard(self) -> None:
        """Something was heard: the next pause is a short one again."""
        self._wait = FIRST_PAUSE

    def lost(self, error: VoceroError) -> bool:
        """There is no connection. Returns whether there was one before. Raises the error if no other try makes sense."""
        now = time.monotonic()
        was_there = self._lost_at is None
        self._lost_at = now if self._lost_at is None else self._lost_at
        if not is_passing(error) or now - self._lost_at > self._patience:
            raise error
        return was_there

    def wait_before_next(self, error: VoceroError | None = None) -> float:
        """Longer each time, or as long as the API says."""
        wait = self._wait
        self._wait = min(LONGEST_PAUSE, wait * 2)
        asked = error.retry_after if isinstance(error, VoceroProblem) else None
        return max(wait, min(LONGEST_RETRY_AFTER, asked or 0.0))
