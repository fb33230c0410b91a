"""Conditions on the stage of a case, whichever text it runs under."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import sqlalchemy as sa

from casework.statute.loader import packs
from casework.statute.pack import StatutePack
from casework.statute.stage_titles import places_of
from models import Case


def is_closed() -> sa.ColumnElement[bool]:
    """The case is at a stage that closes it."""
    return _at(lambda pack: pack.closing)


def is_determining() -> sa.ColumnElement[bool]:
    """The case is at a stage in which a determination is signed."""
    return _at(lambda pack: pack.determining)


def at_choice(value: str) -> sa.ColumnElement[bool]:
    """The case is at a stage that the choice of a filter stands for (see `stage_choices`)."""
    return _any(places_of(packs(), value))


def _at(flagged: Callable[[StatutePack], Iterable[str]]) -> sa.ColumnElement[bool]:
    return _any((pack.text_version, stage) for pack in packs() for stage in flagged(pack))


def _any(places: Iterable[tuple[str, str]]) -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.false(),
        *(sa.and_(Case.text_version == text, Case.stage == stage) for text, stage in places),
    )
