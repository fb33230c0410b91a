"""`flask worker run`: does the slow work, one job at a time; more processes do more at once."""

from __future__ import annotations

import signal
import time
import uuid
from collections.abc import Callable, Iterable
from threading import Event
from types import FrameType

import click
from flask import current_app
from flask.cli import AppGroup

from casework.audit.checkpoints import mark_growth
from views import jobs
from views.clock import now
from views.transaction import own_transaction
from views.wake import next_call

SECONDS_BETWEEN_LOOKS = 0.25
SECONDS_BETWEEN_SWEEPS = 15.0
SECONDS_BETWEEN_BLOB_SWEEPS = 3600.0
SECONDS_BETWEEN_CHECKPOINTS = 900.0
SECONDS_BETWEEN_LOOKS_AT_SCRUBS = 3600.0

worker_cli = AppGroup("worker", help="The process that draws packets and does other slow work.")


@worker_cli.command("run")
@click.option("--burst", is_flag=True, help="Work off what is there, then end.")
def run(*, burst: bool) -> None:
    """Do jobs until told to stop; the job in hand is finished first."""
    stop = _stopped_by_signal()
    if burst:
        while not stop.is_set() and (found := jobs.waiting()):
            _do(found, stop)
        return
    click.echo("The worker waits for jobs.")
    _serve(stop)
    click.echo("The worker has stopped.")


def _stopped_by_signal() -> Event:
    stop = Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    return stop


def _do(job_ids: Iterable[uuid.UUID], stop: Event) -> None:
    for job_id in job_ids:
        if stop.is_set():
            return
        started = time.monotonic()
        word = "done" if jobs.perform(job_id) else "not done"
        click.echo(f"job {job_id} {word} after {time.monotonic() - started:.1f} s")


class _Repeated:
    """Something done again each time that `seconds` have passed; first at once."""

    def __init__(self, seconds: float, work: Callable[[], object]) -> None:
        self._seconds, self._work = seconds, work
        self._next = 0.0

    def if_due(self) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + self._seconds
            self._work()


def _serve(stop: Event) -> None:
    repeated = (
        _Repeated(SECONDS_BETWEEN_SWEEPS, lambda: _do(jobs.waiting(), stop)),
        _Repeated(SECONDS_BETWEEN_SWEEPS, jobs.ask_for_scans),
        _Repeated(SECONDS_BETWEEN_BLOB_SWEEPS, jobs.sweep_blobs),
        _Repeated(SECONDS_BETWEEN_CHECKPOINTS, _sign_the_log),
        _Repeated(SECONDS_BETWEEN_LOOKS_AT_SCRUBS, jobs.ask_for_scrub),
    )
    while not stop.is_set():
        try:
            for each in repeated:
                each.if_due()
            if called := next_call():
                _do([called], stop)
                continue
        except Exception:
            # A database that is away for a moment must not end the worker: it tries again.
            current_app.logger.exception("the worker goes on after a fault")
        stop.wait(SECONDS_BETWEEN_LOOKS)


def _sign_the_log() -> None:
    with own_transaction() as session:
        mark_growth(session, at=now())
