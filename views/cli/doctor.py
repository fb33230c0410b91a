"""`flask doctor`: what is missing or unsafe in this installation, and what to do about it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from casework.committee.queries.closing import differences
from casework.packets import fonts
from casework.packets.box import RenderFailed
from casework.workflow.queries.impossible import impossible
from config import Settings
from models.engine import SAFE_WAL, sqlite_module
from views.cli import doctor_exhibits
from views.cli.answers import answer, as_json
from views.schema import current_revision, newest_revision
from views.transaction import UNAVAILABLE, cli_transaction
from views.wake import queue_answers

LEAST_FREE_PERCENT = 15
PRIVATE = 0o077


@dataclass(frozen=True, slots=True)
class Found:
    """`ok` None is advice: it is fine on a laptop and not in production."""

    check: str
    ok: bool | None
    what: str


@click.command("doctor")
@as_json
@click.pass_context
@with_appcontext
def doctor_command(context: click.Context, *, as_json: bool) -> None:
    """Look at database, record, files, fonts, queue and settings; exit 1 if something is wrong."""
    settings: Settings = current_app.extensions["settings"]
    found = [one for examine in EXAMINATIONS for one in examine(settings)]
    ok = all(one.ok is not False for one in found)
    signs = {True: "ok", False: "WRONG", None: "advice"}
    words = "\n".join(f"{signs[one.ok]:7} {one.check}: {one.what}" for one in found)
    answer(as_json, {"ok": ok, "checks": [asdict(one) for one in found]}, words)
    context.exit(0 if ok else 1)


def _database(settings: Settings) -> Iterator[Found]:
    try:
        current, newest = current_revision(), newest_revision()
    except UNAVAILABLE as fault:
        yield Found("database", ok=False, what=f"does not answer ({type(fault).__name__})")
        return
    there = f"schema at {current or 'nothing'}"
    todo = "" if current == newest else f", the code needs {newest}. Run: flask db upgrade"
    yield Found("schema", ok=current == newest, what=f"{there}{todo}")
    if settings.database_url.startswith("sqlite"):
        yield from _sqlite()


def _sqlite() -> Iterator[Found]:
    module = sqlite_module()
    with cli_transaction(reading=True) as session:
        connection = session.connection()
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        keys = connection.exec_driver_sql("PRAGMA foreign_keys").scalar()
    safe = journal != "wal" or module.sqlite_version_info >= SAFE_WAL
    yield Found("sqlite", ok=safe, what=f"version {module.sqlite_version}, journal {journal}")
    yield Found("foreign keys", ok=keys == 1, what="enforced" if keys == 1 else "NOT enforced")


def _record(_settings: Settings) -> Iterator[Found]:
    """Count every closed vote again, and follow every case to the stage that it stands at."""
    if current_revision() != newest_revision():
        return
    with cli_transaction(reading=True) as session:
        votes = [f"{row.case}: {row.what}" for row in differences(session)]
        stages = list(impossible(session))
    yield Found("votes", ok=not votes, what="; ".join(votes) or "every count comes out again")
    yield Found("stages", ok=not stages, what="; ".join(stages) or "each was reached by its steps")


def _files(settings: Settings) -> Iterator[Found]:
    private = [settings.data_dir, settings.data_dir / "keys", settings.data_dir / "blobs"]
    private += sorted((settings.data_dir / "keys").glob("*"))
    open_to_others = [path for path in private if path.exists() and _shared(path)]
    names = ", ".join(str(path.relative_to(settings.data_dir.parent)) for path in open_to_others)
    words = f"other accounts can reach {names}: chmod go= them" if names else "private"
    yield Found("data directory", ok=not names, what=words)
    usage = shutil.disk_usage(settings.data_dir)
    percent = usage.free * 100 // usage.total
    yield Found("disk", ok=percent >= LEAST_FREE_PERCENT, what=f"{percent} percent free")
    works = current_app.extensions["blobs"].works()
    yield Found("exhibits", ok=works, what="can be stored" if works else "cannot be stored")


def _shared(path: Path) -> bool:
    return bool(path.stat().st_mode & PRIVATE)


def _exhibits(settings: Settings) -> Iterator[Found]:
    if current_revision() != newest_revision():
        return
    for examine in (doctor_exhibits.exhibits_hold, doctor_exhibits.scanner):
        yield from (Found(*told) for told in examine(settings))


def _queue(_settings: Settings) -> Iterator[Found]:
    try:
        answers = queue_answers()
    except Exception:
        current_app.logger.exception("the queue")
        answers = False
    words = "answers" if answers else "does not answer; jobs wait for the sweep of a worker"
    yield Found("queue", ok=answers, what=words)


def _fonts(settings: Settings) -> Iterator[Found]:
    cache = settings.data_dir / "cache"
    cache.mkdir(mode=0o700, exist_ok=True)
    try:
        missing = fonts.undrawable(cache)
    except RenderFailed as fault:
        yield Found("renderer", ok=False, what=fault.reason)
        return
    if not missing:
        yield Found("fonts", ok=True, what="every sample script is drawn")
    for sample in missing:
        what = f"{sample.script} is not drawn. Run: apt-get install {sample.package}"
        yield Found("fonts", ok=False, what=what)


def _safety(settings: Settings) -> Iterator[Found]:
    wrong = settings.unsafe()
    grade = False if settings.production else None
    yield from (Found("settings", ok=grade, what=line) for line in wrong)
    if not wrong:
        yield Found("settings", ok=True, what="safe for production")


EXAMINATIONS: tuple[Callable[[Settings], Iterator[Found]], ...] = (
    _database,
    _record,
    _files,
    _exhibits,
    _queue,
    _fonts,
    _safety,
)
