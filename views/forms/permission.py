"""An owner's permission to publish, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from wtforms import FieldList, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from views.forms.base import LONG, NAME, DayField, PlainForm, Text

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Given:
    """Days are local to Washington; `exhibit` is a number, None without a paper."""

    owner: str
    product: str
    ref: str
    wording: str
    given_by: str
    given_on: date
    expires_on: date | None
    exhibit: int | None


class PermissionForm(PlainForm):
    owner = SelectField("Owner", [InputRequired("Choose the owner.")])
    product = SelectField("Where it may appear", [InputRequired("Choose the product.")])
    ref = SelectField("Drawn from", [InputRequired("Choose the source.")])
    wording = TextAreaField(
        "Approved words", [DataRequired("Copy the very words that the owner approved."), Text(LONG)]
    )
    given_by = StringField(
        "Signed for the owner by", [DataRequired("Name the person and the office."), Text(NAME)]
    )
    given_on = DayField("Day given", [DataRequired("Give the day as YYYY-MM-DD.")])
    expires_on = DayField("Last day", [Optional()])
    exhibit = SelectField("Signed paper", [Optional()])

    def offer(self, owners: Choices, products: Choices, refs: Choices, papers: Choices) -> None:
        """What the case holds, as pairs of code and words."""
        self.owner.choices = list(owners)
        self.product.choices = list(products)
        self.ref.choices = list(refs)
        self.exhibit.choices = [("", "None held"), *papers]

    def answer(self) -> Given:
        return Given(
            owner=str(self.owner.data),
            product=str(self.product.data),
            ref=str(self.ref.data),
            wording=str(self.wording.data),
            given_by=str(self.given_by.data),
            given_on=cast(date, self.given_on.data),  # required, so a valid form has it
            expires_on=self.expires_on.data,
            exhibit=int(self.exhibit.data) if self.exhibit.data else None,
        )


@dataclass(frozen=True, slots=True)
class Revoked:
    on: date
    reason: str


class RevocationForm(PlainForm):
    revoked_on = DayField("Day of revocation", [DataRequired("Give the day as YYYY-MM-DD.")])
    reason = TextAreaField("Reason", [DataRequired("Say why it ends."), Text(LONG)])

    def answer(self) -> Revoked:
        return Revoked(cast(date, self.revoked_on.data), str(self.reason.data))


def complain(form: PlainForm, field: str, sentence: str) -> None:
    """Put the sentence beside the field; `lines-0-text` names a field of a row. What no field is
    about stands above them all.
    """
    for each in form:
        if each.name == field:
            each.errors = [*each.errors, sentence]
            return
        for row in each.entries if isinstance(each, FieldList) else ():
            if field.startswith(f"{row.name}-"):
                part = row.form[field.removeprefix(f"{row.name}-")]
                part.errors = [*part.errors, sentence]
                each.errors = [*each.errors, {part.name: [sentence]}]  # the whole form is wrong
                return
    form.form_errors.append(sentence)
