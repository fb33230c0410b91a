"""Dated events outside the log: releases of the model that was queried, and events of a rival's.

A file of markers is `{"releases": [{"model", "ts", "source"?}], "rival_releases": [{"model", "ts"
or "from" and "to", "kind"?, "source"?, "confidence"?}]}`. Times carry a zone. The order is kept:
the first release is the one whose adoption is measured, the first rival event of kind "release"
the one whose run-up is. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

KINDS = ("training", "preview", "release")
CONFIDENCES = ("low", "moderate", "high")
_RELEASE_KEYS = {"model", "ts", "source"}
_RIVAL_KEYS = {"model", "ts", "from", "to", "kind", "source", "confidence"}


class MarkersRefused(ValueError):
    """The markers cannot be used; the message names the entry and the field."""


@dataclass(frozen=True, slots=True)
class Release:
    """A model of the owner was opened to customers `at` (aware)."""

    model: str
    at: datetime
    source: str = ""


@dataclass(frozen=True, slots=True)
class RivalEvent:
    """An event of another model from `starts` to `ends` (aware; equal when it is one moment)."""

    model: str
    kind: str
    starts: datetime
    ends: datetime
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Markers:
    releases: tuple[Release, ...] = ()
    rivals: tuple[RivalEvent, ...] = ()

    @property
    def release(self) -> Release | None:
        """The release whose adoption is measured."""
        return self.releases[0] if self.releases else None

    @property
    def rival_release(self) -> RivalEvent | None:
        """The rival's release whose run-up is measured."""
        return next((rival for rival in self.rivals if rival.kind == "release"), None)

    def as_dict(self) -> dict[str, list[dict[str, str]]]:
        """The markers in the shape of their file."""
        return {
            "releases": [
                _filled(model=release.model, ts=_text(release.at), source=release.source)
                for release in self.releases
            ],
            "rival_releases": [_rival_as_dict(rival) for rival in self.rivals],
        }


NO_MARKERS = Markers()


def read_markers(document: object) -> Markers:
    """Markers from a parsed JSON document. Raises MarkersRefused."""
    if not isinstance(document, Mapping):
        message = "Markers are an object with the lists releases and rival_releases."
        raise MarkersRefused(message)
    if unknown := sorted(set(document) - {"releases", "rival_releases"}):
        raise MarkersRefused(f"Markers: unknown key {unknown[0]!r}.")
    return Markers(
        tuple(
            Release(
                _word(entry, "model", where),
                _time(entry, "ts", where),
                _word(entry, "source", where, default=""),
            )
            for where, entry in _entries(document, "releases", _RELEASE_KEYS)
        ),
        tuple(
            _rival(entry, where)
            for where, entry in _entries(document, "rival_releases", _RIVAL_KEYS)
        ),
    )


def _entries(
    document: Mapping[str, Any], name: str, keys: set[str]
) -> list[tuple[str, Mapping[str, Any]]]:
    listed = document.get(name, [])
    if not isinstance(listed, list):
        raise MarkersRefused(f"Markers: {name} is not a list.")
    for number, entry in enumerate(listed, start=1):
        where = f"{name}, entry {number}"
        if not isinstance(entry, Mapping):
            raise MarkersRefused(f"Markers: {where} is not an object.")
        if unknown := sorted(set(entry) - keys):
            raise MarkersRefused(f"Markers: {where}: unknown key {unknown[0]!r}.")
    return [(f"{name}, entry {number}", entry) for number, entry in enumerate(listed, start=1)]


def _rival(entry: Mapping[str, Any], where: str) -> RivalEvent:
    if "ts" in entry and ("from" in entry or "to" in entry):
        raise MarkersRefused(f"Markers: {where}: give ts, or from and to, not both.")
    starts = _time(entry, "ts" if "ts" in entry else "from", where)
    ends = starts if "ts" in entry else _time(entry, "to", where)
    if ends < starts:
        raise MarkersRefused(f"Markers: {where}: to lies before from.")
    return RivalEvent(
        _word(entry, "model", where),
        _one_of(entry, "kind", KINDS, "release", where),
        starts,
        ends,
        _word(entry, "source", where, default=""),
        _one_of(entry, "confidence", CONFIDENCES, "", where),
    )


def _word(entry: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
    value = entry.get(key, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise MarkersRefused(f"Markers: {where}: {key} is missing or not text.")
    return value


def _one_of(
    entry: Mapping[str, Any], key: str, words: tuple[str, ...], default: str, where: str
) -> str:
    value = entry.get(key) or default
    if value not in (*words, default):
        raise MarkersRefused(f"Markers: {where}: {key} {value!r} is not one of {', '.join(words)}.")
    return str(value)


def _time(entry: Mapping[str, Any], key: str, where: str) -> datetime:
    text = _word(entry, key, where)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise MarkersRefused(f"Markers: {where}: {key} {text!r} is not a time.") from None
    if at.tzinfo is None:
        raise MarkersRefused(f"Markers: {where}: {key} {text!r} names no time zone.")
    return at


def _rival_as_dict(rival: RivalEvent) -> dict[str, str]:
    one = rival.starts == rival.ends
    return _filled(
        model=rival.model,
        kind=rival.kind,
        ts=_text(rival.starts) if one else "",
        **{"from": "" if one else _text(rival.starts), "to": "" if one else _text(rival.ends)},
        source=rival.source,
        confidence=rival.confidence,
    )


def _text(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _filled(**fields: str) -> dict[str, str]:
    return {name: text for name, text in fields.items() if text}
