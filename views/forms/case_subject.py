from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from views.forms.base import LONG, PlainForm, Text

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Named:
    entity_id: UUID
    role: str
    examined: bool
    note: str


class CaseSubjectForm(PlainForm):
    entity = RadioField("Entity", [InputRequired("Choose an entity.")])
    role = SelectField("Role", [DataRequired("Choose the role.")])
    examined = BooleanField("Answer the elements about it")
    note = TextAreaField("Note", [Text(LONG)])

    def __init__(self, *args: Any, entities: Choices, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entity.choices = list(entities)
        self.role.choices = [("", "Choose"), *roles]

    def answer(self) -> Named:
        return Named(
            UUID(self.entity.data), self.role.data, bool(self.examined.data), self.note.data or ""
        )
