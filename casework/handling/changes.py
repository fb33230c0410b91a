"""What a change of a marking does: is it well-formed, and does it open anything? Pure."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from casework.handling.limits import contradiction
from casework.handling.marks import Mark, label_of, strictness

_CLAIMS = {
    "owner_confidential": "the owner's claim of confidence",
    "trade_secret": "the owner's claim of a trade secret",
}


def content(mark: Mark) -> dict[str, Any]:
    """The marking as JSON values, days in ISO form."""
    told = asdict(mark) | {"expires_on": mark.expires_on and mark.expires_on.isoformat()}
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in told.items()
    }


def faults(mark: Mark, *, listed: int) -> dict[str, str]:
    """What is wrong with a marking: field to sentence. `listed` counts persons on its list."""
    found = {}
    if why := contradiction(mark.dissemination, mark.releasable_to, listed=listed):
        abroad = "countries" in why.lower()
        found["releasable_to" if abroad else "dissemination"] = why
    if mark.dissemination and not mark.cui:
        found["cui"] = "A dissemination control belongs to CUI: choose the category first."
    if mark.specified and not mark.cui:
        found["cui"] = "Choose the category that the law specifies."
    if mark.specified and not mark.statute:
        found["statute"] = "Name the law that sets the controls of this category."
    return found


def lifted_claims(before: Mark, after: Mark) -> list[str]:
    """The claims of the owner that a change takes away, in words."""
    return [
        words
        for name, words in _CLAIMS.items()
        if getattr(before, name) and not getattr(after, name)
    ]


def opened(before: Mark, after: Mark) -> list[str]:
    """What a change makes less strict, in words; only a decontrol may do so."""
    found = lifted_claims(before, after)
    if strictness(label_of(after.tlp)) < strictness(label_of(before.tlp)):
        found.append(f"{label_of(before.tlp)}, which would become {label_of(after.tlp) or 'none'}")
    if before.cui and after.cui != before.cui:
        found.append(f"the CUI category {before.cui}")
    elif before.specified and not after.specified:
        found.append(f"the controls that law specifies for {before.cui}")
    if before.limits | after.limits != after.limits:
        found.append("a dissemination control")
    if before.personal_data and not after.personal_data:
        found.append("the notice of personal data")
    return found


def changed(before: Mark, after: Mark) -> list[str]:
    """Names of the fields that differ."""
    return [
        field.name
        for field in fields(Mark)
        if getattr(before, field.name) != getattr(after, field.name)
    ]
