"""Editions of reports as they are found; whoever may not see a case of one does not see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from casework.packets.lettering import WASHINGTON
from casework.reports.document import Document, from_plain
from casework.workflow.queries.cases import visible_to
from models import Case, Determination, Job, Officer, Report, ReportCase, ReportCheck, Transmittal

RENDER = "render_report"


def seen_by(officer: Officer) -> sa.Select[Report]:
    """Editions that tell of no case hidden from the officer."""
    hidden = sa.select(ReportCase.report_id).where(
        ReportCase.report_id == Report.id,
        ReportCase.case_id.not_in(visible_to(officer).with_only_columns(Case.id)),
    )
    return sa.select(Report).where(~hidden.exists())


def find_visible(session: Session, officer: Officer, report_id: UUID) -> Report | None:
    return session.scalars(
        seen_by(officer)
        .where(Report.id == report_id)
        .options(
            joinedload(Report.prepared_by),
            joinedload(Report.approved_by),
            joinedload(Report.case),
            selectinload(Report.checks).joinedload(ReportCheck.by),
            selectinload(Report.transmittals).joinedload(Transmittal.by),
        )
        .execution_options(populate_existing=True)
    ).one_or_none()


def editions(
    session: Session,
    officer: Officer,
    kinds: Iterable[str],
    *,
    text_version: str,
    training: bool,
    case: Case | None = None,
) -> Sequence[Report]:
    """Without their contents, the newest first."""
    return session.scalars(
        seen_by(officer)
        .where(
            Report.kind.in_(list(kinds)),
            Report.text_version == text_version,
            Report.training.is_(training),
            Report.case_id == (case.id if case else None),
        )
        .options(
            defer(Report.contents), joinedload(Report.prepared_by), joinedload(Report.approved_by)
        )
        .order_by(Report.prepared_at.desc(), Report.id)
    ).all()


def newest(
    session: Session,
    kind: str,
    *,
    text_version: str,
    training: bool,
    case: Case | None,
    state: str,
) -> Report | None:
    """The newest edition in a state, whoever asks: for the command line."""
    return session.scalars(
        sa.select(Report)
        .where(
            Report.kind == kind,
            Report.text_version == text_version,
            Report.training.is_(training),
            Report.case_id == (case.id if case else None),
            Report.state == state,
        )
        .order_by(Report.number.desc())
        .limit(1)
    ).one_or_none()


def last_approved(
    session: Session, kinds: Iterable[str], *, text_version: str, training: bool
) -> Document | None:
    """The contents of the report approved last to the same receivers."""
    found = session.scalars(
        sa.select(Report)
        .where(
            Report.kind.in_(list(kinds)),
            Report.text_version == text_version,
            Report.training.is_(training),
            Report.state == "approved",
        )
        .order_by(Report.approved_at.desc(), Report.id)
        .limit(1)
    ).one_or_none()
    return contents_in(found) if found else None


def contents_in(report: Report) -> Document:
    """The frozen contents; InvalidValue when the stored form is not one."""
    return from_plain(report.contents)


def approved_on(report: Report) -> date:
    """The Washington day of the approval; the first of all days while there is none."""
    return report.approved_at.astimezone(WASHINGTON).date() if report.approved_at else date.min


def next_number(session: Session, kind: str, *, training: bool) -> int:
    last = session.scalar(
        sa.select(sa.func.max(Report.number)).where(
            Report.kind == kind, Report.training.is_(training)
        )
    )
    return (last or 0) + 1


def hold(session: Session, report: Report) -> None:
    """Lock the row to the end of the transaction and read it anew."""
    session.execute(sa.select(Report.id).where(Report.id == report.id).with_for_update())
    session.refresh(report)


def job_of(session: Session, report: Report) -> Job | None:
    """The latest job that draws the edition."""
    return session.scalars(
        sa.select(Job)
        .where(
            Job.kind == RENDER,
            Job.created_at >= report.prepared_at,
            Job.payload["report"].as_string() == str(report.id),
        )
        .order_by(Job.created_at.desc(), Job.id)
        .limit(1)
    ).first()


def left_out(session: Session, officer: Officer, report: Report) -> Sequence[str]:
    """References of cases with a determination that the officer sees and the edition lacks."""
    inside = sa.select(ReportCase.case_id).where(ReportCase.report_id == report.id)
    decided = sa.select(Determination.case_id)
    return session.scalars(
        visible_to(officer)
        .with_only_columns(Case.reference)
        .where(
            Case.id.not_in(inside),
            Case.id.in_(decided),
            Case.training.is_(report.training),
            Case.text_version == report.text_version,
        )
        .order_by(Case.reference)
    ).all()


def in_scope(cases: sa.Select[Case], *, text_version: str, training: bool) -> sa.Select[Case]:
    """Cases of one docket under one text, by reference: training and real ones never mix."""
    return cases.where(Case.text_version == text_version, Case.training.is_(training)).order_by(
        Case.reference
    )


def every_case() -> sa.Select[Case]:
    """For the command line, whose user can read the database anyway."""
    return sa.select(Case)
