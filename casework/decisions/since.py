"""What came in after a decision: the frozen record compared with the record as it stands. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Rows = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Since:
    """One change, `kind` in a word for grouping, `words` for a reader, `name` free text of the
    record, which may be empty.
    """

    kind: str
    words: str
    name: str = ""


def since(before: Rows, now: Rows) -> list[Since]:
    """Every change that matters to a reader, in a fixed order; empty where nothing came in.

    Parts that the frozen record lacks are older than the parts themselves and are not compared.
    """
    return [
        change
        for part, compare in _PARTS.items()
        if part in before and part in now
        for change in compare(before[part], now[part])
    ]


def _exhibits(before: list[Rows], now: list[Rows]) -> Iterator[Since]:
    old = {row["number"]: row for row in before}
    for row in now:
        known = old.get(row["number"])
        if known is None:
            yield Since("New exhibit", f"Exhibit {row['number']}", row["title"])
        elif known["version"] != row["version"] or known["sha256"] != row["sha256"]:
            yield Since("Exhibit described anew", f"Exhibit {row['number']}", row["title"])


def _findings(before: list[Rows], now: list[Rows]) -> Iterator[Since]:
    old = {(row["subject"], row["element"]): row for row in before}
    for row in now:
        known = old.get((row["subject"], row["element"]))
        if known is None:
            yield Since("New answer", f"{row['element']}, revision {row['revision']}")
        elif known["revision"] != row["revision"]:
            words = f"{row['element']}, revision {row['revision']} after {known['revision']}"
            yield Since("Answer revised", words)
        elif known["standing"] != row["standing"]:
            yield Since("Second reader heard", f"{row['element']}, revision {row['revision']}")


def _subjects(before: list[Rows], now: list[Rows]) -> Iterator[Since]:
    old = {row["id"]: row for row in before}
    for row in now:
        known = old.get(row["id"])
        if known is None:
            yield Since("New subject", "", row["name"])
            continue
        yield from _facts(known, row)
    for row in before:
        if row["id"] not in {each["id"] for each in now}:
            yield Since("Subject examined no more", "", row["name"])


def _facts(before: Rows, now: Rows) -> Iterator[Since]:
    for part, word in (("names", "Name"), ("countries", "Country")):
        old, new = ([_fact(each) for each in row[part]] for row in (before, now))
        yield from (Since(f"{word} withdrawn", "", each) for each in old if each not in new)
        yield from (Since(f"{word} added", "", each) for each in new if each not in old)


def _fact(row: Any) -> str:
    return row["text"] if isinstance(row, Mapping) else str(row)


def _incidents(before: list[Rows], now: list[Rows]) -> Iterator[Since]:
    old = {row["reference"]: row for row in before}
    answer = ("response", "response_text", "response_on")
    for row in now:
        known = old.get(row["reference"])
        if known is None:
            yield Since("New report", row["reference"], row["title"])
        elif any(known[name] != row[name] for name in answer):
            yield Since("New answer of the accused", row["reference"], row["response_text"])
        elif known["version"] != row["version"]:
            yield Since("Report changed", row["reference"], row["title"])


def _responses(before: list[Rows], now: list[Rows]) -> Iterator[Since]:
    for row in _new(before, now):
        kind = "New answer of the accused" if row["step"] == "answered" else "Opportunity to answer"
        yield Since(kind, "", row["text"])


def _positions(before: list[Rows], now: list[Rows]) -> Iterator[Since]:
    for row in _new(before, now):
        yield Since("New position of an agency", row["agency"], row["comment"])


def _statements(before: list[Rows], now: list[Rows]) -> Iterator[Since]:
    for row in _new(before, now):
        yield Since("New statement on purpose", f"by {row['by']}")


def _records(before: list[Rows], now: list[Rows]) -> Iterator[Since]:
    for row in _new(before, now):
        yield Since("Put on record", row["kind"].replace("_", " "), row["note"])


def _recommendations(before: list[Rows], now: list[Rows]) -> Iterator[Since]:
    old = {row["content_sha256"] for row in before}
    for row in now:
        if row["content_sha256"] not in old:
            yield Since("New recommendation", row["measure"].replace("_", " "), row["reasons"])


def _affiliates(before: list[Rows], now: list[Rows]) -> Iterator[Since]:
    old = {row["id"]: row for row in before}
    for row in now:
        known = old.pop(row["id"], None)
        if known is None:
            yield Since("New affiliate", row["answer"].replace("_", " "), row["name"])
        elif (known["answer"], known["relations"]) != (row["answer"], row["relations"]):
            yield Since("Ownership changed", row["answer"].replace("_", " "), row["name"])
    yield from (Since("Affiliate no more", "", row["name"]) for row in old.values())


def _permissions(before: Rows, now: Rows) -> Iterator[Since]:
    for name, words in (("given", "Permission of an owner"), ("revoked", "Permission taken back")):
        more = now[name] - before[name]
        if more > 0:
            yield Since(words, f"{more} more")


def _motions(before: list[Rows], now: list[Rows]) -> Iterator[Since]:
    old = {row["id"]: row for row in before}
    for row in now:
        known = old.get(row["id"])
        if known is None:
            yield Since("New motion", "", row["statement"])
        elif row["closing"] and not known["closing"]:
            yield Since(
                "Vote closed", row["closing"]["outcome"].replace("_", " "), row["statement"]
            )


def _new(before: list[Rows], now: list[Rows]) -> Iterator[Rows]:
    """Acts are never changed, so that one by another moment or person is another."""
    old = {(row["at"], row["person"]) for row in before}
    return (row for row in now if (row["at"], row["person"]) not in old)


_PARTS: dict[str, Callable[[Any, Any], Iterator[Since]]] = {
    "incidents": _incidents,
    "responses": _responses,
    "exhibits": _exhibits,
    "findings": _findings,
    "purpose_statements": _statements,
    "subjects": _subjects,
    "affiliates": _affiliates,
    "positions": _positions,
    "recommendations": _recommendations,
    "stage_records": _records,
    "permissions": _permissions,
    "motions": _motions,
}
