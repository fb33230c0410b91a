"""An analysis in a packet: from its exhibit, as far as the packet lists that exhibit."""

from __future__ import annotations

import pytest

from casework.errors import TransitionBlocked
from casework.handling.queries.readers import reads_as
from casework.packets.queries.analyses import analyses_of
from casework.packets.queries.assembling import Request, contents_of, everything_of
from casework.packets.words import Fit
from casework.statute.loader import load_pack
from models import Case, Officer
from tests.factories import AT
from tests.usage_logs.computed import keep_run
from tests.usage_logs.test_withholding import restrict


def contents(desk, recipient="bis", **changes):
    asked = {
        "recipient": recipient,
        "purpose": "For the vote.",
        "version": 1,
        "supersedes": None,
        "prepared_by": "Dana Whitfield",
        "store": desk.app.extensions["blobs"],
    }
    case = desk.db.get_one(Case, desk.case.id)
    return contents_of(desk.db, case, Request(**{**asked, **changes}), at=AT)


def test_the_packet_tells_what_the_exhibit_of_the_analysis_says(done):
    told = contents(done)

    (one,) = told.analyses
    assert one.exhibit in {exhibit.number for exhibit in told.exhibits}
    assert (one.owner, one.sampling) == ("Lantern Models", "All rows of the week.")
    assert one.rows == done.log().accepted
    named = {cluster.name for cluster in (*one.clusters, *one.others)}
    assert named == {row["cluster_id"] for row in done.run().summary["clusters"]}
    assert named
    assert {figure.label for figure in one.hashes} >= {"Accepted rows", "Counted tables"}
    assert any("orchid-9" in figure.as_said for figure in one.provenance)
    assert one.cannot_see


def test_titles_are_those_of_the_elements_that_ask_about_the_factor(done):
    (one,) = contents(done).analyses

    for cluster in one.clusters:
        assert [factor.title for factor in cluster.factors] == [
            "Shape of the traffic (PU1a)",
            "Focus on capabilities (PU1b)",
            "Coordinated accounts (PU1c)",
            "Timeline of another model (PU1d)",
        ]
        assert {test.fit for test in cluster.innocent} <= set(Fit)
        assert cluster.contrary


def test_a_repeated_analysis_that_agrees_is_told_once(done, computed):
    keep_run(done, computed, done.log(), repeats_id=done.run().id)

    first, second = contents(done).analyses

    assert first.clusters or first.others
    assert (second.clusters, second.others) == ((), ())
    assert second.repeats.startswith("It repeats analysis 1 of usage log 1")


def test_a_repetition_stands_whole_where_the_run_it_repeats_is_not_in_the_packet(done, computed):
    first = done.run()
    keep_run(done, computed, done.log(), repeats_id=first.id)
    case = done.db.get_one(Case, done.case.id)
    listed = {done.run().exhibit.number}

    (one,) = analyses_of(
        done.db, done.app.extensions["blobs"], case, load_pack(case.text_version), listed
    )

    assert one.clusters or one.others
    assert one.repeats == ""


def test_of_an_exhibit_that_is_held_back_from_the_public_nothing_is_told(done):
    told = contents(done, "public")

    assert told.analyses == ()
    assert "analyses" not in told.cover.recipient.sections


def test_whoever_may_not_read_the_log_prepares_no_packet_that_tells_of_it(done, exhibit, analyst):
    restrict(done.db, exhibit)
    reads_as(done.db, done.db.get_one(Officer, analyst.id))

    with pytest.raises(TransitionBlocked):
        contents(done)


def test_a_damaged_result_stops_the_packet_and_is_named(done):
    run = done.run()
    store = done.app.extensions["blobs"]
    for path in (done.app.extensions["settings"].data_dir / "blobs").rglob("*"):
        if path.is_file() and run.exhibit.blob_key.split("/")[-1] in path.name:
            path.write_bytes(path.read_bytes()[:-1] + b"x")

    with pytest.raises(TransitionBlocked, match=f"exhibit {run.exhibit.number}") as refusal:
        contents(done, store=store)
    assert "is damaged" in str(refusal.value)


def test_an_analysis_is_never_left_out_for_want_of_the_store(done):
    with pytest.raises(ValueError, match="the store is needed"):
        contents(done, store=None)


def test_other_documents_tell_no_analysis(done):
    case = done.db.get_one(Case, done.case.id)
    asked = Request(recipient="congress", purpose="", version=0, supersedes=None, prepared_by="x")

    assert everything_of(done.db, case, asked, at=AT).analyses == ()
