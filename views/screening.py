"""Pages about screening: search the lists, read an entry, judge what was raised."""

from __future__ import annotations

from views import (
    screening_entry,
    screening_hits,
    screening_judging,
    screening_lists,
    screening_search,
)
from views.screening_blueprint import screening

__all__ = [
    "screening",
    "screening_entry",
    "screening_hits",
    "screening_judging",
    "screening_lists",
    "screening_search",
]
