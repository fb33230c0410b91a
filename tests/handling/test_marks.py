"""Markings of items and of wholes: grammar, laws of the join, who may see what."""

from __future__ import annotations

from itertools import chain, combinations
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from casework.access import Role
from casework.errors import InvalidValue
from casework.handling.changes import faults, opened
from casework.handling.cui import Category, banner_of, read, written
from casework.handling.limits import (
    AFFILIATIONS,
    CONTROLS,
    contradiction,
    controls_of,
    limits_of,
)
from casework.handling.marks import TLP_ORDER, Mark, banner, designation, stricter_tlp, whole_of
from casework.handling.need import Reader, may_copy, may_see, withheld_by
from casework.handling.queries.readers import unseen
from models import DisseminationListing, Marking
from tests.factories import AT, make_case, make_exhibit, make_officer

KNOWN = ("PROPIN", "LEI", "INV", "ISVI", "PRVCY", "PRIVILEGE", "EXPT", "INTL")
COUNTRIES = ("AU", "CA", "GB", "NZ", "SG")

sound = st.builds(
    lambda controls, countries: (controls, countries),
    st.sets(st.sampled_from(CONTROLS), max_size=4),
    st.sets(st.sampled_from(COUNTRIES), min_size=1, max_size=3),
).map(lambda pair: pair if {"REL TO", "DISPLAY ONLY"} & pair[0] else (pair[0], set()))
categories = st.sets(
    st.builds(Category, st.sampled_from(KNOWN), st.booleans()), min_size=1, max_size=4
)
marks = st.one_of(
    st.none(),
    st.builds(
        lambda mark, limits: Mark(
            mark.owner_confidential,
            mark.trade_secret,
            mark.tlp,
            mark.cui,
            mark.specified,
            tuple(limits[0]) if mark.cui else (),
            tuple(limits[1]) if mark.cui else (),
        ),
        st.builds(
            Mark,
            owner_confidential=st.booleans(),
            trade_secret=st.booleans(),
            tlp=st.sampled_from(("", *TLP_ORDER)),
            cui=st.sampled_from(("", *KNOWN)),
            specified=st.booleans(),
        ),
        sound,
    ),
)


@given(categories, sound)
def test_a_banner_that_is_written_reads_back_as_itself(found, limits):
    controls, countries = limits
    if contradiction(sorted(controls), sorted(countries), listed=1):
        return
    made = banner_of(found, controls, countries)

    assert read(written(made), KNOWN) == made


@pytest.mark.parametrize(
    "text",
    [
        "CUI//PROPIN",
        "CUI//SP-PROPIN/LEI//FED ONLY",
        "CUI//LEI//NOFORN",
        "CUI//PROPIN//REL TO USA, AUS, GBR",
        "CUI//FED ONLY",
        "CUI//PRIVILEGE//AC/DL ONLY",
        "CUI//INV//DISPLAY ONLY USA, GBR",
    ],
)
def test_banners_of_the_registry_are_read(text):
    assert written(read(text, KNOWN)) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("PROPIN", "A banner reads"),
        ("CUI", "A banner reads"),
        ("CUI//A//B//C", "A banner reads"),
        ("CUI//WATER", "no CUI category"),
        ("CUI//LEI/SP-PROPIN", "order of the registry"),
        ("CUI//PROPIN//NOFORN/FED ONLY", "order of the registry"),
        ("CUI//PROPIN//REL TO GBR, USA", "order of the registry"),
        ("CUI//PROPIN//NOFORN/REL TO USA, GBR", "choose one"),
        ("CUI//PROPIN//FED ONLY/FEDCON", "choose one"),
        ("CUI//PROPIN//REL TO USA", "names the countries"),
        ("CUI//PROPIN//REL TO", "no dissemination control"),
        ("CUI//PROPIN//REL TO USA, XYZ", "no country"),
        ("CUI//PROPIN//EYES ONLY", "no dissemination control"),
    ],
)
def test_other_banners_are_refused_with_what_is_wrong(text, why):
    with pytest.raises(InvalidValue, match=why):
        read(text, KNOWN)


def test_a_list_is_needed_where_only_listed_persons_read():
    assert contradiction(["DL ONLY"], [], listed=0).startswith("DL ONLY needs a list")
    assert contradiction(["DL ONLY"], [], listed=1) == ""


@given(st.lists(marks, max_size=4), st.lists(marks, max_size=4))
def test_the_marking_of_a_whole_is_a_join(left, right):
    both = whole_of([*left, *right])

    assert both == whole_of([*right, *left])
    assert both == whole_of([*left, *right, *left])
    assert both | whole_of(left) == both
    assert whole_of(left) | whole_of(right) == both


@given(sound, sound)
def test_a_reader_of_the_whole_may_read_every_part(left, right):
    whole = limits_of(*left) | limits_of(*right)
    for part in (limits_of(*left), limits_of(*right)):
        assert whole.affiliations <= part.affiliations
        assert part.countries is None or (whole.countries or frozenset()) <= part.countries
    assert limits_of(*controls_of(whole)) == whole


