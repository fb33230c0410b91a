"""Compare two names as the screening does, without lists."""

from __future__ import annotations

from casework.screening.matching.forms import forms
from casework.screening.matching.subjects import ListedName, Party, Query, Verdict, judge
from casework.screening.matching.words import Weights


def listed(text: str, kind: str = "organization", quality: str = "strong") -> list[ListedName]:
    return [ListedName(text, quality, form.text, form.legal_form) for form in forms(text, kind)]


def party(*names: str, kind: str = "organization", weak: tuple[str, ...] = ()) -> Party:
    found = [row for name in names for row in listed(name, kind)]
    found += [row for name in weak for row in listed(name, kind, "weak")]
    return Party(kind=kind, names=tuple(found))


def verdict(
    query: str, *names: str, kind: str = "organization", **weak: tuple[str, ...]
) -> Verdict:
    found = judge(Query(name=query, kind=kind), party(*names, kind=kind, **weak), Weights())
    assert found is not None
    return found


def score(query: str, *names: str, kind: str = "organization", **weak: tuple[str, ...]) -> float:
    return verdict(query, *names, kind=kind, **weak).score
