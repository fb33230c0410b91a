"""The pages on which a case is carried over, and on which texts are compared."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from casework.access import Role
from casework.legislation.actions import attach_text
from casework.statute.bill_xml import ProvisionText
from casework.statute.pack import StatutePack
from models import Case, Officer
from tests.cases import ready
from tests.conftest import SignIn
from tests.factories import AT, make_officer
from tests.statute.amended import AMENDED, BILL


@pytest.fixture
def signer(db: Session) -> Officer:
    return make_officer(db, Role.SIGNING_OFFICIAL)


@pytest.fixture
def case(db: Session, signer: Officer) -> Case:
    analyst = make_officer(db, Role.ANALYST)
    found, entity = ready.make_marked_case(db, analyst, members=[signer], stage="S4")
    ready.answer_all(db, found, entity, analyst, make_officer(db, Role.REVIEWER))
    return found


def sent(case: Case, **changes: str) -> dict[str, str]:
    choices = {"OW1": "keep", "CS2": "ask", "CC1": "lapse", "+CS8": "ask", "+EX8": "ask"}
    fields = {"version": str(case.version), "reason": "The committee reported it."}
    for key, choice in choices.items():
        fields |= {f"choice-{key}": choice, f"why-{key}": f"For {key}."}
    return fields | changes


def test_a_case_is_carried_over_through_the_web(
    db: Session, sign_in: SignIn, amended: StatutePack, case: Case, signer: Officer
) -> None:
    client, address = sign_in(signer), f"/cases/{case.reference}/text"
    assert f"{address}/{AMENDED}" in client.get(address).text
    page = client.get(f"{address}/{AMENDED}").text
    assert "OW1, now OW7" in page
    assert "checked" not in page

    answer = client.post_form(f"{address}/{AMENDED}", sent(case))

    assert answer.status_code == 303
    done = client.get(address).text
    assert "OW1, now OW7" in done
    assert "Lapsed with the old text" in done
    assert client.get(f"/cases/{case.reference}/findings").status_code == 200
    assert "Carried the case over" in client.get(f"/cases/{case.reference}/history").text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"choice-CS2": ""}, "Decide on CS2"),
        ({"choice-CS2": "lapse"}, "Not a valid choice"),
        ({"why-+EX8": ""}, "Give the reason for EX8"),
        ({"reason": ""}, "Say why the case goes over"),
        ({"why-CS2": "x\u202ey"}, "Remove the character"),
    ],
)
def test_what_is_not_decided_is_refused_and_kept(
    sign_in: SignIn, amended: StatutePack, case: Case, signer: Officer, changes, told
) -> None:
    client = sign_in(signer)

    answer = client.post_form(f"/cases/{case.reference}/text/{AMENDED}", sent(case, **changes))

    assert answer.status_code == 422
    assert told in answer.text
    assert "For OW1." in answer.text
    assert case.text_version == BILL


def test_an_old_page_is_shown_again_with_what_was_typed(
    sign_in: SignIn, amended: StatutePack, case: Case, signer: Officer
) -> None:
    client = sign_in(signer)

    answer = client.post_form(
        f"/cases/{case.reference}/text/{AMENDED}", sent(case, version=str(case.version + 1))
    )

    assert answer.status_code == 409
    assert "For OW1." in answer.text
    assert case.text_version == BILL


@pytest.mark.parametrize("text", [BILL, "nothing", "..%2Fpacks"])
def test_a_text_that_is_no_other_is_not_found(
    sign_in: SignIn, amended: StatutePack, case: Case, signer: Officer, text: str
) -> None:
    assert sign_in(signer).get(f"/cases/{case.reference}/text/{text}").status_code == 404


def test_two_texts_are_compared_with_their_words(
    db: Session, sign_in: SignIn, amended: StatutePack, signer: Officer
) -> None:
    for text, words in ((BILL, "terms set by the owner"), (AMENDED, "terms set by the maker")):
        places = [ProvisionText("3(2)(B)", "", words), ProvisionText("3(2)(C)", "", words)]
        attach_text(
            db,
            text_version=text,
            provisions=places,
            source_name="bill.xml",
            source_sha256="0" * 64,
            by=None,
            at=AT,
        )
    db.flush()

    page = sign_in(signer).get(f"/statute/compare?from={BILL}&to={AMENDED}").text

    assert "OW1, now OW7" in page
    assert "[only here: owner]" in page
    assert "[only here: maker]" in page


def test_comparing_needs_texts_that_are_there(
    sign_in: SignIn, amended: StatutePack, signer: Officer
) -> None:
    client = sign_in(signer)

    assert client.get("/statute/compare").status_code == 200
    assert client.get(f"/statute/compare?from={BILL}&to={BILL}").status_code == 200
    assert client.get("/statute/compare?from=nothing").status_code == 404


@pytest.mark.parametrize(
    ("path", "planning"),
    [("/statute/paipa_pl117_336", False), (f"/statute/{BILL}", True), ("/statute/compare", True)],
)
def test_only_a_bill_is_shown_as_planning(
    sign_in: SignIn, signer: Officer, path: str, *, planning: bool
) -> None:
    assert ("Planning mode" in sign_in(signer).get(path).text) == planning
