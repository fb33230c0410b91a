from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from casework.evidence.queries.log_blobs import needed_blobs
from casework.evidence.queries.uploads import piece_keys
from casework.handling.need import Reader
from casework.handling.queries.readers import reader_in, reader_of, unseen, withheld_exhibits
from models import Case, CustodyEvent, Exhibit, Marking, Officer, Packet, Report


@dataclass(frozen=True, slots=True)
class Withheld:
    """An exhibit of which a reader learns the number, and the control that keeps the rest."""

    number: int
    control: str


def open_to(reader: Reader | None) -> sa.ColumnElement[bool]:
    """Whether no dissemination control keeps the exhibit from the reader; None keeps nothing."""
    if reader is None:
        return sa.true()
    return ~sa.exists().where(Marking.exhibit_id == Exhibit.id, unseen(reader))


def withheld_of(session: Session, case: Case, *, officer: Officer | None = None) -> list[Withheld]:
    """The exhibits of a case that are kept from the officer, else from whom the session reads
    for, by number.
    """
    reader = reader_of(officer) if officer else reader_in(session)
    if reader is None:
        return []
    ids = sa.select(Exhibit.id).where(Exhibit.case_id == case.id)
    kept = withheld_exhibits(session, ids, reader)
    if not kept:
        return []
    rows = session.execute(sa.select(Exhibit.id, Exhibit.number).where(Exhibit.id.in_(kept)))
    return sorted((Withheld(row.number, kept[row.id]) for row in rows), key=lambda one: one.number)


def veil(session: Session, cited: Iterable[Cites]) -> None:
    """Put in the place of every cited exhibit that is kept from whom the session reads for a row
    that holds its number and the words that say so, and nothing else. The row is never stored.
    """
    rows = list(cited)
    if not rows:
        return
    kept = withheld_exhibits(session, {row.exhibit_id for row in rows}, reader_in(session))
    for row in rows:
        if row.exhibit_id in kept:
            words = f"withheld from you: {kept[row.exhibit_id]}"
            set_committed_value(row, "exhibit", Exhibit(number=row.exhibit.number, title=words))


class Cites(Protocol):
    """A row that cites an exhibit, as findings do."""

    @property
    def exhibit_id(self) -> uuid.UUID: ...
    @property
    def exhibit(self) -> Exhibit: ...


def find_exhibit(session: Session, case: Case, number: int) -> Exhibit | None:
    """The exhibit, or None where there is none or it is kept from whom the session reads for."""
    return session.scalars(
        sa.select(Exhibit)
        .where(Exhibit.case_id == case.id, Exhibit.number == number, open_to(reader_in(session)))
        .options(selectinload(Exhibit.markings))
    ).one_or_none()


def exhibits_of(session: Session, case: Case) -> list[Exhibit]:
    """The exhibits of a case by number, with their markings and receivers, less those that are
    kept from whom the session reads for.
    """
    return list(
        session.scalars(
            sa.select(Exhibit)
            .where(Exhibit.case_id == case.id, open_to(reader_in(session)))
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


def destruction_of(session: Session, exhibit: Exhibit) -> CustodyEvent | None:
    """The entry of the register that says when, by whom and under what authority the stored file
    was destroyed; None while it is kept.
    """
    if exhibit.disposed_at is None:
        return None
    return session.scalars(
        sa.select(CustodyEvent)
        .where(CustodyEvent.exhibit_id == exhibit.id, CustodyEvent.kind == "disposed")
        .options(joinedload(CustodyEvent.by))
    ).one()


def next_number(session: Session, case: Case) -> int:
    last = session.scalar(sa.select(sa.func.max(Exhibit.number)).where(Exhibit.case_id == case.id))
    return (last or 0) + 1


def known_blobs(session: Session) -> set[str]:
    """Keys of every blob that a row still needs, pieces on their way in among them: the file of an
    exhibit that was destroyed under a records schedule is none, though the row keeps its key.
    """
    exhibits = session.scalars(
        sa.select(Exhibit.blob_key).where(
            Exhibit.blob_key.is_not(None), Exhibit.disposed_at.is_(None)
        )
    )
    packets = session.scalars(sa.select(Packet.blob_key).where(Packet.blob_key.is_not(None)))
    reports = session.scalars(sa.select(Report.blob_key).where(Report.blob_key.is_not(None)))
    others = needed_blobs(session) | piece_keys(session)
    return {key for key in (*exhibits, *packets, *reports, *others) if key}


PAGE = 25


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the register; `after` is the key of the next page, empty on the last."""

    exhibits: list[tuple[Exhibit, Case]]
    count: int
    after: str


def seen(session: Session, cases: sa.Select[Case], *, text: str, after: str) -> Listing:
    """Exhibits of the given cases, the latest first. `cases` is what the officer may see; what is
    kept from whom the session reads for is neither found nor counted.
    """
    ids = cases.with_only_columns(Case.id)
    wanted = sa.select(Exhibit, Case).join(Case, Case.id == Exhibit.case_id)
    wanted = wanted.where(Exhibit.case_id.in_(ids), open_to(reader_in(session)))
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
