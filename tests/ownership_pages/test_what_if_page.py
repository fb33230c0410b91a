from __future__ import annotations

import pytest

from tests.ownership_pages.reading import get, results


def test_a_supposed_share_changes_the_answers_and_nothing_on_record(
    sign_in, db, analyst, party, owns, identify
):
    top, middle, low = party("Top"), party("Middle"), party("Low")
    row = owns(top, middle, 40)
    owns(middle, low, 60)
    identify(analyst, top)
    client = sign_in(analyst)

    page = get(client, low, owner=top.id, owned=middle.id, share="50")

    assert results(page)[0] == "Caught"
    assert "Hypothetical" in page
    assert "supposed here, on no record" in page
    assert "What would change" in page
    db.refresh(row)
    assert row.percent_min == 40
    assert results(get(client, low))[0] == "Not caught"

    again = get(client, low, change=f"{top.id}~{middle.id}~none", counting=str(middle.id))
    assert "holds nothing in" in again
    assert results(again)[0] == "Caught"


def test_a_new_owner_may_be_supposed_to_count(sign_in, analyst, party):
    low = party("Low")

    page = get(sign_in(analyst), low, owner="new", owned=low.id, share="51", count="new")

    assert results(page)[0] == "Caught"
    assert "A new owner (supposed)" in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"share": "fifty"}, "Write a share from 0 to 100"),
        ({"owned": "", "share": "51"}, "A supposed share needs owner, owned and share."),
        ({"owner": "low", "share": "51"}, "An entity cannot own itself"),
        ({"share": "50-20"}, "The lower end of the range is above its upper end."),
        ({"on": "2026-02-30", "share": "51"}, "Enter a day that exists"),
        ({"owner": "3f", "share": "51"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_supposed_is_told_beside_the_field_and_kept(
    sign_in, analyst, party, owns, typed, message
):
    top, low = party("Top"), party("Low")
    owns(top, low, 40)
    ids = {"low": str(low.id)}
    query = {"owner": str(top.id), "owned": str(low.id)} | typed
    query["owner"] = ids.get(query["owner"], query["owner"])

    page = get(sign_in(analyst), low, status=422, **query)

    assert message in page
    assert f'value="{query["share"]}"' in page


@pytest.mark.parametrize("change", ["x", "a~b~c", "{low}~{low}~50", "{top}~{low}~fifty"])
def test_a_supposition_in_the_address_that_cannot_be_read_is_told(
    sign_in, analyst, party, owns, change
):
    top, low = party("Top"), party("Low")
    owns(top, low, 40)

    page = get(sign_in(analyst), low, status=422, change=change.format(top=top.id, low=low.id))

    assert "was left out" in page
