"""The words of an invented report, case and exhibit, as the factories fill them in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

AT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
OWNER = "Lantern Models"

REPORT: dict[str, Any] = {
    "state": "submitted",
    "title": "Long runs of similar prompts from related accounts",
    "narrative": "Accounts that share a payment card asked for worked solutions at night.",
    "channel": "owner_report",
    "submitted_at": AT,
    "owner_name": OWNER,
    "model_name": "Lantern 4",
    "recreation": "yes",
    "recreation_note": "",
    "terms": "yes",
    "terms_note": "",
    "interface": "yes",
    "interface_note": "",
    "window_start": date(2026, 3, 1),
    "window_end": date(2026, 5, 31),
    "window_note": "",
    "exchanges": 120_000,
    "exchanges_qualifier": "about",
    "accounts": 340,
    "accounts_qualifier": "",
    "tokens": None,
    "tokens_qualifier": "",
    "accuser": OWNER,
    "alleged_on": date(2026, 6, 10),
    "allegation": "The accounts are alleged to have copied reasoning abilities of the model.",
    "confidence": "high",
    "verified": False,
    "claim_status": "alleged",
    "response": "none_found",
    "response_text": "",
    "response_on": None,
    "response_source": "",
}

EXHIBIT: dict[str, Any] = {
    "title": "Log extract of related accounts",
    "description": "",
    "bearing": "supports",
    "received_from": OWNER,
    "dated_on": date(2026, 6, 1),
    "received_at": AT,
    "file_name": "extract.csv",
    "media_type": "text/csv",
    "malware": "unscanned",
}

MARKING: dict[str, Any] = {
    "item": "file",
    "owner_confidential": True,
    "trade_secret": False,
    "tlp": "AMBER",
    "cui_category": "",
}

CASE: dict[str, Any] = {
    "title": "Alleged copying of reasoning abilities",
    "summary": "One owner alleges that related accounts copied a model.",
}
