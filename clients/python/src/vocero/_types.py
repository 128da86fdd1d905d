"""Types that the API's description does not name."""

from __future__ import annotations

from typing import Any

Event = dict[str, Any]
"""An event with its ``id``; ``type`` says which other members it has."""

BatchSettings = dict[str, Any]
"""All fields of a batch but its rows."""
