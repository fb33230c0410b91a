from __future__ import annotations

from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from casework.screening.countries import countries_by_name
from casework.screening.facts import TEXT_MAX, AddressFact
from views.forms.base import Text
from views.forms.entity_source import FactForm


class AddressForm(FactForm):
    shape = AddressFact
    parts = ("text", "country")
    text = TextAreaField("Address", [DataRequired("Enter the address."), Text(TEXT_MAX)])
    country = SelectField(
        "Country",
        [InputRequired("Choose the country.")],
        choices={"": "Choose one"} | countries_by_name(),
    )
