"""The opportunity of each subject to answer before anything is decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.errors import Forbidden, InvalidValue
from casework.statute.closing import refuse_closed
from casework.statute.loader import load_pack
from casework.workflow.actions.admission import refuse_recused
from casework.workflow.queries.acts import acts_of
from casework.workflow.record import (
    Act,
    cleared_summary,
    has_cleared_summary,
    window_closes_on,
    window_of,
)
from casework.workflow.windows import may_take, next_window_steps
from models import Case, CaseSubject, Exhibit, Officer, ResponseWindow


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowStep:
    """`step` is summary_cleared, opened, answered, lapsed or waived.

    `text` holds the words of the summary, what the answer says, or the reason; the notice takes
    the words that were cleared, so it needs none.
    """

    step: str
    text: str = ""
    closes_on: date | None = None
    exhibit: Exhibit | None = None


def take_window_step(
    session: Session,
    case: Case,
    subject: CaseSubject,
    step: WindowStep,
    *,
    by: Officer,
    at: datetime,
    on: date,
) -> ResponseWindow:
    """Give the subject its opportunity to answer, or say how that ended. `on` is today in
    Washington.

    Forbidden for who may not take the step; InvalidValue when it does not follow from what is on
    record, or lacks what it needs.
    """
    refuse_closed(load_pack(case.text_version), case.stage)
    session.execute(sa.select(Case.id).where(Case.id == case.id).with_for_update())
    _refuse_officer(session, case, step.step, by)
    acts = acts_of(session, case)
    _check_step(case, subject, step, acts, on)
    row = ResponseWindow(
        case_id=case.id,
        by_id=by.id,
        by_person_id=by.person_id,
        at=at,
        entity_id=subject.entity_id,
        step=step.step,
        text=_words(step, acts, subject),
        closes_on=step.closes_on if step.step == "opened" else None,
        exhibit_id=step.exhibit.id if step.exhibit and step.step == "answered" else None,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        by,
        "window.step",
        f"entity:{subject.entity_id}",
        at=at,
        case=case,
        name=subject.entity.name,
        step=step.step,
        closes=row.closes_on.isoformat() if row.closes_on else "",
    )
    return row


def _refuse_officer(session: Session, case: Case, step: str, by: Officer) -> None:
    refuse_recused(session, case, by)
    if not may_take(step, by.roles):
        raise Forbidden(
            "A signing official clears the summary and waives the window; case officers and"
            " signing officials send the notice and record how it ended."
        )


def _check_step(
    case: Case, subject: CaseSubject, step: WindowStep, acts: list[Act], on: date
) -> None:
    entity_id = subject.entity_id
    if step.step not in next_window_steps(
        window_of(acts, entity_id), cleared=has_cleared_summary(acts, entity_id)
    ):
        raise InvalidValue("This does not follow from what is on record about the window.", "step")
    if step.step == "opened" and (step.closes_on is None or step.closes_on <= on):
        raise InvalidValue("Give the last day to answer; it must lie ahead.", "closes_on")
    if step.step == "answered" and (step.exhibit is None or step.exhibit.case_id != case.id):
        raise InvalidValue("Choose the exhibit that holds the answer.", "exhibit")
    closes_on = window_closes_on(acts, entity_id)
    if step.step == "lapsed" and closes_on and on <= closes_on:
        raise InvalidValue("The window is still open; it has not lapsed.", "step")


def _words(step: WindowStep, acts: list[Act], subject: CaseSubject) -> str:
    """What is kept: for the notice exactly the words that were cleared last."""
    typed = step.text.strip()
    if step.step != "opened":
        if not typed:
            raise InvalidValue("Write the summary, what the answer says, or the reason.", "text")
        return step.text
    cleared = cleared_summary(acts, subject.entity_id)
    if typed and typed != cleared.strip():
        raise InvalidValue(
            "The notice carries exactly the words that were cleared. Leave this empty, or have"
            " other words cleared first.",
            "text",
        )
    return cleared
