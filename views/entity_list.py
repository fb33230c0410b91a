"""Entries of the Entity List that follow from a carried vote, one for each country."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.decisions.actions.entries import record_entry
from casework.decisions.entries import CORRECTED, WORDS
from casework.decisions.particulars import Told, told, typed
from casework.decisions.queries import entries as queries
from casework.decisions.queries.entries import Carried
from casework.errors import InvalidValue, StaleVersion
from casework.screening.countries import COUNTRIES
from casework.statute.measure_rows import COUNTRIES as COUNTRY_LIST
from models import Case, EntityListEntry
from views.access import current_officer, requires
from views.casebar import case_page
from views.cases_blueprint import refuse
from views.clock import now
from views.forms.entity_list_entry import EntryForm, entry_form
from views.forms.particulars import FIELD, beside
from views.once import once
from views.transaction import db

entity_list = Blueprint("entity_list", __name__, url_prefix="/cases/<case_ref>/entity-list")


@entity_list.get("")
@requires(Permission.CASE_READ)
def index(case: Case) -> ResponseReturnValue:
    carried = queries.carried_motions(db, case)
    rows = queries.entries_of(db, case)
    return render_template(
        "measures/entries.html",
        rows=rows,
        current=queries.newest(rows),
        carried=[(row, _wanted(case, row, rows)) for row in carried],
        words=WORDS,
        names=COUNTRIES,
        **case_page(case, "measures", "entries"),
    )


def _wanted(
    case: Case, carried: Carried, rows: list[EntityListEntry]
) -> list[tuple[str, EntityListEntry | None]]:
    """Countries for which the motion calls for an entry, each with the newest version."""
    known = {
        row.country: row
        for row in queries.newest(rows)
        if row.entity_id == carried.closing.motion.entity_id
    }
    asked = queries.asked_countries(case, carried)
    return [(code, known.get(code)) for code in dict.fromkeys([*asked, *known])]


@entity_list.get("/<uuid:closing_id>/<country>")
@requires(Permission.MEASURE_SIGN)
def prepare(case: Case, closing_id: UUID, country: str) -> ResponseReturnValue:
    carried = _found(case, closing_id, country)
    last = queries.latest_version(db, case, carried.closing.motion.entity_id, country)
    drafted = queries.drafted_fields(db, case, carried, country)
    data = {f"{FIELD}{name}": typed(value) for name, value in drafted.items()}
    form = _form(case, carried)(None, data={"change": carried.change, **data})
    form.expected_version.data = str(last.version if last else 0)
    return _page(case, carried, country, form, 200)


@entity_list.post("/<uuid:closing_id>/<country>")
@requires(Permission.MEASURE_SIGN)
@once
def record(case: Case, closing_id: UUID, country: str) -> ResponseReturnValue:
    carried = _found(case, closing_id, country)
    form = _form(case, carried)()
    form.offer(_changes(carried))
    if not form.validate():
        return _page(case, carried, country, form, 422)
    try:
        made = _record(case, carried, country, form)
    except InvalidValue as error:
        refuse(form, beside(form, error))
        return _page(case, carried, country, form, 422)
    except StaleVersion:
        return _page(case, carried, country, form, 409)
    flash(f"Version {made.version} of the entry is on record.", "success")
    return redirect(url_for(".index", case_ref=case.reference), 303)


def _record(case: Case, carried: Carried, country: str, form: EntryForm) -> EntityListEntry:
    given = form.answer()
    return record_entry(
        db,
        case,
        carried,
        country=country,
        change=given.change,
        fields=given.fields,
        federal_register=given.federal_register,
        effective_on=given.effective_on,
        expected_version=given.expected_version,
        by=current_officer,
        at=now(),
    )


@entity_list.get("/versions/<uuid:version_id>")
@requires(Permission.CASE_READ)
def show(case: Case, version_id: UUID) -> ResponseReturnValue:
    rows = queries.entries_of(db, case)
    row = next((each for each in rows if each.id == version_id), None) or abort(404)
    return render_template(
        "measures/entry.html",
        row=row,
        told=_told(case, row),
        history=[
            each for each in rows if (each.entity_id, each.country) == (row.entity_id, row.country)
        ],
        words=WORDS,
        names=COUNTRIES,
        **case_page(case, "measures", "entries"),
    )


def _told(case: Case, row: EntityListEntry) -> list[Told]:
    return told(queries.measure_of_entry(db, case, row), row.fields)


def _found(case: Case, closing_id: UUID, country: str) -> Carried:
    if country not in COUNTRIES:
        abort(404)
    return queries.find_carried(db, case, closing_id) or abort(404)


def _form(case: Case, carried: Carried) -> type[EntryForm]:
    return entry_form(queries.measure_of(case, carried).fields)


def _changes(carried: Carried) -> list[tuple[str, str]]:
    return [(carried.change, WORDS[carried.change]), (CORRECTED, WORDS[CORRECTED])]


def _page(
    case: Case, carried: Carried, country: str, form: EntryForm, status: int
) -> ResponseReturnValue:
    form.offer(_changes(carried))
    last = queries.latest_version(db, case, carried.closing.motion.entity_id, country)
    stale = status == 409
    if stale:
        form.expected_version.data = str(last.version if last else 0)
    measure = queries.measure_of(case, carried)
    page = render_template(
        "measures/entry_form.html",
        form=form,
        carried=carried,
        country=country,
        names=COUNTRIES,
        fields=[row for row in measure.fields if row.kind != COUNTRY_LIST],
        last=last,
        last_told=told(measure, last.fields) if last else [],
        stale=stale,
        here=request.path,
        words=WORDS,
        **case_page(case, "measures", "entries"),
    )
    return page, status
