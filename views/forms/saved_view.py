from __future__ import annotations

from wtforms import StringField
from wtforms.validators import DataRequired

from views.forms.base import PlainForm, Text


class SavedViewForm(PlainForm):
    name = StringField("Name of this view", [DataRequired("Enter a name."), Text(80)])

    def answer(self) -> str:
        return str(self.name.data)
