from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import sqlalchemy as sa

from casework.packets.render import render_packet
from casework.packets.verification import Examined, NoPdf, examine
from models import Packet
from tests.installation import Site
from tests.packets.sample import rich as rich_contents
from tests.packets_record.rich_case import RichCase


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def pdf(cache: Path) -> bytes:
    return render_packet(rich_contents("public"), cache=cache).pdf


def failed(found: Examined) -> set[str]:
    return {check.name for check in found.failed}


def attached(pdf: bytes, name: str) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        return document.attachments[name].get_file().read_bytes()


def with_attachment(pdf: bytes, name: str, content: bytes | None) -> bytes:
    saved = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        del document.attachments[name]
        if content is not None:
            document.attachments[name] = pikepdf.AttachedFileSpec(document, content)
        document.save(saved)
    return saved.getvalue()


def test_a_packet_as_it_was_drawn_passes_every_check(pdf: bytes, cache: Path) -> None:
    found = examine(pdf, cache=cache)

    assert failed(found) == set()
    assert {check.name for check in found.checks if check.holds} == {
        "attachments",
        "manifest",
        "canonical",
        "cover",
        "exhibits",
        "pages",
    }


def test_a_changed_byte_on_a_page_is_noticed_without_any_database(pdf: bytes, cache: Path) -> None:
    place = pdf.index(b"stream", len(pdf) // 3) + 200
    changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]

    assert "pages" in failed(examine(changed, cache=cache))


def test_bytes_added_at_the_end_are_noticed(pdf: bytes, cache: Path) -> None:
    assert failed(examine(pdf + b"\n% one more line", cache=cache)) == {"pages"}


def test_changed_contents_do_not_fit_the_manifest(pdf: bytes, cache: Path) -> None:
    packet = json.loads(attached(pdf, "packet.json"))
    packet["exhibits"][0]["sha256"] = "0" * 64
    changed = json.dumps(packet, separators=(",", ":"), sort_keys=True, ensure_ascii=False)

    found = examine(with_attachment(pdf, "packet.json", changed.encode()), cache=cache)

    assert {"manifest", "exhibits"} <= failed(found)


def test_contents_and_manifest_changed_together_do_not_fit_the_pages(
    pdf: bytes, cache: Path
) -> None:
    manifest = json.loads(attached(pdf, "manifest.json"))
    manifest["banner"] = "CLEARED"
    changed = json.dumps(manifest).encode()

    found = examine(with_attachment(pdf, "manifest.json", changed), cache=cache)

    assert "pages" in failed(found)


def test_a_packet_of_other_typefaces_is_not_drawn_again(pdf: bytes, cache: Path) -> None:
    manifest = json.loads(attached(pdf, "manifest.json"))
    manifest["fonts"] = {"Other.ttf": "0" * 64}

    found = examine(
        with_attachment(pdf, "manifest.json", json.dumps(manifest).encode()), cache=cache
    )

    pages = next(check for check in found.checks if check.name == "pages")
    assert pages.holds is None


@pytest.mark.parametrize("name", ["manifest.json", "packet.json"])
def test_a_missing_file_inside_is_named(pdf: bytes, cache: Path, name: str) -> None:
    found = examine(with_attachment(pdf, name, None), cache=cache)

    assert name in found.failed[0].words


@pytest.mark.parametrize("content", [b"{}", b"not json", b"[]", b'{"cover": 1}'])
def test_contents_of_another_form_are_refused(pdf: bytes, cache: Path, content: bytes) -> None:
    assert failed(examine(with_attachment(pdf, "packet.json", content), cache=cache)) == {
        "attachments"
    }


@pytest.mark.parametrize("content", [b"{}", b"[]", b'{"format": "another"}'])
def test_a_manifest_of_another_form_is_refused(pdf: bytes, cache: Path, content: bytes) -> None:
    found = examine(with_attachment(pdf, "manifest.json", content), cache=cache)

    assert failed(found) & {"manifest", "attachments"}


@pytest.mark.parametrize("content", [b"", b"plain text", b"%PDF-1.7\nbroken"])
def test_what_is_no_pdf_is_refused(content: bytes, cache: Path) -> None:
    with pytest.raises(NoPdf):
        examine(content, cache=cache)


def verify(site: Site, file: Path) -> tuple[int, dict[str, Any]]:
    done = site.run("packet", "verify", str(file), "--json")
    return done.returncode, json.loads(done.stdout)


def test_the_command_compares_with_the_record_of_this_database(
    site: Site, rich: RichCase, tmp_path: Path
) -> None:
    target = tmp_path / "packet.pdf"
    site.run("packet", "export", rich.case.reference, "-o", str(target), "--recipient", "state")

    code, answer = verify(site, target)

    assert (code, answer["ok"], answer["signature"]) == (0, True, "unsigned")
    assert answer["coverage"] == "stored+pages"
    assert answer["manifest"] is True
    assert answer["checkpoint"]["in_log"] is True
    assert [one["agrees"] for one in answer["exhibits"]] == [True, True]


def test_the_command_finds_a_file_that_is_not_the_one_on_record(
    site: Site, rich: RichCase, tmp_path: Path
) -> None:
    target = tmp_path / "packet.pdf"
    site.run("packet", "export", rich.case.reference, "-o", str(target), "--recipient", "state")
    with site.session() as session, session.begin():
        session.scalars(sa.select(Packet)).one().sha256 = "0" * 64

    code, answer = verify(site, target)

    assert (code, answer["ok"], answer["coverage"]) == (1, False, "broken")
    assert [check["check"] for check in answer["checks"] if check["holds"] is False] == ["stored"]


def test_a_packet_of_another_installation_is_checked_from_its_bytes(
    site: Site, pdf: bytes, tmp_path: Path
) -> None:
    target = tmp_path / "packet.pdf"
    target.write_bytes(pdf)

    code, answer = verify(site, target)

    assert (code, answer["coverage"]) == (0, "pages")
    assert answer["checkpoint"]["in_log"] is None


@pytest.mark.parametrize("content", [b"plain text", None])
def test_no_pdf_is_exit_2_and_one_line(site: Site, tmp_path: Path, content: bytes | None) -> None:
    target = tmp_path / "packet.pdf"
    if content is not None:
        target.write_bytes(content)

    done = site.run("packet", "verify", str(target))

    assert done.returncode == 2
    assert "packet.pdf" in done.stderr
    assert "Traceback" not in done.stderr
