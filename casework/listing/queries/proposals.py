"""Proposals and publications of a case, and what the gates say of one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload

from casework.listing.entry import DETERMINATION, PUBLICATION, changed, lines_of, refs_in
from casework.listing.gates import PRODUCT, Desk, Gate, gates
from casework.listing.queries.permissions import leaves, permissions_of
from casework.listing.queries.sources import held_of
from casework.listing.queries.subjects import Subject, facts_about, subject_of
from casework.listing.readings import LastDay, Window, last_days, windows
from casework.listing.rules import MissingPermission, missing_permissions
from casework.listing.sources import sentences
from casework.statute.loader import load_pack
from casework.workflow.record import Record
from models import Case, Entity, ListProposal, ListPublication, ListTakedown


@dataclass(frozen=True, slots=True)
class Weighed:
    """A proposal before its gates. `refs` maps each reference to its title."""

    desk: Desk
    gates: list[Gate]
    windows: list[Window]
    last_days: list[LastDay]
    refs: dict[str, str]

    @property
    def drop(self) -> date:
        """The first day on which the entry would no longer be shown."""
        return next(row.drop for row in self.last_days if row.relied)


def proposals_of(session: Session, case: Case) -> list[ListProposal]:
    """Every proposal with its publication and take-down, the newest first."""
    published = joinedload(ListProposal.publication)
    return list(
        session.scalars(
            sa.select(ListProposal)
            .where(ListProposal.case_id == case.id)
            .options(
                joinedload(ListProposal.by),
                joinedload(ListProposal.entity),
                joinedload(ListProposal.determination),
                published.joinedload(ListPublication.by),
                published.joinedload(ListPublication.takedown).joinedload(ListTakedown.by),
            )
            .order_by(ListProposal.at.desc(), ListProposal.id)
            .execution_options(populate_existing=True)
        )
    )


def find_proposal(session: Session, case: Case, key: UUID) -> ListProposal | None:
    return next((row for row in proposals_of(session, case) if row.id == key), None)


def find_publication(session: Session, case: Case, key: UUID) -> ListPublication | None:
    rows = (row.publication for row in proposals_of(session, case))
    return next((row for row in rows if row is not None and row.id == key), None)


def current_proposal(session: Session, case: Case, entity: Entity) -> ListProposal | None:
    """The proposal about the entity that no later one replaces."""
    later = aliased(ListProposal)
    return session.scalars(
        sa.select(ListProposal).where(
            ListProposal.case_id == case.id,
            ListProposal.entity_id == entity.id,
            ~sa.exists().where(later.supersedes_id == ListProposal.id),
        )
    ).one_or_none()


def standing_publication(
    session: Session, entity: Entity, *, training: bool
) -> ListPublication | None:
    """The publication about the entity that nobody has taken down, of whatever case."""
    return session.scalars(
        sa.select(ListPublication)
        .join(ListProposal, ListProposal.id == ListPublication.proposal_id)
        .join(Case, Case.id == ListPublication.case_id)
        .outerjoin(ListTakedown, ListTakedown.publication_id == ListPublication.id)
        .where(
            ListProposal.entity_id == entity.id,
            ListTakedown.id.is_(None),
            Case.training.is_(training),
        )
        .order_by(ListPublication.at.desc(), ListPublication.id)
        .limit(1)
    ).one_or_none()


def first_publication(session: Session, *, training: bool) -> date | None:
    """The day on which the whole list was first published: the earliest of any entry, ever."""
    return session.scalar(
        sa.select(sa.func.min(ListPublication.published_on))
        .join(Case, Case.id == ListPublication.case_id)
        .where(Case.training.is_(training))
    )


def entry_shown_on(session: Session, entity: Entity, *, training: bool) -> date | None:
    """The day on which an entry about the entity was first shown; a correction starts no new
    period.
    """
    return session.scalar(
        sa.select(sa.func.min(ListPublication.published_on))
        .join(ListProposal, ListProposal.id == ListPublication.proposal_id)
        .join(Case, Case.id == ListPublication.case_id)
        .where(ListProposal.entity_id == entity.id, Case.training.is_(training))
    )


def weigh(
    session: Session,
    case: Case,
    proposal: ListProposal,
    *,
    enacted: date | None,
    on: date,
    record: Record | None = None,
) -> Weighed:
    """The gates of the proposal as they stand on `on`."""
    pack = load_pack(case.text_version)
    subject = subject_of(session, case, proposal.entity, record=record)
    desk = _desk(session, case, proposal, subject, enacted=enacted, on=on)
    strict = desk.reading == PUBLICATION
    days = last_days(
        pack,
        first=desk.first_publication or on,
        shown=desk.entry_shown or on,
        last_attack=subject.last_attack,
        strict=strict,
    )
    years = windows(desk.candidate, pack, published=on, strict=strict)
    refs = refs_in(lines_of(proposal.content))
    held = held_of(session, case)
    titles = {ref: held[ref].title if ref in held else ref for ref in sorted(refs)}
    return Weighed(desk, gates(desk, pack), years, days, titles)


def _desk(
    session: Session,
    case: Case,
    proposal: ListProposal,
    subject: Subject,
    *,
    enacted: date | None,
    on: date,
) -> Desk:
    content = proposal.content
    facts = facts_about(session, case, subject)
    standing = standing_publication(session, proposal.entity, training=case.training)
    return Desk(
        facts=subject.facts,
        candidate=subject.candidate(content["part"]),
        reading=content.get("reading", DETERMINATION),
        sentences=sentences(lines_of(content), held_of(session, case)),
        permissions=leaves(permissions_of(session, case)),
        changed=changed(content["facts"], facts) if facts else ["determination"],
        elsewhere=standing is not None and standing.case_id != case.id,
        enacted=enacted,
        training=case.training,
        first_publication=first_publication(session, training=case.training),
        entry_shown=entry_shown_on(session, proposal.entity, training=case.training),
        on=on,
    )


def lapsed_permissions(
    session: Session, case: Case, published: Iterable[ListPublication], *, on: date
) -> dict[UUID, list[MissingPermission]]:
    """For each publication that stands, what its sentences lack by now."""
    held, given = held_of(session, case), leaves(permissions_of(session, case))
    return {
        row.id: missing_permissions(
            sentences(lines_of(row.proposal.content), held), given, product=PRODUCT, on=on
        )
        for row in published
    }
