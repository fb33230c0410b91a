"""What a public version holds back, and on which basis. Pure.

Redaction happens in the data: what is held back is in neither the pages nor packet.json.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from casework.handling.limits import COUNSEL
from casework.handling.marks import Mark, banner, strictness
from casework.packets.contents import PacketContents, Summary

__all__ = ["PUBLIC", "Mark", "banner", "basis", "hides", "open_part", "printed_only", "veil_for"]

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
    "analyses",
)

Veil = Callable[[str, str], str]


def basis(mark: Mark | None, *, cleared: bool = False) -> str:
    """Why an item is held back from the public, or "" where it may be released.

    An item that nobody has marked is held back too: silence is no permission. What an owner
    claims is held back unless it is `cleared`: the owner consented in writing, or a ruling on a
    notice to the submitter released it and its day has come. That settles the claim, the
    sharing label and the business category alone.
    """
    if mark is None:
        return _NOT_DECIDED
    if mark.claimed and not cleared:
        return _BASES["PROPIN"]
    if set(mark.dissemination) & COUNSEL:
        return _BASES["PRIVILEGE"]
    if mark.cui and not (cleared and mark.cui == "PROPIN"):
        return _BASES.get(mark.cui, "(b)(3)")
    if mark.personal_data:
        return _BASES["PRVCY"]
    return mark.tlp if strictness(mark.tlp) > 0 and not cleared else ""


def open_part(mark: Mark) -> Mark:
    """What is left of the marking of an item that was released to the public."""
    return replace(mark, owner_confidential=False, trade_secret=False, tlp="", cui="")


def veil_for(
    recipient: str, marks: Mapping[str, Mark], cleared: Collection[str] = frozenset()
) -> Veil:
    """Function of item and text that gives the text, or for the public its redaction. `cleared`
    are the items that the submitter, or a ruling after notice to it, released.
    """

    def lifted(item: str, text: str) -> str:
        return text

    def drawn(item: str, text: str) -> str:
        why = basis(marks.get(item), cleared=item in cleared)
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
