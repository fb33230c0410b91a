"""Shares as texts of other systems: 51, 25-50, >=25, <=50, or nothing. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from casework.screening.shares import percent

Band = tuple[Decimal | None, Decimal | None]
_RANGE = re.compile(r"(?P<low>[^-–]+)[-–](?P<high>[^-–]+)")


def read_band(text: str) -> Band:
    """Least and most in percent, None where the text leaves it open; ValueError otherwise."""
    plain = text.strip()
    if not plain:
        return None, None
    if plain.startswith(">="):
        return percent(plain[2:]), None
    if plain.startswith("<="):
        return None, percent(plain[2:])
    found = _RANGE.fullmatch(plain)
    if found:
        return percent(found["low"]), percent(found["high"])
    share = percent(plain)
    return share, share


def write_band(low: Decimal | None, high: Decimal | None) -> str:
    """The text that `read_band` reads; empty where nothing is known."""
    if low is None and high is None:
        return ""
    if high is None:
        return f">={plain(low)}"
    if low is None:
        return f"<={plain(high)}"
    return plain(low) if low == high else f"{plain(low)}-{plain(high)}"


def plain(share: Decimal | None) -> str:
    """A share without noughts at the end."""
    text = f"{share or Decimal(0):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
