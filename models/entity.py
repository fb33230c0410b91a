from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from models.base import Base, Keyed, OfficerKey, Percent

if TYPE_CHECKING:
    from models.incident import Source

# A merge counts once it is in effect and as long as nobody has undone it.
_IN_EFFECT = "entity_merge.c.in_effect_at.is_not(None), entity_merge.c.undone_at.is_(None)"


class Entity(Keyed, Base):
    """A foreign (or domestic) organisation, person or state body that a record names."""

    __tablename__ = "entity"
    __table_args__ = (sa.Index("ix_entity_name_id", "name", "id"),)

    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(comment="organization, person, state_body")
    name: Mapped[str] = mapped_column(comment="the name shown; one of the names")
    note: Mapped[str]
    training: Mapped[bool] = mapped_column(default=False)
    created_by_id: Mapped[OfficerKey]
    created_at: Mapped[datetime]
    search_text: Mapped[str] = mapped_column(
        comment="names and identifiers that stand, NFKC, case folded"
    )

    names: Mapped[list[EntityName]] = relationship(
        back_populates="entity", order_by="EntityName.position"
    )
    identifiers: Mapped[list[EntityIdentifier]] = relationship(back_populates="entity")
    addresses: Mapped[list[EntityAddress]] = relationship(back_populates="entity")
    countries: Mapped[list[EntityCountry]] = relationship(back_populates="entity")
    merged: Mapped[list[Entity]] = relationship(
        secondary="entity_merge",
        primaryjoin=f"and_(Entity.id == entity_merge.c.kept_id, {_IN_EFFECT})",
        secondaryjoin="Entity.id == entity_merge.c.merged_id",
        order_by="Entity.name, Entity.id",
        viewonly=True,
        doc="those that are read as one with this one",
    )
    kept: Mapped[Entity | None] = relationship(
        secondary="entity_merge",
        primaryjoin=f"and_(Entity.id == entity_merge.c.merged_id, {_IN_EFFECT})",
        secondaryjoin="Entity.id == entity_merge.c.kept_id",
        viewonly=True,
        doc="the one as which this one is read",
    )

    __mapper_args__ = {"version_id_col": version}


class Sourced:
    """A fact about an entity that cites where it was read.

    A fact that turns out wrong is withdrawn with a reason and stays on record.
    """

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    source_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("source.id", ondelete="RESTRICT"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None]

    @declared_attr
    @classmethod
    def source(cls) -> Mapped[Source]:
        return relationship("Source", lazy="joined", innerjoin=True)


class EntityName(Sourced, Base):
    __tablename__ = "entity_name"

    entity_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str]
    kind: Mapped[str] = mapped_column(
        comment="legal, alias, weak_alias, former, transliteration, translation, abbreviation"
    )
    language: Mapped[str] = mapped_column(comment="BCP 47 tag, may be empty")
    folded: Mapped[str] = mapped_column(index=True)

    entity: Mapped[Entity] = relationship(back_populates="names")


class EntityIdentifier(Sourced, Base):
    __tablename__ = "entity_identifier"
    __table_args__ = (sa.Index("ix_entity_identifier_kind_value", "kind", "value"),)

    entity_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str]
    value: Mapped[str]
    country: Mapped[str] = mapped_column(comment="ISO 3166-1 alpha-2 of the issuer, may be empty")

    entity: Mapped[Entity] = relationship(back_populates="identifiers")


class EntityAddress(Sourced, Base):
    __tablename__ = "entity_address"

    entity_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT"), index=True
    )
    text: Mapped[str]
    country: Mapped[str]

    entity: Mapped[Entity] = relationship(back_populates="addresses")


class EntityCountry(Sourced, Base):
    """A tie of an entity to a country, as one source states it."""

    __tablename__ = "entity_country"

    entity_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT"), index=True
    )
    country: Mapped[str] = mapped_column(index=True)
    tie: Mapped[str] = mapped_column(comment="located, headquartered, incorporated, national")

    entity: Mapped[Entity] = relationship(back_populates="countries")


class Relation(Sourced, Base):
    """A directed relation between two entities. Percents are exact decimals."""

    __tablename__ = "relation"
    __table_args__ = (
        sa.CheckConstraint("from_id <> to_id", name="two_entities"),
        sa.CheckConstraint(
            "percent_min IS NULL OR (percent_min >= 0 AND percent_min <= percent_max)",
            name="percent_order",
        ),
        sa.CheckConstraint("percent_max IS NULL OR percent_max <= 100000000", name="percent_most"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_order"),
    )

    from_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT"), index=True
    )
    to_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str] = mapped_column(comment="owns, controls, directs, parent_of, officer_of, …")
    percent_min: Mapped[Decimal | None] = mapped_column(Percent)
    percent_max: Mapped[Decimal | None] = mapped_column(Percent)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    note: Mapped[str]

    owner: Mapped[Entity] = relationship(foreign_keys=[from_id])
    owned: Mapped[Entity] = relationship(foreign_keys=[to_id])
