"""Names in any script: folded for search, and told by the scripts they are written in. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter

# First word of a character's Unicode name, and the ISO 15924 code of the script it stands for.
_SCRIPTS = {
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "BENGALI": "Beng",
    "BOPOMOFO": "Bopo",
    "CJK": "Hani",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
    "HANGUL": "Hang",
    "HEBREW": "Hebr",
    "HIRAGANA": "Hira",
    "KATAKANA": "Kana",
    "KHMER": "Khmr",
    "LATIN": "Latn",
    "MONGOLIAN": "Mong",
    "MYANMAR": "Mymr",
    "TAMIL": "Taml",
    "THAI": "Thai",
    "TIBETAN": "Tibt",
}
SCRIPT_TITLES = {
    "Arab": "Arabic",
    "Armn": "Armenian",
    "Beng": "Bengali",
    "Bopo": "Bopomofo",
    "Cyrl": "Cyrillic",
    "Deva": "Devanagari",
    "Ethi": "Ethiopic",
    "Geor": "Georgian",
    "Grek": "Greek",
    "Hang": "Hangul",
    "Hani": "Chinese characters",
    "Hebr": "Hebrew",
    "Hira": "Hiragana",
    "Kana": "Katakana",
    "Khmr": "Khmer",
    "Latn": "Latin",
    "Mong": "Mongolian",
    "Mymr": "Burmese",
    "Taml": "Tamil",
    "Thai": "Thai",
    "Tibt": "Tibetan",
    "Zyyy": "No letters",
    "Zzzz": "Other script",
}
UNDETERMINED, OTHER = "Zyyy", "Zzzz"

# Scripts with letters that look alike, so that a word mixing them can pass for another word.
_LOOKALIKES = frozenset({"Latn", "Cyrl", "Grek"})


def folded(text: str) -> str:
    """`text` for comparison: compatibility forms, case and runs of space made alike.

    Characters without a shape of their own (zero-width joiners, soft hyphens) are left out, so
    that none can hide a name from a search.
    """
    shown = "".join(char for char in text if unicodedata.category(char) != "Cf")
    # Case folding can undo the normal form, and normalising can bring capitals back.
    once = unicodedata.normalize("NFKC", shown).casefold()
    return " ".join(unicodedata.normalize("NFKC", once).casefold().split())


def scripts(text: str) -> tuple[str, ...]:
    """ISO 15924 codes of the scripts in `text`, the commonest first; `Zyyy` without letters."""
    found = Counter(script for char in text if (script := _script(char)))
    return tuple(code for code, _ in found.most_common()) or (UNDETERMINED,)


def script_words(text: str) -> str:
    """Return `scripts` in words: "Chinese characters, Latin"."""
    return ", ".join(SCRIPT_TITLES[code] for code in scripts(text))


def lookalike_words(text: str) -> tuple[str, ...]:
    """Words of `text` that mix Latin, Cyrillic or Greek letters within themselves."""
    return tuple(word for word in text.split() if len(_LOOKALIKES.intersection(scripts(word))) > 1)


def _script(char: str) -> str:
    """Return the code of the script of a letter, else the empty string."""
    if not char.isalpha():
        return ""
    name = unicodedata.name(unicodedata.normalize("NFKC", char)[0], "")
    return _SCRIPTS.get(name.split(" ")[0].partition("-")[0], OTHER)
