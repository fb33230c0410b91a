"""A decision about a report at the door."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired

from casework.incidents.triage import DECISIONS, open_decisions
from views.forms.base import LONG, PlainForm, Text


class TriageForm(PlainForm):
    decision = RadioField("Decision", [InputRequired("Choose a decision.")], choices={})
    reason = TextAreaField("Reason", [Text(LONG)])
    version = HiddenField()

    def offer(self, state: str) -> None:
        """Offer what a report in `state` may get."""
        self.decision.choices = {
            key: f"{DECISIONS[key].title}: {DECISIONS[key].effect}" for key in open_decisions(state)
        }

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if DECISIONS[self.decision.data].needs_reason and not self.reason.data:
            self.reason.errors = [*self.reason.errors, "Write the reason: the reporter reads it."]
            return False
        return True

    def answer(self) -> tuple[str, str]:
        """Key of the decision and its reason, which may be empty."""
        return self.decision.data, self.reason.data or ""
