"""A process that is killed while it writes loses nothing that it had acknowledged."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casework.evidence.store import BlobStore

ROOT = Path(__file__).parents[2]
KEY = bytes(range(32))
WRITER = """
import io, os, sys
from pathlib import Path
from casework.evidence.store import BlobStore
store = BlobStore(Path(sys.argv[1]), bytes(range(32)))
number = 0
while True:
    number += 1
    content = f"{number} ".encode() * 40_000
    stored = store.put(io.BytesIO(content), "case:1", cap=1 << 24)
    os.write(1, f"{stored.key} {stored.sha256}\\n".encode())
"""


@pytest.mark.parametrize("milliseconds", [40, 110, 230, 370])
def test_every_acknowledged_file_reads_back_after_kill_9(tmp_path, milliseconds):
    root = tmp_path / "blobs"
    acknowledged = write_until_killed(root, milliseconds / 1000)

    store = BlobStore(root, KEY)
    for key, digest in acknowledged:
        assert store.sha256(key, "case:1") == digest
    unfinished = len(list((root / "incoming").iterdir()))
    strays = set(store.keys()) - {key for key, _ in acknowledged}
    gone = store.sweep({key for key, _ in acknowledged}, older_than=time.time() + 60)
    assert gone == unfinished + len(strays)
    assert len(strays) <= 1
    assert set(store.keys()) == {key for key, _ in acknowledged}
    assert list((root / "incoming").iterdir()) == []


def write_until_killed(root: Path, seconds: float) -> list[tuple[str, str]]:
    """Keys and hashes of whole lines; the time counts from the first acknowledged file."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(root)], stdout=subprocess.PIPE, cwd=ROOT
    ) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read()
    lines = (first + rest).decode().splitlines(keepends=True)
    whole = [line.split() for line in lines if line.endswith("\n")]
    assert whole
    return [(key, digest) for key, digest in whole]
