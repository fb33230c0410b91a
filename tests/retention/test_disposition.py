from __future__ import annotations

import shutil
import time

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from casework.archive.queries import faults
from casework.errors import (
    Destroyed,
    InvalidValue,
    SeparationOfDuties,
    StaleVersion,
    TransitionBlocked,
)
from casework.evidence.actions.exhibits import check, hand_out
from casework.evidence.queries.exhibits import known_blobs
from casework.evidence.store import BlobDamaged, BlobStore
from casework.packets.queries.holdings import held_of, index
from models import CustodyEvent, DispositionDecision, Exhibit, Finding
from tests.factories import AT, make_case
from tests.retention.closedfile import CLOSED_ON, CONTENT, ITEM, later, start

KEY = bytes(range(32))


def exhibit(file):
    return file.db.scalars(sa.select(Exhibit).where(Exhibit.case_id == file.case.id)).first()


def marked(file):
    wanted = sa.select(sa.func.count()).where(
        Exhibit.case_id == file.case.id, Exhibit.disposed_at.is_not(None)
    )
    return file.db.scalar(wanted)


def damage(file):
    """What a check of a whole installation says about the stored files."""
    return [words for words in faults(file.db, file.store, size=0, root="") if "file" in words]


def test_what_two_persons_decide_is_destroyed_and_everything_about_it_stays(file):
    kept = exhibit(file)
    before = (kept.title, kept.sha256, kept.size, kept.received_from)

    file.decide(file.propose())
    assert list(file.store.keys())  # only once the decision is kept
    assert file.destroy() == 1

    assert list(file.store.keys()) == []
    assert (kept.title, kept.sha256, kept.size, kept.received_from) == before
    kinds = {row.kind: row for row in file.db.scalars(sa.select(CustodyEvent))}
    assert kinds["disposed"].note == ITEM.words
    assert kinds["disposed"].sha256 == kept.sha256
    assert damage(file) == []


def test_the_first_days_count_in_washington(file):
    assert file.case.stage == "S16"
    early = CLOSED_ON.replace(year=2026, day=27)

    with pytest.raises(TransitionBlocked, match="kept until"):
        file.propose(on=early)


@pytest.mark.parametrize("day", [later(-4000), later(-365)])
def test_nothing_is_proposed_before_the_period_has_ended(file, day):
    with pytest.raises(TransitionBlocked):
        file.propose(on=day)


def test_nothing_of_an_open_case_is_proposed(db, store):
    file = start(db, store, closed=False)

    with pytest.raises(TransitionBlocked, match="not closed"):
        file.propose()


@pytest.mark.parametrize(("changes", "field"), [
    ({"item": "other"}, "item"), ({"item": ""}, "item"), ({"reason": " "}, "reason"),
])  # fmt: skip
def test_a_proposal_names_the_item_and_the_reason(file, changes, field):
    with pytest.raises(InvalidValue) as refused:
        file.propose(**changes)

    assert refused.value.field == field


def test_one_proposal_waits_at_a_time(file):
    file.propose()

    with pytest.raises(StaleVersion):
        file.propose(by=file.member())


@pytest.mark.parametrize(("changes", "refusal"), [
    ({"content_sha256": "0" * 64}, StaleVersion),
    ({"reasons": "  "}, InvalidValue),
])  # fmt: skip
def test_a_decision_binds_to_the_list_that_was_shown(file, changes, refusal):
    row = file.propose()

    with pytest.raises(refusal):
        file.decide(row, **changes)
    assert marked(file) == 0


def test_whoever_proposed_does_not_decide_and_nobody_decides_twice(file):
    row = file.propose()

    with pytest.raises(SeparationOfDuties):
        file.decide(row, by=file.records)
    file.decide(row, approved=False)
    with pytest.raises(StaleVersion):
        file.decide(row, by=file.member())
    assert marked(file) == 0
    assert file.destroy() == 0


def test_what_is_rejected_is_kept_and_may_be_proposed_anew(file):
    file.decide(file.propose(), approved=False)

    assert file.propose()
    assert len(list(file.store.keys())) == 1


def test_evidence_that_came_in_since_is_not_swept_along(file):
    row = file.propose()
    file.receive(b"account,prompts\n1,1\n")

    with pytest.raises(StaleVersion, match="changed"):
        file.decide(row)


def test_a_hold_blocks_proposal_and_decision_and_lets_a_rejection_through(file):
    row = file.propose()
    hold = file.hold()

    with pytest.raises(TransitionBlocked, match="legal hold"):
        file.decide(row)
    assert file.decide(row, approved=False)
    with pytest.raises(TransitionBlocked):
        file.propose()
    file.release(hold)
    file.decide(file.propose())
    assert file.destroy() == 1


def decision_row(file, row, *, by, approved=True):
    return DispositionDecision(
        case_id=file.case.id,
        disposition_id=row.id,
        preparer_person_id=row.by_person_id,
        content_sha256=row.content_sha256,
        approved=approved,
        reasons="By the back door",
        by_id=by.id,
        by_person_id=by.person_id,
        at=AT,
    )


