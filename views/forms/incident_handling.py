"""How one item of a report is to be handled."""

from __future__ import annotations

from wtforms import BooleanField, SelectField

from casework.incidents.report import Handling
from views.forms.base import PlainForm
from views.forms.incident_fields import pack_choices


class HandlingForm(PlainForm):
    """The owner's claim, TLP and CUI are three separate things."""

    class Meta(PlainForm.Meta):
        csrf = False

    owner_confidential = BooleanField("Owner's confidence", default=True)
    trade_secret = BooleanField("Trade secret")
    tlp = SelectField("TLP", choices=lambda: pack_choices("tlp", "None"))
    cui_category = SelectField("CUI category", choices=lambda: pack_choices("cui_category", "None"))

    def answer(self, item: str) -> Handling:
        return Handling(
            item=item,
            owner_confidential=bool(self.owner_confidential.data),
            trade_secret=bool(self.trade_secret.data),
            tlp=self.tlp.data or "",
            cui_category=self.cui_category.data or "",
        )
