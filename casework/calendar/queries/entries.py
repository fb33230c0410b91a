"""Entries for the calendar of an officer, and the clocks of one case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.calendar.entries import entry_of, in_order, statute_entries
from casework.calendar.facts import STATUTE, Entry, Term
from casework.calendar.queries.dated import first_publication, listings, votes
from casework.calendar.queries.progress import decided_on
from casework.calendar.queries.terms import terms
from casework.calendar.queries.wanted import Wanted, cases_of, leaves
from casework.legislation.queries import ActDates, dates_of
from casework.statute.loader import load_pack
from casework.statute.pack import StatutePack
from casework.statute.uses import COMMITTEE_VOTE, ENTITY_LIST_DETERMINATION
from models import Case, Determination, ListPublication, Officer


def entries_for(
    session: Session,
    officer: Officer,
    wanted: Wanted,
    *,
    on: date,
    default_enacted: date | None,
) -> list[Entry]:
    """Everything with a last day in visible cases, and the deadlines of the texts they are under,
    the earliest first. `default_enacted` is the setting, if any; a recorded date prevails.
    """
    versions = session.scalars(
        sa.select(Case.text_version).where(Case.id.in_(cases_of(officer, wanted))).distinct()
    )
    dates = {name: dates_of(session, name, default_enacted) for name in sorted(versions)}
    found = _of_cases(session, officer, wanted, dates, on)
    if not wanted.mine:
        for name, known in dates.items():
            rows = statute_entries(load_pack(name), known.enacted, known.events, on)
            found += [row for row in rows if row.due and leaves(wanted, STATUTE, row.due)]
    return in_order(found)


def case_entries(
    session: Session, officer: Officer, case: Case, dates: ActDates, on: date
) -> list[Entry]:
    """Every clock of one case, dated or not; what the case itself has done counts."""
    pack = load_pack(case.text_version)
    wanted = Wanted(case=case)
    found = statute_entries(
        pack,
        dates.enacted,
        {**_events(session, case, pack), **dates.events},
        on,
        case=case.reference,
        met=_met(session, case, pack),
    )
    found += _of_cases(session, officer, wanted, {case.text_version: dates}, on)
    return in_order(found)


def _of_cases(
    session: Session,
    officer: Officer,
    wanted: Wanted,
    dates: Mapping[str, ActDates],
    on: date,
) -> list[Entry]:
    rows: Iterable[Term] = (
        *terms(session, officer, wanted),
        *votes(session, officer, wanted, on),
        *listings(session, officer, wanted),
    )
    return [
        entry_of(
            replace(row, enacted=dates[row.text_version].enacted is not None),
            load_pack(row.text_version),
            on,
        )
        for row in rows
    ]


def _events(session: Session, case: Case, pack: StatutePack) -> dict[str, date]:
    """The days of this case from which clocks of the text are counted."""
    listable = [rule.id for rule in pack.determinations.values() if rule.listable]
    signed, shown = session.execute(
        sa.select(
            sa.select(sa.func.max(Determination.decided_on))
            .where(Determination.case_id == case.id, Determination.kind.in_(listable))
            .scalar_subquery(),
            sa.select(sa.func.min(ListPublication.published_on))
            .where(ListPublication.case_id == case.id)
            .scalar_subquery(),
        )
    ).one()
    first = first_publication(session)
    days = {"determination": signed, "published": shown, "first_publication": first}
    return {event: day for event, day in days.items() if day}


def _met(session: Session, case: Case, pack: StatutePack) -> dict[str, date]:
    """The text's own day for a vote is met by a decision either way, not by putting it off."""
    clock = pack.clock_for(COMMITTEE_VOTE)
    prevailing = pack.clocks.get(clock.yields_to) if clock else None
    if prevailing is None or prevailing.use != ENTITY_LIST_DETERMINATION:
        return {}
    statutory = [rule for rule in pack.ballots.values() if rule.authority == "statute"]
    decisions = frozenset(each for rule in statutory for each in (rule.carries, rule.fails))
    day = decided_on(session, case, decisions)
    return {ENTITY_LIST_DETERMINATION: day} if day else {}
