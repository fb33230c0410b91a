from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, CaseAct, Frozen
from models.case import Case
from models.entity import Entity
from models.exhibit import Exhibit
from models.finding import Determination
from models.officer import Officer


class OwnerPermission(CaseAct, Base):
    """An owner's express leave to publish exactly `wording`, drawn from one source, in one
    product. Silence, terms of service and general understandings are none.
    """

    __tablename__ = "owner_permission"

    owner: Mapped[str] = mapped_column(comment="the owner as the report names it")
    product: Mapped[str] = mapped_column(comment="vocabulary permission_product")
    ref: Mapped[str] = mapped_column(comment="INC-2026-00001#volumes, or exhibit:3")
    wording: Mapped[str]
    given_by: Mapped[str] = mapped_column(comment="name and office of who signed for the owner")
    given_on: Mapped[date]
    expires_on: Mapped[date | None]
    exhibit_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("exhibit.id", ondelete="RESTRICT"), comment="the signed paper, if held"
    )

    exhibit: Mapped[Exhibit | None] = relationship()
    by: Mapped[Officer] = relationship()
    revocation: Mapped[PermissionRevocation | None] = relationship(back_populates="permission")


class PermissionRevocation(CaseAct, Base):
    __tablename__ = "permission_revocation"
    __table_args__ = (sa.UniqueConstraint("permission_id"),)

    permission_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("owner_permission.id", ondelete="RESTRICT")
    )
    revoked_on: Mapped[date]
    reason: Mapped[str]

    permission: Mapped[OwnerPermission] = relationship(back_populates="revocation")
    by: Mapped[Officer] = relationship()


class ListProposal(CaseAct, Base):
    """An entry for the public list as it would be shown, sentence by sentence with sources."""

    __tablename__ = "list_proposal"
    __table_args__ = (sa.UniqueConstraint("id", "by_person_id", "content_sha256"),)

    entity_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT"), index=True
    )
    determination_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("determination.id", ondelete="RESTRICT")
    )
    content: Mapped[dict[str, Any]] = mapped_column(
        comment="name, kind, aliases, countries, part, last_attack, sentences with sources"
    )
    content_sha256: Mapped[str]
    supersedes_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("list_proposal.id", ondelete="RESTRICT")
    )

    case: Mapped[Case] = relationship()
    entity: Mapped[Entity] = relationship()
    determination: Mapped[Determination] = relationship()
    by: Mapped[Officer] = relationship()
    publication: Mapped[ListPublication | None] = relationship(back_populates="proposal")


class ListPublication(CaseAct, Frozen, Base):
    """An entry put on the public list by a second person, in the very words proposed."""

    __tablename__ = "list_publication"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["proposal_id", "preparer_person_id", "content_sha256"],
            ["list_proposal.id", "list_proposal.by_person_id", "list_proposal.content_sha256"],
            ondelete="RESTRICT",
            name="fk_list_publication_content",
        ),
        sa.CheckConstraint("by_person_id <> preparer_person_id", name="four_eyes"),
        sa.UniqueConstraint("proposal_id"),
    )

    proposal_id: Mapped[uuid.UUID]
    preparer_person_id: Mapped[uuid.UUID]
    content_sha256: Mapped[str]
    published_on: Mapped[date] = mapped_column(index=True, comment="local day in Washington")

    proposal: Mapped[ListProposal] = relationship(back_populates="publication")
    by: Mapped[Officer] = relationship()
    takedown: Mapped[ListTakedown | None] = relationship(back_populates="publication")


class ListTakedown(CaseAct, Base):
    """An entry taken off the list before its clock ends it."""

    __tablename__ = "list_takedown"
    __table_args__ = (sa.UniqueConstraint("publication_id"),)

    publication_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("list_publication.id", ondelete="RESTRICT")
    )
    taken_down_on: Mapped[date]
    ground: Mapped[str] = mapped_column(comment="vocabulary takedown_ground")
    reason: Mapped[str]

    publication: Mapped[ListPublication] = relationship(back_populates="takedown")
    by: Mapped[Officer] = relationship()
