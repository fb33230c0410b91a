"""A name in the forms in which it is compared: one letter case, one script, no legal form. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from casework.screening.matching import han
from casework.screening.matching.glossary import brands, glossary
from casework.screening.matching.legal import han_taken_off, taken_off
from casework.screening.matching.text import has_han, latin, words
from casework.screening.matching.words import class_of_words

PERSON = "person"
SPELLED, TRANSLATED, BRANDED = "spelled", "translated", "branded"
_ARTICLE = "ال"
_SHORTEST_AFTER_ARTICLE = 3
_LONGEST_NAME = 600  # characters read of a name; lists have none longer
_ADJECTIVE = ("skogo", "skaya", "skoye", "skiy", "skoy", "skii")
_SHORTEST_STEM = 4
_INFLECTED = re.compile(
    "(?:с?к)?(?:[аяыиоеуюйь]|ов|ев|ей|[аяо]м|ем|[ая]ми|[ая]х|[иыо]й|ая|яя|ое|ее|[иы]е|[ое]го"
    "|[ое]му|[иы]м|[иы]х|[иы]ми|ую|юю|и[яиюей]|и[ея]м|и[яе]х)?$"
)
Words = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Form:
    """`text` is Latin words with one space between; `legal_form` canonical forms, or empty;
    `how` the name came to it: `spelled` out, `translated` by the glossary, or with a published
    brand in the place of the `brand` characters.
    """

    text: str
    legal_form: str
    how: str = SPELLED
    brand: str = ""


@lru_cache(maxsize=65_536)
def forms(text: str, kind: str) -> tuple[Form, ...]:
    """Return the distinct forms of a name, the one closest to English first; at least one.

    `kind` is organization, person, vessel, aircraft or other. A name without letters or digits
    has the form with empty text.
    """
    text = text[:_LONGEST_NAME]
    made = _person(text) if kind == PERSON else _organization(text)
    found: dict[str, Form] = {}
    for form in made:
        found.setdefault(form.text, form)
    return tuple(form for form in found.values() if form.text) or (Form("", ""),)


def _person(text: str) -> list[Form]:
    plain = words(text, joined_initials=False)
    titles = class_of_words("titles")
    kept = [word for word in plain if word not in titles] or plain
    return [Form(" ".join(part for word in kept for part in _spelled_person(word)), "")]


def _organization(text: str) -> list[Form]:
    simple = han.simplified(text) if has_han(text) else text
    rest, legal = _without_legal_form(words(simple, joined_initials=True))
    foreign = any(not word.isascii() for word in rest)
    made = []
    if brand := _brand(rest):
        bare = [_put(word, brand) for word in rest]
        made.append(_form(bare, legal, _translated, how=BRANDED, brand=brand))
    if foreign:
        made.append(_form(rest, legal, _translated, how=TRANSLATED))
    return [*made, _form(rest, legal, _spelled)]


def _form(rest: list[str], legal: str, put: Words, *, how: str = SPELLED, brand: str = "") -> Form:
    told = [part for word in rest for part in put(word) if part]
    # Translating or spelling out may bring a legal form to light ("Group Corporation").
    told, more = taken_off(told)
    stop = class_of_words("stop")
    kept = [word for word in told if word not in stop] or told
    return Form(" ".join(kept), legal or " ".join(more), how, brand)


def _without_legal_form(rest: list[str]) -> tuple[list[str], str]:
    rest, found = taken_off(rest)
    if rest and has_han(rest[-1]):
        bare, sign = han_taken_off(rest[-1])
        rest, found = [*rest[:-1], bare], [*found, *filter(None, [sign])]
    return rest, " ".join(dict.fromkeys(found))


def _brand(rest: list[str]) -> str:
    """Return the longest published brand written in the words, or nothing."""
    found = [brand for brand in brands() if any(brand in word for word in rest)]
    return max(found, key=len) if found else ""


def _put(word: str, brand: str) -> str:
    """Write a published brand in Latin letters, apart from the characters around it."""
    return word.replace(brand, f" {brands()[brand][0]} ")


def _spelled(word: str) -> list[str]:
    if not has_han(word):
        return [_bare_latin(word)]
    return [
        part
        for chinese, run in han.runs(word)
        for part in (han.spelled_words(run) if chinese else [latin(run)])
    ]


def _spelled_person(word: str) -> list[str]:
    if not has_han(word):
        return [part for part in [_bare_latin(word)] if part]
    return [
        part
        for chinese, run in han.runs(word)
        for part in (han.person_words(run) if chinese else [latin(run)])
        if part
    ]


def _translated(word: str) -> list[str]:
    found: list[str] = []
    for piece in word.split():
        for chinese, run in han.runs(piece):
            found += han.organization_words(run) if chinese else _translated_other(run)
    return found


def _translated_other(word: str) -> list[str]:
    if word.isascii():
        return [latin(word)]
    bare = _without_article(word)
    if english := glossary("arabic").get(bare) or _by_stem(bare):
        return list(english)
    return [_without_ending(latin(bare))] if "а" <= word[0] <= "я" else [latin(bare)]


def _by_stem(word: str) -> tuple[str, ...]:
    """English of the longest stem after which only an ending follows: not "gas" in "gazprom"."""
    stems = glossary("cyrillic")
    for length in range(len(word), 2, -1):
        if (found := stems.get(word[:length])) and _INFLECTED.match(word, length):
            return found
    return ()


def _without_ending(word: str) -> str:
    """`muromskiy`, of Murom, without the ending of an adjective."""
    for ending in _ADJECTIVE:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _bare_latin(word: str) -> str:
    return latin(_without_article(word))


def _without_article(word: str) -> str:
    bare = word.removeprefix(_ARTICLE)
    return bare if len(bare) >= _SHORTEST_AFTER_ARTICLE else word
