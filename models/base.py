"""What every table shares: key type, time type, names of constraints."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column


class UtcDateTime(sa.TypeDecorator[datetime]):
    """Refuse naive datetimes going in; return aware UTC coming out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: pass an aware one")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Percent(sa.TypeDecorator[Decimal]):
    """A percentage as an exact decimal with up to six places, kept as a whole number of
    millionths of a percent: SQLite has no decimals, and a float would decide 50 % wrongly.
    """

    impl = sa.BigInteger
    cache_ok = True
    scale = Decimal(10) ** 6

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> int | None:
        if value is None:
            return None
        scaled = value * self.scale
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than six decimal places")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / self.scale


PrimaryKey = Annotated[uuid.UUID, mapped_column(primary_key=True, default=uuid.uuid4)]
OfficerKey = Annotated[uuid.UUID, mapped_column(sa.ForeignKey("officer.id", ondelete="RESTRICT"))]
PersonKey = Annotated[uuid.UUID, mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"))]


class Base(DeclarativeBase):
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        str: sa.Text,
        datetime: UtcDateTime,
        dict[str, Any]: sa.JSON,
        list[str]: sa.JSON,
    }


class Keyed:
    """Rows known by a random key that tells nothing about their number or order."""

    id: Mapped[PrimaryKey]


class Frozen:
    """What lay before a decider, kept with the decision: canonical JSON (RFC 8785) and its
    SHA-256 in hex. Later evidence changes neither; it opens a new decision.
    """

    record: Mapped[dict[str, Any]]
    record_sha256: Mapped[str]


class CaseAct:
    """An act in a case: appended once, never changed, never done by a recused person.

    Triggers of the migrations enforce both sentences whatever the application does.
    `by_person_id` is the natural person behind the account, so that two accounts of one
    person count as one.
    """

    id: Mapped[PrimaryKey]
    by_id: Mapped[OfficerKey]
    by_person_id: Mapped[PersonKey]
    at: Mapped[datetime]

    @declared_attr
    @classmethod
    def case_id(cls) -> Mapped[uuid.UUID]:
        return mapped_column(sa.ForeignKey("case.id", ondelete="RESTRICT"), index=True)
