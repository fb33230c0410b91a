from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Keyed, OfficerKey


class Organization(Keyed, Base):
    """An agency of the government, or an owner of models that reports to it."""

    __tablename__ = "organization"

    name: Mapped[str] = mapped_column(unique=True)
    agency: Mapped[str | None] = mapped_column(comment="agency code of the pack; empty for owners")


class Person(Keyed, Base):
    """A natural person. Separation of duties counts persons, not accounts."""

    __tablename__ = "person"

    name: Mapped[str]


class Officer(Keyed, Base):
    """An account through which a person acts."""

    __tablename__ = "officer"
    __table_args__ = (sa.UniqueConstraint("id", "person_id"),)

    email: Mapped[str] = mapped_column(unique=True, comment="lower case")
    person_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True
    )
    organization_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("organization.id", ondelete="RESTRICT"), index=True
    )
    password_hash: Mapped[str | None] = mapped_column(comment="argon2id; empty until accepted")
    active: Mapped[bool] = mapped_column(default=True)
    affiliation: Mapped[str] = mapped_column(
        default="federal_employee", comment="federal_employee, federal_contractor, outside"
    )
    nationality: Mapped[str] = mapped_column(default="US", comment="ISO 3166-1 alpha-2")
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    organization: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)
    grants: Mapped[list[RoleGrant]] = relationship(
        back_populates="officer", lazy="selectin", foreign_keys="RoleGrant.officer_id"
    )

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def agency(self) -> str | None:
        return self.organization.agency

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)


class RoleGrant(Keyed, Base):
    __tablename__ = "role_grant"
    __table_args__ = (sa.UniqueConstraint("officer_id", "role"),)

    officer_id: Mapped[OfficerKey]
    role: Mapped[str]
    granted_by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT")
    )
    granted_at: Mapped[datetime]

    officer: Mapped[Officer] = relationship(
        back_populates="grants", foreign_keys="RoleGrant.officer_id"
    )


class Invitation(Keyed, Base):
    """A one-time link by which a person chooses a password. Only its hash is kept."""

    __tablename__ = "invitation"

    officer_id: Mapped[OfficerKey]
    token_sha256: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    officer: Mapped[Officer] = relationship()


class SignInThrottle(Base):
    """Consecutive failures of one account or one address, shared by all workers."""

    __tablename__ = "sign_in_throttle"

    key: Mapped[str] = mapped_column(primary_key=True, comment="account:… or address:…")
    failures: Mapped[int]
    blocked_until: Mapped[datetime | None]
    last_failure_at: Mapped[datetime]


class SignInSession(Base):
    """A session kept on the server; the cookie holds the token, this row its SHA-256."""

    __tablename__ = "sign_in_session"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    officer_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT"), index=True
    )
    data: Mapped[str] = mapped_column(comment="JSON: CSRF token, flash messages, sign-in time")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str]
    agent: Mapped[str]
