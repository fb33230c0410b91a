"""Read the numbered places of a bill from its XML (element names of the bill DTD)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from casework.statute.act import Act
from casework.statute.pack import StatutePack

LARGEST = 32 * 1024 * 1024
_LEVELS = (
    "section",
    "subsection",
    "paragraph",
    "subparagraph",
    "clause",
    "subclause",
    "item",
    "subitem",
)
_GROUPS = frozenset({"title", "subtitle", "division", "part", "chapter", "subchapter"})
_WORDS = frozenset({"text", "continuation-text"})
_DEEPEST = len(_LEVELS) + len(_GROUPS)


class BillTextRefused(ValueError):
    """Not the XML of the bill that was asked for; the message says what it is instead."""


@dataclass(frozen=True, slots=True)
class ProvisionText:
    """One numbered place; `words` is empty where the text sits in the places below it."""

    id: str
    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class BillText:
    """`number` reads `H.R. 8283`; `stage` is the word of the XML, `Introduced-in-House`."""

    number: str
    congress: int
    stage: str
    provisions: tuple[ProvisionText, ...]


def read_bill(content: bytes) -> BillText:
    """Read a bill of any number; BillTextRefused for anything that is not the XML of a bill."""
    root = _parse(content)
    if root.tag != "bill":
        raise BillTextRefused(f"the document is a <{_short(root.tag)}>, not a <bill>")
    body = root.find("legis-body")
    if body is None:
        raise BillTextRefused("the bill has no <legis-body>")
    provisions = tuple(_walk(body, "", 0))
    if not provisions:
        raise BillTextRefused("the bill has no numbered section")
    _refuse_twins(provisions)
    return BillText(
        number=_number(_said(root.find("form/legis-num"))),
        congress=_congress(_said(root.find("form/congress"))),
        stage=root.get("bill-stage", ""),
        provisions=provisions,
    )


def is_text_of(text: BillText, act: Act) -> bool:
    """Whether the text is the very bill, at the very stage, that the act names."""
    found = (text.number, text.congress, text.stage)
    return found == (_number(act.number), act.congress, act.bill_stage)


def describe(text: BillText) -> str:
    """Which bill this is, in a few words for a message."""
    return _short(
        f"{text.number or 'a bill without number'}, Congress {text.congress}, "
        f"{text.stage or 'no stage'}"
    )


def match(pack: StatutePack, provisions: Iterable[ProvisionText]) -> list[str]:
    """Ids that stand in the pack or in the text but not in both, in order of name."""
    return sorted(pack.provisions.keys() ^ {provision.id for provision in provisions})


def _parse(content: bytes) -> Element:
    if len(content) > LARGEST:
        raise BillTextRefused(f"the document is larger than {LARGEST // 1024**2} MB")
    try:
        return fromstring(content)
    except DefusedXmlException:
        raise BillTextRefused("the document declares entities, which a bill does not") from None
    except (ParseError, LookupError, ValueError) as error:
        raise BillTextRefused(f"the document is not well-formed XML: {_short(error)}") from None


def _walk(parent: Element, prefix: str, depth: int) -> Iterator[ProvisionText]:
    if depth > _DEEPEST:
        raise BillTextRefused("the document nests deeper than a bill does")
    for child in parent:
        if child.tag in _GROUPS:
            yield from _walk(child, prefix, depth + 1)
        elif child.tag in _LEVELS:
            place = _place(child, prefix)
            yield ProvisionText(place, _said(child.find("header")), _words(child))
            yield from _walk(child, place, depth + 1)


def _place(element: Element, prefix: str) -> str:
    enum = re.sub(r"[^0-9A-Za-z]", "", _said(element.find("enum")))
    if not enum:
        raise BillTextRefused(f"a <{element.tag}> after {prefix or 'the start'} has no <enum>")
    return f"{prefix}({enum})" if prefix else enum


def _words(element: Element) -> str:
    return " ".join(filter(None, (_said(child) for child in element if child.tag in _WORDS)))


def _said(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _number(text: str) -> str:
    return "".join(text.split())


def _congress(text: str) -> int:
    found = re.match(r"\d{1,4}", text)
    return int(found.group()) if found else 0


def _refuse_twins(provisions: tuple[ProvisionText, ...]) -> None:
    seen: set[str] = set()
    for provision in provisions:
        if provision.id in seen:
            raise BillTextRefused(f"{provision.id} stands twice in the document")
        seen.add(provision.id)


def _short(value: object) -> str:
    return " ".join(str(value).split())[:160]
