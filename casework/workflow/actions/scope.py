"""What and whom a case is about: linked reports and subjects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.errors import InvalidValue
from casework.incidents.sides import OWNERS_SIDE
from casework.screening.queries import merges
from casework.statute.loader import load_pack
from casework.workflow.actions.admission import admit
from casework.workflow.queries import standing
from models import (
    Case,
    CaseIncident,
    CaseSubject,
    Entity,
    Incident,
    IncidentParty,
    Officer,
)


@dataclass(frozen=True, slots=True)
class NewSubject:
    """`role` is a code of the vocabulary actor_role."""

    entity: Entity
    role: str
    examined: bool = True
    note: str = ""


def parties(session: Session, incidents: Sequence[Incident]) -> list[NewSubject]:
    rows = session.scalars(
        sa.select(IncidentParty)
        .where(IncidentParty.incident_id.in_([incident.id for incident in incidents]))
        .order_by(IncidentParty.role, IncidentParty.id)
    )
    return [NewSubject(row.entity, row.role, row.role not in OWNERS_SIDE, row.note) for row in rows]


def put_incidents(
    session: Session, case: Case, incidents: Iterable[Incident], by: Officer, at: datetime
) -> None:
    for incident in incidents:
        if incident.state == "withdrawn":
            raise InvalidValue(f"{incident.reference} was withdrawn by its reporter.", "incidents")
        session.add(
            CaseIncident(case_id=case.id, incident_id=incident.id, linked_by_id=by.id, linked_at=at)
        )
    session.flush()


def put_subjects(session: Session, case: Case, subjects: Iterable[NewSubject]) -> list[str]:
    """Add those not yet named in the case; a party stands in it once, under whichever of its
    entities. Answers their names.
    """
    subjects = list(subjects)
    held = dict(
        session.execute(
            sa.select(CaseSubject.entity_id, CaseSubject.position).where(
                CaseSubject.case_id == case.id
            )
        ).all()
    )
    position, added = max(held.values(), default=-1), []
    parties = merges.parties_of(session, {*held, *(subject.entity.id for subject in subjects)})
    named = {parties[key] for key in held}
    for subject in subjects:
        if parties[subject.entity.id] in named:
            continue
        position += 1
        named.add(parties[subject.entity.id])
        added.append(subject.entity.name)
        session.add(
            CaseSubject(
                case_id=case.id,
                entity_id=subject.entity.id,
                position=position,
                role=subject.role,
                examined=subject.examined,
                note=subject.note,
            )
        )
    session.flush()
    return added


def link_incident(
    session: Session, case: Case, incident: Incident, *, by: Officer, at: datetime
) -> CaseIncident:
    """Link a further report; its parties join the subjects. InvalidValue if it is linked."""
    admit(session, case, by)
    if session.get(CaseIncident, (case.id, incident.id)):
        raise InvalidValue(f"{incident.reference} is linked already.", "incident")
    put_incidents(session, case, [incident], by, at)
    added = put_subjects(session, case, parties(session, [incident]))
    audit.record(
        session,
        by,
        "case.link",
        f"incident:{incident.reference}",
        at=at,
        case=case,
        subjects=added,
    )
    return session.get_one(CaseIncident, (case.id, incident.id))


def unlink_incident(
    session: Session, case: Case, incident: Incident, *, reason: str, by: Officer, at: datetime
) -> None:
    """Take the link back; subjects stay, since findings may rest on them."""
    admit(session, case, by)
    link = session.get(CaseIncident, (case.id, incident.id))
    if link is None:
        raise InvalidValue(f"{incident.reference} is not linked to this case.", "incident")
    session.delete(link)
    audit.record(
        session,
        by,
        "case.unlink",
        f"incident:{incident.reference}",
        at=at,
        case=case,
        reason=reason,
    )


def add_subject(
    session: Session, case: Case, subject: NewSubject, *, by: Officer, at: datetime
) -> CaseSubject:
    """InvalidValue when the entity stands in the case already or the role is unknown."""
    admit(session, case, by)
    if subject.role not in load_pack(case.text_version).codes("actor_role"):
        raise InvalidValue("Choose a role of the list.", "role")
    if not put_subjects(session, case, [subject]):
        raise InvalidValue(f"{subject.entity.name} is named in this case already.", "entity")
    audit.record(
        session,
        by,
        "case.subject",
        f"entity:{subject.entity.id}",
        at=at,
        case=case,
        name=subject.entity.name,
        role=subject.role,
        examined=subject.examined,
    )
    return session.scalars(
        sa.select(CaseSubject).where(
            CaseSubject.case_id == case.id, CaseSubject.entity_id == subject.entity.id
        )
    ).one()


def remove_subject(
    session: Session, case: Case, subject: CaseSubject, *, reason: str, by: Officer, at: datetime
) -> None:
    """InvalidValue once something is on record about the subject: then it stays named."""
    admit(session, case, by)
    if standing.has_record(session, case, subject.entity_id):
        raise InvalidValue(
            f"{subject.entity.name} stays: answers, replies or decisions about it are on record."
        )
    session.delete(subject)
    audit.record(
        session,
        by,
        "case.unsubject",
        f"entity:{subject.entity_id}",
        at=at,
        case=case,
        name=subject.entity.name,
        reason=reason,
    )
