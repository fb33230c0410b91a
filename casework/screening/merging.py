"""What speaks against reading two entities as one. Pure.

Nothing here forbids a merge: registers err, and a court may ask why it was done. Whoever merges
says that these were read.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from casework.screening.countries import COUNTRIES
from casework.screening.facts import KIND_TITLES, CountryTie
from casework.screening.identifiers import IDENTIFIER_TITLES, IdentifierKind
from casework.screening.judging import MATCH, NO_MATCH
from casework.screening.names import folded

# Kinds of number of which a party has one: two that differ tell two parties apart.
SINGLE = (IdentifierKind.LEI, IdentifierKind.USCC, IdentifierKind.OGRN, IdentifierKind.INN)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. Facts are those that stand: identifiers as (kind, value), countries as
    (tie, code), holdings as the entities in which it has a share, judgements as (list, key of the
    entry, verdict, caption of the entry), cases as references that the reader may see.
    """

    key: str
    name: str
    kind: str
    identifiers: Sequence[tuple[str, str]] = ()
    countries: Sequence[tuple[str, str]] = ()
    holdings: Sequence[tuple[str, str]] = ()
    judgements: Sequence[tuple[str, str, str, str]] = ()
    cases: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Between:
    """What is on record between the two: relations in words, and reasons of merges undone."""

    relations: Sequence[str] = ()
    undone: Sequence[str] = field(default=())


def conflicts(one: Side, other: Side, between: Between) -> list[str]:
    """Sentences, each naming what speaks against one party, in an order that does not depend on
    which of the two is kept.
    """
    first, second = sorted((one, other), key=lambda side: side.key)
    return [
        *(f"They were merged before and that was undone: {reason}" for reason in between.undone),
        *_kinds(first, second),
        *_numbers(first, second),
        *_seats(first, second),
        *(f"One stands to the other: {words}." for words in between.relations),
        *_judged(first, second),
        *_shares(first, second),
        *_cases(first, second),
    ]


def fingerprint(found: Iterable[str]) -> str:
    """SHA-256 in hex of what was shown, so that a later fact is not agreed to unread."""
    return hashlib.sha256("\n".join(found).encode()).hexdigest()


def _kinds(first: Side, second: Side) -> Iterable[str]:
    if first.kind != second.kind:
        kinds = KIND_TITLES[first.kind].lower(), KIND_TITLES[second.kind].lower()
        yield f"{first.name} is recorded as {kinds[0]}, {second.name} as {kinds[1]}."


def _numbers(first: Side, second: Side) -> Iterable[str]:
    for kind in SINGLE:
        mine, yours = (
            {folded(value): value for each, value in side.identifiers if each == kind}
            for side in (first, second)
        )
        if mine and yours and not mine.keys() & yours.keys():
            told = ", ".join(sorted(mine.values())), ", ".join(sorted(yours.values()))
            yield (
                f"{IDENTIFIER_TITLES[kind]} differs: {first.name} has {told[0]},"
                f" {second.name} has {told[1]}."
            )


def _seats(first: Side, second: Side) -> Iterable[str]:
    mine, yours = (
        {code for tie, code in side.countries if tie == CountryTie.INCORPORATED}
        for side in (first, second)
    )
    if mine and yours and not mine & yours:
        told = [
            ", ".join(sorted(COUNTRIES.get(code, code) for code in some)) for some in (mine, yours)
        ]
        yield (
            f"{first.name} is recorded as incorporated in {told[0]}, {second.name} in {told[1]}."
        )


def _judged(first: Side, second: Side) -> Iterable[str]:
    words = {(source, key): verdict for source, key, verdict, _ in second.judgements}
    for source, key, verdict, caption in first.judgements:
        if {verdict, words.get((source, key))} == {MATCH, NO_MATCH}:
            yes, no = (first, second) if verdict == MATCH else (second, first)
            yield (
                f"The entry {caption} of the list {source} was judged to mean {yes.name}"
                f" and not to mean {no.name}."
            )


def _shares(first: Side, second: Side) -> Iterable[str]:
    held: dict[str, str] = dict(second.holdings)
    named = defaultdict(list)
    for key, name in first.holdings:
        if key in held:
            named[name].append(key)
    for name in sorted(named):
        yield (
            f"Both are recorded as owners of {name}: read as one, the two shares are two statements"
            " of one holding, not a sum."
        )


def _cases(first: Side, second: Side) -> Iterable[str]:
    for reference in sorted({*first.cases} & {*second.cases}):
        yield f"Both are subjects of {reference}: what was answered about each stays its own."
