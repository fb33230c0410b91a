from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired

from views.forms.base import LONG, PlainForm, Text


@dataclass(frozen=True, slots=True)
class Declared:
    officer_id: UUID
    reason: str


class RecusalForm(PlainForm):
    officer = SelectField("Who is recused", [DataRequired("Choose an officer.")])
    reason = TextAreaField("Reason", [DataRequired("Give the reason."), Text(LONG)])

    def __init__(self, *args: Any, officers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer.choices = list(officers)

    def answer(self) -> Declared:
        return Declared(UUID(self.officer.data), self.reason.data or "")
