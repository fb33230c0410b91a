"""One report: what is alleged, what the accused answers, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from flask import render_template, url_for

from casework.access import Permission
from casework.handling.marks import whole_of
from casework.handling.queries.readers import mark_of
from casework.incidents.queries import incidents as queries
from casework.incidents.report import ITEMS, read_content
from casework.workflow.queries import cases as workflow
from casework.workflow.queries.hearing import replies_to
from models import Case, Incident
from views.access import current_officer, requires
from views.claims import answers_in, claim_of
from views.clock import today
from views.forms.incident import IncidentForm
from views.incident_form import Difference, differences
from views.incidents_blueprint import incidents
from views.seen_items import note_incidents
from views.transaction import db


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
    note_incidents([incident])
    [seen] = queries.as_seen(db, [incident])
    return render_template(
        "incidents/show.html",
        incident=seen,
        withheld=getattr(seen, "withheld", {}),
        handling=whole_of(mark_of(row) for row in incident.markings).words,
        training=incident.training,
        claim=replace(
            claim_of(seen, today()),
            replies=answers_in(replies_to(db, current_officer, incident)),
        ),
        marks={row.item: row for row in incident.markings},
        item_titles=ITEMS,
        cases=_cases(incident),
        history=queries.history_of(db, incident),
        corrections=_corrections(incident) if seen is incident else [],
    )


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
