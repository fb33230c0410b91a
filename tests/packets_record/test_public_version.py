from __future__ import annotations

from sqlalchemy.orm import Session

from casework.packets.contents import to_plain
from casework.packets.queries.assembling import contents_of
from tests.factories import AT, make_case, make_incident, make_officer
from tests.packets_record.rich_case import RichCase
from tests.packets_record.test_contents_of_a_case import gathered, request


def test_the_public_version_holds_back_what_is_marked_in_the_data_itself(
    db: Session, rich: RichCase
) -> None:
    contents = gathered(db, rich, "public")

    told = str(to_plain(contents))
    assert "16,000,000" not in told
    assert "[REDACTED (b)(4)]" in told
    assert "Log extract of related accounts" not in told
    assert contents.findings == ()
    assert contents.record == ()
    assert "trained on its own data" in told
    assert "Counsel writes" not in told
    assert "Reasons about blocking" not in told
    assert "Ana Rivera" not in told


def test_the_public_version_holds_back_what_nobody_has_marked(db: Session) -> None:
    officer = make_officer(db, "case_officer")
    case = make_case(db, officer, incidents=[make_incident(db, officer, title="Unmarked words")])

    told = str(to_plain(contents_of(db, case, request("public"), at=AT)))

    assert "Unmarked words" not in told
    assert "[REDACTED marking not decided]" in told
