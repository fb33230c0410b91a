"""What the steps of the training walk share."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from casework.evidence.store import BlobStore
from casework.statute.loader import load_pack
from casework.statute.pack import StatutePack
from casework.workflow.actions import cases as workflow
from casework.workflow.actions import coordination
from models import Case, Officer
from views.transaction import Session

FOLDER = Path(__file__).parent / "data"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text())


@dataclass
class Walk:
    """What the steps of the walk share. `on` is today in Washington."""

    session: Session
    store: BlobStore
    officers: dict[str, Officer]
    text_version: str
    at: datetime
    on: date
    cap: int
    data: dict[str, Any] = field(default_factory=lambda: _read("training.toml"))
    after: dict[str, Any] = field(default_factory=lambda: _read("training_after.toml"))

    @property
    def pack(self) -> StatutePack:
        return load_pack(self.text_version)

    def by(self, key: str) -> dict[str, Any]:
        """Who acts and when; each act a moment after the one before."""
        self.at += timedelta(milliseconds=1)
        return {"by": self.officers[key], "at": self.at}

    def go(self, case: Case, target: str, key: str, reason: str, *, decision: str = "") -> None:
        workflow.advance_case(
            self.session,
            case,
            target,
            reason=reason,
            decision=decision,
            version=case.version,
            **self.by(key),
        )

    def record(
        self, case: Case, kind: str, outcome: str, note: str, key: str, day: date | None = None
    ) -> None:
        coordination.put_on_record(
            self.session,
            case,
            kind=kind,
            outcome=outcome,
            happened_on=day or self.on,
            note=note,
            on=self.on,
            **self.by(key),
        )

    def take(self, case: Case, decision: str, key: str, reason: str) -> None:
        """Go the road that the pack records under that decision."""
        target = next(row.target for row in self.pack.transitions if row.decision == decision)
        self.go(case, target, key, reason, decision=decision)

    @staticmethod
    def delegate_of(agency: str) -> str:
        """The key of the officer who speaks for that agency."""
        return f"delegate-{agency.partition('_')[0].lower()}"
