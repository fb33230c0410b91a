"""The marking of one item, and the marking of a whole that is made of items. Pure.

TLP, CUI and the owner's claim are three separate things and stay so in every banner.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from casework.handling.cui import Category, banner_of, written
from casework.handling.limits import Limits, controls_of, limits_of

NOT_MARKED: Final = "NO HANDLING MARK RECORDED"
TLP_ORDER: Final = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
_BUSINESS: Final = "PROPIN"  # the category that says of itself that an owner claims confidence


@dataclass(frozen=True, slots=True)
class Mark:
    """The handling of one item. `tlp` and `cui` are codes of the pack and may be empty;
    `dissemination` are codes of its vocabulary of limits; `releasable_to` ISO 3166-1 alpha-2;
    `statute` the law that protects it; `expires_on` the day on which the marking is reviewed.
    """

    owner_confidential: bool = False
    trade_secret: bool = False
    tlp: str = ""
    cui: str = ""
    specified: bool = False
    dissemination: tuple[str, ...] = ()
    releasable_to: tuple[str, ...] = ()
    statute: str = ""
    personal_data: bool = False
    expires_on: date | None = None

    @property
    def claimed(self) -> bool:
        return self.owner_confidential or self.trade_secret

    @property
    def cui_words(self) -> str:
        """The CUI marking of the item alone, with its limits; empty where it is no CUI."""
        categories = [Category(self.cui, self.specified)] if self.cui else []
        return written(banner_of(categories, self.dissemination, self.releasable_to))

    @property
    def confidential(self) -> bool:
        """Whether a view of the item is entered in the log."""
        return self.claimed or bool(self.cui or self.dissemination)

    @property
    def limits(self) -> Limits:
        return limits_of(self.dissemination, self.releasable_to)

    def expired(self, on: date) -> bool:
        """Whether the marking is due for review. It holds until somebody decides."""
        return self.expires_on is not None and self.expires_on <= on


_UNLIMITED: Final = Limits()


@dataclass(frozen=True, slots=True)
class Whole:
    """The marking of a page or a packet: every category in it, the narrowest circle of readers,
    the strictest sharing label. `undecided` when an item of it has no marking at all.
    """

    categories: frozenset[Category] = frozenset()
    limits: Limits = _UNLIMITED
    tlp: str = ""
    claimed: bool = False
    undecided: bool = False

    def __or__(self, other: Whole) -> Whole:
        return Whole(
            _stricter(self.categories | other.categories),
            self.limits | other.limits,
            stricter_tlp(self.tlp, other.tlp),
            self.claimed or other.claimed,
            self.undecided or other.undecided,
        )

    @property
    def cui(self) -> str:
        """The CUI banner alone; empty where nothing is CUI."""
        return written(banner_of(self.categories, *controls_of(self.limits)))

    @property
    def words(self) -> str:
        """The banner of a page: CUI, the owner's claim, TLP."""
        words = [self.cui] if self.cui else []
        if self.claimed and _BUSINESS not in {one.code for one in self.categories}:
            words.append("OWNER CONFIDENTIAL")
        return "//".join([*words, *([self.tlp] if self.tlp else [])])


def _stricter(categories: frozenset[Category]) -> frozenset[Category]:
    return frozenset(banner_of(categories, ()).categories)


def strictness(tlp: str) -> int:
    """Rank of a label, none at all the lowest; one that is not known counts as the strictest."""
    if not tlp:
        return -1
    return TLP_ORDER.index(tlp) if tlp in TLP_ORDER else len(TLP_ORDER)


def stricter_tlp(left: str, right: str) -> str:
    """The stricter of two labels; of two unknown ones the later by alphabet."""
    return max(left, right, key=lambda label: (strictness(label), label))


def label_of(tlp: str) -> str:
    """A label as the pack writes it, whichever way it was stored."""
    return f"TLP:{tlp.removeprefix('TLP:')}" if tlp else ""


def whole_of(marks: Iterable[Mark | None]) -> Whole:
    """The marking of everything together; None stands for an item that nobody has marked."""
    found = Whole()
    for mark in marks:
        found |= _part(mark)
    return found


def _part(mark: Mark | None) -> Whole:
    if mark is None:
        return Whole(undecided=True)
    categories = frozenset({Category(mark.cui, mark.specified)} if mark.cui else ())
    return Whole(categories, mark.limits, label_of(mark.tlp), mark.claimed)


def banner(marks: Mapping[str, Mark] | Iterable[Mark]) -> str:
    """The marking of the whole in words, or the words that say there is none."""
    every = marks.values() if isinstance(marks, Mapping) else marks
    return whole_of(every).words or NOT_MARKED


@dataclass(frozen=True, slots=True)
class Designation:
    """The designation block: who controls the information, what it is, whom to ask."""

    controlled_by: str
    categories: str
    dissemination: str
    contact: str


def designation(whole: Whole, *, controlled_by: str, contact: str) -> Designation:
    """The block for a whole; `contact` names the records officer or the lead of the case."""
    banner = banner_of(whole.categories, *controls_of(whole.limits))
    only = written(banner_of((), banner.controls, banner.countries)).removeprefix("CUI//")
    return Designation(
        controlled_by,
        ", ".join(map(str, banner.categories)) or "None",
        only.replace("/", ", ") or "None",
        contact,
    )
