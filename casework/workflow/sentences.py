"""Say what an audit entry records, for readers who do not know the application."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from casework.statute.pack import StatutePack
from casework.workflow.record_kinds import KINDS, word

Detail = Mapping[str, Any]

# One line for each action word: what happened, with the fields of the detail put in.
_LINES: dict[str, str] = {
    "case.open": "Opened the case about {incidents}",
    "case.edit": "Changed title or summary",
    "case.link": "Linked {object}",
    "case.unlink": "Took back the link to {object}",
    "case.subject": "Named {name} as a subject",
    "case.unsubject": "Removed {name} from the subjects",
    "case.lead": "Made {name} the lead",
    "case.recuse": "Recorded that {name} is recused",
    "case.comment": "Wrote a comment",
    "member.add": "Gave {name} access to the case",
    "member.remove": "Took access to the case from {name}",
    "task.add": "Set a task for {assignee}: {title}",
    "task.finish": "Finished the task: {title}",
    "position.ask": "Asked {object} for its position",
    "exhibit.receive": "Received exhibit {object}: {title}",
    "exhibit.download": "Downloaded exhibit {object}",
    "finding.write": "Answered element {element}{about}: {answer}",
    "finding.review": "Read the answer to element {element}{about} as second reader",
    "incident.link": "Linked {object}",
    "purpose.state": "Stated the purpose{about}",
    "recommendation.make": "Recommended on {measure}{about}",
    "recommendation.decide": "Decided on the recommendation on {measure}{about}",
    "determination.sign": "Signed the determination{about}: {kind}",
    "packet.prepare": "Prepared packet {object} for {recipient}",
    "packet.render": "Drew the pages of packet {object}",
    "packet.fail": "Could not draw the pages of packet {object}",
    "packet.retry": "Asked for the pages of packet {object} again",
    "packet.issue": "Issued packet {object} to {recipient}",
    "packet.download": "Downloaded packet {object}",
}
_WINDOW = {
    "summary_cleared": "Cleared the unclassified summary for {name}",
    "opened": "Opened the response window of {name}, until {closes}",
    "answered": "Recorded the answer of {name}",
    "lapsed": "Recorded that the response window of {name} lapsed",
    "waived": "Waived the response window of {name}",
}


def sentence(
    action: str, subject: str, detail: Detail, pack: StatutePack, names: Mapping[str, str]
) -> str:
    """What was done, without who and when. `subject` is `kind:key` as in the log; `names` are
    those of entities by id.

    An action without a line of its own is told by its words, so that nothing is left out.
    """
    special = _SPECIAL.get(action)
    if special:
        return special(subject, detail, pack)
    line = _LINES.get(action)
    if line is None:
        return action.replace(".", ": ").replace("_", " ").capitalize()
    about = names.get(str(detail.get("entity", "")))
    told = {**detail, "about": f" about {about}" if about else ""}
    return _fill(line, subject, told, pack)


def reason(detail: Detail) -> str:
    """Why it was done, as the officer wrote it; empty where nothing was asked."""
    return str(detail.get("reason") or detail.get("note") or "")


def _fill(line: str, subject: str, detail: Detail, pack: StatutePack) -> str:
    values = _Words({name: _shown(name, value, pack) for name, value in detail.items()})
    values["object"] = _object(subject, pack)
    return line.format_map(values)


class _Words(dict[str, str]):
    """A field that an entry lacks is told as such instead of failing the whole page."""

    def __missing__(self, key: str) -> str:
        return "(not recorded)"


def _shown(name: str, value: object, pack: StatutePack) -> str:
    """Codes of the pack by their words, lists with commas."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    vocabulary = {"answer": "answer", "kind": "decision_kind"}.get(name)
    if vocabulary:
        return _label(vocabulary, str(value), pack)
    if name == "measure" and value in pack.measures:
        return pack.measures[str(value)].title
    return str(value)


def _label(vocabulary: str, code: str, pack: StatutePack) -> str:
    words = {term.code: term.label for term in pack.vocabularies[vocabulary].terms}
    return words.get(code, code)


def _object(subject: str, pack: StatutePack) -> str:
    kind, _, key = subject.partition(":")
    if kind == "agency" and key in pack.agencies:
        return pack.agencies[key].label
    return key.rpartition("/")[2]


def _advance(subject: str, detail: Detail, pack: StatutePack) -> str:
    stage = pack.stages.get(str(detail.get("to_stage")))
    step = detail.get("step", "Moved the case")
    return f"{step}: now at {stage.title}" if stage else str(step)


def _position(subject: str, detail: Detail, pack: StatutePack) -> str:
    said = str(detail.get("position", ""))
    if said == "silent":
        return f"Logged that {_object(subject, pack)} did not answer in time"
    return f"Position of {_object(subject, pack)}: {_label('position', said, pack)}"


def _record(subject: str, detail: Detail, pack: StatutePack) -> str:
    kind, outcome = str(detail.get("kind", "")), str(detail.get("outcome", ""))
    row = KINDS.get(kind)
    if row is None:
        return "Put something on record"
    told = "" if row.of_case else f": {word(kind, outcome, pack)}"
    return f"{row.title}{told}, {detail.get('happened_on', '')}"


def _window(subject: str, detail: Detail, pack: StatutePack) -> str:
    line = _WINDOW.get(str(detail.get("step")), "Recorded a step of the response window of {name}")
    return _fill(line, subject, detail, pack)


_SPECIAL: dict[str, Callable[[str, Detail, StatutePack], str]] = {
    "case.advance": _advance,
    "position.state": _position,
    "stage.record": _record,
    "window.step": _window,
}
