"""Rows of a pack that govern the handling of a case: stages, guards, measures, words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Agency:
    """`bodies` holds `oc` or `erc` where the agency votes; `observes` where it only attends."""

    id: str
    label: str
    hint: str
    citation: str
    authority: str
    bodies: tuple[str, ...] = ()
    observes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """`exit_guards` name what must be on record before the work of the stage counts as done.

    A determination is signed in a stage that `determines`, the accused is heard in the one that
    `hears`, and a case at one that `closes` is closed. `clock` is the use of the
    clock that times the work of one case in the stage.
    """

    id: str
    title: str
    purpose: str
    lead: str
    roles: tuple[str, ...]
    entry: str
    exit: str
    decisions: tuple[str, ...]
    deadline: str
    citation: str
    authority: str
    exit_guards: tuple[str, ...] = ()
    determines: bool = False
    hears: bool = False
    closes: bool = False
    was: str = ""
    clock: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition:
    """A road from any of `origins` to `target`, recorded under the word `decision`.

    `needs_reason` asks the officer for a written reason. An `unfinished` road leaves a stage
    without its exit guards.
    """

    id: str
    title: str
    origins: tuple[str, ...]
    target: str
    decision: str
    roles: tuple[str, ...]
    citation: str
    authority: str
    guards: tuple[str, ...] = ()
    needs_reason: bool = False
    unfinished: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Guard:
    """A test of one fact of the case; `message` says what is missing and what to do.

    Exactly one test is set: `at_least` (a count), `one_of` or `none_of` (a word, or the word
    under `key` of a mapping), `is_set` or `is_unset` (yes or no), `empty` (a count of nothing
    or a set with nothing left), `covers` (every member of that body is in the set) or
    `answered_in` (every member of the set is a key of that other fact).
    """

    id: str
    message: str
    citation: str
    authority: str
    fact: str
    key: str = ""
    at_least: int = 0
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    is_set: bool = False
    is_unset: bool = False
    empty: bool = False
    covers: str = ""
    answered_in: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LegalException:
    """What a measure may not reach; `applies` is false where the text leaves it no room."""

    id: str
    measure: str
    title: str
    note: str
    citation: str
    authority: str
    applies: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportSection:
    """A part of a report; `asks` says what a person writes in it, besides the record."""

    id: str
    title: str
    citation: str = ""
    asks: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportGate:
    """What must hold before a report leaves; `by_person` is opened by a named second person."""

    id: str
    words: str
    citation: str
    authority: str
    by_person: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """`scope` is `docket` or `case`, empty where another part of the application makes it.

    `clock` is the use of its deadline, `sent_to` the vocabulary of its receivers, `product` the
    permission that its confidential sources need, `measure` what it supports. One that asks for
    a `decision` is about a decision whose record was frozen.
    """

    id: str
    title: str
    lead: str
    audience: str
    sections: tuple[ReportSection, ...]
    gates: tuple[ReportGate, ...]
    citation: str
    authority: str
    scope: str = ""
    clock: str = ""
    sent_to: str = ""
    product: str = ""
    measure: str = ""
    decision: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class BallotRule:
    """How one kind of question is put to a voting body.

    `threshold` is `majority` (more yes than half of the base) or `unanimity` (every vote of
    the base is yes). An abstention is left out of the base, or `counts_against`. A recused
    member is no longer eligible. `quorum` is the share of eligible members, in percent, that
    must be exceeded by ballots cast. The vote decides on `measure`; what is put to it
    `rests_on` an approved `recommendation` of that measure, or on a `petition` against it.
    """

    id: str
    title: str
    body: str
    threshold: str
    abstention: str
    quorum: int
    carries: str
    fails: str
    citation: str
    authority: str
    measure: str
    rests_on: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Technique:
    """A technique of the MITRE ATLAS catalogue."""

    id: str
    name: str
    tactic: str
    hint: str
    citation: str
    authority: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    code: str
    label: str
    hint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """A closed list of words for a form, in display order."""

    id: str
    title: str
    citation: str
    authority: str
    terms: tuple[Term, ...]
