"""What an analysis is asked with: dated events, public prompts, and the constants of the set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from wtforms import (
    FieldList,
    FileField,
    FloatField,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange, ValidationError

from casework.evidence.analysis.markers import CONFIDENCES
from casework.evidence.analysis.parameters import shipped
from views.forms.base import NAME, SHORT, PlainForm, Text, refuse_hidden

OWN = "own_release"
EVENTS = {
    "": "None",
    OWN: "The owner opened a model",
    "training": "Another model was trained",
    "preview": "Another model was previewed",
    "release": "Another model was released",
}
HOW_SURE = {"": "Not stated", **{word: word.capitalize() for word in CONFIDENCES}}
SPARE_ROWS = 2
MOST_PROMPTS = 20_000
_TIME = "%Y-%m-%d %H:%M"
_HASH = re.compile(r"[0-9A-Za-z+/=_:-]{4,128}")


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None


class EventForm(PlainForm):
    kind = SelectField("What happened", choices=EVENTS)
    model = StringField("Model", [Text(SHORT)])
    at = StringField("When (UTC)", [Text(SHORT)])
    until = StringField("Until (UTC), if it lasted", [Text(SHORT)])
    source = StringField("Source", [Text(NAME)])
    confidence = SelectField("Confidence", choices=HOW_SURE)

    class Meta(PlainForm.Meta):
        csrf = False

    def validate_model(self, field: StringField) -> None:
        if self.kind.data and not field.data:
            raise ValidationError("Name the model, as the log writes it.")
        if field.data and not self.kind.data:
            raise ValidationError("Say what happened to this model, or empty the row.")

    def validate_at(self, field: StringField) -> None:
        if self.kind.data and _moment(field.data or "") is None:
            raise ValidationError("Write day and time in UTC as 2026-05-09 14:00.")

    def validate_until(self, field: StringField) -> None:
        if not field.data:
            return
        end, start = _moment(field.data), _moment(self.at.data or "")
        if end is None:
            raise ValidationError("Write day and time in UTC as 2026-05-09 14:00.")
        if start and end < start:
            raise ValidationError("The end lies before the beginning.")
        if self.kind.data == OWN:
            raise ValidationError("A release is one moment. Leave the end empty.")

    def validate_source(self, field: StringField) -> None:
        if self.kind.data and not field.data:
            raise ValidationError("Name the source: an undated claim cannot be checked.")

    def entry(self) -> dict[str, str]:
        """One entry of the markers, in the shape of their file."""
        told = {"model": self.model.data or "", "source": self.source.data or ""}
        start, end = _moment(self.at.data or ""), _moment(self.until.data or "")
        if self.kind.data == OWN:
            return told | {"ts": _iso(start)}
        times = {"from": _iso(start), "to": _iso(end)} if end else {"ts": _iso(start)}
        told |= {"kind": str(self.kind.data)} | times
        return told | ({"confidence": self.confidence.data} if self.confidence.data else {})


def _iso(moment: datetime | None) -> str:
    return moment.isoformat().replace("+00:00", "Z") if moment else ""


class AnalysisForm(PlainForm):
    """Fields `section-name` for each constant of the set come from `analysis_form`."""

    events = FieldList(FormField(EventForm, "Event"), "Dated events")
    prompts = TextAreaField("Hashes of public prompts")
    prompts_file = FileField("The same as a text file")
    submission_key = HiddenField()

    def leave_room(self) -> None:
        empty = sum(not row.form.kind.data for row in self.events)
        for _ in range(max(0, SPARE_ROWS - empty)):
            self.events.append_entry()

    def add_rows(self) -> None:
        for _ in range(SPARE_ROWS):
            self.events.append_entry()

    def validate_prompts(self, field: TextAreaField) -> None:
        _hashes(field.data or "")

    def validate_prompts_file(self, field: FileField) -> None:
        refuse_hidden(getattr(field.data, "filename", "") or "")
        _hashes(self._sent())

    def _sent(self) -> str:
        """The text of the file, empty without one."""
        stream = getattr(self.prompts_file.data, "stream", None)
        if stream is None:
            return ""
        stream.seek(0)
        try:
            return str(stream.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise ValidationError("The file is not UTF-8 text.") from None

    @property
    def public_prompts(self) -> list[str]:
        return sorted(_hashes(self.prompts.data or "") | _hashes(self._sent()))

    def markers(self) -> dict[str, list[dict[str, str]]]:
        rows = [row.form for row in self.events if row.form.kind.data]
        return {
            "releases": [row.entry() for row in rows if row.kind.data == OWN],
            "rival_releases": [row.entry() for row in rows if row.kind.data != OWN],
        }

    def parameters(self) -> dict[str, Any]:
        """The whole set. One that was changed says so in its name."""
        standing = shipped().as_dict()
        chosen: dict[str, Any] = {
            section: {name: self[f"{section}-{name}"].data for name in values}
            for section, values in sections()
        }
        changed = any(chosen[section] != standing[section] for section in chosen)
        return {"set": f"{standing['set']}, changed" if changed else standing["set"], **chosen}


def _hashes(text: str) -> frozenset[str]:
    """One hash a line. ValidationError names the first line that is none."""
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines, start=1):
        if line and not _HASH.fullmatch(line):
            raise ValidationError(
                f"Line {number} is not a hash: send hashes of templates, never prompts."
            )
    found = frozenset(filter(None, lines))
    if len(found) > MOST_PROMPTS:
        raise ValidationError(f"Send at most {MOST_PROMPTS:,} hashes; these are {len(found):,}.")
    return found


def sections() -> list[tuple[str, Mapping[str, float]]]:
    """The sections of the set with the constants in each."""
    standing = shipped().as_dict()
    return [(name, values) for name, values in standing.items() if name != "set"]


def analysis_form() -> type[AnalysisForm]:
    fields = {
        f"{section}-{name}": _number(name, value)
        for section, values in sections()
        for name, value in values.items()
    }
    return type("AnalysisForm", (AnalysisForm,), fields)


def _number(name: str, value: float) -> Any:
    rules = [InputRequired("Write a number."), NumberRange(0, 10**12, "Write 0 or more.")]
    words = name.replace("_", " ").capitalize()
    if isinstance(value, int):
        return IntegerField(words, rules, default=value)
    return FloatField(words, rules, default=value)
