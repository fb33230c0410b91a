from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired

from views.forms.base import LONG, PlainForm, Text


@dataclass(frozen=True, slots=True)
class Said:
    position: str
    comment: str


class PositionStateForm(PlainForm):
    position = RadioField("Position", [InputRequired("Choose a position.")])
    comment = TextAreaField("Comment", [Text(LONG)])

    def __init__(self, *args: Any, positions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.position.choices = list(positions)

    def answer(self) -> Said:
        return Said(self.position.data, self.comment.data or "")
