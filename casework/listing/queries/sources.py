"""What a case holds that a public sentence may rest on, with whose confidence it would break."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from casework.evidence.queries.exhibits import withheld_of
from casework.incidents.report import ITEMS
from casework.listing.sources import (
    EXHIBIT,
    PUBLIC,
    PUBLIC_BASES,
    Held,
    is_confidential,
    owners_of_exhibit,
)
from models import Case, CaseIncident, Exhibit, Incident, Marking


def held_of(session: Session, case: Case) -> dict[str, Held]:
    """By reference: each item of each linked report, the public sources of these reports, and
    every exhibit that holds a file.
    """
    reports = _reports(session, case)
    owners = frozenset(row.owner_name for row in reports)
    rows = [
        *(row for report in reports for row in _of_report(report)),
        *(row for report in reports for row in _of_sources(report)),
        *_of_exhibits(session, case, owners),
    ]
    return {row.ref: row for row in rows}


def owners_of(session: Session, case: Case) -> list[str]:
    """The owners whom the linked reports name, each once, by name."""
    return sorted({row.owner_name for row in _reports(session, case)})


def _reports(session: Session, case: Case) -> list[Incident]:
    return list(
        session.scalars(
            sa.select(Incident)
            .join(CaseIncident, CaseIncident.incident_id == Incident.id)
            .where(CaseIncident.case_id == case.id)
            .options(selectinload(Incident.markings), selectinload(Incident.sources))
            .order_by(Incident.submitted_at, Incident.id)
        )
    )


def _of_report(report: Incident) -> list[Held]:
    claims = _claims(report.markings)
    return [
        Held(
            ref=f"{report.reference}#{item}",
            title=f"{report.reference}: {words}",
            owners=frozenset({report.owner_name}),
            confidential=is_confidential(claims[item]),
        )
        for item, words in ITEMS.items()
    ]


def _of_sources(report: Incident) -> list[Held]:
    return [
        Held(
            ref=f"{PUBLIC}{row.id}",
            title=", ".join(filter(None, (row.title, row.publisher))),
            owners=frozenset(),
            confidential=False,
            public=True,
        )
        for row in report.sources
        if row.basis in PUBLIC_BASES
    ]


def _of_exhibits(session: Session, case: Case, owners: frozenset[str]) -> list[Held]:
    """Pointers are left out: what is classified is no source of a public sentence. What is kept
    from whom the session reads for is named by its number alone.
    """
    rows = session.scalars(
        sa.select(Exhibit)
        .where(Exhibit.case_id == case.id, Exhibit.sha256.is_not(None))
        .options(selectinload(Exhibit.markings))
        .order_by(Exhibit.number)
    )
    kept = {row.number: row.control for row in withheld_of(session, case)}
    found = []
    for row in rows:
        told = f"withheld from you: {kept[row.number]}" if row.number in kept else row.title
        confidential = is_confidential([_claimed(mark) for mark in row.markings])
        found.append(
            Held(
                ref=f"{EXHIBIT}{row.number}",
                title=f"Exhibit {row.number}: {told}",
                owners=owners_of_exhibit(row.received_from, owners),
                confidential=confidential,
                public=row.basis in PUBLIC_BASES and not confidential,
            )
        )
    return found


def _claims(markings: Iterable[Marking]) -> defaultdict[str, list[bool]]:
    claims: defaultdict[str, list[bool]] = defaultdict(list)
    for row in markings:
        claims[row.item].append(_claimed(row))
    return claims


def _claimed(row: Marking) -> bool:
    return row.owner_confidential or row.trade_secret


def exhibit_id(session: Session, case: Case, number: int) -> UUID | None:
    return session.scalar(
        sa.select(Exhibit.id).where(Exhibit.case_id == case.id, Exhibit.number == number)
    )
