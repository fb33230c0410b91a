"""What a public version holds back, and on which basis. Pure.

Redaction happens in the data: what is held back is in neither the pages nor packet.json.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from casework.packets.contents import PacketContents, Summary

PUBLIC = "public"
_NOT_DECIDED = "marking not decided"
# Bases of 5 U.S.C. 552 by CUI category; other categories rest on a statute of their own.
_BASES = {
    "PROPIN": "(b)(4)",
    "PRIVILEGE": "(b)(5)",
    "PRVCY": "(b)(6)",
    "LEI": "(b)(7)",
    "INV": "(b)(7)",
}
DELIBERATION = f"[REDACTED {_BASES['PRIVILEGE']}]"
# The fields of the contents that a section prints, other than the one of its own name.
_PRINTED = {
    "entities": "subjects",
    "incidents": "chronology",
    "limits": "readings",
}
_SECTIONS = (
    "entities",
    "relations",
    "incidents",
    "findings",
    "conclusions",
    "contrary",
    "responses",
    "positions",
    "determinations",
    "measures",
    "not_taken",
    "exhibits",
    "record",
    "readings",
    "limits",
)

Veil = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Mark:
    """The handling of one item; `tlp` and `cui` are codes of the pack, `cui` may be empty."""

    owner_confidential: bool = False
    trade_secret: bool = False
    tlp: str = ""
    cui: str = ""


def banner(marks: Mapping[str, Mark] | list[Mark]) -> str:
    """The marking of the whole: every CUI category in it, and the strictest sharing limit."""
    every = list(marks.values()) if isinstance(marks, Mapping) else marks
    cui = sorted({mark.cui for mark in every if mark.cui})
    words = ["CUI//" + "/".join(cui)] if cui else []
    claimed = any(mark.owner_confidential or mark.trade_secret for mark in every)
    if claimed and "PROPIN" not in cui:  # that category says so already
        words.append("OWNER CONFIDENTIAL")
    if limits := [mark.tlp for mark in every if mark.tlp]:
        words.append(max(limits, key=_strictness))
    return "//".join(words) or "NO HANDLING MARK RECORDED"


_STRICT = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")


def _strictness(tlp: str) -> int:
    """Rank of a label; one that is not known counts as the strictest."""
    return _STRICT.index(tlp) if tlp in _STRICT else len(_STRICT)


def basis(mark: Mark | None) -> str:
    """Why an item is held back from the public, or "" where it may be released.

    An item that nobody has marked is held back too: silence is no permission.
    """
    if mark is None:
        return _NOT_DECIDED
    if mark.trade_secret or mark.owner_confidential:
        return _BASES["PROPIN"]
    if mark.cui:
        return _BASES.get(mark.cui, "(b)(3)")
    return "" if mark.tlp in {"", _STRICT[0]} else mark.tlp


def veil_for(recipient: str, marks: Mapping[str, Mark]) -> Veil:
    """Function of item and text that gives the text, or for the public its redaction."""

    def lifted(item: str, text: str) -> str:
        return text

    def drawn(item: str, text: str) -> str:
        why = basis(marks.get(item))
        return f"[REDACTED {why}]" if why and text else text

    return drawn if recipient == PUBLIC else lifted


def hides(veil: Veil, item: str) -> bool:
    """Whether whatever is said about the item is held back."""
    return veil(item, "said") != "said"


def printed_only(contents: PacketContents) -> PacketContents:
    """Drop what no section of this recipient prints: packet.json tells no more than the pages."""
    sections = contents.cover.recipient.sections
    unprinted: dict[str, Any] = {
        name: () for name in _SECTIONS if _PRINTED.get(name, name) not in sections
    }
    if "summary" not in sections:
        unprinted["summary"] = Summary()
    return replace(contents, **unprinted)
