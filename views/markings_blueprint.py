"""The blueprint of the pages about markings, and what they all look up."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from casework.disclosure.queries.items import find_item
from models import Case, Marking
from views.transaction import db

markings = Blueprint("markings", __name__)


@dataclass(frozen=True, slots=True)
class Marked:
    """An item that has a marking; `title` is empty where the reader may not have it."""

    ref: str
    words: str
    title: str
    marking: Marking


def item_of(case: Case, marking_id: UUID) -> Marked:
    """404 for the marking of an item that the case does not have."""
    found = find_item(db, case, marking_id)
    if found is None or found.marking is None:
        abort(404)
    return Marked(found.ref, found.words, found.title, found.marking)


def back_to(case: Case, marking_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("markings.show", case_ref=case.reference, marking_id=marking_id), 303)
