"""The typefaces of a packet: where they are, whether they really draw, and their digests.

Only the folders named here are seen by the renderer, so that the same packet looks the same,
and has the same digest, on every machine with the same versions.
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from casework.packets.box import GlyphsMissing, Limits, draw

_TYPEFACES = ("fontpkg_source_serif_4", "fontpkg_public_sans")
_SYSTEM = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/truetype/noto"))
_DIGESTED = ("NotoSansCJK-Regular.ttc", "NotoSans-Regular.ttf")


@dataclass(frozen=True, slots=True)
class Sample:
    """Words that need a font, the package that brings it, and the script's name."""

    text: str
    package: str
    script: str


SAMPLES = (
    Sample("深度求索", "fonts-noto-cjk", "Chinese"),
    Sample("Газпром", "fonts-noto-core", "Cyrillic"),
    Sample("عربي", "fonts-noto-core", "Arabic"),
)


def directories() -> tuple[Path, ...]:
    """Return the folders that are searched; those of packages first."""
    specs = [importlib.util.find_spec(name) for name in _TYPEFACES]
    packaged = [Path(spec.origin).parent / "files" for spec in specs if spec and spec.origin]
    return (*packaged, *_SYSTEM)


def configuration(folder: Path, *, searched: tuple[Path, ...] | None = None) -> Path:
    """Path of a fontconfig file in `folder`, written if it is not there or not the same."""
    places = directories() if searched is None else searched
    lines = "".join(f"<dir>{escape(str(place))}</dir>" for place in places)
    text = f"<fontconfig>{lines}<cachedir>{escape(str(folder / 'fontconfig'))}</cachedir>"
    text = f'<?xml version="1.0"?>\n{text}</fontconfig>\n'
    path = folder / "fonts.conf"
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return path


def undrawable(folder: Path, *, searched: tuple[Path, ...] | None = None) -> tuple[Sample, ...]:
    """Return samples that the fonts of this machine cannot draw, found by drawing them.

    Raises RenderFailed if the renderer does not work at all.
    """
    path = configuration(folder, searched=searched)
    return tuple(sample for sample in SAMPLES if not _draws(sample.text, path))


def _draws(text: str, path: Path) -> bool:
    page = f'<!doctype html><html lang="en"><title>Fonts</title><p>{text}</p></html>'
    issued = datetime(2026, 1, 1, tzinfo=UTC)  # any fixed instant: the page is thrown away
    try:
        draw(page, issued=issued, attachments={}, limits=Limits(), font_configuration=path)
    except GlyphsMissing:
        return False
    return True


@cache
def digests() -> dict[str, str]:
    """SHA-256 of the font files that set the text, by file name; absent files are left out."""
    packaged = [
        path for place in directories()[: len(_TYPEFACES)] for path in sorted(place.glob("*.ttf"))
    ]
    system = [place / name for place in _SYSTEM for name in _DIGESTED]
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (*packaged, *system)
        if path.is_file()
    }
