from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from casework.statute.facts import FACTS
from casework.statute.loader import (
    PACKS,
    PackError,
    UnknownPack,
    available,
    check_pack,
    default_text,
    load_pack,
    packs,
    read_also,
)
from casework.workflow.engine import CaseFacts
from tests.statute.amended import AMENDED, write_amended

TEXT = "hr8283_ih_2026_04_15"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(PACKS / TEXT, tmp_path / TEXT)
    return tmp_path


def edit(root: Path, name: str, old: str, new: str) -> None:
    path = root / TEXT / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(root: Path, name: str, text: str) -> None:
    path = root / TEXT / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.mark.parametrize("text", available())
def test_the_shipped_packs_hold_together(text):
    assert check_pack(text) == []


def test_new_cases_run_under_the_text_that_is_marked():
    assert default_text() == TEXT
    assert packs()[0] is load_pack(TEXT)


def test_a_pack_is_read_once():
    assert load_pack(TEXT) is load_pack(TEXT)


def test_a_pack_can_live_in_another_folder(root):
    assert load_pack(TEXT, root).provisions == load_pack(TEXT).provisions


@pytest.mark.parametrize("name", ["nothing", "../packs", "", "/etc", f"{TEXT}/../{TEXT}", "A b"])
def test_an_unknown_text_is_refused(name):
    with pytest.raises(UnknownPack):
        load_pack(name)
    with pytest.raises(UnknownPack):
        check_pack(name)


