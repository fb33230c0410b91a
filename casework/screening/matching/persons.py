"""Two names of persons compared, in any order, with initials and names left out. Pure."""

from __future__ import annotations

from casework.screening.matching.align import Alignment, align
from casework.screening.matching.organizations import Against, Comparison
from casework.screening.matching.words import Weights, class_of_words

QUERY_COST, LISTED_COST = 0.6, 0.4
REPLACED = 0.78  # another name stands in the place of one: a brother rather than the man himself
SINGLE = 0.9  # "Omar" beside "Mohammed Omar": too many bear the one name
# Every name of the shorter of two agrees: the longer one merely says more.
CONTAINED, _CONTAINED_LEAST, _CONTAINED_WEIGHT = 0.74, 2, 0.6


def compare(query: str, listed: str, weights: Weights) -> Comparison:
    """Compare two forms of persons' names."""
    found = align(query.split(), listed.split(), weights.of_person, initials=True)
    if query == listed:
        return Comparison(1.0 if query else 0.0, found)
    score = found.score(weights.of_person, query_cost=QUERY_COST, listed_cost=LISTED_COST)
    against = _replaced(found)
    if against:
        score *= REPLACED
    elif _single(found):
        score *= SINGLE
    elif _contained(found):
        likeness = min(pair.likeness for pair in found.pairs)
        score = max(score, CONTAINED * likeness)
    return Comparison(max(0.0, min(1.0, score)), found, against)


def _replaced(found: Alignment) -> tuple[Against, ...]:
    particles = class_of_words("particles")
    one = [word for word in found.query_alone if word not in particles]
    other = [word for word in found.listed_alone if word not in particles]
    if not one or not other:
        return ()
    return (Against("word", " ".join(one), " ".join(other), 1 - REPLACED),)


def _single(found: Alignment) -> bool:
    """Whether one name alone agrees while a side has more names."""
    return len(found.pairs) == 1 and bool(found.query_alone or found.listed_alone)


def _contained(found: Alignment) -> bool:
    """Whether two full names or more agree and together tell enough."""
    full = [pair for pair in found.pairs if len(pair.query) > 1 and len(pair.listed) > 1]
    told = sum(pair.weight for pair in full)
    enough = len(full) >= _CONTAINED_LEAST and told >= _CONTAINED_WEIGHT * len(full)
    return enough and bool(found.query_alone or found.listed_alone)
