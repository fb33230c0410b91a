from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import SelectField
from wtforms.validators import DataRequired

from views.forms.base import PlainForm


class OfficerChoiceForm(PlainForm):
    """Choose one officer: a new member, a new lead."""

    officer = SelectField("Officer", [DataRequired("Choose an officer.")])

    def __init__(self, *args: Any, officers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer.choices = [("", "Choose"), *officers]

    def answer(self) -> UUID:
        return UUID(self.officer.data)
