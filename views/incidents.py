"""Pages about reported incidents: list, drafts, one report, and what is done to it."""

from __future__ import annotations

from views import (
    incident_acts,
    incident_drafts,
    incident_list,
    incident_page,
    incident_parties,
    incident_revision,
    saved_views,
)
from views.incidents_blueprint import incidents

__all__ = [
    "incident_acts",
    "incident_drafts",
    "incident_list",
    "incident_page",
    "incident_parties",
    "incident_revision",
    "incidents",
    "saved_views",
]
