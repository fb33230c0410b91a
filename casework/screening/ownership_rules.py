"""The rules about ownership of half or more: whose stakes count, and since when. Pure."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

THRESHOLD = Decimal(50)


class Seed(enum.Enum):
    """Whether a listed owner counts under a rule. `MAY_COUNT`: its label does not say enough."""

    COUNTS = enum.auto()
    MAY_COUNT = enum.auto()
    NOTHING = enum.auto()


class Force(enum.StrEnum):
    """Whether a rule is in force on a day. `UNCONFIRMED`: nobody has confirmed either way."""

    NOT_YET = "not_yet_in_force"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Since:
    """From this day, local to Washington, until the next row; `source` says where it was read."""

    day: date
    force: Force
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """`labels` count wholly; `programs` are labels that count for some programs only, written
    `SDN:PROGRAM`. No label named: each counts. `foreign_only` spares entities of the US.
    """

    id: str
    title: str
    citation: str
    authority: str
    labels: frozenset[str] = frozenset()
    programs: frozenset[str] = frozenset()
    history: tuple[Since, ...] = ()
    foreign_only: bool = False

    def seed(self, labels: Sequence[str]) -> Seed:
        if not self.labels:
            return Seed.COUNTS
        found = [self._one(label.strip().upper()) for label in labels]
        ranked = (Seed.COUNTS, Seed.MAY_COUNT)
        return next((seed for seed in ranked if seed in found), Seed.NOTHING)

    def _one(self, label: str) -> Seed:
        kind, _, program = label.partition(":")
        if kind in self.labels:
            return Seed.COUNTS
        if self.programs and kind == "SDN":
            named = Seed.COUNTS if program in self.programs else Seed.NOTHING
            return named if program else Seed.MAY_COUNT
        return Seed.NOTHING

    def force(self, on: date | None) -> Force:
        """Without a day the rule is applied as if in force."""
        if on is None or not self.history:
            return Force.IN_FORCE
        passed = [row.force for row in self.history if row.day <= on]
        return passed[-1] if passed else Force.NOT_YET


# The programs of 15 CFR 744.8(a)(1), in the tags of the SDN list.
_PROGRAMS = frozenset(
    {"744.8", "BELARUS", "BELARUS-EO14038", "RUSSIA-EO14024", "UKRAINE-EO13405", "UKRAINE-EO13660"}
    | {"UKRAINE-EO13661", "UKRAINE-EO13662", "UKRAINE-EO13685", "FTO", "SDGT", "NPWMD"}
    | {"ILLICIT-DRUGS-EO14059", "SDNT", "SDNTK", "TCO"}
)
RULES = {
    row.id: row
    for row in (
        Rule(
            id="HR8283_5A",
            title="Affiliates under the bill",
            citation="The bill, on additions to the Entity List",
            authority="statute",
        ),
        Rule(
            id="OFAC50",
            title="Property of entities owned by blocked persons",
            citation="OFAC guidance of 13 August 2014; FAQ 398 to 402, 857",
            authority="regulation",
            labels=frozenset({"SDN"}),
        ),
        Rule(
            id="OFAC50_SSI",
            title="Entities owned by persons under sectoral sanctions",
            citation="OFAC guidance of 13 August 2014; sectoral directives",
            authority="regulation",
            labels=frozenset({"SSI"}),
        ),
        Rule(
            id="BIS_AFFILIATES",
            title="Affiliates under the export rules",
            citation="15 CFR 744.11(a)(1), 744.21; 90 FR 47201",
            authority="regulation",
            labels=frozenset({"EL", "MEU"}),
            programs=_PROGRAMS,
            history=(
                Since(date(2025, 9, 29), Force.IN_FORCE, "90 FR 47201"),
                Since(date(2025, 11, 10), Force.SUSPENDED, "suspension for one year"),
                Since(date(2026, 11, 10), Force.UNCONFIRMED, "end of the suspension as announced"),
            ),
            foreign_only=True,
        ),
    )
}
