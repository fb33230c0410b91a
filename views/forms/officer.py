"""Adding an account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from wtforms import EmailField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from casework.access import ROLE_TITLES
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


class RolesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class OfficerForm(PlainForm):
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
    submission_key = HiddenField()

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
        )
