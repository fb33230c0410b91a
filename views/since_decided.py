"""What came in after a decision, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casework.decisions.queries.decisions import FrozenRow, is_intact
from casework.decisions.queries.freezing import present_record
from casework.decisions.since import Since, since
from casework.statute.casework_rows import Transition
from casework.statute.loader import load_pack
from models import Case, Entity
from views.clock import today
from views.transaction import db

REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Looked:
    """A frozen record looked at today. `roads` reopen the case from where it is."""

    record: dict[str, Any]
    intact: bool
    changes: list[Since]
    roads: list[Transition]

    @property
    def values(self) -> dict[str, str]:
        """Each conclusion as reviewed when it was decided."""
        found = self.record.get("conclusions", {}).get("as_reviewed", {})
        return {name: row["value"] for name, row in found.items()}


def looked_at(case: Case, row: FrozenRow, entity: Entity | None) -> Looked:
    """The record of `row`, which was about `entity`, beside the present one."""
    record: dict[str, Any] = row.record or {}
    now = present_record(db, case, entity, on=today())
    roads = [
        road for road in load_pack(case.text_version).roads(case.stage) if road.decision == REOPEN
    ]
    return Looked(record, is_intact(row), since(record, now), roads)
