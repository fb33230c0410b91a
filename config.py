"""Settings, read once from the environment and then frozen."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent
KEY_CHARACTERS = 32


class UnsafeSettings(Exception):
    """The settings would make a production system unsafe; the message says which and how."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """`enacted` is the date of enactment in Washington, or None: planning mode.

    `statute_dir` holds packs of further texts of law, a folder each.
    `trusted_hosts` empty means that the Host header is not checked (development only).
    `proxies` is how many reverse proxies set X-Forwarded-* in front of the application.
    `upload_cap` is in bytes for a file sent in one request, `large_cap` for one sent in pieces.
    `blob_url` empty keeps exhibits on the local disk; `s3://bucket/prefix?endpoint=…` elsewhere.
    `scanner_url` names a malware scanner that speaks clamd's protocol: `tcp://host:port` or
    `unix:/path`; empty leaves files unscanned.
    `evidence_engine` is `duckdb` or an Ibis connection URL, `evidence_memory` its limit.
    """

    database_url: str
    data_dir: Path
    secret_key: str
    redis_url: str = ""
    production: bool = False
    base_url: str = "http://127.0.0.1:8000"
    enacted: date | None = None
    statute_dir: Path | None = None
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    upload_cap: int = 64 * 1024 * 1024
    large_cap: int = 4 * 1024**3
    blob_url: str = ""
    scanner_url: str = ""
    evidence_engine: str = "duckdb"
    evidence_memory: str = "2GB"
    idle_minutes: int = 30
    absolute_hours: int = 12
    testing: bool = False

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Raise UnsafeSettings where a value cannot be read or production would be unsafe."""
        data_dir = Path(environ.get("DOCKET_DATA_DIR") or ROOT / "var").resolve()
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        production = environ.get("DOCKET_ENV", "development") == "production"
        settings = cls(
            database_url=environ.get("DOCKET_DATABASE_URL") or f"sqlite:///{data_dir}/docket.db",
            data_dir=data_dir,
            secret_key=environ.get("DOCKET_SECRET_KEY")
            or _own_key(data_dir, production=production),
            redis_url=environ.get("DOCKET_REDIS_URL", ""),
            production=production,
            base_url=environ.get("DOCKET_BASE_URL") or "http://127.0.0.1:8000",
            enacted=_date(environ.get("DOCKET_ENACTED", "")),
            statute_dir=_folder(environ.get("DOCKET_STATUTE_DIR", "")),
            trusted_hosts=tuple(environ.get("DOCKET_TRUSTED_HOSTS", "").split()),
            proxies=_whole(environ, "DOCKET_PROXIES", 0),
            upload_cap=_whole(environ, "DOCKET_UPLOAD_CAP", 64 * 1024 * 1024),
            large_cap=_whole(environ, "DOCKET_LARGE_CAP", 4 * 1024**3),
            blob_url=environ.get("DOCKET_BLOB_URL", ""),
            scanner_url=environ.get("DOCKET_SCANNER_URL", ""),
            evidence_engine=environ.get("DOCKET_EVIDENCE_ENGINE") or "duckdb",
            evidence_memory=environ.get("DOCKET_EVIDENCE_MEMORY") or "2GB",
        )
        if production:
            settings.refuse_unsafe()
        return settings

    def refuse_unsafe(self) -> None:
        """Raise UnsafeSettings naming everything that production must not run with (CF-1)."""
        wrong = self.unsafe()
        if wrong:
            raise UnsafeSettings(" ".join(wrong))

    def unsafe(self) -> list[str]:
        wrong = []
        if len(self.secret_key) < KEY_CHARACTERS:
            wrong.append("DOCKET_SECRET_KEY must have at least 32 characters.")
        if not self.base_url.startswith("https://"):
            wrong.append("DOCKET_BASE_URL must begin with https://.")
        if not self.trusted_hosts:
            wrong.append("DOCKET_TRUSTED_HOSTS must name the hosts that are served.")
        if self.data_dir.stat().st_mode & 0o077:
            wrong.append("The data directory may be read by other accounts: chmod 700.")
        return wrong


def _own_key(data_dir: Path, *, production: bool) -> str:
    """A key made on first use and kept beside the data, for laptops. Production brings its own."""
    if production:
        return ""
    path = data_dir / "secret_key"
    if not path.exists():
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:  # another process was first
            return path.read_text()
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text.strip() else None
    except ValueError:
        raise UnsafeSettings(
            f"DOCKET_ENACTED is {text!r}: write a date as 2027-01-04, or leave it empty."
        ) from None


def _folder(text: str) -> Path | None:
    if not text.strip():
        return None
    path = Path(text).resolve()
    if not path.is_dir():
        raise UnsafeSettings(
            f"DOCKET_STATUTE_DIR is {text!r}: name a folder that holds statute packs."
        )
    return path


def _whole(environ: Mapping[str, str], name: str, otherwise: int) -> int:
    text = environ.get(name, "")
    if not text:
        return otherwise
    if not text.isdecimal():
        raise UnsafeSettings(f"{name} is {text!r}: write a whole number.")
    return int(text)
