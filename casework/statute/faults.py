"""How the checks of a pack tell what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casework.statute.pack import StatutePack


def unknown(where: str, ids: Iterable[str], known: Iterable[str], what: str) -> Iterator[str]:
    names = set(known)
    yield from (f"{where}: unknown {what} {each!r}" for each in ids if each not in names)


def twice(where: str, codes: list[str]) -> Iterator[str]:
    yield from (
        f"{where}: {c!r} is used twice" for c in sorted({c for c in codes if codes.count(c) > 1})
    )


def terms(pack: StatutePack, vocabulary: str) -> tuple[str, ...]:
    """Codes of a vocabulary, none where the pack lacks it."""
    return pack.codes(vocabulary) if vocabulary in pack.vocabularies else ()
