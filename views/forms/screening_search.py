from __future__ import annotations

from dataclasses import dataclass

from wtforms import SearchField, SelectField

from casework.screening.countries import countries_by_name
from casework.screening.judging import THRESHOLD
from views.forms.base import NAME, PlainForm, Text

THRESHOLDS = {
    "0.95": "Very close only (0.95)",
    "0.85": "Close (0.85)",
    "0.65": "Possible (0.65)",
    "0.5": "Weak as well (0.50)",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A name to look for; `kind` and `country` may be empty, `threshold` is from 0 to 1."""

    name: str
    kind: str
    country: str
    threshold: float


class ScreeningSearchForm(PlainForm):
    """Read from the address: an option that is not offered counts as not chosen."""

    class Meta(PlainForm.Meta):
        csrf = False

    q = SearchField("Name, in any script", [Text(NAME)])
    kind = SelectField(
        "Kind",
        choices={"": "Any", "organization": "Organization", "person": "Person"},
        validate_choice=False,
    )
    country = SelectField(
        "Country", choices={"": "Not known"} | countries_by_name(), validate_choice=False
    )
    threshold = SelectField(
        "How close", choices=THRESHOLDS, default=str(THRESHOLD), validate_choice=False
    )

    def asked(self) -> Asked:
        least = self.threshold.data
        return Asked(
            name=self.q.data or "",
            kind=_offered(self.kind),
            country=_offered(self.country),
            threshold=float(least) if least in THRESHOLDS else THRESHOLD,
        )


def _offered(field: SelectField) -> str:
    return str(field.data) if field.data in (field.choices or ()) else ""
