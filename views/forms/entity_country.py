from __future__ import annotations

from wtforms import SelectField
from wtforms.validators import InputRequired

from casework.screening.countries import countries_by_name
from casework.screening.facts import TIE_TITLES, CountryFact
from views.forms.entity_source import FactForm


class CountryForm(FactForm):
    shape = CountryFact
    parts = ("tie", "country")
    tie = SelectField("Tie", [InputRequired("Choose one.")], choices=TIE_TITLES)
    country = SelectField(
        "Country",
        [InputRequired("Choose the country.")],
        choices={"": "Choose one"} | countries_by_name(),
    )
