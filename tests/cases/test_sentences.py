"""The log in words: every action of a case has a sentence of its own."""

from __future__ import annotations

import pytest

from casework.workflow.sentences import reason, sentence
from tests.cases import ready

NAMES = {"e1": "Orchid Compute Ltd"}


@pytest.mark.parametrize(
    ("action", "subject", "detail", "words"),
    [
        ("case.open", "case:MEA-2026-00001", {"incidents": ["INC-2026-00001", "INC-2026-00002"]},
         "Opened the case about INC-2026-00001, INC-2026-00002"),
        ("finding.write", "case:x", {"element": "EX1", "entity": "e1", "answer": "not_met"},
         "Answered element EX1 about Orchid Compute Ltd: Not met"),
        ("finding.write", "case:x", {"element": "CS1", "entity": "", "answer": "n/a"},
         "Answered element CS1: Not applicable"),
        ("determination.sign", "case:x", {"entity": "e1", "kind": "not_identified"},
         "Signed the determination about Orchid Compute Ltd: Not identified"),
        ("recommendation.make", "case:x", {"entity": "", "measure": "blocking"},
         "Recommended on Blocking of property"),
        ("packet.issue", "packet:MEA-2026-00001/3", {"recipient": "Treasury"},
         "Issued packet 3 to Treasury"),
        ("position.ask", "agency:ENERGY", {}, "Asked Department of Energy for its position"),
        ("position.state", "agency:ENERGY", {"position": "non_concur"},
         "Position of Department of Energy: Does not concur"),
        ("position.state", "agency:ENERGY", {"position": "silent"},
         "Logged that Department of Energy did not answer in time"),
        ("window.step", "entity:e1", {"step": "waived", "name": "Orchid"},
         "Waived the response window of Orchid"),
        ("stage.record", "record:1",
         {"kind": "consultation", "outcome": "held", "happened_on": "2026-11-02"},
         "Consultation with the owner: Held, 2026-11-02"),
        ("stage.record", "record:1",
         {"kind": "last_attack", "outcome": "e1", "happened_on": "2026-11-02"},
         "Day of the last attack, 2026-11-02"),
        ("stage.record", "record:1", {"kind": "retired kind"}, "Put something on record"),
        ("case.advance", "case:x", {"step": "Accept the report", "to_stage": "S99"},
         "Accept the report"),
        ("case.link", "incident:INC-2026-00001", {}, "Linked INC-2026-00001"),
    ],
)  # fmt: skip
def test_an_entry_reads_as_a_sentence(
    action: str, subject: str, detail: dict[str, object], words: str
) -> None:
    assert sentence(action, subject, detail, ready.PACK, NAMES) == words


def test_braces_in_what_officers_wrote_are_left_alone() -> None:
    told = sentence("task.add", "task:1", {"assignee": "{x}", "title": "{0}"}, ready.PACK, NAMES)

    assert told == "Set a task for {x}: {0}"


def test_the_reason_of_a_step_or_the_note_of_a_record_is_the_why() -> None:
    assert reason({"reason": "Because."}) == "Because."
    assert reason({"note": "Letter 3."}) == "Letter 3."
    assert reason({"version": 3}) == ""
