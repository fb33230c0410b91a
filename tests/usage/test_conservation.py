"""Whatever is done to a file, every line of it is accepted or set aside, and no other."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.usage.logs import MADE, accepted, rejected, rows, taken

ROWS = 12
BYTES = st.sampled_from([*b'",\n\r\0{}[]:;\\a0 \xe9\xf0', 0xEF])


@st.composite
def damage(draw):
    """Bytes put in, taken out or changed after the first row."""
    return draw(
        st.lists(
            st.tuples(st.sampled_from(["in", "out", "over"]), st.floats(0, 1), BYTES),
            min_size=1,
            max_size=8,
        )
    )


def damaged(content: bytes, changes, start: int) -> bytes:
    found = bytearray(content)
    for kind, share, byte in changes:
        place = start + int(share * (len(found) - start - 1))
        if kind == "in":
            found.insert(place, byte)
        elif kind == "out":
            del found[place]
        else:
            found[place] = byte
    return bytes(found)


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
@given(changes=damage(), chunk=st.sampled_from([1 << 20, 4000]))
@settings(max_examples=12, deadline=None)
def test_lines_are_accepted_or_set_aside_and_kept_word_for_word(kind, changes, chunk):
    content = MADE[kind](rows(ROWS))
    held = damaged(content, changes, content.index(b"\n") + 1)
    lines = held.split(b"\n")
    lines = lines[:-1] if lines[-1] == b"" else lines
    header = 1 if kind == "csv" else 0

    with tempfile.TemporaryDirectory() as folder:
        found = taken(Path(folder), held, chunk=chunk)
        assert found.rows == len(lines) - header
        assert found.rows == found.accepted + found.rejected
        good = {one["row"] for one in accepted(found)}
        bad = {int(one["row"]) - header for one in rejected(found)}
        assert good | bad == set(range(1, found.rows + 1))
        assert not good & bad
        for example in found.examples:
            line = lines[example.row - 1].removesuffix(b"\r")
            shown = line.decode(errors="backslashreplace").replace("\0", "\\x00")
            assert example.text == shown


def test_a_lost_quote_among_many_rows_swallows_none_of_them(tmp_path):
    lines = MADE["csv"](rows(5000)).splitlines(keepends=True)
    lines[2500] = lines[2500].replace(b"coding", b'"coding', 1)

    found = taken(tmp_path, b"".join(lines), chunk=300_000)

    assert (found.rows, found.accepted, dict(found.reasons)) == (5000, 4999, {"E01": 1})
    assert rejected(found)[0]["row"] == "2501"
