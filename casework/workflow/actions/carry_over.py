"""Carry a running case over from one text of the law to another. Nothing carries by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.errors import InvalidValue
from casework.statute import carrying, crossing
from casework.statute.crossing import Choice, Question
from casework.statute.loader import available, load_pack
from casework.statute.pack import StatutePack
from casework.workflow.actions.admission import refuse_recused
from casework.workflow.actions.cases import check_version
from casework.workflow.queries import carried
from models import CarryOver, Case, Officer


@dataclass(frozen=True, slots=True)
class Crossing:
    """What a case meets on its way to another text.

    `lacking` names what is on record and unknown to that text; while there is any, the case
    stays. `stages` are the codes and titles to choose from, empty where its stage goes on.
    """

    to: StatutePack
    questions: tuple[Question, ...]
    stages: tuple[tuple[str, str], ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """`choices` by the key of their question; `stage` is empty where none was asked for."""

    reason: str
    stage: str = ""
    choices: Mapping[str, Choice] = field(default_factory=dict)


def crossing_of(session: Session, case: Case, to_version: str) -> Crossing:
    """Every difference that touches the case. InvalidValue for a text that it cannot go to."""
    old = load_pack(case.text_version)
    if to_version not in available() or to_version == case.text_version:
        raise InvalidValue("Choose another text that is at hand.", "to_version")
    if case.stage in old.closing:
        raise InvalidValue("The case is closed. Its record stays under its text.", "to_version")
    new = load_pack(to_version)
    moves = carried.moves_of(session, case)
    answered: dict[str, int] = {}
    for _, element in carried.counting(session, case, moves):
        answered[element] = answered.get(element, 0) + 1
    lost = crossing.needs_stage(case.stage, new)
    return Crossing(
        new,
        tuple(crossing.questions(old, new, answered)),
        tuple((row.id, row.title) for row in new.stages.values() if lost and not row.closes),
        tuple(_lacking(session, case, old, new)),
    )


def _lacking(session: Session, case: Case, old: StatutePack, new: StatutePack) -> list[str]:
    measures, kinds = carried.codes_on_record(session, case)
    words = {term.code: term.label for term in old.vocabularies["decision_kind"].terms}
    known = new.codes("decision_kind")
    return [
        *(old.measures[each].title for each in sorted(measures) if each not in new.measures),
        *(words.get(each, each) for each in sorted(kinds) if each not in known),
    ]


def carry_over(
    session: Session,
    case: Case,
    to_version: str,
    decided: Decided,
    *,
    by: Officer,
    at: datetime,
    version: int,
) -> CarryOver:
    """Let the case run under another text from now on. Answers stay as they were written.

    StaleVersion; Forbidden for a recused person; InvalidValue for a difference that is not
    decided, a missing reason or stage, or a text that lacks what is on record.
    """
    session.execute(sa.select(Case.id).where(Case.id == case.id).with_for_update())
    check_version(case, version)
    refuse_recused(session, case, by)
    met = crossing_of(session, case, to_version)
    _check(met, decided)
    row = CarryOver(
        case_id=case.id,
        by_id=by.id,
        by_person_id=by.person_id,
        at=at,
        from_version=case.text_version,
        to_version=to_version,
        from_stage=case.stage,
        to_stage=decided.stage if met.stages else case.stage,
        decisions=_decisions(session, case, met.questions, decided.choices),
        reason=decided.reason,
    )
    session.add(row)
    case.text_version, case.stage = row.to_version, row.to_stage
    session.flush()
    _log(session, case, row, by, at)
    return row


def _check(met: Crossing, decided: Decided) -> None:
    if met.lacking:
        raise InvalidValue(
            f"The text does not know what is on record here: {', '.join(met.lacking)}."
            " Finish the case under its own text.",
            "to_version",
        )
    crossing.check_choices(met.questions, decided.choices)
    if met.stages and decided.stage not in dict(met.stages):
        raise InvalidValue("Choose the stage at which the case goes on.", "stage")
    if not decided.reason.strip():
        raise InvalidValue("Say why the case goes over to this text.", "reason")


def _decisions(
    session: Session, case: Case, asked: Collection[Question], choices: Mapping[str, Choice]
) -> dict[str, Any]:
    moves = carried.moves_of(session, case)
    upto = carrying.upto(carried.all_answers(session, case), moves)
    return {
        question.key: {
            "choice": choices[question.key].choice,
            "reason": choices[question.key].reason,
            "to": question.difference.after,
            "upto": upto.get(question.difference.before, {}),
        }
        for question in asked
    }


def _log(session: Session, case: Case, row: CarryOver, by: Officer, at: datetime) -> None:
    audit.record(
        session,
        by,
        "case.carry",
        f"case:{case.reference}",
        at=at,
        case=case,
        from_version=row.from_version,
        to_version=row.to_version,
        from_stage=row.from_stage,
        to_stage=row.to_stage,
        reason=row.reason,
        decisions={key: decision["choice"] for key, decision in row.decisions.items()},
    )
