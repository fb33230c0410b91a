"""Parts of a claim that components/allegation.html draws: where it was read, what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Reference:
    """A source in words; `href` may be empty."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Response:
    """What the accused party says; `kind` is a code of the vocabulary `response`."""

    kind: str
    text: str
    made_on: date | None
    source: Reference | None
