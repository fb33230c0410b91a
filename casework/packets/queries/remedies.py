"""Measures and positions as a packet prints them; silence of an agency is shown as silence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from casework.decisions.measures import items_of
from casework.decisions.queries.decisions import state_of
from casework.packets.judgement import Determination, Exemption, Measure, NotTaken, Position
from casework.packets.lettering import day
from casework.packets.queries.appraisal import References, officer_words
from casework.packets.queries.holdings import washington_day
from casework.packets.release import DELIBERATION, PUBLIC
from casework.packets.words import Authority, PositionKind
from casework.statute.pack import StatutePack
from casework.workflow.record import Act
from models import Determination as DeterminationRow
from models import Recommendation

_APPLIES = {"yes": "Applies", "no": "Does not apply", "n/a": "Does not arise"}
_PUT_FORWARD = frozenset({"drafted", "approved"})


def measures(
    rows: Iterable[Recommendation], references: References, pack: StatutePack
) -> tuple[Measure, ...]:
    """Those put forward; each says whether somebody with the power to has approved it."""
    return tuple(
        Measure(
            pack.measures[row.measure].title,
            pack.measures[row.measure].citation,
            Authority(pack.measures[row.measure].authority),
            pack.measures[row.measure].decider,
            (_standing(row), row.reasons),
            (references[row.entity_id],) if row.entity_id else (),
            _exemptions(row, pack),
        )
        for row in rows
        if state_of(row) in _PUT_FORWARD
    )


def _standing(row: Recommendation) -> str:
    if not row.decisions:
        return f"Drafted by {officer_words(row.by)} on {_day(row)}. Not yet approved by anybody."
    decision = row.decisions[0]
    approved = f"Approved by {officer_words(decision.by)} on {day(washington_day(decision.at))}"
    return f"{approved}. {decision.reasons}".strip()


def _day(row: Recommendation) -> str:
    return day(washington_day(row.at))


def _exemptions(row: Recommendation, pack: StatutePack) -> tuple[Exemption, ...]:
    items = {item.id: item for item in items_of(pack, row.measure)}
    return tuple(
        Exemption(items[one.item].label, items[one.item].citation, _APPLIES[one.applies], one.text)
        for one in row.considerations
    )


def not_taken(
    rows: Iterable[Recommendation], pack: StatutePack, review_on: date | None, *, recipient: str
) -> tuple[NotTaken, ...]:
    """Measures that were considered and left, or put forward and not approved.

    The public learns that, not how officers argued.
    """
    return tuple(
        NotTaken(
            pack.measures[row.measure].title,
            pack.measures[row.measure].citation,
            DELIBERATION
            if recipient == PUBLIC
            else "\n".join(
                [row.reasons, *(one.reasons for one in row.decisions if not one.approved)]
            ),
            review_on,
        )
        for row in rows
        if state_of(row) not in _PUT_FORWARD
    )


def determinations(
    rows: Iterable[DeterminationRow], references: References, pack: StatutePack
) -> tuple[Determination, ...]:
    """What was decided and signed, the newest first, with the hash of the record it rests on."""
    kinds = {term.code: term.label for term in pack.vocabularies["decision_kind"].terms}
    return tuple(
        Determination(
            kinds.get(row.kind, row.kind),
            references.get(row.entity_id, row.entity.name),
            officer_words(row.by),
            row.decided_on,
            (row.reasons,),
            row.record_sha256,
        )
        for row in rows
    )


def positions(acts: Sequence[Act], pack: StatutePack) -> tuple[Position, ...]:
    """The newest position of each agency that was asked or spoke."""
    asked = {act.key: act for act in acts if act.source == "request"}
    stated = {act.key: act for act in acts if act.source == "position"}
    return tuple(
        _stated(_agency(code, pack), stated[code])
        if code in stated
        else _silent(_agency(code, pack), asked[code])
        for code in dict.fromkeys([*asked, *stated])
    )


def _agency(code: str, pack: StatutePack) -> str:
    return pack.agencies[code].label if code in pack.agencies else code


def _stated(agency: str, act: Act) -> Position:
    return Position(agency, PositionKind(act.value), act.text, act.by, washington_day(act.at))


def _silent(agency: str, act: Act) -> Position:
    due = f", answer due {day(act.day)}" if act.day else ""
    told = f"Asked on {day(washington_day(act.at))}{due}. No answer is on record."
    return Position(agency, PositionKind.SILENT, told)
