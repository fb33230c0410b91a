"""What a report offers to the findings. Pure.

An offer is a fact with its place in the report. It sets no answer: whoever answers cites it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Offer:
    """A sentence about one factor, its place in report.json, and whether it speaks against."""

    factor: str
    sentence: str
    pinpoint: str
    speaks_against: bool = False


def offers(document: Mapping[str, Any]) -> list[Offer]:
    """Facts of the clusters with attention for the four factors, deciding measures first.

    Of each factor: the measures that reach their threshold, and beside them, as speaking against,
    those that do not; what could not be computed is offered to nobody.
    """
    return [
        offer
        for cluster in document["clusters"]
        if cluster["attention"]
        for part in cluster["factors"]
        for offer in _of_factor(cluster, part)
    ]


def _of_factor(cluster: Mapping[str, Any], part: str) -> list[Offer]:
    name = cluster["cluster_id"]
    return [
        Offer(
            part,
            f"Cluster {name}: {measure['sentence']}",
            f"report.json, cluster {name}, factor ({part}), measure {id_}",
            speaks_against=not measure["shown"],
        )
        for id_, measure in cluster["factors"][part]["measures"].items()
        if measure["decides"] and measure["value"] is not None
    ]
