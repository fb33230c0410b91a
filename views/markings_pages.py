"""How every item of a case is marked, who may read it, and who did."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.disclosure.queries import access_log, items
from casework.errors import InvalidValue, StaleVersion
from casework.handling.actions.first import begin_marking
from casework.handling.marks import Designation, Mark, designation, whole_of
from casework.handling.queries import markings as queries
from casework.handling.queries.readers import mark_of
from casework.statute.loader import load_pack
from models import Case
from views.access import current_officer, requires
from views.casebar import case_page
from views.clock import now, today
from views.markings_blueprint import item_of, markings
from views.numbers import entry_number
from views.once import once
from views.transaction import db


@markings.get("/cases/<case_ref>/markings")
@requires(Permission.EVIDENCE_READ)
def index(case: Case) -> ResponseReturnValue:
    found = items.items_of(db, case)
    marked = [mark_of(row.marking) for row in found if row.marking]
    whole = whole_of(mark_of(row.marking) if row.marking else None for row in found)
    return render_template(
        "handling/index.html",
        items=found,
        whole=whole,
        block=_designation(case, marked),
        lists=queries.lists_of(db, [row.marking.id for row in found if row.marking]),
        today=today(),
        **case_page(case, "evidence", "markings"),
    )


def _designation(case: Case, marked: list[Mark]) -> Designation:
    """The block names the agency that leads the stage, and the lead of the case to ask."""
    pack = load_pack(case.text_version)
    agency = pack.agencies[pack.stages[case.stage].lead].label
    contact = case.lead.name if case.lead else "The records officers"
    return designation(whole_of(marked), controlled_by=agency, contact=contact)


@markings.post("/cases/<case_ref>/markings")
@requires(Permission.MARKING_SET)
@once
def begin(case: Case) -> ResponseReturnValue:
    """Give an item that has no marking its first one."""
    found = items.subject_of(db, case, request.form.get("item", ""))
    if found is None:
        raise InvalidValue("Choose an item of this case from the list.", "item")
    subject, part = found
    if any(row.item == part for row in subject.markings):
        raise StaleVersion("Somebody marked this item before you. Open it to change it.")
    made = begin_marking(db, subject, part, case=case, by=current_officer, at=now())
    flash("Marked as confidential of its owner until it is decided.", "success")
    return redirect(url_for(".show", case_ref=case.reference, marking_id=made.id), 303)


@markings.get("/cases/<case_ref>/markings/<uuid:marking_id>")
@requires(Permission.EVIDENCE_READ)
def show(case: Case, marking_id: UUID) -> ResponseReturnValue:
    item = item_of(case, marking_id)
    return render_template(
        "handling/show.html",
        item=item,
        mark=mark_of(item.marking),
        changes=queries.changes_of(db, [marking_id]),
        listed=queries.lists_of(db, [marking_id]).get(marking_id, []),
        today=today(),
        **case_page(case, "evidence", "markings"),
    )


@markings.get("/cases/<case_ref>/markings/seen")
@requires(Permission.ACCESS_LOG_READ)
def seen(case: Case) -> ResponseReturnValue:
    item = request.args.get("item", "")
    page = access_log.readings_in(
        db, case, item=item, before=request.args.get("before", type=entry_number)
    )
    return render_template(
        "handling/seen.html",
        page=page,
        item=item,
        items=access_log.items_in(db, case),
        **case_page(case, "evidence", "markings"),
    )


@markings.get("/audit/readings")
@requires(Permission.AUDIT_READ)
def readings() -> ResponseReturnValue:
    """For auditors: who saw an item that is named by its id, and nothing of what it says."""
    item = request.args.get("item", "").strip()
    page = access_log.readings_of(db, item, before=request.args.get("before", type=entry_number))
    return render_template("handling/readings.html", page=page, item=item)
