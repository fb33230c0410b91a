from __future__ import annotations

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, CaseAct, Keyed, OfficerKey, PersonKey
from models.entity import Entity
from models.incident import Incident
from models.officer import Officer


class Case(Keyed, Base):
    """One inquiry into one or more subjects under one text of the Act."""

    __tablename__ = "case"
    __table_args__ = (sa.Index("ix_case_opened_at_id", "opened_at", "id"),)

    reference: Mapped[str] = mapped_column(unique=True, comment="MEA-2026-00042")
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str]
    summary: Mapped[str]
    text_version: Mapped[str] = mapped_column(comment="statute pack, fixed at opening")
    stage: Mapped[str] = mapped_column(index=True)
    training: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[OfficerKey]
    lead_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT"), index=True
    )
    next_review_on: Mapped[date | None]

    lead: Mapped[Officer | None] = relationship(foreign_keys=[lead_id])
    opened_by: Mapped[Officer] = relationship(foreign_keys="Case.opened_by_id")
    incident_links: Mapped[list[CaseIncident]] = relationship(back_populates="case")
    subjects: Mapped[list[CaseSubject]] = relationship(
        back_populates="case", order_by="CaseSubject.position"
    )
    members: Mapped[list[CaseMember]] = relationship(back_populates="case")
    stage_changes: Mapped[list[StageChange]] = relationship(
        back_populates="case", order_by="StageChange.at"
    )

    __mapper_args__ = {"version_id_col": version}


class CaseCounter(Base):
    """The last case and incident number given in a year, so that references have no gaps."""

    __tablename__ = "case_counter"

    series: Mapped[str] = mapped_column(primary_key=True, comment="MEA-2026, INC-2026")
    last: Mapped[int]


class CaseIncident(Base):
    __tablename__ = "case_incident"

    case_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("case.id", ondelete="RESTRICT"), primary_key=True
    )
    incident_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("incident.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    linked_by_id: Mapped[OfficerKey]
    linked_at: Mapped[datetime]

    case: Mapped[Case] = relationship(back_populates="incident_links")
    incident: Mapped[Incident] = relationship()


class CaseSubject(Keyed, Base):
    """An entity whose conduct the case examines, or that stands near it, in a role."""

    __tablename__ = "case_subject"
    __table_args__ = (sa.UniqueConstraint("case_id", "entity_id"),)

    case_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("case.id", ondelete="RESTRICT"))
    entity_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    role: Mapped[str] = mapped_column(comment="vocabulary actor_role")
    examined: Mapped[bool] = mapped_column(comment="elements are answered for it")
    note: Mapped[str]

    case: Mapped[Case] = relationship(back_populates="subjects")
    entity: Mapped[Entity] = relationship()


class CaseMember(Base):
    """An officer with need to know. No row, no case."""

    __tablename__ = "case_member"

    case_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("case.id", ondelete="RESTRICT"), primary_key=True
    )
    officer_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    added_by_id: Mapped[OfficerKey]
    added_at: Mapped[datetime]

    case: Mapped[Case] = relationship(back_populates="members")
    officer: Mapped[Officer] = relationship(foreign_keys=[officer_id])


class Recusal(Keyed, Base):
    """A person who may neither see nor act in a case. Never lifted by that person."""

    __tablename__ = "recusal"
    __table_args__ = (sa.UniqueConstraint("case_id", "person_id"),)

    case_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("case.id", ondelete="RESTRICT"))
    person_id: Mapped[PersonKey]
    reason: Mapped[str]
    declared_by_id: Mapped[OfficerKey]
    declared_at: Mapped[datetime]


class StageChange(CaseAct, Base):
    __tablename__ = "stage_change"

    from_stage: Mapped[str]
    to_stage: Mapped[str]
    decision: Mapped[str]
    reason: Mapped[str]

    case: Mapped[Case] = relationship(back_populates="stage_changes")
    by: Mapped[Officer] = relationship()


class StageRecord(CaseAct, Base):
    """Something done within a stage that a later step rests on: a consultation held, a
    receipt from a committee, an outcome of a referral.
    """

    __tablename__ = "stage_record"

    kind: Mapped[str]
    outcome: Mapped[str]
    happened_on: Mapped[date]
    note: Mapped[str]
    citation: Mapped[str]

    by: Mapped[Officer] = relationship()


class Comment(CaseAct, Base):
    __tablename__ = "comment"

    text: Mapped[str]

    by: Mapped[Officer] = relationship()


class Task(Keyed, Base):
    __tablename__ = "task"
    __table_args__ = (sa.Index("ix_task_assignee_id_done_at", "assignee_id", "done_at"),)

    case_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("case.id", ondelete="RESTRICT"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str]
    due_on: Mapped[date | None]
    assignee_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("officer.id", ondelete="RESTRICT"))
    created_by_id: Mapped[OfficerKey]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    assignee: Mapped[Officer] = relationship(foreign_keys=[assignee_id])

    __mapper_args__ = {"version_id_col": version}
