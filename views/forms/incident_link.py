from __future__ import annotations

from wtforms import StringField
from wtforms.validators import DataRequired

from views.forms.base import SHORT, PlainForm, Text


class IncidentLinkForm(PlainForm):
    incident = StringField(
        "Reference of the incident",
        [DataRequired("Give a reference such as INC-2026-00001."), Text(SHORT)],
    )

    def answer(self) -> str:
        """The reference in capital letters."""
        return (self.incident.data or "").upper()
