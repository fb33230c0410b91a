"""Read statute packs from TOML, refusing any that does not hold together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from casework.statute import (
    casework_rows,
    consistency,
    measure_rows,
    pack,
    petition_rows,
    record_rows,
    time_rows,
)
from casework.statute.act import Act
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
        "measure": ("measures", measure_rows.Measure),
        "ballot": ("ballots", casework_rows.BallotRule),
        "petition": ("petitions", petition_rows.PetitionRule),
    },
    "exceptions.toml": {"exception": ("exceptions", casework_rows.LegalException)},
    "reports.toml": {"report": ("reports", casework_rows.Report)},
    "records.toml": {"record": ("records", record_rows.RecordKind)},
    "determinations.toml": {
        "determination": ("determinations", record_rows.DeterminationRule),
    },
    "vocabularies.toml": {"vocabulary": ("vocabularies", casework_rows.Vocabulary)},
    "techniques.toml": {"technique": ("techniques", casework_rows.Technique)},
}
# Words of casework, not of law; only these may be taken over from another text.
_LENT = ("vocabularies", "techniques")

_extra: list[Path] = []

Row = TypeVar("Row")


class PackError(Exception):
    """A statute pack contradicts itself; `problems` names file and id for each fault."""

    def __init__(self, text_version: str, problems: list[str]) -> None:
        super().__init__(f"statute pack {text_version}: " + "; ".join(problems))
        self.problems = problems


class UnknownPack(PackError):
    """There is no pack under that text version."""


def read_also(folders: Iterable[Path]) -> None:
    """Read packs from `folders` besides the shipped ones, in place of those named before.

    PackError where a folder holds a text of the same name as another.
    """
    chosen = list(folders)
    names = [name for root in (PACKS, *chosen) for name in available(root)]
    for name in names:
        if names.count(name) > 1:
            raise PackError(name, ["two folders hold a text of this name"])
    if chosen != _extra:
        _extra[:] = chosen
        load_pack.cache_clear()


def available(root: Path | None = None) -> tuple[str, ...]:
    """Text versions that have a pack, in order of name; those of one folder with `root`."""
    roots = (PACKS, *_extra) if root is None else (root,)
    return tuple(sorted(act.parent.name for each in roots for act in each.glob("*/act.toml")))


def default_text() -> str:
    """The text under which new cases are opened: the one marked `default`. A pack of an added
    folder goes before a shipped one, the first by name before another.
    """
    for root in (*_extra, PACKS):
        for name in available(root):
            if load_pack(name).act.default:
                return name
    raise PackError("packs", ["no act.toml is marked default"])


def packs() -> list[StatutePack]:
    """Every pack, that of new cases first, the others in order of name."""
    first = default_text()
    names = [first, *(name for name in available() if name != first)]
    return [load_pack(name) for name in names]


@cache
def load_pack(text_version: str, root: Path | None = None) -> StatutePack:
    """Return a pack; PackError if it contradicts itself, UnknownPack if there is none."""
    found, problems = _read(text_version, root)
    if found is None:
        raise PackError(text_version, problems)
    return found


def check_pack(text_version: str, root: Path | None = None) -> list[str]:
    """Every contradiction of a pack, as `file: id: what`; empty means that it holds together."""
    return _read(text_version, root)[1]


def _read(text_version: str, root: Path | None) -> tuple[StatutePack | None, list[str]]:
    folder = _folder(text_version, root)
    problems: list[str] = []
    act = read_row(Act, _toml(folder / "act.toml", problems), "act.toml", problems)
    rows: dict[str, tuple[object, ...]] = {}
    for name, sections in _FILES.items():
        rows |= _sections(folder / name, sections, problems)
    if act is None or problems:
        return None, problems
    lent = _lent(act, root, problems) if act.borrows else {}
    found = _assemble(text_version, act, rows, lent, problems)
    problems += consistency.faults(found)
    return (None if problems else found), problems


def _folder(text_version: str, root: Path | None) -> Path:
    if _NAME.fullmatch(text_version):
        for each in (PACKS, *_extra) if root is None else (root,):
            if (each / text_version / "act.toml").is_file():
                return each / text_version
    raise UnknownPack(text_version, ["no such text version"])


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


def _lent(act: Act, root: Path | None, problems: list[str]) -> dict[str, Mapping[str, object]]:
    """What the text borrows: rows that rest on no provision of the other."""
    try:
        other = _lender(act, root)
    except PackError as error:
        problems.append(f"act.toml: borrows: {error}")
        return {}
    return {
        field: {
            key: row for key, row in getattr(other, field).items() if row.authority != "statute"
        }
        for field in _LENT
    }


def _lender(act: Act, root: Path | None) -> StatutePack:
    """A borrower lends nothing, so that no text can borrow from itself round a corner."""
    table = _toml(_folder(act.borrows, root) / "act.toml", [])
    if table.get("borrows"):
        raise PackError(act.borrows, ["borrows itself"])
    return load_pack(act.borrows, root)


def _assemble(
    text_version: str,
    act: Act,
    rows: dict[str, tuple[object, ...]],
    lent: Mapping[str, Mapping[str, object]],
    problems: list[str],
) -> StatutePack:
    parts: dict[str, object] = {}
    for name, sections in _FILES.items():
        for field, _ in sections.values():
            own = _by_id(rows[field], name, problems)
            parts[field] = MappingProxyType({**lent.get(field, {}), **own})
    parts["transitions"] = rows["transitions"]
    return StatutePack(text_version=text_version, act=act, **parts)  # type: ignore[arg-type]


def _by_id(rows: tuple[Row, ...], name: str, problems: list[str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        key = str(getattr(row, "id"))  # noqa: B009 - rows share the key, not a base class
        if key in found:
            problems.append(f"{name}: {key}: the id is used twice")
        found[key] = row
    return found
