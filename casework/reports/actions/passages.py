"""Write a part of a report, and register where an annex is held. Nothing is overwritten."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.errors import InvalidValue, StaleVersion
from casework.findings.actions import hold
from casework.packets import plain
from casework.reports.passages import case_refs, parse, plain_text, refuse_classified
from casework.reports.queries import passages as queries
from casework.reports.queries.passages import Place
from casework.reports.source import Annex
from casework.statute.casework_rows import Report, ReportSection
from models import AnnexPointer, Case, Officer, ReportPassage


def write_passage(
    session: Session,
    report: Report,
    place: Place,
    section: ReportSection,
    *,
    text: str,
    expected_revision: int,
    cases: sa.Select[Case],
    case: Case | None,
    by: Officer,
    at: datetime,
) -> ReportPassage:
    """The next revision of what a person writes for a section. `expected_revision` is the one
    the author saw, 0 for none; `cases` are those whose items may be named as sources.

    StaleVersion if another was written since; InvalidValue for a section that asks nothing, a
    classification marking, an unknown source or no text.
    """
    if case is not None:
        hold(session, case, by)
    if not section.asks:
        raise InvalidValue("This part is made from the record alone.", "text")
    refuse_classified(text)
    paragraphs = parse(text)
    if not paragraphs:
        raise InvalidValue("Write the text.", "text")
    if strange := queries.unknown_refs(session, case_refs(paragraphs), cases):
        raise InvalidValue(f"{strange[0]} is not among the cases that you can see.", "text")
    latest = queries.current(session, place).get(section.id)
    _refuse_stale(latest.revision if latest else 0, expected_revision)
    row = ReportPassage(
        text_version=place.text_version,
        training=place.training,
        kind=place.kind,
        case_id=place.case_id,
        section=section.id,
        revision=expected_revision + 1,
        text=plain_text(paragraphs),
        sources={"paragraphs": plain.dump(paragraphs)},
        by_id=by.id,
        by_person_id=by.person_id,
        at=at,
    )
    session.add(row)
    session.flush()
    _log(
        session,
        "report.passage",
        report,
        case,
        by,
        at,
        section=section.title,
        revision=row.revision,
    )
    return row


def _refuse_stale(latest: int, expected: int) -> None:
    if latest != expected:
        raise StaleVersion(
            f"Revision {latest} was written after you opened revision {expected}."
            " Compare the two and save again."
        )


def _log(
    session: Session,
    action: str,
    report: Report,
    case: Case | None,
    by: Officer,
    at: datetime,
    **told: str | int,
) -> None:
    subject = f"report:{report.id}"
    audit.record(session, by, action, subject, at=at, case=case, title=report.title, **told)


def register_annex(
    session: Session,
    report: Report,
    place: Place,
    *,
    annex: Annex,
    case: Case | None,
    by: Officer,
    at: datetime,
) -> AnnexPointer:
    """Where an annex is held, never what it says; InvalidValue for a missing word, or one that
    is itself a classification marking.
    """
    if case is not None:
        hold(session, case, by)
    words = {
        "title": annex.title,
        "system": annex.system,
        "custodian": annex.custodian,
        "registry_number": annex.registry_number,
    }
    for field, word in words.items():
        if not word.strip():
            raise InvalidValue("Fill in this field.", field)
        refuse_classified(word)
    row = AnnexPointer(
        text_version=place.text_version,
        training=place.training,
        kind=place.kind,
        case_id=place.case_id,
        **words,
        by_id=by.id,
        by_person_id=by.person_id,
        at=at,
    )
    session.add(row)
    session.flush()
    _log(session, "report.annex", report, case, by, at, registry_number=annex.registry_number)
    return row
