"""Whose confidence a source would break, worked out from its marking. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casework.listing.entry import Line
from casework.listing.rules import Sentence, Source

EXHIBIT, PUBLIC = "exhibit:", "source:"
# Bases of the vocabulary `basis` that anybody may look up. Everything else may rest on an owner.
PUBLIC_BASES: Final = frozenset({"public_reporting", "registry"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """Something on record that a sentence may rest on.

    `owners` are those whose permission it needs while it is `confidential`. `public` says that
    it may stand as the parallel of a confidential source.
    """

    ref: str
    title: str
    owners: frozenset[str]
    confidential: bool
    public: bool = False


def owners_of_exhibit(received_from: str, owners: Iterable[str]) -> frozenset[str]:
    """The owner who handed the exhibit in; where it came from anybody else, every owner of the
    case (policy: what an exhibit reveals, and of whom, cannot be told from its wrapping).
    """
    known = frozenset(owners)
    same = frozenset(name for name in known if _folded(name) == _folded(received_from))
    return same or known


def is_confidential(claims: Sequence[bool]) -> bool:
    """Without any marking a source counts as confidential until somebody marks it."""
    return any(claims) if claims else True


def sentences(lines: Iterable[Line], held: Mapping[str, Held]) -> tuple[Sentence, ...]:
    """The lines with what their sources are now. A reference that is gone stays confidential and
    has no owner to ask, so that it closes the gate.
    """
    return tuple(
        Sentence(
            text=line.text,
            sources=tuple(_source(ref, line.parallel, held) for ref in line.sources),
        )
        for line in lines
    )


def _source(ref: str, parallel: Iterable[str], held: Mapping[str, Held]) -> Source:
    row = held.get(ref)
    if row is None:
        return Source(ref=ref)
    beside = [held[each].title for each in parallel if each in held and held[each].public]
    return Source(
        ref=ref,
        owners=row.owners,
        confidential=row.confidential,
        parallel="; ".join(beside),
    )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
