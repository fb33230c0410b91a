"""The access matrix, read from its file."""

from __future__ import annotations

import tomllib
from pathlib import Path

FILE = tomllib.loads((Path(__file__).parents[1] / "access_matrix.toml").read_text())
GROUPS: dict[str, list[str]] = FILE["groups"]
ROUTES: dict[str, str | list[str]] = FILE["routes"]
GUARDED = [route for route in ROUTES if ROUTES[route] != "public"]
PUBLIC = [route for route in ROUTES if ROUTES[route] == "public"]
WRITES = [route for route in ROUTES if route.startswith("POST ")]
# Cells that name a row which hangs on nothing that can be hidden, or that the own case holds.
OF_A_CASE = [route for route in GUARDED if "<case_ref>" in route]
OF_A_REPORT = [route for route in GUARDED if "<incident_ref>" in route]
KEYS_IN_A_CASE = (
    "subject_id",
    "task_id",
    "recommendation_id",
    "determination_id",
    "permission_id",
    "proposal_id",
    "publication_id",
)


def allowed(route: str) -> set[str]:
    chosen = ROUTES[route]
    return set(GROUPS[chosen] if isinstance(chosen, str) else chosen)
