from __future__ import annotations

from wtforms import SearchField, SelectField

from casework.screening.countries import countries_by_name
from casework.screening.facts import KIND_TITLES
from views.forms.base import NAME, PlainForm, Text

TRAINING = {"yes": True, "no": False}


class EntityFilterForm(PlainForm):
    """Read from the address: an option that is not offered counts as no filter."""

    class Meta(PlainForm.Meta):
        csrf = False

    q = SearchField("Name or identifier, in any script", [Text(NAME)])
    kind = SelectField("Kind", choices={"": "Any"} | KIND_TITLES, validate_choice=False)
    country = SelectField(
        "Country", choices={"": "Any"} | countries_by_name(), validate_choice=False
    )
    training = SelectField(
        "Records",
        choices={"": "All", "no": "Without training data", "yes": "Training data only"},
        validate_choice=False,
    )
    sort = SelectField(
        "Order", choices={"name": "By name", "newest": "Newest first"}, validate_choice=False
    )

    def in_force(self) -> dict[str, str]:
        """Return code or text of each filter that narrows the list, by field."""
        given = {"q": self.q.data or ""} if self.validate() else {}
        for field in (self.kind, self.country, self.training):
            if field.data in (field.choices or ()):
                given[field.name] = field.data
        return {name: value for name, value in given.items() if value}

    def order(self) -> str:
        return str(self.sort.data) if self.sort.data in (self.sort.choices or ()) else "name"
