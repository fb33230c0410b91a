"""The first page of a case: what is alleged, where it stands, what blocks it, who must act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import ROLE_TITLES, Permission, Role
from casework.incidents.queries.incidents import as_seen
from casework.statute.loader import load_pack
from casework.workflow.engine import Step, next_steps
from casework.workflow.queries import cases as queries
from casework.workflow.queries import team
from casework.workflow.reading import read
from casework.workflow.record import Record, of
from casework.workflow.record_kinds import fitting
from casework.workflow.replies import replies_in
from models import Case, CaseIncident, Incident
from views.access import current_officer, requires
from views.assembly import label
from views.case_steps import standing_record
from views.casebar import case_page, counts_of
from views.cases_blueprint import cases
from views.claims import Claim, Reference, answers_in, claim_about
from views.forms.comment import CommentForm
from views.seen_items import note_reports
from views.transaction import db


@cases.get("/<case_ref>")
@requires(Permission.CASE_READ)
def show(case: Case) -> ResponseReturnValue:
    pack = load_pack(case.text_version)
    record = standing_record(case)
    return render_template(
        "cases/show.html",
        record=record,
        claims=claims_of(case, queries.links_of(db, case), record),
        stage=pack.stages[case.stage],
        lead_agency=pack.agencies[pack.stages[case.stage].lead].label,
        steps=_by_reach(next_steps(read(record, pack), pack)),
        may_take=lambda step: bool(current_officer.roles & set(step.transition.roles)),
        roles=lambda step: [ROLE_TITLES[Role(role)][0] for role in step.transition.roles],
        kinds=fitting(pack, case.stage, current_officer.roles),
        tasks=team.open_tasks(db, case),
        comments=of(record, "comment"),
        waiting=_waiting(record),
        comment_form=CommentForm(formdata=None),
        holds=counts_of(case).legal_holds,
        **case_page(case, "overview"),
    )


def _by_reach(steps: list[Step]) -> list[Step]:
    """Steps ahead come before those that leave the stage unfinished; the least blocked first."""
    return sorted(steps, key=lambda step: (step.transition.unfinished, len(step.blockers)))


def _waiting(record: Record) -> list[tuple[str, date | None]]:
    """Agencies that were asked and have said nothing, with the day they should answer by."""
    said = {act.key for act in of(record, "position")}
    return [
        (label("agency", act.key), act.day) for act in of(record, "request") if act.key not in said
    ]


def claims_of(case: Case, links: list[CaseIncident], record: Record) -> list[Claim]:
    """The claim of each linked report about the examined subjects, never without its answer."""
    names = [subject.name for subject in record.subjects if subject.examined]
    accused = ", ".join(names) or "persons not named"
    replies = answers_in(replies_in(record, case.reference))
    seen = reports_of(case, links)
    return [replace(_claim(case, row, accused), replies=replies) for row in seen]


def reports_of(case: Case, links: list[CaseIncident]) -> list[Incident]:
    """The linked reports as this officer may see them; that they were shown is logged. Nothing is
    asked of the database where no control limits the readers of anything in the case.
    """
    rows, counts = [link.incident for link in links], counts_of(case)
    note_reports(row for row in rows if row.reference in counts.confidential)
    limited = any(mark.dissemination for mark in counts.marks)
    return as_seen(db, rows) if limited else rows


def _claim(case: Case, incident: Incident, accused: str) -> Claim:
    """The claim as the case names its subjects; it leads to the reports of the case."""
    page = url_for("cases.incidents", case_ref=case.reference)
    return claim_about(
        incident,
        accused=accused,
        source=Reference(f"{incident.reference}, {incident.title}", page),
        basis=[],
        on=incident.response_on or incident.alleged_on,
    )
