"""Read statute packs from TOML, refusing any that does not hold together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from casework.statute import casework_rows, consistency, pack, time_rows
from casework.statute.pack import StatutePack
from casework.statute.rows import read_row, read_rows

PACKS = Path(__file__).parent / "packs"

_NAME = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_FILES: dict[str, dict[str, tuple[str, type]]] = {
    "provisions.toml": {"provision": ("provisions", pack.Provision)},
    "elements.toml": {"element": ("elements", pack.Element)},
    "logic.toml": {
        "fact": ("facts", pack.Fact),
        "day": ("days", pack.Day),
        "condition": ("conditions", pack.Condition),
        "conclusion": ("conclusions", pack.Conclusion),
    },
    "agencies.toml": {"agency": ("agencies", casework_rows.Agency)},
    "stages.toml": {"stage": ("stages", casework_rows.Stage)},
    "transitions.toml": {"transition": ("transitions", casework_rows.Transition)},
    "guards.toml": {"guard": ("guards", casework_rows.Guard)},
    "clocks.toml": {"event": ("events", time_rows.Event), "clock": ("clocks", time_rows.Clock)},
    "measures.toml": {
        "measure": ("measures", casework_rows.Measure),
        "ballot": ("ballots", casework_rows.BallotRule),
    },
    "exceptions.toml": {"exception": ("exceptions", casework_rows.LegalException)},
    "reports.toml": {"report": ("reports", casework_rows.Report)},
    "vocabularies.toml": {"vocabulary": ("vocabularies", casework_rows.Vocabulary)},
    "techniques.toml": {"technique": ("techniques", casework_rows.Technique)},
}

Row = TypeVar("Row")


class PackError(Exception):
    """A statute pack contradicts itself; `problems` names file and id for each fault."""

    def __init__(self, text_version: str, problems: list[str]) -> None:
        super().__init__(f"statute pack {text_version}: " + "; ".join(problems))
        self.problems = problems


class UnknownPack(PackError):
    """There is no pack under that text version."""


def available(root: Path = PACKS) -> tuple[str, ...]:
    """Text versions that have a pack, in order of name."""
    return tuple(sorted(act.parent.name for act in root.glob("*/act.toml")))


@cache
def load_pack(text_version: str, root: Path = PACKS) -> StatutePack:
    """Return a pack; PackError if it contradicts itself, UnknownPack if there is none."""
    found, problems = _read(text_version, root)
    if found is None:
        raise PackError(text_version, problems)
    return found


def check_pack(text_version: str, root: Path = PACKS) -> list[str]:
    """Every contradiction of a pack, as `file: id: what`; empty means that it holds together."""
    return _read(text_version, root)[1]


def _read(text_version: str, root: Path) -> tuple[StatutePack | None, list[str]]:
    if not _NAME.fullmatch(text_version) or text_version not in available(root):
        raise UnknownPack(text_version, ["no such text version"])
    problems: list[str] = []
    folder = root / text_version
    act = read_row(pack.Act, _toml(folder / "act.toml", problems), "act.toml", problems)
    rows: dict[str, tuple[object, ...]] = {}
    for name, sections in _FILES.items():
        rows |= _sections(folder / name, sections, problems)
    if act is None or problems:
        return None, problems
    found = _assemble(text_version, act, rows, problems)
    problems += consistency.faults(found)
    return (None if problems else found), problems


def _toml(path: Path, problems: list[str]) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        problems.append(f"{path.name}: {reason}")
        return {}


def _sections(
    path: Path, sections: Mapping[str, tuple[str, type]], problems: list[str]
) -> dict[str, tuple[object, ...]]:
    found = _toml(path, problems)
    problems += [f"{path.name}: unknown key {key!r}" for key in found if key not in sections]
    return {
        field: read_rows(kind, found.get(key, []), path.name, problems)
        for key, (field, kind) in sections.items()
    }


def _assemble(
    text_version: str,
    act: pack.Act,
    rows: dict[str, tuple[object, ...]],
    problems: list[str],
) -> StatutePack:
    parts: dict[str, object] = {}
    for name, sections in _FILES.items():
        for field, _ in sections.values():
            parts[field] = _by_id(rows[field], name, problems)
    parts["transitions"] = rows["transitions"]
    return StatutePack(text_version=text_version, act=act, **parts)  # type: ignore[arg-type]


def _by_id(rows: tuple[Row, ...], name: str, problems: list[str]) -> Mapping[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        key = str(getattr(row, "id"))  # noqa: B009 - rows share the key, not a base class
        if key in found:
            problems.append(f"{name}: {key}: the id is used twice")
        found[key] = row
    return MappingProxyType(found)
