"""Incidents of a case as they are counted in a report."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from casework.packets.queries.allegations import figures
from casework.reports.source import Report
from casework.statute.pack import StatutePack
from models import Case, CaseIncident, Incident, IncidentParty

_NOT_COUNTED = ("withdrawn",)


def reports_of(session: Session, case: Case, pack: StatutePack) -> tuple[Report, ...]:
    """Linked incidents that nobody has withdrawn, in the order of their references."""
    rows = session.scalars(
        sa.select(Incident)
        .join(CaseIncident, CaseIncident.incident_id == Incident.id)
        .where(CaseIncident.case_id == case.id, Incident.state.not_in(_NOT_COUNTED))
        .options(
            selectinload(Incident.terms_of),
            selectinload(Incident.parties).joinedload(IncidentParty.entity),
        )
        .order_by(Incident.reference)
    )
    words = {name: _words(pack, name) for name in ("method", "access_path", "basis", "actor_role")}
    words["claim_status"] = _words(pack, "claim_status")
    return tuple(_report(row, words, pack) for row in rows)


def _words(pack: StatutePack, vocabulary: str) -> Mapping[str, str]:
    return {term.code: term.label for term in pack.vocabularies[vocabulary].terms}


def _report(row: Incident, words: Mapping[str, Mapping[str, str]], pack: StatutePack) -> Report:
    def told(vocabulary: str) -> tuple[str, ...]:
        return tuple(words[vocabulary].get(code, code) for code in row.codes(vocabulary))

    techniques = pack.techniques
    roles = words["actor_role"]
    return Report(
        reference=row.reference,
        day=row.window_start or row.alleged_on,
        dated=row.window_start is not None,
        status=words["claim_status"].get(row.claim_status, row.claim_status),
        verified=row.verified,
        methods=told("method"),
        techniques=tuple(
            f"{code} {techniques[code].name}" if code in techniques else code
            for code in row.codes("atlas")
        ),
        paths=told("access_path"),
        bases=told("basis"),
        volumes=tuple(f"{figure.label}: {figure.as_said}" for figure in figures(row)),
        parties=tuple(
            sorted((roles.get(one.role, one.role), one.entity.name) for one in row.parties)
        ),
    )
