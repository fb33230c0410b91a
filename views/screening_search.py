"""Search the lists in force for a name."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.screening import judging
from casework.screening.queries import candidates, listed, watchlists
from casework.screening.queries.candidates import Match, Query
from models import WatchlistEdition, WatchlistEntry
from views.access import requires
from views.forms.screening_search import Asked, ScreeningSearchForm
from views.screening_blueprint import screening
from views.transaction import db

MOST = 25


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate with the wording and the edition it stands in. `score` is in thousandths."""

    wording: WatchlistEntry
    edition: WatchlistEdition
    matched_name: str
    score: int
    reasons: list[dict[str, object]]


@screening.get("")
@requires(Permission.ENTITY_READ)
def index() -> ResponseReturnValue:
    form = ScreeningSearchForm(request.args)
    valid = form.validate()
    asked = form.asked()
    found = _found(asked) if valid and asked.name else []
    page = render_template(
        "screening/index.html",
        form=form,
        asked=asked,
        found=found,
        most=MOST,
        in_force=watchlists.in_force(db),
    )
    return page, 200 if valid else 422


def _found(asked: Asked) -> list[Found]:
    query = Query(
        name=asked.name, kind=asked.kind, countries=(asked.country,) if asked.country else ()
    )
    matches = candidates.match(db, query, limit=MOST, threshold=asked.threshold)
    wordings = listed.in_force(db, {(match.source, match.entry_id) for match in matches})
    editions = watchlists.in_force(db)
    return [
        _told(match, wordings[match.source, match.entry_id], editions[match.source])
        for match in matches
        if (match.source, match.entry_id) in wordings
    ]


def _told(match: Match, wording: WatchlistEntry, edition: WatchlistEdition) -> Found:
    return Found(
        wording,
        edition,
        match.matched_name,
        judging.thousandths(match.score),
        candidates.plain_reasons(match),
    )
