"""Run the application and its worker side by side, and end them together.

Standard library only. `PORT` in the environment is the TCP port on the loopback address. Exit
status 0 after SIGINT, SIGTERM or SIGHUP; 1 when the port is taken or one of the two ended by
itself; 2 when `PORT` is not a port.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import FrameType

HOST = "127.0.0.1"
PARTS = {"application": ("serve",), "worker": ("worker", "run")}
SECONDS_TO_FINISH = 20.0
SECONDS_BETWEEN_LOOKS = 0.2


class Stop:
    """Becomes true for good when a signal asks for the end."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def complain(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def port_of(environ: Mapping[str, str]) -> int | None:
    """Return the port from 1 to 65535, or None when `PORT` is something else."""
    text = environ.get("PORT", "8000")
    number = int(text) if text.isascii() and text.isdigit() else 0
    return number if 0 < number < 2**16 else None


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # The server sets it too: a connection that lingers from the last run is no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(SECONDS_BETWEEN_LOOKS)
        return probe.connect_ex((HOST, port)) == 0


def start(words: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """Start one flask command in a session of its own.

    Ctrl-C in a terminal reaches a whole process group; in its own session a part hears of the
    end from us alone, once, and its own children can be found by its group.
    """
    return subprocess.Popen(  # noqa: S603 - the words are the constants above
        [sys.executable, "-m", "flask", *words],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def end(parts: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Ask every part to finish, wait, and kill what is left of its process group."""
    for part in parts.values():
        part.terminate()
    deadline = time.monotonic() + SECONDS_TO_FINISH
    for part in parts.values():
        with suppress(subprocess.TimeoutExpired):
            part.wait(max(0.0, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(part.pid, signal.SIGKILL)
        part.wait()


def announce(port: int) -> None:
    accounts = Path(os.environ.get("DOCKET_DATA_DIR") or "var") / "demo" / "accounts.txt"
    say(f"\nExtraction Docket answers at http://{HOST}:{port}")
    say(f"The demo sign-ins of this machine are in {accounts}")
    say("Ctrl-C ends it.\n")


def watch(parts: Mapping[str, subprocess.Popen[bytes]], port: int, stop: Stop) -> int:
    """Return 0 when a signal asked for the end, 1 when a part ended by itself."""
    announced = False
    while not stop.asked:
        for name, part in parts.items():
            if part.poll() is not None:
                complain(f"The {name} ended by itself with status {part.returncode}.")
                return 1
        if not announced and answers(port):
            announce(port)
            announced = True
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return 0


def main(arguments: list[str]) -> int:
    port = port_of(os.environ)
    if port is None:
        complain(f"PORT={os.environ['PORT']} is not a port from 1 to 65535.")
        return 2
    if not is_free(port):
        complain(f"Port {port} is in use on {HOST}; choose another: make run PORT=NUMBER")
        return 1
    if arguments == ["--check-port"]:
        return 0
    stop = Stop()
    parts: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, words in PARTS.items():
            parts[name] = start(words)
        return watch(parts, port, stop)
    finally:
        end(parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
