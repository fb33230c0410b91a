"""The public list as one case sees it: who may be proposed, what is proposed, what is shown."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.findings.queries import examined
from casework.listing.gates import list_stages, not_named
from casework.listing.queries import proposals as queries
from casework.listing.queries.public import drop_days
from casework.listing.queries.subjects import Subject, subject_of
from casework.listing.readings import Window, windows
from casework.listing.rules import Condition, conditions
from casework.statute.loader import load_pack
from casework.workflow.queries.standing import record_of
from models import Case, ListProposal
from views.access import requires
from views.casebar import case_page, counts_of, dates_of
from views.clock import today
from views.transaction import db

listing = Blueprint("listing", __name__, url_prefix="/cases/<case_ref>/listing")


@listing.get("")
@requires(Permission.CASE_READ)
def index(case: Case) -> ResponseReturnValue:
    pack = load_pack(case.text_version)
    rows = queries.proposals_of(db, case) if list_stages(pack) else []
    replaced = {row.supersedes_id for row in rows}
    drops = drop_days(db, case)  # of the entries that nobody took down
    published = (row.publication for row in rows if row.publication)
    shown = [row for row in published if row.id in drops and today() < drops[row.id]]
    return render_template(
        "listing/index.html",
        stages=list_stages(pack),
        subjects=_subjects(case) if list_stages(pack) else [],
        rows=rows,
        states={row.id: state_of(row, replaced=row.id in replaced) for row in rows},
        shown=shown,
        lacking=queries.lapsed_permissions(db, case, shown, on=today()),
        drops=drops,
        today=today(),
        pack=pack,
        **case_page(case, "measures", "listing"),
    )


def state_of(row: ListProposal, *, replaced: bool) -> str:
    """proposed, published, taken_down or replaced."""
    if row.publication is not None:
        return "taken_down" if row.publication.takedown else "published"
    return "replaced" if replaced else "proposed"


def _subjects(case: Case) -> list[tuple[Subject, list[Condition], list[Window]]]:
    """Each examined subject with the conditions of a listing. That it took part itself is said in
    the proposal, so that it is asked there.
    """
    record = record_of(db, case, dates=dates_of(case), counts=counts_of(case))
    found = []
    for row in examined(db, case):
        subject = subject_of(db, case, row.entity, record=record)
        found.append((subject, conditions_of(case, subject), _windows(case, subject)))
    return found


def conditions_of(case: Case, subject: Subject) -> list[Condition]:
    pack = load_pack(case.text_version)
    named = not_named(pack)
    first = Condition(
        "A signed determination names it an attacker",
        subject.determination is not None,
        named.message,
        named.citation,
        named.authority,
    )
    reached = subject.facts.conclusions.get("attackers_list") == "met"
    return [first, *conditions(subject.candidate("conducted" if reached else ""), pack)]


def _windows(case: Case, subject: Subject) -> list[Window]:
    pack = load_pack(case.text_version)
    return windows(subject.candidate(""), pack, published=today(), strict=False)
