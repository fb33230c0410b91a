"""One report: what is alleged, what the accused answers, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from flask import g, render_template, url_for

from casework.access import Permission
from casework.incidents.actions import saved_views as reading
from casework.incidents.queries import incidents as queries
from casework.incidents.report import ITEMS, read_content
from casework.workflow.queries import cases as workflow
from models import Case, Incident
from views.access import current_officer, requires
from views.claims import claim_of
from views.clock import now, today
from views.forms.incident import IncidentForm
from views.incident_form import Difference, differences
from views.incidents_blueprint import incidents
from views.transaction import after_commit, db, own_transaction


@dataclass(frozen=True, slots=True)
class Correction:
    """What one correction changed."""

    version: int
    by: str
    at: datetime
    reason: str
    rows: list[Difference]


@incidents.get("/<incident_ref>")
@requires(Permission.INCIDENT_READ)
def show(incident: Incident) -> str:
    note_reading(incident)
    return render_template(
        "incidents/show.html",
        incident=incident,
        training=incident.training,
        claim=claim_of(incident, today()),
        marks={row.item: row for row in incident.markings},
        item_titles=ITEMS,
        cases=_cases(incident),
        history=queries.history_of(db, incident),
        corrections=_corrections(incident),
    )


def note_reading(incident: Incident) -> None:
    """Log that somebody outside the reporting organization opens what its owner holds in
    confidence; after the page's own transaction, which only reads.
    """
    secret = any(row.owner_confidential for row in incident.markings)
    if not secret or incident.organization_id == current_officer.organization_id:
        return
    officer_id, reference, origin = current_officer.id, incident.reference, g.get("origin")

    def write() -> None:
        with own_transaction(origin=origin) as session:
            reading.note_reading(session, officer_id, reference, at=now())

    after_commit(write)


def _cases(incident: Incident) -> list[Case]:
    """The cases about the report that this officer may see, and no others."""
    references = queries.case_references(db, incident)
    found = (workflow.visible_case(db, current_officer, each) for each in references)
    return [case for case in found if case]


def _corrections(incident: Incident) -> list[Correction]:
    """The latest correction first, each against the words it replaced."""
    kept = queries.revisions_of(db, incident)
    reports = [queries.report_of(incident), *(read_content(row.content) for row, _ in kept)]
    forms = [IncidentForm.showing(report) for report in reports]
    return [
        Correction(row.version, officer.name, row.at, row.reason, differences(before, after))
        for (row, officer), (after, before) in zip(kept, pairwise(forms), strict=True)
    ]


def back_to(incident: Incident) -> str:
    return url_for("incidents.show", incident_ref=incident.reference)
