"""Passwords: NIST SP 800-63B-4 length rules, argon2id at the parameters of OWASP."""

from __future__ import annotations

import re
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST, MOST = 15, 128  # characters
OWN_WORD, UNCOMMON, DISTINCT = 3, 6, 5  # characters of a telling word, left over, different

_COMMON = (
    "password",
    "passphrase",
    "letmein",
    "qwertyuiop",
    "1234567890",
    "iloveyou",
    "welcome",
    "administrator",
    "correcthorsebatterystaple",
    "changeme",
    "extractiondocket",
    "docket",
    "sanctions",
    "commerce",
    "treasury",
    "department",
    "government",
    "secretsecret",
)


@cache
def hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobody() -> str:
    return hasher().hash("nobody has this password")


def fault(password: str, *, name: str, email: str) -> str:
    """Why a password is refused, as a sentence that says what to do; empty when it is accepted."""
    if len(password) < LEAST:
        return f"Use at least {LEAST} characters; this has {len(password)}. A few words will do."
    if len(password) > MOST:
        return f"Use at most {MOST} characters; this has {len(password)}."
    bare = re.sub(r"[\W_]+", "", password.casefold())
    own = [part for part in re.split(r"\W+", f"{name} {email}".casefold()) if len(part) >= OWN_WORD]
    rest = bare
    for word in (*_COMMON, *own):
        rest = rest.replace(word, "")
    if len(rest) < UNCOMMON or len(set(bare)) < DISTINCT:
        return "This is made of common or personal words only. Add words that nobody would guess."
    return ""


def matches(password: str, stored: str | None) -> bool:
    """Compare in the same time whether or not there is an account (AN-7)."""
    try:
        return hasher().verify(stored or _nobody(), password) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False
