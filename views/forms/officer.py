"""Adding an account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import pycountry
from wtforms import EmailField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from casework.access import ROLE_TITLES
from casework.handling.limits import AFFILIATIONS, HOME
from views.forms.base import SHORT, PlainForm, Text


class OrganizationLike(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class NewOfficer:
    name: str
    email: str
    organization: UUID
    roles: tuple[str, ...]
    affiliation: str
    nationality: str


# The home country first, the others by name.
COUNTRIES = dict(
    sorted(
        ((row.alpha_2, getattr(row, "common_name", row.name)) for row in pycountry.countries),
        key=lambda pair: (pair[0] != HOME, pair[1]),
    )
)


class StandingForm(PlainForm):
    """What the dissemination controls of CUI ask about a person."""

    affiliation = SelectField("Affiliation", choices=dict(AFFILIATIONS))
    nationality = SelectField("Nationality", choices=COUNTRIES)
    submission_key = HiddenField()

    def standing(self) -> tuple[str, str]:
        return str(self.affiliation.data), str(self.nationality.data)


class RolesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class OfficerForm(StandingForm):
    name = StringField("Name", [DataRequired("Enter the person's name."), Text(SHORT)])
    email = EmailField(
        "E-mail address",
        [
            DataRequired("Enter an address."),
            Text(SHORT),
            Regexp(
                r"[^@\s]+@[^@\s]+\.[^@\s]+$", message="Write an address such as a.b@agency.gov."
            ),
        ],
    )
    organization = SelectField("Organisation")
    roles = RolesField("Roles", [InputRequired("Choose at least one role.")])

    def offer(self, organizations: Iterable[OrganizationLike]) -> None:
        self.organization.choices = [(str(row.id), row.name) for row in organizations]
        self.roles.choices = [
            (role.value, f"{title}: {does}") for role, (title, does) in ROLE_TITLES.items()
        ]

    def answer(self) -> NewOfficer:
        return NewOfficer(
            str(self.name.data),
            str(self.email.data),
            UUID(self.organization.data),
            tuple(self.roles.data or ()),
            *self.standing(),
        )
