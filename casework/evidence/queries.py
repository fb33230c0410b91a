from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from models import Case, CustodyEvent, Exhibit, Packet


def find_exhibit(session: Session, case: Case, number: int) -> Exhibit | None:
    return session.scalars(
        sa.select(Exhibit)
        .where(Exhibit.case_id == case.id, Exhibit.number == number)
        .options(selectinload(Exhibit.markings))
    ).one_or_none()


def exhibits_of(session: Session, case: Case) -> list[Exhibit]:
    """All exhibits of a case by number, with their markings and receivers."""
    return list(
        session.scalars(
            sa.select(Exhibit)
            .where(Exhibit.case_id == case.id)
            .options(selectinload(Exhibit.markings), joinedload(Exhibit.received_by))
            .order_by(Exhibit.number)
        )
    )


def custody_of(session: Session, exhibit: Exhibit) -> list[CustodyEvent]:
    return list(
        session.scalars(
            sa.select(CustodyEvent)
            .where(CustodyEvent.exhibit_id == exhibit.id)
            .options(joinedload(CustodyEvent.by))
            .order_by(CustodyEvent.at, CustodyEvent.id)
        )
    )


def next_number(session: Session, case: Case) -> int:
    last = session.scalar(sa.select(sa.func.max(Exhibit.number)).where(Exhibit.case_id == case.id))
    return (last or 0) + 1


def known_blobs(session: Session) -> set[str]:
    """Keys of every blob that a row names."""
    exhibits = session.scalars(sa.select(Exhibit.blob_key).where(Exhibit.blob_key.is_not(None)))
    packets = session.scalars(sa.select(Packet.blob_key).where(Packet.blob_key.is_not(None)))
    return {key for key in (*exhibits, *packets) if key}


PAGE = 25


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the register; `after` is the key of the next page, empty on the last."""

    exhibits: list[tuple[Exhibit, Case]]
    count: int
    after: str


def seen(session: Session, cases: sa.Select[Case], *, text: str, after: str) -> Listing:
    """Exhibits of the given cases, the latest first. `cases` is what the officer may see."""
    ids = cases.with_only_columns(Case.id)
    wanted = sa.select(Exhibit, Case).join(Case, Case.id == Exhibit.case_id)
    wanted = wanted.where(Exhibit.case_id.in_(ids))
    if text:
        like = f"%{text.lower().replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
        wanted = wanted.where(
            sa.or_(
                sa.func.lower(Exhibit.title).like(like, escape="!"),
                sa.func.lower(Exhibit.received_from).like(like, escape="!"),
                Exhibit.sha256.like(like, escape="!"),
            )
        )
    count = session.scalar(sa.select(sa.func.count()).select_from(wanted.subquery())) or 0
    last = _parse(after)
    if last:
        wanted = wanted.where(sa.tuple_(Exhibit.received_at, Exhibit.id) < sa.tuple_(*last))
    rows = session.execute(
        wanted.options(selectinload(Exhibit.markings))
        .order_by(Exhibit.received_at.desc(), Exhibit.id.desc())
        .limit(PAGE + 1)
    ).all()
    shown = [(exhibit, case) for exhibit, case in rows[:PAGE]]
    key = f"{shown[-1][0].received_at.isoformat()}|{shown[-1][0].id}" if len(rows) > PAGE else ""
    return Listing(shown, count, key)


def _parse(after: str) -> tuple[datetime, uuid.UUID] | None:
    moment, _, key = after.partition("|")
    try:
        return datetime.fromisoformat(moment), uuid.UUID(key)
    except ValueError:
        return None
