"""The application as it is served, with the demo in it or with nothing but its officers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from app import create_app
from casework.access import Role
from config import ROOT, Settings
from models.engine import open_engine
from tests.databases import migrate
from tests.factories import PASSWORD, make_officer
from tests.serving import served


@dataclass(frozen=True)
class Account:
    email: str
    password: str


@dataclass(frozen=True)
class Docket:
    """`accounts` are those of the demo by key (`officer`, `delegate-state` and so on); in a docket
    without the demo there is one for each role, by the name of the role.
    """

    app: Flask
    folder: Path
    address: str
    accounts: dict[str, Account]
    sessions: sessionmaker[Session]

    def work_off_jobs(self) -> None:
        """Let a worker do what waits, in a process of its own as in production."""
        _flask(self.folder, "worker", "run", "--burst")


@contextmanager
def serve(folder: Path, *, demo: bool) -> Iterator[Docket]:
    settings = Settings.from_env({"DOCKET_DATA_DIR": str(folder)})
    migrate(settings.database_url)
    engine = open_engine(settings.database_url)
    sessions = sessionmaker(engine, expire_on_commit=False)
    accounts = _load_demo(folder) if demo else _one_of_each_role(sessions)
    app = create_app(settings, sessions)
    with served(app) as address:
        yield Docket(app, folder, address, accounts, sessions)
    engine.dispose()


def _load_demo(folder: Path) -> dict[str, Account]:
    _flask(folder, "demo", "load")
    lines = (folder / "demo" / "accounts.txt").read_text().splitlines()
    found = (line.split()[:2] for line in lines if "@" in line)
    return {email.partition("@")[0]: Account(email, password) for email, password in found}


def _one_of_each_role(sessions: sessionmaker[Session]) -> dict[str, Account]:
    with sessions.begin() as db:
        officers = {str(role): make_officer(db, role, password=PASSWORD) for role in Role}
        return {key: Account(officer.email, PASSWORD) for key, officer in officers.items()}


def _flask(folder: Path, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flask", *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DOCKET_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
