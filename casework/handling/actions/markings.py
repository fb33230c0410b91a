"""Set, change and lift markings. Every act keeps what stood before, with reason and authority."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.access import Role
from casework.errors import Forbidden, InvalidValue, StaleVersion
from casework.handling.changes import changed, content, faults, lifted_claims, opened
from casework.handling.marks import Mark
from casework.handling.need import needs_list
from casework.handling.queries import markings as queries
from casework.handling.queries.readers import mark_of
from models import Case, DisseminationListing, Marking, MarkingChange, Officer

_COLUMNS = {"cui": "cui_category", "specified": "cui_specified"}


def change_marking(
    session: Session,
    marking: Marking,
    wanted: Mark,
    *,
    seen: int,
    reason: str,
    authority: str,
    case: Case,
    by: Officer,
    at: datetime,
) -> None:
    """Mark an item more strictly, or otherwise. `seen` counts the changes the officer saw.

    InvalidValue names the field that is wrong, also where the change would open anything: that is
    a decontrol. StaleVersion when the marking was changed meanwhile.
    """
    before = _before(session, marking, wanted, seen, reason, authority)
    if less := opened(before, wanted):
        raise InvalidValue(
            f"This would lift {', '.join(less)}. Only a decontrol lifts a marking.", "reason"
        )
    _apply(session, marking, wanted, "changed", reason, authority, case, by, at)


def decontrol(
    session: Session,
    marking: Marking,
    wanted: Mark,
    *,
    seen: int,
    reason: str,
    authority: str,
    lifted: bool,
    case: Case,
    by: Officer,
    at: datetime,
) -> None:
    """Lift what no longer needs protection (32 CFR 2002.18); a records officer's act alone.

    `lifted` says that the owner's word, or a ruling after notice to the submitter, is on record;
    without it the owner's claim stands. Raises as `change_marking`, and Forbidden.
    """
    if Role.RECORDS_OFFICER not in by.roles:
        raise Forbidden("Only a records officer lifts a marking.")
    before = _before(session, marking, wanted, seen, reason, authority)
    if not opened(before, wanted):
        raise InvalidValue("This lifts nothing. Use “Change” to mark more strictly.", "reason")
    if (claims := lifted_claims(before, wanted)) and not lifted:
        raise InvalidValue(
            f"To lift {' and '.join(claims)}, record the owner's consent or a ruling on a notice "
            "to the submitter first, which covers this item.",
            "authority",
        )
    _apply(session, marking, wanted, "decontrolled", reason, authority, case, by, at)


def _before(
    session: Session, marking: Marking, wanted: Mark, seen: int, reason: str, authority: str
) -> Mark:
    session.execute(sa.select(Marking.id).where(Marking.id == marking.id).with_for_update())
    if queries.count_changes(session, marking) != seen:
        raise StaleVersion("The marking was changed after you opened it. Compare, and save again.")
    before = mark_of(marking)
    for field, words in (("reason", reason), ("authority", authority)):
        if not words.strip():
            raise InvalidValue(f"Give the {field} for the change.", field)
    for field, why in faults(wanted, listed=queries.count_listed(session, marking)).items():
        raise InvalidValue(why, field)
    if not changed(before, wanted):
        raise InvalidValue("Nothing is different. Change a field, or go back.", "reason")
    return before


def _apply(
    session: Session,
    marking: Marking,
    wanted: Mark,
    kind: str,
    reason: str,
    authority: str,
    case: Case | None,
    by: Officer,
    at: datetime,
) -> None:
    before = mark_of(marking)
    for name in changed(before, wanted):
        value = getattr(wanted, name)
        setattr(
            marking, _COLUMNS.get(name, name), list(value) if isinstance(value, tuple) else value
        )
    _keep(session, marking, kind, before, wanted, reason, authority, by, at)
    verb = {"changed": "marking.change", "decontrolled": "marking.decontrol"}[kind]
    told = {"fields": changed(before, wanted), "reason": reason, "authority": authority}
    _log(session, marking, verb, by, at, case, **told)


def amend_with_report(
    session: Session,
    marking: Marking,
    wanted: Mark,
    *,
    by: Officer,
    own_word: bool,
    at: datetime,
) -> None:
    """Follow the marking that a corrected report carries.

    `own_word` when the owner that made the report corrects it: that is its word on its own claim
    and label. InvalidValue where the correction would lift anything else.
    """
    before = mark_of(marking)
    if not changed(before, wanted):
        return
    less = opened(_unclaimed(before, wanted) if own_word else before, wanted)
    if less:
        raise InvalidValue(
            f"A correction does not lift {', '.join(less)}. A records officer lifts it on the "
            "Markings page of the case.",
            "handling",
        )
    authority = "The owner's own word" if own_word else "Correction of the report"
    _apply(session, marking, wanted, "changed", authority, authority, None, by, at)


def _unclaimed(before: Mark, wanted: Mark) -> Mark:
    """What stood before, less the parts that are the owner's own to lift."""
    return replace(
        before,
        owner_confidential=wanted.owner_confidential,
        trade_secret=wanted.trade_secret,
        tlp=wanted.tlp,
    )


def list_reader(
    session: Session, marking: Marking, reader: Officer, *, case: Case, by: Officer, at: datetime
) -> None:
    """Put a person on the list of an item. InvalidValue when the person stands there already."""
    if session.get(DisseminationListing, (marking.id, reader.id)):
        raise InvalidValue(f"{reader.name} is on the list already.", "officer")
    session.add(
        DisseminationListing(
            marking_id=marking.id, officer_id=reader.id, added_by_id=by.id, added_at=at
        )
    )
    session.flush()
    _log(session, marking, "marking.list", by, at, case, name=reader.name, officer=str(reader.id))


def unlist_reader(
    session: Session, marking: Marking, reader: Officer, *, case: Case, by: Officer, at: datetime
) -> None:
    """Take a person off the list. InvalidValue for one who is not on it, and for the last one of
    an item that only listed persons may see.
    """
    row = session.get(DisseminationListing, (marking.id, reader.id))
    if row is None:
        raise InvalidValue(f"{reader.name} is not on the list.", "officer")
    if needs_list(mark_of(marking)) and queries.count_listed(session, marking) == 1:
        raise InvalidValue(
            "The list may not become empty. Put somebody else on it first.", "officer"
        )
    session.delete(row)
    session.flush()
    _log(session, marking, "marking.unlist", by, at, case, name=reader.name, officer=str(reader.id))


def _keep(
    session: Session,
    marking: Marking,
    kind: str,
    before: Mark,
    after: Mark,
    reason: str,
    authority: str,
    by: Officer,
    at: datetime,
) -> None:
    session.add(
        MarkingChange(
            marking_id=marking.id,
            kind=kind,
            before=content(before),
            after=content(after),
            reason=reason,
            authority=authority,
            by_id=by.id,
            by_person_id=by.person_id,
            at=at,
        )
    )
    session.flush()


def _log(
    session: Session,
    marking: Marking,
    action: str,
    by: Officer,
    at: datetime,
    case: Case | None,
    **told: Any,
) -> None:
    session.flush()
    audit.record(
        session, by, action, f"marking:{marking.id}", at=at, case=case, item=marking.item, **told
    )
