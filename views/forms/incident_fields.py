"""Fields and words that the forms about incidents share."""

from __future__ import annotations

from typing import Any

from wtforms import Form, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from casework.incidents.report import COUNT_MAX
from casework.statute.loader import default_text, load_pack


class CountField(StringField):
    """A whole number of 0 or more; commas and spaces between the digits are allowed.

    `data` is an int, or None when nothing was typed.
    """

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        text = "".join(str(valuelist[0]).split()).replace(",", "") if valuelist else ""
        if not text:
            return
        if text.startswith("-"):
            raise ValueError("Enter 0 or more: a volume cannot be negative.")
        if not (text.isascii() and text.isdecimal()):
            raise ValueError("Enter a whole number in digits, such as 16,000,000.")
        if len(text) > 19 or int(text) > COUNT_MAX:
            raise ValueError(f"Enter at most {COUNT_MAX:,}.")
        self.data = int(text)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:,}"


class CheckboxesField(SelectMultipleField):
    """Any number of codes of a vocabulary."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def pack_choices(vocabulary: str, empty: str | None = None) -> dict[str, str]:
    """Code to words for a field, from the text of new cases; `empty` heads a list of one choice."""
    pack = load_pack(default_text())
    first = {} if empty is None else {"": empty}
    if vocabulary == "atlas":
        return first | {row.id: f"{row.id} {row.name}" for row in pack.techniques.values()}
    return first | {term.code: term.label for term in pack.vocabularies[vocabulary].terms}


def complain(form: Form, wrong: dict[str, str]) -> None:
    """Put each sentence beside the field it is about; `sources-0-url` names a field of a row."""
    for name, sentence in wrong.items():
        if name in form:
            form[name].errors = [*form[name].errors, sentence]
            continue
        group, place, part = name.split("-")
        rows: Any = form[group]
        field = rows.entries[int(place)].form[part]
        field.errors = [*field.errors, sentence]
        rows.errors = [*rows.errors, {part: [sentence]}]  # so that the whole form counts as wrong
