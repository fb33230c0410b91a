from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import DataRequired

from views.forms.base import LONG, PlainForm, Text


class RemovalForm(PlainForm):
    """Taking something out of a case, with the reason that stays in its history."""

    reason = TextAreaField("Reason", [DataRequired("Give the reason."), Text(LONG)])

    def answer(self) -> str:
        return self.reason.data or ""
