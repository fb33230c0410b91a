from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, CaseAct
from models.officer import Officer


class CarryOver(CaseAct, Base):
    """A running case moved from one text of the law to another, each difference decided."""

    __tablename__ = "carry_over"

    from_version: Mapped[str]
    to_version: Mapped[str]
    from_stage: Mapped[str]
    to_stage: Mapped[str]
    decisions: Mapped[dict[str, Any]] = mapped_column(
        comment="element to what became of its answer and why"
    )
    reason: Mapped[str]

    by: Mapped[Officer] = relationship()
