from __future__ import annotations

from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from casework.screening.facts import KIND_TITLES
from views.forms.base import PlainForm


class EntityFromEntryForm(PlainForm):
    kind = RadioField(
        "Kind of party",
        [InputRequired("Choose what kind of party this is.")],
        choices=KIND_TITLES,
    )
    distinct = BooleanField("None of these is meant: record a further entity")
