from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import InvalidValue, NotFound
from casework.packets.contents import from_plain, to_plain
from casework.packets.facts import Relation
from casework.packets.lettering import halves, instant, language, percent, size, visible
from casework.packets.manifest import contents_digest, manifest
from casework.packets.outline import TITLES, citing, outline
from casework.packets.plain import dump, load
from casework.packets.recipients import read, recipient, recipients
from casework.packets.words import LABELS, Answer, Authority, ClaimStatus, PositionKind

from . import sample


@pytest.mark.parametrize("build", [sample.rich, sample.empty, sample.hostile])
def test_a_packet_survives_the_way_through_json(build):
    contents = build()

    again = from_plain(json.loads(json.dumps(to_plain(contents))))

    assert again == contents


@given(st.decimals(0, 100, places=6), st.dates())
def test_a_share_and_its_date_come_back_exactly(share, day):
    tie = Relation("E-1", "E-2", "Ex. 1", low=share, high=share, start=day)

    assert load(Relation, dump(tie)) == tie


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("cover", "version"), "2", "PacketContents.cover.version"),
        (("cover", "version"), True, "PacketContents.cover.version"),
        (("cover", "prepared"), "yesterday", "PacketContents.cover.prepared"),
        (("cover", "prepared"), 5, "PacketContents.cover.prepared"),
        (("findings", 0, "answer"), "maybe", "PacketContents.findings[0].answer"),
        (("relations", 0, "low"), "half", "PacketContents.relations[0].low"),
        (("entities",), {}, "PacketContents.entities"),
        (("cover",), [], "PacketContents.cover"),
        (("cover", "colour"), "red", "PacketContents.cover"),
    ],
)
def test_a_damaged_packet_is_refused_with_the_name_of_the_field(path, value, named):
    data = copy.deepcopy(to_plain(sample.rich()))
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value

    with pytest.raises(InvalidValue) as refusal:
        from_plain(data)

    assert refusal.value.field == named


def test_one_changed_letter_changes_the_digest_of_the_contents():
    before, after = sample.rich(), sample.hostile()

    assert contents_digest(before) != contents_digest(after)
    assert contents_digest(before) == contents_digest(sample.rich())


def test_the_manifest_lists_every_exhibit_with_its_digest():
    contents = sample.rich()

    form = json.loads(manifest(contents, software={"a": "1"}, fonts={"b.ttf": "0"}))

    assert [one["sha256"] for one in form["exhibits"]] == [one.sha256 for one in contents.exhibits]
    assert form["contents"]["sha256"] == contents_digest(contents)
    assert form["supersedes"]["version"] == 1
    assert form["software"] == {"a": "1"}


@pytest.mark.parametrize("code", ["bis", "state", "treasury", "justice", "congress", "public"])
def test_every_recipient_gets_numbered_sections_in_its_own_order(code):
    contents = sample.rich(code)

    sections = outline(contents)

    assert tuple(section.code for section in sections) == recipient(code).sections
    assert [section.heading.number for section in sections] == [
        str(at) for at in range(1, len(sections) + 1)
    ]
    assert list(recipients()) == ["bis", "state", "treasury", "justice", "congress", "public"]


def test_an_unknown_recipient_is_refused_with_the_names_of_the_known():
    with pytest.raises(NotFound, match="bis, state"):
        recipient("moon")


def test_a_recipient_without_purpose_is_refused(tmp_path):
    path = tmp_path / "recipients.toml"
    path.write_text('[x]\nname = "X"\n', encoding="utf-8")

    with pytest.raises(InvalidValue, match="purpose"):
        read(path)


@pytest.mark.parametrize("sections", [("summary", "summary"), ("weather",)])
def test_a_section_that_is_unknown_or_named_twice_is_refused(sections):
    data = to_plain(sample.rich())
    data["cover"]["recipient"]["sections"] = list(sections)

    with pytest.raises(InvalidValue, match=sections[0]):
        outline(from_plain(data))


def test_each_exhibit_knows_the_findings_that_cite_it():
    cited = citing(sample.rich())

    assert cited[1] == (("EX1", "findings-1"), ("PU1", "findings-2"))
    assert 9 not in cited


def test_every_word_of_the_vocabularies_has_a_label():
    for vocabulary in (Answer, Authority, ClaimStatus, PositionKind):
        assert all(LABELS[code] for code in vocabulary)
    assert len(set(LABELS.values())) == len(LABELS)
    assert all(TITLES.values())


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 24, 19, 5, tzinfo=UTC), "24 Nov 2026, 14:05 EST"),
        (datetime(2026, 7, 1, 3, 59, tzinfo=UTC), "30 Jun 2026, 23:59 EDT"),
    ],
)
def test_instants_are_written_in_washington_time_with_the_zone(at, words):
    assert instant(at) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 kB"), (2_500_000_000, "2.5 GB")],
)
def test_sizes_are_written_in_decimal_units(count, words):
    assert size(count) == words


def test_small_matters_of_lettering():
    assert percent(Decimal("50.00")) == "50%"
    assert percent(Decimal("12.5")) == "12.5%"
    assert percent(Decimal(100)) == "100%"
    assert language("zh-Hans") == "zh-Hans"
    assert language('x" onload="') == "und"
    assert halves("abcd") == ("ab", "cd")


@given(st.text())
def test_no_direction_override_or_control_stays_invisible(text):
    shown = visible(text)

    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x07")
