"""The CUI banner as its grammar has it: read and written (32 CFR 2002.20, CUI registry). Pure.

`CUI//SP-PROPIN/LEI//FED ONLY/REL TO USA, GBR`: categories that a law specifies come first, then
the basic ones, each by alphabet; then the limited dissemination controls by alphabet. Countries
are written with three letters, the United States first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pycountry

from casework.errors import InvalidValue
from casework.handling.limits import CONTROLS, DISPLAY_ONLY, REL_TO, contradiction
from casework.handling.limits import countries_in_order as _in_order

_WITH_COUNTRIES = (REL_TO, DISPLAY_ONLY)


@dataclass(frozen=True, slots=True)
class Category:
    """A category of the registry; `specified` when a law sets controls of its own."""

    code: str
    specified: bool = False

    def __str__(self) -> str:
        return f"SP-{self.code}" if self.specified else self.code


@dataclass(frozen=True, slots=True)
class Banner:
    """`countries` (ISO 3166-1 alpha-2) belong to REL TO or DISPLAY ONLY and are empty without."""

    categories: tuple[Category, ...] = ()
    controls: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


def banner_of(
    categories: Iterable[Category], controls: Iterable[str], countries: Iterable[str] = ()
) -> Banner:
    """The banner in the order of the grammar. A category that is specified anywhere is so whole."""
    found = set(categories)
    stricter = {one for one in found if one.specified or Category(one.code, True) not in found}  # noqa: FBT003
    words = tuple(sorted(set(controls)))
    named = _in_order(countries) if set(words) & set(_WITH_COUNTRIES) else ()
    return Banner(tuple(sorted(stricter, key=_rank)), words, named)


def _rank(category: Category) -> tuple[bool, str]:
    return not category.specified, category.code


def written(banner: Banner) -> str:
    """The words of the banner; empty for one without a category and without a control."""
    if not banner.categories and not banner.controls:
        return ""
    parts = ["CUI"]
    if banner.categories:
        parts.append("/".join(map(str, banner.categories)))
    if banner.controls:
        parts.append("/".join(_control(word, banner.countries) for word in banner.controls))
    return "//".join(parts)


def _control(word: str, countries: Iterable[str]) -> str:
    if word not in _WITH_COUNTRIES:
        return word
    return f"{word} {', '.join(map(_three_letters, countries))}"


def _three_letters(code: str) -> str:
    found = pycountry.countries.get(alpha_2=code)
    return found.alpha_3 if found else code


def read(text: str, known: Iterable[str]) -> Banner:
    """The banner behind the words; `known` are the category codes of the pack.

    InvalidValue says what is wrong: another beginning, an unknown word, a wrong order, a
    contradiction.
    """
    head, *parts = text.split("//")
    if head != "CUI" or len(parts) not in {1, 2}:
        raise InvalidValue("A banner reads CUI//CATEGORIES//CONTROLS.", "banner")
    controls = _controls(parts[-1]) if len(parts) == 2 or _is_control(parts[0]) else []  # noqa: PLR2004
    categories = [] if len(parts) == 1 and controls else _categories(parts[0], set(known))
    words = [word for word, _ in controls]
    countries = [code for _, codes in controls for code in codes]
    if why := contradiction(words, countries, listed=1):
        raise InvalidValue(why, "banner")
    found = banner_of(categories, words, countries)
    if written(found) != text:
        raise InvalidValue(f"Write it in the order of the registry: {written(found)}.", "banner")
    return found


def _is_control(part: str) -> bool:
    return any(part.split("/", maxsplit=1)[0].startswith(word) for word in CONTROLS)


def _categories(part: str, known: set[str]) -> list[Category]:
    found = [Category(word.removeprefix("SP-"), word.startswith("SP-")) for word in part.split("/")]
    if strange := [one.code for one in found if one.code not in known]:
        raise InvalidValue(f"There is no CUI category “{strange[0]}”.", "banner")
    return found


def _controls(part: str) -> list[tuple[str, list[str]]]:
    return [_read_control(word) for word in part.split("/")]


def _read_control(word: str) -> tuple[str, list[str]]:
    for begin in _WITH_COUNTRIES:
        if word.startswith(f"{begin} "):
            return begin, [
                _two_letters(code) for code in word.removeprefix(f"{begin} ").split(", ")
            ]
    if word not in CONTROLS or word in _WITH_COUNTRIES:
        raise InvalidValue(f"There is no dissemination control “{word}”.", "banner")
    return word, []


def _two_letters(code: str) -> str:
    found = pycountry.countries.get(alpha_3=code)
    if found is None:
        raise InvalidValue(f"“{code}” is no country of ISO 3166.", "banner")
    return str(found.alpha_2)
