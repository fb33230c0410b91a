"""Apply the logic of a pack to answers: nine conclusions, and what each rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.statute.days import ImpossibleDate, add_years, read_day
from casework.statute.kleene import Truth, all_of, any_of, opposite, truth
from casework.statute.pack import Conclusion, Condition, StatutePack

ANSWERS = ("met", "not_met", "insufficient", "n/a")


class AnswerRefused(ValueError):
    """An answer, date or fact that the pack has no place for; `field` names it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Ground:
    """One answer that a conclusion rests on; `element` may also be a condition of the pack."""

    element: str
    citation: str
    answer: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every reported conclusion as `met`, `not_met` or `insufficient`, with its grounds."""

    values: Mapping[str, str]
    because: Mapping[str, tuple[Ground, ...]]


def evaluate(
    pack: StatutePack,
    answers: Mapping[str, str],
    dates: Mapping[str, str | date] | None = None,
    facts: Mapping[str, str | bool] | None = None,
) -> Evaluation:
    """Conclusions for one subject; AnswerRefused for what the pack does not know.

    A missing answer counts as `insufficient`, `n/a` as `not_met`. Dates are local Washington
    days, as values or written `YYYY-MM-DD`.
    """
    _check_answers(pack, answers)
    days = _days(pack, dates or {})
    _check_facts(pack, facts or {})
    sheet = _Sheet(pack, answers, days, facts or {})
    names = [row.id for row in pack.reported]
    return Evaluation(
        {name: sheet.value(name).value for name in names},
        {name: tuple(sheet.grounds(name)) for name in names},
    )


def _check_answers(pack: StatutePack, answers: Mapping[str, str]) -> None:
    for name, answer in answers.items():
        element = pack.elements.get(name)
        if element is None:
            raise AnswerRefused(f"answers.{name[:40]}", "no such element in this text")
        if element.derived_from:
            raise AnswerRefused(f"answers.{name}", "is derived from other answers, not given")
        if answer not in ANSWERS:
            raise AnswerRefused(f"answers.{name}", f"{_short(answer)} is no answer")


def _days(pack: StatutePack, dates: Mapping[str, str | date]) -> dict[str, date]:
    found = {}
    for name, day in dates.items():
        if name not in pack.days:
            raise AnswerRefused(f"dates.{name[:40]}", "no such date in this text")
        try:
            found[name] = day if isinstance(day, date) else read_day(day)
        except ImpossibleDate as error:
            raise AnswerRefused(f"dates.{name}", str(error)) from None
    return found


def _check_facts(pack: StatutePack, facts: Mapping[str, str | bool]) -> None:
    for name, value in facts.items():
        row = pack.facts.get(name)
        if row is None:
            raise AnswerRefused(f"facts.{name[:40]}", "no such fact in this text")
        fits = value in row.values if row.values else isinstance(value, bool)
        if not fits:
            wanted = ", ".join(row.values) or "true or false"
            raise AnswerRefused(f"facts.{name}", f"{_short(value)} is not one of: {wanted}")


def _short(value: object) -> str:
    return repr(value)[:60]


class _Sheet:
    """The values of one evaluation, each worked out once."""

    def __init__(
        self,
        pack: StatutePack,
        answers: Mapping[str, str],
        days: Mapping[str, date],
        facts: Mapping[str, str | bool],
    ) -> None:
        self._pack = pack
        self._answers = answers
        self._days = days
        self._facts = facts
        self._values: dict[str, Truth] = {}
        self._grounds: dict[str, dict[Ground, None]] = {}

    def value(self, name: str) -> Truth:
        if name not in self._values:
            self._values[name] = self._work_out(name)
        return self._values[name]

    def _work_out(self, name: str) -> Truth:
        if name in self._pack.conclusions:
            return self._conclude(self._pack.conclusions[name])
        if name in self._pack.conditions:
            return self._test(self._pack.conditions[name])
        return self._answer(name)

    def _conclude(self, row: Conclusion) -> Truth:
        parts = [self.value(each) for each in row.all_of]
        parts += [opposite(self.value(each)) for each in row.unless]
        if row.any_of:
            parts.append(any_of(self.value(each) for each in row.any_of))
        return all_of(parts)

    def _answer(self, name: str) -> Truth:
        element = self._pack.elements[name]
        if element.derived_from:
            return self.value(element.derived_from)
        if name not in self._answers and element.falls_back_to:
            return self.value(element.falls_back_to)
        answer = self._answers.get(name, Truth.INSUFFICIENT)
        return Truth.NOT_MET if answer == "n/a" else Truth(answer)

    def _test(self, row: Condition) -> Truth:
        if row.fact:
            known = self._facts.get(row.fact)
            if known is None:
                return Truth(row.when_missing)
            return truth(known=known == row.equals if row.equals else known is True)
        day = self._days.get(row.day)
        other = self._days.get(row.after or row.not_before)
        if day is None or other is None:
            return Truth(row.when_missing)
        return truth(known=day > other if row.after else _not_before(day, other, row.years_back))

    def grounds(self, name: str) -> dict[Ground, None]:
        """Return what `name` rests on, in order and once each: the parts that give it its value."""
        if name not in self._grounds:
            self._grounds[name] = self._find_grounds(name)
        return self._grounds[name]

    def _find_grounds(self, name: str) -> dict[Ground, None]:
        if name in self._pack.conclusions:
            return self._join(self._deciding(self._pack.conclusions[name]))
        if name in self._pack.conditions:
            row = self._pack.conditions[name]
            silent = (
                self.value(name) != Truth.INSUFFICIENT and row.fact and row.fact not in self._facts
            )
            return {} if silent else {Ground(name, row.citation, self.value(name).value): None}
        element = self._pack.elements[name]
        given = self._answers.get(name, self.value(name).value)
        own = {Ground(name, element.citation, given): None}
        return own | (self.grounds(element.derived_from) if element.derived_from else {})

    def _join(self, names: Iterable[str]) -> dict[Ground, None]:
        return {ground: None for name in names for ground in self.grounds(name)}

    def _deciding(self, row: Conclusion) -> list[str]:
        value = self.value(row.id)
        required = [*row.all_of, *self._with(row.any_of, value)]
        if value is Truth.MET:
            return [*required, *row.unless]
        group = any_of(self.value(each) for each in row.any_of) if row.any_of else Truth.MET
        alternatives = [] if group is not value else self._with(row.any_of, value)
        return [
            *self._with(row.all_of, value),
            *alternatives,
            *self._with(row.unless, opposite(value)),
        ]

    def _with(self, names: Iterable[str], value: Truth) -> list[str]:
        return [each for each in names if self.value(each) is value]


def _not_before(day: date, other: date, years: int) -> bool:
    try:
        return day >= add_years(other, -years)
    except ImpossibleDate:
        # The calendar has no earlier day than its first, so every day qualifies.
        return True
