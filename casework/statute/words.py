"""The closed lists of words that the forms and pages of the application take from a pack."""

from __future__ import annotations

NEEDED = (
    "access_path",
    "actor_role",
    "answer",
    "ballot_choice",
    "basis",
    "capability",
    "claim_status",
    "confidence",
    "cui_category",
    "decision_kind",
    "escalation_level",
    "escalation_outcome",
    "likelihood",
    "method",
    "permission_product",
    "petition_ask",
    "position",
    "recommendation_state",
    "response",
    "response_window",
    "review_outcome",
    "role",
    "step_decision",
    "takedown_ground",
    "tlp",
)
