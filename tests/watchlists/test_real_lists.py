"""The published lists, where they lie on the machine that runs the tests."""

from __future__ import annotations

import pytest

from casework.screening.watchlists.entry import Entry
from casework.screening.watchlists.reading import ListFile
from casework.screening.watchlists.sources import LISTS
from tests.watchlists.samples import REAL

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the published lists are not here")
SDN = [f"ofac-2019-01/{name}.csv" for name in ("sdn", "alt", "add", "sdn_comments")]
CONSOLIDATED = [f"ofac-2019-01/cons_{name}.csv" for name in ("prim", "alt", "add", "comments")]


AFGHAN = "cd0a979229b3dea8d48bfa62758819bb32efe771fc2f55f97561074a"
CASES = {
    "ofac-sdn": (SDN, 7379, 19091, 10),
    "ofac-consolidated": (CONSOLIDATED, 442, 1585, 0),
    "csl": (["csl-2018-sample.csv"], 115, 276, 0),
    "bis-entity-list": (["bis-entity-list-2026-07.csl.csv"], 3409, 8628, 0),
    "un-consolidated": (["un-consolidated-2026-02.xml"], 1003, 4192, 0),
}
KNOWN = {
    "ofac-sdn": ("306", "BANCO NACIONAL DE CUBA", "BNC", "PA"),
    "ofac-consolidated": ("9639", "HANIYA, Ismail Abdul Salah", "HANIYA, Ismail", None),
    "csl": ("SDN-8124", "2904977 CANADA, INC.", "CARIBE SOL", "CA"),
    "bis-entity-list": (AFGHAN, "Afghan-German Construction Company", None, "AF"),
    "un-consolidated": ("CDi.002", "FRANK KAKOLELE BWAMBALE", "AIGLE BLANC", "CD"),
}


@pytest.mark.parametrize("source", CASES)
def test_every_row_is_an_entry_or_set_aside(source):
    files, entries, names, rejects = CASES[source]
    opened = [ListFile(name, (REAL / name).open("rb")) for name in files]
    try:
        made = list(LISTS[source].parse(opened, source))
    finally:
        for file in opened:
            file.stream.close()
    found = [row for row in made if isinstance(row, Entry)]
    assert len(found) == entries
    assert sum(len(row.names) for row in found) == names
    assert len(made) - len(found) == rejects
    key, caption, alias, country = KNOWN[source]
    entry = next(row for row in found if row.entry_id == key)
    assert entry.caption == caption
    assert alias is None or alias in [name.text for name in entry.names]
    assert country is None or country in entry.countries
