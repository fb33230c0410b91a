"""Words of two names set side by side: which stands for which, and which for none. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from casework.screening.matching.text import consonants, sound

SAME, NEAR, SOUND, CONSONANTS = "same", "near", "sound", "consonants"
INITIAL, JOINED, ACRONYM = "initial", "joined", "acronym"
_WORST = 0.6
_SOUND, _INITIAL, _JOINED, _ACRONYM = 0.95, 0.82, 0.97, 0.88
_CONSONANTS, _WRITTEN_WITHOUT_VOWELS = 0.88, 0.94
_LEAST_CONSONANTS, _LONGEST_ACRONYM, _JOINED_LEAST = 3, 6, 5
_JOINED_LEAST_WORDS, _JOINED_MOST, _SHORTEST_ACRONYM = 2, 3, 2
_SHORT, _MIDDLE, _LONG = 4, 6, 10  # letters from which one, two, three slips are allowed
Weigh = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of the query that stand for words of the listed name; `likeness` 0..1."""

    query: str
    listed: str
    likeness: float
    how: str
    weight: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairs, and the words of either name for which the other has none."""

    pairs: tuple[Pair, ...]
    query_alone: tuple[str, ...]
    listed_alone: tuple[str, ...]

    def score(self, weigh: Weigh, *, query_cost: float, listed_cost: float) -> float:
        """Return the share of the weight that agrees, 0..1; words alone count at their cost."""
        agreed = sum(pair.weight * pair.likeness for pair in self.pairs)
        whole = sum(pair.weight for pair in self.pairs)
        whole += query_cost * sum(map(weigh, self.query_alone))
        whole += listed_cost * sum(map(weigh, self.listed_alone))
        return agreed / whole if whole else 0.0


def align(
    query: Sequence[str], listed: Sequence[str], weigh: Weigh, *, initials: bool
) -> Alignment:
    """Pair the words of two names, in any order, the surest and weightiest pairs first.

    With `initials` a single letter stands for a word that begins with it; without, a short word
    stands for the words whose initials it is.
    """
    pairs, left, right = _same(query, listed, weigh)
    if left and right:
        _join(left, right, pairs, weigh, turned=False)
        _join(right, left, pairs, weigh, turned=True)
        if not initials:
            _acronyms(left, right, pairs, weigh, turned=False)
            _acronyms(right, left, pairs, weigh, turned=True)
        _near(left, right, pairs, weigh, initials=initials)
    return Alignment(tuple(pairs), tuple(left), tuple(right))


def _same(
    query: Sequence[str], listed: Sequence[str], weigh: Weigh
) -> tuple[list[Pair], list[str], list[str]]:
    pairs, left, right = list[Pair](), list[str](), list(listed)
    for word in query:
        if word in right:
            right.remove(word)
            pairs.append(Pair(word, word, 1.0, SAME, weigh(word)))
        else:
            left.append(word)
    return pairs, left, right


def _join(
    one: list[str], many: list[str], pairs: list[Pair], weigh: Weigh, *, turned: bool
) -> None:
    """Pair a word of `one` with two or three neighbours of `many` that it joins."""
    if len(many) < _JOINED_LEAST_WORDS:
        return
    shortest = sum(sorted(map(len, many))[:_JOINED_LEAST_WORDS]) - 1
    for word in [each for each in one if len(each) >= max(_JOINED_LEAST, shortest)]:
        for start, count in _windows(many, _JOINED_LEAST_WORDS, _JOINED_MOST):
            whole = "".join(many[start : start + count])
            if abs(len(whole) - len(word)) > 1:
                continue
            if OSA.distance(word, whole, score_cutoff=1) <= (len(word) > _MIDDLE):
                _pair(one, many, (word, start, count), pairs, weigh, _JOINED, JOINED, turned)
                break


def _acronyms(
    one: list[str], many: list[str], pairs: list[Pair], weigh: Weigh, *, turned: bool
) -> None:
    """Pair a short word of `one` with neighbours of `many` whose initials it is."""
    for word in [each for each in one if _SHORTEST_ACRONYM <= len(each) <= _LONGEST_ACRONYM]:
        for start, count in _windows(many, len(word), len(word)):
            if word == "".join(each[0] for each in many[start : start + count]):
                _pair(one, many, (word, start, count), pairs, weigh, _ACRONYM, ACRONYM, turned)
                break


def _pair(
    one: list[str],
    many: list[str],
    at: tuple[str, int, int],
    pairs: list[Pair],
    weigh: Weigh,
    likeness: float,
    how: str,
    turned: bool,  # noqa: FBT001 (which side is the query's)
) -> None:
    word, start, count = at
    words = many[start : start + count]
    del many[start : start + count]
    one.remove(word)
    weight = (weigh(word) + sum(map(weigh, words))) / 2
    sides = (" ".join(words), word) if turned else (word, " ".join(words))
    pairs.append(Pair(*sides, likeness, how, weight))


def _windows(words: Sequence[str], least: int, most: int) -> list[tuple[int, int]]:
    return [
        (start, count)
        for count in range(min(most, len(words)), least - 1, -1)
        for start in range(len(words) - count + 1)
    ]


def _near(
    left: list[str], right: list[str], pairs: list[Pair], weigh: Weigh, *, initials: bool
) -> None:
    found = []
    for one in dict.fromkeys(left):
        for other in dict.fromkeys(right):
            likeness, how = near(one, other, initials=initials)
            if likeness:
                weight = (weigh(one) + weigh(other)) / 2
                found.append((-likeness * weight, one, other, likeness, how, weight))
    for _, one, other, likeness, how, weight in sorted(found):
        if one in left and other in right:
            left.remove(one)
            right.remove(other)
            pairs.append(Pair(one, other, likeness, how, weight))


@lru_cache(maxsize=131_072)
def near(one: str, other: str, *, initials: bool) -> tuple[float, str]:
    """How alike two words are, 0 if not alike enough, and by what."""
    if min(len(one), len(other)) == 1:
        return (_INITIAL, INITIAL) if initials and one[0] == other[0] else (0.0, "")
    if one.isdigit() or other.isdigit():
        return 0.0, ""
    return max(_spelling(one, other), _hearing(one, other))


def _spelling(one: str, other: str) -> tuple[float, str]:
    allowed = slips(max(len(one), len(other)))
    if allowed == 1 and one[:1] != other[:1] and max(len(one), len(other)) == _SHORT:
        return 0.0, ""  # Ali is not Wali
    distance = OSA.distance(one, other, score_cutoff=allowed)
    if not allowed or distance > allowed:
        return 0.0, ""
    likeness = 1 - distance / max(len(one), len(other))
    return (likeness, NEAR) if likeness >= _WORST else (0.0, "")


def _hearing(one: str, other: str) -> tuple[float, str]:
    heard, also = sound(one), sound(other)
    if heard == also:
        return _SOUND, SOUND
    likeness, how = _spelling(heard, also)
    found = (likeness * _SOUND, how)
    bare, bare_also = consonants(one), consonants(other)
    if bare == bare_also and len(bare) >= _LEAST_CONSONANTS:
        written = {heard, also} & {bare}
        return max(found, (_WRITTEN_WITHOUT_VOWELS if written else _CONSONANTS, CONSONANTS))
    return found


def slips(length: int) -> int:
    """How many letters may differ in a word so long."""
    return (length >= _SHORT) + (length >= _MIDDLE) + (length >= _LONG)
