"""What a guard may ask about a case; the engine holds one value for each."""

from __future__ import annotations

FACTS = frozenset(
    {
        "asked_agencies",
        "blocking_decision",
        "conclusions",
        "congress_receipts",
        "consultation",
        "contested",
        "determination",
        "diplomacy_logged",
        "enacted",
        "erc_outcome",
        "exhibits",
        "guide_published",
        "lead_assigned",
        "linked_incidents",
        "list_outcome",
        "listed",
        "missing_permissions",
        "open_tasks",
        "outcomes",
        "packets_issued",
        "petition",
        "positions",
        "purpose_statement",
        "recommendations",
        "record_frozen",
        "referral_outcome",
        "response_window",
        "set_aside",
        "stage",
        "subjects",
        "summary_cleared",
        "unanswered",
        "uncited",
        "unmarked_items",
        "unreviewed",
    }
)
