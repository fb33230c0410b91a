"""Markings and notices as pages: what is refused, what is kept, what nobody without need sees."""

from __future__ import annotations

import re
from datetime import date

import pytest
import sqlalchemy as sa

from casework.disclosure.actions.notices import record_answer, rule_on, send_notice
from models import AuditEntry, CaseSubject, MarkingChange, ResponseWindow, SubmitterNotice
from tests.factories import AT

ON = date(2026, 11, 24)


def fields(**changes):
    typed = {
        "submission_key": "k" * 20,
        "owner_confidential": "y",
        "cui": "PROPIN",
        "tlp": "TLP:AMBER",
        "reason": "It names the customers.",
        "authority": "CUI registry, PROPIN",
        "seen": "0",
        **changes,
    }
    return {name: value for name, value in typed.items() if value is not None}


def place(held, rest=""):
    return f"/cases/{held.case.reference}/markings/{held.marking.id}{rest}"


def limit(db, marking, *controls, countries=()):
    marking.cui_category = "PROPIN"
    marking.dissemination, marking.releasable_to = list(controls), list(countries)
    db.commit()


@pytest.mark.parametrize("rest", ["", "/change", "/decontrol", "/readers"])
def test_the_pages_of_a_marking_open(sign_in, held, rest):
    assert sign_in(held.records).get(place(held, rest)).status_code == 200


def test_a_change_is_kept_with_before_after_reason_and_authority(db, sign_in, held):
    answer = sign_in(held.records).post_form(
        place(held, "/change"), fields(dissemination="FED ONLY", expires_on="2027-01-04")
    )

    change = db.scalars(sa.select(MarkingChange)).one()
    assert answer.status_code == 303
    assert (change.kind, change.reason) == ("changed", "It names the customers.")
    assert change.before["cui"] == ""
    assert change.after["dissemination"] == ["FED ONLY"]
    page = sign_in(held.records).get(place(held)).text
    assert "CUI//PROPIN//FED ONLY" in page
    assert "Review on" in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": ""}, "Say why."),
        ({"authority": ""}, "Name the rule"),
        ({"owner_confidential": None}, "Only a decontrol lifts a marking."),
        ({"tlp": "TLP:GREEN"}, "Only a decontrol lifts a marking."),
        ({"dissemination": ["NOFORN", "REL TO"]}, "choose one"),
        ({"dissemination": "DL ONLY"}, "DL ONLY needs a list"),
        ({"dissemination": "REL TO"}, "REL TO names the countries"),
        ({"releasable_to": "Atlantis", "dissemination": "REL TO"}, "is no country"),
        ({"cui": "", "dissemination": "NOFORN"}, "choose the category first"),
        ({"specified": "y"}, "Name the law"),
        ({"expires_on": "2027-02-30"}, "Enter a day that exists"),
        ({"tlp": "TLP:MAUVE"}, "Not a valid choice"),
    ],
)
def test_a_wrong_marking_is_refused_beside_its_field_and_nothing_typed_is_lost(
    db, sign_in, held, changes, message
):
    answer = sign_in(held.records).post_form(place(held, "/change"), fields(**changes))

    assert answer.status_code == 422
    assert message in answer.text
    assert "CUI registry, PROPIN" in answer.text or not changes.get("authority", "x")
    assert db.scalars(sa.select(MarkingChange)).all() == []


def test_a_stale_change_shows_what_stands_and_what_was_typed(sign_in, held):
    client = sign_in(held.records)
    client.post_form(place(held, "/change"), fields())
    answer = client.post_form(
        place(held, "/change"), fields(submission_key="z" * 20, reason="Typed second.")
    )

    assert answer.status_code == 409
    assert "Somebody changed this marking before you" in answer.text
    assert "It names the customers." in answer.text
    assert "Typed second." in answer.text
    assert re.search(r'name="seen"[^>]*value="1"', answer.text)


def test_the_owners_claim_falls_only_with_the_owners_word(db, sign_in, held):
    lift = fields(owner_confidential=None, cui="", reason="The owner agrees.", authority="Letter")
    refused = sign_in(held.records).post_form(place(held, "/decontrol"), lift)
    assert refused.status_code == 422
    assert "record the owner&#39;s consent or a ruling" in refused.text

    consent(db, held, [f"exhibit:{held.exhibit.number}"])
    done = sign_in(held.records).post_form(place(held, "/decontrol"), lift)

    assert done.status_code == 303
    db.expire_all()
    assert not held.marking.owner_confidential
    assert db.scalars(sa.select(MarkingChange)).one().kind == "decontrolled"


def test_only_a_records_officer_lifts(sign_in, held):
    assert sign_in(held.lead).post_form(place(held, "/decontrol"), fields()).status_code == 403


