"""Correcting a report: the report again, with the reason for the change."""

from __future__ import annotations

from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired

from views.forms.base import LONG, Text
from views.forms.incident import IncidentForm


class IncidentRevisionForm(IncidentForm):
    reason = TextAreaField(
        "Why it is changed", [DataRequired("Say why the report is changed."), Text(LONG)]
    )
    version = HiddenField()

    def seen_version(self) -> int:
        """Version of the report on which the form was opened; -1 if the field was spoilt."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
