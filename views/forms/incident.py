"""The report of an incident."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Optional

from casework.incidents.columns import PLAIN, columns
from casework.incidents.report import (
    CHANNELS,
    ITEMS,
    NAME_MAX,
    NOTE_MAX,
    QUALIFIERS,
    REPORTED_STANDINGS,
    TEXT_MAX,
    TITLE_MAX,
    TRAITS,
    VOCABULARIES,
    IncidentReport,
    Trait,
    Volume,
    faults,
)
from views.forms.base import DayField, Text
from views.forms.incident_answer import AnswerFields
from views.forms.incident_fields import (
    CheckboxesField,
    CountField,
    complain,
    pack_choices,
)
from views.forms.incident_handling import HandlingForm
from views.forms.incident_source import SourceForm


def _required(label: str, sentence: str, most: int = NAME_MAX) -> StringField:
    return StringField(label, [DataRequired(sentence), Text(most)])


def _trait(label: str) -> RadioField:
    return RadioField(label, choices=TRAITS, default="unknown")


def _why(label: str) -> StringField:
    return StringField(label, [Text(NOTE_MAX)])


def _qualifier(label: str) -> SelectField:
    return SelectField(label, choices=QUALIFIERS)


def _standings() -> dict[str, str]:
    words = pack_choices("claim_status")
    return {code: words[code] for code in REPORTED_STANDINGS}


class IncidentForm(AnswerFields):
    channel = RadioField(
        "How the report came in",
        [DataRequired("Choose how the report came in.")],
        choices=CHANNELS,
    )
    reporter_name = _required("Who reports", "Enter who makes the report.")
    title = _required("Title", "Enter a title of a few words.", TITLE_MAX)

    owner_name = _required("Owner of the model", "Enter who owns the model.")
    model_name = _required("Model", "Enter which model is said to have been queried.")
    recreation = _trait("Is information needed to recreate the model kept back?")
    recreation_note = _why("How that is known (recreation)")
    terms = _trait("Did terms set by the owner govern use?")
    terms_note = _why("Which terms, in force when")
    interface = _trait("Could outsiders reach it only through an interface of the owner?")
    interface_note = _why("Which interface")

    window_start = DayField("First day", [Optional()])
    window_end = DayField("Last day", [Optional()])
    window_note = StringField("The window in words", [Text(NOTE_MAX)])
    exchanges_qualifier = _qualifier("Exchanges are")
    exchanges = CountField("Exchanges", [Optional()])
    accounts_qualifier = _qualifier("Accounts are")
    accounts = CountField("Accounts", [Optional()])
    tokens_qualifier = _qualifier("Tokens are")
    tokens = CountField("Tokens", [Optional()])
    narrative = TextAreaField("What happened", [DataRequired("Say what happened."), Text(TEXT_MAX)])

    capability = CheckboxesField("Capabilities sought", choices=lambda: pack_choices("capability"))
    access_path = CheckboxesField("Ways of access", choices=lambda: pack_choices("access_path"))
    method = CheckboxesField("Methods", choices=lambda: pack_choices("method"))
    atlas = CheckboxesField("ATLAS techniques", choices=lambda: pack_choices("atlas"))
    actor_role = CheckboxesField(
        "Roles said to be played", choices=lambda: pack_choices("actor_role")
    )

    accuser = _required("Who alleges it", "Enter who makes the allegation.")
    alleged_on = DayField("Alleged on", [InputRequired("Enter the day of the allegation.")])
    allegation = TextAreaField(
        "The allegation", [DataRequired("Enter what is alleged, and of whom."), Text(TEXT_MAX)]
    )
    basis = CheckboxesField("What it rests on", choices=lambda: pack_choices("basis"))
    confidence = SelectField(
        "Confidence of the accuser", choices=lambda: pack_choices("confidence", "Not stated")
    )
    verified = BooleanField("Somebody independent of the accuser verified it")
    claim_status = SelectField("Standing of the claim", choices=_standings, default="alleged")

    sources = FieldList(FormField(SourceForm, "Source"), "Sources", min_entries=1)
    handling = FieldList(
        FormField(HandlingForm), "Handling", min_entries=len(ITEMS), max_entries=len(ITEMS)
    )

    @classmethod
    def showing(cls, report: IncidentReport) -> IncidentForm:
        """A form that is filled with a report on record."""
        marked = {row.item: row for row in report.handling}
        terms = {name: list(report.terms.get(name, ())) for name in VOCABULARIES}
        rows = [marked.get(item) or HandlingForm(None).answer(item) for item in ITEMS]
        return cls(
            None, data=columns(report) | terms | {"sources": report.sources, "handling": rows}
        )

    def sound(self, on: date) -> bool:
        """Whether every field is well-formed and the answers agree with each other on that day.
        What is wrong stands beside its field.
        """
        if not self.validate():
            return False
        wrong = faults(self.answer(), on=on)
        complain(self, wrong)
        return not wrong

    def answer(self) -> IncidentReport:
        plain: dict[str, Any] = {name: self[name].data for name in PLAIN}
        plain |= {name: plain[name] or "" for name in ("window_note", "confidence")}
        return IncidentReport(
            **plain,
            recreation=self._trait_of("recreation"),
            terms_of_use=self._trait_of("terms"),
            interface=self._trait_of("interface"),
            exchanges=self._volume_of("exchanges"),
            accounts=self._volume_of("accounts"),
            tokens=self._volume_of("tokens"),
            terms={name: tuple(self[name].data) for name in VOCABULARIES if self[name].data},
            answer=self.answer_given(),
            sources=tuple(row.form.answer() for row in self.sources if not row.form.blank()),
            handling=tuple(
                row.form.answer(item) for item, row in zip(ITEMS, self.handling, strict=True)
            ),
        )

    def _trait_of(self, name: str) -> Trait:
        return Trait(str(self[name].data), self[f"{name}_note"].data or "")

    def _volume_of(self, name: str) -> Volume:
        return Volume(self[name].data, self[f"{name}_qualifier"].data or "")
