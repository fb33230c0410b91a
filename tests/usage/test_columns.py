from __future__ import annotations

import pytest

from casework.evidence.usage.columns import COLUMNS, REQUIRED, suggest
from casework.evidence.usage.headers import columns_of, completed
from tests.usage.logs import MADE, accepted, as_csv, row, rows, taken, written


@pytest.mark.parametrize(
    ("theirs", "mapping"),
    [
        (["ts", "account_id"], {"ts": "ts", "account_id": "account_id"}),
        (["Timestamp", "User-ID", "clientIP"],
         {"ts": "Timestamp", "account_id": "User-ID", "ip": "clientIP"}),
        (["prompt_tokens", "completion_tokens"],
         {"input_tokens": "prompt_tokens", "output_tokens": "completion_tokens"}),
        (["user", "account_id"], {"account_id": "account_id"}),
        (["time", "timestamp"], {"ts": "timestamp"}),
        (["colour"], {}),
    ],
)  # fmt: skip
def test_columns_are_suggested_by_name_and_alias(theirs, mapping):
    assert suggest(theirs) == mapping


def test_no_alias_leads_to_two_columns():
    names = [name for column in COLUMNS for name in (column.name, *column.aliases)]

    assert len(names) == len(set(names))


def test_a_log_with_names_of_its_own_is_read_by_aliases(tmp_path):
    names = {"ts": "timestamp", "account_id": "user_id", "input_tokens": "prompt_tokens"}
    held = [{names.get(key, key): value for key, value in row(1).items()}]

    assert accepted(taken(tmp_path, as_csv(held), out="a")) == accepted(
        taken(tmp_path, as_csv([row(1)]), out="b")
    )


def test_a_mapping_is_the_whole_mapping(tmp_path):
    found = taken(tmp_path, as_csv([row(1)]), mapping={name: name for name in REQUIRED})

    assert accepted(found)[0]["ip"] is None
    assert "ip" in found.minimised["other columns"]


def test_a_mapping_of_some_columns_is_filled_up_on_request(tmp_path):
    held = [{"when" if key == "ts" else key: value for key, value in row(1).items()}]
    file = written(tmp_path, as_csv(held))

    mapping = completed([file], {"ts": "when", "ip": ""})

    assert mapping["ts"] == "when"
    assert mapping["account_id"] == "account_id"
    assert "ip" not in mapping


@pytest.mark.parametrize("kind", MADE)
def test_columns_are_shown_with_values_as_they_stand_in_the_file(tmp_path, kind):
    held = columns_of(written(tmp_path, MADE[kind](rows(10))))

    assert [column.name for column in held] == list(row())
    shown = {column.name: list(column.examples) for column in held}
    assert shown["input_tokens"] == ["101", "102", "103"]
    assert shown["country"] == ["NA"]
    assert shown["org_id"] == []


def test_capabilities_are_told_in_our_words(tmp_path):
    text = as_csv([row(1, capability="code's"), row(2, capability="other")])

    found = taken(tmp_path, text, capability_map={"code's": "coding"})
    assert [one["capability"] for one in accepted(found)] == ["coding", "other"]
