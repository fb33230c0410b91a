"""Names in Chinese characters: simplified, cut by the glossary, the rest in pinyin. Pure."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from opencc import OpenCC
from pypinyin import lazy_pinyin

from casework.screening.matching.glossary import glossary
from casework.screening.matching.text import is_han

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_NUMERALS = frozenset(_DIGITS) | frozenset(_SCALES)
# Family names of two characters; every other one has a single character.
_DOUBLE_SURNAMES = frozenset(
    {
        "欧阳",
        "司马",
        "诸葛",
        "上官",
        "司徒",
        "夏侯",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "端木",
        "独孤",
        "南宫",
    }
)
_FULL_NAME = 2  # characters from which a surname can be told from a given name


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=16_384)
def simplified(text: str) -> str:
    """Return `text` with traditional characters put as simplified ones."""
    return str(_converter().convert(text))


@lru_cache(maxsize=16_384)
def pinyin(run: str) -> tuple[str, ...]:
    """Return a run of characters as one word of pinyin without tones; characters that have no
    reading stand apart as they are.
    """
    parts = [part.replace("ü", "v").casefold() for part in lazy_pinyin(run)]
    split = groupby(parts, key=str.isascii)
    return tuple(word for read, found in split for word in (["".join(found)] if read else found))


def person_words(run: str) -> list[str]:
    """Return the family name and the given name in pinyin, in the order of the characters."""
    if len(run) < _FULL_NAME:
        return [*pinyin(run)]
    cut = 2 if run[:2] in _DOUBLE_SURNAMES and len(run) > _FULL_NAME else 1
    return [*pinyin(run[:cut]), *pinyin(run[cut:])]


def organization_words(run: str) -> list[str]:
    """Return the words of a run: by the glossary in English, what is left over in pinyin."""
    return [word for piece, english in _cut(run) for word in english or pinyin(piece)]


def spelled_words(run: str) -> list[str]:
    """Return the words of a run, all in pinyin, cut where the glossary knows a word."""
    return [word for piece, _ in _cut(run) for word in pinyin(piece)]


def _cut(run: str) -> list[tuple[str, tuple[str, ...]]]:
    """Pieces of a run with their English words; what the glossary lacks stays together."""
    found: list[tuple[str, tuple[str, ...]]] = []
    rest, place = "", 0
    while place < len(run):
        width, english = _at(run, place)
        if not width:
            rest, place = rest + run[place], place + 1
            continue
        found += [(rest, ())] if rest else []
        found.append((run[place : place + width], english))
        rest, place = "", place + width
    return [*found, (rest, ())] if rest else found


def _at(run: str, place: int) -> tuple[int, tuple[str, ...]]:
    """Width and English words of the longest entry at `place`; width 0 when there is none."""
    known = glossary("han")
    width, value = numeral(run[place:])
    if width:
        return width, (str(value),)
    for length in range(min(_longest(), len(run) - place), 1, -1):
        if (piece := run[place : place + length]) in known:
            return length, known[piece]
    return 0, ()


def numeral(text: str) -> tuple[int, int]:
    """Width and value of a number after 第, or of one of two signs and more; width 0 if none.

    >>> numeral("第十四研究所")
    (3, 14)
    """
    lead = 1 if text.startswith("第") else 0
    signs = ""
    for char in text[lead:]:
        if char not in _NUMERALS:
            break
        signs += char
    if not signs or (not lead and (len(signs) == 1 or set(signs) & set(_SCALES))):
        return 0, 0
    return lead + len(signs), _value(signs)


def _value(signs: str) -> int:
    if not set(signs) & set(_SCALES):
        return int("".join(str(_DIGITS[sign]) for sign in signs))
    total, digit = 0, 0
    for sign in signs:
        if sign in _SCALES:
            total, digit = total + (digit or 1) * _SCALES[sign], 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def runs(word: str) -> list[tuple[bool, str]]:
    """Cut a word where Chinese characters begin and end; True marks a Chinese run."""
    found: list[tuple[bool, str]] = []
    for char in word:
        han = is_han(char)
        if found and found[-1][0] == han:
            found[-1] = (han, found[-1][1] + char)
        else:
            found.append((han, char))
    return found


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(len(entry) for entry in glossary("han"))
