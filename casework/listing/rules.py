"""What may stand on the public list, until when, and whose permission it still needs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.errors import Blocker
from casework.statute.clocks import attackers_list_window, list_comes_down, rule_for
from casework.statute.pack import StatutePack
from casework.statute.uses import LIST_CEILING, LIST_WINDOW

PARTS = ("conducted", "directed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """An entity that might be listed; days are local to Washington.

    `part` is `conducted`, `directed` or `facilitated`, empty while nothing is found.
    """

    conclusions: Mapping[str, str]
    part: str
    last_attack: date | None
    determined_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where a sentence comes from. `owners` are those whose confidence it would break.

    `parallel` names public material that shows the same without them.
    """

    ref: str
    owners: frozenset[str] = frozenset()
    confidential: bool = True
    parallel: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Permission:
    """An owner's written leave to publish `wording`, drawn from `ref`, in one product."""

    owner: str
    ref: str
    product: str
    wording: str
    given: date
    expires: date | None = None
    revoked: date | None = None


@dataclass(frozen=True, slots=True)
class MissingPermission:
    """`owner` is empty where a sentence has no source, or its source names no owner to ask."""

    sentence: str
    ref: str
    owner: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a listing: what it asks, whether it holds, and what it rests on."""

    title: str
    holds: bool
    message: str
    citation: str
    authority: str


def conditions(
    candidate: Candidate, pack: StatutePack, *, published: date | None = None
) -> list[Condition]:
    """Every condition of a listing, in the order of the text.

    The past year ends with the determination, or with `published` on the strict reading.
    NotTimed where the text keeps no public list.
    """
    rule = rule_for(pack, LIST_WINDOW)
    rows = (
        (
            "Identified as an entity of concern",
            candidate.conclusions.get("identified") == "met",
            "The entity is not identified as an entity of concern.",
        ),
        (
            "An attack took place",
            candidate.conclusions.get("model_extraction_attack") == "met",
            "No attack is found; providing accounts alone is never listed.",
        ),
        (
            "It conducted or directed the attack",
            candidate.part in PARTS,
            "The entity neither conducted nor directed the attack.",
        ),
        (
            "The attack lies within the past year",
            in_past_year(candidate, pack, published=published),
            "No attack is shown within the past year.",
        ),
    )
    return [Condition(*row, rule.citation, rule.authority) for row in rows]


def listing_blockers(
    candidate: Candidate, pack: StatutePack, *, published: date | None = None
) -> list[Blocker]:
    """Why the candidate may not be listed; empty means that it may."""
    return [
        Blocker(row.message, row.citation, row.authority)
        for row in conditions(candidate, pack, published=published)
        if not row.holds
    ]


def in_past_year(candidate: Candidate, pack: StatutePack, *, published: date | None = None) -> bool:
    """Whether the last attack is recent; `published` chooses the strict reading."""
    anchor = published or candidate.determined_on
    if candidate.last_attack is None or anchor is None:
        return False
    opens, _ = attackers_list_window(pack, anchor)
    return candidate.last_attack >= opens


def missing_permissions(
    sentences: Sequence[Sentence], permissions: Iterable[Permission], *, product: str, on: date
) -> list[MissingPermission]:
    """Every permission still lacking before `sentences` may go out; empty opens the gate.

    A confidential source needs, from each of its owners, a permission live on `on` for this
    product and this very wording, unless the same is held from elsewhere.
    """
    live = {
        (leave.owner, leave.ref, leave.wording)
        for leave in permissions
        if leave.product == product and state_of(leave, on) == "live"
    }
    return [
        MissingPermission(sentence.text, ref, owner)
        for sentence in sentences
        for ref, owner in needs(sentence)
        if (owner, ref, sentence.text) not in live
    ]


def needs(sentence: Sentence) -> list[tuple[str, str]]:
    """(ref, owner) for each permission; a sentence without a source can never be cleared."""
    if not sentence.sources:
        return [("", "")]
    return [
        (source.ref, owner)
        for source in sentence.sources
        if source.confidential and not source.parallel
        for owner in sorted(source.owners) or [""]
    ]


def state_of(leave: Permission, on: date) -> str:
    """`live`, `revoked`, `expired`, or `not_yet` before its first day. The last day counts."""
    if leave.revoked is not None and leave.revoked <= on:
        return "revoked"
    if leave.expires is not None and leave.expires < on:
        return "expired"
    return "live" if leave.given <= on else "not_yet"


def drops_on(
    pack: StatutePack,
    *,
    first_publication: date,
    entry_shown: date,
    strict_last_attack: date | None = None,
) -> date:
    """Return the first day on which an entry is no longer shown.

    The ceiling ends it at the latest. On the strict reading, chosen by giving the day of the
    last attack, it also ends once that day has left the year before publication.
    """
    ceiling = list_comes_down(pack, first_publication, entry_shown)
    if strict_last_attack is None:
        return ceiling
    return min(ceiling, _leaves_window(pack, strict_last_attack, ceiling))


def is_shown(drop: date, *, on: date) -> bool:
    return on < drop


def ceiling_citation(pack: StatutePack) -> str:
    """Return the provision that ends an entry, for the line printed beside its last day."""
    return rule_for(pack, LIST_CEILING).citation


def _leaves_window(pack: StatutePack, last_attack: date, latest: date) -> date:
    low, high = last_attack.toordinal(), latest.toordinal()
    while low < high:
        middle = (low + high) // 2
        opens, _ = attackers_list_window(pack, date.fromordinal(middle))
        low, high = (low, middle) if opens > last_attack else (middle + 1, high)
    return date.fromordinal(low)
