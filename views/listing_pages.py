"""Every page of the public list as one case sees it, gathered under one blueprint."""

from __future__ import annotations

from views import listing_entry
from views.listing import listing

__all__ = ["listing", "listing_entry"]
