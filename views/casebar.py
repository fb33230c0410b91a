"""What stands above every page about one case: which case, where it is, what is due, the tabs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app, g, url_for

from casework.access import permits
from casework.handling.marks import whole_of
from casework.legislation import queries as legislation
from casework.statute.clocks import clocks
from casework.statute.loader import load_pack
from casework.workflow.queries import standing
from casework.workflow.record import Counts
from models import Case
from views.access import current_officer
from views.clock import today
from views.transaction import db


@dataclass(frozen=True, slots=True)
class Deadline:
    """`hypothetical` while no enactment date is set: then nothing of the Act binds."""

    label: str
    due: date
    hypothetical: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """`stage` is the title of the stage, `lead` a name or None."""

    reference: str
    title: str
    stage: str
    lead: str | None
    deadline: Deadline | None


@dataclass(frozen=True, slots=True)
class Tab:
    """`count` None shows no number."""

    label: str
    href: str
    current: bool
    count: int | None


# Name of the tab, its word, last part of its address, and the count it shows.
TABS = (
    ("overview", "Overview", "", None),
    ("subjects", "Subjects", "/subjects", "subjects"),
    ("incidents", "Incidents", "/incidents", "incidents"),
    ("evidence", "Evidence", "/evidence", "exhibits"),
    ("findings", "Findings", "/findings", "answers"),
    ("positions", "Positions", "/positions", "requests"),
    ("measures", "Measures", "/measures", "recommendations"),
    ("determinations", "Determinations", "/determinations", None),
    ("packets", "Packets", "/packets", "packets"),
    ("team", "Team", "/team", None),
    ("history", "History", "/history", None),
)

# The pages under one tab: name, word, endpoint. The first is the page of the tab itself.
SECTIONS = {
    "evidence": (
        ("exhibits", "Exhibits", "evidence.of_case"),
        ("logs", "Usage logs", "usage_logs.index"),
        ("correlations", "Met in other cases", "correlations.index"),
        ("markings", "Markings", "markings.index"),
        ("permissions", "Owner permissions", "permissions.index"),
        ("notices", "Submitter notices", "notices.index"),
    ),
    "positions": (
        ("positions", "Positions", "cases.positions"),
        ("escalations", "Escalations", "escalations.index"),
    ),
    "measures": (
        ("recommendations", "Recommendations", "measures.index"),
        ("votes", "Committee votes", "votes.index"),
        ("entries", "Entity List entries", "entity_list.index"),
        ("listing", "Public list", "listing.index"),
        ("holds", "Holds", "measure_holds.index"),
        ("petitions", "Petitions", "petitions.index"),
    ),
    "packets": (
        ("packets", "Packets", "packets.of_case"),
        ("reports", "Reports", "case_reports.index"),
    ),
    "history": (
        ("history", "Chronicle", "cases.history"),
        ("clocks", "Clocks", "case_clocks.index"),
        ("retention", "Retention", "retention.index"),
        ("text", "Text of the law", "carry_over.index"),
    ),
}


def case_page(case: Case, current: str, section: str = "") -> dict[str, Any]:
    """Everything that layouts/case.html needs, for `render_template(..., **case_page(...))`.

    `section` names the page under the tab `current`; empty for the first.
    """
    return {
        "case": case,
        "identity": case_identity(case),
        "tabs": case_tabs(case, current),
        "sections": case_sections(case, current, section),
        "training": case.training,
        "handling": _handling(counts_of(case)),
    }


def _handling(counts: Counts) -> str:
    """The marking of the whole case, from the marks of its exhibits and reports."""
    return whole_of(counts.marks).words


def case_identity(case: Case) -> Identity:
    return Identity(
        reference=case.reference,
        title=case.title,
        stage=load_pack(case.text_version).stages[case.stage].title,
        lead=case.lead.name if case.lead else None,
        deadline=_deadline(case),
    )


def case_tabs(case: Case, current: str) -> list[Tab]:
    """The pages of a case; `current` is the name of the one that is shown."""
    counts = counts_of(case)
    base = url_for("cases.show", case_ref=case.reference)
    return [
        Tab(word, base + path, name == current, getattr(counts, counted) if counted else None)
        for name, word, path, counted in TABS
    ]


def case_sections(case: Case, current: str, section: str) -> list[Tab]:
    """The pages under the tab `current` that the officer may open; none where there is but one."""
    there = [row for row in SECTIONS.get(current, ()) if _may_open(case, row[2])]
    shown = section or (there[0][0] if there else "")
    found = [
        Tab(word, url_for(endpoint, case_ref=case.reference), name == shown, None)
        for name, word, endpoint in there
    ]
    return found if len(found) > 1 else []


def _may_open(case: Case, endpoint: str) -> bool:
    needed = getattr(current_app.view_functions.get(endpoint), "permission", None)
    return needed is not None and permits(current_officer, needed, case)


def counts_of(case: Case) -> Counts:
    """Counted once a request."""
    if "case_counts" not in g:
        g.case_counts = {}
    if case.id not in g.case_counts:
        g.case_counts[case.id] = standing.counts_of(db, case)
    return g.case_counts[case.id]


def dates_of(case: Case) -> legislation.ActDates:
    """The dates of the case's text, read once a request; the planning strip rests on them too."""
    key = f"act_dates_{case.text_version}"
    if key not in g:
        dates = legislation.dates_of(db, case.text_version, enacted_setting())
        setattr(g, key, dates)
        g.planning = dates.planning
    return g.get(key)


def enacted_setting() -> date | None:
    """The enactment date of the settings; a recorded one prevails."""
    return current_app.extensions["settings"].enacted


def _deadline(case: Case) -> Deadline | None:
    """The nearest of the Act's deadlines and the case's own next review."""
    dates = dates_of(case)
    dues = clocks(load_pack(case.text_version), dates.enacted, dates.events)
    due = legislation.next_deadline(dues, today())
    found = Deadline(due.title, due.due, due.planning) if due and due.due else None
    if case.next_review_on and (found is None or case.next_review_on < found.due):
        return Deadline("Next review", case.next_review_on, hypothetical=False)
    return found
