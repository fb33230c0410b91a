from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, CaseAct, Keyed
from models.entity import Entity
from models.exhibit import Exhibit
from models.officer import Officer


class Finding(CaseAct, Base):
    """An answer to one element of the law, for the case or for one subject of it.

    A new answer is a new row with the next revision; earlier rows stay as they were.
    """

    __tablename__ = "finding"
    __table_args__ = (
        sa.UniqueConstraint("id", "by_person_id"),
        sa.UniqueConstraint("case_id", "entity_id", "element", "revision"),
        sa.Index(
            "uq_finding_case_element_revision",
            "case_id",
            "element",
            "revision",
            unique=True,
            sqlite_where=sa.text("entity_id IS NULL"),
            postgresql_where=sa.text("entity_id IS NULL"),
        ),
        sa.CheckConstraint("revision >= 1", name="revision_from_one"),
    )

    entity_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT"), index=True
    )
    element: Mapped[str]
    revision: Mapped[int]
    answer: Mapped[str] = mapped_column(comment="met, not_met, insufficient, n/a")
    reasons: Mapped[str]
    innocent_explanation: Mapped[str] = mapped_column(
        comment="what innocent explanation was weighed and how it fared"
    )
    confidence: Mapped[str] = mapped_column(comment="low, moderate, high")

    entity: Mapped[Entity | None] = relationship()
    by: Mapped[Officer] = relationship()
    citations: Mapped[list[FindingCitation]] = relationship(
        back_populates="finding", order_by="FindingCitation.position"
    )
    reviews: Mapped[list[FindingReview]] = relationship(
        back_populates="finding", order_by="FindingReview.at"
    )


class FindingCitation(Keyed, Base):
    """Where in which exhibit the support (or the contrary) stands."""

    __tablename__ = "finding_citation"

    finding_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("finding.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    exhibit_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("exhibit.id", ondelete="RESTRICT"), index=True
    )
    pinpoint: Mapped[str] = mapped_column(comment="page, row or paragraph inside the exhibit")
    bearing: Mapped[str] = mapped_column(comment="supports, contrary")

    finding: Mapped[Finding] = relationship(back_populates="citations")
    exhibit: Mapped[Exhibit] = relationship()


class FindingReview(CaseAct, Base):
    """The second reader's answer. The foreign key carries the author along, so that the
    check constraint can compare the two persons.
    """

    __tablename__ = "finding_review"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["finding_id", "author_person_id"],
            ["finding.id", "finding.by_person_id"],
            ondelete="RESTRICT",
            name="fk_finding_review_author",
        ),
        sa.CheckConstraint("by_person_id <> author_person_id", name="four_eyes"),
        sa.UniqueConstraint("finding_id", "by_person_id"),
    )

    finding_id: Mapped[uuid.UUID] = mapped_column(index=True)
    author_person_id: Mapped[uuid.UUID]
    agrees: Mapped[bool]
    dissent: Mapped[str] = mapped_column(comment="reasons where the reader does not agree")

    finding: Mapped[Finding] = relationship(back_populates="reviews")
    by: Mapped[Officer] = relationship()


class PurposeStatement(CaseAct, Base):
    """The written statement on the totality of circumstances for one subject."""

    __tablename__ = "purpose_statement"

    entity_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("entity.id", ondelete="RESTRICT"))
    text: Mapped[str]
    innocent_explanation: Mapped[str]
    factors: Mapped[dict[str, Any]] = mapped_column(
        default=dict, comment="factor element to what was weighed under it"
    )

    by: Mapped[Officer] = relationship()


class ResponseWindow(CaseAct, Base):
    """A step of the opportunity to answer: notice given, answer, lapse or waiver."""

    __tablename__ = "response_window"

    entity_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("entity.id", ondelete="RESTRICT"))
    step: Mapped[str] = mapped_column(comment="summary_cleared, opened, answered, lapsed, waived")
    text: Mapped[str]
    closes_on: Mapped[date | None]
    exhibit_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("exhibit.id", ondelete="RESTRICT")
    )

    entity: Mapped[Entity] = relationship()
    by: Mapped[Officer] = relationship()


