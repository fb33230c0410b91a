"""Shares in percent: read exactly, and added up without counting an owner twice. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

MOST = Decimal(100)
_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,6})?")


def percent(text: str) -> Decimal:
    """Read an exact share of 0 to 100 with up to six places; ValueError says how to write it."""
    plain = text.strip().removesuffix("%").strip()
    if not _PERCENT.fullmatch(plain) or Decimal(plain) > MOST:
        raise ValueError("Write a share from 0 to 100 with at most six decimal places: 33.3.")
    return Decimal(plain)


@dataclass(frozen=True, slots=True)
class Holding:
    """One ownership as a source states it; `least` in percent, None if unknown."""

    owner: UUID
    owned: UUID
    least: Decimal | None
    starts_on: date | None = None
    ends_on: date | None = None

    def in_force(self, on: date) -> bool:
        begun = self.starts_on is None or self.starts_on <= on
        return begun and (self.ends_on is None or on <= self.ends_on)


def overfull(holdings: Iterable[Holding], on: date) -> dict[UUID, Decimal]:
    """Return what is owned to more than 100 percent on the day, with the least total.

    Each owner counts once, and where sources differ about an owner the smallest share counts:
    such a total is wrong whichever source is right.
    """
    least: dict[UUID, dict[UUID, Decimal]] = defaultdict(dict)
    for holding in holdings:
        if holding.in_force(on):
            known = holding.least or Decimal(0)
            owners = least[holding.owned]
            owners[holding.owner] = min(owners.get(holding.owner, known), known)
    totals = {owned: sum(owners.values(), Decimal(0)) for owned, owners in least.items()}
    return {owned: total for owned, total in totals.items() if total > MOST}
