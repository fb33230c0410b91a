"""`flask audit`, as an operator runs it and as an outsider reads what it wrote."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.installation import Site
from tests.packets_record.rich_case import RichCase


def said(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    assert done.returncode in {0, 1}, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def kept(site: Site, tmp_path: Path) -> Path:
    path = tmp_path / "kept.txt"
    path.write_text(str(said(site.run("audit", "checkpoint", "--json"))["note"]))
    return path


def test_the_log_is_verified_against_a_checkpoint_kept_elsewhere(
    site: Site, rich: RichCase, tmp_path: Path
) -> None:
    checkpoint = kept(site, tmp_path)

    found = said(site.run("audit", "verify", "--checkpoint", str(checkpoint), "--json"))

    assert (found["ok"], found["first_bad"]) == (True, None)
    assert found["checkpoint"] == {"size": found["size"]}
    assert len(str(found["root"])) == 64


def test_a_checkpoint_of_a_log_that_was_shortened_is_noticed(
    site: Site, rich: RichCase, tmp_path: Path
) -> None:
    signer = site.app.extensions["audit_signer"]
    later = tmp_path / "later.txt"
    later.write_text(signer.sign(10_000, b"r" * 32))

    done = site.run("audit", "verify", "--checkpoint", str(later))

    assert done.returncode == 1
    assert "fewer than the 10000 that were signed" in done.stdout


@pytest.mark.parametrize("content", ["", "not a checkpoint", "\udcff"])
def test_a_file_that_is_no_checkpoint_is_bad_input(
    site: Site, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "kept.txt"
    path.write_bytes(content.encode(errors="surrogateescape"))

    done = site.run("audit", "verify", "--checkpoint", str(path), "--json")

    assert (done.returncode, done.stdout) == (2, "")
    assert "not a checkpoint of this log" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_key_that_signs_is_readable_by_its_owner_only_and_stays(site: Site) -> None:
    first = site.run("audit", "key").stdout
    second = site.run("audit", "key").stdout

    assert first == second
    assert site.app.extensions["audit_signer"].vkey in first
    path = site.data / "keys" / "audit.key"
    assert path.stat().st_mode & 0o077 == 0


def test_the_bundle_of_a_case_is_checked_without_the_application(
    site: Site, rich: RichCase, tmp_path: Path
) -> None:
    target, folder = tmp_path / "log.zip", tmp_path / "unpacked"
    vkey = site.run("audit", "key").stdout.strip()

    found = said(site.run("audit", "export", rich.case.reference, "-o", str(target), "--json"))
    zipfile.ZipFile(target).extractall(folder)
    done = subprocess.run(
        [sys.executable, "-I", folder / "verify_audit.py", folder, vkey],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout
    assert f"{found['entries']} entries are in the signed log" in done.stdout
    assert (folder / "details.jsonl").read_text() == ""


def test_an_unknown_case_is_bad_input(site: Site, tmp_path: Path) -> None:
    done = site.run("audit", "export", "MEA-2026-09999", "-o", str(tmp_path / "x.zip"))

    assert done.returncode == 2
    assert "MEA-2026-09999" in done.stderr
    assert not (tmp_path / "x.zip").exists()
