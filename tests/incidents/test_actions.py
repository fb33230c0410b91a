from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from casework.errors import InvalidValue, StaleVersion, TransitionBlocked
from casework.incidents.actions import incidents as actions
from casework.incidents.queries import incidents as queries
from casework.incidents.report import Answer, Handling, SourceLine, Volume
from models import AuditEntry, Finding, Incident, IncidentRevision, Source
from tests.factories import AT, make_entity
from tests.incidents.answers import report

DENIAL = Answer("denies", "It holds licences for every account.", date(2026, 6, 20), "A letter")


def logged(db, incident):
    subject = f"incident:{incident.reference}"
    found = sa.select(AuditEntry.action).where(AuditEntry.object == subject)
    return list(db.scalars(found.order_by(AuditEntry.seq)))


def revise(db, incident, told, by, **changes):
    given = {"version": incident.version, "reason": "A typing error.", "by": by, "at": AT}
    actions.revise_incident(db, incident, told, **given | changes)


def test_references_have_no_gaps_within_a_year(db, reporter):
    made = [actions.submit_incident(db, report(), by=reporter, at=AT) for _ in range(3)]
    later = actions.submit_incident(db, report(), by=reporter, at=AT.replace(year=2027))

    assert [row.reference for row in made] == [f"INC-2026-0000{n}" for n in (1, 2, 3)]
    assert later.reference == "INC-2027-00001"


def test_the_year_is_counted_in_washington(db, reporter):
    at = AT.replace(year=2027, month=1, day=1, hour=3)

    assert actions.submit_incident(db, report(), by=reporter, at=at).reference == "INC-2026-00001"


def test_a_report_is_read_back_as_it_was_submitted(db, incident):
    db.expire_all()

    assert queries.report_of(incident) == report()
    assert logged(db, incident) == ["incident.submit"]


def test_nothing_reported_becomes_a_finding(db, incident):
    assert db.scalar(sa.select(sa.func.count()).select_from(Finding)) == 0


def test_an_unsound_report_leaves_nothing_behind(db, reporter):
    with pytest.raises(InvalidValue) as refused:
        actions.submit_incident(db, report(exchanges=Volume(-1, "over")), by=reporter, at=AT)

    assert refused.value.field == "exchanges"
    assert db.scalar(sa.select(sa.func.count()).select_from(Incident)) == 0


def test_a_correction_keeps_the_earlier_words(db, incident, officer):
    before = queries.report_of(incident)
    after = replace(before, narrative="Corrected.", terms={"capability": ("coding",)})

    revise(db, incident, after, officer)
    db.expire_all()

    kept = db.scalars(sa.select(IncidentRevision)).one()
    assert queries.report_of(incident) == after
    assert kept.content == before.content()
    assert (kept.version, kept.reason, incident.version) == (1, "A typing error.", 2)
    assert logged(db, incident) == ["incident.submit", "incident.revise"]


def test_a_change_of_rows_alone_moves_the_version(db, incident, officer):
    stricter = Handling("model", owner_confidential=True, tlp="TLP:RED")
    marked = replace(queries.report_of(incident), handling=(stricter,))

    revise(db, incident, marked, officer)
    revise(db, incident, replace(marked, handling=(Handling("window"),)), officer)

    assert incident.version == 3


def test_a_source_that_is_left_out_stays_for_those_who_cite_it(db, incident, officer):
    kept = incident.sources[0].id
    told = replace(report(), sources=(SourceLine("Another page"),))

    revise(db, incident, told, officer)

    assert db.get(Source, kept).incident_id is None
    assert [row.title for row in incident.sources] == ["Another page"]


def test_a_source_that_stays_is_the_same_row(db, incident, officer):
    kept = incident.sources[0].id
    told = replace(report(), sources=(SourceLine("Another page"), *report().sources))

    revise(db, incident, told, officer)

    assert [row.id for row in incident.sources][1] == kept


def test_a_stale_correction_changes_nothing(db, incident, officer):
    revise(db, incident, replace(report(), title="First"), officer)

    with pytest.raises(StaleVersion):
        revise(db, incident, replace(report(), title="Second"), officer, version=1)

    assert incident.title == "First"


def test_a_returned_report_is_sent_again_by_its_correction(db, incident, officer, reporter):
    actions.triage(db, incident, "return", reason="Name the window.", by=officer, at=AT)

    revise(db, incident, report(), reporter)

    assert incident.state == "submitted"


def test_a_decision_that_is_not_open_says_why_and_changes_nothing(db, incident, officer):
    actions.triage(db, incident, "accept", by=officer, at=AT)

    with pytest.raises(TransitionBlocked) as refused:
        actions.triage(db, incident, "return", by=officer, at=AT)

    assert len(refused.value.blockers) == 2
    assert incident.state == "accepted"
    assert logged(db, incident) == ["incident.submit", "incident.accept"]


def test_an_unknown_decision_is_refused(db, incident, officer):
    with pytest.raises(InvalidValue):
        actions.triage(db, incident, "promote", by=officer, at=AT)


def test_a_withdrawn_report_is_closed_for_good(db, incident, officer):
    actions.withdraw(db, incident, reason="Filed twice.", by=officer, at=AT)

    with pytest.raises(TransitionBlocked):
        actions.withdraw(db, incident, reason="Again.", by=officer, at=AT)
    with pytest.raises(TransitionBlocked):
        revise(db, incident, report(), officer)


def test_an_answer_replaces_the_earlier_one_which_is_kept(db, incident, officer):
    actions.set_response(db, incident, DENIAL, by=officer, at=AT)

    kept = db.scalars(sa.select(IncidentRevision)).one()
    assert queries.answer_of(incident) == DENIAL
    assert kept.content["answer"]["kind"] == "none_found"
    assert "licences" in incident.search_text


def test_an_unsourced_answer_is_refused(db, incident, officer):
    with pytest.raises(InvalidValue):
        actions.set_response(db, incident, replace(DENIAL, source=""), by=officer, at=AT)


def test_a_party_is_linked_once_in_a_role(db, incident, officer):
    entity = make_entity(db, officer, "示范深度研究")
    actions.link_party(db, incident, entity, "querier", "", by=officer, at=AT)
    actions.link_party(db, incident, entity, "shell", "", by=officer, at=AT)

    with pytest.raises(InvalidValue):
        actions.link_party(db, incident, entity, "querier", "", by=officer, at=AT)

    assert len(incident.parties) == 2
    assert "示范深度研究" in incident.search_text


def test_history_tells_the_reason_in_order(db, incident, officer):
    actions.triage(db, incident, "return", reason="Name the window.", by=officer, at=AT)

    told = queries.history_of(db, incident)

    assert [(event.action, event.reason) for event in told] == [
        ("incident.submit", ""),
        ("incident.return", "Name the window."),
    ]
