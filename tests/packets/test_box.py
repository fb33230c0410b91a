from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from casework.packets import fonts
from casework.packets.box import GlyphsMissing, Limits, RenderFailed
from casework.packets.render import render_pdf

ISSUED = datetime(2026, 11, 24, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]


def draw(body, cache, **limits):
    html = f'<!doctype html><html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    return render_pdf(html, issued=ISSUED, attachments={}, cache=cache, limits=Limits(**limits))


@pytest.mark.parametrize(
    "body",
    [
        '<link rel="attachment" href="file:///etc/passwd">',
        '<img src="file:///etc/passwd" alt="">',
        '<style>@import "http://example.org/a.css";</style>',
        "<style>@font-face{font-family:a;src:url(file:///etc/passwd)}p{font-family:a}</style><p>a",
        '<svg width="9" height="9"><image href="file:///etc/passwd" width="9" height="9"/></svg>',
        '<object data="file:///etc/passwd"></object>',
    ],
)
def test_a_document_that_asks_for_a_file_or_an_address_is_refused(body, font_cache):
    with pytest.raises(RenderFailed, match="something outside itself"):
        draw(body, font_cache)


def test_a_column_bomb_ends_with_the_processor_limit(font_cache):
    bomb = "<table><tr><td colspan=100000>x</td></tr></table>"

    with pytest.raises(RenderFailed, match="more than 3 seconds of processor time"):
        draw(bomb, font_cache, cpu_seconds=3)


def test_a_table_of_ten_thousand_rows_ends_with_the_clock(font_cache):
    rows = "<tr><td>a</td><td>b</td></tr>" * 10_000

    with pytest.raises(RenderFailed, match="longer than 2 seconds"):
        draw(f"<table>{rows}</table>", font_cache, wall_seconds=2)


def test_a_document_that_wants_too_much_memory_is_refused(font_cache):
    rows = "<tr><td>a</td><td>b</td></tr>" * 10_000

    with pytest.raises(RenderFailed, match="memory"):
        draw(f"<table>{rows}</table>", font_cache, memory_bytes=230 << 20)


def test_deep_nesting_is_refused_in_words(font_cache):
    with pytest.raises(RenderFailed, match="nested too deeply"):
        draw("<div>" * 500, font_cache)


def test_characters_that_no_font_has_are_named(font_cache):
    with pytest.raises(GlyphsMissing, match=r"U\+E000") as refusal:
        draw("<p>a \ue000 b</p>", font_cache)

    assert refusal.value.characters == ("\ue000",)


def test_a_long_list_of_missing_characters_is_cut_but_counted(font_cache):
    text = "".join(chr(0xE000 + at) for at in range(30))

    with pytest.raises(GlyphsMissing, match="and 10 more"):
        draw(f"<p>{text}</p>", font_cache)


def test_the_child_sees_nothing_of_the_environment(font_cache, monkeypatch):
    monkeypatch.setenv("PYTHONSTARTUP", "/nonexistent")
    monkeypatch.setenv("PYTHONPATH", "/nonexistent")
    monkeypatch.setenv("LD_PRELOAD", "")
    plain = draw("<p>a</p>", font_cache)
    monkeypatch.setenv("DOCKET_SECRET_KEY", "canary")
    monkeypatch.setenv("PYTHONHASHSEED", "7")

    again = draw("<p>a</p>", font_cache)

    assert again.sha256 == plain.sha256
    assert b"canary" not in again.pdf


def test_the_layout_engine_is_called_in_one_place_only():
    calls = [
        path.name
        for folder in ("casework", "views", "models")
        for path in (ROOT / folder).rglob("*.py")
        for _ in range(path.read_text(encoding="utf-8").count("weasyprint.HTML("))
    ]

    assert calls == ["boxed.py"]


def test_fonts_of_this_machine_draw_every_sample(font_cache):
    assert fonts.undrawable(font_cache) == ()
    assert {"NotoSansCJK-Regular.ttc", "SourceSerif4[opsz,wght].ttf"} <= fonts.digests().keys()


def test_a_missing_font_is_noticed_and_its_package_named(tmp_path):
    packaged = fonts.directories()[:2]

    missing = fonts.undrawable(tmp_path, searched=packaged)

    assert [sample.package for sample in missing] == ["fonts-noto-cjk", "fonts-noto-core"]
    assert [sample.script for sample in missing] == ["Chinese", "Arabic"]