class PositionRequest(CaseAct, Base):
    """An agency is asked for its position; from then on its delegates see the case."""

    __tablename__ = "position_request"
    __table_args__ = (sa.UniqueConstraint("case_id", "agency"),)

    agency: Mapped[str] = mapped_column(index=True)
    due_on: Mapped[date]


class AgencyPosition(CaseAct, Base):
    __tablename__ = "agency_position"

    agency: Mapped[str]
    position: Mapped[str] = mapped_column(comment="vocabulary position")
    comment: Mapped[str]
    draft_sha256: Mapped[str] = mapped_column(
        default="", comment="of the draft finding it was given on; empty: given before this column"
    )

    by: Mapped[Officer] = relationship()


class Recommendation(CaseAct, Base):
    """A measure put forward, or considered and not taken. The content hash binds the
    decision to the very words that were shown.
    """

    __tablename__ = "recommendation"
    __table_args__ = (sa.UniqueConstraint("id", "by_person_id", "content_sha256"),)

    measure: Mapped[str]
    entity_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT")
    )
    taken: Mapped[bool] = mapped_column(comment="false: considered, not taken")
    reasons: Mapped[str]
    particulars: Mapped[dict[str, Any]] = mapped_column(
        default=dict, comment="fields that the pack asks for before this measure"
    )
    content_sha256: Mapped[str]
    supersedes_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("recommendation.id", ondelete="RESTRICT")
    )

    entity: Mapped[Entity | None] = relationship()
    by: Mapped[Officer] = relationship()
    considerations: Mapped[list[Consideration]] = relationship(
        back_populates="recommendation", order_by="Consideration.position"
    )
    decisions: Mapped[list[RecommendationDecision]] = relationship(back_populates="recommendation")


class Consideration(Keyed, Base):
    """One exception or check of the law that must be considered before a measure."""

    __tablename__ = "consideration"

    recommendation_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("recommendation.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    item: Mapped[str] = mapped_column(comment="id of the exception or check in the pack")
    applies: Mapped[str] = mapped_column(comment="yes, no, n/a")
    text: Mapped[str]

    recommendation: Mapped[Recommendation] = relationship(back_populates="considerations")


class RecommendationDecision(CaseAct, Base):
    __tablename__ = "recommendation_decision"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["recommendation_id", "preparer_person_id", "content_sha256"],
            ["recommendation.id", "recommendation.by_person_id", "recommendation.content_sha256"],
            ondelete="RESTRICT",
            name="fk_recommendation_decision_content",
        ),
        sa.CheckConstraint("by_person_id <> preparer_person_id", name="four_eyes"),
        sa.UniqueConstraint("recommendation_id"),
    )

    recommendation_id: Mapped[uuid.UUID]
    preparer_person_id: Mapped[uuid.UUID]
    content_sha256: Mapped[str]
    approved: Mapped[bool]
    reasons: Mapped[str]
    record: Mapped[dict[str, Any] | None] = mapped_column(
        comment="what lay before the decider; empty for decisions older than this column"
    )
    record_sha256: Mapped[str | None]

    recommendation: Mapped[Recommendation] = relationship(back_populates="decisions")
    by: Mapped[Officer] = relationship()


class Determination(CaseAct, Base):
    """A signed decision, with the record that lay before the decider frozen beside it."""

    __tablename__ = "determination"

    entity_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("entity.id", ondelete="RESTRICT"))
    stage: Mapped[str]
    kind: Mapped[str] = mapped_column(comment="vocabulary decision_kind")
    reasons: Mapped[str]
    decided_on: Mapped[date] = mapped_column(comment="local date in Washington")
    record: Mapped[dict[str, Any]]
    record_sha256: Mapped[str] = mapped_column(comment="of the canonical JSON of record")

    entity: Mapped[Entity] = relationship()
    by: Mapped[Officer] = relationship()
