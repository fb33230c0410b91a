"""Reports of invented analyses, as small or as long as a test asks for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

FIRST = date(2026, 4, 15)
LONG = "acc_" + "9f" * 30
CHINESE = "推理过程的逐步引出与评分标准的自动生成以及代码审查"
STATES = {"i": "shown", "ii": "shown", "iii": "shown", "iv": "cannot_be_computed"}


def report(clusters: int = 1, **changes: Any) -> dict[str, Any]:
    """`changes` go to every cluster; `markers` to the report."""
    markers = changes.pop("markers", {"releases": [], "rival_releases": []})
    return {
        "rows": 1234,
        "rejected": 5,
        "accounts": 60,
        "apart": {"accounts": 3, "by_kind": {}},
        "baseline": {"accounts": 40, "exchanges": 900, "source": "unclustered"},
        "cannot_see": ["This log cannot show who controls the accounts."],
        "parameters": {"set": "2026-11"},
        "markers": markers,
        "clusters": [cluster(f"C{at}", 30 - at, **changes) for at in range(1, clusters + 1)],
    }


def cluster(name: str, accounts: int, **changes: Any) -> dict[str, Any]:
    return {
        "cluster_id": name,
        "accounts": accounts,
        "exchanges": 700,
        "grade": "two families",
        "first": "2026-04-15T03:00:00Z",
        "last": "2026-04-20T09:00:00Z",
        "factors": {part: factor(part, state) for part, state in STATES.items()},
        "innocent": [
            {"id": "office", "title": "Shared office network", "tested": True,
             "fits": "does_not_fit", "because": "The rows come from 9 countries.", "figures": {}},
            {"id": "course", "title": "University course", "tested": False,
             "fits": "cannot_be_tested", "because": "The log has no prompts.", "figures": {}},
        ],
        "contrary": ["Activity ended 20 days before the rival's release."],
        "attention": True,
        "series": series(),
        **changes,
    }  # fmt: skip


def factor(part: str, state: str) -> dict[str, Any]:
    missing = ["a marker of a rival's release"] if state == "cannot_be_computed" else []
    name = "gini" if part == "i" else f"measure_{part}"
    measure = {
        "value": None if missing else 0.34,
        "unit": "0 to 1",
        "formula": "f",
        "baseline": 0.6,
        "range": [0.3, 0.4],
        "threshold": "at most 0.45",
        "shown": not missing,
        "decides": True,
        "missing": missing,
        "sentence": f"The sentence of ({part}).",
        "twin": "A course or small team.",
    }
    return {"state": state, "missing": missing, "measures": {name: measure}}


def series(days: int = 6, lives: int = 3, groups: int = 4, **changes: Any) -> dict[str, Any]:
    nodes, edges = network(groups)
    return {
        "daily": [
            [(FIRST + timedelta(days=at)).isoformat(), 100 + at, 10 * at, 150] for at in range(days)
        ],
        "week": [[at // 24, at % 24, at % 7] for at in range(168)],
        "capabilities": [["chat", 0.1, 0.5], [CHINESE, 0.6, 0.2], ["x" * 60, 0.3, 0.3]],
        "lives": [life(at) for at in range(lives)],
        "network": {"nodes": nodes, "edges": edges},
        "lorenz": [[0.0, 0.0], [0.5, 0.3], [1.0, 1.0]],
        **changes,
    }


def life(at: int) -> list[Any]:
    """Each account begins 12 hours after the last exchange of the one before."""
    begin = datetime(2026, 4, 15, tzinfo=UTC) + timedelta(hours=36 * at)
    return [f"{LONG}-{at}", begin.isoformat(), (begin + timedelta(hours=24)).isoformat(), 40 + at]


def network(groups: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    kinds = ("address", "payment", "template", "near_template", "timing")
    nodes = [
        {"id": f"i{at}", "kind": kind, "label": f"{kind}-{LONG}", "accounts": 9 - at}
        for at, kind in enumerate(kinds)
    ]
    nodes += [
        {"id": f"a{at}", "kind": "accounts", "label": f"{at + 1} accounts", "accounts": at + 1}
        for at in range(groups)
    ]
    edges = [
        {"from": f"a{at}", "to": f"i{(at + more) % 5}", "accounts": at + 1, "exchanges": 8}
        for at in range(groups)
        for more in range(2)
    ]
    return nodes, edges
