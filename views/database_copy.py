"""Copy the database out to a file while others use it, and put such a file back."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app

from models.engine import sqlite_module
from views.transaction import make_session

_SQLITE = "sqlite:///"


class CopyFailed(Exception):
    """The database could not be copied; the message says why and what to do."""


def kind_of(url: str) -> str:
    """Return `sqlite` or `postgresql`, the kinds that can be copied; raises CopyFailed."""
    if url.startswith(_SQLITE) and not url.endswith(":memory:"):
        return "sqlite"
    if url.startswith("postgresql"):
        return "postgresql"
    raise CopyFailed("Only a SQLite file or a PostgreSQL database can be backed up from here.")


def copy_out(url: str, to: Path) -> None:
    """One consistent moment of the database, in the file `to`, which must not exist."""
    if kind_of(url) == "postgresql":
        _postgres("pg_dump", url, "--format=custom", "--no-owner", f"--file={to}")
        return
    with closing(sqlite_module().connect(_file(url), isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(to),))


def put_back(url: str, copy: Path) -> None:
    """Make `copy` the database. It must be empty; on PostgreSQL all comes or nothing does."""
    if kind_of(url) == "postgresql":
        options = ("--single-transaction", "--exit-on-error", "--no-owner")
        _postgres("pg_restore", url, *options, str(copy))
        return
    with closing(make_session()) as session:
        session.get_bind().dispose()  # type: ignore[union-attr]
    path = Path(_file(url))
    for ending in ("-wal", "-shm", "-journal"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    copy.replace(path)


def _file(url: str) -> str:
    return url.removeprefix(_SQLITE)


def _postgres(tool: str, url: str, *arguments: str) -> None:
    """Run a PostgreSQL tool; the password goes by the environment, where no list shows it."""
    if shutil.which(tool) is None:
        raise CopyFailed(f"{tool} is not installed: apt-get install postgresql-client")
    parts = urlsplit(url)
    place = parts._replace(
        scheme="postgresql", netloc=parts.netloc.replace(f":{parts.password}@", "@")
    )
    environment = {**os.environ, "PGPASSWORD": unquote(parts.password or "")}
    done = subprocess.run(  # noqa: S603 - fixed tools, arguments of our own
        [tool, f"--dbname={place.geturl()}", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        current_app.logger.error("%s: %s", tool, done.stderr)
        raise CopyFailed(f"{tool} failed: {last[0]}")
