"""What the macros promise, read from the HTML that they draw."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import UndefinedError
from markupsafe import Markup

from tests.look.content import case
from tests.look.forms import FilterForm, IncidentForm

STATIC = Path(__file__).parents[2] / "static"
TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture
def draw(gallery: Flask):
    """Renders one call of a component: draw("hash", "hash(value)", value=…)."""

    def render(file: str, call: str, **values: object) -> str:
        name = call.split("(", maxsplit=1)[0]
        text = f'{{% from "components/{file}.html" import {name} %}}{{{{ {call} }}}}'
        return gallery.jinja_env.from_string(text).render(values)

    return render


def test_claim_without_response_or_date_of_looking_is_not_drawn(draw):
    claim = case()["claims"][1]
    del claim.looked_on

    with pytest.raises(UndefinedError, match="looked_on"):
        draw("allegation", "allegation(claim)", claim=claim)


def test_claim_without_response_and_with_an_empty_date_is_not_drawn(draw):
    claim = case()["claims"][1]
    claim.looked_on = None

    with pytest.raises(UndefinedError, match="year"):
        draw("allegation", "allegation(claim)", claim=claim)


def test_claim_without_response_says_when_one_was_looked_for(draw):
    html = draw("allegation", "allegation(claim)", claim=case()["claims"][1])

    assert "No response found as of <time" in html
    assert "20 Nov 2026" in html


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("denies", "Denies"),
        ("no_comment", "Declined to comment"),
        ("admits_in_part", "Admits in part"),
        ("lawful_basis_claimed", "Claims a lawful basis"),
    ],
)
def test_response_stands_in_words_beside_the_claim(draw, kind, words):
    claim = case()["claims"][0]
    claim.response.kind = kind

    html = draw("allegation", "allegation(claim)", claim=claim)

    assert re.search(rf"{words}, <time[^>]*>11 Feb 2026", html)


@pytest.mark.parametrize(
    ("call", "word"),
    [
        ("claim('alleged')", "Alleged"),
        ("claim('not_determined')", "Not determined"),
        ("answer('n/a')", "Not applicable"),
        ("job('queued')", "Waiting"),
    ],
)
def test_status_is_a_word_and_a_shape_that_screen_readers_skip(draw, call, word):
    html = draw("status", call)

    assert f"<span>{word}</span>" in html
    assert 'aria-hidden="true"' in html


@pytest.mark.parametrize("call", ["claim('proven')", "answer('maybe')", "job('late')"])
def test_status_that_does_not_exist_is_an_error(draw, call):
    with pytest.raises((UndefinedError, TypeError)):
        draw("status", call)


def test_each_error_links_to_a_control_that_exists(draw):
    form = IncidentForm.in_state("errors")

    summary = draw("form", "error_summary(form)", form=form)
    fields = "".join(draw("form", "field(f)", f=f) for f in form)

    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == [
        "title", "conduct", "method", "first_seen", "confidence-0", "owner-name", "names-0",
        "names-1",
    ]  # fmt: skip
    assert all(
        re.search(rf'<(input|select|textarea)[^>]* id="{target}"', fields) for target in targets
    )


def test_hint_and_error_of_a_field_are_tied_to_its_control(draw):
    form = IncidentForm.in_state("errors")

    html = draw("form", "field(form.title, hint='Short.')", form=form)

    assert 'aria-describedby="title-hint title-error"' in html
    assert 'id="title-hint"' in html
    assert 'id="title-error"' in html
    assert 'aria-invalid="true"' in html


def test_form_that_is_well_has_no_summary(draw):
    assert draw("form", "error_summary(form)", form=FilterForm()) == ""


def test_what_people_typed_is_escaped_in_every_component(draw):
    typed = "<script>alert(1)</script>"
    claim = case()["claims"][0]
    claim.text = claim.accuser = claim.response.text = typed

    drawn = (
        draw("allegation", "allegation(claim)", claim=claim)
        + draw("empty", "empty(typed, typed, '/', typed)", typed=typed)
        + draw("conflict", "conflict_pair('Text', 'text', typed, typed)", typed=typed)
        + draw("summary_list", "row('Key', typed)", typed=typed)
        + draw("timeline", "event(typed, typed, typed)", typed=typed)
        + draw("hash", "hash(typed)", typed=typed)
    )

    assert "<script" not in drawn


def test_missing_value_reads_not_recorded_and_zero_stays_zero(draw):
    assert "Not recorded" in draw("summary_list", "row('Reviewer', none)")
    assert "Not recorded" not in draw("summary_list", "row('Exhibits', 0)")


def test_page_without_handling_draws_no_mark(draw):
    assert draw("marking", "banner('', 'top')") == ""


def test_list_of_one_page_has_no_links_to_others(draw):
    assert draw("pagination", "pagination()") == ""


def test_deadline_without_enactment_is_called_hypothetical(draw):
    identity = case()["identity"]

    html = draw("identity", "identity_bar(identity, '')", identity=identity)

    assert "(hypothetical)" in html


def test_time_given_to_the_timeline_stays_markup(draw):
    when = Markup("<time datetime='2026-11-24'>24 Nov 2026</time>")

    assert "<time datetime=" in draw("timeline", "event('Filed', when)", when=when)


def test_style_and_scripts_of_a_page_stay_small():
    files = [*(STATIC / "css").glob("*.css"), *(STATIC / "js").glob("*.js")]
    pages = [path for path in files if path.name != "document.css"]

    assert sum(len(gzip.compress(path.read_bytes())) for path in pages) < 60_000


def test_every_style_sheet_of_the_pages_is_linked():
    layout = (TEMPLATES / "layouts/base.html").read_text(encoding="utf-8")
    linked = re.findall(r'"(\w+)"', re.search(r"for sheet in \((.*?)\)", layout)[1])

    present = {path.stem for path in (STATIC / "css").glob("*.css")} - {"document"}

    assert set(linked) == present


def test_templates_hold_no_style_and_no_script_of_their_own():
    found = [
        path.name
        for folder in ("layouts", "components")
        for path in (TEMPLATES / folder).glob("*.html")
        if re.search(
            r"\sstyle=|<style|\son\w+=|<script(?![^>]*src=)", path.read_text(encoding="utf-8")
        )
    ]

    assert found == []


def test_sort_header_says_its_order(gallery: Flask):
    with gallery.test_client() as client:
        html = client.get("/gallery/list").text

    header = re.search(r"<th[^>]*aria-sort[^>]*>.*?</th>", html, re.DOTALL)
    assert html.count("aria-sort=") == 1
    assert 'aria-sort="descending"' in header[0]
    assert "Filed" in header[0]
