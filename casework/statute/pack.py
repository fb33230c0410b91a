"""The shape of a statute pack: what one text of an Act defines, times, requires and allows.

Every row that states a rule carries `citation` and `authority` (`statute`, `regulation` or
`policy`). A `statute` citation is one or more provision ids of the same pack, joined by ", ".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casework.statute.act import Act
from casework.statute.casework_rows import (
    Agency,
    BallotRule,
    Guard,
    LegalException,
    Report,
    Stage,
    Technique,
    Transition,
    Vocabulary,
)
from casework.statute.measure_rows import Measure
from casework.statute.petition_rows import PetitionRule
from casework.statute.record_rows import DeterminationRule, RecordKind
from casework.statute.time_rows import Clock, Event, Reading

AUTHORITIES = ("statute", "regulation", "policy")


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
    `was` is the id that the element bore in an earlier text; `offers` names the facts on record
    about the subject that are shown beside the question: its seat, who controls it, affiliates, or
    what analyses of usage logs show of one factor.
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
    was: str = ""
    offers: str = ""

    @property
    def provisions(self) -> tuple[str, ...]:
        """Ids of the provisions that the question rests on."""
        return tuple(self.citation.split(", "))


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A fact that is not an element: yes or no, or one word out of `values`.

    `record` is the kind of record whose newest outcome it is, `yes` for a fact without values.
    A fact about one subject is `set_by` one kind of record and `unset_by` another.
    """

    id: str
    title: str
    values: tuple[str, ...] = ()
    record: str = ""
    set_by: str = ""
    unset_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A date, local to Washington, that a condition compares.

    It is the day of the newest record of the kind `record` about the subject, or of the event
    `event` of the Act. The day `determination` is that of the signature.
    """

    id: str
    title: str
    record: str = ""
    event: str = ""


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
    petitions: Mapping[str, PetitionRule]
    records: Mapping[str, RecordKind]
    determinations: Mapping[str, DeterminationRule]
    techniques: Mapping[str, Technique]
    vocabularies: Mapping[str, Vocabulary]

    @property
    def first_stage(self) -> Stage:
        return next(iter(self.stages.values()))

    @property
    def closing(self) -> tuple[str, ...]:
        """Ids of the stages at which a case is closed."""
        return tuple(row.id for row in self.stages.values() if row.closes)

    @property
    def determining(self) -> tuple[str, ...]:
        """Ids of the stages at which a determination is signed."""
        return tuple(row.id for row in self.stages.values() if row.determines)

    @property
    def hearing(self) -> Stage | None:
        """The stage at which the accused is heard, if the text or policy has one."""
        return next((row for row in self.stages.values() if row.hears), None)

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

    def clock_for(self, use: str) -> Clock | None:
        """The clock that times `use` (a word of `uses.CLOCKS`), if this text has one."""
        return next((row for row in self.clocks.values() if row.use == use), None)

    def reading_for(self, use: str) -> Reading | None:
        """The reading marked with `use` (a word of `uses.READINGS`), else the default reading
        of the clock for that word; None if this text times nothing of the kind.
        """
        clocks = self.clocks.values()
        marked = next((each for row in clocks for each in row.readings if each.use == use), None)
        clock = self.clock_for(use)
        return marked or (clock.main if clock else None)

    def codes(self, vocabulary: str) -> tuple[str, ...]:
        """Codes of a vocabulary in display order; KeyError when the pack has none such."""
        return tuple(term.code for term in self.vocabularies[vocabulary].terms)
