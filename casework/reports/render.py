"""From the contents of a report to its HTML and its archival PDF, as packets are drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import rfc8785

from casework.packets import fonts
from casework.packets.box import Limits, Rendered
from casework.packets.manifest import SHORT
from casework.packets.render import Paper, render_pdf, set_in_style, software
from casework.reports.document import Document, digest, to_json

MANIFEST = "extraction-docket/report-manifest/1"


def build_html(document: Document, *, paper: Paper = "letter") -> str:
    sha256 = digest(document)
    return set_in_style(
        "report.html",
        paper=paper,
        report=document,
        cover=document.cover,
        digest=sha256,
        short=sha256[:SHORT],
        numbers=frozenset(),
        names={},
    )


def attachments(document: Document) -> dict[str, bytes]:
    """Return the files embedded in the PDF, by name; report.json is the whole of the contents."""
    form: dict[str, Any] = {
        "format": MANIFEST,
        "kind": document.cover.kind,
        "edition": document.cover.edition,
        "case": document.cover.case,
        "banner": document.cover.banner,
        "training": document.cover.training,
        "prepared": document.cover.prepared.isoformat(),
        "contents": {"file": "report.json", "sha256": digest(document)},
        "software": software(),
        "fonts": fonts.digests(),
    }
    return {"manifest.json": rfc8785.dumps(form), "report.json": to_json(document)}


def render_report(
    document: Document,
    *,
    cache: Path,
    paper: Paper = "letter",
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Rendered:
    """PDF/A-3a that claims PDF/UA-1 too; the same contents give the same bytes.

    Raises RenderFailed, and GlyphsMissing where no installed font has a character.
    """
    return render_pdf(
        build_html(document, paper=paper),
        issued=document.cover.prepared,
        attachments=attachments(document),
        cache=cache,
        limits=limits,
    )
