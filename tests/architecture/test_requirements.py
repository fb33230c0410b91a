"""The locks say everything that is installed, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {
    "requirements.in": "requirements.txt",
    "requirements-dev.in": "requirements-dev.txt",
}

# Lowest release without a published advisory that touches what we do (security.md, SU-3).
FLOORS = {
    "cryptography": "46.0.7",
    "flask": "3.1.3",
    "jinja2": "3.1.6",
    "pillow": "13.0.0",
    "waitress": "3.0.2",
    "weasyprint": "70.0",
    "werkzeug": "3.1.6",
}
# Older SQLite can corrupt a database in WAL mode (security.md, F10).
SQLITE_FLOOR = (3, 51, 3)


@dataclass(frozen=True)
class Pin:
    """One entry of a lock; `asked_by` is what uv wrote under `# via`."""

    requirement: Requirement
    hashes: tuple[str, ...]
    asked_by: frozenset[str]

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def release(self) -> str | None:
        exact = [s.version for s in self.requirement.specifier if s.operator == "=="]
        return exact[0] if len(exact) == 1 == len(self.requirement.specifier) else None


def entries(lock: str) -> Iterator[str]:
    """Yield each entry with the indented lines that belong to it."""
    yield from re.findall(r"^[^\s#].*(?:\n[ \t]+.*)*", lock, flags=re.MULTILINE)


def read_pin(entry: str) -> Pin:
    head = re.split(r"\s*\\?\n", entry)[0]
    asked_by = re.findall(r"^ +# (?:via )? *(\S.*)$", entry, flags=re.MULTILINE)
    return Pin(
        Requirement(head),
        tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})\b", entry)),
        frozenset(line.removeprefix("via").strip() for line in asked_by),
    )


def read_lock(lock: str) -> list[Pin]:
    return [read_pin(entry) for entry in entries(lock)]


def asked_for(source: str) -> dict[str, str]:
    """Map each package named in a `.in` file to the reason that stands behind it."""
    lines = (line.partition("#") for line in source.splitlines())
    return {
        canonicalize_name(Requirement(wish.strip()).name): reason.strip()
        for wish, _, reason in lines
        if wish.strip() and not wish.startswith("-")
    }


def stale(source: str, lock: str, source_name: str) -> set[str]:
    """Name the packages on which the list and the lock made from it disagree."""
    by_hand = {pin.name for pin in read_lock(lock) if f"-r {source_name}" in pin.asked_by}
    return by_hand ^ set(asked_for(source))


def loose(lock: str) -> list[str]:
    """Name the entries that could install something else tomorrow."""
    return [pin.name for pin in read_lock(lock) if not pin.release or not pin.hashes]


def below_floor(lock: str) -> list[str]:
    """Name the packages that are under their floor, or have a floor and are gone."""
    found = {name: [] for name in FLOORS}
    for pin in read_lock(lock):
        if pin.name in FLOORS:
            found[pin.name].append(Version(pin.release or "0"))
    return [n for n, seen in found.items() if not seen or min(seen) < Version(FLOORS[n])]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SOURCES)
def test_every_dependency_has_a_reason(name):
    without = [package for package, reason in asked_for(text(name)).items() if not reason]

    assert without == []


@pytest.mark.parametrize(("source", "lock"), SOURCES.items())
def test_the_lock_is_compiled_from_the_list_as_it_stands(source, lock):
    assert stale(text(source), text(lock), source) == set(), "run: make requirements"


@pytest.mark.parametrize("lock", SOURCES.values())
def test_every_dependency_is_pinned_and_hashed(lock):
    assert read_lock(text(lock))
    assert loose(text(lock)) == []


@pytest.mark.parametrize("lock", SOURCES.values())
def test_every_pin_serves_a_package_that_is_asked_for(lock):
    pins = read_lock(text(lock))
    known = {pin.name for pin in pins}

    orphans = [
        pin.name
        for pin in pins
        if not any(who.startswith("-r ") or canonicalize_name(who) in known for who in pin.asked_by)
    ]

    assert orphans == []


@pytest.mark.parametrize("lock", SOURCES.values())
def test_no_lock_names_an_index_or_an_address(lock):
    assert re.findall(r"--(?:extra-)?index-url|--find-links|://", text(lock)) == []


def test_tests_run_on_the_releases_that_users_get():
    shipped = {str(pin.requirement): pin for pin in read_lock(text("requirements.txt"))}
    tested = {str(pin.requirement): pin for pin in read_lock(text("requirements-dev.txt"))}

    assert shipped.keys() <= tested.keys()
    assert all(shipped[name].hashes == tested[name].hashes for name in shipped)


def test_the_environment_holds_what_the_lock_says():
    pins = read_lock(text("requirements-dev.txt"))
    due = [p for p in pins if p.requirement.marker is None or p.requirement.marker.evaluate()]

    different = {}
    for pin in due:
        try:
            there = Version(version(pin.name))
        except PackageNotFoundError:
            there = None
        if there != Version(pin.release):
            different[pin.name] = (there, pin.release)

    assert different == {}


@pytest.mark.parametrize("lock", SOURCES.values())
def test_no_package_is_below_its_advisory_floor(lock):
    assert below_floor(text(lock)) == []


def test_the_bundled_sqlite_is_safe_in_wal_mode():
    sqlite = pytest.importorskip("pysqlite3", reason="no bundled SQLite for this platform")

    assert sqlite.sqlite_version_info >= SQLITE_FLOOR


HASH = "--hash=sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("source", "lock", "expected"),
    [
        ("flask  # web", f"flask==3.1.3 \\\n    {HASH}\n    # via -r x.in\n", set()),
        ("flask\nnew  # reason", f"flask==3.1.3 \\\n    {HASH}\n    # via -r x.in\n", {"new"}),
        ("", f"gone==1 \\\n    {HASH}\n    # via\n    #   -r x.in\n    #   flask\n", {"gone"}),
        ("My_Pack[a]  # why", f"my-pack==1 \\\n    {HASH}\n    # via -r x.in\n", set()),
    ],
)
def test_a_list_that_changed_without_its_lock_is_found(source, lock, expected):
    assert stale(source, lock, "x.in") == expected


@pytest.mark.parametrize(
    "entry",
    [
        "flask==3.1.3\n    # via -r x.in\n",
        f"flask>=3.1.3 \\\n    {HASH}\n",
        f"flask==3.* ,<4 \\\n    {HASH}\n",
        "flask==3.1.3 \\\n    --hash=md5:00000000000000000000000000000000\n",
        f"flask @ file:flask.whl \\\n    {HASH}\n",
    ],
)
def test_a_loose_entry_is_found(entry):
    assert loose(entry) == ["flask"]


def test_a_release_with_an_advisory_is_found():
    lock = "".join(f"{name}=={floor} \\\n    {HASH}\n" for name, floor in FLOORS.items())

    assert below_floor(lock) == []
    assert below_floor(lock.replace("flask==3.1.3", "flask==3.1.2")) == ["flask"]
    assert below_floor(lock.replace("pillow==", "pillow-simd==")) == ["pillow"]
