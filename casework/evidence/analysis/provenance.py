"""What a result rests on: releases of all that computes, and the form in which it is kept."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, Final

LIBRARIES: Final = (
    "duckdb", "ibis-framework", "pyarrow", "numpy", "scipy", "scikit-network",
)  # fmt: skip
_HERE: Final = Path(__file__).parent


def versions(also: Iterable[str] = ()) -> dict[str, str]:
    """Releases by name, with `python`, `system` and `code`."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "code": code_digest(),
        **{name: metadata.version(name) for name in (*LIBRARIES, *also)},
    }


@cache
def code_digest() -> str:
    """SHA-256 over the source of the analysis and of the intake, file by file.

    An installation need not have a repository, and one that has may have been changed since.
    """
    digest = hashlib.sha256()
    places = (_HERE, _HERE.parent / "usage")
    for path in sorted(found for place in places for found in place.rglob("*.[pt][yo]*")):
        if path.suffix in {".py", ".toml"}:
            digest.update(f"{path.relative_to(_HERE.parent)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def rounded(value: Any, places: int = 9) -> Any:
    """The same document with every float rounded; sums of floats differ in their last bits."""
    kind = type(value)  # large reports hold millions of values: asking an instance costs more
    if kind is float:
        return round(value, places) + 0.0
    if kind in {str, int, bool, type(None)}:
        return value
    if isinstance(value, Mapping):
        return {name: rounded(each, places) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(each, places) for each in value]
    return round(float(value), places) + 0.0 if isinstance(value, float) else value