def consent(db, held, items):
    notice = send_notice(
        db,
        held.case,
        held.incident,
        requested_by="A newspaper",
        described="The file",
        items=items,
        sent_on=ON,
        by=held.records,
        at=AT,
        on=ON,
    )
    record_answer(
        db,
        held.case,
        notice,
        kind="consents",
        text="Yes.",
        received_on=ON,
        exhibit=held.exhibit,
        by=held.records,
        at=AT,
        on=ON,
    )
    db.commit()
    return notice


def test_an_exhibit_under_a_control_is_nowhere_for_who_may_not_have_it(db, sign_in, held):
    limit(db, held.marking, "FED ONLY")
    case = f"/cases/{held.case.reference}"
    client = sign_in(held.contractor)

    assert client.get(f"{case}/evidence/1").status_code == 404
    assert client.post_form(f"{case}/evidence/1/download", {}).status_code == 404
    assert client.get(f"{case}/packets/1").status_code == 404
    for page in (f"{case}/evidence", "/evidence?q=Card", f"{case}/markings", f"{case}/history"):
        text = client.get(page).text
        assert "Card numbers" not in text, page
    assert "Withheld from you: FED ONLY" in client.get(f"{case}/evidence").text
    assert "Card numbers" in sign_in(held.analyst).get("/evidence?q=Card").text


def test_an_item_for_display_is_shown_and_not_handed_over(db, sign_in, held):
    limit(db, held.marking, "DISPLAY ONLY", countries=("GB",))
    address = f"/cases/{held.case.reference}/evidence/1"
    client = sign_in(held.analyst)

    assert "no copy is handed over" in client.get(address).text
    assert client.post_form(f"{address}/download", {}).status_code == 403


def test_a_list_of_readers_opens_the_item_and_never_becomes_empty(db, sign_in, held):
    client = sign_in(held.records)
    add = {"submission_key": "a" * 20, "officer": str(held.analyst.id)}
    assert client.post_form(place(held, "/readers"), add).status_code == 303
    limit(db, held.marking, "DL ONLY")
    address = f"/cases/{held.case.reference}/evidence/1"

    assert sign_in(held.analyst).get(address).status_code == 200
    assert sign_in(held.lead).get(address).status_code == 404
    last = {"submission_key": "b" * 20, "officer": str(held.analyst.id)}
    refused = sign_in(held.records).post_form(place(held, "/readers/removal"), last)
    assert refused.status_code == 422
    assert "may not become empty" in refused.text


def test_a_part_of_a_report_is_replaced_by_words_wherever_it_would_stand(db, sign_in, held):
    limit(db, held.part("claim"), "FED ONLY")
    limit(db, held.part("conduct"), "FED ONLY")
    client = sign_in(held.contractor)
    report = f"/incidents/{held.incident.reference}"

    for page in (
        report,
        "/incidents",
        f"/cases/{held.case.reference}",
        f"/cases/{held.case.reference}/incidents",
        "/incidents?words=copied",
    ):
        text = client.get(page).text
        assert "alleged to have copied" not in text, page
        assert "Long runs of similar prompts" not in text, page
    assert "Withheld from you: FED ONLY" in client.get(report).text
    assert "No response found" not in client.get(report).text


def test_a_view_of_a_confidential_item_is_logged_once_for_a_request(db, sign_in, held):
    client = sign_in(held.analyst)
    client.get(f"/cases/{held.case.reference}/evidence/1")
    client.get(f"/cases/{held.case.reference}")

    found = db.execute(
        sa.select(AuditEntry.action, AuditEntry.object).where(AuditEntry.action.like("%.read"))
    ).all()
    assert sorted(map(tuple, found)) == [
        ("exhibit.read", f"exhibit:{held.case.reference}/1"),
        ("incident.read", f"incident:{held.incident.reference}"),
    ]
    seen = sign_in(held.records).get(f"/cases/{held.case.reference}/markings/seen").text
    assert held.analyst.name in seen


def test_an_item_that_nobody_marked_can_be_marked(db, sign_in, held):
    db.delete(held.marking)
    db.commit()
    client = sign_in(held.lead)
    page = f"/cases/{held.case.reference}/markings"
    assert "Not marked: held back from every release" in client.get(page).text

    sent = {"submission_key": "c" * 20, "item": "exhibit:1"}
    assert client.post_form(page, sent).status_code == 303
    for wrong in ("exhibit:9", "exhibit:x", "INC-2026-09999#claim", "", "exhibit:²"):
        sent = {"submission_key": "d" * 20, "item": wrong}
        assert client.post_form(page, sent).status_code == 422


