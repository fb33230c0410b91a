"""What can be read back from the bytes of a drawn report."""

from __future__ import annotations

import json
import subprocess
from io import BytesIO

import pikepdf
import pytest

from casework.packets.box import Rendered
from casework.reports.document import to_json
from casework.reports.queries.editions import contents_in
from casework.reports.render import render_report
from tests.reports.conftest import PACK, Docket


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("fonts")


def text_of(rendered: Rendered) -> str:
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=rendered.pdf, capture_output=True, check=True
    )
    return done.stdout.decode()


def kinds_in(pdf: pikepdf.Pdf) -> set[str]:
    found, waiting = set(), [pdf.Root.StructTreeRoot]
    while waiting:
        here = waiting.pop()
        found.add(str(here.get("/S", "")))
        below = here.get("/K", pikepdf.Array())
        below = list(below) if isinstance(below, pikepdf.Array) else [below]
        waiting += [one for one in below if isinstance(one, pikepdf.Dictionary)]
    return found


def test_the_report_to_congress_is_tagged_ordered_and_carries_its_data(docket: Docket, cache):
    docket.write_all("R1", "Помощь 深度求索: compare spend with size. [government: Practice]")
    document = contents_in(docket.prepare("R1"))

    rendered = render_report(document, cache=cache)

    with pikepdf.open(BytesIO(rendered.pdf)) as pdf:
        titles = [item.title for item in pdf.open_outline().root]
        asked = [
            f"{number} {row.title}"
            for number, row in enumerate(PACK.reports["R1"].sections, start=1)
        ]
        assert [title for title in titles if title in asked] == asked
        assert str(pdf.Root.Lang) == "en-US"
        assert {"/H1", "/Table", "/TH", "/TD"} <= kinds_in(pdf)
        claims = pdf.Root.Metadata.read_bytes()
        assert b"pdfuaid:part>1" in claims
        assert b"pdfaid:part" in claims
        enclosed = pdf.attachments["report.json"].get_file().read_bytes()
        manifest = json.loads(pdf.attachments["manifest.json"].get_file().read_bytes())
    assert enclosed == to_json(document)
    assert manifest["contents"]["file"] == "report.json"
    text = text_of(rendered)
    assert "hypothetical" in text
    assert "深度求索" in text
    assert docket.determination.record_sha256.encode() in enclosed


def test_the_public_guide_holds_nothing_of_a_case_in_its_bytes(docket: Docket, cache):
    docket.write_all("R3", "Read the advisory. [public: Advisory] Ask. [government: Register]")

    rendered = render_report(contents_in(docket.prepare("R3")), cache=cache)

    with pikepdf.open(BytesIO(rendered.pdf)) as pdf:
        whole = "\n".join(
            [
                text_of(rendered),
                *(one.get_file().read_bytes().decode() for one in pdf.attachments.values()),
                pdf.Root.Metadata.read_bytes().decode(),
                str(dict(pdf.docinfo)),
            ]
        )
    hidden = (
        docket.case.reference, docket.file.entity.name, docket.preparer.name, "government:",
        "INC-2026",
    )  # fmt: skip
    assert "[public: Advisory]" in whole
    assert [word for word in hidden if word in whole] == []
