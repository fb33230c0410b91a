"""A usage log: the exhibits it is made of and what its owner says about it, then its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import available_timezones

from wtforms import (
    Field,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from casework.evidence.log_facts import LogFacts, Reading
from casework.evidence.usage.columns import COLUMNS, Column
from views.forms.base import LONG, NAME, SHORT, DayField, PlainForm, Text

UNITS = {
    "": "None of the times is a bare number",
    "s": "Seconds since 1970",
    "ms": "Milliseconds since 1970",
    "us": "Microseconds since 1970",
}
PREFIX = "column_"
MOST_WORDS = 500  # lines of words for capabilities


class LogForm(PlainForm):
    exhibits = SelectMultipleField(
        "Exhibits",
        [DataRequired("Choose at least one exhibit.")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    title = StringField("Title", [DataRequired("Say which log this is."), Text(NAME)])
    owner = StringField(
        "Owner of the model", [DataRequired("Name the owner whose log it is."), Text(NAME)]
    )
    sampling = TextAreaField(
        "Which rows the owner handed over",
        [DataRequired("Say whether these are all rows, or by which filter they were chosen."),
         Text(LONG)],
    )  # fmt: skip
    window_from = DayField("First day (UTC)", [Optional()])
    window_to = DayField("Last day (UTC)", [Optional()])
    zone = StringField("Time zone of times without one", [Optional(), Text(SHORT)])
    epoch_unit = SelectField("Unit of times given as a number", choices=UNITS)
    submission_key = HiddenField()

    def offer(self, exhibits: Sequence[tuple[str, str]]) -> None:
        self.exhibits.choices = list(exhibits)

    def validate_zone(self, field: Field) -> None:
        if field.data and field.data not in available_timezones():
            raise ValidationError("Write the zone as Europe/Paris, America/New_York or UTC.")

    def validate_window_to(self, field: Field) -> None:
        first = self.window_from.data
        if field.data and first and field.data < first:
            raise ValidationError("The last day lies before the first.")

    @property
    def numbers(self) -> list[int]:
        return [int(text) for text in self.exhibits.data or ()]

    def facts(self) -> LogFacts:
        last = self.window_to.data
        return LogFacts(
            title=str(self.title.data),
            owner=str(self.owner.data),
            sampling=str(self.sampling.data),
            window_from=_midnight(self.window_from.data),
            window_to=_midnight(last + timedelta(days=1) if last else None),
        )

    def reading(self) -> Reading:
        return Reading(zone=self.zone.data or "", epoch_unit=str(self.epoch_unit.data or ""))


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None


class ColumnsForm(PlainForm):
    """Fields `column_…` for each of our columns come from `columns_form`."""

    capabilities = TextAreaField("Words for capabilities", [Optional(), Text(LONG)])
    expected = HiddenField()
    submission_key = HiddenField()

    def columns(self) -> list[tuple[Column, SelectField]]:
        return [(column, self[PREFIX + column.name]) for column in COLUMNS]

    def offer(self, theirs: Sequence[str]) -> None:
        for column, field in self.columns():
            field.choices = [("", "Not in this log"), *((name, name) for name in theirs)]
            field.flags.required = column.need == "required"

    def validate_capabilities(self, field: Field) -> None:
        lines = (field.data or "").splitlines()
        if len(lines) > MOST_WORDS:
            raise ValidationError(f"Use at most {MOST_WORDS} lines.")
        for number, line in enumerate(lines, start=1):
            if line.strip() and not all(part.strip() for part in _halves(line)):
                raise ValidationError(f"Line {number}: write their word = our word.")

    def complete(self) -> bool:
        """Whether nothing stands against taking the log in; errors go to the fields."""
        chosen: dict[str, str] = {}
        for column, field in self.columns():
            if not field.data and column.need == "required":
                field.errors = [f"Choose the column: without it {column.purpose}."]
            elif field.data in chosen:
                field.errors = [f"{field.data} is chosen for {chosen[field.data]} already."]
            elif field.data:
                chosen[field.data] = column.name
        return not any(field.errors for _column, field in self.columns())

    @property
    def expected_version(self) -> int:
        """The version that was on screen; -1, which never exists, when the field was tampered."""
        text = self.expected.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1

    def reading(self, before: Reading) -> Reading:
        """What was chosen, with the zone and the unit that the log was opened with."""
        lines = [line for line in (self.capabilities.data or "").splitlines() if line.strip()]
        return Reading(
            columns={column.name: field.data for column, field in self.columns() if field.data},
            capabilities=dict(_halves(line) for line in lines),
            zone=before.zone,
            epoch_unit=before.epoch_unit,
        )


def _halves(line: str) -> tuple[str, str]:
    theirs, _, ours = line.partition("=")
    return theirs.strip(), ours.strip()


def columns_form() -> type[ColumnsForm]:
    fields: Mapping[str, Any] = {
        PREFIX + column.name: SelectField(column.name, [Optional()]) for column in COLUMNS
    }
    return type("ColumnsForm", (ColumnsForm,), dict(fields))
