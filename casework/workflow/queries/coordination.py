from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.statute.loader import load_pack
from casework.workflow.queries import cases as workflow
from casework.workflow.record_kinds import OWNERS, STAGE, SUBJECTS, RecordKind, outcomes
from models import AgencyPosition, Case, Officer, PositionRequest


def requests_of(session: Session, case: Case) -> list[PositionRequest]:
    return list(
        session.scalars(
            sa.select(PositionRequest)
            .where(PositionRequest.case_id == case.id)
            .order_by(PositionRequest.agency)
        )
    )


def positions_of(session: Session, case: Case) -> list[AgencyPosition]:
    """Everything agencies said, the earliest first; the last word of each counts."""
    return list(
        session.scalars(
            sa.select(AgencyPosition)
            .where(AgencyPosition.case_id == case.id)
            .order_by(AgencyPosition.at, AgencyPosition.id)
        )
    )


def position_of(session: Session, case: Case, agency: str) -> AgencyPosition | None:
    said = [row for row in positions_of(session, case) if row.agency == agency]
    return said[-1] if said else None


def outcomes_of(session: Session, case: Case, kind: RecordKind) -> list[tuple[str, str]]:
    """Pairs of code and word that may be recorded for the kind in this case."""
    pack = load_pack(case.text_version)
    if kind.of_case == STAGE:
        return [(case.stage, pack.stages[case.stage].title)]
    if kind.of_case == SUBJECTS:
        subjects = workflow.subjects_of(session, case)
        return [(str(each.entity_id), each.entity.name) for each in subjects if each.examined]
    if kind.of_case == OWNERS:
        owners = {link.incident.owner_name for link in workflow.links_of(session, case)}
        return [(name, name) for name in sorted(owners)]
    return outcomes(kind, pack)


def awaiting_position(session: Session, officer: Officer) -> list[tuple[PositionRequest, Case]]:
    """Requests to the officer's agency without an answer, in visible cases, the earliest due."""
    answered = sa.exists().where(
        AgencyPosition.case_id == PositionRequest.case_id,
        AgencyPosition.agency == PositionRequest.agency,
    )
    rows = session.execute(
        sa.select(PositionRequest, Case)
        .join(Case, Case.id == PositionRequest.case_id)
        .where(
            PositionRequest.agency == officer.agency,
            ~answered,
            Case.id.in_(workflow.visible_to(officer).with_only_columns(Case.id)),
        )
        .order_by(PositionRequest.due_on, Case.reference)
        .limit(100)
    )
    return [(row[0], row[1]) for row in rows]
