"""Rows for tests, filled with plain invented words. Everything may be overridden by keyword."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Role
from casework.people.passwords import hasher
from casework.screening.actions.entities import create_entity
from casework.screening.facts import CountryFact, NameFact, SourceFact
from casework.statute.loader import load_pack
from models import (
    Case,
    CaseIncident,
    CaseMember,
    CaseSubject,
    CustodyEvent,
    Entity,
    Exhibit,
    Incident,
    IncidentParty,
    Marking,
    Officer,
    Organization,
    Person,
    RoleGrant,
    Source,
)
from tests.plain_report import AT, CASE, EXHIBIT, MARKING, OWNER, REPORT

TEXT_VERSION = "hr8283_ih_2026_04_15"
AGENCY = "COMMERCE_BIS"
PASSWORD = "violet tractor heron mountain"


def make_organization(db: Session, name: str, agency: str | None = None) -> Organization:
    """The organization of that name, made when there is none."""
    found = db.scalars(sa.select(Organization).where(Organization.name == name)).one_or_none()
    if found is None:
        found = Organization(name=name, agency=agency)
        db.add(found)
        db.flush()
    return found


def make_officer(
    db: Session,
    *roles: str,
    agency: str | None = None,
    organization: Organization | None = None,
    name: str | None = None,
    person: Person | None = None,
    email: str | None = None,
    password: str | None = None,
    active: bool = True,
) -> Officer:
    """An account with the roles. A reporter belongs to an owner of models, all others to an agency
    (`agency` is its code). Without `password` nobody can sign in by form."""
    if organization is None:
        code = None if Role.REPORTER in roles and agency is None else agency or AGENCY
        organization = make_organization(db, f"Office of {code}" if code else OWNER, code)
    mark = uuid4().hex[:8]
    officer = Officer(
        email=email or f"officer-{mark}@example.gov",
        person=person or Person(name=name or f"Officer {mark}"),
        organization=organization,
        password_hash=hasher().hash(password) if password else None,
        active=active,
        created_at=AT,
    )
    officer.grants = [RoleGrant(role=str(role), granted_at=AT) for role in roles]
    db.add(officer)
    db.flush()
    return officer


def make_entity(
    db: Session,
    officer: Officer,
    name: str = "Orchid Compute Ltd",
    *,
    kind: str = "organization",
    country: str = "SG",
    tie: str = "headquartered",
    note: str = "",
    training: bool = False,
    at: datetime = AT,
) -> Entity:
    """An entity with one legal name and, unless `country` is empty, one country."""
    return create_entity(
        db,
        kind=kind,
        name=NameFact(text=name),
        countries=[CountryFact(country=country, tie=tie)] if country else [],
        note=note,
        training=training,
        source=SourceFact(title="Business register extract", basis=_basis()),
        by=officer,
        at=at,
    )


def _basis() -> str:
    return load_pack(TEXT_VERSION).vocabularies["basis"].terms[0].code


def make_incident(
    db: Session,
    officer: Officer,
    *,
    parties: Sequence[tuple[Entity, str]] = (),
    sources: int = 1,
    **changes: Any,
) -> Incident:
    """A report as submitted. `parties` are entities with the role that the report gives them."""
    fields: dict[str, Any] = {
        "reference": f"INC-2026-{_next(db, Incident):05}",
        **REPORT,
        "organization_id": officer.organization_id,
        "reporter_name": officer.name,
        **changes,
    }
    words = f"{fields['reference']} {fields['title']} {fields['narrative']}"
    incident = Incident(submitted_by=officer, search_text=words.casefold(), **fields)
    incident.sources = [_source(position) for position in range(sources)]
    incident.parties = [
        IncidentParty(entity=entity, role=role, note="") for entity, role in parties
    ]
    db.add(incident)
    db.flush()
    return incident


def _source(position: int) -> Source:
    return Source(
        position=position,
        title="Abuse report of the owner",
        publisher=OWNER,
        url="",
        published_on=date(2026, 6, 10),
        accessed_on=date(2026, 6, 12),
        basis=_basis(),
        note="",
    )


def _next(db: Session, table: type[Incident | Case]) -> int:
    return (db.scalar(sa.select(sa.func.count()).select_from(table)) or 0) + 1


def make_case(
    db: Session,
    lead: Officer,
    *,
    incidents: Sequence[Incident] = (),
    subjects: Sequence[Entity] = (),
    members: Sequence[Officer] = (),
    examined: bool = True,
    **changes: Any,
) -> Case:
    """A case at the first stage whose members are the lead and `members`."""
    fields: dict[str, Any] = {
        "reference": f"MEA-2026-{_next(db, Case):05}",
        **CASE,
        "text_version": TEXT_VERSION,
        "stage": load_pack(TEXT_VERSION).first_stage.id,
        "opened_at": AT,
        "opened_by_id": lead.id,
        "lead_id": lead.id,
        **changes,
    }
    case = Case(**fields)
    db.add(case)
    db.flush()
    for officer in dict.fromkeys((lead, *members)):
        add_member(db, case, officer)
    for incident in incidents:
        db.add(
            CaseIncident(
                case_id=case.id, incident_id=incident.id, linked_by_id=lead.id, linked_at=AT
            )
        )
    for position, entity in enumerate(subjects):
        db.add(
            CaseSubject(
                case_id=case.id,
                entity_id=entity.id,
                position=position,
                role="operator",
                examined=examined,
                note="",
            )
        )
    db.flush()
    return case


def add_member(db: Session, case: Case, officer: Officer) -> None:
    """Give the officer need to know."""
    by = case.opened_by_id
    db.add(CaseMember(case_id=case.id, officer_id=officer.id, added_by_id=by, added_at=AT))
    db.flush()


def make_exhibit(
    db: Session,
    case: Case,
    officer: Officer,
    *,
    content: bytes = b"account,prompts\n17,4100\n",
    **changes: Any,
) -> Exhibit:
    """A row for a file with that content. The bytes themselves are not stored: a test that reads
    them back receives the file through `actions.exhibits.receive_file` of the evidence."""
    last = db.scalar(sa.select(sa.func.max(Exhibit.number)).where(Exhibit.case_id == case.id))
    digest = hashlib.sha256(content).hexdigest()
    fields: dict[str, Any] = {
        "number": (last or 0) + 1,
        **EXHIBIT,
        "basis": _basis(),
        "size": len(content),
        "sha256": digest,
        "blob_key": hashlib.sha256(f"{case.id}{digest}".encode()).hexdigest(),
        **changes,
    }
    exhibit = Exhibit(case_id=case.id, received_by=officer, **fields)
    db.add(exhibit)
    db.flush()
    db.add(Marking(exhibit_id=exhibit.id, **MARKING))
    db.add(
        CustodyEvent(
            exhibit_id=exhibit.id,
            kind="received",
            by_id=officer.id,
            at=AT,
            sha256=exhibit.sha256,
            note=f"from {exhibit.received_from}",
        )
    )
    db.flush()
    return exhibit