# file, what stands there, what is put in its place, the fault that must be told
FAULTS = [
    ("act.toml", 'title = "Det', 'titel = "Det', "act.toml: unknown key 'titel'"),
    ("act.toml", "congress = 119", 'congress = "119"', "expected a whole number"),
    ("act.toml", "congress = 119", "congress = true", "expected a whole number, found True"),
    ("act.toml", "2026-04-15", "2026-04-15T00:00:00", "introduced: expected a date"),
    ("provisions.toml", 'id = "2(1)"', "id = 2.10", "provisions.toml: row 3: id: expected text"),
    ("provisions.toml", 'id = "2(1)"', 'id = "2"', "provisions.toml: 2: the id is used twice"),
    ("provisions.toml", 'id = "2(1)"', "id = 2(1)", "provisions.toml: "),
    ("provisions.toml", "[[provision]]", "[[provisoin]]", "unknown key 'provisoin'"),
    ("elements.toml", 'citation = "3(13)(A)"\n', "", "elements.toml: OW1: citation is missing"),
    ("elements.toml", '"3(13)(A)"', '" "', "elements.toml: OW1: citation: is empty"),
    ("elements.toml", '"3(13)(A)"', '"3(99)"', "elements.toml: OW1: unknown provision '3(99)'"),
    ("elements.toml", '"3(13)(A)"', '"policy"', "elements.toml: OW1: unknown provision 'policy'"),
    ("elements.toml", 'authority = "statute"', 'authority = "law"', "authority 'law' is none of"),
    ("elements.toml", 'kind = "tri"', 'kind = "quad"', "OW1: unknown kind 'quad'"),
    ("elements.toml", 'scope = "case"', 'scope = "court"', "OW1: unknown scope 'court'"),
    ("elements.toml", 'kind = "derived"', 'kind = "tri"', "EC3: a derived element, and no other"),
    ("elements.toml", '"extraction"', '"theft"', "EC3: unknown conclusion 'theft'"),
    ("elements.toml", 'falls_back_to = "FE1"', 'falls_back_to = "XX"', "unknown element 'XX'"),
    ("elements.toml", 'evidence = ["Terms', 'evidence = "Terms', "elements.toml: "),
    ("elements.toml", '["Version of', '[7, "Version of', "CS2: evidence: expected text, found 7"),
    ("logic.toml", '["OW1", "OW2"]', '["OW1", "OW9"]', "logic.toml: owner: unknown id 'OW9'"),
    ("logic.toml", '["OW1", "OW2"]', "[]", "logic.toml: owner: rests on nothing"),
    ("logic.toml", '["OW1", "OW2"]', '["OW1", "PU1a"]', "PU1a is a factor and decides nothing"),
    ("logic.toml", '["OW1", "OW2"]', '["OW1", "blocking"]', "rests on itself"),
    ("logic.toml", 'id = "owner"', 'id = "OW1"', "logic.toml: OW1: the id is used twice"),
    ("logic.toml", 'day = "last_attack"', 'day = "first_light"', "unknown day 'first_light'"),
    ("logic.toml", 'fact = "attempt_only"', 'fact = "mood"', "unknown fact 'mood'"),
    ("logic.toml", 'equals = "4(e)"', 'equals = "4(z)"', "unknown value '4(z)'"),
    ("logic.toml", 'when_missing = "not_met"', 'when_missing = "no"', "unknown value 'no'"),
    ("logic.toml", 'not_before = "determination"', "", "tests either one fact or one day"),
    ("stages.toml", 'lead = "STATE"', 'lead = "STATES"', "unknown agency 'STATES'"),
    ("stages.toml", '["case_officer"]', '["clerk"]', "S1: unknown role 'clerk'"),
    ("stages.toml", 'roles = ["case_officer"]', 'roles = "clerk"', "S1: roles: expected a list"),
    ("stages.toml", '"refer_out"]', '"shred"]', "S1: unknown decision 'shred'"),
    ("stages.toml", '["both_receipts"]', '["three_receipts"]', "unknown guard 'three_receipts'"),
    ("transitions.toml", '"lead_assigned"]', '"lead"]', "intake_accept: unknown guard 'lead'"),
    ("transitions.toml", 'target = "S2"', 'target = "S99"', "unknown stage 'S99'"),
    ("transitions.toml", 'target = "S2"', 'target = "S1"', "leads from S1 to itself"),
    ("transitions.toml", 'target = "S2"', 'target = "S4"', "stages.toml: S2: no road leads here"),
    ("transitions.toml", 'decision = "accept"', 'decision = "nod"', "unknown decision 'nod'"),
    ("transitions.toml", '["case_officer"]', '["clerk"]', "intake_accept: unknown role 'clerk'"),
    ("guards.toml", "at_least = 1\n", "", "incident_linked: a guard makes exactly one test"),
    ("guards.toml", 'covers = "oc"', 'covers = "un"', "agencies_asked: unknown body 'un'"),
    ("clocks.toml", 'lead = "STATE"', 'lead = "NOBODY"', "K1: unknown agency 'NOBODY'"),
    ("clocks.toml", 'starts = "enactment"', 'starts = "dawn"', "K1: unknown event 'dawn'"),
    ("clocks.toml", "days = 180\n", "", "K1: a reading counts days and months, or is a span"),
    ("clocks.toml", 'span = "rolling"', 'span = "lunar"', "K6: unknown span 'lunar'"),
    ("clocks.toml", "default = true\n", "", "K1: has no default reading"),
    ("clocks.toml", 'yields_to = "K5"', 'yields_to = "K50"', "K10: unknown clock 'K50'"),
    ("measures.toml", 'lead = "COMMERCE_BIS"', 'lead = "BIS"', "unknown agency 'BIS'"),
    (
        "measures.toml",
        '"licence_terms"',
        '"articulable_facts"',
        "'articulable_facts' is used twice",
    ),
    ("measures.toml", 'kind = "lines"', 'kind = "poem"', "unknown kind 'poem'"),
    ("measures.toml", 'offers = "names"', 'offers = "tea"', "unknown offer 'tea'"),
    ("measures.toml", 'sets = "next_review_on"', 'sets = "x"', "unknown day that it sets 'x'"),
    ("measures.toml", 'kind = "choice"', 'kind = "text"', "options belong to a choice"),
    ("measures.toml", 'id = "units"', 'id = "names"', "'names' is used twice"),
    ("measures.toml", '["block", "not_block"]', '["block"]', "at least two ways"),
    ("measures.toml", '["block", "not_block"]', '["block", "stop"]', "unknown decision 'stop'"),
    ("measures.toml", 'needs = ["blocking"]', 'needs = ["luck"]', "unknown conclusion 'luck'"),
    ("measures.toml", 'body = "erc"', 'body = "jury"', "measures.toml: add: unknown body 'jury'"),
    ("measures.toml", '"majority"', '"plurality"', "add: unknown threshold 'plurality'"),
    ("measures.toml", '"left_out"', '"ignored"', "unknown treatment of abstention 'ignored'"),
    ("measures.toml", '"el_not_add"', '"el_never"', "add: unknown decision 'el_never'"),
    ("exceptions.toml", 'measure = "blocking"', 'measure = "fine"', "unknown measure 'fine'"),
    ("reports.toml", 'lead = "COMMERCE_BIS"', 'lead = "BIS"', "R1: unknown agency 'BIS'"),
    ("vocabularies.toml", 'code = "cloud_host"', 'code = "querier"', "'querier' is used twice"),
    ("vocabularies.toml", 'code = "cloud_host"', 'cod = "x"', "unknown key 'cod'"),
    ("act.toml", 'status = "introduced"', 'status = "enacted"', "act.toml: an enacted text"),
    (
        "act.toml",
        "default = true",
        'borrows = "nowhere"',
        "borrows: statute pack nowhere",
    ),
    ("logic.toml", 'record = "emergency"', 'record = "mood"', "unknown record 'mood'"),
    ("logic.toml", 'event = "assessment_completed"', 'event = "dawn"', "unknown event 'dawn'"),
    ("stages.toml", "closes = true", "", "stages.toml: no stage closes a case"),
    ("stages.toml", "hears = true", "closes = true", "S5: closes the case, yet a road leads on"),
    ("stages.toml", 'id = "S1"\n', 'id = "S1"\ndetermines = true\n', "S1: determines, yet none of"),
    (
        "stages.toml",
        'id = "S6"\n',
        'id = "S6"\nhears = true\n',
        "S6: hears the accused, and so",
    ),
    ("guards.toml", 'fact = "exhibits"', 'fact = "omens"', "exhibit_held: unknown fact 'omens'"),
    ("guards.toml", 'key = "identified"', 'key = "odd"', "identified: unknown conclusion 'odd'"),
    ("guards.toml", 'key = "blocking"', 'key = "fine"', "unknown conclusion 'fine'"),
    ("clocks.toml", 'use = "triage"', 'use = "tea"', "P2: unknown use 'tea'"),
    ("clocks.toml", 'use = "triage"', 'use = "foia"', "the use 'foia' stands at two places"),
    ("clocks.toml", 'pauses = ["postponed"]', 'pauses = ["lunch"]', "K10: unknown event 'lunch'"),
    (
        "records.toml",
        '"S2", "S3"',
        '"S2", "S99"',
        "consultation: unknown stage 'S99'",
    ),
    ("records.toml", '["analyst"]', '["clerk"]', "records.toml: last_attack: unknown role 'clerk'"),
    ("records.toml", 'of_case = "subjects"', 'of_case = "stars"', "unknown outcome of the case"),
    ("records.toml", 'vocabulary = "consultation"', 'vocabulary = "x"', "unknown vocabulary 'x'"),
    ("records.toml", '["publish", "withhold"]', '["shred"]', "guide: unknown code 'shred'"),
    ("records.toml", 'vocabulary = "consultation"\n', "", "consultation: outcomes come from one"),
    ("records.toml", 'stages = ["S2", "S3"]\n', "", "consultation: a kind put on record by form"),
    ("determinations.toml", 'id = "identify_mea"', 'id = "nod"', "unknown decision 'nod'"),
    (
        "determinations.toml",
        '["identified", "model',
        '["seen", "model',
        "conclusion 'seen'",
    ),
    (
        "determinations.toml",
        'barred = ["identified"]',
        'barred = ["identified"]\nneeds = ["identified"]',
        "is needed and barred",
    ),
    (
        "determinations.toml",
        'id = "not_identified"',
        'id = "refer"',
        "no stage that determines",
    ),
    ("vocabularies.toml", 'id = "takedown_ground"', 'id = "tko"', "vocabulary 'takedown_ground'"),
    ("vocabularies.toml", 'code = "n/a"', 'code = "na"', "answer: the answers are met"),
    ("techniques.toml", 'authority = "policy"', 'authority = "rumour"', "AML.T0008.005: authority"),
]


