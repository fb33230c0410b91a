"""Invented forms that hold one field of every kind."""

from __future__ import annotations

from datetime import date

from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
    widgets,
)
from wtforms.fields.choices import SelectChoice

from tests.look.content import LONG_NAME

METHODS = [
    SelectChoice("bulk_sft_collection", "Bulk collection of answers for training"),
    SelectChoice("cot_elicitation", "Elicitation of reasoning traces"),
    SelectChoice("store_and_replay", "Storing answers and replaying them"),
]
CONFIDENCE = [
    SelectChoice("low", "Low"),
    SelectChoice("moderate", "Moderate"),
    SelectChoice("high", "High"),
]


class CheckboxesField(SelectMultipleField):
    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class OwnerForm(Form):
    name = StringField("Company", [validators.InputRequired("Enter the company's name.")])
    share = DecimalField("Share in percent", [validators.Optional()])


class IncidentForm(Form):
    version = HiddenField(default="3")
    title = StringField("Title", [validators.InputRequired("Enter a title.")])
    conduct = TextAreaField("What happened", [validators.InputRequired("Say what happened.")])
    method = SelectField("Method", choices=[SelectChoice("", "Choose one"), *METHODS])
    first_seen = DateField(
        "First seen", [validators.InputRequired("Enter the day it was first seen.")]
    )
    confidence = RadioField(
        "Confidence", [validators.InputRequired("Choose a confidence.")], choices=CONFIDENCE
    )
    methods = CheckboxesField("Other methods seen", choices=METHODS)
    evidence = FileField("Usage log")
    confidential = BooleanField("The owner claims confidence for this report")
    owner = FormField(OwnerForm, "Owner of the model")
    names = FieldList(
        StringField("Name", [validators.InputRequired("Enter a name.")]),
        "Other names",
        min_entries=2,
    )

    @classmethod
    def in_state(cls, state: str) -> IncidentForm:
        if state == "empty":
            return cls()
        form = cls(
            data={
                "title": "Collection through relay accounts",
                "conduct": "Answers were collected through about 1,900 accounts.",
                "method": "store_and_replay",
                "first_seen": date(2026, 2, 9),
                "confidence": "moderate",
                "methods": ["cot_elicitation"],
                "confidential": True,
                "owner": {"name": LONG_NAME},
                "names": ["示范深度研究有限公司", "ООО «Пример Вычисления»"],
            }
        )
        if state == "errors":
            form = cls()
            form.validate()
        return form


class FilterForm(Form):
    text = StringField("Words")
    stage = SelectField(
        "Stage", choices=[SelectChoice("", "Any"), SelectChoice("assessment", "Assessment")]
    )
    since = DateField("Filed since")
    lead = SelectField("Lead", choices=[SelectChoice("", "Anybody"), SelectChoice("me", "Me")])
