"""What each form about an entity asks besides the fact: where it was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from casework.errors import InvalidValue
from casework.screening.facts import NOTE_MAX, Fact, SourceFact, WrittenFact
from views.forms.base import NAME, DayField, PlainForm, Text

NEW_SOURCE = {"": "A source that is not on this list: describe it below"}
NO_BASIS = {"": "Choose one"}


@dataclass(frozen=True, slots=True)
class Sourced:
    """A fact, its source (a new one, or the id of one on record), and why it replaces another."""

    fact: Any
    source: SourceFact | UUID
    reason: str = ""


class SourceForm(PlainForm):
    """The fields of a source. A view offers the sources on record and the words for a basis."""

    source = SelectField("Source", choices=NEW_SOURCE, default="")
    source_title = StringField("Title of the source", [Text(NAME)])
    source_publisher = StringField("Publisher", [Text(NAME)])
    source_url = StringField("Web address", [Text(2000)])
    source_basis = SelectField("What it is", choices=NO_BASIS, default="")
    source_published_on = DayField("Published on", [Optional()])
    source_accessed_on = DayField("Read on", [Optional()])
    source_note = StringField("Page or passage", [Text(NAME)])

    def offer(self, sources: Mapping[str, str], bases: Mapping[str, str]) -> None:
        """Put up the titles of sources by id, and the words for a basis by code."""
        self.source.choices = {**NEW_SOURCE, **sources}
        self.source_basis.choices = {**NO_BASIS, **bases}
        for field in (self.source_title, self.source_basis):
            field.flags.required = not sources

    def cited(self) -> SourceFact | UUID:
        if self.source.data:
            return UUID(self.source.data)
        return SourceFact(
            title=self.source_title.data or "",
            basis=self.source_basis.data or "",
            publisher=self.source_publisher.data or "",
            url=self.source_url.data or "",
            published_on=self.source_published_on.data,
            accessed_on=self.source_accessed_on.data,
            note=self.source_note.data or "",
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the shape, then what the casework asks of a source."""
        shaped = super().validate(extra_validators)
        sourced = not self.source.errors and self.passes("source_", self._check_source)
        return shaped and sourced

    def _check_source(self) -> None:
        cited = self.cited()
        if isinstance(cited, SourceFact):
            cited.check()

    def passes(self, prefix: str, check: Callable[[], None]) -> bool:
        """Run a check of the casework and show its complaint beside the field it names."""
        try:
            check()
        except InvalidValue as fault:
            field = self[prefix + fault.field]
            field.errors = [*field.errors, str(fault)]
            return False
        return True


class FactForm(SourceForm):
    """A form for one fact, whose parts are fields of the same names.

    With `reason` it corrects an earlier fact; where none is corrected that field is removed.
    """

    shape: ClassVar[type[WrittenFact]]
    parts: ClassVar[tuple[str, ...]]
    reason = TextAreaField(
        "Why the earlier entry does not stand",
        [DataRequired("Say why the earlier entry does not stand."), Text(NOTE_MAX)],
    )

    def fact(self) -> Fact:
        return self.shape(**{part: self[part].data or "" for part in self.parts})

    def validate(self, extra_validators: Any = None) -> bool:
        return super().validate(extra_validators) and self.passes("", self._check_fact)

    def answer(self) -> Sourced:
        reason = self.reason.data if "reason" in self else ""
        return Sourced(self.fact(), self.cited(), reason or "")

    def _check_fact(self) -> None:
        self.fact().check()
