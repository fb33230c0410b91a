"""Candidates that screening raised: found, filtered, and told with what people said of them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.screening import judging
from casework.screening.judging import ALL, Filter, Judged
from casework.screening.names import folded
from casework.screening.queries import entities, merges
from casework.screening.queries.hit_states import is_in
from casework.screening.queries.listed import Pair, Wordings, wordings_at
from models import (
    Entity,
    JudgementConfirmation,
    Officer,
    ScreeningHit,
    ScreeningJudgement,
    WatchlistEdition,
    WatchlistEntry,
)

PAGE = 25


@dataclass(frozen=True, slots=True)
class Told:
    """A hit with the edition and wording that raised it. `judgement` is the newest on this very
    basis, `earlier` the newest on another, None where there is none.
    """

    hit: ScreeningHit
    state: str
    judgement: ScreeningJudgement | None
    earlier: ScreeningJudgement | None
    wording: WatchlistEntry | None
    edition: WatchlistEdition | None


@dataclass(frozen=True, slots=True)
class Page:
    """`count` is of the whole list; `after` the hit to go on from, None at the end."""

    rows: Sequence[Told]
    count: int
    after: uuid.UUID | None


def visible_to(officer: Officer) -> sa.Select[ScreeningHit]:
    """Hits of the entities that the officer may see."""
    seen = entities.visible_to(officer).with_only_columns(Entity.id)
    return sa.select(ScreeningHit).where(ScreeningHit.entity_id.in_(seen))


def find_hit(session: Session, officer: Officer, hit_id: uuid.UUID) -> ScreeningHit | None:
    return session.scalars(
        visible_to(officer)
        .where(ScreeningHit.id == hit_id)
        .options(joinedload(ScreeningHit.entity))
    ).one_or_none()


def hit_page(
    session: Session, officer: Officer, wanted: Filter, after: uuid.UUID | None = None
) -> Page:
    """A page of hits, the newest first."""
    found = _matching(visible_to(officer).join(ScreeningHit.entity), wanted)
    count = session.scalar(found.with_only_columns(sa.func.count(ScreeningHit.id))) or 0
    last = session.get(ScreeningHit, after) if after else None
    here = sa.tuple_(ScreeningHit.raised_at, ScreeningHit.id)
    if last is not None:
        raised = sa.literal(last.raised_at, ScreeningHit.raised_at.type)
        found = found.where(here < sa.tuple_(raised, sa.literal(last.id, ScreeningHit.id.type)))
    listed = found.order_by(ScreeningHit.raised_at.desc(), ScreeningHit.id.desc())
    parties = joinedload(ScreeningHit.entity).selectinload(Entity.kept)
    rows = session.scalars(listed.options(parties).limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    return Page(tell(session, shown), count, shown[-1].id if len(rows) > PAGE else None)


def hits_of(session: Session, entity: Entity) -> Sequence[Told]:
    """All hits of an entity and of what is merged into it: those that wait first, then the best.

    Each was raised on the names of one of them, which are screened as they were before.
    """
    parts = [one.id for one in merges.whole(entity)]
    rows = session.scalars(
        sa.select(ScreeningHit)
        .where(ScreeningHit.entity_id.in_(parts))
        .options(joinedload(ScreeningHit.entity))
        .order_by(
            sa.case((ScreeningHit.settled_at.is_(None), 0), else_=1),
            ScreeningHit.score.desc(),
            ScreeningHit.raised_at.desc(),
            ScreeningHit.id,
        )
    ).all()
    return tell(session, rows)


def confirmed_of(
    session: Session, entity_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[Told]]:
    """Confirmed matches by entity, with those of all that is read as one with it: for each entry
    of a list the one raised last.
    """
    parties = merges.parties_of(session, entity_ids)
    rows = session.scalars(
        sa.select(ScreeningHit)
        .where(ScreeningHit.entity_id.in_(parties), is_in(judging.CONFIRMED))
        .order_by(ScreeningHit.source, ScreeningHit.entry_id, ScreeningHit.edition)
    ).all()
    newest = {(parties[row.hit.entity_id], _pair(row.hit)[1]): row for row in tell(session, rows)}
    by_party: dict[uuid.UUID, list[Told]] = defaultdict(list)
    for (party, _), row in newest.items():
        by_party[party].append(row)
    return {key: by_party[parties[key]] for key in entity_ids if parties[key] in by_party}


def waiting_count(session: Session, entity: Entity) -> int:
    """How many hits of the entity, and of what is merged into it, wait for somebody."""
    parts = [one.id for one in merges.whole(entity)]
    counted = sa.select(sa.func.count(ScreeningHit.id)).where(
        ScreeningHit.entity_id.in_(parts), ScreeningHit.settled_at.is_(None)
    )
    return session.scalar(counted) or 0


def history_of(session: Session, hit: ScreeningHit) -> Sequence[ScreeningJudgement]:
    """Every judgement on the entity and the entry, the first one first."""
    return [row for row in _judgements(session, [hit]) if _pair(row) == _pair(hit)]


def newest_on(session: Session, hit: ScreeningHit) -> ScreeningJudgement | None:
    """The newest judgement on what this hit compares."""
    found = [row for row in history_of(session, hit) if row.basis_sha256 == hit.basis_sha256]
    return found[-1] if found else None


def judged(row: ScreeningJudgement | None) -> Judged | None:
    if row is None:
        return None
    return Judged(row.verdict, row.confirmation.agrees if row.confirmation else None)


def tell(session: Session, hits: Sequence[ScreeningHit]) -> list[Told]:
    """The hits in their order, with wordings and judgements read for all of them at once."""
    by_pair: dict[tuple[uuid.UUID, Pair], list[ScreeningJudgement]] = defaultdict(list)
    for row in _judgements(session, hits):
        by_pair[_pair(row)].append(row)
    read = wordings_at(session, [(hit.source, hit.entry_id, hit.edition) for hit in hits])
    return [_told(hit, by_pair[_pair(hit)], read) for hit in hits]


def _told(hit: ScreeningHit, history: Iterable[ScreeningJudgement], read: Wordings) -> Told:
    same: ScreeningJudgement | None = None
    other: ScreeningJudgement | None = None
    for row in history:
        if row.basis_sha256 == hit.basis_sha256:
            same = row
        else:
            other = row
    return Told(
        hit=hit,
        state=judging.state(judged(same), settled=hit.settled_at is not None),
        judgement=same,
        earlier=other,
        wording=read.entries.get((hit.source, hit.entry_id, hit.edition)),
        edition=read.editions.get((hit.source, hit.edition)),
    )


def _judgements(session: Session, hits: Iterable[ScreeningHit]) -> Sequence[ScreeningJudgement]:
    confirmed = joinedload(ScreeningJudgement.confirmation)
    return session.scalars(
        sa.select(ScreeningJudgement)
        .where(ScreeningJudgement.entity_id.in_({hit.entity_id for hit in hits}))
        .options(joinedload(ScreeningJudgement.by), confirmed.joinedload(JudgementConfirmation.by))
        .order_by(ScreeningJudgement.at, ScreeningJudgement.id)
        .execution_options(populate_existing=True)
    ).all()


def _pair(row: ScreeningHit | ScreeningJudgement) -> tuple[uuid.UUID, Pair]:
    return row.entity_id, (row.source, row.entry_id)


def _matching(found: sa.Select[Any], wanted: Filter) -> sa.Select[Any]:
    if text := folded(wanted.text):
        found = found.where(
            sa.or_(
                Entity.search_text.contains(text, autoescape=True),
                sa.func.lower(ScreeningHit.matched_name).contains(text, autoescape=True),
            )
        )
    if wanted.source:
        found = found.where(ScreeningHit.source == wanted.source)
    return found if wanted.state == ALL else found.where(is_in(wanted.state))
