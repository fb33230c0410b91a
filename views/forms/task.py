from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Optional

from views.forms.base import SHORT, DayField, PlainForm, Text


@dataclass(frozen=True, slots=True)
class Assignment:
    title: str
    assignee_id: UUID
    due_on: date | None


class TaskForm(PlainForm):
    title = StringField("What is to be done", [DataRequired("Name the task."), Text(SHORT)])
    assignee = SelectField("Who does it", [DataRequired("Choose a member.")])
    due_on = DayField("Due", [Optional()])

    def __init__(self, *args: Any, members: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assignee.choices = list(members)

    def answer(self) -> Assignment:
        return Assignment(self.title.data or "", UUID(self.assignee.data), self.due_on.data)
