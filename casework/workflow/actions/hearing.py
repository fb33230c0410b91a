"""The opportunity of each subject to answer before anything is decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from casework import audit
from casework.access import Role
from casework.errors import Forbidden, InvalidValue
from casework.workflow.queries.acts import acts_of
from casework.workflow.record import has_cleared_summary, window_closes_on, window_of
from models import Case, CaseSubject, Exhibit, Officer, ResponseWindow


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowStep:
    """`step` is summary_cleared, opened, answered, lapsed or waived."""

    step: str
    text: str
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
    """Give the subject its opportunity to answer, or say how that ended.

    InvalidValue when the step does not follow from what is on record; Forbidden where a waiver
    is not made by a signing official. `on` is today in Washington.
    """
    if step.step == "waived" and Role.SIGNING_OFFICIAL not in by.roles:
        raise Forbidden("Only a signing official waives the response window.")
    if not by.roles & {Role.CASE_OFFICER, Role.SIGNING_OFFICIAL}:
        raise Forbidden("Case officers and signing officials keep the response window.")
    _check_step(session, case, subject, step, on)
    row = ResponseWindow(
        case_id=case.id,
        by_id=by.id,
        by_person_id=by.person_id,
        at=at,
        entity_id=subject.entity_id,
        step=step.step,
        text=step.text,
        closes_on=step.closes_on if step.step == "opened" else None,
        exhibit_id=step.exhibit.id if step.exhibit else None,
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


def _check_step(
    session: Session, case: Case, subject: CaseSubject, step: WindowStep, on: date
) -> None:
    acts = acts_of(session, case)
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


def next_window_steps(state: str, *, cleared: bool) -> tuple[str, ...]:
    """The steps that may follow the state of a window (see `window_of`)."""
    if state == "open":
        return ("answered", "lapsed")
    if state:
        return ("opened",) if cleared else ()
    return ("opened", "waived") if cleared else ("summary_cleared", "waived")
