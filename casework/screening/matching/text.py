"""Words of a name in Latin letters, and keys that hear them rather than spell them. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from casework.screening.names import folded

_DOTTED = re.compile(r"\b[^\W\d](?:\.[^\W\d])+\b\.?")
_BETWEEN = re.compile(r"[^\w]+|_+")
_APOSTROPHES = re.compile(r"[’‘ʼʹʻ`´'\"“”«»]+")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
_LIKE_LETTERS = str.maketrans("01345", "oleas")
# Two letters for one sound, each put as a sign of its own; the order counts.
_SOUNDS = (
    ("tch", "c"),
    ("sch", "s"),
    ("shch", "s"),
    ("sh", "s"),
    ("ch", "c"),
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("ck", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("iy", "i"),
    ("ij", "i"),
    ("yj", "i"),
    ("yi", "i"),
    ("ya", "ia"),
    ("yu", "iu"),
    ("yo", "io"),
    ("ye", "e"),
    ("y", "i"),
    ("w", "v"),
)
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]+")


def is_han(char: str) -> bool:
    """Whether a character is Chinese, plain or of the extensions."""
    return "㐀" <= char <= "鿿" or "\U00020000" <= char <= "\U0003134f" or char == "々"


def has_han(text: str) -> bool:
    """Whether any character is Chinese."""
    return not text.isascii() and any(map(is_han, text))


def words(text: str, *, joined_initials: bool) -> list[str]:
    """Return the folded words of `text` in their own script, without marks between them.

    With `joined_initials` "S.C. Johnson" gives `sc johnson` and "G.m.b.H." `gmbh`, as the names
    of organizations are read; otherwise each initial is a word.
    """
    plain = _APOSTROPHES.sub("", folded(text)).replace("&", " and ")
    if joined_initials:
        plain = _DOTTED.sub(lambda found: found.group().replace(".", "") + " ", plain)
    return [word for word in _BETWEEN.split(plain) if word]


@lru_cache(maxsize=65_536)
def latin(word: str) -> str:
    """Return a word in small Latin letters and digits: `murom`, `7` of "7th"; may be empty."""
    # The letter ain is no vowel in Arabic and is written as one in Latin: Omar, Abd.
    spelled = word if word.isascii() else anyascii(word).casefold().replace("`", "a")
    bare = "".join(char for char in spelled if char.isalnum())
    ordinal = _ORDINAL.match(bare)
    return ordinal.group(1) if ordinal else bare


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """Return a Latin word as it sounds, so that romanizations of one name fall together."""
    heard = word
    if not word.isdigit() and not word.isalpha():
        heard = word.translate(_LIKE_LETTERS)
    for letters, sign in _SOUNDS:
        if letters in heard:
            heard = heard.replace(letters, sign)
    return _TWICE.sub(r"\1", heard)


@lru_cache(maxsize=65_536)
def consonants(word: str) -> str:
    """Return the consonants of a Latin word, as Arabic script would write them.

    >>> consonants("muhammad") == consonants("mohamed")
    True
    """
    heard = sound(word)
    first = heard[:1] if heard[:1] in "aeiou" else ""
    bare = _TWICE.sub(r"\1", _VOWELS.sub("", heard))
    return ("a" if first else "") + bare
