"""Pages of cases: list, opening, overview, steps, subjects, incidents, positions, team, history."""

from __future__ import annotations

from views import (
    case_chronicle,
    case_desk,
    case_hearing,
    case_list,
    case_opening,
    case_overview,
    case_scope,
    case_steps,
    case_team,
    positions,
)
from views.cases_blueprint import cases

__all__ = [
    "case_chronicle",
    "case_desk",
    "case_hearing",
    "case_list",
    "case_opening",
    "case_overview",
    "case_scope",
    "case_steps",
    "case_team",
    "cases",
    "positions",
]
