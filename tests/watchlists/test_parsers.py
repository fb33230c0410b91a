from __future__ import annotations

import pytest

from casework.screening.watchlists.entry import Entry, ListRefused, Name, Reject
from casework.screening.watchlists.places import country_code
from casework.screening.watchlists.sources import LISTS, own_date
from tests.watchlists import samples
from tests.watchlists.conftest import as_files


def read(source: str, files: dict[str, bytes]) -> tuple[dict[str, Entry], list[Reject]]:
    made = list(LISTS[source].parse(as_files(files), source))
    entries = {row.entry_id: row for row in made if isinstance(row, Entry)}
    return entries, [row for row in made if isinstance(row, Reject)]


def test_ofac_joins_its_files_whatever_their_names_and_order():
    files = {
        "c": b"36,\"d: X; a.k.a. 'BNC'.\"\r\n\x1a",
        "a": b'36,12,"aka","AERO-CARIBBEAN",-0- \r\n36,13,"fka","OLD AIR",-0- \r\n\x1a',
        "z": b'36,25,"Pier 1","Havana","Cuba",-0- \r\n',
        "main": samples.main(
            36, "AERO", remarks="DOB 03 Oct 1954; nationality Iran; Linke"
        ).encode(),
    }
    entries, rejects = read("ofac-sdn", files)
    entry = entries["36"]
    assert rejects == []
    assert entry.remarks.endswith("Linked: X; a.k.a. 'BNC'.")
    assert entry.names == (
        Name("AERO", "primary"),
        Name("AERO-CARIBBEAN", "strong"),
        Name("OLD AIR", "former"),
        Name("BNC", "weak"),
    )
    assert entry.countries == ("CU", "IR")
    assert entry.addresses[0].text == "Pier 1, Havana"
    again, _ = read("ofac-sdn", dict(reversed(files.items())))
    assert again == entries


@pytest.mark.parametrize(
    ("remark", "kind", "value", "country"),
    [
        ("Passport A1234567 (Iran) expires 03 Feb 2027", "passport", "A1234567", "IR"),
        ("Tax ID No. 7744001497 (Russia)", "tax", "7744001497", "RU"),
        ("Unified Social Credit Code (USCC) 9111 (China)", "uscc", "9111", "CN"),
        ("Legal Entity Number 253400WSS48YWMBUA688", "lei", "253400WSS48YWMBUA688", ""),
        ("alt. Registration ID 1027700167110 (Russia)", "registration", "1027700167110", "RU"),
    ],
)  # fmt: skip
def test_numbers_in_the_remarks_of_ofac(remark, kind, value, country):
    entries, _ = read("ofac-sdn", {"f": samples.main(1, "X", remarks=f"{remark}.").encode()})
    found = entries["1"].identifiers[0]
    assert (found.kind, found.value, found.country) == (kind, value, country)


def test_ofac_in_latin_1_is_read_and_said():
    files = as_files({"sdn.csv": samples.main(1, "JOSÉ PEÑA").encode("latin-1")})
    (entry,) = LISTS["ofac-sdn"].parse(files, "ofac-sdn")
    assert entry.caption == "JOSÉ PEÑA"
    assert files[0].encoding == "latin-1"


def test_the_screening_list_names_what_it_repeats():
    row = {
        "source": samples.SDN, "entity_number": "20264", "type": "Entity", "name": "200G PSA",
        "addresses": "80 SW 8th Street, Miami, FL, 33130, US; Nicosia, CY",
        "alt_names": "ONE; and TWO", "ids": "US, 80-0890696, Tax ID No.; Passport, 8362, KP",
    }  # fmt: skip
    entries, _ = read("csl", {"f": samples.csl(row)})
    entry = entries["SDN-20264"]
    assert entry.other["counterpart"] == {"list": "ofac-sdn", "entry_id": "20264"}
    assert [name.text for name in entry.names] == ["200G PSA", "ONE", "TWO"]
    assert entry.countries == ("CY", "US")
    numbers = [(each.kind, each.value, each.country) for each in entry.identifiers]
    assert numbers == [("tax", "80-0890696", "US"), ("passport", "8362", "KP")]


