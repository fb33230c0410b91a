from __future__ import annotations

from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, InputRequired

from casework.screening.countries import countries_by_name
from casework.screening.facts import NAME_MAX, IdentifierFact
from casework.screening.identifiers import IDENTIFIER_TITLES
from views.forms.base import Text
from views.forms.entity_source import FactForm


class IdentifierForm(FactForm):
    shape = IdentifierFact
    parts = ("kind", "value", "country")
    kind = SelectField(
        "Kind of identifier", [InputRequired("Choose one.")], choices=IDENTIFIER_TITLES
    )
    value = StringField("Identifier", [DataRequired("Enter the identifier."), Text(NAME_MAX)])
    country = SelectField(
        "Country of the issuer", choices={"": "Not known or none"} | countries_by_name(), default=""
    )
