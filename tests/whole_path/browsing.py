"""The same walk through HTTP: acts by form, and what a recused person is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from models import (
    AuditEntry,
    Determination,
    ListProposal,
    ListPublication,
    MeasureHold,
    Motion,
    MotionClosing,
    Officer,
    OwnerPermission,
    Petition,
    Recommendation,
    SignInSession,
)
from tests.browser import DocketClient
from tests.factories import TEXT_VERSION
from tests.whole_path.desk import Desk
from tests.whole_path.impossible import ENTRIES, OTHER_ENTRIES
from tests.whole_path.leading import Rows
from views import clock

# Everybody on the staff may look entities and reports up; the public list is public.
NAMES_ARE_KNOWN = ("/entities", "/incidents", "/attackers-list")
SEARCHES = ("/cases", "/entities", "/incidents")
KEYS = {
    "approved_id": Recommendation, "closing_id": MotionClosing, "determination_id": Determination,
    "measure_hold_id": MeasureHold, "motion_id": Motion, "permission_id": OwnerPermission,
    "petition_id": Petition, "proposal_id": ListProposal, "publication_id": ListPublication,
    "recommendation_id": Recommendation,
}  # fmt: skip
WORDS = {
    "agency": "STATE", "case_passage": "alternatives", "case_report": "R6", "country": "CN",
    "element": "OW1", "exhibit_number": 1, "kind": "consultation", "measure": "attackers_list",
    "packet_number": 1, "question": "add", "step": "consult", "text_version": TEXT_VERSION,
    "to_version": "paipa_pl117_336",
}  # fmt: skip
ACTS = frozenset({*ENTRIES.values(), *OTHER_ENTRIES.values(), "postponement.answer"})


def set_clock(patch: pytest.MonkeyPatch, desk_of: Any) -> None:
    """Let every view read the time of the walk, wherever it knows the clock by name."""
    real = clock.now
    for name, module in list(sys.modules.items()):
        if name.startswith("views") and getattr(module, "now", None) is real:
            patch.setattr(module, "now", lambda: desk_of().at)


@contextmanager
def signed_in(desk: Desk, who: str) -> Iterator[DocketClient]:
    client = desk.app.test_client()
    assert isinstance(client, DocketClient)
    with desk.sessions() as client.store:
        client.sign_in_as(client.store.get_one(Officer, desk.ledger.officers[who]))
        client.store.execute(sa.update(SignInSession).values(created_at=desk.at, seen_at=desk.at))
        client.store.commit()
        yield client


def post(desk: Desk, who: str, url: str, data: Mapping[str, Any]) -> tuple[int, list[str]]:
    """The status, and the acts that the log has gained by it."""
    desk.ledger.seconds += 1
    with signed_in(desk, who) as client:
        status = client.post_form(url, data).status_code
    acts = new_acts(desk)
    assert bool(acts) == (status == 303), (url, status, acts)
    desk.ledger.reached["by HTTP"] += bool(acts)
    return status, acts


def new_acts(desk: Desk) -> list[str]:
    """Acts among the entries since the last look; what was read or refused is logged, too."""
    with desk.sessions() as db:
        found = db.scalars(
            sa.select(AuditEntry.action)
            .where(AuditEntry.seq >= desk.ledger.entries)
            .order_by(AuditEntry.seq)
        ).all()
    desk.ledger.entries += len(found)
    return [action for action in found if action in ACTS]


def lists(app: Flask) -> list[str]:
    """Every address without arguments that shows something of cases to somebody."""
    skipped = ("/static", "/healthz", "/favicon", "/sign-in", "/audit", "/people", "/account")
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments
        if not rule.rule.startswith(skipped)
    )


def case_pages(desk: Desk, ref: str) -> list[str]:
    """Every address within a case, with things that are in it where there are any."""
    rows = Rows(desk, ref)
    kept = {name: rows.all(table)[:1] for name, table in KEYS.items()}
    keys = {name: found[0].id for name, found in kept.items() if found}
    incident = desk.docket(ref).incident
    values = {"case_ref": ref, "reference": incident, **WORDS, **keys}
    with desk.app.test_request_context():
        adapter = desk.app.url_map.bind("")
        return [
            adapter.build(
                rule.endpoint, {name: values.get(name, uuid4()) for name in rule.arguments}
            )
            for rule in desk.app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
            and "case_ref" in rule.arguments
            and _keyed(rule, values)
        ]


def _keyed(rule: Rule, values: Mapping[str, Any]) -> bool:
    return rule.arguments <= values.keys()


def look_as(desk: Desk, who: str, ref: str, *, within: bool = True) -> int:
    """Assert that the recused person meets nothing of the case; the number of pages read."""
    desk.ledger.seconds += 1
    with signed_in(desk, who) as client:
        try:
            read = _meet(desk, client, who, ref)
            for address in case_pages(desk, ref) if within else ():
                status = client.get(address).status_code
                assert status == 404, f"{who}, recused from {ref}, gets {status} at {address}"
        finally:
            new_acts(desk)
    return read


def _meet(desk: Desk, client: DocketClient, who: str, ref: str) -> int:
    """Read every list, count, search and feed; the number of those that answer."""
    docket, read = desk.docket(ref), 0
    secrets = [docket.reference, docket.title, *docket.exhibits]
    # Parts of what must not be met, since a page repeats what was searched for.
    searched = (docket.reference.removeprefix("MEA-"), docket.title.split()[-1])
    addresses = lists(desk.app)
    addresses += [f"{page}?q={word}" for page in SEARCHES for word in searched]
    for address in [*addresses, *_feed(client)]:
        answer = client.get(address)
        if answer.status_code != 200:
            continue
        read += 1
        names = () if address.startswith(NAMES_ARE_KNOWN) else docket.names.values()
        told = answer.get_data(as_text=True)
        met = [word for word in (*secrets, *names) if word in told]
        assert not met, f"{who}, recused from {ref}, reads {met} at {address}"
    return read


def _feed(client: DocketClient) -> list[str]:
    """The address of the own calendar, as its page tells it once."""
    page = client.post_form("/calendar/feed").get_data(as_text=True)
    start = page.find("/calendar/")
    found = [part.split(".ics")[0] for part in page.split("/calendar/") if ".ics" in part]
    return [f"/calendar/{found[0]}.ics"] if start >= 0 and found else []
