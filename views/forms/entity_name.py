from __future__ import annotations

from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, InputRequired

from casework.screening.facts import NAME_MAX, NAME_TITLES, NameFact
from views.forms.base import Text
from views.forms.entity_source import FactForm


class NameForm(FactForm):
    shape = NameFact
    parts = ("text", "kind", "language")
    text = StringField("Name", [DataRequired("Enter the name."), Text(NAME_MAX)])
    kind = SelectField("Kind of name", [InputRequired("Choose one.")], choices=NAME_TITLES)
    language = StringField("Language", [Text(20)])
