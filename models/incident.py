from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Keyed, OfficerKey
from models.entity import Entity
from models.officer import Officer, Organization


class Incident(Keyed, Base):
    """A reported incident: what somebody alleges, kept as it was said."""

    __tablename__ = "incident"
    __table_args__ = (
        sa.CheckConstraint("window_end IS NULL OR window_end >= window_start", name="window_order"),
        sa.CheckConstraint("exchanges IS NULL OR exchanges >= 0", name="exchanges_not_negative"),
        sa.CheckConstraint("accounts IS NULL OR accounts >= 0", name="accounts_not_negative"),
        sa.CheckConstraint("tokens IS NULL OR tokens >= 0", name="tokens_not_negative"),
        sa.Index("ix_incident_submitted_at_id", "submitted_at", "id"),
        sa.Index("ix_incident_alleged_on_id", "alleged_on", "id"),
        sa.Index("ix_incident_window_start_id", "window_start", "id"),
        sa.Index("ix_incident_state_submitted_at_id", "state", "submitted_at", "id"),
    )

    reference: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(
        comment="submitted, acknowledged, accepted, returned, referred_out, withdrawn"
    )
    training: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str]
    narrative: Mapped[str]
    channel: Mapped[str] = mapped_column(comment="owner_report, government_lead, public_report")
    submitted_by_id: Mapped[OfficerKey]
    submitted_at: Mapped[datetime]
    organization_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("organization.id", ondelete="RESTRICT"), index=True
    )
    reporter_name: Mapped[str] = mapped_column(comment="who made the report, as named")

    owner_name: Mapped[str]
    model_name: Mapped[str]
    recreation: Mapped[str] = mapped_column(comment="yes, no, unknown: key information kept back")
    recreation_note: Mapped[str]
    terms: Mapped[str] = mapped_column(comment="yes, no, unknown: use governed by owner's terms")
    terms_note: Mapped[str]
    interface: Mapped[str] = mapped_column(comment="yes, no, unknown: owner-controlled access")
    interface_note: Mapped[str]

    window_start: Mapped[date | None]
    window_end: Mapped[date | None]
    window_note: Mapped[str]
    exchanges: Mapped[int | None] = mapped_column(sa.BigInteger)
    exchanges_qualifier: Mapped[str]
    accounts: Mapped[int | None] = mapped_column(sa.BigInteger)
    accounts_qualifier: Mapped[str]
    tokens: Mapped[int | None] = mapped_column(sa.BigInteger)
    tokens_qualifier: Mapped[str]

    accuser: Mapped[str]
    alleged_on: Mapped[date]
    allegation: Mapped[str]
    confidence: Mapped[str] = mapped_column(comment="of the accuser, as stated; may be empty")
    verified: Mapped[bool] = mapped_column(default=False, comment="independently verified")
    claim_status: Mapped[str]
    response: Mapped[str] = mapped_column(comment="vocabulary response; none_found is an answer")
    response_text: Mapped[str]
    response_on: Mapped[date | None]
    response_source: Mapped[str]
    search_text: Mapped[str] = mapped_column(comment="NFKC, case folded; rebuilt at each save")

    submitted_by: Mapped[Officer] = relationship()
    organization: Mapped[Organization] = relationship()
    terms_of: Mapped[list[IncidentTerm]] = relationship(
        back_populates="incident", cascade="all, delete-orphan", order_by="IncidentTerm.code"
    )
    parties: Mapped[list[IncidentParty]] = relationship(back_populates="incident")
    sources: Mapped[list[Source]] = relationship(
        back_populates="incident", order_by="Source.position"
    )
    markings: Mapped[list[Marking]] = relationship(
        back_populates="incident", order_by="Marking.item"
    )

    __mapper_args__ = {"version_id_col": version}

    def codes(self, vocabulary: str) -> list[str]:
        return [term.code for term in self.terms_of if term.vocabulary == vocabulary]


class IncidentTerm(Base):
    """One code of a vocabulary that applies to an incident."""

    __tablename__ = "incident_term"
    __table_args__ = (sa.Index("ix_incident_term_vocabulary_code", "vocabulary", "code"),)

    incident_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("incident.id", ondelete="RESTRICT"), primary_key=True
    )
    vocabulary: Mapped[str] = mapped_column(
        primary_key=True, comment="capability, access_path, method, atlas, basis"
    )
    code: Mapped[str] = mapped_column(primary_key=True)

    incident: Mapped[Incident] = relationship(back_populates="terms_of")


class IncidentRevision(Keyed, Base):
    """The words of an incident as they stood before a correction."""

    __tablename__ = "incident_revision"
    __table_args__ = (sa.UniqueConstraint("incident_id", "version"),)

    incident_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("incident.id", ondelete="RESTRICT")
    )
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    reason: Mapped[str]
    by_id: Mapped[OfficerKey]
    at: Mapped[datetime]


class IncidentParty(Keyed, Base):
    """An entity that a report names, in the role that the report gives it."""

    __tablename__ = "incident_party"
    __table_args__ = (sa.UniqueConstraint("incident_id", "entity_id", "role"),)

    incident_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("incident.id", ondelete="RESTRICT")
    )
    entity_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT"), index=True
    )
    role: Mapped[str] = mapped_column(comment="vocabulary actor_role")
    note: Mapped[str]

    incident: Mapped[Incident] = relationship(back_populates="parties")
    entity: Mapped[Entity] = relationship()


class Source(Keyed, Base):
    """Where a fact was read. Facts of incidents and of entities cite rows of this table."""

    __tablename__ = "source"

    incident_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("incident.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str]
    publisher: Mapped[str]
    url: Mapped[str] = mapped_column(comment="shown, never fetched")
    published_on: Mapped[date | None]
    accessed_on: Mapped[date | None]
    basis: Mapped[str] = mapped_column(comment="vocabulary basis")
    note: Mapped[str]

    incident: Mapped[Incident | None] = relationship(back_populates="sources")


class Marking(Keyed, Base):
    """Handling of one item: part of an incident, or an exhibit. TLP, CUI and the owner's
    claim are three separate things.
    """

    __tablename__ = "marking"
    __table_args__ = (
        sa.CheckConstraint("(incident_id IS NULL) <> (exhibit_id IS NULL)", name="one_subject"),
        sa.UniqueConstraint("incident_id", "item"),
        sa.UniqueConstraint("exhibit_id", "item"),
    )

    incident_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("incident.id", ondelete="RESTRICT")
    )
    exhibit_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("exhibit.id", ondelete="RESTRICT")
    )
    item: Mapped[str] = mapped_column(
        comment="model, window, volumes, conduct, claim, sources; file"
    )
    owner_confidential: Mapped[bool]
    trade_secret: Mapped[bool]
    tlp: Mapped[str]
    cui_category: Mapped[str]
    cui_specified: Mapped[bool] = mapped_column(default=False, comment="law sets own controls")
    dissemination: Mapped[list[str]] = mapped_column(
        default=list, comment="vocabulary dissemination: NOFORN, FED ONLY, DL ONLY, …"
    )
    releasable_to: Mapped[list[str]] = mapped_column(
        default=list, comment="ISO 3166-1 alpha-2, with REL TO and DISPLAY ONLY"
    )
    statute: Mapped[str] = mapped_column(default="", comment="law that protects the item")
    personal_data: Mapped[bool] = mapped_column(default=False)
    expires_on: Mapped[date | None]

    incident: Mapped[Incident | None] = relationship(back_populates="markings")
