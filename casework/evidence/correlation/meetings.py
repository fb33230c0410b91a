"""Where the cases of two owners meet, and how much that says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Final
from uuid import UUID

from casework.evidence.correlation.tags import KINDS

# A value met in more cases than this is taken for something common: a service's exit, a framework.
MOST_CASES: Final = 5


@dataclass(frozen=True, slots=True)
class Held:
    """One tag as a case holds it."""

    case_id: UUID
    owner: str
    kind: str
    tag: str
    accounts: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the case at hand shares with another. `counts` is by kind, `accounts` are those of
    either side behind the common tags (an account behind two is counted twice); `weight` is
    described at `meetings`; `overlap` are the days on which both sides were active, None for none.
    """

    case_id: UUID
    owner: str
    counts: Mapping[str, int]
    own_accounts: int
    other_accounts: int
    weight: float
    overlap: tuple[date, date] | None


def meetings(own: Iterable[Held], others: Iterable[Held]) -> list[Meeting]:
    """The cases of other owners that hold tags of the case at hand, the weightiest first.

    A common tag that is held in `d` of `c` cases weighs ln(c / d + 1): the rarer, the more it
    says (evidence.md, section 8). Tags of one owner only, and those held in more than five cases,
    do not count.
    """
    mine = {(one.kind, one.tag): one for one in own}
    theirs = [one for one in others if (one.kind, one.tag) in mine]
    holders: dict[tuple[str, str], set[UUID]] = {}
    for one in (*mine.values(), *theirs):
        holders.setdefault((one.kind, one.tag), set()).add(one.case_id)
    cases = len({one.case_id for one in (*mine.values(), *theirs)})
    met: dict[tuple[UUID, str], list[Held]] = {}
    for one in theirs:
        at = mine[one.kind, one.tag]
        common = len(holders[one.kind, one.tag]) <= MOST_CASES
        if common and one.owner != at.owner:
            met.setdefault((one.case_id, one.owner), []).append(one)
    found = [
        _meeting(case_id, owner, rows, mine, holders, cases)
        for (case_id, owner), rows in met.items()
    ]
    return sorted(found, key=lambda one: (-one.weight, str(one.case_id), one.owner))


def _meeting(
    case_id: UUID,
    owner: str,
    rows: list[Held],
    mine: Mapping[tuple[str, str], Held],
    holders: Mapping[tuple[str, str], set[UUID]],
    cases: int,
) -> Meeting:
    at = [mine[one.kind, one.tag] for one in rows]
    first = max(min(one.first_on for one in rows), min(one.first_on for one in at))
    last = min(max(one.last_on for one in rows), max(one.last_on for one in at))
    weight = sum(log(cases / len(holders[one.kind, one.tag]) + 1) for one in rows)
    return Meeting(
        case_id,
        owner,
        {kind: sum(one.kind == kind for one in rows) for kind in KINDS},
        sum(one.accounts for one in at),
        sum(one.accounts for one in rows),
        round(weight, 2),
        (first, last) if first <= last else None,
    )
