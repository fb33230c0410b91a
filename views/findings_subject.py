"""The subject that a page about findings speaks of, out of `?subject=`."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import abort, request

from casework.findings import queries
from models import Case, CaseSubject, Entity
from views.transaction import db


def chosen(subjects: Sequence[CaseSubject]) -> Entity | None:
    """The examined subject named in the address; None when none is named, 404 for any other."""
    wanted = request.args.get("subject", "")
    if not wanted:
        return None
    try:
        key = UUID(wanted)
    except ValueError:
        abort(404)
    found = next((row.entity for row in subjects if row.entity_id == key), None)
    return found or abort(404)


def chosen_of(case: Case) -> Entity | None:
    return chosen(queries.examined(db, case))


def required_of(case: Case) -> Entity:
    """The subject named in the address; 404 without one."""
    return chosen_of(case) or abort(404)
