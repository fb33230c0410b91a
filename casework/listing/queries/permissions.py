"""The permissions of a case, as rows for a page and as plain values for the gate."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.listing.rules import Permission
from models import Case, OwnerPermission, PermissionRevocation


def permissions_of(session: Session, case: Case) -> list[OwnerPermission]:
    """Every permission with its revocation and paper, the newest first."""
    return list(
        session.scalars(
            sa.select(OwnerPermission)
            .where(OwnerPermission.case_id == case.id)
            .options(
                joinedload(OwnerPermission.by),
                joinedload(OwnerPermission.exhibit),
                joinedload(OwnerPermission.revocation).joinedload(PermissionRevocation.by),
            )
            .order_by(OwnerPermission.at.desc(), OwnerPermission.id)
            .execution_options(populate_existing=True)
        )
    )


def find_permission(session: Session, case: Case, key: UUID) -> OwnerPermission | None:
    return next((row for row in permissions_of(session, case) if row.id == key), None)


def leave_of(row: OwnerPermission) -> Permission:
    return Permission(
        owner=row.owner,
        ref=row.ref,
        product=row.product,
        wording=row.wording,
        given=row.given_on,
        expires=row.expires_on,
        revoked=row.revocation.revoked_on if row.revocation else None,
    )


def leaves(rows: Iterable[OwnerPermission]) -> list[Permission]:
    """What `rules.missing_permissions` asks for."""
    return [leave_of(row) for row in rows]
