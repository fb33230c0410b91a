"""Scanners for tests: the real daemon with a signature of our own, and one that answers as told."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The harmless string that every scanner is to find; in two parts, so that this file is not found.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CONFIGURATION = """
LocalSocket {socket}
DatabaseDirectory {folder}/signatures
Foreground yes
StreamMaxLength 1M
User {user}
DisableCertCheck yes
"""


@contextmanager
def real_daemon(folder: Path) -> Iterator[str]:
    """clamd with one signature; its address."""
    (folder / "signatures").mkdir()
    (folder / "signatures" / "own.ndb").write_text(f"Eicar-Own:0:*:{EICAR.hex()}\n")
    path = folder / "clamd.sock"
    user = pwd.getpwuid(os.getuid()).pw_name
    (folder / "clamd.conf").write_text(CONFIGURATION.format(socket=path, folder=folder, user=user))
    program = shutil.which("clamd") or "/usr/sbin/clamd"
    with subprocess.Popen(
        [program, f"--config-file={folder / 'clamd.conf'}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as daemon:
        try:
            _wait_for(path, daemon)
            yield f"unix:{path}"
        finally:
            daemon.terminate()


def _wait_for(path: Path, daemon: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if path.exists() and daemon.poll() is None:
            with socket.socket(socket.AF_UNIX) as link:
                if link.connect_ex(str(path)) == 0:
                    return
        time.sleep(0.05)
    raise TimeoutError("clamd did not start")


class Told(socketserver.ThreadingTCPServer):
    """A server that speaks the protocol over a real socket and gives the answer it was told."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, verdict: bytes) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.verdict, self.received = verdict, b""

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        command = self._command()
        if command == b"zVERSION":
            self.wfile.write(b"ClamAV 1.0.7/1/today\0")
        elif command == b"zINSTREAM":
            while length := struct.unpack(">I", self.rfile.read(4))[0]:
                self.server.received += self.rfile.read(length)
            self.wfile.write(self.server.verdict)

    def _command(self) -> bytes:
        found = b""
        while not found.endswith(b"\0"):
            found += self.rfile.read(1)
        return found[:-1]


@contextmanager
def told(verdict: bytes) -> Iterator[Told]:
    with Told(verdict) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
