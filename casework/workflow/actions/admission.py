"""Who may still act in a case: nobody recused from it, and nobody once it is closed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from casework.errors import Forbidden
from casework.statute.closing import refuse_closed
from casework.statute.loader import load_pack
from casework.workflow.queries.team import is_recused
from models import Case, Officer


def admit(session: Session, case: Case, by: Officer) -> None:
    """Forbidden for a recused person; TransitionBlocked in a case whose stage closes it."""
    refuse_recused(session, case, by)
    refuse_closed(load_pack(case.text_version), case.stage)


def refuse_recused(session: Session, case: Case, officer: Officer) -> None:
    """Forbidden when the person behind the account is recused from the case."""
    if is_recused(session, case, officer):
        raise Forbidden(f"{officer.name} is recused from this case.")
