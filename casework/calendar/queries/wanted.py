"""What a list of last days leaves, and in which cases it looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from casework.access import Role
from casework.workflow.queries.cases import visible_to
from models import Case, Officer


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What a list of last days leaves. Days are both included; `case` is one case alone; `mine`
    leaves what the officer is to do, and everything of the cases that the officer leads.
    """

    first: date | None = None
    last: date | None = None
    case: Case | None = None
    mine: bool = False
    kind: str = ""


def cases_of(officer: Officer, wanted: Wanted) -> sa.Select[Any]:
    """The visible cases that are asked about, as ids."""
    chosen = visible_to(officer)
    if wanted.case is not None:
        chosen = chosen.where(Case.id == wanted.case.id)
    return chosen.with_only_columns(Case.id)


def spoken_for(officer: Officer) -> str:
    """The code of the agency for which the officer answers, empty for none."""
    return (officer.agency or "") if Role.AGENCY_DELEGATE in officer.roles else ""


def leaves(wanted: Wanted, kind: str, due: date | None) -> bool:
    """Whether a last day of that kind is among what is asked for."""
    if wanted.kind not in {"", kind}:
        return False
    if due is None:
        return wanted.first is None and wanted.last is None
    return (wanted.first or due) <= due <= (wanted.last or due)
