"""What a packet says of an analysis, on paper."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from casework.packets.analyses import Analysis
from casework.packets.analyses_told import clusters_told, compared_with, marks_told
from casework.packets.contents import from_plain, to_plain
from casework.packets.facts import Figure
from casework.packets.manifest import contents_digest
from casework.packets.render import build_html, render_packet
from tests.packets import sample

from .reports import report

TITLES = {"i": "Shape of the traffic", "iv": "Timeline of another model"}


def analysis(told, **changes):
    clusters, others = clusters_told(told, TITLES)
    fields = {
        "exhibit": 2,
        "title": "Analysis 1 of usage log 1",
        "log": "Spring log",
        "owner": "Meridian Models, Inc.",
        "files": (1,),
        "sampling": "",
        "rows": told["rows"],
        "set_aside": told["rejected"],
        "accounts": told["accounts"],
        "compared_with": compared_with(told),
        "apart": told["apart"]["accounts"],
        "clusters": clusters,
        "others": others,
        "cannot_see": tuple(told["cannot_see"]),
        "provenance": tuple(marks_told(told)),
        "hashes": (Figure("Accepted rows", "ab" * 32),),
    }
    return Analysis(**{**fields, **changes})


def packet(*analyses):
    return replace(sample.rich(), analyses=analyses)


def test_three_clusters_with_attention_are_told_in_full_and_the_rest_in_a_line_each():
    told = report(clusters=6)
    told["clusters"][0]["attention"] = False

    clusters, others = clusters_told(told, TITLES)

    assert [one.name for one in clusters] == ["C2", "C3", "C4"]
    assert [one.name for one in others] == ["C1", "C5", "C6"]


def test_a_packet_with_an_analysis_survives_the_way_through_json():
    contents = packet(analysis(report(clusters=2)))

    assert from_plain(json.loads(json.dumps(to_plain(contents)))) == contents


def test_a_packet_without_one_keeps_the_form_and_the_hash_it_had_before_there_were_any():
    contents = sample.rich()

    assert "analyses" not in to_plain(contents)
    assert from_plain(to_plain(contents)) == contents
    assert contents_digest(contents) != contents_digest(packet(analysis(report())))


def test_without_an_analysis_the_section_says_that_there_is_none():
    assert "No analysis of a usage log is part of this packet." in build_html(sample.rich())


def test_no_cluster_found_is_not_said_to_be_an_absence_of_coordination():
    html = build_html(packet(analysis(report(clusters=0))))

    assert "That does not show that there was no coordinated use." in html


def test_an_analysis_that_repeats_another_refers_to_it():
    words = "It repeats analysis 1 of usage log 1: rows and results have the same hashes."

    html = build_html(packet(analysis(report(), clusters=(), others=(), repeats=words)))

    assert words in html
    assert "No cluster of accounts was found" not in html


def test_markup_in_names_of_a_log_stays_text():
    told = report()
    told["clusters"][0]["series"]["capabilities"] = [["<img src=x>\u202e", 1.0, 0.0]]

    html = build_html(packet(analysis(told, log="<script>x</script>")))

    assert "<img" not in html
    assert "<script>" not in html
    assert "[U+202E]" in html


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("printed")
    contents = packet(analysis(report()))
    path = folder / "packet.pdf"
    path.write_bytes(render_packet(contents, cache=folder).pdf)
    return path


def test_the_pages_say_states_sentences_explanations_limits_and_that_nothing_is_decided(printed):
    done = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, check=True)
    text = " ".join(done.stdout.decode().split())

    for words in (
        "It answers no element, holds no score",
        "(i) Shape of the traffic: Shown.",
        "(iv) Timeline of another model: Cannot be computed.",
        "The log lacks: a marker of a rival's release.",
        "The sentence of (ii).",
        "Shared office network Does not fit The rows come from 9 countries.",
        "University course Cannot be tested",
        "Activity ended 20 days before the rival's release.",
        "This log cannot show who controls the accounts.",
        "The owner did not say.",
        "Active from 15 Apr 2026, 03:00 UTC to 20 Apr 2026, 09:00 UTC.",
    ):
        assert words in text, words


def test_every_picture_is_a_tagged_figure_with_words(printed):
    with pikepdf.open(BytesIO(printed.read_bytes())) as file:
        words = [str(one.Alt) for one in tagged(file, "/Figure") if "Cluster C1" in str(one.Alt)
                 or "cluster C1" in str(one.Alt)]  # fmt: skip

    assert len(words) == 6
    assert words[0].startswith("Exchanges per day. Days in UTC, 15 Apr 2026 to 20 Apr 2026.")


def tagged(file, kind):
    stack = [file.Root.StructTreeRoot]
    while stack:
        here = stack.pop()
        if here.get("/S") == kind:
            yield here
        below = here.get("/K", pikepdf.Array())
        below = list(below) if isinstance(below, pikepdf.Array) else [below]
        stack += [one for one in reversed(below) if isinstance(one, pikepdf.Dictionary)]
