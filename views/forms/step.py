from __future__ import annotations

from wtforms import HiddenField, TextAreaField

from views.forms.base import LONG, PlainForm, Text


class StepForm(PlainForm):
    """A step to another stage; whether a reason is needed is a rule of the step."""

    version = HiddenField()
    reason = TextAreaField("Reason", [Text(LONG)])

    def answer(self) -> str:
        """The reason, empty where none was given."""
        return self.reason.data or ""
