"""Two editions of a list that names the respondent of the demo, and a file that waits."""

from __future__ import annotations

from io import BytesIO

from casework.screening.actions.watchlists import Order, import_edition
from casework.screening.watchlists.reading import ListFile
from tests.browser_paths.crawl import Ways, signed_in
from tests.browser_paths.docket import Docket
from tests.factories import AT
from tests.watchlists.samples import company, csl, ftm
from views.clock import today

NAMED = "Training Example Intelligent Technology Co., Ltd."
EDITIONS = (
    csl(company(1, name=NAMED), company(2)),
    csl(company(1, name=NAMED, remarks="Also at the harbor."), company(3)),
)


def bring_lists(docket: Docket) -> None:
    for content in EDITIONS:
        import_edition(
            docket.sessions.begin,
            Order(source="csl", files=[ListFile("csl.csv", BytesIO(content))]),
            at=AT,
            on=today(),
            progress=lambda _told: None,
        )


def hand_in_parties(docket: Docket, key: str) -> None:
    """A file that the officer has looked at and not recorded."""
    client = signed_in(docket, key)
    fields = Ways("/entities/import", client.get("/entities/import").text).fields
    party = {"id": "p1", "schema": "Company", "properties": {"name": ["Lantern Example Ltd"]}}
    answer = client.post(
        "/entities/import",
        data={
            "csrf_token": fields["csrf_token"],
            "submission_key": fields["submission_key"],
            "file_format": "ftm",
            "file": (BytesIO(ftm(party)), "parties.json"),
        },
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303, answer.text
