"""What lay before a committee when its vote was closed, and whether the count still comes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.committee.ladder import stands
from casework.committee.queries.escalations import step_of
from casework.committee.queries.motions import loaded, tally_of
from casework.decisions.record import digest
from casework.statute.loader import load_pack
from casework.workflow.votes import Tally
from models import Case, Escalation, Motion, MotionClosing


def tally_part(tally: Tally) -> dict[str, Any]:
    """The count as plain JSON values."""
    return {name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(tally).items()} | {"outcome": str(tally.outcome)}  # fmt: skip


def closing_part(motion: Motion, tally: Tally, on: date) -> dict[str, Any]:
    """The motion, each ballot as cast and the count, for the frozen record."""
    return {
        "motion": str(motion.id),
        "question": motion.question,
        "statement": motion.statement,
        "content_sha256": motion.content_sha256,
        "seated": list(motion.seated),
        "ballots": [
            {
                "agency": row.agency,
                "choice": row.choice,
                "sequence": row.sequence,
                "dissent": row.dissent,
                "by": row.by.name,
                "person": str(row.by_person_id),
            }
            for row in motion.ballots
        ],
        "tally": tally_part(tally),
        "closed_on": on.isoformat(),
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """A closed vote of which something stored is not what its ballots and its ladder give."""

    case: str
    motion: Motion
    what: str


def differences(session: Session, case: Case | None = None) -> list[Difference]:
    """Every closed vote, of one case or of all, counted again. Empty when all is well."""
    taken_up = _taken_up(session, case)
    rows = session.execute(
        loaded()
        .add_columns(Case)
        .join(Case, Case.id == Motion.case_id)
        .join(MotionClosing, MotionClosing.motion_id == Motion.id)
        .where(Motion.case_id == case.id if case else sa.true())
    )
    return [
        Difference(of.reference, motion, what)
        for motion, of in rows.unique()
        for what in _faults(of, motion, taken_up.get(motion.id, []))
    ]


def _taken_up(session: Session, case: Case | None) -> dict[UUID, list[Escalation]]:
    """Escalations by the motion they are about, oldest first."""
    found = defaultdict[UUID, list[Escalation]](list)
    for row in session.scalars(
        sa.select(Escalation)
        .where(Escalation.motion_id.is_not(None))
        .where(Escalation.case_id == case.id if case else sa.true())
        .options(joinedload(Escalation.outcome))
        .order_by(Escalation.at, Escalation.id)
    ):
        if row.motion_id:
            found[row.motion_id].append(row)
    return found


def _faults(case: Case, motion: Motion, rows: list[Escalation]) -> Iterable[str]:
    closing = motion.closing
    if closing is None:
        return
    tally = tally_of(case, motion, closed=True)
    if (closing.outcome, closing.decision) != (tally.outcome, tally.decision):
        yield "the outcome"
    if closing.tally != tally_part(tally):
        yield "the count"
    if digest(closing.record) != closing.record_sha256:
        yield "the frozen record"
    told = [row.outcome.decision for row in rows if row.outcome]
    pack = load_pack(case.text_version)
    settled = [place for place, row in enumerate(rows, start=1) if row.outcome]
    steps = [step_of(row) for row in rows]
    if told != [stands(pack, motion.question, closing.decision, steps[:n]) for n in settled]:
        yield "a decision of the dispute ladder"
