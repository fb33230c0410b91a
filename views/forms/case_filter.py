from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wtforms import BooleanField, SelectField, StringField

from views.forms.base import SHORT, PlainForm, Text


@dataclass(frozen=True, slots=True)
class Chosen:
    """Empty words choose everything; `lead` is an officer id."""

    q: str
    stage: str
    lead: UUID | None
    mine: bool
    training: str


class CaseFilterForm(PlainForm):
    """Fields of the address. A value that is no choice chooses nothing, as if it were not there."""

    class Meta(PlainForm.Meta):
        csrf = False

    q = StringField("Words", [Text(SHORT)])
    stage = SelectField("Stage", default="")
    lead = SelectField("Lead", default="")
    training = SelectField("Material", default="")
    mine = BooleanField("Only cases I lead")

    def __init__(
        self,
        *args: Any,
        stages: Sequence[tuple[str, str]],
        leads: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stage.choices = [("", "All"), *stages]
        self.training.choices = [("", "All"), ("no", "Real cases"), ("yes", "Training")]
        self.lead.choices = [("", "All"), *leads]

    def answer(self) -> Chosen:
        self.validate()
        lead = "" if self.lead.errors else self.lead.data or ""
        return Chosen(
            q="" if self.q.errors else self.q.data or "",
            stage="" if self.stage.errors else self.stage.data or "",
            lead=UUID(lead) if lead else None,
            mine=bool(self.mine.data),
            training="" if self.training.errors else self.training.data or "",
        )
