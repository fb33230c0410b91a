"""Read incidents. Every list starts from `visible_to`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from casework.access import STAFF, Role
from casework.errors import Forbidden
from casework.handling.queries.readers import withheld_parts
from casework.incidents.columns import PLAIN
from casework.incidents.report import (
    VOCABULARIES,
    Answer,
    Handling,
    IncidentReport,
    SourceLine,
    Trait,
    Volume,
)
from casework.incidents.veil import Veiled
from models import (
    AuditDetail,
    AuditEntry,
    Case,
    CaseIncident,
    Entity,
    Incident,
    IncidentParty,
    IncidentRevision,
    Officer,
)

READING = "incident.read"


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log about an incident; `reason` may be empty."""

    action: str
    by: str
    at: datetime
    reason: str


def visible_to(officer: Officer) -> sa.Select[Incident]:
    """All reports for staff; those of the own organization for reporters; else none."""
    chosen = sa.select(Incident)
    if STAFF(officer, None):
        return chosen
    if Role.REPORTER in officer.roles:
        return chosen.where(Incident.organization_id == officer.organization_id)
    return chosen.where(sa.false())


def visible_incident(session: Session, officer: Officer, reference: str) -> Incident | None:
    return session.scalars(
        visible_to(officer)
        .where(Incident.reference == reference)
        .options(*shown(), selectinload(Incident.sources), selectinload(Incident.markings))
    ).one_or_none()


def as_seen(session: Session, rows: Sequence[Incident]) -> list[Incident]:
    """The reports as whom the session reads for may have them: parts that a control keeps from
    that officer are not in them. Only to be shown: a veiled report cannot be changed.
    """
    kept = withheld_parts(session, {row.id for row in rows})
    return [cast("Incident", Veiled(row, kept[row.id])) if row.id in kept else row for row in rows]


def refuse_veiled(session: Session, incident: Incident) -> None:
    """Forbidden to correct a report of which some part is kept from the reader."""
    for part, control in withheld_parts(session, {incident.id}).get(incident.id, {}).items():
        raise Forbidden(
            f"A part of this report ({part}) is withheld from you: {control}. "
            "Somebody who may read the whole corrects it."
        )


def incidents_of_case(session: Session, case: Case) -> list[Incident]:
    """Reports that a case examines, the earliest reported first. The case is visible already."""
    return list(
        session.scalars(
            sa.select(Incident)
            .join(CaseIncident, CaseIncident.incident_id == Incident.id)
            .where(CaseIncident.case_id == case.id)
            .options(*shown(), selectinload(Incident.sources), selectinload(Incident.markings))
            .order_by(Incident.submitted_at, Incident.id)
        )
    )


def incidents_of_entity(session: Session, officer: Officer, entity: Entity) -> list[Incident]:
    """Reports visible to the officer that name the entity, the latest allegation first."""
    named = sa.select(IncidentParty.incident_id).where(IncidentParty.entity_id == entity.id)
    return list(
        session.scalars(
            visible_to(officer)
            .where(Incident.id.in_(named))
            .options(*shown(), selectinload(Incident.sources))
            .order_by(Incident.alleged_on.desc(), Incident.id)
        )
    )


def waiting_for_triage(session: Session, officer: Officer, limit: int = 10) -> list[Incident]:
    """Reports that nobody has decided about, the longest waiting first, as the reader may see
    them.
    """
    rows = session.scalars(
        visible_to(officer)
        .where(Incident.state.in_(("submitted", "acknowledged")))
        .order_by(Incident.submitted_at, Incident.id)
        .limit(limit)
    )
    return as_seen(session, rows.all())


def case_references(session: Session, incident: Incident) -> list[str]:
    """References of all cases about a report, visible or not: the caller asks for each."""
    return list(
        session.scalars(
            sa.select(Case.reference)
            .join(CaseIncident, CaseIncident.case_id == Case.id)
            .where(CaseIncident.incident_id == incident.id)
            .order_by(Case.reference)
        )
    )


def revisions_of(session: Session, incident: Incident) -> list[tuple[IncidentRevision, Officer]]:
    """Earlier words of a report with who replaced them, the latest first."""
    rows = session.execute(
        sa.select(IncidentRevision, Officer)
        .join(Officer, Officer.id == IncidentRevision.by_id)
        .where(IncidentRevision.incident_id == incident.id)
        .order_by(IncidentRevision.version.desc())
    )
    return [(revision, officer) for revision, officer in rows]


def history_of(session: Session, incident: Incident) -> list[Event]:
    """What was done to a report, in order."""
    rows = session.execute(
        sa.select(AuditEntry, AuditDetail, Officer)
        .join(AuditDetail, AuditDetail.seq == AuditEntry.seq)
        .join(Officer, Officer.id == AuditEntry.actor_id)
        .where(
            AuditEntry.object == f"incident:{incident.reference}",
            AuditEntry.action.startswith("incident."),
            AuditEntry.action != READING,
        )
        .order_by(AuditEntry.seq)
    )
    return [
        Event(entry.action, officer.name, entry.at, str(detail.detail.get("reason", "")))
        for entry, detail, officer in rows
    ]


def report_of(incident: Incident) -> IncidentReport:
    """The report as it now stands."""
    return IncidentReport(
        **{name: getattr(incident, name) for name in PLAIN},
        recreation=Trait(incident.recreation, incident.recreation_note),
        terms_of_use=Trait(incident.terms, incident.terms_note),
        interface=Trait(incident.interface, incident.interface_note),
        exchanges=Volume(incident.exchanges, incident.exchanges_qualifier),
        accounts=Volume(incident.accounts, incident.accounts_qualifier),
        tokens=Volume(incident.tokens, incident.tokens_qualifier),
        terms={name: tuple(codes) for name in VOCABULARIES if (codes := incident.codes(name))},
        answer=answer_of(incident),
        sources=source_lines(incident),
        handling=_handling(incident),
    )


def answer_of(incident: Incident) -> Answer:
    return Answer(
        incident.response, incident.response_text, incident.response_on, incident.response_source
    )


def source_lines(incident: Incident) -> tuple[SourceLine, ...]:
    names = ("title", "publisher", "url", "published_on", "accessed_on", "basis", "note")
    return tuple(
        SourceLine(**{name: getattr(row, name) for name in names}) for row in incident.sources
    )


def _handling(incident: Incident) -> tuple[Handling, ...]:
    names = ("item", "owner_confidential", "trade_secret", "tlp", "cui_category")
    return tuple(
        Handling(**{name: getattr(row, name) for name in names}) for row in incident.markings
    )


def shown() -> tuple[Any, ...]:
    """What a line about an incident needs besides its own columns, in few queries."""
    return (
        joinedload(Incident.organization, innerjoin=True),
        selectinload(Incident.terms_of),
        selectinload(Incident.parties)
        .joinedload(IncidentParty.entity, innerjoin=True)
        .selectinload(Entity.kept),
    )
