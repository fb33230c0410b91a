from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import Optional, ValidationError

from casework.screening.what_if import Change, read_share
from views.forms.base import DayField, PlainForm, Text

NEW_OWNER = "new"
_NOBODY = {"": "Nobody"}
_PARTS = ("owner", "owned", "share")


class OwnershipForm(PlainForm):
    """Read from the address. A supposed share needs owner, owned and share, or none of them."""

    class Meta(PlainForm.Meta):
        csrf = False

    on = DayField("As of", [Optional()])
    owner = SelectField("Owner", choices=_NOBODY, default="")
    owned = SelectField("Owned", choices=_NOBODY, default="")
    share = StringField("Share in percent", [Text(40)])
    count = SelectField("Treat as an owner that counts", choices=_NOBODY, default="")

    def offer(self, names: Mapping[str, str]) -> None:
        """Put up the entities around by id, and an owner that is not on record."""
        fresh = {NEW_OWNER: "A new owner, not on record"}
        self.owner.choices = self.count.choices = {**_NOBODY, **fresh, **names}
        self.owned.choices = {**_NOBODY, **names}

    def validate_owned(self, field: Any) -> None:
        if field.data and field.data == self.owner.data:
            raise ValidationError("An entity cannot own itself: choose two.")

    def validate_share(self, field: Any) -> None:
        try:
            if field.data:
                read_share(field.data)
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        missing = [self[name] for name in _PARTS if not self[name].data]
        if missing and len(missing) < len(_PARTS):
            for field in missing:
                field.errors = [*field.errors, "A supposed share needs owner, owned and share."]
            return False
        return bool(sound)

    def change(self) -> Change | None:
        """The supposed share of a valid form."""
        if not self.share.data:
            return None
        return Change(self.owner.data, self.owned.data, *read_share(self.share.data))
