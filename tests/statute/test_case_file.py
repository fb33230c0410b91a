from __future__ import annotations

import io

import pytest

from casework.statute.case_file import LARGEST, CaseFileRefused, read_document, read_lines


def document(content: bytes):
    return read_document(io.BytesIO(content))


def test_a_document_is_read_whole():
    case = document(b'{"text_version":"t","answers":{"A":"met"},"facts":{"f":true}}')

    assert (case.text_version, case.answers, case.dates) == ("t", {"A": "met"}, {})
    assert case.facts == {"f": True}


def test_a_byte_order_mark_is_passed_over():
    assert document(b'\xef\xbb\xbf{"answers":{}}').answers == {}
    assert len(list(read_lines(io.BytesIO(b'\xef\xbb\xbf{"answers":{}}\n\n')))) == 1


@pytest.mark.parametrize(
    ("content", "field", "reason"),
    [
        (b"", "", "empty"),
        (b" \n", "", "empty"),
        (b"\0", "", "not JSON"),
        (b"\xff", "", "UTF-8"),
        (b"{", "", "not JSON"),
        (b"[" * 100_000, "", "nested"),
        (b"[]", "", "expected an object"),
        (b"{}", "answers", "missing"),
        (b'{"answers":[]}', "answers", "expected an object"),
        (b'{"answers":{"A":true}}', "answers.A", "expected text"),
        (b'{"answers":{"A":null}}', "answers.A", "expected text"),
        (b'{"answers":{"A":"met","A":"met"}}', "A", "twice"),
        (b'{"answers":{},"answer":{}}', "answer", "unknown field"),
        (b'{"answers":{},"dates":{"d":20270101}}', "dates.d", "expected text"),
        (b'{"answers":{},"facts":{"f":1}}', "facts.f", "expected text, true or false"),
        (b'{"answers":{},"text_version":1}', "text_version", "expected text"),
        (b'{"answers":{"A":NaN}}', "", "NaN"),
        (b'{"answers":{"A":' + b"9" * 9999 + b"}}", "", "too long"),
        (b" " * (LARGEST + 1), "", "larger"),
    ],
)
def test_what_is_no_document_of_answers_is_refused(content, field, reason):
    with pytest.raises(CaseFileRefused, match=reason) as refusal:
        document(content)

    assert (refusal.value.field, refusal.value.row) == (field, 0)


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b'{"answers":{}}\n{"answers":{}}\n{"answers":{"A":7}}\n', 3),
        (b'{"answers":{}}\n\n{"answers":{}}\n', 2),
        (b'{"answers":{}}\n' + b"x" * (LARGEST + 1), 2),
        (b"", 0),
        (b"\n\n", 0),
    ],
)
def test_a_bad_line_is_named_by_its_number(content, row):
    with pytest.raises(CaseFileRefused) as refusal:
        list(read_lines(io.BytesIO(content)))

    assert refusal.value.row == row
