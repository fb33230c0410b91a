"""How the items of a case are marked, who may read them, and who did."""

from __future__ import annotations

from views import markings_changes, markings_pages
from views.markings_blueprint import markings

__all__ = ["markings", "markings_changes", "markings_pages"]