def test_words_about_successors_are_no_part_of_the_name():
    listed = "Sino; and any successor, sub-unit, or subsidiary thereof"
    source = "Nonproliferation Sanctions (ISN) - State Department"
    entries, _ = read("csl", {"f": samples.csl({"source": source, "name": listed})})
    (entry,) = entries.values()
    assert (entry.caption, entry.other["name_as_listed"]) == ("Sino", listed)


def test_the_entity_list_splits_addresses_aliases_and_citations():
    row = samples.company(
        1,
        addresses="Pier 1; and Pier 2, Kabul; Afghanistan",
        alt_names="Lab, a.k.a., the following two aliases:; Lab A; and Lab B (f.k.a., Lab C)",
        federal_register_notice="76 FR 71869, 11/21/11.\n85 FR 83769, 12/23/20",
    )
    entries, _ = read("bis-entity-list", {"f": samples.csl(row)})
    entry = entries["id1"]
    assert [each.text for each in entry.addresses] == ["Pier 1", "Pier 2, Kabul"]
    assert entry.countries == ("AF",)
    assert {name.text: name.quality for name in entry.names} == {
        "Orchid Compute 1 Co., Ltd.": "primary",
        "Lab": "strong",
        "Lab A": "strong",
        "Lab B": "strong",
        "Lab C": "former",
    }
    assert entry.other["citations"] == ["76 FR 71869, 11/21/11", "85 FR 83769, 12/23/20"]


def test_rows_of_other_lists_are_no_entries_of_the_entity_list():
    rows = [samples.company(1), samples.company(2, source=samples.SDN)]
    entries, rejects = read("bis-entity-list", {"f": samples.csl(*rows)})
    assert list(entries) == ["id1"]
    assert [(row.row, row.reason.split(":")[0]) for row in rejects] == [
        (3, "belongs to another list")
    ]


def test_the_united_nations_list():
    record = samples.person(
        "CDi.001",
        "ERIC",
        "<SECOND_NAME>BADEGE</SECOND_NAME><NAME_ORIGINAL_SCRIPT>عبد العزيز</NAME_ORIGINAL_SCRIPT>",
        "<NATIONALITY><VALUE>Democratic Republic of the Congo</VALUE></NATIONALITY>",
        "<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Aigle</ALIAS_NAME></INDIVIDUAL_ALIAS>",
        "<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>",
        "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>"
        "<NUMBER>P1</NUMBER><ISSUING_COUNTRY>Rwanda</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>",
    )
    files = {"un.xml": samples.un(record)}
    entries, _ = read("un-consolidated", files)
    entry = entries["CDi.001"]
    assert [(name.text, name.quality) for name in entry.names] == [
        ("ERIC BADEGE", "primary"),
        ("عبد العزيز", "strong"),
        ("Aigle", "weak"),
    ]
    assert entry.countries == ("CD",)
    assert (entry.identifiers[0].kind, entry.identifiers[0].country) == ("passport", "RW")
    assert own_date("un-consolidated", as_files(files)) == "2026-02-27"


