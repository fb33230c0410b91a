"""Recommendations in force of the measure that a report supports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from casework.decisions.measures import items_of
from casework.decisions.particulars import told
from casework.decisions.queries.decisions import state_of
from casework.packets.lettering import day
from casework.reports.source import Proposal
from casework.screening.countries import COUNTRIES as NAMES
from casework.statute.measure_rows import COUNTRIES
from casework.statute.pack import StatutePack
from models import Recommendation

_APPLIES = {"yes": "Applies", "no": "Does not apply", "n/a": "Does not arise"}


def proposals_of(
    rows: Iterable[Recommendation], pack: StatutePack, measure: str, references: Mapping[UUID, str]
) -> tuple[Proposal, ...]:
    """Those that were put forward; what was considered and left is told elsewhere."""
    return tuple(
        _proposal(row, pack, references[row.entity_id] if row.entity_id else "")
        for row in rows
        if row.measure == measure and row.taken
    )


def _proposal(row: Recommendation, pack: StatutePack, about: str) -> Proposal:
    states = {term.code: term.label for term in pack.vocabularies["recommendation_state"].terms}
    fields = {one.id: one for one in pack.measures[row.measure].fields}
    codes = [
        code
        for name, value in row.particulars.items()
        if name in fields and fields[name].kind == COUNTRIES
        for code in value
    ]
    rest = {
        name: value
        for name, value in row.particulars.items()
        if name not in fields or fields[name].kind != COUNTRIES
    }
    return Proposal(
        about=about,
        state=states.get(state_of(row), state_of(row)),
        approved=state_of(row) == "approved",
        reasons=row.reasons,
        countries=tuple(NAMES.get(code, code) for code in codes),
        particulars=tuple(
            (one.label, day(one.day) if one.day else "\n".join(one.lines))
            for one in told(pack.measures[row.measure], rest)
        ),
        considered=_considered(row, pack),
    )


def _considered(
    row: Recommendation, pack: StatutePack
) -> tuple[tuple[str, str, str, str, bool], ...]:
    items = {item.id: item for item in items_of(pack, row.measure)}
    return tuple(
        (
            items[one.item].label,
            items[one.item].citation,
            _APPLIES[one.applies],
            one.text,
            one.item in pack.exceptions,
        )
        for one in row.considerations
        if one.item in items
    )