def test_a_notice_goes_from_sending_to_release(db, sign_in, held):
    case, report = f"/cases/{held.case.reference}", held.incident.reference
    client = sign_in(held.records)
    sent = client.post_form(
        f"{case}/notices/to/{report}",
        {
            "submission_key": "e" * 20,
            "requested_by": "A newspaper",
            "described": "The volumes",
            "items": f"{report}#volumes",
            "sent_on": "2026-11-02",
        },
    )
    assert sent.status_code == 303
    notice = db.scalars(sa.select(SubmitterNotice)).one()
    assert notice.due_on == date(2026, 11, 17)  # ten business days, Veterans Day left out
    page = f"{case}/notices/{notice.id}"
    early = {
        "submission_key": "f" * 20,
        "kind": "silent",
        "received_on": "2026-11-17",
    }
    assert client.post_form(f"{page}/answer", early).status_code == 422
    objection = {**early, "kind": "objects", "text": "It is secret.", "received_on": "2026-11-10"}
    assert client.post_form(f"{page}/answer", objection).status_code == 303
    assert "Waits for a ruling" in client.get(page).text
    ruling = {"submission_key": "g" * 20, "verdict": "release", "reasons": "It is public."}
    refused = sign_in(held.signing).post_form(f"{page}/ruling", ruling)
    assert refused.status_code == 422
    assert "Enter the day from which it is released." in refused.text
    soon = {**ruling, "submission_key": "h" * 20, "release_on": "2026-11-25"}
    assert "Enter" in sign_in(held.signing).post_form(f"{page}/ruling", soon).text
    late = {**ruling, "submission_key": "i" * 20, "release_on": "2099-01-04"}
    assert sign_in(held.signing).post_form(f"{page}/ruling", late).status_code == 303
    assert "To be released" in client.get(page).text


def test_whoever_sent_a_notice_does_not_rule_on_it(db, held):
    from casework.errors import SeparationOfDuties

    notice = send_notice(
        db,
        held.case,
        held.incident,
        requested_by="A newspaper",
        described="All",
        items=[f"{held.incident.reference}#claim"],
        sent_on=ON,
        by=held.signing,
        at=AT,
        on=ON,
    )
    with pytest.raises(SeparationOfDuties):
        rule_on(
            db,
            held.case,
            notice,
            released=False,
            reasons="No.",
            release_on=None,
            by=held.signing,
            at=AT,
            on=ON,
        )


def test_what_an_owner_claims_is_redacted_until_it_consents(db, held):
    from casework.disclosure.queries.notices import cleared_in
    from casework.packets.actions import prepare_packet

    def volumes():
        packet = prepare_packet(
            db, held.case, recipient="public", purpose="To publish", by=held.records, at=AT
        )
        return str(packet.contents)

    assert "120,000" not in volumes()
    consent(db, held, [f"{held.incident.reference}#volumes"])

    assert cleared_in(db, held.case, ON) == {held.incident.id: frozenset({"volumes"})}
    assert "120,000" in volumes()


def test_nobody_prepares_a_packet_past_the_own_need_to_know(db, held):
    from casework.errors import TransitionBlocked
    from casework.packets.actions import prepare_packet

    limit(db, held.marking, "DL ONLY")

    with pytest.raises(TransitionBlocked, match="DL ONLY"):
        prepare_packet(
            db, held.case, recipient="justice", purpose="To look", by=held.records, at=AT
        )


def test_a_frozen_record_shows_no_more_than_the_case_does(db, held):
    from casework.disclosure.queries.need_to_know import record_as_seen
    from casework.handling.queries.readers import reads_as

    limit(db, held.part("claim"), "FED ONLY")
    record = {
        "exhibits": [{"number": 1, "title": "Card numbers", "sha256": "0"}],
        "incidents": [{"reference": held.incident.reference, "allegation": "They copied it."}],
    }
    reads_as(db, held.analyst)
    assert record_as_seen(db, held.case, record) is record
    reads_as(db, held.contractor)
    told = str(record_as_seen(db, held.case, record))
    assert "They copied it." not in told
    assert "Withheld from you: FED ONLY" in told


def test_an_answer_is_told_only_to_who_may_see_the_exhibit_that_holds_it(db, held):
    from casework.handling.queries.readers import reads_as
    from casework.workflow.queries.acts import acts_of
    from casework.workflow.queries.hearing import replies_to
    from tests.cases.ready import act
    from tests.factories import make_entity

    entity = make_entity(db, held.lead)
    db.add(CaseSubject(case_id=held.case.id, entity_id=entity.id, role="querier", note="",
                       examined=True))  # fmt: skip
    db.add(ResponseWindow(**act(held.case, held.lead), entity_id=entity.id, step="answered",
                          text="We hold a license.", exhibit_id=held.exhibit.id))  # fmt: skip
    db.flush()
    limit(db, held.marking, "FED ONLY")

    told = {}
    for reader in (held.analyst, held.contractor):
        reads_as(db, reader)
        (said,) = [row for row in acts_of(db, held.case) if row.source == "window"]
        (reply,) = replies_to(db, reader, held.incident)
        told[reader.id] = (said.text, said.value, reply.text, reply.exhibit)

    number = held.exhibit.number
    words = "We hold a license."
    assert told[held.analyst.id] == (words, str(number), words, number)
    withheld = told[held.contractor.id]
    assert withheld[0] == withheld[2]
    assert withheld[0].startswith("Withheld from you")
    assert (withheld[1], withheld[3]) == ("", None)
