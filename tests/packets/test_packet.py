"""Packets read back from their bytes."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from casework.packets.contents import from_plain
from casework.packets.manifest import SHORT, contents_digest
from casework.packets.outline import outline

ROOT = Path(__file__).resolve().parents[2]
BUILDS = ["rich", "empty", "hostile", "many"]


def test_headings_stand_in_order_and_once_each(rich):
    tagged = [str(one.get("/T", "")) for one in rich.structure("H1")]
    pages = [rich.anchors[section.heading.anchor] for section in outline(rich.contents)]

    assert len(tagged) == 1 + len(pages)
    assert pages == sorted(pages)
    for section in outline(rich.contents):
        line = rf"(?m)^ *{section.heading.number} +{re.escape(section.heading.title)} *$"
        assert len(re.findall(line, rich.text)) == 1, section.code


@pytest.mark.parametrize("build", BUILDS)
def test_page_numbers_in_the_contents_are_those_of_the_headings(build, printed):
    packet = printed(build)
    listed = "\n".join(packet.pages[1 : packet.anchors["summary"] - 1])

    for section in outline(packet.contents):
        for heading in (section.heading, *section.children):
            shown = re.search(
                rf"(?m)^ *{re.escape(heading.number)} [^\n]*?(?:\. )+ *(\d+)$", listed
            )
            assert shown, heading
            assert int(shown[1]) == packet.anchors[heading.anchor]


@pytest.mark.parametrize("build", BUILDS)
def test_each_page_carries_banner_twice_reference_version_and_its_number(build, printed):
    packet = printed(build)
    cover = packet.contents.cover

    for number, page in enumerate(packet.pages, start=1):
        assert page.count(cover.banner) >= 2
        assert cover.reference in page
        assert f"Version {cover.version}" in page
        assert f"contents {contents_digest(packet.contents)[:SHORT]}" in page
        assert f"Page {number} of {packet.rendered.pages}" in page
        assert ("UNSIGNED" in page) == cover.unsigned
        assert page.count("TRAINING · ") >= (2 if cover.training else 0)


@pytest.mark.parametrize("build", ["rich", "many"])
def test_printed_digests_are_those_of_the_manifest_and_of_the_data(build, printed):
    packet = printed(build)
    files = {name: one.get_file().read_bytes() for name, one in packet.file.attachments.items()}
    manifest = json.loads(files["manifest.json"])
    halves = set(re.findall(r"\b[0-9a-f]{32}\b", packet.text))

    assert hashlib.sha256(files["packet.json"]).hexdigest() == manifest["contents"]["sha256"]
    assert from_plain(json.loads(files["packet.json"])) == packet.contents
    assert len(manifest["exhibits"]) == len(packet.contents.exhibits)
    for exhibit in manifest["exhibits"]:
        assert {exhibit["sha256"][:32], exhibit["sha256"][32:]} <= halves
    assert {manifest["contents"]["sha256"][:32], manifest["audit"]["last_hash"][:32]} <= halves


def test_the_exhibit_index_names_the_page_of_each_citing_finding(rich):
    for finding in outline(rich.contents)[4].children:
        element = finding.title.split()[0]
        assert f"{element}, page {rich.anchors[finding.anchor]}" in rich.text


@pytest.mark.parametrize("build", BUILDS)
def test_the_file_is_tagged_and_claims_both_profiles(build, printed):
    packet = printed(build)
    root = packet.file.Root

    claims = root.Metadata.read_bytes().decode()

    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    assert str(root.Lang) == "en-US"
    assert packet.contents.cover.reference in str(packet.file.docinfo.Title)
    assert re.search(r'pdfaid:part(="3"|>3<)', claims)
    assert re.search(r'pdfaid:conformance(="A"|>A<)', claims)
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    assert claims.count("<rdf:RDF") == 1
    assert "pdfaSchema:namespaceURI" in claims
    assert len(root.AF) == 2
    assert {str(one.AFRelationship) for one in root.AF} == {"/Data"}


def test_headers_of_tables_and_pictures_are_described(rich):
    figures = [str(one.get("/Alt", "")) for one in rich.structure("Figure")]
    headers = rich.structure("TH")

    assert len(figures) == 2
    assert any("owns" in words and "北" not in words for words in figures)
    assert any(words.startswith("Incidents over time") for words in figures)
    assert len(headers) > 40
    assert {str(one.A.Scope) for one in headers} == {"/Column", "/Row"}
    ids = {str(one.ID) for one in headers if "/ID" in one}
    cited = {
        str(name)
        for cell in rich.structure("TD")
        for name in cell.get("/A", {}).get("/Headers", [])
    }
    assert cited
    assert cited <= ids


def test_every_link_is_tagged_as_one(rich):
    annotations = [one for page in rich.file.pages for one in page.obj.get("/Annots", [])]

    links = rich.structure("Link")

    assert len(annotations) > 30
    assert len(links) >= len(annotations)
    tree = rich.file.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(tree[at]): tree[at + 1] for at in range(0, len(tree), 2)}
    assert all(parents[int(one.StructParent)].S == "/Link" for one in annotations)
    assert all("/Contents" in one for one in annotations)


def test_bookmarks_follow_the_sections_three_levels_deep(rich):
    with rich.file.open_outline() as tree:
        titles = [item.title for item in tree.root]
        findings = next(item for item in tree.root if "Findings" in item.title)
        third = [item.title for item in findings.children[0].children]

    headings = [f"{s.heading.number} {s.heading.title}" for s in outline(rich.contents)]
    assert titles == ["Contents", *headings]
    assert third == [
        "Reasons",
        "Evidence",
        "Contrary evidence",
        "Reply of the accused",
        "Dissent",
    ]


@pytest.mark.parametrize("build", BUILDS)
def test_every_font_is_embedded_and_the_structure_sound(build, printed, tmp_path):
    packet = printed(build)
    path = tmp_path / "packet.pdf"
    path.write_bytes(packet.rendered.pdf)

    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False)
    listed = subprocess.run(["pdffonts", str(path)], capture_output=True, check=True, text=True)

    assert checked.returncode == 0, checked.stderr
    rows = listed.stdout.splitlines()[2:]
    assert rows
    assert all(" yes yes yes " in row for row in rows)


def test_a_long_index_repeats_its_header_on_every_page(printed):
    packet = printed("many")
    first, last = packet.anchors["exhibits"], packet.anchors["record"]

    assert last - first > 20
    for page in packet.pages[first - 1 : last - 1]:
        assert re.search(r"No\. +Title, source and SHA-256", page)


PROGRAM = """
import sys
from pathlib import Path
from casework.packets.render import render_packet
from tests.packets import sample
print(render_packet(sample.rich(), cache=Path(sys.argv[1])).sha256)
"""


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_another_process_with_another_hash_seed_gives_the_same_bytes(seed, rich, font_cache):
    again = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(font_cache)],
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )

    assert again.stdout.strip() == rich.rendered.sha256
