from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from casework.packets.box import Rendered
from casework.packets.contents import PacketContents
from casework.packets.render import render_packet

from . import sample


@dataclass
class Printed:
    """A packet read back from its bytes."""

    contents: PacketContents
    rendered: Rendered
    folder: Path

    @cached_property
    def file(self) -> pikepdf.Pdf:
        return pikepdf.open(BytesIO(self.rendered.pdf))

    @cached_property
    def pages(self) -> list[str]:
        """Text of each page as pdftotext reads it, columns kept apart."""
        path = self.folder / f"{self.rendered.sha256}.pdf"
        path.write_bytes(self.rendered.pdf)
        done = subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True
        )
        return done.stdout.decode().split("\f")[:-1]

    @cached_property
    def text(self) -> str:
        return "\n".join(self.pages)

    @cached_property
    def anchors(self) -> dict[str, int]:
        """Page number, from 1, on which each anchor stands."""
        number = {page.obj.objgen: at for at, page in enumerate(self.file.pages, start=1)}
        listed = self.file.Root.Names.Dests.Names
        return {
            str(listed[at]): number[listed[at + 1][0].objgen] for at in range(0, len(listed), 2)
        }

    def structure(self, kind: str) -> list[pikepdf.Dictionary]:
        """Every structure element of one kind, in reading order."""
        found, stack = [], [self.file.Root.StructTreeRoot]
        while stack:
            here = stack.pop()
            if here.get("/S") == pikepdf.Name("/" + kind):
                found.append(here)
            below = here.get("/K", pikepdf.Array())
            below = list(below) if isinstance(below, pikepdf.Array) else [below]
            stack += [one for one in reversed(below) if isinstance(one, pikepdf.Dictionary)]
        return found


@pytest.fixture(scope="session")
def font_cache(tmp_path_factory):
    return tmp_path_factory.mktemp("fonts")


@pytest.fixture(scope="session")
def printed(font_cache, tmp_path_factory):
    """Draw a sample packet by the name of its builder, each only once."""
    done: dict[str, Printed] = {}

    def draw(name: str) -> Printed:
        if name not in done:
            contents = getattr(sample, name)()
            rendered = render_packet(contents, cache=font_cache)
            done[name] = Printed(contents, rendered, tmp_path_factory.mktemp("printed"))
        return done[name]

    return draw


@pytest.fixture(scope="session")
def rich(printed):
    return printed("rich")
