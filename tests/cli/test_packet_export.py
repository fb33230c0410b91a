from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from casework.packets import actions
from models import AuditEntry, Officer, Packet
from tests.installation import Site
from tests.packets_record.rich_case import RichCase


def export(site: Site, reference: str, target: Path, *more: str) -> dict[str, object]:
    done = site.run("packet", "export", reference, "-o", str(target), "--json", *more)
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_a_packet_is_prepared_drawn_and_written(site: Site, rich: RichCase, tmp_path: Path) -> None:
    target = tmp_path / "packet.pdf"

    answer = export(site, rich.case.reference, target)

    pdf = target.read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert set(answer) == {"packet", "version", "pages", "sha256", "signed"}
    assert answer["sha256"] == hashlib.sha256(pdf).hexdigest()
    assert (answer["version"], answer["signed"]) == (1, False)
    with site.session() as session:
        packet = session.scalars(sa.select(Packet)).one()
        officer = session.get_one(Officer, packet.prepared_by_id)
        assert (packet.state, packet.recipient) == ("ready", "bis")
        assert (officer.name, officer.active) == ("Command line of this system", False)
        words = session.scalars(sa.select(AuditEntry.action)).all()
        assert {"packet.prepare", "packet.render", "packet.download"} <= set(words)


def test_an_issued_packet_is_written_as_it_is_and_none_is_prepared(
    site: Site, rich: RichCase, tmp_path: Path
) -> None:
    first = export(site, rich.case.reference, tmp_path / "a.pdf", "--recipient", "public")
    with site.session() as session, session.begin():
        packet = session.scalars(sa.select(Packet)).one()
        actions.issue_packet(
            session,
            packet,
            contents_sha256=packet.contents_sha256,
            by=session.merge(rich.issuer),
            at=datetime.now(UTC),
        )

    again = export(site, rich.case.reference, tmp_path / "b.pdf", "--recipient", "public")

    assert again == first
    with site.session() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Packet)) == 1


def test_a_draft_is_replaced_by_a_new_version(site: Site, rich: RichCase, tmp_path: Path) -> None:
    export(site, rich.case.reference, tmp_path / "a.pdf", "--recipient", "public")

    second = export(site, rich.case.reference, tmp_path / "a.pdf", "--recipient", "public")

    assert second["version"] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("MEA-2026-99999", "-o", "x.pdf"), "MEA-2026-99999: there is no such case"),
        (("MEA-2026-99999", "-o", "no/such/folder/x.pdf"), "there is no such folder"),
        (("MEA-2026-99999", "-o", "x.pdf", "--recipient", "moon"), "'moon' is not one of"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(
    site: Site, arguments: tuple[str, ...], words: str
) -> None:
    done = site.run("packet", "export", *arguments)

    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_sign_that_no_font_has_fails_the_export_and_names_it(
    site: Site, rich: RichCase, tmp_path: Path
) -> None:
    with site.session() as session, session.begin():
        session.merge(rich.case).title = "Alleged copying \U0001f9ff"

    done = site.run("packet", "export", rich.case.reference, "-o", str(tmp_path / "x.pdf"))

    assert done.returncode == 1
    assert "U+1F9FF" in done.stderr
    assert not (tmp_path / "x.pdf").exists()
    with site.session() as session:
        packet = session.scalars(sa.select(Packet)).one()
        assert packet.state == "failed"
        assert "U+1F9FF" in packet.failure
