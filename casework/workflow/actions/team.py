"""Who works on a case, who may not, what they say to each other and what is left to do."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.access import Permission, Role, permits
from casework.errors import Forbidden, InvalidValue, StaleVersion
from casework.workflow.actions.admission import refuse_recused
from casework.workflow.queries import team as queries
from models import Case, CaseMember, Comment, Officer, Recusal, Task


def add_member(
    session: Session, case: Case, officer: Officer, *, by: Officer, at: datetime
) -> CaseMember:
    """Give an officer the need to know. Forbidden for a recused person, InvalidValue for an
    officer without a role that reads cases.
    """
    refuse_recused(session, case, officer)
    if not permits(officer, Permission.CASE_READ, case):
        raise InvalidValue(f"{officer.name} holds no role that reads cases.", "officer")
    if session.get(CaseMember, (case.id, officer.id)):
        raise InvalidValue(f"{officer.name} is a member already.", "officer")
    member = CaseMember(case_id=case.id, officer_id=officer.id, added_by_id=by.id, added_at=at)
    session.add(member)
    session.flush()
    audit.record(
        session,
        by,
        "member.add",
        f"officer:{officer.id}",
        at=at,
        case=case,
        name=officer.name,
    )
    return member


def remove_member(
    session: Session, case: Case, officer: Officer, *, by: Officer, at: datetime
) -> None:
    """InvalidValue for the lead, who must hand the case over first, and for a stranger."""
    member = session.get(CaseMember, (case.id, officer.id))
    if member is None:
        raise InvalidValue(f"{officer.name} is not a member.", "officer")
    if case.lead_id == officer.id:
        raise InvalidValue(f"{officer.name} leads the case. Assign another lead first.", "officer")
    session.delete(member)
    audit.record(
        session,
        by,
        "member.remove",
        f"officer:{officer.id}",
        at=at,
        case=case,
        name=officer.name,
    )


def recuse(
    session: Session, case: Case, officer: Officer, *, reason: str, by: Officer, at: datetime
) -> Recusal:
    """Keep a person out of the case for good, under every account, at once.

    One may recuse oneself; for another only a case officer may. There is no way back.
    """
    if officer.person_id != by.person_id and Role.CASE_OFFICER not in by.roles:
        raise Forbidden("Only a case officer may record the recusal of somebody else.")
    if queries.is_recused(session, case, officer):
        raise InvalidValue(f"{officer.name} is recused already.", "officer")
    recusal = Recusal(
        case_id=case.id,
        person_id=officer.person_id,
        reason=reason,
        declared_by_id=by.id,
        declared_at=at,
    )
    session.add(recusal)
    _take_out(session, case, officer)
    audit.record(
        session,
        by,
        "case.recuse",
        f"officer:{officer.id}",
        at=at,
        case=case,
        name=officer.name,
        reason=reason,
    )
    return recusal


def _take_out(session: Session, case: Case, officer: Officer) -> None:
    accounts = list(
        session.scalars(sa.select(Officer.id).where(Officer.person_id == officer.person_id))
    )
    for account in accounts:
        member = session.get(CaseMember, (case.id, account))
        if member:
            session.delete(member)
    if case.lead_id in accounts:
        case.lead_id = None
    session.flush()


def comment(session: Session, case: Case, text: str, *, by: Officer, at: datetime) -> Comment:
    """Comments stay as they were written; who sees the case sees them."""
    refuse_recused(session, case, by)
    said = Comment(case_id=case.id, by_id=by.id, by_person_id=by.person_id, at=at, text=text)
    session.add(said)
    session.flush()
    audit.record(session, by, "case.comment", f"comment:{said.id}", at=at, case=case)
    return said


def add_task(
    session: Session,
    case: Case,
    *,
    title: str,
    assignee: Officer,
    due_on: date | None,
    by: Officer,
    at: datetime,
) -> Task:
    """InvalidValue when the assignee does not see the case: the task would reach nobody."""
    refuse_recused(session, case, by)
    if assignee.id not in {officer.id for officer in queries.team_of(session, case)}:
        raise InvalidValue(f"{assignee.name} is not a member of this case.", "assignee")
    task = Task(
        case_id=case.id,
        title=title,
        due_on=due_on,
        assignee_id=assignee.id,
        created_by_id=by.id,
        created_at=at,
    )
    session.add(task)
    session.flush()
    audit.record(
        session,
        by,
        "task.add",
        f"task:{task.id}",
        at=at,
        case=case,
        title=title,
        assignee=assignee.name,
        due=due_on.isoformat() if due_on else "",
    )
    return task


def finish_task(
    session: Session, case: Case, task: Task, *, by: Officer, at: datetime, version: int
) -> Task:
    """Forbidden but to the assignee, the lead and case officers; StaleVersion when it is done."""
    refuse_recused(session, case, by)
    if version != task.version or task.done_at:
        raise StaleVersion("The task was changed or finished in the meantime.")
    if by.id not in {task.assignee_id, case.lead_id} and Role.CASE_OFFICER not in by.roles:
        raise Forbidden("A task is finished by its assignee, the lead or a case officer.")
    task.done_at = at
    session.flush()
    audit.record(session, by, "task.finish", f"task:{task.id}", at=at, case=case, title=task.title)
    return task
