from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from wtforms import SearchField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from views.forms.base import LONG, NAME, PlainForm, Text
from views.forms.incident_fields import pack_choices


@dataclass(frozen=True, slots=True)
class NamedParty:
    entity_id: UUID
    role: str
    note: str


class PartySearchForm(PlainForm):
    """Read from the address."""

    class Meta(PlainForm.Meta):
        csrf = False

    q = SearchField("Name or identifier, in any script", [Text(NAME)])


class PartyForm(PlainForm):
    entity = SelectField("Entity", [InputRequired("Choose an entity.")], choices={})
    role = SelectField(
        "Role that the report gives it",
        [InputRequired("Choose a role.")],
        choices=lambda: pack_choices("actor_role", "Choose one"),
    )
    note = TextAreaField("What the report says about it", [Text(LONG)])

    def offer(self, entities: dict[str, str]) -> None:
        """Offer entities, id to name."""
        self.entity.choices = entities

    def answer(self) -> NamedParty:
        return NamedParty(UUID(self.entity.data), str(self.role.data), self.note.data or "")
