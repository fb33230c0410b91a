"""The shape of a statute pack: what one text of an Act defines, times, requires and allows.

Every row that states a rule carries `citation` and `authority` (`statute`, `regulation` or
`policy`). A `statute` citation is one or more provision ids of the same pack, joined by ", ".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.statute.casework_rows import (
    Agency,
    BallotRule,
    Guard,
    LegalException,
    Measure,
    Report,
    Stage,
    Technique,
    Transition,
    Vocabulary,
)
from casework.statute.time_rows import Clock, Event

AUTHORITIES = ("statute", "regulation", "policy")


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Which text this is; `status` is where it stands and is never `law` for a bill."""

    title: str
    number: str
    congress: int
    bill_stage: str
    status: str
    introduced: date
    notice: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Provision:
    """One numbered place in the text. `gist` is our summary, not the words of the bill."""

    id: str
    heading: str
    gist: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Element:
    """A question that a reader answers with cited exhibits.

    `scope` says whether it is asked once per `case` or once per `subject`. A derived element
    takes the value of the conclusion `derived_from`; `falls_back_to` lends its answer when
    there is none; `factor_of` marks a factor that is weighed but decides nothing by itself.
    """

    id: str
    title: str
    question: str
    kind: str
    scope: str
    evidence: tuple[str, ...]
    citation: str
    authority: str
    benign: tuple[str, ...] = ()
    derived_from: str = ""
    falls_back_to: str = ""
    factor_of: str = ""

    @property
    def provisions(self) -> tuple[str, ...]:
        """Ids of the provisions that the question rests on."""
        return tuple(self.citation.split(", "))


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A fact that is not an element: yes or no, or one word out of `values`."""

    id: str
    title: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A date, local to Washington, that a condition compares."""

    id: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """A test of a fact or of two dates; `when_missing` is its value while nothing is known.

    `fact` must be true, or equal `equals`. `day` must lie after `after`, or not before
    `not_before` less `years_back` years.
    """

    id: str
    title: str
    citation: str
    authority: str
    fact: str = ""
    equals: str = ""
    day: str = ""
    after: str = ""
    not_before: str = ""
    years_back: int = 0
    when_missing: str = "insufficient"


@dataclass(frozen=True, kw_only=True, slots=True)
class Conclusion:
    """Met when all of `all_of`, one of `any_of` (if named) and none of `unless` are met.

    A conclusion that is not `reported` is a step on the way to others.
    """

    id: str
    title: str
    citation: str
    authority: str
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    reported: bool = True

    @property
    def rests_on(self) -> tuple[str, ...]:
        return (*self.all_of, *self.any_of, *self.unless)


@dataclass(frozen=True, kw_only=True, slots=True)
class StatutePack:
    """One text of an Act, ready to apply; mappings keep the order of the files."""

    text_version: str
    act: Act
    provisions: Mapping[str, Provision]
    elements: Mapping[str, Element]
    facts: Mapping[str, Fact]
    days: Mapping[str, Day]
    conditions: Mapping[str, Condition]
    conclusions: Mapping[str, Conclusion]
    agencies: Mapping[str, Agency]
    stages: Mapping[str, Stage]
    transitions: tuple[Transition, ...]
    guards: Mapping[str, Guard]
    events: Mapping[str, Event]
    clocks: Mapping[str, Clock]
    measures: Mapping[str, Measure]
    exceptions: Mapping[str, LegalException]
    reports: Mapping[str, Report]
    ballots: Mapping[str, BallotRule]
    techniques: Mapping[str, Technique]
    vocabularies: Mapping[str, Vocabulary]

    @property
    def first_stage(self) -> Stage:
        return next(iter(self.stages.values()))

    @property
    def reported(self) -> tuple[Conclusion, ...]:
        """The conclusions shown to readers, in the order of the file."""
        return tuple(row for row in self.conclusions.values() if row.reported)

    def roads(self, stage: str) -> tuple[Transition, ...]:
        """Every transition that starts at `stage`, open or not."""
        return tuple(row for row in self.transitions if stage in row.origins)

    def members(self, body: str) -> frozenset[str]:
        """Codes of the agencies that vote in `body` (`oc` or `erc`)."""
        return frozenset(code for code, row in self.agencies.items() if body in row.bodies)

    def codes(self, vocabulary: str) -> tuple[str, ...]:
        """Codes of a vocabulary in display order; KeyError when the pack has none such."""
        return tuple(term.code for term in self.vocabularies[vocabulary].terms)
