"""Legal forms: found at the ends of a name, taken off, and compared by themselves. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

# A phrase of a form as long as this may have one letter wrong ("joynt stock company").
_LONG_PHRASE = 12
_TIMES = 3  # "Corporation Joint Stock Company" carries more than one form
# Short words that are a form only where forms stand last: "Co", but also "AS", "SE", "AD", "KG".
_ONLY_LAST = frozenset({"as", "ab", "se", "ad", "ag", "sa", "co", "company", "up", "bv", "corp"})
Found = tuple[list[str], list[str]]


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], dict[str, str], dict[str, str], int]:
    """Form by written words, form by Chinese suffix, family by form, words of the longest."""
    document = tomllib.loads((Path(__file__).parent / "legal_forms.toml").read_text("utf-8"))
    written = {words: form for form, row in document.items() for words in row["written"]}
    han = {sign: form for form, row in document.items() for sign in row.get("han", ())}
    families = {form: row["family"] for form, row in document.items()}
    return written, han, families, max(len(words.split()) for words in written)


def taken_off(words: Sequence[str]) -> Found:
    """Return the words without legal forms at either end, and the forms; some word always stays.

    >>> taken_off(["siemens", "ag"])
    (['siemens'], ['ag'])
    """
    rest, found = list(words), list[str]()
    for _ in range(_TIMES):
        cut = _last(rest) or _first(rest)
        if cut is None:
            break
        rest, form = cut
        found.append(form)
    return rest, list(dict.fromkeys(found))


def han_taken_off(run: str) -> tuple[str, str]:
    """Return a run of Chinese characters without its legal form, and the form or nothing."""
    suffixes = _table()[1]
    for sign in sorted(suffixes, key=len, reverse=True):
        if run.endswith(sign) and run != sign:
            return run.removesuffix(sign), suffixes[sign]
    return run, ""


def contrast(left: str, right: str) -> str:
    """How two canonical forms, each perhaps several or none, differ: "", "form" or "family"."""
    if not left or not right or set(left.split()) & set(right.split()):
        return ""
    families = _table()[2]
    return "form" if _families(left, families) & _families(right, families) else "family"


def _families(forms: str, families: dict[str, str]) -> set[str]:
    found = {families[form] for form in forms.split() if form in families}
    return {"limited", "stock"} if found == {"other"} else found


def _last(words: list[str]) -> tuple[list[str], str] | None:
    longest = _table()[3]
    for length in range(min(longest, len(words) - 1), 0, -1):
        if form := _form(" ".join(words[-length:])):
            return words[:-length], form
    return None


def _first(words: list[str]) -> tuple[list[str], str] | None:
    written, longest = _table()[0], _table()[3]
    for length in range(min(longest, len(words) - 1), 0, -1):
        phrase = " ".join(words[:length])
        if phrase in written and phrase not in _ONLY_LAST:
            return words[length:], written[phrase]
    return None


@lru_cache(maxsize=1)
def _long_phrases() -> tuple[str, ...]:
    return tuple(known for known in _table()[0] if len(known) >= _LONG_PHRASE)


@lru_cache(maxsize=32_768)
def _form(phrase: str) -> str:
    """Return the form that a phrase is, a slip of the pen in a long one allowed."""
    written = _table()[0]
    if phrase in written:
        return written[phrase]
    if len(phrase) < _LONG_PHRASE or " " not in phrase:
        return ""
    near = [
        known
        for known in _long_phrases()
        if abs(len(known) - len(phrase)) <= 1 and OSA.distance(phrase, known, score_cutoff=1) <= 1
    ]
    return written[min(near)] if near else ""
