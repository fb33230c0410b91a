"""Which cases an officer may see, and how they are found.

Every list, count and search of cases starts from `visible_to`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, lazyload

from casework.access import Role
from casework.screening.queries import merges
from casework.workflow.queries.stages import at_choice
from models import (
    Case,
    CaseIncident,
    CaseMember,
    CaseSubject,
    Entity,
    Incident,
    Officer,
    PositionRequest,
    Recusal,
    Task,
)

PAGE = 25
SORTS: dict[str, InstrumentedAttribute[datetime] | InstrumentedAttribute[str]] = {
    "opened": Case.opened_at,
    "reference": Case.reference,
    "title": Case.title,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """What a list of cases leaves; an empty word leaves all. `lead` is an officer id, `stage` a
    value of `stage_choices`.
    """

    q: str = ""
    stage: str = ""
    lead: UUID | None = None
    mine: bool = False
    training: str = ""


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of a list. `after` is the reference that the next page starts behind."""

    cases: list[Case]
    count: int
    after: str


def visible_to(officer: Officer) -> sa.Select[Case]:
    """Cases with a need to know, less those from which the person behind the account is recused."""
    recused = sa.select(Recusal.case_id).where(Recusal.person_id == officer.person_id)
    return sa.select(Case).where(_reach(officer), Case.id.not_in(recused))


def _reach(officer: Officer) -> sa.ColumnElement[bool]:
    if Role.RECORDS_OFFICER in officer.roles:
        return sa.true()
    ways = [Case.id.in_(sa.select(CaseMember.case_id).where(CaseMember.officer_id == officer.id))]
    if Role.AGENCY_DELEGATE in officer.roles and officer.agency:
        asked = sa.select(PositionRequest.case_id).where(PositionRequest.agency == officer.agency)
        ways.append(Case.id.in_(asked))
    return sa.or_(*ways)


def visible_case(session: Session, officer: Officer, reference: str) -> Case | None:
    """The case with its lead, or None where it is absent or not for this officer."""
    return session.scalars(
        visible_to(officer)
        .where(Case.reference == reference)
        .options(joinedload(Case.lead).options(lazyload(Officer.grants)))
    ).one_or_none()


def cases(
    session: Session,
    officer: Officer,
    wanted: Filter,
    *,
    sort: str = "opened",
    descending: bool = True,
    after: str = "",
) -> CasePage:
    """A page of the cases that the officer may see, read by position behind `after`."""
    chosen = _filtered(visible_to(officer), officer, wanted)
    count = session.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
    column = SORTS[sort]
    order = (column.desc(), Case.reference.desc()) if descending else (column, Case.reference)
    page = chosen.options(joinedload(Case.lead).options(lazyload(Officer.grants))).order_by(*order)
    if after:
        page = page.where(_behind(session, officer, column, after, descending=descending))
    rows = list(session.scalars(page.limit(PAGE + 1)))
    more = len(rows) > PAGE
    return CasePage(rows[:PAGE], count, rows[PAGE - 1].reference if more else "")


def _behind(
    session: Session,
    officer: Officer,
    column: InstrumentedAttribute[datetime] | InstrumentedAttribute[str],
    after: str,
    *,
    descending: bool,
) -> sa.ColumnElement[bool]:
    """Rows past the case `after` in the order of the list; all rows when it is not visible."""
    last = visible_to(officer).with_only_columns(column).where(Case.reference == after)
    value = session.scalar(last)
    if value is None:
        return sa.true()
    here = sa.tuple_(column, Case.reference)
    # The types of the literals are those of the columns, so that times compare as times.
    there = sa.tuple_(sa.literal(value, column.type), sa.literal(after, Case.reference.type))
    return here < there if descending else here > there


def _filtered(chosen: sa.Select[Case], officer: Officer, wanted: Filter) -> sa.Select[Case]:
    if wanted.stage:
        chosen = chosen.where(at_choice(wanted.stage))
    if wanted.lead:
        chosen = chosen.where(Case.lead_id == wanted.lead)
    if wanted.mine:
        chosen = chosen.where(Case.lead_id == officer.id)
    if wanted.training:
        chosen = chosen.where(Case.training == (wanted.training == "yes"))
    return chosen.where(_mentions(wanted.q)) if wanted.q else chosen


def _mentions(words: str) -> sa.ColumnElement[bool]:
    """Reference, title, summary or a name of a subject contains the words, case aside, or one of
    what is read as one with it.
    """
    reads = sa.select(Entity.id).where(
        Entity.search_text.contains(words.casefold(), autoescape=True)
    )
    alike = sa.select(Entity.id).where(merges.of_parties(Entity.id, reads))
    named = sa.select(CaseSubject.case_id).where(CaseSubject.entity_id.in_(alike))
    return sa.or_(
        Case.reference.icontains(words, autoescape=True),
        Case.title.icontains(words, autoescape=True),
        Case.summary.icontains(words, autoescape=True),
        Case.id.in_(named),
    )


def visible_references(
    session: Session, officer: Officer, references: Collection[str]
) -> frozenset[str]:
    """Those of the references that lead to a case which the officer may see."""
    if not references:
        return frozenset()
    found = visible_to(officer).where(Case.reference.in_(references))
    return frozenset(session.scalars(found.with_only_columns(Case.reference)))


def leads(session: Session, officer: Officer) -> list[tuple[UUID, str]]:
    """Id and name of every lead of a visible case, by name, for a filter."""
    ids = sa.select(visible_to(officer).subquery().c.lead_id).distinct()
    found = session.scalars(
        sa.select(Officer).where(Officer.id.in_(ids)).options(lazyload(Officer.grants))
    )
    return sorted(((each.id, each.name) for each in found), key=lambda pair: pair[1])


def subjects_of(session: Session, case: Case) -> list[CaseSubject]:
    """Subjects with their entities, in the order in which they were added."""
    return list(
        session.scalars(
            sa.select(CaseSubject)
            .where(CaseSubject.case_id == case.id)
            .options(joinedload(CaseSubject.entity, innerjoin=True).selectinload(Entity.kept))
            .order_by(CaseSubject.position, CaseSubject.id)
        )
    )


def links_of(session: Session, case: Case) -> list[CaseIncident]:
    """Links to incidents with the incident, the earliest reported first."""
    return list(
        session.scalars(
            sa.select(CaseIncident)
            .where(CaseIncident.case_id == case.id)
            .join(Incident, Incident.id == CaseIncident.incident_id)
            .options(joinedload(CaseIncident.incident, innerjoin=True))
            .order_by(Incident.submitted_at, Incident.id)
        )
    )


def tasks_due(session: Session, officer: Officer) -> list[Task]:
    """The officer's open tasks in visible cases, the earliest due first, undated last."""
    return list(
        session.scalars(
            sa.select(Task)
            .where(
                Task.assignee_id == officer.id,
                Task.done_at.is_(None),
                Task.case_id.in_(visible_to(officer).with_only_columns(Case.id)),
            )
            .options(joinedload(Task.case, innerjoin=True))
            .order_by(Task.due_on.is_(None), Task.due_on, Task.created_at)
            .limit(100)
        )
    )
