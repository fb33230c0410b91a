"""What an analyst does with usage logs, as the pages let it be done."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from casework.evidence.actions.exhibits import receive_file
from casework.evidence.facts import Description
from models import AnalysisRun, AuditEntry, Case, Exhibit, Job, Officer, UsageLog
from tests.browser import DocketClient
from tests.factories import AT
from views import jobs

OPENED = {
    "exhibits": "1",
    "title": "May traffic",
    "owner": "Lantern Models",
    "sampling": "All rows of the week.",
    "window_from": "",
    "window_to": "",
    "zone": "",
    "epoch_unit": "",
}
EVENTS = {
    "events-0-kind": "own_release",
    "events-0-model": "lantern-2",
    "events-0-at": "2026-05-07 12:00",
    "events-0-source": "Release notes of the owner",
    "events-1-kind": "release",
    "events-1-model": "orchid-9",
    "events-1-at": "2026-06-20 00:00",
    "events-1-source": "Press",
    "events-1-confidence": "moderate",
}


def receive(
    app: Flask, db: Session, case: Case, by: Officer, content: bytes, name: str, **told: Any
) -> Exhibit:
    described = Description(
        title="Log", bearing="neutral", basis="owner_telemetry", received_from="Owner", **told
    )
    store = app.extensions["blobs"]
    return receive_file(
        db, store, case, described, io.BytesIO(content), file_name=name, cap=10**8, by=by, at=AT
    )


@dataclass
class Desk:
    app: Flask
    db: Session
    case: Case
    client: DocketClient

    @property
    def base(self) -> str:
        return f"/cases/{self.case.reference}/evidence/logs"

    def open(self, **changes: str) -> TestResponse:
        return self.client.post_form(f"{self.base}/new", {**OPENED, **changes})

    def columns(self, number: int = 1, **changes: str) -> TestResponse:
        """Send the page of the columns as it is offered, with changes."""
        address = f"{self.base}/{number}/columns"
        return self.client.post_form(
            address, {**fields_of(self.client.get(address).text), **changes}
        )

    def take_in(self, **changes: str) -> UsageLog:
        """Open a log, map it as suggested, and let the worker do its job."""
        self.open(**changes)
        number = self.log().number
        self.columns(number)
        self.work()
        return self.log()

    def analyse(self, **changes: str) -> TestResponse:
        address = f"{self.base}/1/analyses/new"
        offered = fields_of(self.client.get(address).text)
        return self.client.post_form(address, {**offered, **EVENTS, **changes})

    def post(self, path: str) -> TestResponse:
        return self.client.post_form(f"{self.base}/{path}", {})

    def page(self, path: str = "") -> str:
        answer = self.client.get(f"{self.base}/{path}" if path else self.base)
        assert answer.status_code == 200, answer.text
        return words_of(answer.text)

    def work(self) -> bool:
        """Do the newest job as a worker would."""
        with self.app.app_context():
            done = jobs.perform(self.job().id)
        self.db.expire_all()
        return done

    def job(self) -> Job:
        self.db.expire_all()
        waiting = sa.select(Job).order_by(Job.state != "queued", Job.created_at.desc())
        return self.db.scalars(waiting).first()

    def log(self) -> UsageLog:
        self.db.expire_all()
        return self.db.scalars(sa.select(UsageLog).order_by(UsageLog.number.desc())).first()

    def run(self) -> AnalysisRun:
        self.db.expire_all()
        return self.db.scalars(sa.select(AnalysisRun).order_by(AnalysisRun.number.desc())).first()

    def acts(self) -> list[str]:
        return list(self.db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.seq)))


def fields_of(page: str) -> dict[str, str]:
    """What the form of the page would send if nothing were changed."""
    form = page[page.index("<main") :]
    sent = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form))
    selects = re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL)
    sent |= {name: _chosen(options) for name, options in selects}
    texts = r'<textarea[^>]*name="([^"]+)"[^>]*>\s*(.*?)</textarea>'
    sent |= dict(re.findall(texts, form, re.DOTALL))
    return {name: value for name, value in sent.items() if name != "csrf_token"}


def _chosen(options: str) -> str:
    found = re.search(r'<option selected value="([^"]*)"', options)
    return found.group(1) if found else ""


def words_of(page: str) -> str:
    """The page as it is read: without tags, with single spaces."""
    main = page[page.index("<main") :]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
