"""The gates before an entry goes public. One closed gate blocks; none of them only warns. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casework.errors import Blocker, TransitionBlocked
from casework.listing.entry import PUBLICATION
from casework.listing.readings import last_days
from casework.listing.rules import (
    Candidate,
    MissingPermission,
    Permission,
    Sentence,
    is_shown,
    listing_blockers,
    missing_permissions,
)
from casework.statute.casework_rows import Stage, Transition
from casework.statute.clocks import rule_for
from casework.statute.pack import StatutePack
from casework.statute.uses import LIST_CEILING, LIST_WINDOW
from casework.workflow.engine import CaseFacts, holds

PRODUCT = "list"
ADDS = "list_add"


@dataclass(frozen=True, slots=True)
class Gate:
    """`note` tells what the gate was measured by; it is open when nothing blocks it."""

    title: str
    citation: str
    authority: str
    blockers: tuple[Blocker, ...]
    note: str = ""

    @property
    def is_open(self) -> bool:
        return not self.blockers


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """Everything that the gates ask about one proposal. Days are local to Washington.

    `facts` are those of the case with this subject alone. `enacted` is None in planning mode.
    `first_publication` is None before the list's first entry, `entry_shown` before the entity's
    own. `changed` names what the record says otherwise by now; `elsewhere` says that another case
    shows an entry about the entity. `reading` is a word of `entry.READINGS`.
    """

    facts: CaseFacts
    candidate: Candidate
    reading: str
    sentences: Sequence[Sentence]
    permissions: Sequence[Permission]
    changed: Sequence[str]
    elsewhere: bool
    enacted: date | None
    training: bool
    first_publication: date | None
    entry_shown: date | None
    on: date


def gates(desk: Desk, pack: StatutePack) -> list[Gate]:
    """Every gate, open or closed. NotTimed where the text keeps no public list."""
    return [
        _in_force(desk, pack),
        _standing(desk, pack),
        _eligible(desk, pack),
        _permitted(desk, pack),
        _time_left(desk, pack),
        _unchanged(desk),
        _single(desk),
    ]


def closed(every: Iterable[Gate]) -> list[Blocker]:
    return [blocker for gate in every for blocker in gate.blockers]


def list_stages(pack: StatutePack) -> list[Stage]:
    """Where an entry may be added; none where the text keeps no public list."""
    return [row for row in pack.stages.values() if ADDS in row.decisions]


def authority_of(pack: StatutePack) -> str:
    """The provision under which the list is kept; TransitionBlocked where the text keeps none."""
    stages = list_stages(pack)
    if not stages:
        words = f"{pack.act.number} in this text keeps no public list."
        raise TransitionBlocked([Blocker(words, pack.act.number, "statute")])
    return f"{stages[0].citation} of {pack.act.number}"


def not_named(pack: StatutePack) -> Blocker:
    """For a subject whose newest determination is none that may be listed."""
    rule = rule_for(pack, LIST_WINDOW)
    message = "No signed determination in force names it an attacker."
    return Blocker(message, rule.citation, rule.authority)


def _is_strict(desk: Desk) -> bool:
    return desk.reading == PUBLICATION


def _in_force(desk: Desk, pack: StatutePack) -> Gate:
    stage = next(iter(list_stages(pack)), None)
    citation = stage.citation if stage else rule_for(pack, LIST_WINDOW).citation
    authority = stage.authority if stage else "statute"
    title, found = "The text is in force", []
    if desk.training:
        note = "A training case: its entries are invented and never public in production."
        return Gate(title, citation, authority, (), note)
    if desk.enacted is None:
        found.append("No enactment date is recorded, so the list has no basis.")
    elif desk.enacted > desk.on:
        found.append(f"The text is in force from {desk.enacted}; the list has no basis before.")
    blocked = tuple(Blocker(message, citation, authority) for message in found)
    return Gate(title, citation, authority, blocked)


def _standing(desk: Desk, pack: StatutePack) -> Gate:
    """The stage allows it, and what had to be on record to come here still is."""
    title, stages = "Stage, determination and approval", list_stages(pack)
    here = next((row for row in stages if row.id == desk.facts.stage), None)
    if here is None:
        named = " or ".join(row.title for row in stages) or "no stage of this text"
        now = pack.stages[desk.facts.stage]
        message = f"The case is at {now.title}; an entry is published at: {named}."
        return Gate(title, now.citation, now.authority, (Blocker(message, now.citation, "policy"),))
    # The first road of the pack is the one by which a case comes here the first time.
    road = next(road for road in pack.transitions if road.target == here.id)
    found = _unmet(road, desk.facts, pack)
    return Gate(title, here.citation, here.authority, tuple(found))


def _unmet(road: Transition, facts: CaseFacts, pack: StatutePack) -> list[Blocker]:
    """The guards of the road, but for that of permissions: here each sentence has its own."""
    rows = [pack.guards[name] for name in road.guards]
    return [
        Blocker(row.message, row.citation, row.authority)
        for row in rows
        if row.fact != "missing_permissions" and not holds(row, facts, pack)
    ]


def _eligible(desk: Desk, pack: StatutePack) -> Gate:
    rule = rule_for(pack, LIST_WINDOW)
    published = desk.on if _is_strict(desk) else None
    found = listing_blockers(desk.candidate, pack, published=published)
    note = (
        "" if desk.candidate.last_attack is None else f"Last attack: {desk.candidate.last_attack}."
    )
    return Gate("The entity may be listed", rule.citation, rule.authority, tuple(found), note)


def _permitted(desk: Desk, pack: StatutePack) -> Gate:
    vocabulary = pack.vocabularies["permission_product"]
    lacking = missing_permissions(desk.sentences, desk.permissions, product=PRODUCT, on=desk.on)
    found = tuple(Blocker(_lack(row), vocabulary.citation, vocabulary.authority) for row in lacking)
    return Gate("Owners' permissions", vocabulary.citation, vocabulary.authority, found)


def _lack(row: MissingPermission) -> str:
    told = f"“{row.sentence}”"
    if not row.ref:
        return f"{told} rests on nothing. Name its source."
    if not row.owner:
        return f"{told} rests on {row.ref}, whose owner is not known: nobody can permit it."
    return f"{row.owner} has not permitted these very words out of {row.ref}: {told}"


def _time_left(desk: Desk, pack: StatutePack) -> Gate:
    rule = rule_for(pack, LIST_CEILING)
    days = last_days(
        pack,
        first=desk.first_publication or desk.on,
        shown=desk.entry_shown or desk.on,
        last_attack=desk.candidate.last_attack,
        strict=_is_strict(desk),
    )
    drop = next((row.drop for row in days if row.relied), days[0].drop)
    over = f"The time of the list is over since {drop}; nothing more may be shown on it."
    found = () if is_shown(drop, on=desk.on) else (Blocker(over, rule.citation, rule.authority),)
    return Gate("Time left", rule.citation, rule.authority, found, f"No longer shown from {drop}.")


def _unchanged(desk: Desk) -> Gate:
    named = ", ".join(name.replace("_", " ") for name in desk.changed)
    message = f"The record has changed since the proposal: {named}. Propose the entry again."
    found = (Blocker(message, "Case practice", "policy"),) if desk.changed else ()
    return Gate("The record is as it was proposed", "Case practice", "policy", found)


def _single(desk: Desk) -> Gate:
    message = (
        "The list shows an entry about it out of another case. Have that one taken down first."
    )
    found = (Blocker(message, "Case practice", "policy"),) if desk.elsewhere else ()
    return Gate("One entry for one entity", "Case practice", "policy", found)
