"""What pages show of a report without opening its exhibit. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.evidence.analysis.offers import Offer, offers
from casework.statute.uses import FACTORS


def summary_of(report: Mapping[str, Any]) -> dict[str, Any]:
    """The clusters in the order in which they deserve attention, then by size, with the state of
    each factor; and the facts that the report offers for each factor. No score, there is none.
    """
    return {
        "rows": report["rows"],
        "accounts": report["accounts"],
        "apart": report["apart"]["accounts"],
        "clusters": [_line(row) for row in sorted(report["clusters"], key=_order)],
        "offers": [_fact(offer) for offer in offers(report)],
    }


def _order(row: Mapping[str, Any]) -> tuple[bool, int, int, str]:
    name = str(row["cluster_id"])
    return (not row["attention"], -row["accounts"], len(name), name)


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("cluster_id", "accounts", "exchanges", "attention")
    return {name: row[name] for name in kept} | {
        "states": {factor: row["factors"][factor]["state"] for factor in FACTORS},
        "fits": [test["title"] for test in row["innocent"] if test["fits"] == "fits"],
    }


def _fact(offer: Offer) -> dict[str, Any]:
    return {
        "factor": offer.factor,
        "sentence": offer.sentence,
        "pinpoint": offer.pinpoint,
        "against": offer.speaks_against,
    }
