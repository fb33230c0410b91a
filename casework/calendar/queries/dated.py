"""Last days that are worked out from other days: votes put off, entries that come down."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from casework.calendar.facts import Term
from casework.calendar.queries.wanted import Wanted, cases_of, leaves, spoken_for
from casework.committee.queries.motions import last_day_of, members_of
from casework.statute.clocks import NotTimed, list_comes_down
from casework.statute.loader import load_pack
from casework.statute.pack import StatutePack
from models import Case, ListProposal, ListPublication, Motion, Officer, Postponement

_LITERAL = "Literal: the whole list ends with its own last day, whenever the entry was shown."
_OWN = "Entry: counted from the day on which this entry was first shown, if that is sooner."


def votes(session: Session, officer: Officer, wanted: Wanted, on: date) -> list[Term]:
    """One for each motion, due on the day of its clock or the later one that all agreed to."""
    if wanted.kind not in {"", "vote"}:
        return []
    rows = session.execute(
        sa.select(Motion, Case)
        .join(Case, Case.id == Motion.case_id)
        .where(Motion.case_id.in_(cases_of(officer, wanted)), *_may_end_within(wanted))
        .options(
            joinedload(Motion.entity),
            joinedload(Motion.closing),
            selectinload(Motion.postponements).selectinload(Postponement.answers),
        )
        .order_by(Motion.circulated_on, Motion.id)
    ).unique()
    found = [(_vote(motion, case, officer, on), case) for motion, case in rows]
    return [
        term
        for term, case in found
        if leaves(wanted, term.kind, term.due)
        and (not wanted.mine or term.own or case.lead_id == officer.id)
    ]


def _may_end_within(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    """Motions whose day, or some day to which they may be put off, lies in the time asked for."""
    found: list[sa.ColumnElement[bool]] = []
    if wanted.last:
        found.append(Motion.due_on <= wanted.last)
    if wanted.first:
        later = sa.exists().where(
            Postponement.motion_id == Motion.id, Postponement.until >= wanted.first
        )
        found.append(sa.or_(Motion.due_on >= wanted.first, later))
    return found


def _vote(motion: Motion, case: Case, officer: Officer, on: date) -> Term:
    last = last_day_of(case, motion)
    return Term(
        kind="vote",
        key=str(motion.id),
        reference=case.reference,
        text_version=case.text_version,
        about=motion.entity.name,
        due=last,
        done_on=motion.closing.closed_on if motion.closing else None,
        own=spoken_for(officer) in members_of(case, motion),
        paused=motion.due_on < on <= last,
    )


def listings(session: Session, officer: Officer, wanted: Wanted) -> list[Term]:
    """The last day of each public entry, on both readings."""
    if wanted.kind not in {"", "listing"}:
        return []
    rows = session.execute(
        sa.select(ListPublication, Case)
        .join(Case, Case.id == ListPublication.case_id)
        .where(ListPublication.case_id.in_(cases_of(officer, wanted)))
        .options(
            joinedload(ListPublication.proposal).joinedload(ListProposal.entity),
            joinedload(ListPublication.takedown),
        )
        .order_by(ListPublication.published_on, ListPublication.id)
    ).unique()
    first = first_publication(session)
    return [
        term
        for row, case in rows
        if not wanted.mine or case.lead_id == officer.id
        for term in _ends_of(row, case, first or row.published_on)
        if leaves(wanted, term.kind, term.due)
    ]


def first_publication(session: Session) -> date | None:
    """The day on which the public list was first shown; the list itself is public."""
    return session.scalar(sa.select(sa.func.min(ListPublication.published_on)))


def _ends_of(row: ListPublication, case: Case, first: date) -> list[Term]:
    pack = load_pack(case.text_version)
    days = _readings(pack, first, row.published_on)
    return [
        Term(
            kind="listing",
            key=f"{row.id}:{place}",
            reference=case.reference,
            text_version=case.text_version,
            about=row.proposal.entity.name,
            due=day,
            done_on=row.takedown.taken_down_on if row.takedown else None,
            reading=words,
        )
        for place, (words, day) in enumerate(days.items())
    ]


def _readings(pack: StatutePack, first: date, shown: date) -> dict[str, date]:
    """Both readings with their days; one alone where they fall on the same day."""
    try:
        whole, own = list_comes_down(pack, first), list_comes_down(pack, first, shown)
    except NotTimed:
        return {}
    alone = list_comes_down(pack, shown)
    return {_LITERAL: own} if alone == whole else {_LITERAL: whole, _OWN: alone}