def test_the_strictest_label_prevails_and_an_unknown_one_is_stricter_still():
    assert stricter_tlp("TLP:GREEN", "TLP:RED") == "TLP:RED"
    assert stricter_tlp("TLP:VIOLET", "TLP:RED") == "TLP:VIOLET"
    assert stricter_tlp("", "TLP:CLEAR") == "TLP:CLEAR"


def test_a_page_says_claim_cui_and_label_each_by_itself():
    found = [
        Mark(owner_confidential=True, tlp="TLP:AMBER"),
        Mark(cui="LEI", dissemination=("NOFORN",)),
        Mark(cui="INV", specified=True, dissemination=("REL TO",), releasable_to=("GB",)),
    ]

    assert banner(found) == "CUI//SP-INV/LEI//NOFORN//OWNER CONFIDENTIAL//TLP:AMBER"
    block = designation(whole_of(found), controlled_by="BIS", contact="A. Lead")
    assert (block.categories, block.dissemination) == ("SP-INV, LEI", "NOFORN")


READERS = [
    Reader(uuid4(), affiliation, nationality, frozenset(roles))
    for affiliation in AFFILIATIONS
    for nationality in ("US", "GB", "FR")
    for roles in ((), (Role.SIGNING_OFFICIAL,))
]


@pytest.mark.parametrize(
    ("controls", "reader", "seen"),
    [
        (("NOFORN",), Reader(uuid4(), nationality="GB"), False),
        (("NOFORN",), Reader(uuid4()), True),
        (("FED ONLY",), Reader(uuid4(), "federal_contractor"), False),
        (("FEDCON",), Reader(uuid4(), "federal_contractor"), True),
        (("FEDCON",), Reader(uuid4(), "outside"), False),
        (("NOCON",), Reader(uuid4(), "federal_contractor"), False),
        (("NOCON",), Reader(uuid4(), "outside"), True),
        (("REL TO",), Reader(uuid4(), nationality="GB"), True),
        (("REL TO",), Reader(uuid4(), nationality="FR"), False),
        (("DISPLAY ONLY",), Reader(uuid4(), nationality="GB"), True),
        (("AC",), Reader(uuid4()), False),
        (("AWP",), Reader(uuid4(), roles=frozenset({Role.SIGNING_OFFICIAL})), True),
        (("DL ONLY",), Reader(uuid4(), roles=frozenset({Role.SIGNING_OFFICIAL})), False),
        (("SOMETHING NEW",), Reader(uuid4()), False),
    ],
)
def test_each_control_keeps_out_whom_it_names(controls, reader, seen):
    mark = Mark(cui="PROPIN", dissemination=controls, releasable_to=("GB",))

    assert may_see(mark, reader) is seen
    assert (withheld_by(mark, reader) == "") is seen
    assert may_copy(mark) is (controls != ("DISPLAY ONLY",))


@pytest.mark.parametrize("listed", [False, True])
def test_the_database_keeps_back_what_the_rule_keeps_back(db, listed):
    lead = make_officer(db, "case_officer")
    exhibit = make_exhibit(db, make_case(db, lead), lead)
    db.refresh(exhibit)
    marking = exhibit.markings[0]
    if listed:
        db.add(
            DisseminationListing(
                marking_id=marking.id, officer_id=lead.id, added_by_id=lead.id, added_at=AT
            )
        )
    sets = chain([()], combinations(CONTROLS, 1), combinations(CONTROLS, 2))
    for controls in sets:
        marking.dissemination, marking.releasable_to = list(controls), ["GB", "US"]
        db.flush()
        mark = Mark(dissemination=controls, releasable_to=("GB", "US"))
        columns = []
        for reader in READERS:
            one = Reader(lead.id, reader.affiliation, reader.nationality, reader.roles)
            columns.append((one, unseen(one)))
        rows = db.execute(
            sa.select(*(column for _, column in columns)).where(Marking.id == marking.id)
        ).one()
        for (reader, _), hidden in zip(columns, rows, strict=True):
            assert bool(hidden) is not may_see(mark, reader, listed=listed), (controls, reader)


def test_only_a_decontrol_opens_anything():
    before = Mark(True, False, "TLP:AMBER", "PROPIN", True, ("FED ONLY",), statute="18 USC 1905")

    assert opened(before, before) == []
    assert (
        opened(before, Mark(True, True, "TLP:RED", "PROPIN", True, ("DL ONLY", "FED ONLY"))) == []
    )
    assert len(opened(before, Mark())) == 4
    assert opened(before, Mark(True, False, "TLP:AMBER", "PROPIN", True, ("FEDCON",))) == [
        "a dissemination control"
    ]


def test_what_a_marking_lacks_is_said_beside_its_field():
    assert set(faults(Mark(dissemination=("NOFORN",)), listed=0)) == {"cui"}
    assert set(faults(Mark(cui="PROPIN", specified=True), listed=0)) == {"statute"}
