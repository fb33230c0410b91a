"""Backup, restore and doctor, as an operator runs them."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa

from casework.archive.sealing import CHUNK, SealBroken, SealedReader, SealedWriter
from tests.installation import Site

KEY = b"k" * 32
LOG = b"account,prompts\n1,2\n"


def sealed(content: bytes) -> bytes:
    target = BytesIO()
    writer = SealedWriter(target, KEY)
    for start in range(0, len(content), 70_001):
        writer.write(content[start : start + 70_001])
    writer.close()
    return target.getvalue()


def opened(content: bytes, key: bytes = KEY) -> bytes:
    reader = SealedReader(BytesIO(content), key)
    pieces = iter(lambda: reader.read(99_991), b"")
    return b"".join(pieces)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_opens_as_it_was(size: int) -> None:
    content = os.urandom(size)

    assert opened(sealed(content)) == content


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[: -CHUNK // 2],
        lambda whole: whole[: 45 + CHUNK + 16],
        lambda whole: whole + b"x",
        lambda whole: whole[:100] + bytes([whole[100] ^ 1]) + whole[101:],
        lambda whole: b"other" + whole,
    ],
    ids=["cut", "cut at a chunk", "lengthened", "changed", "another format"],
)
def test_a_damaged_seal_does_not_open(damage: object) -> None:
    whole = sealed(os.urandom(2 * CHUNK + 5))

    with pytest.raises(SealBroken):
        opened(damage(whole))  # type: ignore[operator]


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(SealBroken, match="the key is another one"):
        opened(sealed(b"x"), b"j" * 32)


@pytest.fixture
def stored(site: Site, own_url: str) -> Site:
    """An installation with one exhibit whose bytes are there."""
    if not own_url.startswith("sqlite"):
        pytest.skip("restoring into another server database is tried by hand")
    from tests.factories import make_case, make_officer

    with site.session() as session, session.begin():
        officer = make_officer(session, "case_officer")
        case = make_case(session, officer)
    site.store_exhibit(case, officer, LOG)
    return site


def emptied(site: Site, folder: Path) -> Site:
    """The same machine without its data: a new data directory and no database."""
    folder.mkdir(mode=0o700)
    environment = {
        **site.environment,
        "DOCKET_DATA_DIR": str(folder),
        "DOCKET_DATABASE_URL": f"sqlite:///{folder}/docket.db",
    }
    return Site(site.app, site.engine, environment)


def backed_up(site: Site, folder: Path) -> tuple[Path, Path]:
    """A backup and its key, both away from the installation."""
    file, key = folder / "copy.backup", folder / "backup.key"
    done = site.run("backup", str(file), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["members"] == 4  # database, two keys, an exhibit
    shutil.copyfile(site.data / "keys" / "backup.key", key)
    return file, key


def test_a_backup_brings_back_rows_files_and_log(stored: Site, tmp_path: Path) -> None:
    file, key = backed_up(stored, tmp_path)
    target = emptied(stored, tmp_path / "new")

    done = target.run("restore", str(file), "--key-file", str(key), "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ok"] is True
    assert target.run("audit", "verify").returncode == 0
    assert target.run("audit", "key").stdout == stored.run("audit", "key").stdout
    doctor = json.loads(target.run("doctor", "--json").stdout)
    assert {one["check"]: one["ok"] for one in doctor["checks"]}["schema"] is True
    names = {path.name for path in target.data.iterdir()}
    assert not [name for name in names if name.startswith("staging-")]


def test_neither_content_nor_key_can_be_read_in_a_backup(stored: Site, tmp_path: Path) -> None:
    file, key = backed_up(stored, tmp_path)

    content = file.read_bytes()

    assert b"SQLite format" not in content
    assert LOG not in content
    assert key.read_bytes() not in content
    assert file.stat().st_mode & 0o077 == 0


def test_a_backup_is_not_restored_over_an_installation_in_use(stored: Site, tmp_path: Path) -> None:
    file, key = backed_up(stored, tmp_path)

    done = stored.run("restore", str(file), "--key-file", str(key))

    assert done.returncode == 1
    assert "empty installation" in done.stderr


def test_a_changed_backup_leaves_nothing_behind(stored: Site, tmp_path: Path) -> None:
    file, key = backed_up(stored, tmp_path)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    target = emptied(stored, tmp_path / "new")

    done = target.run("restore", str(file), "--key-file", str(key))

    assert done.returncode == 1
    assert "Nothing was restored" in done.stderr
    assert not list((target.data / "blobs").glob("[0-9a-f]*/*"))


def test_a_lost_exhibit_is_told_by_the_backup_and_stops_the_restore(
    stored: Site, tmp_path: Path
) -> None:
    next((stored.data / "blobs").glob("[0-9a-f][0-9a-f]/*")).unlink()
    file = tmp_path / "copy.backup"

    made = stored.run("backup", str(file), "--json")
    target = emptied(stored, tmp_path / "new")
    key = str(stored.data / "keys" / "backup.key")
    refused = target.run("restore", str(file), "--key-file", key)
    taken = target.run("restore", str(file), "--key-file", key, "--despite-damage")

    assert made.returncode == 1
    assert "exhibit 1" in json.loads(made.stdout)["damage"][0]
    assert (refused.returncode, taken.returncode) == (1, 0)
    assert "exhibit 1" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("restore", "none.backup", "--key-file", "none.key"), "none.key"),
        (("backup", "Makefile"), "never overwrites"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(
    site: Site, arguments: tuple[str, ...], words: str
) -> None:
    done = site.run(*arguments)

    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_the_doctor_finds_a_sound_installation_sound(site: Site) -> None:
    done = site.run("doctor", "--json")

    answer = json.loads(done.stdout)
    assert [one for one in answer["checks"] if one["ok"] is False and one["check"] != "disk"] == []


def test_the_doctor_names_a_key_that_others_can_read(site: Site) -> None:
    (site.data / "keys" / "blob.key").chmod(0o644)

    done = site.run("doctor")

    assert done.returncode == 1
    assert "blob.key" in done.stdout


def test_the_doctor_names_a_case_at_a_stage_that_no_step_reached(stored: Site) -> None:
    with stored.session() as session, session.begin():
        session.execute(sa.text("""UPDATE "case" SET stage = 'S10'"""))

    done = stored.run("doctor")

    assert done.returncode == 1
    assert "stands at S10; its steps lead to S1" in done.stdout


def test_the_doctor_says_how_to_mend_an_old_schema(site: Site, tmp_path: Path) -> None:
    bare = emptied(site, tmp_path / "bare")
    sqlite3.connect(bare.data / "docket.db").close()

    done = bare.run("doctor")

    assert done.returncode == 1
    assert "flask db upgrade" in done.stdout