def test_the_database_refuses_approval_under_a_hold(file):
    row = file.propose()
    file.hold()

    file.db.add(decision_row(file, row, by=file.second))
    with pytest.raises(DBAPIError, match="legal hold stands"):
        file.db.flush()


def test_the_database_refuses_that_one_person_does_both(file):
    row = file.propose()

    file.db.add(decision_row(file, row, by=file.records))
    with pytest.raises(DBAPIError):
        file.db.flush()


@pytest.mark.parametrize("prepared", ["nothing", "proposed", "rejected", "held"])
def test_the_database_gives_up_a_file_only_as_two_persons_decided(file, prepared):
    if prepared != "nothing":
        row = file.propose()
    if prepared == "rejected":
        file.decide(row, approved=False)
    if prepared == "held":
        file.db.add(decision_row(file, row, by=file.second))
        file.db.flush()
        file.hold()

    with pytest.raises(DBAPIError, match="two people decided"):
        file.db.execute(sa.update(Exhibit).values(disposed_at=AT))


def test_what_was_destroyed_does_not_count_as_kept_again(file):
    file.decide(file.propose())

    with pytest.raises(DBAPIError, match="for good"):
        file.db.execute(sa.update(Exhibit).values(disposed_at=None))


def test_a_crash_after_the_decision_leaves_a_file_that_the_sweep_takes(file):
    file.decide(file.propose())
    file.db.commit()  # and here the process dies

    assert len(list(file.store.keys())) == 1
    assert file.store.sweep(known_blobs(file.db), older_than=time.time() + 60) == 1
    assert list(file.store.keys()) == []
    assert file.destroy() == 0


def test_a_crash_between_destroying_the_key_and_the_file_leaves_nothing_that_opens(file, tmp_path):
    kept = exhibit(file)
    file.decide(file.propose())
    path = tmp_path / "blobs" / kept.blob_key[:2] / kept.blob_key
    path.chmod(0o600)
    path.write_bytes(b"\0" * 67 + path.read_bytes()[67:])

    with pytest.raises(BlobDamaged):
        file.store.sha256(kept.blob_key, f"case:{file.case.id}")
    assert file.destroy() == 1


def test_a_decision_that_is_undone_loses_no_file(file):
    row = file.propose()
    file.db.commit()

    with file.db.begin_nested() as savepoint:
        file.decide(row)
        savepoint.rollback()

    assert file.destroy() == 0
    assert file.store.sweep(known_blobs(file.db), older_than=time.time() + 60) == 0
    assert len(list(file.store.keys())) == 1


def test_the_same_bytes_in_another_case_survive(file, db):
    other = make_case(db, file.lead)
    twin = file.receive(CONTENT + b"0", other)

    file.decide(file.propose())
    file.destroy()

    assert list(file.store.keys()) == [twin.blob_key]
    assert file.store.sha256(twin.blob_key, f"case:{other.id}") == twin.sha256


def test_bytes_that_were_received_anew_in_the_same_case_survive(file):
    file.decide(file.propose())
    again = file.receive(CONTENT + b"0")

    assert file.destroy() == 0
    assert list(file.store.keys()) == [again.blob_key]


def test_two_exhibits_of_the_same_bytes_go_together(db, store):
    file = start(db, store, files=0)
    file.receive()
    file.receive()

    file.decide(file.propose())

    assert file.destroy() == 1
    assert marked(file) == 2
    assert damage(file) == []


def test_a_backup_made_before_is_whole_when_it_is_restored(file, tmp_path):
    shutil.copytree(tmp_path / "blobs", tmp_path / "backup")
    file.db.commit()
    with file.db.begin_nested() as as_backed_up:
        file.decide(file.propose())
        file.destroy()
        as_backed_up.rollback()  # the rows of the backup

    restored = BlobStore(tmp_path / "backup", KEY)

    assert damage(file) != []  # the files of today are not those of the backup
    file.store = restored
    assert damage(file) == []


def test_a_destroyed_file_is_neither_handed_out_nor_checked(file):
    file.decide(file.propose())
    file.destroy()
    kept = exhibit(file)

    for act in (check, hand_out):
        with pytest.raises(Destroyed, match="destroyed under"):
            act(file.db, file.store, file.case, kept, by=file.second, at=AT)
    kinds = [row.kind for row in file.db.scalars(sa.select(CustodyEvent))]
    assert "rehashed" not in kinds


def test_a_packet_says_that_the_file_is_gone(file):
    file.decide(file.propose())

    [row] = index(*held_of(file.db, file.case), recipient="bis", cleared={})

    assert f"under {ITEM.words}" in row.custody
    assert row.sha256 == exhibit(file).sha256


def test_findings_remain(file):
    finding = Finding(
        case_id=file.case.id,
        element="OW1",
        entity_id=None,
        revision=1,
        by_id=file.lead.id,
        by_person_id=file.lead.person_id,
        at=AT,
        citations=[],
        answer="not_met",
        reasons="Seen",
        innocent_explanation="",
        confidence="low",
    )
    file.db.add(finding)
    file.decide(file.propose())
    file.destroy()

    assert file.db.scalar(sa.select(sa.func.count()).select_from(Finding)) == 1
