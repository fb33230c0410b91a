"""Who owns whom, as an SVG picture with words for those who cannot see it. Pure.

The same text goes into the page and into the packet. Owners stand above what they own; lines
run in the gutters between boxes, never through one. A share that is not known is dashed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from casework.pictures import svg
from casework.pictures.layout import Cell, grid
from casework.screening.picture_clusters import clustered
from casework.screening.picture_parts import Node, NodeKind, Picture, Tie, share_text

COLUMNS = 4
BOX_WIDE, BOX_GAP, SIDE = 128.0, 24.0, 20.0
SMALL = 8.5
LANE = 3.0
STEPS = 6  # heights over which the shares above one box are staggered

__all__ = ["Node", "NodeKind", "Picture", "Tie", "ownership_picture", "share_text"]


def ownership_picture(
    nodes: Sequence[Node], ties: Sequence[Tie], *, title: str, limit: int = 200
) -> Picture:
    """Picture of at most `limit` boxes; beyond that, like parties are drawn as one with a count.

    Raises KeyError if a tie names a party that is not among `nodes`.
    """
    words = _words(title, nodes, ties)
    nodes, ties = clustered(nodes, ties, limit)
    cells = grid([node.id for node in nodes], [(t.owner, t.owned) for t in ties], columns=COLUMNS)
    sheet = _Sheet(nodes, ties, cells)
    parts = [sheet.line(place) for place in range(len(ties))] + [sheet.box(n) for n in nodes]
    return Picture(svg.drawing(sheet.wide, sheet.high, words, parts), words, sheet.wide, sheet.high)


_TIES_TOLD = 12


def _words(title: str, nodes: Sequence[Node], ties: Sequence[Tie]) -> str:
    name = {node.id: node.label for node in nodes}
    told = [_told(tie, name) for tie in ties]
    more = len(told) - _TIES_TOLD
    rest = f" {more} further ties are in the table." if more > 0 else ""
    count = f"{title}: parties shown {len(nodes)}, ties shown {len(ties)}."
    return " ".join([count, *told[:_TIES_TOLD]]) + rest


def _told(tie: Tie, name: dict[str, str]) -> str:
    owner, owned = name[tie.owner], name[tie.owned]
    if tie.kind != "owns":
        return f"{owner} {tie.kind} {owned}."
    share = share_text(tie.low, tie.high)
    return f"{owner} owns {owned} ({share})."


class _Sheet:
    """Coordinates of one picture. Rows are as high as their tallest box needs."""

    def __init__(self, nodes: Sequence[Node], ties: Sequence[Tie], cells: dict[str, Cell]) -> None:
        self.ties, self.cells = ties, cells
        self.lines = {node.id: svg.wrap(node.label, BOX_WIDE - 14, 4) for node in nodes}
        self.notes = {node.id: _notes(node) for node in nodes}
        self.arrivals: dict[str, list[int]] = defaultdict(list)
        for place, tie in enumerate(ties):
            self.arrivals[tie.owned].append(place)
        used = [cell.column for cell in cells.values()]
        self.first = min(used, default=0)
        across = max(used, default=0) - self.first + 1
        self.wide = SIDE * 2 + across * (BOX_WIDE + BOX_GAP)
        self.tops, self.high = self._rows()

    def _rows(self) -> tuple[list[float], float]:
        tallest: dict[int, float] = defaultdict(float)
        labels: dict[int, int] = defaultdict(int)
        for node, cell in self.cells.items():
            tallest[cell.row] = max(tallest[cell.row], self.tall(node))
            labels[cell.row] = max(labels[cell.row], min(len(self.arrivals[node]), STEPS))
        tops, y = [], SIDE / 2
        for row in range(len(tallest)):
            y += 14.0 + LANE * 6 + 12.0 * labels[row] if row or labels[row] else 0.0
            tops.append(y)
            y += tallest[row]
        looping = any(self.cells[tie.owner].row == len(tallest) - 1 for tie in self.ties)
        return tops, y + (SIDE + LANE * 6 if looping else SIDE / 2)

    def tall(self, node: str) -> float:
        return svg.LINE * (len(self.lines[node]) + len(self.notes[node])) + 13.0

    def left(self, node: str) -> float:
        column = self.cells[node].column - self.first
        return SIDE + BOX_GAP / 2 + column * (BOX_WIDE + BOX_GAP)

    def top(self, node: str) -> float:
        return self.tops[self.cells[node].row]

    def box(self, node: Node) -> str:
        x, y, tall = self.left(node.id), self.top(node.id), self.tall(node.id)
        middle = x + BOX_WIDE / 2
        parts = [_outline(node, x, y, tall)]
        y += 5.0
        for line in self.lines[node.id]:
            y += svg.LINE
            parts.append(svg.label(line, middle, y - 2, weight=600))
        for note in self.notes[node.id]:
            y += svg.LINE
            parts.append(svg.label(note, middle, y - 2, size=SMALL, fill=svg.GREY))
        return svg.element("g", "".join(parts))

    def line(self, place: int) -> str:
        """Return the line of one tie with its arrow head and its share."""
        tie = self.ties[place]
        unknown = tie.low is None and tie.high is None
        points = self._route(place)
        path = "M" + " L".join(f"{svg.number(x)} {svg.number(y)}" for x, y in points)
        x, y = points[-1]
        dash: dict[str, object] = {"stroke_dasharray": "5 3"} if unknown else {}
        drawn = svg.element("path", d=path, fill="none", stroke=svg.INK, stroke_width=1.1, **dash)
        head = f"M{svg.number(x - 3.5)} {svg.number(y - 7)} L{svg.number(x + 3.5)} "
        head += f"{svg.number(y - 7)} L{svg.number(x)} {svg.number(y)} Z"
        return drawn + svg.element("path", d=head, fill=svg.INK) + self._share(place, x, y)

    def _share(self, place: int, x: float, y: float) -> str:
        tie = self.ties[place]
        text = share_text(tie.low, tie.high) if tie.kind == "owns" else tie.kind
        text = "unknown" if text == "share unknown" else text
        arrivals = self.arrivals[tie.owned]
        at = (len(arrivals) - 1 - arrivals.index(place)) % STEPS
        y -= 4.0 + 11.0 * at
        ground = svg.element(
            "rect", x=x + 3, y=y - 8, width=svg.width(text, 9.0) + 2, height=10.0, fill="#ffffff"
        )
        return ground + svg.label(text, x + 4, y, anchor="start", size=9.0)

    def _route(self, place: int) -> list[tuple[float, float]]:
        """Return corners of a line: out below, along the gutters, in from above."""
        tie = self.ties[place]
        owner, owned = self.cells[tie.owner], self.cells[tie.owned]
        lane = LANE * ((owner.column + owner.row) % 5)
        out_x = self.left(tie.owner) + BOX_WIDE / 2
        out_y = self.top(tie.owner) + self.tall(tie.owner)
        inn = self.arrivals[tie.owned]
        in_x = self.left(tie.owned) + BOX_WIDE * (inn.index(place) + 1) / (len(inn) + 1)
        in_y = self.top(tie.owned)
        above = in_y - 15.0 - 11.0 * min(len(inn), STEPS) - lane
        if owned.row == owner.row + 1:
            return [(out_x, out_y), (out_x, above), (in_x, above), (in_x, in_y)]
        following = [top for top in self.tops if top > out_y]
        below = (following[0] if following else self.high) - LANE * 6 - 14.0 + lane
        gutter = self.left(tie.owned) - BOX_GAP / 2 - LANE * 2 + lane
        corners = [(out_x, out_y), (out_x, below), (gutter, below)]
        return [*corners, (gutter, above), (in_x, above), (in_x, in_y)]


def _notes(node: Node) -> list[str]:
    """Return the small lines under a name, shortened to one line each."""
    owned = [f"and {node.below} owned, in the table"] if node.below else []
    return [
        svg.wrap(note, BOX_WIDE, 1)[0] for note in [*([node.note] if node.note else []), *owned]
    ]


def _outline(node: Node, x: float, y: float, tall: float) -> str:
    """Return the box; the shape tells the kind: square, rounded or cut corners."""
    look: dict[str, object] = {
        "fill": "#ffffff",
        "stroke": svg.INK,
        "stroke_width": 2.4 if node.subject else 1.0,
    }
    if node.count > 1:
        look["stroke_dasharray"] = "2 2"
    if node.kind is NodeKind.STATE_BODY:
        cut, right, foot = 9.0, x + BOX_WIDE, y + tall
        corners = [(x + cut, y), (right - cut, y), (right, y + cut), (right, foot - cut)]
        corners += [(right - cut, foot), (x + cut, foot), (x, foot - cut), (x, y + cut)]
        points = " ".join(f"{svg.number(a)},{svg.number(b)}" for a, b in corners)
        return svg.element("polygon", points=points, **look)
    round_: dict[str, object] = {"rx": min(tall / 2, 18.0)} if node.kind is NodeKind.PERSON else {}
    return svg.element("rect", x=x, y=y, width=BOX_WIDE, height=tall, **round_, **look)
