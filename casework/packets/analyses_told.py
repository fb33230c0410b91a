"""From the report of an analysis to what a packet says of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from casework.evidence.drawing.draw import for_paper
from casework.evidence.drawing.series import attended, series_of
from casework.packets.analyses import Cluster, ClusterLine, FactorTold, Innocent, Measured
from casework.packets.facts import Figure
from casework.packets.words import Fit, Showing
from casework.statute.uses import FACTORS

# More would be a book; what is left has a line in a table and stands whole in the exhibit.
MOST_CLUSTERS = 3

Report = Mapping[str, Any]


def clusters_told(
    report: Report, titles: Mapping[str, str]
) -> tuple[tuple[Cluster, ...], tuple[ClusterLine, ...]]:
    """The largest clusters with attention in full, and every other in a line, by size.

    `titles` are those of the elements that ask about a factor, by factor.
    """
    named = list(attended(report))[:MOST_CLUSTERS]
    rows = {row["cluster_id"]: row for row in report["clusters"]}
    others = [row for name, row in rows.items() if name not in named]
    return (
        tuple(_cluster(report, rows[name], titles) for name in named),
        tuple(_line(row) for row in sorted(others, key=lambda row: -row["accounts"])),
    )


def _cluster(report: Report, row: Report, titles: Mapping[str, str]) -> Cluster:
    return Cluster(
        name=row["cluster_id"],
        accounts=row["accounts"],
        exchanges=row["exchanges"],
        first=_time(row["first"]),
        last=_time(row["last"]),
        factors=tuple(_factor(name, row["factors"][name], titles) for name in FACTORS),
        innocent=tuple(
            Innocent(test["title"], Fit(test["fits"]), test["because"]) for test in row["innocent"]
        ),
        contrary=tuple(row["contrary"]),
        series=for_paper(series_of(report, row["cluster_id"])),
    )


def _factor(name: str, found: Report, titles: Mapping[str, str]) -> FactorTold:
    return FactorTold(
        name,
        titles.get(name, ""),
        Showing(found["state"]),
        tuple(found["missing"]),
        tuple(_measured(row) for row in found["measures"].values() if row["decides"]),
    )


def _measured(row: Report) -> Measured:
    known = row["value"] is not None
    reached = "not known" if not known else "yes" if row["shown"] else "no"
    return Measured(row["sentence"], row["threshold"] or "", reached, row["twin"])


def _line(row: Report) -> ClusterLine:
    return ClusterLine(
        row["cluster_id"],
        row["accounts"],
        row["exchanges"],
        tuple(Showing(row["factors"][name]["state"]) for name in FACTORS),
        tuple(test["title"] for test in row["innocent"] if test["fits"] == Fit.FITS),
    )


def compared_with(report: Report) -> str:
    rest = report["baseline"]
    who = {
        "unclustered": "the accounts of the log that are in no cluster",
        "declared": "the accounts that the owner declared as ordinary",
    }.get(rest["source"], rest["source"])
    return f"{rest['accounts']:,} accounts with {rest['exchanges']:,} exchanges: {who}."


def marks_told(report: Report) -> list[Figure]:
    """Dated events outside the log, each with its source."""
    events = [("Released by the owner", row) for row in report["markers"]["releases"]]
    events += [
        (f"Event of another model ({row.get('kind', 'release')})", row)
        for row in report["markers"]["rival_releases"]
    ]
    return [Figure(label, _event(row)) for label, row in events]


def _event(row: Report) -> str:
    when = row["ts"] if "ts" in row else f"{row['from']} to {row['to']}"
    sure = f", confidence {row['confidence']}" if row.get("confidence") else ""
    return f"{row['model']}, {when} (source: {row.get('source') or 'not given'}{sure})"


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
