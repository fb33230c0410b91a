"""What a person typed into a form, told from what the page put there."""

from __future__ import annotations

from flask import request

# Fields of the page itself, and words that are shown to nobody and kept nowhere.
NOT_TYPED = frozenset(
    {"csrf_token", "submission_key", "draft_place", "draft_back", "draft_version"}
    | {"password", "again"}
)


def typed_fields(least: int = 1) -> list[tuple[str, str]]:
    """Names and texts of at least so many characters, in the order of the form."""
    return [
        (name, text)
        for name, text in request.form.items(multi=True)
        if len(text) >= least and name not in NOT_TYPED
    ]
