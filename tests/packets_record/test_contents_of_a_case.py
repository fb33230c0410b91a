from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.packets.contents import PacketContents, from_plain, to_plain
from casework.packets.queries.assembling import Request, contents_of
from casework.packets.words import Answer, ClaimStatus, PositionKind, ResponseKind
from tests.factories import AT, make_case, make_entity, make_exhibit, make_incident, make_officer
from tests.packets_record.rich_case import CHINESE, HOLDING, QUERIER, RichCase


def gathered(db: Session, rich: RichCase, recipient: str = "bis") -> PacketContents:
    return contents_of(db, rich.case, request(recipient), at=AT)


def request(recipient: str = "bis") -> Request:
    return Request(
        recipient=recipient,
        purpose="For the vote of the Committee.",
        version=3,
        supersedes=None,
        prepared_by="Dana Whitfield, BIS",
    )


def test_the_cover_names_recipient_purpose_law_and_the_marking_of_the_whole(
    db: Session, rich: RichCase
) -> None:
    cover = gathered(db, rich).cover

    assert cover.reference == rich.case.reference
    assert cover.recipient.name.startswith("Bureau of Industry and Security")
    assert cover.recipient.purpose == "For the vote of the Committee."
    assert cover.banner == "CUI//PROPIN//TLP:AMBER"
    assert cover.law.status == "introduced, not law"
    assert "hypothetical" in cover.planning
    assert (cover.version, cover.prepared) == (3, AT)


def test_a_date_of_enactment_ends_the_planning_notice(db: Session, rich: RichCase) -> None:
    asked = Request(
        recipient="bis",
        purpose="x",
        version=1,
        supersedes=None,
        prepared_by="x",
        default_enacted=date(2027, 1, 4),
    )

    assert contents_of(db, rich.case, asked, at=AT).cover.planning == ""


def test_figures_stay_as_they_were_said(db: Session, rich: RichCase) -> None:
    contents = gathered(db, rich)

    said = {figure.as_said for figure in contents.incidents[0].claims[0].figures}
    assert "over 16,000,000" in said
    assert "over 16,000,000" in {figure.as_said for figure in contents.summary.key_facts}


def test_a_claim_stands_beside_the_answer_of_the_accused(db: Session, rich: RichCase) -> None:
    claim = gathered(db, rich).incidents[0].claims[0]

    assert claim.status is ClaimStatus.ALLEGED
    assert claim.response.kind is ResponseKind.DENIES
    assert claim.response.by == QUERIER
    assert "own data" in claim.response.text


def test_no_answer_is_said_to_be_none_found(db: Session) -> None:
    officer = make_officer(db, "case_officer")
    case = make_case(db, officer, incidents=[make_incident(db, officer)])

    claim = contents_of(db, case, request(), at=AT).incidents[0].claims[0]

    assert claim.response.kind is ResponseKind.NONE_FOUND
    assert claim.response.by == "The accused"


def test_subjects_come_with_names_and_those_around_them_with_their_ties(
    db: Session, rich: RichCase
) -> None:
    contents = gathered(db, rich)

    subject, holding = contents.entities
    assert [name.text for name in subject.names] == [QUERIER, CHINESE]
    assert subject.countries[0].country == "China"
    assert subject.names[0].source == "Business register extract"
    assert (holding.names[0].text, holding.subject) == (HOLDING, False)
    tie = contents.relations[0]
    assert (tie.owner, tie.owned, tie.kind) == (holding.reference, subject.reference, "owns")
    assert (tie.low, tie.high) == (Decimal(51), Decimal(75))


def test_only_the_newest_answer_stands_with_its_readers_and_its_dissent(
    db: Session, rich: RichCase
) -> None:
    contents = gathered(db, rich)

    finding = contents.findings[0]
    assert len(contents.findings) == 1
    assert (finding.element, finding.answer, finding.about) == ("EX1", Answer.MET, "E-1")
    assert finding.reasons[0] == "Reasons of revision 2."
    assert "Mara Castellanos" in finding.second_reader
    assert finding.dissents[0].by.startswith("Jonas Okafor")
    assert (finding.pins[0].exhibit, finding.pins[0].at) == (1, "rows 1 to 400")
    assert finding.contrary == ("Exhibit 2, page 2: Contract of an evaluation firm",)
    assert finding.reply == ("Counsel writes that no output was kept.",)


