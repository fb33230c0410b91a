"""What may stand on the public list, until when, and whose permission it still needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.errors import Blocker
from casework.statute.clocks import CEILING, QUALIFYING, attackers_list_window, list_comes_down
from casework.statute.pack import StatutePack


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

    `parallel` names public or government material that shows the same without them.
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


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnexPointer:
    """Where a classified annex is held. There is no field for what it says."""

    title: str
    system: str
    custodian: str
    registry_number: str


def listing_blockers(
    candidate: Candidate, pack: StatutePack, *, published: date | None = None
) -> list[Blocker]:
    """Why the candidate may not be listed; empty means that it may.

    The past year ends with the determination, or with `published` on the strict reading.
    """
    rule = pack.clocks[QUALIFYING]

    def blocker(message: str) -> Blocker:
        return Blocker(message, rule.citation, rule.authority)

    found = []
    if candidate.conclusions.get("identified") != "met":
        found.append(blocker("The entity is not identified as an entity of concern."))
    if candidate.conclusions.get("model_extraction_attack") != "met":
        found.append(blocker("No attack is found; providing accounts alone is never listed."))
    if candidate.part not in {"conducted", "directed"}:
        found.append(blocker("The entity neither conducted nor directed the attack."))
    if not _recent(candidate, pack, published):
        found.append(blocker("No attack is shown within the past year."))
    return found


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
        if leave.product == product and _is_live(leave, on)
    }
    return [
        MissingPermission(sentence.text, ref, owner)
        for sentence in sentences
        for ref, owner in _needs(sentence)
        if (owner, ref, sentence.text) not in live
    ]


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
    return pack.clocks[CEILING].citation


def _recent(candidate: Candidate, pack: StatutePack, published: date | None) -> bool:
    anchor = published or candidate.determined_on
    if candidate.last_attack is None or anchor is None:
        return False
    opens, _ = attackers_list_window(pack, anchor)
    return candidate.last_attack >= opens


def _is_live(leave: Permission, on: date) -> bool:
    lapsed = leave.expires is not None and leave.expires < on
    revoked = leave.revoked is not None and leave.revoked <= on
    return leave.given <= on and not lapsed and not revoked


def _needs(sentence: Sentence) -> list[tuple[str, str]]:
    """(ref, owner) for each permission; a sentence without a source can never be cleared."""
    if not sentence.sources:
        return [("", "")]
    return [
        (source.ref, owner)
        for source in sentence.sources
        if source.confidential and not source.parallel
        for owner in sorted(source.owners) or [""]
    ]


def _leaves_window(pack: StatutePack, last_attack: date, latest: date) -> date:
    low, high = last_attack.toordinal(), latest.toordinal()
    while low < high:
        middle = (low + high) // 2
        opens, _ = attackers_list_window(pack, date.fromordinal(middle))
        low, high = (low, middle) if opens > last_attack else (middle + 1, high)
    return date.fromordinal(low)
