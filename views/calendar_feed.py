"""The secret address of an officer's calendar: made, ended, and read by a calendar program."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission, permits
from casework.calendar import actions
from casework.calendar.feed import feed
from casework.calendar.queries.entries import entries_for
from casework.calendar.queries.feeds import reader_of
from casework.calendar.queries.wanted import Wanted
from views.access import current_officer, public, requires
from views.calendar import calendar
from views.casebar import enacted_setting
from views.clock import now, today
from views.once import once
from views.sessions import token_sha256
from views.transaction import db

__all__ = ["calendar"]  # the whole blueprint: the pages of views.calendar and those below

# A calendar program keeps what it has read; what is long past or far ahead only burdens it.
_PAST, _AHEAD = timedelta(days=90), timedelta(days=3 * 366)


@calendar.post("/feed")
@requires(Permission.CALENDAR_READ)
@once
def new_feed() -> ResponseReturnValue:
    """Show the address on this answer only; it is stored nowhere."""
    token = actions.new_feed(db, current_officer, at=now())
    link = url_for("calendar.read_feed", token=token, _external=True)
    return render_template("calendar/feed.html", link=link)


@calendar.post("/feed/end")
@requires(Permission.CALENDAR_READ)
@once
def end_feed() -> ResponseReturnValue:
    actions.end_feed(db, current_officer, at=now())
    flash("The address does not work any more.", "success")
    return redirect(url_for("calendar.index"), 303)


@calendar.get("/<token>.ics")
@public
def read_feed(token: str) -> ResponseReturnValue:
    """What the officer behind the address may see at this moment; 404 for anybody else."""
    officer = reader_of(db, token_sha256(token))
    if officer is None or not permits(officer, Permission.CALENDAR_READ):
        abort(404)
    wanted = Wanted(first=today() - _PAST, last=today() + _AHEAD)
    entries = entries_for(db, officer, wanted, on=today(), default_enacted=enacted_setting())
    response = make_response(feed(entries, now()))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
