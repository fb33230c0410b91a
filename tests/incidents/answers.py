"""What a reporter types: a whole report, as plain value and as sent form fields."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from casework.incidents.report import Answer, Handling, IncidentReport, SourceLine, Trait, Volume


def report(**changes: Any) -> IncidentReport:
    whole = IncidentReport(
        title="Prompts that draw out reasoning",
        narrative="Accounts with one payment card asked for worked steps all night.",
        channel="owner_report",
        reporter_name="Rosa Lind",
        owner_name="Lantern Models",
        model_name="Lantern 4",
        accuser="Lantern Models",
        alleged_on=date(2026, 6, 10),
        allegation="Orchid Compute is alleged to have collected reasoning traces.",
        recreation=Trait("yes", "Weights are not published."),
        window_start=date(2026, 3, 1),
        window_end=date(2026, 5, 31),
        exchanges=Volume(16_000_000, "over"),
        terms={"capability": ("coding", "reasoning_trace"), "method": ("cot_elicitation",)},
        answer=Answer("none_found", on=date(2026, 6, 12)),
        sources=(SourceLine("Abuse report", "Lantern Models", basis="owner_telemetry"),),
        handling=(Handling("model", owner_confidential=True, tlp="TLP:AMBER"),),
    )
    return replace(whole, **changes)


def fields(**changes: Any) -> dict[str, Any]:
    """The form as a browser sends it; None leaves a field out."""
    typed: dict[str, Any] = {
        "draft_key": str(uuid4()),
        "window": uuid4().hex,
        "seen": "0",
        "channel": "owner_report",
        "reporter_name": "Rosa Lind",
        "title": "Prompts that draw out reasoning",
        "owner_name": "Lantern Models",
        "model_name": "Lantern 4",
        "recreation": "yes",
        "terms": "yes",
        "interface": "unknown",
        "window_start": "2026-03-01",
        "window_end": "2026-05-31",
        "exchanges_qualifier": "over",
        "exchanges": "16,000,000",
        "accounts_qualifier": "",
        "tokens_qualifier": "",
        "narrative": "Accounts with one payment card asked for worked steps.",
        "capability": ["coding", "reasoning_trace"],
        "accuser": "Lantern Models",
        "alleged_on": "2026-06-10",
        "allegation": "Orchid Compute is alleged to have collected reasoning traces.",
        "confidence": "",
        "claim_status": "alleged",
        "response": "none_found",
        "response_on": "2026-06-12",
        "sources-0-title": "Abuse report",
        "sources-0-basis": "owner_telemetry",
        **{f"handling-{row}-{name}": "" for row in range(6) for name in ("tlp", "cui_category")},
        "handling-0-owner_confidential": "y",
        "handling-0-tlp": "TLP:AMBER",
        "then": "review",
        **changes,
    }
    return {name: value for name, value in typed.items() if value is not None}


def count(db, table):
    return db.scalar(sa.select(sa.func.count()).select_from(table))


def send(client, key, version="1"):
    """Press the button of the review page."""
    return client.post_form(
        f"/incidents/drafts/{key}/review", {"submission_key": key, "version": version}
    )


def submit(client, typed):
    client.post_form("/incidents/new", typed)
    return send(client, typed["draft_key"])
