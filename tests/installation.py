"""A whole installation for tests: a database and a data directory of its own, and its commands."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app import create_app
from casework.evidence.actions.exhibits import receive_file
from casework.evidence.facts import Description
from config import Settings
from models import Case, Officer

ROOT = Path(__file__).parents[1]


@dataclass
class Site:
    app: Flask
    engine: sa.Engine
    environment: dict[str, str]
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return Path(self.environment["DOCKET_DATA_DIR"])

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        """`flask ARGUMENTS`, left running; `more` is added to its environment."""
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", *arguments],
            cwd=ROOT,
            env={**self.environment, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def run(self, *arguments: str, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "flask", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def session(self) -> Session:
        return Session(self.engine, expire_on_commit=False)

    def store_exhibit(self, case: Case, officer: Officer, content: bytes) -> None:
        """Receive a file as a page would, its bytes into the blob store."""
        described = Description(
            title="Log",
            description="",
            bearing="supports",
            basis="owner_telemetry",
            received_from="Lantern Models",
            dated_on=None,
            owner_confidential=False,
            trade_secret=False,
            tlp="TLP:CLEAR",
            cui_category="",
        )
        with self.session() as session, session.begin():
            receive_file(
                session,
                self.app.extensions["blobs"],
                session.merge(case),
                described,
                BytesIO(content),
                file_name="log.csv",
                cap=1000,
                by=session.merge(officer),
                at=datetime.now(UTC),
            )

    def end(self) -> None:
        for process in self.started:
            with suppress(ProcessLookupError):
                process.kill()
            process.communicate()
        self.app.extensions["make_session"].kw["bind"].dispose()


@contextmanager
def installed(url: str, engine: sa.Engine, folder: Path) -> Iterator[Site]:
    """An installation on the database at `url`; whatever it started is ended."""
    data = folder / "site"
    data.mkdir(mode=0o700)
    environment = {
        "PATH": os.environ["PATH"],
        "DOCKET_DATA_DIR": str(data),
        "DOCKET_DATABASE_URL": url,
        "DOCKET_SECRET_KEY": "s" * 48,
    }
    site = Site(create_app(Settings.from_env(environment)), engine, environment)
    yield site
    site.end()


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