def test_follow_the_money_hangs_edges_on_their_parties():
    edge = {
        "id": "o1", "schema": "Ownership",
        "properties": {"owner": ["p"], "asset": ["c"], "percentage": ["51"]},
    }  # fmt: skip
    stray = {"id": "o2", "schema": "Ownership", "properties": {"owner": ["x"], "asset": ["y"]}}
    company = {
        "id": "c", "schema": "Company",
        "properties": {"name": ["深度求索", "DeepSeek"], "weakAlias": ["DS"], "country": ["cn"]},
    }  # fmt: skip
    person = {"id": "p", "schema": "Person", "properties": {"name": ["Liang"]}}
    nameless = {"id": "n", "schema": "Company", "properties": {}}
    entries, rejects = read("ftm", {"f": samples.ftm(edge, stray, company, person, nameless)})
    assert entries["c"].relations[0]["percentage"] == "51"
    assert (entries["p"].relations[0]["as"], entries["c"].relations[0]["as"]) == ("owner", "asset")
    assert [name.quality for name in entries["c"].names] == ["primary", "strong", "weak"]
    assert entries["c"].countries == ("CN",)
    assert [(row.row, row.reason) for row in rejects] == [
        (2, "joins no party that the files hold"),
        (5, "has no name"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": "a", "schema"', "not JSON"),
        (b'{"id": "a"}', "id or schema is missing"),
        (b'{"id": "a", "schema": "Person", "properties": {"name": "x"}}', "not lists of strings"),
        (b'{"id": "a", "schema": "Person", "properties": {"name": ["\\u0000"]}}', "NUL"),
        (b'{"id": "a", "schema": "Person", "properties": {"name": ["\xff"]}}', "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_lines_that_are_no_entities_are_set_aside(line, reason):
    good = samples.ftm({"id": "p", "schema": "Person", "properties": {"name": ["Liang"]}})
    entries, rejects = read("ftm", {"f": good + line + b"\n"})
    assert list(entries) == ["p"]
    assert [row.row for row in rejects] == [2]
    assert reason in rejects[0].reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'"id9","a"\r\n', "has 2 columns, not 29"),
        (b'"id9","a"b"\r\n', "not a row of CSV"),
        (b'"id9","' + b"\xff" + b'"\r\n', "not UTF-8"),
        (b'"id9","\0"\r\n', "NUL"),
        (b'"id9","an open quote\r\n', "not a row of CSV"),
    ],
)
def test_a_broken_row_costs_no_other(line, reason):
    head, *rows = samples.csl(*map(samples.company, range(1, 6))).splitlines(keepends=True)
    content = head + rows[0] + line + b"".join(rows[1:])
    entries, rejects = read("bis-entity-list", {"f": content})
    assert sorted(entries) == [f"id{number}" for number in range(1, 6)]
    assert [row.row for row in rejects] == [3]
    assert reason in rejects[0].reason


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
XML = samples.un(samples.person("a", "B"))
CSL = samples.csl(samples.company(1))
OFAC = samples.main(1, "X").encode()
PLC = "".join(samples.main(number, "X", program="NS-PLC") for number in range(5)).encode()


@pytest.mark.parametrize(
    ("source", "content", "reason"),
    [
        ("csl", XML, "this is XML"),
        ("un-consolidated", CSL, "columns of the Consolidated"),
        ("ofac-sdn", CSL, "columns of the Consolidated"),
        ("bis-entity-list", OFAC, "as OFAC writes it"),
        ("ftm", OFAC, "as OFAC writes it"),
        ("ftm", b"", "empty"),
        ("ofac-sdn", PLC, "this is the consolidated list"),
        ("ofac-consolidated", OFAC, "this is the SDN list"),
        ("ofac-sdn", b'1,1,"aka","B",-0-\r\n', "is missing"),
        ("ofac-sdn", b"1,2,3\r\n", "3 columns"),
        ("csl", b"source,name,addresses,alt_names\r\n", "no column programs"),
        ("csl", CSL.decode().encode("utf-16"), "no plain text"),
        ("un-consolidated", samples.un(before=LAUGHS), "document type or entities"),
        ("un-consolidated", samples.un(before=OUTSIDE), "document type or entities"),
        ("un-consolidated", XML[:-30], "not well-formed"),
        ("un-consolidated", samples.un(root="export"), "not CONSOLIDATED_LIST"),
    ],
)
def test_what_is_not_the_list_is_refused_whole(source, content, reason):
    with pytest.raises(ListRefused, match=reason) as refused:
        read(source, {"list.txt": content})
    assert str(refused.value).startswith("list.txt")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Korea, North", "KP"), ("Democratic People's Republic of Korea", "KP"),
        ("Iran (Islamic Republic of)", "IR"), ("Russia", "RU"), ("Turkey", "TR"), ("Türkiye", "TR"),
        ("Congo, Democratic Republic of the", "CD"), ("Hong Kong", "HK"), ("cn", "CN"),
        ("Region: Kafia Kingi", ""), ("undetermined", ""), ("", ""),
    ],
)  # fmt: skip
def test_countries_in_any_usual_writing(text, code):
    assert country_code(text) == code
