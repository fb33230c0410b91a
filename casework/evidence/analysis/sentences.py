"""How figures are written in sentences: grouped, the noun in the right number, UTC. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SINGULAR = {"addresses": "address", "days": "day", "countries": "country"}


def whole(number: float) -> str:
    """1234567 -> "1,234,567"."""
    return f"{round(number):,}"


def decimal(number: float, places: int = 2) -> str:
    """0.3456 -> "0.35"; 1234.5 -> "1,234.50"; never "-0.00"."""
    return f"{round(number, places) + 0.0:,.{places}f}"


def percent(share: float) -> str:
    """A share of 1 as percent; a share that is neither 0 nor 1 is never written as 0 % or 100 %."""
    if 0 < share < 0.01:  # noqa: PLR2004 - below this a whole number would read 0 %
        return f"{max(share * 100, 0.01):.2f} %" if share >= 0.0001 else "under 0.01 %"  # noqa: PLR2004
    if 0.99 < share < 1:  # noqa: PLR2004
        return f"{min(share * 100, 99.99):.2f} %"
    return f"{round(share * 100)} %"


def count(number: float, plural: str) -> str:
    """`count(1, "accounts")` -> "1 account"; `count(0, ...)` -> "no accounts"."""
    amount = round(number)
    if amount == 1:
        return f"1 {singular(plural)}"
    return f"{whole(amount) if amount else 'no'} {plural}"


def of_all(part: float, total: float, plural: str) -> str:
    """`of_all(0, 208, "accounts")` -> "None of the 208 accounts"; "The one account" of one."""
    if round(total) == 1:
        return f"{'The one' if round(part) else 'Not the one'} {singular(plural)}"
    return f"{whole(part) if round(part) else 'None'} of the {whole(total)} {plural}"


def singular(plural: str) -> str:
    """The noun for one; only the last word changes, and only the nouns of this report are known."""
    head, _, last = plural.rpartition(" ")
    one = _SINGULAR.get(last, last.removesuffix("s"))
    return f"{head} {one}".strip()


def verb(number: float, one: str, many: str) -> str:
    """`one` for exactly one, else `many`."""
    return one if round(number) == 1 else many


def listed(parts: Sequence[str]) -> str:
    """Parts of a sentence joined with commas and a last "and"; "nothing" when there is none."""
    if len(parts) < 2:  # noqa: PLR2004
        return parts[0] if parts else "nothing"
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def capital(sentence: str) -> str:
    """The sentence with its first letter as a capital; the rest stays."""
    return sentence[:1].upper() + sentence[1:]


def hour_time(hour: int) -> datetime:
    """The start of an hour counted from 1970-01-01 00:00 UTC."""
    return _EPOCH + timedelta(hours=int(hour))


def hour_iso(hour: int) -> str:
    """The start of such an hour as "2026-05-09T14:00:00Z"."""
    return hour_time(hour).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_iso(day: int) -> str:
    """A day counted from 1970-01-01 as "2026-05-09"."""
    return (_EPOCH + timedelta(days=int(day))).date().isoformat()


def moment(at: datetime) -> str:
    """The moment as "2026-05-09 14:00 UTC"."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def hours_since_epoch(at: datetime) -> float:
    """Hours from 1970-01-01 00:00 UTC to a moment with a zone, with their fraction."""
    return (at - _EPOCH) / timedelta(hours=1)


def known(number: float | None) -> float | None:
    """The number, or None for one that is not a number or not finite."""
    return None if number is None or not math.isfinite(number) else float(number)
