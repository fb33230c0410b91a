"""Put an owner's permission on record, and its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import InvalidValue, StaleVersion
from casework.findings.actions import hold, log, signed
from casework.listing.queries.sources import exhibit_id, held_of, owners_of
from casework.statute.loader import load_pack
from models import Case, Officer, OwnerPermission, PermissionRevocation


@dataclass(frozen=True, kw_only=True, slots=True)
class Leave:
    """What an owner's paper says. `wording` is kept to the letter; days are local to Washington.

    `ref` is a source such as `INC-2026-00001#volumes` or `exhibit:3`; `exhibit` the number of
    the exhibit with the paper, if held.
    """

    owner: str
    product: str
    ref: str
    wording: str
    given_by: str
    given_on: date
    expires_on: date | None = None
    exhibit: int | None = None


def record_permission(
    session: Session, case: Case, given: Leave, *, by: Officer, at: datetime, on: date
) -> OwnerPermission:
    """InvalidValue naming the field where the paper cannot say so. `on` is today."""
    hold(session, case, by)
    _check_words(given)
    _check_source(session, case, given)
    _check_days(given, on)
    paper = None
    if given.exhibit is not None:
        paper = exhibit_id(session, case, given.exhibit)
        if paper is None:
            raise InvalidValue(f"There is no exhibit {given.exhibit} in this case.", "exhibit")
    row = OwnerPermission(
        **signed(case, by, at),
        owner=given.owner,
        product=given.product,
        ref=given.ref,
        wording=given.wording,
        given_by=given.given_by,
        given_on=given.given_on,
        expires_on=given.expires_on,
        exhibit_id=paper,
    )
    session.add(row)
    told = {"owner": given.owner, "product": given.product, "ref": given.ref}
    log(session, case, "permission.record", by, at, **told)
    return row


def revoke_permission(
    session: Session,
    case: Case,
    permission: OwnerPermission,
    *,
    revoked_on: date,
    reason: str,
    by: Officer,
    at: datetime,
    on: date,
) -> PermissionRevocation:
    """End a permission from `revoked_on`; what was published before stays a fact and is shown
    as needing a take-down. StaleVersion if it has been revoked already.
    """
    hold(session, case, by)
    if not permission.given_on <= revoked_on <= on:
        raise InvalidValue("Give a day from the day it was given to today.", "revoked_on")
    if not reason.strip():
        raise InvalidValue("Say why the permission ends.", "reason")
    found = sa.select(PermissionRevocation.id).where(
        PermissionRevocation.permission_id == permission.id
    )
    if session.scalar(found):
        raise StaleVersion("This permission has been revoked already.")
    row = PermissionRevocation(
        **signed(case, by, at), permission_id=permission.id, revoked_on=revoked_on, reason=reason
    )
    session.add(row)
    told = {"owner": permission.owner, "ref": permission.ref, "revoked_on": revoked_on.isoformat()}
    log(session, case, "permission.revoke", by, at, reason=reason, **told)
    return row


def _check_words(given: Leave) -> None:
    if not given.wording.strip():
        raise InvalidValue("Copy the very words that the owner approved.", "wording")
    if not given.given_by.strip():
        raise InvalidValue("Name who signed for the owner, and the office.", "given_by")


def _check_source(session: Session, case: Case, given: Leave) -> None:
    if given.product not in load_pack(case.text_version).codes("permission_product"):
        raise InvalidValue("This text knows no such product.", "product")
    if given.owner not in owners_of(session, case):
        raise InvalidValue("No report of this case names this owner.", "owner")
    source = held_of(session, case).get(given.ref)
    if source is None:
        raise InvalidValue("This case holds no such source.", "ref")
    if given.owner not in source.owners:
        raise InvalidValue(f"{given.owner} is no owner of this source.", "ref")


def _check_days(given: Leave, on: date) -> None:
    if given.given_on > on:
        raise InvalidValue("This day is yet to come.", "given_on")
    if given.expires_on is not None and given.expires_on < given.given_on:
        raise InvalidValue("It would end before it was given.", "expires_on")
