"""The marking of one item: the owner's claim, CUI with its limits, and TLP, each by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pycountry
from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from casework.handling.limits import HOME
from casework.handling.marks import Mark
from views.forms.base import LONG, SHORT, DayField, PlainForm, Text

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """`seen` counts the changes that the officer saw when the form was opened."""

    mark: Mark
    seen: int
    reason: str
    authority: str


class ControlsField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MarkingForm(PlainForm):
    owner_confidential = BooleanField("Claimed confidential by the model owner")
    trade_secret = BooleanField("Claimed to be a trade secret")
    cui = SelectField("CUI category")
    specified = BooleanField("A law sets controls of its own for this category (CUI Specified)")
    statute = StringField("Law that protects the item", [Optional(), Text(SHORT)])
    dissemination = ControlsField("Limited dissemination controls")
    releasable_to = StringField("Countries, for REL TO and DISPLAY ONLY", [Optional(), Text(SHORT)])
    tlp = SelectField("TLP")
    personal_data = BooleanField("Holds personal data of third persons")
    expires_on = DayField("Review on", [Optional()])
    reason = TextAreaField("Reason", [DataRequired("Say why."), Text(LONG)])
    authority = StringField(
        "Authority", [DataRequired("Name the rule or the paper that allows it."), Text(SHORT)]
    )
    seen = HiddenField()

    def __init__(
        self, *args: Any, cuis: Choices, controls: Choices, labels: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cui.choices = [("", "Not CUI"), *cuis]
        self.dissemination.choices = list(controls)
        self.tlp.choices = [("", "None"), *labels]

    def validate_releasable_to(self, field: StringField) -> None:
        if strange := [word for word in _words(field.data) if _country(word) is None]:
            raise ValidationError(f"“{strange[0]}” is no country. Write them as GB, AU.")

    def answer(self) -> Wanted:
        mark = Mark(
            bool(self.owner_confidential.data),
            bool(self.trade_secret.data),
            self.tlp.data or "",
            self.cui.data or "",
            bool(self.specified.data),
            tuple(sorted(self.dissemination.data or ())),
            tuple(sorted({_country(word) or "" for word in _words(self.releasable_to.data)})),
            self.statute.data or "",
            bool(self.personal_data.data),
            self.expires_on.data,
        )
        seen = self.seen.data or ""
        return Wanted(
            mark,
            int(seen) if re.fullmatch(r"[0-9]{1,9}", seen) else -1,
            str(self.reason.data),
            str(self.authority.data),
        )


def shown(mark: Mark) -> dict[str, Any]:
    """A marking as the form shows it."""
    names = ("owner_confidential", "trade_secret", "cui", "specified", "statute", "tlp")
    told = {name: getattr(mark, name) for name in (*names, "personal_data", "expires_on")}
    abroad = ", ".join(code for code in mark.releasable_to if code != HOME)
    return told | {"dissemination": list(mark.dissemination), "releasable_to": abroad}


def _words(text: str | None) -> list[str]:
    return [word.strip() for word in (text or "").split(",") if word.strip()]


def _country(word: str) -> str | None:
    """The two letters of a country that is given by letters or by its name; None for another."""
    try:
        found = pycountry.countries.lookup(word)
    except LookupError:
        return None
    return str(found.alpha_2)
