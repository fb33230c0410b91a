"""Which text of which law a pack states, and where that stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Which text this is; `status` is where it stands and is never `law` for a bill.

    An Act in force has the status `enacted`, its day `enacted` (in Washington) and `law`, where
    it is printed. `default` marks the text under which new cases are opened unless another is
    chosen. A text that `borrows` from another takes over its vocabularies and techniques where
    it has none of its own, except those that rest on the other text.
    """

    title: str
    number: str
    congress: int
    bill_stage: str
    status: str
    introduced: date
    notice: str
    source: str
    enacted: date | None = None
    law: str = ""
    default: bool = False
    borrows: str = ""

    @property
    def in_force(self) -> bool:
        return self.enacted is not None

    @property
    def standing(self) -> str:
        """Which law it is, or which bill and where that stands, in a few words."""
        bill = f"{self.number}, {self.status}, not law"
        return f"in force, {self.law}" if self.in_force else bill
