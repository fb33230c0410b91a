"""What is due across the cases that an officer may see: entries, archiving, periods, holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload

from casework.listing.queries.proposals import first_publication
from casework.listing.rules import drops_on
from casework.packets.lettering import WASHINGTON
from casework.packets.queries.holdings import washington_day
from casework.retention.schedule import Item, period_ends
from casework.statute.closing import closing_stages
from casework.statute.days import add_years
from casework.statute.loader import available, load_pack
from casework.workflow.queries.cases import visible_to
from models import (
    Case,
    Disposition,
    DispositionDecision,
    Entity,
    Exhibit,
    LegalHold,
    LegalHoldRelease,
    ListProposal,
    ListPublication,
    ListTakedown,
    Officer,
    Petition,
    PetitionDecision,
    StageChange,
    Task,
)

MOST = 50
AHEAD = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Ending:
    """An entry of the public list; `drop` is the first local day on which it is not shown."""

    case: Case
    entity: Entity
    published_on: date
    drop: date


@dataclass(frozen=True, slots=True)
class Kept:
    """A closed case whose files may go since `ended_on`, a local day."""

    case: Case
    closed_on: date
    ended_on: date
    files: int


def entries_ending(session: Session, officer: Officer, on: date) -> list[Ending]:
    """Standing entries that leave the list within half a year, or should be off it already."""
    rows = session.execute(
        sa.select(Case, Entity, ListPublication.published_on, _shown_first())
        .join(ListPublication, ListPublication.case_id == Case.id)
        .join(ListProposal, ListProposal.id == ListPublication.proposal_id)
        .join(Entity, Entity.id == ListProposal.entity_id)
        .where(
            _visible(officer),
            ~sa.exists().where(ListTakedown.publication_id == ListPublication.id),
        )
    ).all()
    first = {kind: first_publication(session, training=kind) for kind in (False, True)}
    found = [
        Ending(case, entity, published, _drop(case, first[case.training] or published, shown))
        for case, entity, published, shown in rows
    ]
    due = [row for row in found if row.drop <= on + AHEAD]
    return sorted(due, key=lambda row: (row.drop, row.case.reference))[:MOST]


def _drop(case: Case, first: date, shown: date) -> date:
    return drops_on(load_pack(case.text_version), first_publication=first, entry_shown=shown)


def _shown_first() -> sa.ColumnElement[date]:
    """The day on which an entry about the same entity was first shown, in the same kind of case."""
    earlier, proposal, of = (
        aliased(ListPublication),
        aliased(ListProposal),
        aliased(Case),
    )
    return (
        sa.select(sa.func.min(earlier.published_on))
        .join(proposal, proposal.id == earlier.proposal_id)
        .join(of, of.id == earlier.case_id)
        .where(proposal.entity_id == ListProposal.entity_id, of.training == Case.training)
        .correlate(ListProposal, Case)
        .scalar_subquery()
    )


def ready_to_archive(session: Session, officer: Officer) -> list[Case]:
    """Cases at a stage that leads to the end, with no open task, petition or standing entry; the
    roads of the case itself say what else is missing. The longest open first.
    """
    answered = sa.exists().where(PetitionDecision.petition_id == Petition.id)
    gone = sa.exists().where(ListTakedown.publication_id == ListPublication.id)
    return list(
        session.scalars(
            visible_to(officer)
            .where(
                _at(_leading()),
                ~sa.exists().where(Task.case_id == Case.id, Task.done_at.is_(None)),
                ~sa.exists().where(Petition.case_id == Case.id, ~answered),
                ~sa.exists().where(ListPublication.case_id == Case.id, ~gone),
            )
            .order_by(Case.opened_at, Case.reference)
            .limit(MOST)
        )
    )


def periods_ended(session: Session, officer: Officer, item: Item, on: date) -> list[Kept]:
    """Closed cases whose retention period is over and whose files are still kept."""
    closed = sa.func.max(StageChange.at)
    files = (
        sa.select(sa.func.count())
        .where(
            Exhibit.case_id == Case.id,
            Exhibit.blob_key.is_not(None),
            Exhibit.disposed_at.is_(None),
        )
        .correlate(Case)
        .scalar_subquery()
    )
    rows = session.execute(
        sa.select(Case, closed, files)
        .join(StageChange, StageChange.case_id == Case.id)
        .where(_visible(officer), _at(_closing()), StageChange.to_stage == Case.stage, files > 0)
        .group_by(Case.id)
        .having(closed < _midnight_after(add_years(on, -item.years)))
        .order_by(closed)
        .limit(MOST)
    )
    return [
        Kept(case, day, period_ends(item, day), count)
        for case, at, count in rows
        for day in [washington_day(at)]
    ]


def holds_standing(session: Session, officer: Officer) -> list[tuple[Case, LegalHold]]:
    """Legal holds that nobody has released, the oldest first."""
    released = sa.exists().where(LegalHoldRelease.hold_id == LegalHold.id)
    rows = session.execute(
        sa.select(Case, LegalHold)
        .join(LegalHold, LegalHold.case_id == Case.id)
        .where(_visible(officer), ~released)
        .options(joinedload(LegalHold.by))
        .order_by(LegalHold.at)
        .limit(MOST)
    )
    return [(case, row) for case, row in rows]


def proposals_waiting(session: Session, officer: Officer) -> list[tuple[Case, Disposition]]:
    """Proposed dispositions without a decision, the oldest first."""
    decided = sa.exists().where(DispositionDecision.disposition_id == Disposition.id)
    rows = session.execute(
        sa.select(Case, Disposition)
        .join(Disposition, Disposition.case_id == Case.id)
        .where(_visible(officer), ~decided)
        .options(joinedload(Disposition.by))
        .order_by(Disposition.at)
        .limit(MOST)
    )
    return [(case, row) for case, row in rows]


def _visible(officer: Officer) -> sa.ColumnElement[bool]:
    return Case.id.in_(visible_to(officer).with_only_columns(Case.id))


def _at(stages: dict[str, set[str]]) -> sa.ColumnElement[bool]:
    """The case is at one of the stages that are named for its text."""
    return sa.or_(
        sa.false(),
        *(
            sa.and_(Case.text_version == text, Case.stage.in_(sorted(ids)))
            for text, ids in stages.items()
        ),
    )


def _closing() -> dict[str, set[str]]:
    return {text: set(closing_stages(load_pack(text))) for text in available()}


def _leading() -> dict[str, set[str]]:
    """Stages from which a road leads to the end once their own work is done."""
    closing = _closing()
    return {
        text: {
            origin
            for road in load_pack(text).transitions
            if road.target in closing[text] and not road.needs_reason and not road.unfinished
            for origin in road.origins
        }
        for text in closing
    }


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), WASHINGTON)
