"""Whatever dies or is stopped, nothing half done is shown, and it can be begun again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casework import queue
from casework.evidence import apart
from casework.evidence.actions.log_intake import begin_intake
from models import Job
from tests.usage_logs.desk import Desk
from tests.usage_logs.small_log import log_file


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """A log that waits to be taken in."""
    desk.open()
    desk.columns()
    return desk


@pytest.fixture
def order(tmp_path):
    path = tmp_path / "usage.csv"
    path.write_bytes(log_file())
    return {
        "files": [{"name": "usage.csv", "path": str(path)}],
        "mapping": {},
        "capabilities": {},
        "zone": "",
        "epoch_unit": "",
        "window_from": "",
        "window_to": "",
        "key": "07" * 32,
        "out": str(tmp_path / "rows"),
    }


def children_of(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(text) for text in (task / "children").read_text().split()]
    return found


def test_a_job_that_nobody_began_is_stopped_at_once(asked):
    assert asked.post("1/stop").status_code == 303

    assert (asked.log().state, asked.db.query(Job).one().state) == ("cancelled", "cancelled")
    assert "Taking in was stopped" in asked.page("1")
    assert asked.post("1/intake").status_code == 303
    assert asked.work()
    assert asked.log().state == "ready"


def test_a_running_job_stops_at_its_next_word(asked):
    job = asked.job()
    job.cancel_asked_at = datetime.now(UTC)
    asked.db.commit()

    assert not asked.work()

    assert (asked.db.query(Job).one().state, asked.log().state) == ("cancelled", "cancelled")
    assert asked.log().canonical == []
    assert "usage_log.cancelled" in asked.acts()


def test_a_running_job_is_asked_to_stop_and_the_page_says_so(asked):
    queue.claim(asked.db, asked.job().id, at=datetime.now(UTC))
    begin_intake(asked.db, asked.log().id, at=datetime.now(UTC))
    asked.db.commit()

    asked.post("1/stop")

    assert asked.job().cancel_asked_at is not None
    assert asked.job().state == "running"
    assert "It was asked to stop." in asked.page("1")


def test_what_is_not_running_is_not_stopped(desk):
    desk.open()

    answer = desk.post("1/stop")

    assert answer.status_code == 409
    assert "there is nothing to stop" in answer.text


def test_another_worker_finishes_what_a_killed_one_began(asked):
    claimed = queue.claim(asked.db, asked.job().id, at=datetime.now(UTC))
    begin_intake(asked.db, asked.log().id, at=datetime.now(UTC))
    claimed.claimed_at -= 2 * queue.LEASE
    asked.db.commit()
    page = asked.page("1")
    assert "The log is being taken in" in page
    assert "accepted" not in page

    assert asked.work()

    assert (asked.job().attempts, asked.log().state) == (2, "ready")


@pytest.fixture
def fresh_children():
    """The children that this process got since: a browser's driver may be among the others."""
    there = set(children_of(os.getpid()))
    return lambda: set(children_of(os.getpid())) - there


def test_a_killed_child_is_noticed_and_leaves_nothing(order, fresh_children):
    def kill(words: str) -> None:
        for pid in fresh_children():
            os.kill(pid, signal.SIGKILL)

    with pytest.raises(apart.ChildDied, match=r"killed \(signal 9\)"):
        apart.work_apart("take_in", order, progress=kill)


def test_a_job_whose_child_keeps_dying_fails_with_the_reason(asked, monkeypatch):
    monkeypatch.setattr(apart, "CHILD", "tests.usage_logs.killed_child")

    for _ in range(queue.ATTEMPTS):
        assert not asked.work()

    log = asked.log()
    assert log.state == "failed"
    assert "was killed (signal 9)" in log.failure
    assert "It may have needed more memory than there is." in asked.page("1")


def test_a_child_that_is_no_longer_wanted_is_ended(order, fresh_children):
    seen: list[int] = []

    def stop(words: str) -> None:
        seen.extend(fresh_children())
        raise queue.Cancelled

    with pytest.raises(queue.Cancelled):
        apart.work_apart("take_in", order, progress=stop)

    assert seen
    assert not fresh_children()


def test_a_child_ends_itself_when_its_parent_is_killed(tmp_path):
    program = "import sys; from casework.evidence.apart import _started\n"
    program += "with _started('columns') as (child, lines): print(child.pid, flush=True); input()"
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with parent:
        pid = int(parent.stdout.readline())
        parent.kill()
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text():
            return
        time.sleep(0.1)
    pytest.fail("the child lives on")


def test_a_file_that_is_no_log_is_refused_with_its_name(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"PK\x03\x04 zip")

    with pytest.raises(apart.WorkRefused, match=r"log\.csv is a ZIP archive"):
        apart.work_apart("columns", {"files": [{"name": "log.csv", "path": str(path)}]},
                         progress=lambda words: None)  # fmt: skip


def test_no_clear_text_stays_in_the_cache(asked, settings):
    asked.work()

    assert not [path for path in (settings.data_dir / "cache").rglob("*") if path.is_file()]
