"""Every clock of one case: when, why, on which reading, and whether it will be met."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.calendar.facts import Entry
from casework.calendar.forecast import Forecast, forecast
from casework.calendar.queries.entries import case_entries
from casework.calendar.queries.progress import progress_of, stays, vote_warnings
from casework.statute.clocks import clocks, warnings
from casework.statute.loader import load_pack
from models import Case
from views.access import current_officer, requires
from views.calendar_links import OUTLOOKS, STATES, href_of
from views.casebar import case_page, dates_of
from views.clock import today
from views.transaction import db

case_clocks = Blueprint("case_clocks", __name__, url_prefix="/cases/<case_ref>")


@dataclass(frozen=True, slots=True)
class Row:
    entry: Entry
    forecast: Forecast | None


@case_clocks.get("/clocks")
@requires(Permission.CASE_READ)
def index(case: Case) -> ResponseReturnValue:
    pack, dates = load_pack(case.text_version), dates_of(case)
    rows = _rows(case)
    return render_template(
        "calendar/case.html",
        dated=[row for row in rows if row.entry.due or row.entry.opens],
        undated=[row.entry for row in rows if not row.entry.due and not row.entry.opens],
        warnings=[
            *warnings(pack, clocks(pack, dates.enacted, dates.events)),
            *vote_warnings(db, case, dates),
        ],
        dates=dates,
        act=pack.act,
        states=STATES,
        outlooks=OUTLOOKS,
        href_of=href_of,
        **case_page(case, "history", "clocks"),
    )


def _rows(case: Case) -> list[Row]:
    pack, on = load_pack(case.text_version), today()
    progress = progress_of(db, case)
    known = stays(db, current_officer, case.text_version)
    return [
        Row(entry, forecast(entry, pack, progress, known, on))
        for entry in case_entries(db, current_officer, case, dates_of(case), on)
    ]
