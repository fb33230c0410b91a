"""The calendar of an officer: every last day in the cases that the officer sees."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.calendar.facts import Entry
from casework.calendar.month import Month, month_of
from casework.calendar.queries.entries import entries_for
from casework.calendar.queries.feeds import open_feeds
from casework.calendar.queries.terms import MOST
from casework.calendar.queries.wanted import Wanted
from casework.workflow.queries import cases as workflow
from models import Case
from views.access import current_officer, requires
from views.calendar_links import STATES, href_of
from views.casebar import enacted_setting
from views.clock import today
from views.forms.calendar_filter import CalendarFilterForm
from views.transaction import db

calendar = Blueprint("calendar", __name__, url_prefix="/calendar")


@calendar.get("")
@requires(Permission.CALENDAR_READ)
def index() -> ResponseReturnValue:
    form, month = CalendarFilterForm(request.args), month_of(request.args.get("month", ""), today())
    form.validate()
    case = _case(form)
    entries = [] if form.errors else _entries(form, month, case)
    page = render_template(
        "calendar/index.html",
        form=form,
        month=month,
        weeks=month.weeks(entries),
        entries=entries,
        cut=len(entries) >= MOST,
        here=lambda value: url_for(".index", month=value, **form.in_force()),
        clear=url_for(".index", month=f"{month.first:%Y-%m}"),
        tags=_tags(form, month),
        today=today(),
        states=STATES,
        href_of=href_of,
        feeds=open_feeds(db, current_officer),
    )
    return page, 422 if form.errors else 200


def _case(form: CalendarFilterForm) -> Case | None:
    """The case named in the filter; an error beside the field for one that is not to be seen."""
    reference = form.case.data or ""
    if not reference or form.errors:
        return None
    found = workflow.visible_case(db, current_officer, reference.upper())
    if found is None:
        form.case.errors = ["You see no case with this reference. Write it as MEA-2026-00042."]
    return found


def _entries(form: CalendarFilterForm, month: Month, case: Case | None) -> list[Entry]:
    wanted = Wanted(
        first=month.opens,
        last=month.closes,
        case=case,
        mine=bool(form.mine.data),
        kind=form.kind.data or "",
    )
    return entries_for(db, current_officer, wanted, on=today(), default_enacted=enacted_setting())


def _tags(form: CalendarFilterForm, month: Month) -> list[dict[str, Any]]:
    """The filters in force, each with the address without it."""
    found = form.in_force()
    return [
        {
            "label": form[name].label.text,
            "value": form.word(name),
            "href": url_for(
                ".index",
                month=f"{month.first:%Y-%m}",
                **{other: value for other, value in found.items() if other != name},
            ),
        }
        for name in found
    ]
