"""Record a version of an Entity List entry after the committee's vote was carried out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.decisions.entries import CORRECTED, REMOVED, Change, check_change
from casework.decisions.particulars import check_particulars
from casework.decisions.queries.entries import (
    Carried,
    find_carried,
    latest_version,
    measure_of,
    standing_change,
)
from casework.errors import Blocker, InvalidValue, StaleVersion, TransitionBlocked
from casework.findings.actions import hold, log, signed
from casework.statute.loader import load_pack
from casework.statute.measure_rows import COUNTRIES
from models import Case, EntityListEntry, Officer


def record_entry(
    session: Session,
    case: Case,
    carried: Carried,
    *,
    country: str,
    change: str,
    fields: Mapping[str, str],
    federal_register: str,
    effective_on: date,
    expected_version: int,
    by: Officer,
    at: datetime,
) -> EntityListEntry:
    """Add the next version of the entry for one country. `fields` are as typed;
    `expected_version` is the newest that the author saw, 0 for none.

    TransitionBlocked where the committee's decision does not stand any more.
    """
    hold(session, case, by)
    closing, entity = carried.closing, carried.closing.motion.entity
    if find_carried(session, case, closing.id) is None:
        words = "The committee's decision does not stand: it was changed on a higher level."
        raise TransitionBlocked([Blocker(words, "Case practice")])
    latest = latest_version(session, case, entity.id, country)
    if (latest.version if latest else 0) != expected_version:
        raise StaleVersion("Another version of this entry was recorded after you opened the form.")
    wanted = Change(
        country, change, federal_register, effective_on, carried.change, closing.closed_on
    )
    check_change(wanted, standing_change(session, case, entity.id, country))
    _refuse_twice(latest, wanted, closing.id)
    entry = EntityListEntry(
        **signed(case, by, at),
        entity_id=entity.id,
        motion_closing_id=closing.id,
        country=country,
        version=expected_version + 1,
        change=change,
        fields=_fields(case, carried, change, fields, latest),
        federal_register=federal_register,
        effective_on=effective_on,
    )
    session.add(entry)
    told = {"entity": str(entity.id), "country": country, "change": change}
    log(session, case, "entry.record", by, at, version=entry.version, **told)
    return entry


def _refuse_twice(latest: EntityListEntry | None, wanted: Change, closing_id: Any) -> None:
    """One motion changes an entry once; after that only its record may be corrected."""
    if latest and wanted.change != CORRECTED and latest.motion_closing_id == closing_id:
        words = (
            "This motion has been carried out for this country. Only its record can be corrected."
        )
        raise InvalidValue(words, "change")


def _fields(
    case: Case,
    carried: Carried,
    change: str,
    fields: Mapping[str, str],
    latest: EntityListEntry | None,
) -> dict[str, Any]:
    """A removal keeps the words that are removed; countries are entries of their own."""
    if change == REMOVED and latest is not None:
        return dict(latest.fields)
    measure = measure_of(case, carried)
    own = {row.id for row in measure.fields if row.kind != COUNTRIES}
    given = {name: text for name, text in fields.items() if name in own}
    checked = check_particulars(load_pack(case.text_version), measure.id, given, taken=False)
    for row in measure.fields:
        if row.required and row.id in own and row.id not in checked:
            raise InvalidValue(f"Fill in: {row.label}.", row.id)
    return checked
