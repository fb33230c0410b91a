"""Where time enters: the only place that reads the machine's clock for a request."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

WASHINGTON = ZoneInfo("America/New_York")


def now() -> datetime:
    """Aware, UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The date in Washington, in which legal dates are counted."""
    return now().astimezone(WASHINGTON).date()
