"""From the contents of a packet to its HTML, and from HTML to an archival PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from casework.packets import box, fonts, lettering
from casework.packets.box import Limits, Rendered
from casework.packets.contents import PacketContents
from casework.packets.drawings import ownership, plots, timelines
from casework.packets.manifest import SHORT, contents_digest, contents_json, manifest
from casework.packets.outline import citing, outline

_ROOT = Path(__file__).resolve().parents[2]
_TEMPLATES = _ROOT / "templates" / "documents"
_STYLE = _ROOT / "static" / "css" / "document.css"

Paper = Literal["letter", "a4"]


def _shown(value: object) -> object:
    """Every value a template prints passes here: signs made visible, redactions boxed."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    parts = lettering.pieces(lettering.visible(value))
    return Markup("").join(
        Markup('<span class="redacted">{}</span>').format(part[1:-1]) if at % 2 else escape(part)
        for at, part in enumerate(parts)
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=lettering.day,
        hour=lettering.hour,
        instant=lettering.instant,
        size=lettering.size,
        word=lettering.word,
        percent=lettering.percent,
        language=lettering.language,
        halves=lettering.halves,
    )
    return environment


_ENVIRONMENT = _environment()


def set_in_style(template: str, *, paper: Paper = "letter", **context: object) -> str:
    """One self-contained HTML document out of templates/documents; every value is escaped.

    What a template prints of `context` passes `_shown`. `style` is given to it besides.
    """
    style = _STYLE.read_text(encoding="utf-8")
    size = "A4" if paper == "a4" else "Letter"
    return _ENVIRONMENT.get_template(template).render(
        **context,
        style=Markup(f"@page{{size:{size}}}\n{style}"),  # noqa: S704 - our own style sheet
    )


def build_html(contents: PacketContents, *, paper: Paper = "letter") -> str:
    """One self-contained HTML document; no text of a case reaches it unescaped.

    Raises InvalidValue for an unknown section and KeyError for a tie to an unknown party.
    """
    return set_in_style(
        "packet.html",
        paper=paper,
        packet=contents,
        cover=contents.cover,
        sections=outline(contents),
        citing=citing(contents),
        numbers={exhibit.number for exhibit in contents.exhibits},
        names={entity.reference: entity.names[0] for entity in contents.entities},
        digest=contents_digest(contents),
        short=contents_digest(contents)[:SHORT],
        ownership=ownership(contents),
        timelines=timelines(contents),
        plots=plots(contents),
    )


def render_pdf(
    html: str,
    *,
    issued: datetime,
    attachments: Mapping[str, bytes],
    cache: Path,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Rendered:
    """PDF/A-3a that claims PDF/UA-1 too; the same input gives the same bytes.

    `issued` (aware) dates the attachments. `cache` is a writable folder for the font cache.
    Raises RenderFailed, and GlyphsMissing where no installed font has a character.
    """
    return box.draw(
        html,
        issued=issued,
        attachments=attachments,
        limits=limits,
        font_configuration=fonts.configuration(cache),
    )


def render_packet(
    contents: PacketContents,
    *,
    cache: Path,
    paper: Paper = "letter",
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Rendered:
    """Draw the whole packet with manifest.json and packet.json inside it."""
    return render_pdf(
        build_html(contents, paper=paper),
        issued=contents.cover.prepared,
        attachments=attachments(contents),
        cache=cache,
        limits=limits,
    )


def attachments(contents: PacketContents) -> dict[str, bytes]:
    """Return the files embedded in the PDF, by name."""
    return {
        "manifest.json": manifest(contents, software=software(), fonts=fonts.digests()),
        "packet.json": contents_json(contents),
    }


def software() -> dict[str, str]:
    """Versions of what decides how a page is set, by package."""
    return {name: version(name) for name in ("weasyprint", "pydyf", "fonttools", "pikepdf")}
