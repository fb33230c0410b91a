"""What the pictures are made from and what they come to. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class NodeKind(StrEnum):
    ORGANIZATION = "organization"
    PERSON = "person"
    STATE_BODY = "state_body"


@dataclass(frozen=True, slots=True)
class Node:
    """A party. `note` is a short second line ("E-1, China").

    `count` above 1 is a box for several like parties; `below` counts parties owned by this one
    that are left to the table.
    """

    id: str
    label: str
    kind: NodeKind = NodeKind.ORGANIZATION
    note: str = ""
    subject: bool = False
    count: int = 1
    below: int = 0


@dataclass(frozen=True, slots=True)
class Tie:
    """From owner to owned. `low` and `high` in percent, both None if the share is unknown.

    `kind` is "owns" or the word printed on the line ("controls").
    """

    owner: str
    owned: str
    low: Decimal | None = None
    high: Decimal | None = None
    kind: str = "owns"


@dataclass(frozen=True, slots=True)
class Picture:
    """`svg` is one svg element; `alternative` says the same in sentences; sizes in px."""

    svg: str
    alternative: str
    wide: float
    high: float


def share_text(low: Decimal | None, high: Decimal | None) -> str:
    """Share in words: 51%, 50% to 75%, at least 50%, at most 10%, or "share unknown"."""
    if low is None and high is None:
        return "share unknown"
    if high is None or low is None:
        return f"at least {_percent(low)}" if high is None else f"at most {_percent(high)}"
    return _percent(low) if low == high else f"{_percent(low)} to {_percent(high)}"


def _percent(share: Decimal | None) -> str:
    text = format(share or Decimal(0), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"
