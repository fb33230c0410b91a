"""The custody register, and what watching over the exhibits found."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.evidence.leaving import RELEASED, UNSCANNED
from casework.evidence.queries.exhibits import open_to
from casework.handling.queries.readers import reader_in
from models import Case, CustodyEvent, Exhibit, ExhibitScan, Job, ScrubRound

AGREES, DIFFERS = "agrees with the hash at receipt", "DIFFERS from the hash at receipt"
ROUNDS_SHOWN = 24
SCAN_AGAIN_AFTER = timedelta(hours=1)  # a scan that failed

# What the register calls an act, in the words of pages and files.
KINDS = {
    "received": "received",
    "viewed": "content read",
    "downloaded": "downloaded",
    "transferred": "handed over",
    "rehashed": "hash checked",
    "embedded": "listed in a packet",
    "scanned": "scanned for malware",
    RELEASED: "released although unscanned",
    "disposed": "file destroyed",
}


def is_released(session: Session, exhibit: Exhibit) -> bool:
    """Whether an officer let the file leave although nothing scanned it."""
    wanted = sa.exists().where(CustodyEvent.exhibit_id == exhibit.id, CustodyEvent.kind == RELEASED)
    return bool(session.scalar(sa.select(wanted)))


def newest_scan(session: Session, exhibit: Exhibit) -> ExhibitScan | None:
    return session.scalars(
        sa.select(ExhibitScan)
        .where(ExhibitScan.exhibit_id == exhibit.id)
        .order_by(ExhibitScan.at.desc(), ExhibitScan.id)
        .limit(1)
    ).one_or_none()


def to_scan(session: Session, *, at: datetime, most: int) -> Sequence[Exhibit]:
    """Stored files that nothing scanned, less those for which a scan failed of late."""
    lately = sa.exists().where(
        ExhibitScan.exhibit_id == Exhibit.id, ExhibitScan.at > at - SCAN_AGAIN_AFTER
    )
    return session.scalars(
        sa.select(Exhibit)
        .where(*_stored(), Exhibit.malware == UNSCANNED, ~lately)
        .order_by(Exhibit.received_at, Exhibit.id)
        .limit(most)
    ).all()


def scan_states(session: Session) -> dict[str, int]:
    """How many stored files are in each state of the malware scan."""
    rows = session.execute(
        sa.select(Exhibit.malware, sa.func.count().label("files"))
        .where(*_stored())
        .group_by(Exhibit.malware)
    )
    return {row.malware: row.files for row in rows}


@dataclass(frozen=True, slots=True)
class Reading:
    """A stored file as a round reads it: without holding a row meanwhile."""

    exhibit_id: uuid.UUID
    case_id: uuid.UUID
    blob_key: str
    sha256: str


def next_to_read(session: Session, reached: uuid.UUID | None, *, most: int) -> list[Reading]:
    """Stored files in the order of their keys, behind `reached`."""
    wanted = sa.select(Exhibit).where(*_stored()).order_by(Exhibit.id).limit(most)
    if reached is not None:
        wanted = wanted.where(Exhibit.id > reached)
    return [
        Reading(row.id, row.case_id, row.blob_key or "", row.sha256 or "")
        for row in session.scalars(wanted)
    ]


def damaged(session: Session, cases: sa.Select[Case]) -> list[tuple[Exhibit, Case, CustodyEvent]]:
    """Exhibits of the given cases whose newest check differs, with that check, latest first.
    `cases` is what the officer may see; what is kept from whom the session reads for is left out.
    """
    ids = cases.with_only_columns(Case.id)
    wanted = _damaged().where(Exhibit.case_id.in_(ids), open_to(reader_in(session)))
    return [(exhibit, case, event) for exhibit, case, event in session.execute(wanted)]


def damaged_anywhere(session: Session) -> list[str]:
    """References for the operator of the machine, who sees no case."""
    return [
        f"exhibit {exhibit.number} of {case.reference}"
        for exhibit, case, _ in session.execute(_damaged())
    ]


def _damaged() -> sa.Select[Exhibit, Case, CustodyEvent]:
    later = aliased(CustodyEvent)
    followed = sa.exists().where(
        later.exhibit_id == CustodyEvent.exhibit_id,
        later.kind == "rehashed",
        sa.or_(
            later.at > CustodyEvent.at,
            sa.and_(later.at == CustodyEvent.at, later.id > CustodyEvent.id),
        ),
    )
    return (
        sa.select(Exhibit, Case, CustodyEvent)
        .join(Case, Case.id == Exhibit.case_id)
        .join(CustodyEvent, CustodyEvent.exhibit_id == Exhibit.id)
        .where(
            *_stored(),
            CustodyEvent.kind == "rehashed",
            CustodyEvent.note == DIFFERS,
            ~followed,
        )
        .order_by(CustodyEvent.at.desc(), Exhibit.id)
    )


def rounds(session: Session) -> Sequence[ScrubRound]:
    """The latest rounds, newest first."""
    return session.scalars(
        sa.select(ScrubRound)
        .order_by(ScrubRound.started_at.desc(), ScrubRound.id)
        .limit(ROUNDS_SHOWN)
    ).all()


def unfinished_round(session: Session) -> ScrubRound | None:
    return session.scalars(
        sa.select(ScrubRound)
        .where(ScrubRound.finished_at.is_(None))
        .order_by(ScrubRound.started_at)
        .limit(1)
    ).one_or_none()


def newest_job(session: Session, kind: str) -> Job | None:
    return session.scalars(
        sa.select(Job).where(Job.kind == kind).order_by(Job.created_at.desc(), Job.id).limit(1)
    ).one_or_none()


def unread_since(session: Session) -> datetime | None:
    """Since when the exhibits were not all read: the start of the last round, else when the first
    stored file came; None where there is nothing to read.
    """
    first = session.scalar(sa.select(sa.func.min(Exhibit.received_at)).where(*_stored()))
    if first is None:
        return None
    return session.scalar(sa.select(sa.func.max(ScrubRound.started_at))) or first


def _stored() -> tuple[sa.ColumnElement[bool], ...]:
    return (Exhibit.blob_key.is_not(None), Exhibit.disposed_at.is_(None))
