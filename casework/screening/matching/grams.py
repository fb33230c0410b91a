"""Pieces of a name by which the lists are searched. Pure.

Each piece bears a sign of what it is, so that none is taken for another: `_` part of a word, `=` a
whole word, `~` the consonants of a word, `@` initials, `#` a pair of Chinese characters, and `*`,
which every name has and which therefore counts the names.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from casework.screening.matching.han import runs, simplified
from casework.screening.matching.text import consonants, has_han

EVERY = "*"
_LEAST_CONSONANTS, _MOST_INITIALS, _LEAST_INITIALS = 2, 8, 3
_LONGEST = 40  # characters of a word kept in a piece


def grams(form_text: str, raw: str) -> frozenset[str]:
    """Return the pieces of a form, and of the Chinese characters of the name as it is written."""
    tokens = form_text.split()
    found = {EVERY}
    for token in tokens:
        found |= _of_word(token[:_LONGEST])
    initials = "".join(token[0] for token in tokens)
    if _LEAST_INITIALS <= len(initials) <= _MOST_INITIALS:
        found.add(f"@{initials}")
    for token in tokens:
        if _LEAST_INITIALS <= len(token) <= _MOST_INITIALS and len(tokens) <= _LEAST_INITIALS:
            found.add(f"@{token}")
    return frozenset(found | _han(raw))


@lru_cache(maxsize=65_536)
def _of_word(token: str) -> frozenset[str]:
    padded = f" {token} "
    found = {"_" + padded[at : at + 3] for at in range(len(padded) - 2)}
    found.add(f"={token}")
    heard = consonants(token)
    if len(heard) >= _LEAST_CONSONANTS:
        found.add(f"~{heard}")
    return frozenset(found)


def _han(raw: str) -> set[str]:
    if not has_han(raw):
        return set()
    found: set[str] = set()
    for chinese, run in runs(simplified(raw)):
        if chinese:
            found |= {f"#{run}"} if len(run) == 1 else {f"#{a}{b}" for a, b in pairwise(run)}
    return found
