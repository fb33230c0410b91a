"""What the walks draw at random."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from casework.access import Permission, permits
from casework.statute.loader import load_pack
from tests.factories import TEXT_VERSION
from tests.whole_path.desk import Desk
from tests.whole_path.leading import Rows
from tests.whole_path.people import ACCOUNTS, NAMES

Deed = Any
PACK = load_pack(TEXT_VERSION)
CASES = st.integers(0, 2)
PEOPLE = st.sampled_from(NAMES)
# The newest things first: they are the ones that wait for somebody.
PICK = st.sampled_from([0, 0, 0, 1, 2, 3])
SELDOM = st.sampled_from([False, False, False, True])
STALE = st.sampled_from([0, 0, 0, 1])
STAGES = st.sampled_from(list(PACK.stages))
ELEMENTS = st.sampled_from(["OW1", "EX1", "EX2", "PR1", "XC1", "FE1", "FP1", "FX1", "DR1"])
ANSWERS = st.sampled_from(["met", "met", "not_met", "insufficient"])
KINDS = st.sampled_from(list(PACK.determinations))
CHOICES = st.sampled_from(list(PACK.codes("ballot_choice")))
OUTCOMES = st.sampled_from(["grant", "deny", "modify"])


def deed(weight: int = 2, /, **drawn: st.SearchStrategy[Any]) -> Callable[[Deed], Deed]:
    """One thing that a walk may do, with what is drawn for it. Hypothesis leaves some rules out
    of each example, so that the walks are one rule that chooses among deeds by their weight.
    """

    def mark(method: Deed) -> Deed:
        method.weight, method.drawn = weight, drawn
        return method

    return mark


def deeds_of(walk: type[Cases]) -> list[str]:
    """Names of its deeds, each as often as it weighs."""
    found = [(name, getattr(walk, name)) for name in sorted(dir(walk))]
    return [name for name, each in found if hasattr(each, "drawn") for _ in range(each.weight)]


@dataclass(frozen=True, slots=True)
class Holder:
    """An officer as far as the table of permissions asks."""

    id: UUID
    roles: frozenset[str]


def granted(permission: Permission) -> st.SearchStrategy[str]:
    """Mostly somebody who may do it by role, now and then anybody."""
    fitting = [
        name for name, account in ACCOUNTS.items()
        if permits(Holder(UUID(int=0), frozenset(account.roles)), permission)
    ]  # fmt: skip
    return st.one_of(*[st.sampled_from(fitting)] * 4, PEOPLE)


class Cases:
    """What the rules of the walks share: the desk, and things picked by number."""

    desk: Desk

    def ref(self, number: int) -> str:
        return list(self.desk.ledger.dockets)[number]

    def subject(self, ref: str, pick: int) -> Any:
        subjects = list(self.desk.docket(ref).subjects.values())
        return subjects[pick % len(subjects)]

    def pick(self, ref: str, table: Any, pick: int) -> Any:
        """The id of one row of the case, the newest first; None where there is none."""
        rows = Rows(self.desk, ref).all(table)
        return rows[-1 - pick % len(rows)].id if rows else None
