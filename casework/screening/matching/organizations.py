"""Two names of organizations: words by weight, places and numbers that contradict. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from casework.screening.matching.align import CONSONANTS, Alignment, align
from casework.screening.matching.legal import contrast
from casework.screening.matching.words import (
    PLACE_WEIGHT,
    Weights,
    class_of_words,
    number,
    places,
)

# A word of the query without a fellow says more than one of the list, whose names are longer.
QUERY_COST, LISTED_COST = 0.9, 0.45
# One telling word stands where another one stands: another firm, unless the rest is decisive.
REPLACED, REPLACED_GENERIC = 0.75, 0.9
PLACE, NUMBER, NUMBER_ALONE = 0.32, 0.2, 0.04
FORM, FAMILY = 0.01, 0.03
# The only telling word of a longer name: nearly sure, the less so the more words are left over.
BRAND, BRAND_STEP, BRAND_LOWEST = 0.88, 0.02, 0.8
_BRAND_LEAST, _BRAND_WEIGHT, _BRAND_LIKENESS = 4, 0.6, 0.9
_ACRONYM_LEAST = 3


@dataclass(frozen=True, slots=True)
class Against:
    """What speaks against: `about` place, number, form or word, what each name has, the cost."""

    about: str
    query: str
    listed: str
    cost: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """One name against another: the score 0..1 and all that made it."""

    score: float
    alignment: Alignment
    against: tuple[Against, ...] = ()
    brand: str = ""


@dataclass(frozen=True, slots=True)
class _Parts:
    """A form taken apart: telling words, numbers, and places by level."""

    words: tuple[str, ...]
    numbers: frozenset[str]
    places: tuple[tuple[str, str], ...]
    place_words: frozenset[str]


def compare(
    query: str, listed: str, weights: Weights, *, forms: tuple[str, str] = ("", "")
) -> Comparison:
    """Compare two forms of organizations' names; `forms` are their canonical legal forms."""
    if query == listed:
        pairs = align(query.split(), listed.split(), weights.of, initials=False)
        against = _form_against(*forms)
        return Comparison(_less(1.0 if query else 0.0, against), pairs, against)
    left, right = _parts(query), _parts(listed)
    against = (*_place_against(left, right), *_number_against(left, right))
    left, right = _without(left, right, {row.about for row in against})

    def weigh(word: str) -> float:
        weight = weights.of(word)
        known = word in left.place_words or word in right.place_words
        return min(weight, PLACE_WEIGHT) if known else weight

    found = _without_acronyms(
        align(left.words, right.words, weigh, initials=False), left.words, right.words
    )
    score = found.score(weigh, query_cost=QUERY_COST, listed_cost=LISTED_COST)
    against = (*against, *_replaced(found), *_form_against(*forms))
    factor = min((1 - row.cost for row in against if row.about == "word"), default=1.0)
    brand = "" if factor < 1 else _brand(found, weights, right.place_words)
    score = max(score * factor, _brand_score(found) if brand else 0.0)
    return Comparison(_less(score, against), found, against, brand)


def _less(score: float, against: Sequence[Against]) -> float:
    return max(0.0, min(1.0, score - sum(row.cost for row in against if row.about != "word")))


@lru_cache(maxsize=65_536)
def _parts(form: str) -> _Parts:
    words = form.split()
    found = places(words)
    numbers = frozenset(filter(None, map(number, words)))
    return _Parts(
        tuple(word for word in words if not number(word)),
        numbers,
        tuple(sorted(set(found.values()))),
        frozenset(words[at] for at in found),
    )


def _without(left: _Parts, right: _Parts, about: set[str]) -> tuple[_Parts, _Parts]:
    """Leave contradicting places out, for they are counted as such; and say nothing twice."""
    if "place" not in about:
        return _readable(left), _readable(right)
    both = [
        replace(part, words=tuple(word for word in part.words if word not in part.place_words))
        for part in (left, right)
    ]
    return (both[0], both[1]) if all(part.words for part in both) else (left, right)


def _readable(part: _Parts) -> _Parts:
    """A name of numbers alone is compared by them."""
    return part if part.words else replace(part, words=tuple(sorted(part.numbers)))


def _place_against(left: _Parts, right: _Parts) -> tuple[Against, ...]:
    for level in ("city", "province", "country"):
        one = {name for kind, name in left.places if kind == level}
        other = {name for kind, name in right.places if kind == level}
        if one and other and not one & other:
            said = (", ".join(sorted(one)), ", ".join(sorted(other)))
            return (Against("place", *said, PLACE),)
    return ()


def _number_against(left: _Parts, right: _Parts) -> tuple[Against, ...]:
    if left.numbers == right.numbers:
        return ()
    cost = NUMBER if left.numbers and right.numbers else NUMBER_ALONE
    said = (", ".join(sorted(left.numbers)), ", ".join(sorted(right.numbers)))
    return (Against("number", *said, cost),)


def _form_against(query: str, listed: str) -> tuple[Against, ...]:
    cost = {"": 0.0, "form": FORM, "family": FAMILY}[contrast(query, listed)]
    return (Against("form", query, listed, cost),) if cost else ()


def _replaced(found: Alignment) -> tuple[Against, ...]:
    if not found.query_alone or not found.listed_alone:
        return ()
    generic = class_of_words("generic")
    telling = set(found.query_alone) - generic and set(found.listed_alone) - generic
    factor = REPLACED if telling else REPLACED_GENERIC
    said = (" ".join(found.query_alone), " ".join(found.listed_alone))
    return (Against("word", *said, 1 - factor),)


def _brand_score(found: Alignment) -> float:
    return max(BRAND_LOWEST, BRAND - BRAND_STEP * len(found.listed_alone))


def _without_acronyms(
    found: Alignment, query: tuple[str, ...], listed: tuple[str, ...]
) -> Alignment:
    """Leave out what only repeats its own name: "CETC" in "China Electronics … (CETC)"."""
    return replace(
        found,
        query_alone=tuple(word for word in found.query_alone if not _repeats(word, query)),
        listed_alone=tuple(word for word in found.listed_alone if not _repeats(word, listed)),
    )


def _repeats(word: str, words: tuple[str, ...]) -> bool:
    """Whether a word has, in order, initials of the words before it, the first among them."""
    before = words[: words.index(word)] if word in words else ()
    initials = iter(each[0] for each in before)
    return (
        len(word) >= _ACRONYM_LEAST
        and bool(before)
        and word[0] == before[0][0]
        and all(letter in initials for letter in word)
    )


def _brand(found: Alignment, weights: Weights, place_words: frozenset[str]) -> str:
    """Return the words of a query that is the only telling part of the listed name."""
    if found.query_alone or not found.listed_alone:
        return ""
    plain = class_of_words("generic") | place_words
    if set(found.listed_alone) - plain:
        return ""
    telling = [
        pair.query
        for pair in found.pairs
        if pair.query not in plain
        and len(pair.query) >= _BRAND_LEAST
        and pair.likeness >= _BRAND_LIKENESS
        and pair.how != CONSONANTS
        and weights.of(pair.query) >= _BRAND_WEIGHT
    ]
    return " ".join(telling)
