"""Open cases, say what and whom they are about, and move them from stage to stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from casework import audit
from casework.errors import Blocker, Forbidden, InvalidValue, StaleVersion, TransitionBlocked
from casework.statute.casework_rows import Transition
from casework.statute.loader import load_pack
from casework.workflow.actions.admission import admit, refuse_recused
from casework.workflow.actions.scope import NewSubject, parties, put_incidents, put_subjects
from casework.workflow.engine import Step, blockers, next_steps
from casework.workflow.numbering import reference, series
from casework.workflow.queries import standing
from models import (
    Case,
    CaseCounter,
    CaseMember,
    Incident,
    Officer,
    StageChange,
)


def open_case(
    session: Session,
    incidents: Sequence[Incident],
    *,
    title: str,
    summary: str,
    text_version: str,
    by: Officer,
    at: datetime,
    subjects: Iterable[NewSubject] = (),
    training: bool = False,
) -> Case:
    """Open a case about one report or several. Whoever opens it leads it until reassigned.

    The parties of the reports become subjects in the role the report gives them, after those in
    `subjects`. InvalidValue without an incident.
    """
    if not incidents:
        raise InvalidValue("Choose at least one incident that the case is about.", "incidents")
    case = Case(
        reference=_next_reference(session, at),
        title=title,
        summary=summary,
        text_version=text_version,
        stage=load_pack(text_version).first_stage.id,
        training=training,
        opened_at=at,
        opened_by_id=by.id,
        lead_id=by.id,
    )
    session.add(case)
    session.flush()
    session.add(CaseMember(case_id=case.id, officer_id=by.id, added_by_id=by.id, added_at=at))
    put_incidents(session, case, incidents, by, at)
    put_subjects(session, case, [*subjects, *parties(session, incidents)])
    audit.record(
        session,
        by,
        "case.open",
        f"case:{case.reference}",
        at=at,
        case=case,
        title=title,
        incidents=[incident.reference for incident in incidents],
        text_version=text_version,
    )
    return case


def _next_reference(session: Session, at: datetime) -> str:
    name = series("MEA", at)
    counter = session.get(CaseCounter, name, with_for_update=True)
    if counter is None:
        counter = CaseCounter(series=name, last=0)
        session.add(counter)
    counter.last += 1
    session.flush()
    return reference(name, counter.last)


def edit_case(
    session: Session,
    case: Case,
    *,
    title: str,
    summary: str,
    next_review_on: date | None,
    by: Officer,
    at: datetime,
    version: int,
) -> Case:
    """StaleVersion when somebody saved the case since version `version` was read."""
    admit(session, case, by)
    check_version(case, version)
    before = {"title": case.title, "summary": case.summary}
    case.title, case.summary, case.next_review_on = title, summary, next_review_on
    audit.record(
        session, by, "case.edit", f"case:{case.reference}", at=at, case=case, before=before
    )
    return case


def assign_lead(
    session: Session, case: Case, officer: Officer, *, by: Officer, at: datetime, version: int
) -> Case:
    """Hand the case to `officer`, who joins its members. Forbidden for a recused person."""
    check_version(case, version)
    refuse_recused(session, case, officer)
    if session.get(CaseMember, (case.id, officer.id)) is None:
        session.add(
            CaseMember(case_id=case.id, officer_id=officer.id, added_by_id=by.id, added_at=at)
        )
    case.lead_id = officer.id
    session.flush()
    audit.record(
        session,
        by,
        "case.lead",
        f"officer:{officer.id}",
        at=at,
        case=case,
        name=officer.name,
    )
    return case


def advance_case(
    session: Session,
    case: Case,
    target: str,
    *,
    reason: str,
    by: Officer,
    at: datetime,
    version: int,
    decision: str = "",
    default_enacted: date | None = None,
) -> StageChange:
    """Move the case to stage `target`; `decision` picks a road where several lead there.

    StaleVersion, InvalidValue for an unknown stage or a missing reason, Forbidden when no role
    of the officer may take the road, TransitionBlocked with everything that is missing.
    """
    check_version(case, version)
    refuse_recused(session, case, by)
    road = _open_road(session, case, target, decision, by, default_enacted)
    if road.needs_reason and not reason:
        raise InvalidValue(
            "Give the reason for this step; it becomes part of the record.", "reason"
        )
    change = StageChange(
        case_id=case.id,
        by_id=by.id,
        by_person_id=by.person_id,
        at=at,
        from_stage=case.stage,
        to_stage=road.target,
        decision=road.decision,
        reason=reason,
    )
    session.add(change)
    case.stage = road.target
    session.flush()
    audit.record(
        session,
        by,
        "case.advance",
        f"case:{case.reference}",
        at=at,
        case=case,
        step=road.title,
        from_stage=change.from_stage,
        to_stage=change.to_stage,
        decision=road.decision,
        reason=reason,
    )
    return change


def _open_road(
    session: Session,
    case: Case,
    target: str,
    decision: str,
    by: Officer,
    default_enacted: date | None,
) -> Transition:
    pack = load_pack(case.text_version)
    if target not in pack.stages:
        raise InvalidValue("There is no such stage.", "target")
    facts = standing.facts_of(session, case, default_enacted=default_enacted)
    steps = [
        step
        for step in next_steps(facts, pack)
        if step.transition.target == target and decision in {"", step.transition.decision}
    ]
    if not steps:
        raise TransitionBlocked(blockers(facts, target, pack, decision=decision))
    step = min(steps, key=lambda each: len(each.blockers))
    if not by.roles & set(step.transition.roles):
        raise Forbidden(f"“{step.transition.title}” is a step for: {_roles(step)}.")
    if step.blockers:
        raise TransitionBlocked(list[Blocker](step.blockers))
    return step.transition


def _roles(step: Step) -> str:
    return ", ".join(role.replace("_", " ") for role in step.transition.roles)


def check_version(case: Case, version: int) -> None:
    if version != case.version:
        raise StaleVersion("The case was changed after you opened this page. Look at it again.")
