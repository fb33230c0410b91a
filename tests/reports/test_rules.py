"""The rules of reports as functions of plain values: gates, counts, comparison, hash."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.decisions.record import digest
from casework.reports.document import Included
from casework.reports.gates import Readiness, blockers, gates_of, now
from casework.reports.sections.builders import BUILDERS
from casework.reports.sections.findings import attempts
from casework.reports.sections.record import index, is_intact, privilege, record_hash
from casework.reports.sections.update import added, differences
from casework.reports.source import CaseFile, Decision, Holding, Report, Source
from casework.statute.clocks import clocks
from casework.statute.uses import COUNTED_YEARS
from tests.reports.conftest import PACK

HERE = [row for row in PACK.reports.values() if row.scope]


@pytest.mark.parametrize("report", HERE, ids=lambda row: row.id)
def test_every_section_of_a_report_made_here_has_its_builder(report):
    assert {row.id for row in report.sections} <= BUILDERS.keys()


@pytest.mark.parametrize(
    ("kind", "gate", "lacking"),
    [
        ("R1", "positions", {"positions": ["MEA-2026-00001: State"]}),
        ("R1", "written", {"unwritten": ["Consequences"]}),
        ("R2", "first_report", {"first_report": ["No earlier report is approved."]}),
        ("R3", "sourced", {"unsourced": ["“One.”"]}),
        ("R3", "permissions", {"permissions": ["Lantern for INC-2026-00001#claim: “One.”"]}),
        ("R5", "vote", {"vote": ["No vote is closed."]}),
        ("R5", "recommended", {"recommended": ["None approved"]}),
        ("R8", "frozen", {"frozen": ["Another hash"]}),
    ],
)
def test_a_gate_is_closed_by_what_is_lacking_and_says_what_it_is(kind, gate, lacking):
    report = PACK.reports[kind]

    closed = next(row for row in gates_of(report, Readiness(**lacking)) if row.id == gate)
    met = next(row for row in gates_of(report, Readiness()) if row.id == gate)

    assert (closed.open, met.open) == (False, True)
    assert closed.found == next(iter(lacking.values()))[0]
    assert gate in {row.id for row in report.gates}
    assert [row.citation for row in blockers([closed])] == [closed.citation]


@pytest.mark.parametrize(("kind", "gate"), [("R1", "unclassified"), ("R6", "legal")])
def test_what_a_person_checks_is_closed_until_somebody_is_named(kind, gate):
    report = PACK.reports[kind]
    frozen = gates_of(report, Readiness())

    later = now(report, frozen, Readiness(checks={gate: "Mara, 24 Nov 2026: read"}))

    assert not next(row for row in frozen if row.id == gate).open
    assert next(row for row in later if row.id == gate).found == "Mara, 24 Nov 2026: read"


def test_what_was_frozen_as_lacking_is_not_mended_by_a_later_record():
    report = PACK.reports["R5"]
    frozen = gates_of(report, Readiness(vote=["No vote is closed."]))

    assert [row.id for row in now(report, frozen, Readiness()) if not row.open] == ["vote"]


def a_report(day: date, *, reference: str = "INC-2026-00001") -> Report:
    return Report(
        reference=reference,
        day=day,
        dated=True,
        status="Alleged",
        verified=False,
        methods=(),
        techniques=(),
        paths=(),
        bases=(),
        volumes=(),
        parties=(),
    )


def windows(begun: date):
    dues = clocks(PACK, date(2026, 12, 18), {"assessment_started": begun})
    counted = PACK.clock_for(COUNTED_YEARS)
    return [due for due in dues if counted and due.id == counted.id]


@pytest.mark.parametrize(
    ("day", "rolling", "calendar"),
    [
        (date(2025, 1, 10), "0", "1"),
        (date(2025, 1, 19), "1", "1"),
        (date(2026, 12, 31), "1", "1"),
        (date(2027, 1, 19), "1", "0"),
        (date(2027, 1, 20), "0", "0"),
    ],
)
def test_attempts_are_counted_under_both_readings(day, rolling, calendar):
    (table,) = attempts([a_report(day)], windows(date(2027, 1, 19)))

    assert [row[2] for row in table.rows] == [rolling, calendar]


def test_without_a_beginning_of_the_assessment_nothing_is_counted():
    assert attempts([a_report(date(2026, 1, 1))], clocks(PACK, None, {})) == ()


ROW = Included(
    "MEA-2026-00001", "e", "Orchid", "determined", "Identified", date(2026, 11, 24), "a" * 64,
    "Report to Congress", ("China",), (), 1,
)  # fmt: skip
STATUSES = st.sampled_from(["determined", "assessed", "alleged"])


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ([], ["Orchid"]),
        ([ROW], []),
        ([replace(ROW, status="assessed", determination="")], ["Orchid"]),
        ([replace(ROW, case="MEA-2026-00002")], ["Orchid"]),
    ],
)
def test_an_entity_is_added_when_it_was_not_reported_as_determined_before(before, found):
    assert [row.name for row in added([ROW], before)] == found


@given(st.lists(st.builds(replace, st.just(ROW), entity=st.text(max_size=3), status=STATUSES)))
def test_nothing_is_added_or_different_against_the_same_report(rows):
    assert added(rows, rows) == []
    assert [change for row in rows for change in differences(row, row)] == []


def test_what_reads_otherwise_is_told_then_and_now():
    now_ = replace(ROW, countries=("China", "Hong Kong"), reports=3)

    assert differences(now_, ROW) == [
        ("Orchid", "Countries", "China", "China; Hong Kong"),
        ("Orchid", "Reports", "1", "3"),
    ]


RECORD = {
    "format": "x",
    "exhibits": [
        {
            "number": 1,
            "title": "Log",
            "sha256": "b" * 64,
            "received_at": "2026-11-24T10:00:00+00:00",
        },
        {"number": 2, "title": "Advice of counsel", "sha256": "c" * 64, "dated_on": "2026-05-01"},
    ],
    "findings": [{"element": "EX1", "revision": 2, "at": "2026-11-23T10:00:00+00:00"}],
    "case": {"reference": "MEA-2026-00001"},
}


def source(record=RECORD, *, sha256: str | None = None) -> Source:
    holdings = (
        Holding(number=1, title="Log", origin="Owner", dated_on=None, basis="", bearing="",
                held="", privilege=""),
        Holding(number=2, title="Advice of counsel", origin="Office of the Legal Adviser",
                dated_on=date(2026, 5, 1), basis="", bearing="", held="",
                privilege="Attorney client (AC)"),
    )  # fmt: skip
    case = CaseFile(
        reference="MEA-2026-00001", title="", packet=None, included=(), reports=(), steps=(),
        holdings=holdings,
    )  # type: ignore[arg-type] # fmt: skip
    decision = Decision(
        words="Determination: Identified", about="Orchid", by="Dana", decided_on=date(2026, 11, 24),
        record=record, sha256=sha256 or digest(RECORD),
    )  # fmt: skip
    return Source(
        pack=PACK, section=PACK.reports["R8"].sections[0], cases=(case,), windows=(), annexes=(),
        planning=True, decision=decision,
    )  # fmt: skip


def test_the_index_numbers_everything_in_the_record_and_hides_what_is_privileged():
    (table,) = index(source()).tables

    assert [row[:3] for row in table.rows] == [
        ("1", "Exhibit", "1, Log"),
        ("2", "Exhibit", "2"),
        ("3", "Answer to an element", "EX1, revision 2"),
    ]
    assert table.rows[0][4] == "b" * 64
    assert table.rows[1][4] == "Withheld: see the privilege log"


def test_the_privilege_log_gives_number_day_author_and_basis_and_no_word_of_the_content():
    (table,) = privilege(source()).tables

    assert table.rows == (
        ("2", "1 May 2026", "Office of the Legal Adviser", "Attorney client (AC)"),
    )


def test_the_hash_is_that_of_the_decision_and_a_changed_record_shows():
    whole, changed = source(), source({**RECORD, "case": {}})

    assert is_intact(whole.decision)
    assert record_hash(whole).tables[0].rows[0][1] == digest(RECORD)
    assert not is_intact(changed.decision)
    assert record_hash(changed).tables[0].rows[2] == ("They agree", "NO")
