"""The page after sign-in: what waits for this officer, and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission, permits
from casework.committee.queries import waiting as votes
from casework.desk import queries as desk
from casework.incidents.queries import incidents
from casework.petitions.queries.petitions import open_petitions
from casework.workflow.queries import cases as workflow
from casework.workflow.queries import coordination, waiting
from views.access import current_officer, requires
from views.clock import today
from views.transaction import db

# Each form that keeps drafts: its word, and where it is found: an endpoint, or a page of a case.
FORMS = {
    "incident": ("Report of an incident", "incidents.index"),
    "entity": ("Entity", "entities.index"),
    "case-open": ("New case", "cases.new"),
    "carry-over": ("Carry-over to another text", "/text"),
    "case-edit": ("Title and summary", "/edit"),
    "exhibit": ("Exhibit", "/evidence"),
    "finding": ("Answer to an element", "/findings"),
    "purpose": ("Statement on purpose", "/findings"),
    "recommendation": ("Recommendation", "/measures"),
    "motion": ("Motion", "/votes"),
    "ballot": ("Ballot", "/votes"),
    "petition": ("Petition", "/petitions"),
    "petition-answer": ("Answer to a petition", "/petitions"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is listed: what it is, where it goes on, when it was last saved."""

    words: str
    href: str
    saved_at: datetime


work = Blueprint("work", __name__)


@work.get("/")
@requires(Permission.DESK)
def home() -> ResponseReturnValue:
    officer = current_officer
    triages = permits(officer, Permission.INCIDENT_TRIAGE)
    return render_template(
        "home/index.html",
        today=today(),
        tasks=workflow.tasks_due(db, officer),
        led=waiting.led_by(db, officer),
        to_read=waiting.to_read(db, officer),
        to_decide=waiting.to_decide(db, officer),
        to_answer=open_petitions(db, officer),
        to_sign=waiting.to_sign(db, officer),
        to_vote=votes.to_vote(db, officer),
        to_close=votes.to_close(db, officer, today()),
        positions=coordination.awaiting_position(db, officer) if officer.agency else [],
        drafts=_drafts(),
        triage=incidents.waiting_for_triage(db, officer) if triages else [],
    )


def _drafts() -> list[Kept]:
    """The officer's drafts, less those of cases that the officer no longer sees."""
    rows = [row for row in desk.drafts(db, current_officer) if row.form in FORMS]
    of_case = {row.id: row.subject.partition(":")[0] for row in rows if _belongs_to_case(row.form)}
    visible = workflow.visible_references(db, current_officer, set(of_case.values()))
    return [
        Kept(
            _words(row.form, of_case.get(row.id, "")),
            _href(row.form, of_case.get(row.id, "")),
            row.saved_at,
        )
        for row in rows
        if row.id not in of_case or of_case[row.id] in visible
    ]


def _belongs_to_case(form: str) -> bool:
    return FORMS[form][1].startswith("/")


def _words(form: str, reference: str) -> str:
    return f"{FORMS[form][0]}, {reference}" if reference else FORMS[form][0]


def _href(form: str, reference: str) -> str:
    place = FORMS[form][1]
    return url_for("cases.show", case_ref=reference) + place if reference else url_for(place)
