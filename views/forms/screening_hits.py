from __future__ import annotations

from wtforms import SearchField, SelectField

from casework.screening.judging import FILTER_TITLES, WAITING, Filter
from casework.screening.watchlists.sources import LISTS
from views.forms.base import NAME, PlainForm, Text


class HitsFilterForm(PlainForm):
    """Read from the address: an option that is not offered counts as no filter."""

    class Meta(PlainForm.Meta):
        csrf = False

    state = SelectField("State", choices=FILTER_TITLES, default=WAITING, validate_choice=False)
    source = SelectField(
        "List",
        choices={"": "Any"} | {code: row.title for code, row in LISTS.items()},
        validate_choice=False,
    )
    q = SearchField("Name on either side", [Text(NAME)])

    def wanted(self) -> Filter:
        """What the list leaves."""
        text = (self.q.data or "") if self.validate() else ""
        return Filter(
            state=self.state.data if self.state.data in FILTER_TITLES else WAITING,
            source=self.source.data if self.source.data in LISTS else "",
            text=text,
        )
