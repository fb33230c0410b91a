"""`flask backup` and `flask restore`: a whole installation in one sealed file."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from casework.archive import bundle
from casework.archive.queries import audit_head, database_at, faults, revision, table_count
from casework.archive.sealing import KEY_BYTES, SealBroken
from casework.evidence.pieces import PIECE
from casework.evidence.places.local import LocalPlace
from casework.evidence.store import BlobStore
from config import Settings
from views.cli.answers import BadInput, answer, as_json
from views.cli.doctor import doctor_command
from views.clock import now
from views.database_copy import CopyFailed, copy_out, kind_of, put_back
from views.key_files import kept
from views.schema import newest_revision

__all__ = ["backup_command", "doctor_command", "restore_command"]

key_option = click.option(
    "--key-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="32 bytes that seal backups. Default: keys/backup.key in the data directory.",
)
file_argument = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


class Refused(click.ClickException):
    """The work was not done: exit 1 with the reason."""

    exit_code = 1


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


@click.command("backup")
@file_argument
@key_option
@as_json
@with_appcontext
def backup_command(file: Path, key_file: Path | None, *, as_json: bool) -> None:
    """Copy database and exhibits into FILE, sealed. The key is not inside: keep it elsewhere."""
    if file.exists():
        raise BadInput(f"{file}: exists already; a backup never overwrites another")
    key, made = _backup_key(key_file)
    with _staging() as folder:
        about, damage = _copy_database(folder / bundle.DATABASE)
        partial = folder / "sealed"
        with partial.open("xb") as target:
            members = bundle.write(
                target,
                key,
                database=folder / bundle.DATABASE,
                data_dir=_settings().data_dir,
                blobs=_blobs_at_hand(folder),
                about=about,
                at=now(),
            )
            target.flush()
            os.fsync(target.fileno())
        shutil.copyfile(partial, file)
        file.chmod(0o600)
    if made:
        click.echo(f"A key was made: {made}. Copy it to another place now.", err=True)
    document = {
        "file": str(file),
        "members": len(members),
        "size": file.stat().st_size,
        "damage": damage,
    }
    stored = sum(name.startswith("blobs/") for name in members)
    words = f"{file}: database, keys and {stored} stored files, sealed"
    answer(as_json, document, "\n".join([words, *damage]))
    if damage:
        raise Refused("The backup is written, but what it copies is damaged; see above.")


def _blobs_at_hand(folder: Path) -> Path:
    """The folder of the sealed files; those of a bucket are fetched into `folder` first."""
    place = current_app.extensions["blobs"].place
    if isinstance(place, LocalPlace):
        return place.root
    copy = LocalPlace(folder / "fetched")
    for name, _ in place.names():
        with place.open(name) as file:
            copy.write(name, iter(lambda: file.read(PIECE), b""))
    return copy.root


def _put_blobs(folder: Path) -> None:
    """Put the sealed files of a backup where the settings keep them."""
    place = current_app.extensions["blobs"].place
    if isinstance(place, LocalPlace):
        shutil.rmtree(place.root)
        folder.rename(place.root)
        return
    for name, path in bundle.blob_files(folder):
        with path.open("rb") as file:
            place.write(Path(name).name, iter(lambda: file.read(PIECE), b""))


def _backup_key(given: Path | None) -> tuple[bytes, Path | None]:
    """The key, and its path where it had to be made."""
    path = given or _settings().data_dir / "keys" / "backup.key"
    if given is not None or path.exists():
        return _read_key(path), None
    return kept(_settings().data_dir, path.name, secrets.token_bytes(KEY_BYTES)), path


def _read_key(path: Path) -> bytes:
    try:
        key = path.read_bytes()
    except OSError as fault:
        raise BadInput(f"{path}: {fault.strerror}") from None
    if len(key) != KEY_BYTES:
        raise BadInput(f"{path}: a key has {KEY_BYTES} bytes, this file has {len(key)}")
    return key


@contextmanager
def _staging() -> Iterator[Path]:
    """A folder of our own on the data directory's disk, gone at the end whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="staging-", dir=_settings().data_dir))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _copy_database(to: Path) -> tuple[bundle.About, list[str]]:
    """What the copy is of, and what is wrong with it: better told now than at the restore."""
    url = _settings().database_url
    try:
        kind = kind_of(url)
        copy_out(url, to)
    except CopyFailed as fault:
        raise Refused(str(fault)) from None
    with database_at(f"sqlite:///{to}" if kind == "sqlite" else url) as session:
        size, root = audit_head(session)
        about = bundle.About(kind, revision(session), size, root, now().isoformat())
        return about, faults(session, current_app.extensions["blobs"], size=size, root=root)


@click.command("restore")
@file_argument
@key_option
@click.option("--despite-damage", is_flag=True, help="Restore even what fails its checks.")
@as_json
@with_appcontext
def restore_command(
    file: Path, key_file: Path | None, *, despite_damage: bool, as_json: bool
) -> None:
    """Put a backup into an empty installation, after checking everything in it."""
    key = _read_key(key_file or _settings().data_dir / "keys" / "backup.key")
    _refuse_unless_empty()
    with _staging() as folder:
        try:
            with file.open("rb") as source:
                about = bundle.unpack(source, key, folder)
            _refuse_other_kind(about)
            damage = _put_in_place(folder, about, despite_damage=despite_damage)
        except OSError as fault:
            raise BadInput(f"{file}: {fault.strerror}") from None
        except (SealBroken, CopyFailed) as fault:
            raise Refused(f"{file}: {fault}. Nothing was restored.") from None
    document = {
        "ok": not damage,
        "revision": about.revision,
        "audit_size": about.audit_size,
        "damage": damage,
    }
    holds = "everything in it holds" if not damage else "this in it is damaged:"
    answer(
        as_json, document, "\n".join([f"Restored the state of {about.made_at}; {holds}", *damage])
    )


def _refuse_unless_empty() -> None:
    settings = _settings()
    with database_at(settings.database_url) as session:
        tables = table_count(session)
    if tables or any(current_app.extensions["blobs"].keys()):
        raise Refused("A backup is restored into an empty installation only; this one is in use.")


def _refuse_other_kind(about: bundle.About) -> None:
    kind = kind_of(_settings().database_url)
    if about.database != kind:
        raise SealBroken(f"it holds a {about.database} database, and this installation uses {kind}")


def _put_in_place(folder: Path, about: bundle.About, *, despite_damage: bool) -> list[str]:
    """Check the copy where it lies, then move it; the database comes last, since it is the truth.

    A PostgreSQL copy can only be checked once it is loaded.
    """
    settings = _settings()
    blobs = folder / "blobs"
    store = BlobStore(blobs, (folder / bundle.KEY).read_bytes())
    where = f"sqlite:///{folder / bundle.DATABASE}"
    if about.database == "postgresql":
        put_back(settings.database_url, folder / bundle.DATABASE)
        where = settings.database_url
    damage = _damage(where, store, about)
    if damage and not despite_damage:
        raise SealBroken("; ".join(damage))
    _put_blobs(blobs)
    for name, path in bundle.key_files(folder):
        path.replace(settings.data_dir / name)
    if about.database == "sqlite":
        put_back(settings.database_url, folder / bundle.DATABASE)
    if about.revision != newest_revision():
        click.echo("The schema is older than this version. Run: flask db upgrade", err=True)
    return damage


def _damage(url: str, store: BlobStore, about: bundle.About) -> list[str]:
    with database_at(url) as session:
        return faults(session, store, size=about.audit_size, root=about.audit_root)
