from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.decisions.particulars import check_particulars, next_review, told, typed
from casework.decisions.record import digest, recommendation_content
from casework.errors import InvalidValue
from tests.decisions.casefile import PACK, particulars

WITH_FIELDS = [name for name, row in PACK.measures.items() if row.fields]


@pytest.mark.parametrize("measure", WITH_FIELDS)
def test_what_is_typed_in_full_is_taken_and_reads_back_the_same(measure):
    found = check_particulars(PACK, measure, particulars(measure), taken=True)

    again = {name: typed(value) for name, value in found.items()}
    assert check_particulars(PACK, measure, again, taken=True) == found
    assert [row.label for row in told(PACK.measures[measure], found)] == [
        row.label for row in PACK.measures[measure].fields
    ]


@pytest.mark.parametrize("measure", WITH_FIELDS)
@pytest.mark.parametrize("empty", ["", "  \n "])
def test_each_required_field_is_missed_by_its_name(measure, empty):
    for row in PACK.measures[measure].fields:
        given_ = particulars(measure) | {row.id: empty}
        if not row.required:
            assert row.id not in check_particulars(PACK, measure, given_, taken=True)
            continue
        with pytest.raises(InvalidValue) as refusal:
            check_particulars(PACK, measure, given_, taken=True)
        assert refusal.value.field == row.id


@pytest.mark.parametrize("measure", list(PACK.measures))
def test_what_is_not_taken_need_not_be_written_out(measure):
    assert check_particulars(PACK, measure, {}, taken=False) == {}


@pytest.mark.parametrize(
    ("measure", "field", "text"),
    [
        ("entity_list", "entry_countries", "CN\nZZ"),
        ("entity_list", "entry_countries", "China"),
        ("entity_list", "licence_policy", "leniency"),
        ("entity_list", "savings_until", "2026-02-30"),
        ("entity_list", "savings_until", "20260228"),
        ("entity_list", "savings_until", "0026-02-28"),
        ("entity_list", "names", "\n".join(f"Name {n}" for n in range(201))),
        ("blocking", "tea_break", "yes"),
        ("monitor", "next_review", "soon"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_its_name(measure, field, text):
    with pytest.raises(InvalidValue) as refusal:
        check_particulars(PACK, measure, particulars(measure) | {field: text}, taken=False)

    assert refusal.value.field == field


@given(st.lists(st.sampled_from(["CN", "sg", "HK"]), min_size=1))
def test_countries_are_codes_each_once_in_the_order_given(codes):
    typed_ = particulars("entity_list") | {"entry_countries": ", ".join(codes)}

    found = check_particulars(PACK, "entity_list", typed_, taken=True)["entry_countries"]

    assert found == list(dict.fromkeys(code.upper() for code in codes))


def test_a_day_that_sets_the_next_review_is_told_to_the_case():
    written = check_particulars(PACK, "monitor", particulars("monitor"), taken=True)

    assert next_review(PACK.measures["monitor"], written) == date(2027, 5, 4)
    assert next_review(PACK.measures["blocking"], {"program": "X"}) is None


def test_particulars_of_a_field_that_the_pack_has_no_more_are_still_told():
    [row] = told(PACK.measures["monitor"], {"long_gone": "As it was written."})

    assert (row.label, row.lines) == ("long_gone", ("As it was written.",))


CONTENT = {
    "case": "MEA-2026-00001",
    "text_version": "x",
    "measure": "monitor",
    "entity": "",
    "taken": True,
    "reasons": "Watch.",
    "considerations": [("reasons", "yes", "Written.")],
    "supersedes": "",
}
# Made when recommendations had no particulars.
OLD = "eb7858a55f7a4c44b5fef6f8e04693c54dac0106fa4c48f58a8b39629f131cc3"


@pytest.mark.parametrize("none", [None, {}])
def test_a_recommendation_of_before_there_were_particulars_keeps_its_hash(none):
    assert digest(recommendation_content(**CONTENT, particulars=none)) == OLD


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=5), min_size=1))
def test_particulars_are_part_of_what_a_decision_binds_to(written):
    one = digest(recommendation_content(**CONTENT, particulars=written))

    assert one != OLD
    assert one != digest(recommendation_content(**CONTENT, particulars={**written, "x" * 6: ""}))
