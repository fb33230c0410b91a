from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.statute.loader import load_pack
from casework.statute.record_rows import OWNERS, STAGE, SUBJECTS, RecordKind
from casework.workflow.queries import cases as workflow
from casework.workflow.record_kinds import outcomes
from models import (
    AgencyPosition,
    Case,
    CaseSubject,
    Finding,
    Officer,
    PositionRequest,
    PurposeStatement,
)

NON_CONCUR, SILENT = "non_concur", "silent"


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
    return last_positions(session, case).get(agency)


def last_positions(session: Session, case: Case) -> dict[str, AgencyPosition]:
    """The last word of each agency, by its code."""
    return {row.agency: row for row in positions_of(session, case)}


def draft_sha256(session: Session, case: Case) -> str:
    """Hash of the draft finding as it stands: every subject, every revision of an answer and
    every statement on purpose. A position is given on one such draft.
    """
    written = [
        *session.execute(
            sa.select(Finding.element, Finding.entity_id, Finding.revision, Finding.id).where(
                Finding.case_id == case.id
            )
        ),
        *session.execute(
            sa.select(PurposeStatement.entity_id, PurposeStatement.id).where(
                PurposeStatement.case_id == case.id
            )
        ),
        *session.execute(
            sa.select(CaseSubject.entity_id, CaseSubject.examined).where(
                CaseSubject.case_id == case.id
            )
        ),
    ]
    lines = sorted(" ".join(str(each) for each in row) for row in written)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def on_earlier_draft(
    session: Session, case: Case, said: Iterable[AgencyPosition]
) -> list[AgencyPosition]:
    """Those given on a draft finding that has changed since. What was given before drafts were
    kept with positions is told from the time of the last answer or statement.
    """
    draft = draft_sha256(session, case)
    written = session.scalar(sa.select(sa.func.max(sa.union_all(*_written(case)).subquery().c.at)))
    return [
        row
        for row in said
        if row.position != SILENT
        and (row.draft_sha256 != draft if row.draft_sha256 else written and row.at < written)
    ]


def _written(case: Case) -> list[sa.Select[Any]]:
    return [
        sa.select(table.at.label("at")).where(table.case_id == case.id)
        for table in (Finding, PurposeStatement)
    ]


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
