"""The words of business in other scripts, each with its English. Pure.

The tables stand beside this file: `glossary_han.toml`, `glossary_cyrillic.toml`,
`glossary_arabic.toml`.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

_HERE = Path(__file__).parent


@lru_cache(maxsize=8)
def glossary(script: str) -> dict[str, tuple[str, ...]]:
    """Return the English words by the word of `script`: han, cyrillic (stems) or arabic."""
    document = tomllib.loads((_HERE / f"glossary_{script}.toml").read_text("utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    for table in document.values():
        found |= {word: tuple(english.split()) for word, english in table.items()}
    return found


@lru_cache(maxsize=1)
def brands() -> dict[str, tuple[str, str]]:
    """Return the published Latin brand and its source by the brand in its own script."""
    document = tomllib.loads((_HERE / "brands.toml").read_text("utf-8"))
    return {row["written"]: (row["brand"], row["source"]) for row in document["brand"]}
