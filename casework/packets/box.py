"""Runs the layout in a child process that can read no secret and reach no network."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from casework.errors import CaseworkError

_CHILD = Path(__file__).with_name("boxed.py")
_MISSING_NAMED = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one layout may use: seconds of processor, seconds on the clock, bytes, handles."""

    cpu_seconds: int = 30
    wall_seconds: int = 60
    memory_bytes: int = 1 << 30
    open_files: int = 64


@dataclass(frozen=True, slots=True)
class Rendered:
    """An issued document; `isolated` says whether the child ran without any network."""

    pdf: bytes
    pages: int
    sha256: str
    isolated: bool


class RenderFailed(CaseworkError):
    """The document could not be drawn; `reason` says why in plain words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class GlyphsMissing(RenderFailed):
    """No installed font has these characters; a packet never shows an empty box for one."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        named = [f"{char} (U+{ord(char):04X})" for char in characters[:_MISSING_NAMED]]
        more = len(characters) - len(named)
        rest = f" and {more} more" if more > 0 else ""
        super().__init__(f"no installed font can draw {', '.join(named)}{rest}")
        self.characters = characters


def draw(
    html: str,
    *,
    issued: datetime,
    attachments: Mapping[str, bytes],
    limits: Limits,
    font_configuration: Path,
) -> Rendered:
    """PDF of `html`; raises RenderFailed, never hangs; fonts are cached beside their file."""
    command = [*_without_network(), sys.executable, "-I", str(_CHILD)]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, the job goes in by standard input
            command,
            input=_job(html, issued, attachments, limits),
            capture_output=True,
            timeout=limits.wall_seconds,
            check=False,
            cwd="/",
            env=_environment(font_configuration, issued),
        )
    except subprocess.TimeoutExpired as late:
        raise RenderFailed(f"laying out took longer than {late.timeout:g} seconds") from late
    return _rendered(done, limits, isolated=bool(_without_network()))


def _job(html: str, issued: datetime, attachments: Mapping[str, bytes], limits: Limits) -> bytes:
    job = {
        "html": html,
        "issued": issued.isoformat(),
        "identifier": hashlib.sha256(html.encode()).hexdigest()[:32],
        "attachments": {
            name: base64.b64encode(content).decode() for name, content in attachments.items()
        },
        "limits": asdict(limits),
    }
    return json.dumps(job).encode()


def _environment(font_configuration: Path, issued: datetime) -> dict[str, str]:
    """Return all that the child knows: the parent's environment holds keys and addresses."""
    folder = str(font_configuration.parent)
    return {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": folder,
        "TMPDIR": folder,
        "XDG_CACHE_HOME": folder,
        "LC_ALL": "C.UTF-8",
        "FONTCONFIG_FILE": str(font_configuration),
        # Cutting a weight out of a variable font stamps the time of day into it otherwise.
        "SOURCE_DATE_EPOCH": str(int(issued.timestamp())),
    }


@cache
def _without_network() -> tuple[str, ...]:
    """Command prefix that takes the network away, or () where the system grants none."""
    tool = shutil.which("unshare")
    for flags in ("-n", "-rn"):
        if tool is None:
            break
        trial = subprocess.run([tool, flags, "true"], capture_output=True, check=False)  # noqa: S603
        if trial.returncode == 0:
            return (tool, flags)
    return ()


def _rendered(
    done: subprocess.CompletedProcess[bytes], limits: Limits, *, isolated: bool
) -> Rendered:
    if done.returncode:
        raise RenderFailed(_why(done.returncode, limits))
    head, _, pdf = done.stdout.partition(b"\n")
    said = json.loads(head)
    if "error" in said:
        raise RenderFailed(said["error"])
    if said["missing"]:
        raise GlyphsMissing(tuple(said["missing"]))
    return Rendered(pdf, said["pages"], hashlib.sha256(pdf).hexdigest(), isolated)


def _why(code: int, limits: Limits) -> str:
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return f"laying out used more than {limits.cpu_seconds} seconds of processor time"
    if code < 0:
        return "laying out was stopped by the system, most likely for want of memory"
    return f"laying out failed inside the renderer (exit code {code})"
