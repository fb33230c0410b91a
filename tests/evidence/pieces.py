"""Sending a file in pieces, as static/js/upload.js does."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from werkzeug.test import TestResponse

from models import Case
from tests.browser import DocketClient

PIECE = 1000  # bytes, in place of the eight mebibytes of the product
CONTENT = b"account,prompts\n" + b"".join(b"%d,%d\n" % (n, n * n) for n in range(400))


def begin(
    client: DocketClient, case: Case, fields: Mapping[str, str], **changes: Any
) -> TestResponse:
    told = {"file_name": "extract.csv", "size": str(len(CONTENT)), **fields, **changes}
    return client.post_form(f"/cases/{case.reference}/evidence/uploads", told)


def state(client: DocketClient, answer: TestResponse) -> dict[str, Any]:
    found: dict[str, Any] = client.get(answer.json["state"]).json
    return found


def piece(number: int, content: bytes = CONTENT) -> bytes:
    return content[number * PIECE : (number + 1) * PIECE]


def put(
    client: DocketClient, begun: Mapping[str, Any], number: int, content: bytes, **changes: str
) -> TestResponse:
    headers = {
        "X-CSRFToken": client.csrf_token(),
        "X-Piece-SHA256": changes.get("sha256", hashlib.sha256(content).hexdigest()),
        "Content-Type": "application/octet-stream",
    }
    return client.post(f"{begun['put']}{number}", data=content, headers=headers)


def put_all(client: DocketClient, begun: Mapping[str, Any], content: bytes = CONTENT) -> None:
    for number in range(-(-len(content) // PIECE)):
        answer = put(client, begun, number, piece(number, content))
        assert answer.status_code == 200, answer.text