@pytest.mark.parametrize(("name", "old", "new", "fault"), FAULTS)
def test_a_contradiction_is_refused_and_names_its_place(root, name, old, new, fault):
    edit(root, name, old, new)

    problems = check_pack(TEXT, root)

    assert any(fault in problem for problem in problems), problems
    with pytest.raises(PackError) as refusal:
        load_pack(TEXT, root)
    assert refusal.value.problems == problems


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("act.toml", '\ntitle = "Again"\n', "act.toml: "),
        ("clocks.toml", '\n[[clock]]\nid = "K99"\ntitle = "No rule"\n', "K99: readings is missing"),
        (
            "clocks.toml",
            (
                '\n[[clock]]\nid = "K99"\ntitle = "No rule"\nlead = "STATE"\nreadings = []\n'
                'citation = "4(a)"\nauthority = "statute"\n'
            ),
            "K99: has no default reading",
        ),
        (
            "guards.toml",
            (
                '\n[[guard]]\nid = "idle"\nmessage = "Idle."\nfact = "listed"\nis_set = true\n'
                'citation = "Practice"\nauthority = "policy"\n'
            ),
            "idle: no transition and no stage uses it",
        ),
        ("vocabularies.toml", "\n[extra]\n", "vocabularies.toml: unknown key 'extra'"),
    ],
)
def test_a_row_too_many_is_refused(root, name, text, fault):
    append(root, name, text)

    assert any(fault in problem for problem in check_pack(TEXT, root))


