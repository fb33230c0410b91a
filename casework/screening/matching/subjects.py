"""Whom one asks about, the party on a list, and how sure it is that they are one. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from casework.screening.matching import organizations, persons
from casework.screening.matching.forms import PERSON, Form, forms
from casework.screening.matching.organizations import Comparison
from casework.screening.matching.qualifiers import Facts, Qualifier, qualifiers
from casework.screening.matching.words import Weights

ORGANIZATION, OTHER = "organization", "other"
REVIEW = 0.7  # from here on a person looks: fixed before anything was measured
WEAK = "weak"
# A weak alias never reaches review by itself; it lends a little to a name that nearly does.
WEAK_MOST, SUPPORT, _SUPPORT_FROM, _SUPPORTED_FROM = 0.69, 0.03, 0.9, 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """`kind` is organization, person or empty for either; `countries` are ISO codes, identifiers
    pairs of kind and value, `born` a year.
    """

    name: str
    kind: str = ""
    countries: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    born: int | None = None


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name of an entry in one of its forms; `quality` is primary, strong, weak or former."""

    text: str
    quality: str
    form: str
    legal_form: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """An entry of a list as far as it is compared."""

    kind: str
    names: tuple[ListedName, ...]
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The score 0..1 and what it rests on; `support` is a weak alias that lent to it, if any."""

    score: float
    name: ListedName
    form: Form
    comparison: Comparison
    qualifiers: tuple[Qualifier, ...]
    support: str = ""


_Row = tuple[float, ListedName, Form, Comparison]


def judge(query: Query, party: Party, weights: Weights) -> Verdict | None:
    """Compare a query with a party by the name that fits best; None when it bears no name.

    Another name can raise a score and never lower it; keys and the order of names do not count.
    """
    found = [
        (_capped(score.score, name), name, form, score)
        for name in party.names
        for form, score in _comparisons(query, party.kind, name, weights)
    ]
    if not found:
        return None
    best = max(row[0] for row in found)
    _, name, form, comparison = min((row for row in found if row[0] == best), key=_order)
    support = _support(found)
    strong = max((row[0] for row in found if row[1].quality != WEAK), default=0.0)
    if support and strong >= _SUPPORTED_FROM:
        best = max(best, min(1.0, strong + SUPPORT))
    else:
        support = ""
    told = qualifiers(
        query.countries, query.identifiers, query.born, party.facts, named=best >= _SUPPORTED_FROM
    )
    return Verdict(_qualified(best, told), name, form, comparison, told, support)


def _comparisons(
    query: Query, kind: str, name: ListedName, weights: Weights
) -> list[tuple[Form, Comparison]]:
    found = list[tuple[Form, Comparison]]()
    if as_person(query.kind, kind):
        found += [
            (form, persons.compare(form.text, name.form, weights))
            for form in forms(query.name, PERSON)
        ]
    if as_organization(query.kind, kind):
        for form in forms(query.name, ORGANIZATION):
            legal = (form.legal_form, name.legal_form)
            made = organizations.compare(form.text, name.form, weights, forms=legal)
            found.append((form, made))
    return found


def as_person(asked: str, listed: str) -> bool:
    """Whether names are compared as those of persons; an entry of no stated kind may be one."""
    return listed == PERSON or (listed == OTHER and asked != ORGANIZATION)


def as_organization(asked: str, listed: str) -> bool:
    """Whether names are compared as those of organizations, ships and aircraft among them."""
    return listed not in {PERSON, OTHER} or (listed == OTHER and asked != PERSON)


def _capped(score: float, name: ListedName) -> float:
    return min(score, WEAK_MOST) if name.quality == WEAK else score


def _order(row: _Row) -> tuple[bool, bool, str, str, str]:
    """Between equals the primary name speaks, then the one that comes first in the alphabet."""
    _, name, form, _ = row
    return name.quality != "primary", name.quality == WEAK, name.text, name.form, form.text


def _support(found: Sequence[_Row]) -> str:
    """Return the weak alias that fits almost wholly, or nothing."""
    weak = [
        name.text
        for _, name, _, comparison in found
        if name.quality == WEAK and comparison.score >= _SUPPORT_FROM
    ]
    return min(weak, default="")


def _qualified(score: float, told: Sequence[Qualifier]) -> float:
    least = max((row.least for row in told), default=0.0)
    changed = score + sum(row.change for row in told)
    return round(max(0.0, min(1.0, max(changed, least))), 4)
