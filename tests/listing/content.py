"""The content of an invented entry, with names in two further scripts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from casework.listing.entry import CORRECTION, Facts, Line, Name, Words, content_of

ENTITY = UUID(int=7)


def content(*, reading: str = "determination", **changes: Any) -> dict[str, Any]:
    """`changes` are facts of the record."""
    facts: dict[str, Any] = {
        "name": "兰花计算有限公司",
        "names": (
            Name("Orchid Compute Ltd", "translation", "en", "strong"),
            Name("Орхидея", "weak_alias", "ru", "weak"),
        ),
        "kind": "organization",
        "countries": ("CN",),
        "last_attack": "2027-07-01",
        "determination": str(UUID(int=1)),
        "determined_on": "2027-08-02",
        "determined_under": "4(a) of H.R. 8283",
        "denials": (),
        **changes,
    }
    words = Words(
        part="conducted",
        reading=reading,
        lines=(Line("It queried the model.", ("exhibit:1",)),),
        privacy="A secret note.",
        correction=CORRECTION,
    )
    return content_of(
        case="MEA-2027-00001",
        entity=str(ENTITY),
        authority="4(g) of H.R. 8283",
        facts=Facts(**facts),
        words=words,
        supersedes="",
    )
