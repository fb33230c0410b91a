from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload, lazyload

from casework.access import Permission, Role, permits
from models import Case, CaseMember, Officer, Person, Recusal, RoleGrant, Task


def is_recused(session: Session, case: Case, officer: Officer) -> bool:
    """Whether the person behind the account is recused, under whichever account."""
    return bool(
        session.scalar(
            sa.select(
                sa.exists().where(
                    Recusal.case_id == case.id, Recusal.person_id == officer.person_id
                )
            )
        )
    )


def team_of(session: Session, case: Case) -> list[Officer]:
    """Members of the case by name, with their roles."""
    return list(
        session.scalars(
            sa.select(Officer)
            .join(CaseMember, CaseMember.officer_id == Officer.id)
            .join(Person, Person.id == Officer.person_id)
            .where(CaseMember.case_id == case.id)
            .order_by(Person.name, Officer.email)
        )
    )


def addable(session: Session, case: Case) -> list[Officer]:
    """Active officers who could be given the need to know, by name."""
    members = sa.select(CaseMember.officer_id).where(CaseMember.case_id == case.id)
    recused = sa.select(Recusal.person_id).where(Recusal.case_id == case.id)
    found = session.scalars(
        sa.select(Officer)
        .join(Person, Person.id == Officer.person_id)
        .where(
            Officer.active,
            Officer.id.in_(sa.select(RoleGrant.officer_id)),
            Officer.id.not_in(members),
            Officer.person_id.not_in(recused),
        )
        .order_by(Person.name, Officer.email)
    )
    return [officer for officer in found if permits(officer, Permission.CASE_READ, case)]


def recusals_of(session: Session, case: Case) -> list[tuple[Recusal, str, str]]:
    """Each recusal with the name of the person and of who declared it, the earliest first."""
    declarer = aliased(Person)
    rows = session.execute(
        sa.select(Recusal, Person.name, declarer.name)
        .join(Person, Person.id == Recusal.person_id)
        .join(Officer, Officer.id == Recusal.declared_by_id)
        .join(declarer, declarer.id == Officer.person_id)
        .where(Recusal.case_id == case.id)
        .order_by(Recusal.declared_at, Recusal.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def find_task(session: Session, case: Case, task_id: UUID) -> Task | None:
    return session.scalars(
        sa.select(Task).where(Task.id == task_id, Task.case_id == case.id)
    ).one_or_none()


def open_tasks(session: Session, case: Case) -> list[Task]:
    """Open tasks, the earliest due first, undated ones last."""
    return list(
        session.scalars(
            sa.select(Task)
            .where(Task.case_id == case.id, Task.done_at.is_(None))
            .options(joinedload(Task.assignee, innerjoin=True).options(lazyload(Officer.grants)))
            .order_by(Task.due_on.is_(None), Task.due_on, Task.created_at)
        )
    )


def could_lead(session: Session, case: Case) -> list[Officer]:
    """Active case officers who are not recused, by name."""
    recused = sa.select(Recusal.person_id).where(Recusal.case_id == case.id)
    holding = sa.select(RoleGrant.officer_id).where(RoleGrant.role == Role.CASE_OFFICER)
    return list(
        session.scalars(
            sa.select(Officer)
            .join(Person, Person.id == Officer.person_id)
            .where(Officer.active, Officer.id.in_(holding), Officer.person_id.not_in(recused))
            .order_by(Person.name, Officer.email)
        )
    )
