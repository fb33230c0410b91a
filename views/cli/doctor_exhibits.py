"""What `flask doctor` finds about stored exhibits: whether they hold and are scanned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from casework.evidence.actions.scrubs import EVERY
from casework.evidence.queries import custody
from casework.evidence.scanning.clamd import BadAddress, ScannerUnavailable, engine_of
from config import Settings
from views.clock import now
from views.transaction import cli_transaction

GRACE = timedelta(days=5)  # for a worker that was away

Told = tuple[str, bool | None, str]  # check, whether it is well (None: advice), what was found


def exhibits_hold(_settings: Settings) -> Iterator[Told]:
    with cli_transaction(reading=True) as session:
        damaged = custody.damaged_anywhere(session)
        since = custody.unread_since(session)
    words = f"damaged or missing: {', '.join(damaged)}. Fetch them from a backup" if damaged else ""
    yield "integrity", not damaged, words or "no stored file is known to be damaged"
    late = since is not None and since < now() - EVERY - GRACE
    told = (
        f"nothing was read again since {since:%Y-%m-%d} UTC. Run: flask scrub run" if late else ""
    )
    yield "scrub", None if late else True, told or "in time"


def scanner(settings: Settings) -> Iterator[Told]:
    if not settings.scanner_url:
        yield "scanner", None, "none: files leave only after an officer releases them"
        return
    try:
        yield "scanner", True, engine_of(settings.scanner_url)
    except (BadAddress, ScannerUnavailable) as fault:
        yield "scanner", False, f"{fault}. Files stay unscanned and in the system"