def test_conclusions_are_computed_for_each_examined_subject(db: Session, rich: RichCase) -> None:
    conclusions = gathered(db, rich).conclusions

    attack = next(one for one in conclusions if one.title.lower().startswith("model extraction"))
    assert attack.value is Answer.INSUFFICIENT
    assert attack.about == "E-1"
    assert attack.because


def test_contrary_evidence_names_the_answers_that_weigh_it(db: Session, rich: RichCase) -> None:
    contrary = gathered(db, rich).contrary

    assert [one.elements for one in contrary] == [("EX1",)]
    assert "Ana Rivera" in contrary[0].weighed


def test_silence_of_an_agency_is_shown_as_silence(db: Session, rich: RichCase) -> None:
    positions = {one.position: one for one in gathered(db, rich).positions}

    assert positions[PositionKind.CONCUR_WITH_COMMENT].reasons == "Agrees; asks for the dates."
    assert "answer due 20 Dec 2026" in positions[PositionKind.SILENT].reasons


def test_measures_say_who_approved_them_and_which_were_left(db: Session, rich: RichCase) -> None:
    contents = gathered(db, rich)

    measure = contents.measures[0]
    assert measure.reasons[0].startswith("Approved by Mara Castellanos")
    assert measure.targets == ("E-1",)
    assert measure.exceptions[0].applies == "Applies"
    assert contents.not_taken[0].reasons == "Reasons about blocking."
    assert contents.not_taken[0].review_on == date(2027, 2, 1)


def test_a_pointer_is_a_withheld_item_of_the_record_and_no_exhibit(
    db: Session, rich: RichCase
) -> None:
    contents = gathered(db, rich)

    assert [exhibit.number for exhibit in contents.exhibits] == [1, 2]
    withheld = [item for item in contents.record if item.withheld]
    assert len(withheld) == 1
    assert "R-17" in withheld[0].withheld
    assert [item.number for item in contents.record] == list(range(1, len(contents.record) + 1))


def test_an_exhibit_carries_its_hash_its_mark_and_its_custody(db: Session, rich: RichCase) -> None:
    exhibit = gathered(db, rich).exhibits[0]

    assert exhibit.sha256 == rich.exhibit.sha256
    assert exhibit.marking == "Owner confidential, TLP:AMBER"
    assert exhibit.custody == "1 entry; hash not rechecked"


def test_limits_name_what_is_not_answered_and_what_was_not_read(
    db: Session, rich: RichCase
) -> None:
    limits = " ".join(gathered(db, rich).limits)

    assert "Not answered: " in limits
    assert "pointer" in limits


def test_an_empty_case_gives_a_packet_that_says_so(db: Session) -> None:
    case = make_case(db, make_officer(db, "case_officer"))

    contents = contents_of(db, case, request(), at=AT)

    assert contents.entities == ()
    assert contents.cover.banner == "NO HANDLING MARK RECORDED"


def test_contents_survive_the_way_through_json(db: Session, rich: RichCase) -> None:
    contents = gathered(db, rich)

    assert from_plain(to_plain(contents)) == contents


def test_an_unknown_recipient_is_refused_by_name(db: Session, rich: RichCase) -> None:
    with pytest.raises(NotFound, match="no recipient 'moon'"):
        gathered(db, rich, "moon")


@contextmanager
def counted(db: Session) -> Iterator[list[str]]:
    seen: list[str] = []
    connection = db.connection()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    sa.event.listen(connection, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(connection, "before_cursor_execute", note)


def test_more_rows_cost_no_more_queries(db: Session, rich: RichCase) -> None:
    db.expire_all()
    with counted(db) as few:
        gathered(db, rich)
    for number in range(8):
        make_exhibit(db, rich.case, rich.analyst, content=bytes([number]))
        make_entity(db, rich.preparer, f"Party {number}")
    db.expire_all()

    with counted(db) as many:
        gathered(db, rich)

    assert len(many) <= len(few)
    assert len(few) <= 60
