"""What the sections of a report are built from: plain facts of the cases it tells of. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.packets.contents import PacketContents
from casework.reports.document import Document, Included
from casework.statute.casework_rows import ReportSection
from casework.statute.clocks import Due
from casework.statute.pack import StatutePack


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """An incident as counted: codes are words already; days are local to Washington.

    `day` is the first day of the conduct as reported, or the day of the allegation where the
    report gives none (`dated` is then false).
    """

    reference: str
    day: date
    dated: bool
    status: str
    verified: bool
    methods: tuple[str, ...]
    techniques: tuple[str, ...]
    paths: tuple[str, ...]
    bases: tuple[str, ...]
    volumes: tuple[str, ...]
    parties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StepOnRecord:
    """Something done in a stage; `kind` is a code, `title` and `outcome` are words."""

    kind: str
    title: str
    outcome: str
    happened_on: date
    note: str
    citation: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Holding:
    """An exhibit as to its reliability; `privilege` is the basis on which it is withheld."""

    number: int
    title: str
    origin: str
    dated_on: date | None
    basis: str
    bearing: str
    held: str
    privilege: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Vote:
    """A closed vote: `ballots` are agency, choice and dissent in words."""

    question: str
    about: str
    statement: str
    closed_on: date
    outcome: str
    decision: str
    tally: Mapping[str, Any]
    ballots: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """The recommendation in force of the report's measure about one subject.

    `about` is the reference of the entity in the packet, empty for the case as a whole.
    `particulars` are label and words of what was asked for with it, countries apart.
    `considered` are title, citation, answer and reasons of each check and exception, exceptions
    marked.
    """

    about: str
    state: str
    approved: bool
    reasons: str
    countries: tuple[str, ...]
    particulars: tuple[tuple[str, str], ...]
    considered: tuple[tuple[str, str, str, str, bool], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """A decision with its frozen record; `sha256` is the one stored at that time."""

    words: str
    about: str
    by: str
    decided_on: date
    record: Mapping[str, Any]
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFile:
    """`packet` holds everything that a packet could print of the case."""

    reference: str
    title: str
    packet: PacketContents
    included: tuple[Included, ...]
    reports: tuple[Report, ...]
    steps: tuple[StepOnRecord, ...]
    holdings: tuple[Holding, ...] = ()
    votes: tuple[Vote, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Annex:
    title: str
    system: str
    custodian: str
    registry_number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """`windows` are the readings of the years that are counted. `previous` is the last approved
    edition of a report to the same receivers. `measure` is the title of the measure that the
    report supports, or empty.
    """

    pack: StatutePack
    section: ReportSection
    cases: tuple[CaseFile, ...]
    windows: tuple[Due, ...]
    annexes: tuple[Annex, ...]
    planning: bool
    measure: str = ""
    previous: Document | None = None
    decision: Decision | None = None
