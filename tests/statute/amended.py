"""A made-up amendment of the shipped bill, written as a folder of packs: no code knows of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from casework.statute.loader import PACKS

BILL = "hr8283_ih_2026_04_15"
AMENDED = "amended_2027_01_04"

# file, pattern, replacement; each changes something or the amendment is out of date.
CHANGES = [
    ("act.toml", r"default = true\n", ""),
    ("act.toml", r'title = "[^"]*"', 'title = "Amended text, made up for a test"'),
    ("act.toml", r'bill_stage = "[^"]*"', 'bill_stage = "Reported-in-House"'),
    # One element renamed,
    ("elements.toml", r'id = "OW1"\n', 'id = "OW7"\nwas = "OW1"\n'),
    ("logic.toml", r'"OW1"', '"OW7"'),
    # one gone,
    ("elements.toml", r'\[\[element\]\]\nid = "CC1"\n.*?\n\n', ""),
    # one that rests on another place,
    ("elements.toml", r'citation = "3\(2\)\(B\)"', 'citation = "3(2)(C)"'),
    # two more to answer,
    ("logic.toml", r'"CS3", "owner"', '"CS3", "CS8", "owner"'),
    ("logic.toml", r'"EX2", "PU1"', '"EX2", "EX8", "PU1"'),
    # and a stage under another id.
    ("stages.toml", r'id = "S3"\n', 'id = "S3x"\nwas = "S3"\n'),
    ("transitions.toml", r'"S3"', '"S3x"'),
    ("records.toml", r'"S3"', '"S3x"'),
]
ADDED = """
[[element]]
id = "{id}"
title = "Made up, {scope}"
question = "Asked of the {scope} by the amendment?"
kind = "tri"
scope = "{scope}"
evidence = ["Anything"]
citation = "3(2)(C)"
authority = "statute"
"""


def write_amended(root: Path) -> Path:
    """Write the pack below `root`, which is then a folder for DOCKET_STATUTE_DIR."""
    folder = root / AMENDED
    shutil.copytree(PACKS / BILL, folder)
    for name, pattern, replacement in CHANGES:
        path = folder / name
        text, count = re.subn(pattern, replacement, path.read_text("utf-8"), flags=re.DOTALL)
        assert count, (name, pattern)
        path.write_text(text, "utf-8")
    with (folder / "elements.toml").open("a", encoding="utf-8") as file:
        file.write(ADDED.format(id="CS8", scope="case") + ADDED.format(id="EX8", scope="subject"))
    return root
