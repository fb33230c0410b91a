"""Countries as sanctions lists write them, mapped to ISO 3166. Pure.

A place that maps to none (a region, a former state) gives the empty string; the entry keeps the
words.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pycountry

from casework.screening.countries import COUNTRIES
from casework.screening.names import folded

_OTHER_NAMES = {
    "bahamas, the": "BS",
    "the bahamas": "BS",
    "burma": "MM",
    "cape verde": "CV",
    "china, hong kong special administrative region": "HK",
    "congo, democratic republic of the": "CD",
    "democratic republic of the congo": "CD",
    "congo, republic of the": "CG",
    "republic of the congo": "CG",
    "cote d ivoire": "CI",
    "crimea region of ukraine": "UA",
    "czech republic": "CZ",
    "democratic people's republic of korea": "KP",
    "dprk": "KP",
    "gambia, the": "GM",
    "the gambia": "GM",
    "great britain": "GB",
    "hong kong, china": "HK",
    "korea, north": "KP",
    "korea, south": "KR",
    "macau": "MO",
    "man, isle of": "IM",
    "palestinian": "PS",
    "palestine": "PS",
    "state of palestine": "PS",
    "region: crimea": "UA",
    "region: gaza": "PS",
    "gaza": "PS",
    "west bank": "PS",
    "russia": "RU",
    "swaziland": "SZ",
    "turkey": "TR",
    "u.a.e.": "AE",
    "u.k.": "GB",
    "u.s.a.": "US",
    "uk": "GB",
    "usa": "US",
    "virgin islands, british": "VG",
    "british virgin islands": "VG",
    "virgin islands, u.s.": "VI",
    "macedonia": "MK",
    "the former yugoslav republic of macedonia": "MK",
}
_FIELDS = ("name", "common_name", "official_name", "alpha_3")
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")


def _names() -> dict[str, str]:
    found = {code.casefold(): code for code in COUNTRIES}
    for country in pycountry.countries:
        written = (getattr(country, name, "") for name in _FIELDS)
        found.update({folded(name): country.alpha_2 for name in written if name})
    return found | _OTHER_NAMES


_CODES = _names()


@lru_cache(maxsize=4096)
def country_code(text: str) -> str:
    """The ISO 3166 alpha-2 code of a country in any usual writing, or the empty string."""
    name = folded(text).strip(" .")
    return _CODES.get(name) or _CODES.get(_BRACKET.sub("", name), "")


def ends_in_code(text: str) -> str:
    """The code in capitals that ends an address ("…, Nicosia, 1066, CY"), or empty."""
    last = text.rsplit(",", 1)[-1].strip()
    return last if last in COUNTRIES else ""
