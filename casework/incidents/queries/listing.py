"""The list of incidents: narrowed, ordered and read page by page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Role
from casework.handling.queries.readers import reader_of, unseen
from casework.incidents.queries.incidents import as_seen, shown, visible_to
from casework.incidents.search import PAGE, Filters, Place, SortValue, fold
from models import EntityCountry, Incident, IncidentParty, IncidentTerm, Marking, Officer

SORT_COLUMNS: dict[str, sa.ColumnElement[Any]] = {
    "submitted": Incident.submitted_at.expression,
    "alleged": Incident.alleged_on.expression,
    "window": Incident.window_start.expression,
    "title": Incident.title.expression,
}


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """`count` is how many incidents the filters leave; the places lead to the neighbours."""

    rows: list[Incident]
    count: int
    before: Place | None
    after: Place | None


def incident_page(
    session: Session, officer: Officer, filters: Filters, place: Place | None = None
) -> IncidentPage:
    """At most PAGE rows from `place` on, with their parties, terms and organization."""
    chosen = _filtered(visible_to(officer), filters)
    if _tells_parts(filters):
        chosen = chosen.where(~_kept_from(officer))
    count = session.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
    descending = filters.descending != bool(place and place.backward)
    ordered = chosen.options(*shown()).order_by(*_order(filters.sort, descending=descending))
    if place:
        ordered = ordered.where(_beyond(filters.sort, place, descending=descending))
    found = list(session.scalars(ordered.limit(PAGE + 1)))
    rows, more = found[:PAGE], len(found) > PAGE
    sort, seen = filters.sort, as_seen(session, found[:PAGE])
    if place and place.backward:
        rows.reverse()
        seen.reverse()
        return IncidentPage(seen, count, _at(rows, 0, sort, more), _at(rows, -1, sort))
    return IncidentPage(seen, count, _at(rows, 0, sort, bool(place)), _at(rows, -1, sort, more))


def _tells_parts(wanted: Filters) -> bool:
    """Whether a row that is found, or its place, tells what a part of the report says."""
    asked = (*_dated(wanted), *_termed(wanted.terms()), *_worded(wanted.words))
    plain = wanted.sort == "submitted" and not (wanted.owner or wanted.country)
    return bool(asked) or not plain or bool(wanted.claim_status)


def _kept_from(officer: Officer) -> sa.ColumnElement[bool]:
    """Whether a control keeps a part of the report from the officer: it is then not found by what
    it says.
    """
    reader = reader_of(officer)
    hidden = sa.exists().where(Marking.incident_id == Incident.id, unseen(reader))
    own = Incident.organization_id == officer.organization_id
    return hidden & ~own if Role.REPORTER in officer.roles else hidden


def owners(session: Session, officer: Officer) -> list[str]:
    """Names of the owners in the reports that the officer may see, in order."""
    seen = visible_to(officer).where(~_kept_from(officer))
    names = seen.with_only_columns(Incident.owner_name).distinct()
    return list(session.scalars(names.order_by(Incident.owner_name)))


def _filtered(chosen: sa.Select[Incident], wanted: Filters) -> sa.Select[Incident]:
    return chosen.where(
        *_equal(wanted), *_dated(wanted), *_termed(wanted.terms()), *_worded(wanted.words),
        *_tied(wanted.country),
    )  # fmt: skip


def _equal(wanted: Filters) -> Iterable[sa.ColumnElement[bool]]:
    given = {
        Incident.state: wanted.state or None,
        Incident.claim_status: wanted.claim_status or None,
        Incident.owner_name: wanted.owner or None,
        Incident.training: wanted.training,
    }
    return [column == value for column, value in given.items() if value is not None]


def _dated(wanted: Filters) -> Iterable[sa.ColumnElement[bool]]:
    if wanted.since:
        yield Incident.alleged_on >= wanted.since
    if wanted.until:
        yield Incident.alleged_on <= wanted.until


def _termed(terms: dict[str, str]) -> Iterable[sa.ColumnElement[bool]]:
    for vocabulary, code in terms.items():
        yield Incident.id.in_(
            sa.select(IncidentTerm.incident_id).where(
                IncidentTerm.vocabulary == vocabulary, IncidentTerm.code == code
            )
        )


def _worded(words: str) -> Iterable[sa.ColumnElement[bool]]:
    for word in fold(words).split():
        yield Incident.search_text.contains(word, autoescape=True)


def _tied(country: str) -> Iterable[sa.ColumnElement[bool]]:
    if country:
        yield Incident.id.in_(
            sa.select(IncidentParty.incident_id)
            .join(EntityCountry, EntityCountry.entity_id == IncidentParty.entity_id)
            .where(EntityCountry.country == country, EntityCountry.withdrawn_at.is_(None))
        )


def _order(sort: str, *, descending: bool) -> tuple[sa.ColumnElement[Any], ...]:
    """A window that is not stated counts as the smallest, on every database alike."""
    column = SORT_COLUMNS[sort]
    if descending:
        return column.desc().nulls_last(), Incident.id.desc()
    return column.asc().nulls_first(), Incident.id.asc()


def _beyond(sort: str, place: Place, *, descending: bool) -> sa.ColumnElement[bool]:
    column, key = SORT_COLUMNS[sort], Incident.id
    further = key < place.id if descending else key > place.id
    if place.value is None:
        tied = column.is_(None) & further
        return tied if descending else tied | column.is_not(None)
    if descending:
        below = (column < place.value) | column.is_(None)
        return below | ((column == place.value) & further)
    return (column > place.value) | ((column == place.value) & further)


def _at(rows: list[Incident], index: int, sort: str, wanted: bool = True) -> Place | None:  # noqa: FBT001, FBT002
    if not rows or not wanted:
        return None
    value: SortValue = {
        "submitted": rows[index].submitted_at,
        "alleged": rows[index].alleged_on,
        "window": rows[index].window_start,
        "title": rows[index].title,
    }[sort]
    return Place(value, rows[index].id, backward=index == 0)
