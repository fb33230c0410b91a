"""Packets as they are found; the contents, which are large, are read only where they are shown."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer, joinedload

from casework.packets.contents import PacketContents, from_plain
from models import Case, Exhibit, Job, Packet

PAGE = 25
RENDER = "render_packet"
STATES = ("queued", "rendering", "failed", "ready", "issued")


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of packets, the latest first; `after` is the key of the next, "" on the last."""

    packets: Sequence[Packet]
    count: int
    after: str


def find_packet(session: Session, case: Case, number: int) -> Packet | None:
    return session.scalars(
        sa.select(Packet)
        .where(Packet.case_id == case.id, Packet.number == number)
        .options(
            joinedload(Packet.prepared_by),
            joinedload(Packet.issued_by),
            joinedload(Packet.supersedes).defer(Packet.contents),
        )
    ).one_or_none()


def find_case(session: Session, reference: str) -> Case | None:
    """The case, whoever asks: for the command line, whose user can read the database anyway."""
    return session.scalars(sa.select(Case).where(Case.reference == reference)).one_or_none()


def packets_of(session: Session, case: Case) -> Sequence[Packet]:
    """Every version of a case's packets, the newest first, without their contents."""
    return session.scalars(
        sa.select(Packet)
        .where(Packet.case_id == case.id)
        .options(
            defer(Packet.contents), joinedload(Packet.prepared_by), joinedload(Packet.issued_by)
        )
        .order_by(Packet.number.desc())
    ).all()


def newest_for(session: Session, case: Case, recipient: str) -> Packet | None:
    return session.scalars(_newest(case, recipient)).first()


def newest_issued(session: Session, case: Case, recipient: str) -> Packet | None:
    return session.scalars(_newest(case, recipient).where(Packet.state == "issued")).first()


def _newest(case: Case, recipient: str) -> sa.Select[Packet]:
    return (
        sa.select(Packet)
        .where(Packet.case_id == case.id, Packet.recipient == recipient)
        .order_by(Packet.number.desc())
        .limit(1)
    )


def next_number(session: Session, case: Case) -> int:
    last = session.scalar(sa.select(sa.func.max(Packet.number)).where(Packet.case_id == case.id))
    return (last or 0) + 1


def hold(session: Session, packet: Packet) -> None:
    """Lock the row to the end of the transaction and read it anew.

    The lock is a query of its own: a packet is read with outer joins, which cannot be locked.
    """
    session.execute(sa.select(Packet.id).where(Packet.id == packet.id).with_for_update())
    session.refresh(packet)


def contents_in(packet: Packet) -> PacketContents:
    """The frozen contents; raises InvalidValue when the stored form is not one."""
    return from_plain(packet.contents)


def exhibits_listed(session: Session, packet: Packet) -> Sequence[Exhibit]:
    numbers = [exhibit["number"] for exhibit in packet.contents["exhibits"]]
    return session.scalars(
        sa.select(Exhibit)
        .where(Exhibit.case_id == packet.case_id, Exhibit.number.in_(numbers))
        .order_by(Exhibit.number)
    ).all()


def job_of(session: Session, packet: Packet) -> Job | None:
    """The latest job that draws the packet."""
    return session.scalars(
        sa.select(Job)
        .where(
            Job.kind == RENDER,
            Job.created_at >= packet.prepared_at,
            Job.payload["packet"].as_string() == str(packet.id),
        )
        .order_by(Job.created_at.desc(), Job.id)
        .limit(1)
    ).first()


def seen(session: Session, cases: sa.Select[Case], *, state: str, after: str) -> Listing:
    """Packets of the given cases (what the officer may see); `state` "" means any."""
    wanted = sa.select(Packet).where(Packet.case_id.in_(cases.with_only_columns(Case.id)))
    if state:
        wanted = wanted.where(Packet.state == state)
    count = session.scalar(sa.select(sa.func.count()).select_from(wanted.subquery())) or 0
    if last := _place(after):
        wanted = wanted.where(sa.tuple_(Packet.prepared_at, Packet.id) < sa.tuple_(*last))
    rows = session.scalars(
        wanted.options(
            defer(Packet.contents), joinedload(Packet.case), joinedload(Packet.prepared_by)
        )
        .order_by(Packet.prepared_at.desc(), Packet.id.desc())
        .limit(PAGE + 1)
    ).all()
    key = f"{rows[PAGE - 1].prepared_at.isoformat()}|{rows[PAGE - 1].id}" if rows[PAGE:] else ""
    return Listing(rows[:PAGE], count, key)


def _place(
    after: str,
) -> tuple[sa.ColumnElement[datetime], sa.ColumnElement[uuid.UUID]] | None:
    """The two parts of a key, typed as their columns; None for a key that is no such thing."""
    moment, _, key = after.partition("|")
    try:
        at, packet_id = datetime.fromisoformat(moment), uuid.UUID(key)
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    return sa.literal(at, Packet.prepared_at.type), sa.literal(packet_id, Packet.id.type)


def issued_for_training(session: Session) -> Packet | None:
    """The first issued packet of an invented case, which the demo writes to a file."""
    return session.scalars(
        sa.select(Packet)
        .join(Case, Case.id == Packet.case_id)
        .where(Case.training, Packet.state == "issued")
        .order_by(Packet.issued_at)
        .limit(1)
    ).one_or_none()
