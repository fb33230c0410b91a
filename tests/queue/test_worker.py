"""The job row is the truth: whatever dies, each job is done once in the end, or says why not."""

from __future__ import annotations

import os
import signal
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import redis
import sqlalchemy as sa

from app import create_app
from casework import queue
from casework.handlers import HANDLERS, Handler, JobRefused, Payload, Tools
from casework.packets import actions
from config import Settings
from models import Job, Packet
from tests.installation import Site, wait_until
from tests.packets_record.rich_case import RichCase
from views import jobs
from views.wake import next_call, queue_answers, wake

OWN_REDIS = "redis://127.0.0.1:6379/13"


def prepared(site: Site, rich: RichCase) -> tuple[uuid.UUID, uuid.UUID]:
    """Keys of a packet and of its job, committed, with nobody woken."""
    with site.session() as session, session.begin():
        case = session.merge(rich.case, load=True)
        officer = session.merge(rich.preparer, load=True)
        at = datetime.now(UTC)
        packet = actions.prepare_packet(
            session, case, recipient="public", purpose="x", by=officer, at=at
        )
        job = session.scalars(sa.select(Job)).one()
        return packet.id, job.id


def enqueued(site: Site, kind: str) -> uuid.UUID:
    with site.session() as session, session.begin():
        return queue.enqueue(session, kind, {"n": 1}, by=None, at=datetime.now(UTC)).id


def job_row(site: Site, job_id: uuid.UUID) -> Job:
    with site.session() as session:
        return session.get_one(Job, job_id)


def packet_row(site: Site, packet_id: uuid.UUID) -> Packet:
    with site.session() as session:
        return session.get_one(Packet, packet_id)


@pytest.fixture
def handled() -> Iterator[dict[str, list[str]]]:
    """Two kinds of job of the test's own, and what happened to them."""
    seen: dict[str, list[str]] = {"ran": [], "gave_up": []}

    def break_down(tools: Tools, payload: Payload) -> None:
        seen["ran"].append("x")
        raise RuntimeError("secret of the database")

    def refuse(tools: Tools, payload: Payload) -> None:
        seen["ran"].append("x")
        raise JobRefused("It cannot be done.")

    def give_up(session: object, payload: Payload, reason: str, at: datetime) -> None:
        seen["gave_up"].append(reason)

    HANDLERS["break_down"] = Handler(break_down, give_up)
    HANDLERS["refuse"] = Handler(refuse, give_up)
    yield seen
    del HANDLERS["break_down"], HANDLERS["refuse"]


def test_a_job_that_nobody_was_woken_for_is_found_and_done(site: Site, rich: RichCase) -> None:
    packet_id, job_id = prepared(site, rich)

    done = site.run("worker", "run", "--burst")

    assert done.returncode == 0, done.stderr
    packet, job = packet_row(site, packet_id), job_row(site, job_id)
    assert (job.state, job.attempts, packet.state) == ("done", 1, "ready")
    assert packet.pages
    assert packet.sha256


def test_another_worker_finishes_what_a_killed_one_began(site: Site, rich: RichCase) -> None:
    packet_id, job_id = prepared(site, rich)
    first = site.start("worker", "run", "--burst")
    wait_until(lambda: packet_row(site, packet_id).state == "rendering")
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert job_row(site, job_id).state == "running"
    let_the_lease_run_out(site, job_id)

    site.run("worker", "run", "--burst")

    job = job_row(site, job_id)
    assert (job.state, job.attempts) == ("done", 2)
    assert packet_row(site, packet_id).state == "ready"


def let_the_lease_run_out(site: Site, job_id: uuid.UUID) -> None:
    with site.session() as session, session.begin():
        job = session.get_one(Job, job_id)
        assert job.claimed_at is not None
        job.claimed_at -= queue.LEASE + timedelta(seconds=1)


