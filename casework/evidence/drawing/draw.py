"""Every picture of a cluster, and the files of pictures of a report. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from casework.evidence.drawing.capabilities import capabilities
from casework.evidence.drawing.folding import ranked
from casework.evidence.drawing.frame import Picture
from casework.evidence.drawing.lives import evenly, lives
from casework.evidence.drawing.lorenz import lorenz
from casework.evidence.drawing.network import network
from casework.evidence.drawing.series import Series, attended, series_of
from casework.evidence.drawing.volume import volume
from casework.evidence.drawing.week import week

_ROWS_ON_PAPER, _HOURS_ON_PAPER, _STEPS_ON_PAPER, _LIVES_ON_PAPER = 10, 3, 4, 20
_INDICATORS_ON_PAPER, _GROUPS_ON_PAPER = 12, 16


def draw(report: Mapping[str, Any], cluster_id: str) -> dict[str, Picture]:
    """Name of a picture to the picture, in the order in which they are shown, for a screen.

    Raises NotFound where the report has no such cluster.
    """
    series = series_of(report, cluster_id)
    return {
        "volume": volume(series),
        "week": week(series),
        "capabilities": capabilities(series),
        "network": network(series),
        "lives": lives(series),
        "lorenz": lorenz(series),
    }


def draw_on_paper(series: Series) -> dict[str, Picture]:
    """The same with fewer rows in tables and in the taller pictures."""
    return {
        "volume": volume(series, most_rows=_ROWS_ON_PAPER),
        "week": week(series, hours=_HOURS_ON_PAPER),
        "capabilities": capabilities(series),
        "network": network(series, indicators=_INDICATORS_ON_PAPER, groups=_GROUPS_ON_PAPER),
        "lives": lives(series, most=_LIVES_ON_PAPER),
        "lorenz": lorenz(series, steps=_STEPS_ON_PAPER),
    }


def for_paper(series: Series) -> Series:
    """The series without what `draw_on_paper` would not draw."""
    shown = {node.id for node in ranked(series.nodes)[:_INDICATORS_ON_PAPER]}
    return replace(
        series,
        lives=evenly(series.lives, _LIVES_ON_PAPER),
        edges=tuple(edge for edge in series.edges if edge.indicator in shown),
    )


def plots_for(report: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """File name and SVG of every picture of every cluster with attention, the largest first."""
    for cluster_id in attended(report):
        for name, picture in draw(report, cluster_id).items():
            yield f"{cluster_id}-{name}.svg", picture.svg
