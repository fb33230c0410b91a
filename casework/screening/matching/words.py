"""What kind of word a word is: its weight, and places and numbers that tell parties apart. Pure."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from casework.screening.countries import COUNTRIES
from casework.screening.matching.text import latin

_ROMAN = re.compile(r"^(?=[ivx]{2,})x{0,2}(?:ix|iv|v?i{0,3})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
GENERIC_MOST, PLACE_WEIGHT, PARTICLE_WEIGHT = 0.35, 0.5, 0.15
_RAREST_SHARE, _FEW_NAMES = 0.65, 200


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


@lru_cache(maxsize=8)
def class_of_words(name: str) -> frozenset[str]:
    """Return stop, generic, particles or titles."""
    return frozenset(_document()[name])


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[str, str]]:
    """Level (city, province, country) and one name of a place, by any of its names."""
    found = {}
    for code_name in COUNTRIES.values():
        name = " ".join(filter(None, map(latin, code_name.split(",")[0].split())))
        found[name] = ("country", name)
    for name, meant in _document()["countries"].items():
        found[name] = ("country", meant)
    for name in _document()["provinces"]:
        found[name] = ("province", name)
    for name in _document()["cities"]:
        found[name] = ("city", name)
    return found


def places(words: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Level and name of the places among `words` by position; a name of two words stands at both.

    >>> places(["bank", "of", "hong", "kong"])
    {2: ('country', 'hong kong'), 3: ('country', 'hong kong')}
    """
    known, found = _places(), dict[int, tuple[str, str]]()
    for at, word in enumerate(words):
        if at in found:
            continue
        two = f"{word} {words[at + 1]}" if at + 1 < len(words) else ""
        if two in known:
            found[at] = found[at + 1] = known[two]
        elif word in known:
            found[at] = known[word]
    return found


@lru_cache(maxsize=16_384)
def number(word: str) -> str:
    """Return the number a word carries: "7", "12" of "xii", "2007ahl1"; empty when it has none."""
    if any(char.isdigit() for char in word):
        return word.lstrip("0") or "0"
    if not _ROMAN.match(word):
        return ""
    values = [_ROMAN_VALUES[char] for char in word]
    after = [*values[1:], 0]
    return str(sum(-v if v < n else v for v, n in zip(values, after, strict=True)))


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each word tells, 0..1, from the names of the lists that hold it.

    `counts` is how many of `total` names hold a word; without lists every word that is not of the
    general vocabulary of business tells everything.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    total: int = 0

    def of(self, word: str) -> float:
        """Return the weight of a word of an organization's name."""
        weight = self._rarity(word)
        if word in class_of_words("generic"):
            return min(weight, GENERIC_MOST)
        return weight

    def of_person(self, word: str) -> float:
        """Return the weight of a word of a person's name; a common one still tells half."""
        if word in class_of_words("particles"):
            return PARTICLE_WEIGHT
        return 0.4 + 0.6 * self._rarity(word)

    def _rarity(self, word: str) -> float:
        if self.total < _FEW_NAMES:
            return 1.0
        idf = math.log((self.total + 1) / (self.counts.get(word, 0) + 1))
        # A word of one name in a thousand tells everything already.
        return max(1 - _RAREST_SHARE, min(1.0, idf / math.log(1000)))