def test_a_worker_told_to_stop_finishes_the_job_in_hand(site: Site, rich: RichCase) -> None:
    packet_id, job_id = prepared(site, rich)
    worker = site.start("worker", "run")
    wait_until(lambda: packet_row(site, packet_id).state == "rendering")

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=60) == 0
    assert job_row(site, job_id).state == "done"
    assert packet_row(site, packet_id).state == "ready"


def test_two_workers_never_do_the_same_job(site: Site) -> None:
    job_id = enqueued(site, "render_packet")
    at = datetime.now(UTC)

    with site.session() as session, session.begin():
        first = queue.claim(session, job_id, at=at)
    with site.session() as session, session.begin():
        second = queue.claim(session, job_id, at=at)

    assert first is not None
    assert second is None


def test_an_unexpected_fault_is_tried_three_times_and_then_told_in_plain_words(
    site: Site, handled: dict[str, list[str]]
) -> None:
    job_id = enqueued(site, "break_down")

    with site.app.app_context():
        while waiting := jobs.waiting():
            jobs.perform(waiting[0])

    job = job_row(site, job_id)
    assert (job.state, job.attempts, len(handled["ran"])) == ("failed", 3, 3)
    assert "secret" not in job.failure
    assert handled["gave_up"] == [job.failure]


def test_a_refusal_is_final_at_once(site: Site, handled: dict[str, list[str]]) -> None:
    job_id = enqueued(site, "refuse")

    with site.app.app_context():
        assert jobs.perform(job_id) is False

    assert (job_row(site, job_id).state, handled["gave_up"]) == ("failed", ["It cannot be done."])


def test_a_job_that_kills_each_worker_is_given_up(
    site: Site, handled: dict[str, list[str]]
) -> None:
    job_id = enqueued(site, "break_down")
    with site.session() as session, session.begin():
        session.get_one(Job, job_id).attempts = queue.ATTEMPTS

    with site.app.app_context():
        jobs.perform(job_id)

    assert (job_row(site, job_id).state, handled["ran"]) == ("failed", [])
    assert "stopped each time" in handled["gave_up"][0]


def test_a_kind_that_is_not_known_fails_and_says_so(site: Site) -> None:
    job_id = enqueued(site, "from_the_future")

    with site.app.app_context():
        jobs.perform(job_id)

    assert "does not know such a job" in job_row(site, job_id).failure


def test_a_call_reaches_the_worker_through_the_file(site: Site) -> None:
    job_id = uuid.uuid4()

    with site.app.app_context():
        wake(job_id)
        assert queue_answers()
        assert next_call() == job_id
        assert next_call() is None


def test_a_queue_that_is_gone_loses_nothing(site: Site, rich: RichCase) -> None:
    packet_id, _ = prepared(site, rich)
    site.app.extensions["wake"] = None

    with site.app.app_context():
        wake(packet_id)
        assert next_call() is None
        assert len(jobs.waiting()) == 1


def test_a_call_reaches_the_worker_through_redis(site: Site) -> None:
    store = redis.Redis.from_url(OWN_REDIS)
    try:
        store.ping()
    except redis.ConnectionError:
        pytest.skip("Redis does not answer at 127.0.0.1:6379: apt-get install redis-server")
    finally:
        store.close()
    settings = {**site.environment, "DOCKET_REDIS_URL": OWN_REDIS}
    job_id = uuid.uuid4()
    app = create_app(Settings.from_env(settings))
    with app.app_context():
        wake(job_id)
        assert next_call() == job_id
    app.extensions["make_session"].kw["bind"].dispose()


def test_a_file_that_a_crash_left_goes_after_a_day(site: Site) -> None:
    blobs = site.app.extensions["blobs"]
    stored = blobs.put(BytesIO(b"left behind"), "case:x", cap=100)
    with site.app.app_context():
        assert jobs.sweep_blobs() == 0
        path = site.data / "blobs" / stored.key[:2] / stored.key
        two_days_ago = datetime.now(UTC).timestamp() - 2 * 86400
        os.utime(path, (two_days_ago, two_days_ago))

        assert jobs.sweep_blobs() == 1
