"""The filters of the list of incidents, read from the address."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, SearchField, SelectField
from wtforms.validators import Optional, ValidationError

from casework.incidents.search import SORTS, Filters
from casework.incidents.triage import STATES
from casework.screening.countries import countries_by_name
from views.forms.base import NAME, DayField, PlainForm, Text
from views.forms.incident_fields import pack_choices

TRAINING = {"yes": True, "no": False}
ANY = {"": "Any"}


def _choice(label: str, choices: Any) -> SelectField:
    """A filter that is off when the address does not name it."""
    return SelectField(label, choices=choices, default="")


class IncidentFilterForm(PlainForm):
    class Meta(PlainForm.Meta):
        csrf = False

    q = SearchField("Words", [Text(NAME)])
    state = _choice("State", ANY | STATES)
    claim_status = _choice("Standing", lambda: pack_choices("claim_status", "Any"))
    owner = _choice("Owner", ANY)
    capability = _choice("Capability", lambda: pack_choices("capability", "Any"))
    access_path = _choice("Access", lambda: pack_choices("access_path", "Any"))
    method = _choice("Method", lambda: pack_choices("method", "Any"))
    basis = _choice("Basis", lambda: pack_choices("basis", "Any"))
    country = _choice("Country of a party", ANY | countries_by_name())
    training = _choice("Records", {"": "All", "no": "Without training", "yes": "Training"})
    since = DayField("Alleged from", [Optional()])
    until = DayField("Alleged to", [Optional()])
    sort = HiddenField()

    def offer(self, owners: list[str]) -> None:
        self.owner.choices = ANY | {name: name for name in owners}

    def validate_until(self, field: DayField) -> None:
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError("This day comes before the first. Swap them.")

    def in_force(self) -> dict[str, str]:
        """Field to value, as in the address, of each filter that narrows the list."""
        fields = (field for field in self if field.name != "sort")
        return {field.name: _written(field.data) for field in fields if field.data}

    def order(self) -> tuple[str, bool]:
        """What the list is sorted by, and whether from the greatest down."""
        wanted = self.sort.data or "-submitted"
        name = wanted.removeprefix("-")
        return (name, wanted.startswith("-")) if name in SORTS else ("submitted", True)

    def answer(self) -> Filters:
        sort, descending = self.order()
        return Filters(
            words=self.q.data or "",
            state=self.state.data or "",
            claim_status=self.claim_status.data or "",
            owner=self.owner.data or "",
            capability=self.capability.data or "",
            access_path=self.access_path.data or "",
            method=self.method.data or "",
            basis=self.basis.data or "",
            country=self.country.data or "",
            training=TRAINING.get(self.training.data),
            since=self.since.data,
            until=self.until.data,
            sort=sort,
            descending=descending,
        )


def _written(value: Any) -> str:
    return str(value)