@pytest.mark.parametrize("text", ["stage = 7", "stage = [7]", "", "\x00", "[[stage"])
def test_a_file_of_the_wrong_shape_is_refused(root, text):
    (root / TEXT / "stages.toml").write_text(text, encoding="utf-8")

    assert any(problem.startswith("stages.toml: ") for problem in check_pack(TEXT, root))


def test_a_missing_or_unreadable_file_is_refused(root):
    (root / TEXT / "clocks.toml").unlink()
    (root / TEXT / "guards.toml").write_bytes(b"\xff\xfe")

    problems = check_pack(TEXT, root)

    assert any(problem.startswith("clocks.toml: ") for problem in problems)
    assert any(problem.startswith("guards.toml: ") for problem in problems)


def test_the_pack_answers_about_itself():
    pack = load_pack(TEXT)

    assert pack.first_stage.id == "S1"
    assert pack.members("oc") == {"COMMERCE_BIS", "STATE", "DEFENSE", "ENERGY"}
    assert pack.elements["PU1"].provisions == ("3(11)(A)", "3(11)(B)")
    assert all(len(pack.elements[name].benign) > 1 for name in ("PU1a", "PU1b", "PU1c", "PU1d"))
    assert pack.act.status == "introduced"


def test_a_guard_may_ask_whatever_the_engine_knows():
    assert {field.name for field in fields(CaseFacts)} == FACTS


@pytest.fixture
def added(tmp_path):
    """A folder with one more text, read while the test runs."""
    folder = write_amended(tmp_path)
    read_also([folder])
    yield folder
    read_also([])


def test_a_text_in_a_folder_of_its_own_is_read_beside_the_shipped_ones(added):
    assert AMENDED in available()
    assert load_pack(AMENDED).elements["OW7"].was == "OW1"
    assert default_text() == TEXT


def test_an_added_text_marked_default_goes_before_the_shipped_one(added):
    path = added / AMENDED / "act.toml"
    path.write_text(path.read_text("utf-8") + "default = true\n", "utf-8")
    load_pack.cache_clear()

    assert default_text() == AMENDED


def test_two_folders_with_one_text_clash(root):
    with pytest.raises(PackError, match="two folders hold a text of this name"):
        read_also([root])
    assert load_pack(TEXT) is load_pack(TEXT)


def test_a_borrower_takes_words_but_nothing_that_rests_on_the_other_text():
    lender, borrower = load_pack(TEXT), load_pack("paipa_pl117_336")

    assert borrower.vocabularies["actor_role"] == lender.vocabularies["actor_role"]
    assert borrower.vocabularies["decision_kind"] != lender.vocabularies["decision_kind"]
    assert "consultation" not in borrower.vocabularies


def test_a_text_cannot_borrow_from_a_borrower(root):
    edit(root, "act.toml", "default = true", f'borrows = "{TEXT}"')

    assert any("borrows itself" in problem for problem in check_pack(TEXT, root))
