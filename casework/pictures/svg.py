"""SVG primitives for the pictures: safe text, measured text, wrapped text. Pure.

Only presentation attributes are used: no style element, no inline style, no script, no link,
so the same text passes a strict content security policy and the packet's closed renderer.
"""

from __future__ import annotations

import unicodedata
from html import escape

FONT_SIZE = 10.5
LINE = 13.0
FACES = "Public Sans, Noto Sans, Noto Sans CJK SC, Noto Sans Arabic, sans-serif"
INK = "#1b1b1b"
GREY = "#565c65"

_LATIN_END = "\u024f"

# Persian and Indic spelling needs these two invisible signs.
_JOINERS = "\u200c\u200d"

# Mean advance in em of Public Sans, measured on running English text; other
# alphabets are wider, and full-width forms fill one em.
_NARROW, _CAPITAL, _OTHER, _FULL = 0.56, 0.69, 0.66, 1.0


def printable(text: str) -> str:
    """`text` with line breaks as spaces and every control or direction override as U+FFFD.

    An override could make one company's name read as another's; XML forbids most controls.
    """
    return "".join(
        "\ufffd"
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Cn") and char not in _JOINERS
        else char
        for char in " ".join(text.split())
    )


def safe(text: str) -> str:
    return escape(printable(text), quote=True)


def width(text: str, size: float = FONT_SIZE) -> float:
    """Estimated width in user units at `size`; combining marks take no room."""
    return size * sum(_advance(char) for char in text)


def _advance(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return _FULL
    if char > _LATIN_END:
        return _OTHER
    return _CAPITAL if char.isupper() else _NARROW


def wrap(text: str, room: float, lines: int, size: float = FONT_SIZE) -> list[str]:
    """At most `lines` lines no wider than `room`; a cut text ends in an ellipsis.

    Words too wide for a line are broken, and Chinese, Japanese or Korean breaks anywhere.
    """
    done: list[str] = []
    line = ""
    for piece in _pieces(printable(text), room, size):
        if line and width(line + piece.rstrip(), size) > room:
            done.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    done.append(line.rstrip())
    if len(done) > lines:
        done = [*done[: lines - 1], _shortened(done[lines - 1], room, size)]
    return done


def _pieces(text: str, room: float, size: float) -> list[str]:
    pieces: list[str] = []
    for word in text.split(" "):
        piece = ""
        for char in word:
            wide = unicodedata.east_asian_width(char) in ("W", "F")
            if piece and (wide or width(piece + char, size) > room):
                pieces.append(piece)
                piece = ""
            piece += char
        pieces.append(piece + " ")
    return pieces


def _shortened(line: str, room: float, size: float) -> str:
    while line and width(line + "…", size) > room:
        line = line[:-1]
    return line.rstrip() + "…"


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """`name` with attributes in the order given; an underscore in a name becomes a hyphen."""
    given = "".join(
        f' {key.replace("_", "-")}="{number(value) if isinstance(value, float) else value}"'
        for key, value in attributes.items()
    )
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def label(
    text: str,
    x: float,
    y: float,
    *,
    anchor: str = "middle",
    size: float = FONT_SIZE,
    weight: int = 400,
    fill: str = INK,
) -> str:
    return element(
        "text",
        safe(text),
        x=x,
        y=y,
        text_anchor=anchor,
        font_family=FACES,
        font_size=size,
        font_weight=weight,
        fill=fill,
    )


def drawing(wide: float, high: float, title: str, parts: list[str]) -> str:
    """Return the whole picture on white ground, as one image with one title."""
    ground = element("rect", x=0, y=0, width=wide, height=high, fill="#ffffff")
    return element(
        "svg",
        element("title", safe(title)) + ground + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(wide)} {number(high)}",
        width=wide,
        height=high,
        role="img",
    )
