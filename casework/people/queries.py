from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import (
    Invitation,
    Officer,
    Organization,
    Person,
    RoleGrant,
    SignInSession,
    SignInThrottle,
)


def find_session(session: Session, token_sha256: str) -> SignInSession | None:
    return session.get(SignInSession, token_sha256)


def find_officer(session: Session, officer_id: uuid.UUID) -> Officer | None:
    """An active officer, or None."""
    officer = session.get(Officer, officer_id)
    return officer if officer and officer.active else None


def officer_by_email(session: Session, email: str) -> Officer | None:
    return session.scalars(
        sa.select(Officer).where(Officer.email == email.strip().lower())
    ).one_or_none()


def officers(session: Session) -> list[Officer]:
    return list(session.scalars(sa.select(Officer).join(Person).order_by(Person.name)))


def officers_with(session: Session, *roles: str) -> list[Officer]:
    """Active officers who hold any of the roles, by name."""
    holding = sa.select(RoleGrant.officer_id).where(RoleGrant.role.in_(roles))
    return list(
        session.scalars(
            sa.select(Officer)
            .join(Person)
            .where(Officer.active, Officer.id.in_(holding))
            .order_by(Person.name)
        )
    )


def organizations(session: Session) -> list[Organization]:
    return list(session.scalars(sa.select(Organization).order_by(Organization.name)))


def open_invitation(session: Session, token_sha256: str, at: datetime) -> Invitation | None:
    return session.scalars(
        sa.select(Invitation).where(
            Invitation.token_sha256 == token_sha256,
            Invitation.used_at.is_(None),
            Invitation.expires_at > at,
        )
    ).one_or_none()


def throttles(session: Session, keys: list[str]) -> list[SignInThrottle]:
    return list(session.scalars(sa.select(SignInThrottle).where(SignInThrottle.key.in_(keys))))


def open_sessions(session: Session, officer: Officer, since: datetime) -> list[SignInSession]:
    """Sessions not ended and seen after `since`, the latest first."""
    return list(
        session.scalars(
            sa.select(SignInSession)
            .where(
                SignInSession.officer_id == officer.id,
                SignInSession.ended_at.is_(None),
                SignInSession.seen_at > since,
            )
            .order_by(SignInSession.seen_at.desc())
        )
    )


def officer(session: Session, officer_id: uuid.UUID) -> Officer | None:
    """An officer, disabled or not."""
    return session.get(Officer, officer_id)


def organization(session: Session, organization_id: uuid.UUID) -> Organization:
    return session.get_one(Organization, organization_id)
