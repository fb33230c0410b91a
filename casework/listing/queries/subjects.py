"""What the record says of an entity that might be listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from casework.incidents.sides import OWNERS_SIDE
from casework.listing.entry import Denial, Facts, Name, strength_of
from casework.listing.rules import Candidate
from casework.listing.sources import is_confidential
from casework.statute.loader import load_pack
from casework.statute.pack import StatutePack
from casework.workflow.engine import CaseFacts
from casework.workflow.queries.standing import record_of
from casework.workflow.reading import read
from casework.workflow.record import Record, of
from models import (
    Case,
    CaseIncident,
    Determination,
    Entity,
    Exhibit,
    Incident,
    IncidentParty,
    ResponseWindow,
)

WASHINGTON = ZoneInfo("America/New_York")
LAST_ATTACK = "last_attack"
ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity with its newest determination, if that one makes it listable, and the facts of
    the case as if it were the only subject.
    """

    entity: Entity
    determination: Determination | None
    facts: CaseFacts
    last_attack: date | None

    def candidate(self, part: str) -> Candidate:
        return Candidate(
            conclusions=self.facts.conclusions,
            part=part,
            last_attack=self.last_attack,
            determined_on=self.determination.decided_on if self.determination else None,
        )


def subject_of(
    session: Session, case: Case, entity: Entity, *, record: Record | None = None
) -> Subject:
    """`record` is that of `standing.record_of`, handed in where it has been read already."""
    pack = load_pack(case.text_version)
    own = _alone(record or record_of(session, case), entity.id)
    return Subject(
        entity,
        _listable(session, case, entity, pack),
        read(own, pack),
        _last_attack(own, entity.id, pack),
    )


def facts_about(session: Session, case: Case, subject: Subject) -> Facts | None:
    """What an entry would say without anybody's choice; None without a listable determination."""
    signed = subject.determination
    if signed is None:
        return None
    entity = subject.entity
    return Facts(
        name=entity.name,
        names=tuple(_names(entity)),
        kind=entity.kind,
        countries=tuple(
            sorted({row.country for row in entity.countries if row.withdrawn_at is None})
        ),
        last_attack=subject.last_attack.isoformat() if subject.last_attack else "",
        determination=str(signed.id),
        determined_on=signed.decided_on.isoformat(),
        determined_under=_under(signed, load_pack(case.text_version)),
        denials=tuple(denials_of(session, case, entity)),
    )


def denials_of(session: Session, case: Case, entity: Entity) -> list[Denial]:
    """What the entity answered to each report that accuses it, then in this case. The words of a
    report held in confidence stay out; that there was an answer does not.
    """
    reports = session.scalars(
        sa.select(Incident)
        .join(CaseIncident, CaseIncident.incident_id == Incident.id)
        .where(CaseIncident.case_id == case.id, Incident.response != "none_found")
        .where(_accuses(entity))
        .options(selectinload(Incident.markings))
        .order_by(Incident.alleged_on, Incident.reference)
    )
    replies = session.scalars(
        sa.select(ResponseWindow)
        .where(
            ResponseWindow.case_id == case.id,
            ResponseWindow.entity_id == entity.id,
            ResponseWindow.step == ANSWERED,
        )
        .order_by(ResponseWindow.at, ResponseWindow.id)
    )
    return [*map(_told, reports), *(_replied(session, row) for row in replies)]


def _alone(record: Record, entity_id: UUID) -> Record:
    """The record as if that subject were the only one: another's approval is none for this one."""
    return replace(
        record,
        subjects=[row for row in record.subjects if row.entity_id == entity_id],
        answers=[row for row in record.answers if row.entity_id in {None, entity_id}],
        acts=[row for row in record.acts if row.entity_id in {None, entity_id}],
    )


def _listable(
    session: Session, case: Case, entity: Entity, pack: StatutePack
) -> Determination | None:
    """The newest determination that identifies or not, if its kind may be listed."""
    newest = session.scalars(
        sa.select(Determination)
        .where(
            Determination.case_id == case.id,
            Determination.entity_id == entity.id,
            Determination.kind.in_(list(pack.determinations)),
        )
        .order_by(Determination.at.desc(), Determination.id)
        .limit(1)
    ).one_or_none()
    return newest if newest and pack.determinations[newest.kind].listable else None


def _last_attack(record: Record, entity_id: UUID, pack: StatutePack) -> date | None:
    row = pack.days.get(LAST_ATTACK)
    told = of(record, "record", row.record) if row and row.record else []
    days = [act.day for act in told if act.value == str(entity_id) and act.day]
    return days[-1] if days else None


def _under(signed: Determination, pack: StatutePack) -> str:
    """The provision it was signed under; its stage may be one that a later text lacks."""
    stage = pack.stages.get(signed.stage)
    citation = stage.citation if stage else pack.determinations[signed.kind].citation
    return f"{citation} of {pack.act.number}"


def _names(entity: Entity) -> Iterable[Name]:
    return (
        Name(row.text, row.kind, row.language, strength_of(row.kind))
        for row in entity.names
        if row.withdrawn_at is None and row.text != entity.name
    )


def _accuses(entity: Entity) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        IncidentParty.incident_id == Incident.id,
        IncidentParty.entity_id == entity.id,
        IncidentParty.role.not_in(OWNERS_SIDE),
    )


def _told(report: Incident) -> Denial:
    claims = [
        row.owner_confidential or row.trade_secret for row in report.markings if row.item == "claim"
    ]
    secret = is_confidential(claims)
    made_on = report.response_on.isoformat() if report.response_on else ""
    return Denial(report.response, "" if secret else report.response_text, made_on)


def _replied(session: Session, row: ResponseWindow) -> Denial:
    """A reply is as open as the exhibit that brought it."""
    paper = session.get(Exhibit, row.exhibit_id) if row.exhibit_id else None
    claims = [
        mark.owner_confidential or mark.trade_secret for mark in (paper.markings if paper else ())
    ]
    text = "" if any(claims) else row.text
    return Denial(ANSWERED, text, row.at.astimezone(WASHINGTON).date().isoformat())
