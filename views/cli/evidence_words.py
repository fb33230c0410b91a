"""What `flask evidence analyze` says of a report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from casework.evidence.usage.reasons import REASONS

Document = Mapping[str, Any]

KEYS = ("rows", "rejected", "accounts", "engine", "input_sha256")
CLUSTER_KEYS = ("cluster_id", "accounts", "exchanges", "attention")
STATES = {
    "shown": "shown",
    "not_shown": "not shown",
    "cannot_be_computed": "cannot be computed",
}


def contract_of(document: Document) -> dict[str, Any]:
    """The answer that scripts rely on; the whole report lies in report.json."""
    return {
        **{key: document[key] for key in KEYS},
        "clusters": [
            {
                **{key: cluster[key] for key in CLUSTER_KEYS},
                "factors": cluster["factors"],
            }
            for cluster in document["clusters"]
        ],
    }


def summary_of(document: Document, out: Path) -> str:
    """Plain lines: rows, clusters with the state of each factor, and where the rest lies."""
    clusters = document["clusters"]
    first = [cluster for cluster in clusters if cluster["attention"]]
    lines = [
        (
            f"{_counted(document['rows'], 'row')}, {document['rejected']:,} of them set aside; "
            f"{_counted(document['accounts'], 'account')}; {_counted(len(clusters), 'cluster')}, "
            f"{len(first)} to look at first."
        ),
        *(_line(cluster) for cluster in first),
        (
            "This offers facts and decides nothing: shared accounts, prompts and addresses have "
            "lawful explanations, which the report tests."
        ),
        f"Report: {out / 'report.json'}",
    ]
    return "\n".join(lines)


def reasons_in_words(reasons: Mapping[str, int]) -> str:
    """The most frequent first: `12 rows: not a time (E03)`."""
    ordered = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return "; ".join(
        f"{_counted(count, 'row')}: {REASONS[code]} ({code})" for code, count in ordered
    )


def _line(cluster: Document) -> str:
    states = ", ".join(
        f"({part}) {STATES[factor['state']]}" for part, factor in cluster["factors"].items()
    )
    return (
        f"{cluster['cluster_id']}: {_counted(cluster['accounts'], 'account')}, "
        f"{_counted(cluster['exchanges'], 'exchange')}: {states}"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
