"""What is known beside the name: countries, identifiers, the year of birth. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

COUNTRY, IDENTIFIER, BORN = 0.12, 0.15, 0.15  # taken off for a contradiction
SAME_IDENTIFIER = 0.97  # a score is at least this when an identifier agrees
_LEAST_SIGNS = 5  # of an identifier that may decide: a shorter one is shared by chance
_YEARS_APART = 1  # lists give "circa" and years of other calendars
# One party has one of each; of others, such as passports, it may have several.
_SINGLE = frozenset({"lei", "uscc", "ogrn", "inn"})
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Facts:
    """Of an entry: ISO codes, pairs of kind and value, years of birth as the list gives them."""

    countries: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    born: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Qualifier:
    """`about` country, identifier or born; `agrees`; what both sides say; its effect on a score."""

    about: str
    agrees: bool
    query: str
    listed: str
    change: float = 0.0
    least: float = 0.0


def qualifiers(
    countries: Sequence[str],
    identifiers: Sequence[tuple[str, str]],
    born: int | None,
    facts: Facts,
    *,
    named: bool,
) -> tuple[Qualifier, ...]:
    """Return what agrees and what contradicts; silence on either side is neither.

    Only beside a name that is near (`named`) does an identifier decide: a number may be mistyped.
    """
    found = [
        _countries(countries, facts.countries),
        _identifiers(identifiers, facts.identifiers, named=named),
        _born(born, facts.born),
    ]
    return tuple(row for row in found if row)


def _countries(asked: Sequence[str], listed: Sequence[str]) -> Qualifier | None:
    if not asked or not listed:
        return None
    common = sorted(set(asked) & set(listed))
    if common:
        return Qualifier("country", agrees=True, query=", ".join(common), listed=", ".join(common))
    one, other = (", ".join(sorted(set(codes))) for codes in (asked, listed))
    return Qualifier("country", agrees=False, query=one, listed=other, change=-COUNTRY)


def _identifiers(
    asked: Sequence[tuple[str, str]], listed: Sequence[tuple[str, str]], *, named: bool
) -> Qualifier | None:
    one = {(kind, _bare(value)): value for kind, value in asked}
    other = {(kind, _bare(value)): value for kind, value in listed}
    for key in sorted(set(one) & set(other)):
        if len(key[1]) >= _LEAST_SIGNS:
            least = SAME_IDENTIFIER if named else 0.0
            return Qualifier(
                "identifier", agrees=True, query=one[key], listed=other[key], least=least
            )
    for kind in sorted({kind for kind, _ in one} & {kind for kind, _ in other} & _SINGLE):
        said = [
            ", ".join(sorted(value for (of, _), value in side.items() if of == kind))
            for side in (one, other)
        ]
        return Qualifier(
            "identifier", agrees=False, query=said[0], listed=said[1], change=-IDENTIFIER
        )
    return None


def _born(asked: int | None, listed: Sequence[int]) -> Qualifier | None:
    if asked is None or not listed:
        return None
    nearest = min(listed, key=lambda year: (abs(year - asked), year))
    agrees = abs(nearest - asked) <= _YEARS_APART
    change = 0.0 if agrees else -BORN
    return Qualifier("born", agrees=agrees, query=str(asked), listed=str(nearest), change=change)


def _bare(value: str) -> str:
    return _MARKS.sub("", value).upper()
