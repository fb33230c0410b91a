"""One database with the application on it, and acts done as a request would do them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from casework.access import Permission, permits
from casework.audit.verification import verify
from casework.errors import CaseworkError
from casework.workflow.queries.cases import visible_case
from models import AuditEntry, Case, Officer
from tests.plain_report import AT
from tests.whole_path.ledger import Docket, Ledger

WASHINGTON = ZoneInfo("America/New_York")


class LeftToTheSchema(AssertionError):
    """The application let something through that only the schema stopped."""


@dataclass(frozen=True, slots=True)
class Act:
    """What an act is done with: one transaction, the case, who, when, and on which day."""

    db: Session
    case: Case
    by: Officer
    at: datetime
    on: date

    @property
    def who_when(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}

    @property
    def who_when_day(self) -> dict[str, Any]:
        return {**self.who_when, "on": self.on}


class Desk:
    def __init__(self, engine: sa.Engine, app: Flask, ledger: Ledger) -> None:
        self.engine, self.app, self.ledger, self.why = engine, app, ledger, ""
        self.open()

    @property
    def url(self) -> str:
        return self.engine.url.render_as_string(hide_password=False)

    def open(self) -> None:
        self.sessions = sessionmaker(self.engine, expire_on_commit=False)
        self.app.extensions["make_session"] = self.sessions

    def close(self) -> None:
        self.engine.dispose()

    def restart(self) -> None:
        """Every connection ends and new ones are made to the same database."""
        self.close()
        self.open()
        with self.sessions() as db:
            found = verify(db)
        assert (found.ok, found.size) == (True, self.ledger.entries), found

    @property
    def at(self) -> datetime:
        return AT + timedelta(days=self.ledger.days, seconds=self.ledger.seconds)

    @property
    def on(self) -> date:
        return self.at.astimezone(WASHINGTON).date()

    def docket(self, reference: str) -> Docket:
        return self.ledger.dockets[reference]

    def act(
        self,
        who: str,
        reference: str,
        permission: Permission | None,
        do: Callable[[Act], Any],
        *entries: str,
        late: bool = False,
        undone: bool = False,
    ) -> Any:
        """What was made, or None where the act was refused and left nothing behind.

        `entries` are the actions that the log must gain, in order. A `late` act is one that had
        loaded its case when a recusal came between; an `undone` one breaks before it is kept.
        """
        self.ledger.seconds += 1
        with self.sessions() as db:
            by = db.get_one(Officer, self.ledger.officers[who])
            case = self._loaded(db, by, reference, permission, late=late)
            made = None if case is None else self._do(db, do, Act(db, case, by, self.at, self.on))
            kept = made is not None and not undone
            db.commit() if kept else db.rollback()
        self._check_entries(entries if kept else (), who, reference)
        if not kept:
            return None
        assert not self.ledger.is_recused(reference, who), f"{who} is recused and has acted"
        self.ledger.reached.update(entries)
        return made

    def _loaded(
        self, db: Session, by: Officer, reference: str, permission: Permission | None, *, late: bool
    ) -> Case | None:
        """The case, as a view loads it for this officer; None for 403 and 404."""
        chosen = sa.select(Case).where(Case.reference == reference)
        case = db.scalars(chosen).one() if late else visible_case(db, by, reference)
        if case is None or (permission and not permits(by, permission, case)):
            self.ledger.refused["NotFound" if case is None else "NotGranted"] += 1
            return None
        return case

    def _do(self, db: Session, do: Callable[[Act], Any], act: Act) -> Any:
        try:
            made = do(act)
            db.flush()
        except CaseworkError as refusal:
            self.ledger.refused[type(refusal).__name__] += 1
            self.why = str(refusal)
            return None
        except DBAPIError as refusal:
            db.rollback()
            raise LeftToTheSchema(str(refusal.orig)) from refusal
        return made

    def _check_entries(self, wanted: tuple[str, ...], who: str, reference: str) -> None:
        """The log has gained exactly these entries, each of this account, case and moment."""
        before, size = self.ledger.entries, self.ledger.entries + len(wanted)
        with self.sessions() as db:
            found = db.execute(
                sa.select(AuditEntry.action, AuditEntry.actor_id, AuditEntry.at)
                .where(AuditEntry.seq >= before)
                .order_by(AuditEntry.seq)
            ).all()
        officer = self.ledger.officers[who]
        assert [tuple(row) for row in found] == [(action, officer, self.at) for action in wanted]
        self.ledger.entries = size
