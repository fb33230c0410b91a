"""Numbers of cases and incidents: without gaps within a year, years counted in Washington."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

WASHINGTON = ZoneInfo("America/New_York")


def series(prefix: str, at: datetime) -> str:
    """`MEA-2026` for an aware moment of that year in Washington."""
    return f"{prefix}-{at.astimezone(WASHINGTON).year}"


def reference(name: str, number: int) -> str:
    """`MEA-2026-00042`; a number of more than five digits is written out."""
    return f"{name}-{number:05}"
