"""The pictures of a packet, drawn from its contents. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from casework.evidence.drawing.draw import draw_on_paper
from casework.evidence.drawing.frame import Picture
from casework.evidence.drawing.series import Series
from casework.packets.contents import PacketContents
from casework.packets.facts import Entity, Incident
from casework.packets.lettering import visible
from casework.packets.words import LABELS, ClaimStatus
from casework.screening.picture import Node, NodeKind, Tie, ownership_picture
from casework.screening.picture_timeline import Span, timeline_picture

# What one printed page holds legibly; the table under the picture lists everything.
BOXES_PER_PAGE = 28
ROWS_PER_PAGE = 12


@dataclass(frozen=True, slots=True)
class Drawing:
    """`svg` is our own markup, with every name in it escaped by the picture module."""

    svg: Markup
    wide: float


def ownership(contents: PacketContents) -> Drawing | None:
    """Picture of the ties, or None where there is none to draw."""
    if not contents.relations:
        return None
    tied = {name for tie in contents.relations for name in (tie.owner, tie.owned)}
    nodes = [_node(entity) for entity in contents.entities if entity.reference in tied]
    ties = [
        Tie(tie.owner, tie.owned, tie.low, tie.high, visible(tie.kind))
        for tie in contents.relations
    ]
    picture = ownership_picture(nodes, ties, title="Ownership and other ties", limit=BOXES_PER_PAGE)
    return Drawing(Markup(picture.svg), picture.wide)  # noqa: S704 - escaped by the module


def _node(entity: Entity) -> Node:
    country = next((fact.country for fact in entity.countries if fact.country), "")
    note = f"{entity.reference}, {country}" if country else entity.reference
    return Node(
        entity.reference,
        visible(entity.names[0].text),
        NodeKind(entity.kind.value),
        visible(note),
        subject=entity.subject,
    )


def timelines(contents: PacketContents) -> tuple[Drawing, ...]:
    """Pictures of the incidents in their order, a page's worth each; () without incidents."""
    spans = [_span(incident) for incident in contents.incidents]
    parts = [spans[at : at + ROWS_PER_PAGE] for at in range(0, len(spans), ROWS_PER_PAGE)]
    pictures = [timeline_picture(part, title="Incidents over time") for part in parts]
    return tuple(Drawing(Markup(picture.svg), picture.wide) for picture in pictures)  # noqa: S704


def _span(incident: Incident) -> Span:
    """Bar of an incident under the weakest status of its claims: nothing is drawn as settled
    while a claim about it is only alleged.
    """
    statuses = {claim.status for claim in incident.claims}
    word = next((LABELS[status] for status in ClaimStatus if status in statuses), "No claim")
    label = visible(f"{incident.reference} {incident.title}")
    return Span(label, incident.first, incident.last, word)


# By the number of columns; any other number of columns are of one width.
_WIDTHS = {
    4: ("w34", "w22", "w22", "w25"),
    5: ("w27", "w22", "w22", "w13", "w16"),
}


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture of a cluster; `picture` brings its words and the numbers behind it."""

    svg: Markup
    picture: Picture

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Headings of the table behind it with the classes of their widths."""
        header = self.picture.table.header
        return list(zip(header, _WIDTHS.get(len(header), [""] * len(header)), strict=True))


def plots(contents: PacketContents) -> Mapping[tuple[int, str], tuple[Plot, ...]]:
    """Exhibit number of an analysis and name of a cluster to the pictures of that cluster."""
    return {
        (analysis.exhibit, cluster.name): tuple(
            Plot(Markup(picture.svg), picture)  # noqa: S704 - escaped by the module
            for picture in draw_on_paper(_spelled(cluster.series)).values()
        )
        for analysis in contents.analyses
        for cluster in analysis.clusters
    }


def _spelled(series: Series) -> Series:
    """The series with signs that nobody sees made visible in every name."""
    return replace(
        series,
        capabilities=tuple(replace(one, name=visible(one.name)) for one in series.capabilities),
        lives=tuple(replace(one, account=visible(one.account)) for one in series.lives),
        nodes=tuple(replace(one, label=visible(one.label)) for one in series.nodes),
        marks=tuple(replace(one, words=visible(one.words)) for one in series.marks),
    )
