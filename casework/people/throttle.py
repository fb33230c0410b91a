"""How long sign-in waits after failures. Pure: kept apart so that the law of it can be tested."""

from __future__ import annotations

from datetime import timedelta

FREE = 4  # consecutive failures without any wait
MOST = timedelta(hours=1)


def pause(failures: int) -> timedelta:
    """Wait after so many consecutive failures: none, then doubling from two seconds to an hour."""
    if failures <= FREE:
        return timedelta(0)
    doublings: int = 2 ** min(failures - FREE - 1, 20)
    return min(MOST, timedelta(seconds=2) * doublings)
