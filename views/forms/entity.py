from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from casework.screening.countries import countries_by_name
from casework.screening.facts import (
    KIND_TITLES,
    NAME_MAX,
    NAME_TITLES,
    NOTE_MAX,
    CountryFact,
    CountryTie,
    NameFact,
    SourceFact,
)
from views.forms.base import Text
from views.forms.entity_source import SourceForm

_COUNTRIES = {"": "Not known"} | countries_by_name()


@dataclass(frozen=True, slots=True)
class NewEntity:
    kind: str
    name: NameFact
    countries: tuple[CountryFact, ...]
    source: SourceFact | UUID
    note: str
    training: bool


class EntityForm(SourceForm):
    """A party not yet on record: first name, kind, countries, and the source of all three."""

    text = StringField("Name", [DataRequired("Enter the name."), Text(NAME_MAX)])
    name_kind = SelectField("Kind of name", [InputRequired("Choose one.")], choices=NAME_TITLES)
    language = StringField("Language of the name", [Text(20)])
    kind = RadioField(
        "Kind of party",
        [InputRequired("Choose what kind of party this is.")],
        choices=KIND_TITLES,
    )
    located = SelectField("Located in", choices=_COUNTRIES, default="")
    headquartered = SelectField("Headquartered in", choices=_COUNTRIES, default="")
    note = TextAreaField("Note", [Text(NOTE_MAX)])
    training = BooleanField("Invented, for training")
    distinct = BooleanField("None of these is meant: record a further entity")

    def answer(self) -> NewEntity:
        return NewEntity(
            kind=self.kind.data,
            name=self._name(),
            countries=self._countries(),
            source=self.cited(),
            note=self.note.data or "",
            training=bool(self.training.data),
        )

    def validate(self, extra_validators: Any = None) -> bool:
        return super().validate(extra_validators) and self.passes("", self._name().check)

    def _name(self) -> NameFact:
        return NameFact(self.text.data or "", self.name_kind.data, self.language.data or "")

    def _countries(self) -> tuple[CountryFact, ...]:
        given = [
            (self.located.data, CountryTie.LOCATED),
            (self.headquartered.data, CountryTie.HEADQUARTERED),
        ]
        return tuple(CountryFact(country, tie) for country, tie in given if country)
