"""Say what an audit entry records, for readers who do not know the application."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from casework.statute.pack import StatutePack
from casework.workflow.record_kinds import word

Detail = Mapping[str, Any]

# One line for each action word: what happened, with the fields of the detail put in.
_LINES: dict[str, str] = {
    "case.open": "Opened the case about {incidents}",
    "case.carry": "Carried the case over from the text {from_version} to {to_version}",
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
    "marking.begin": "Marked {item}",
    "marking.change": "Changed the marking of {item}",
    "marking.decontrol": "Lifted protection from {item}",
    "marking.list": "Put {name} on the list of readers of {item}",
    "marking.unlist": "Took {name} off the list of readers of {item}",
    "notice.send": "Gave notice to the submitter of {report}",
    "notice.answer": "Recorded what the submitter of {report} answered",
    "notice.rule": "Ruled on the release of information from {report}",
    "finding.write": "Answered element {element}{about}: {answer}",
    "finding.review": "Read the answer to element {element}{about} as second reader",
    "incident.link": "Linked {object}",
    "purpose.state": "Stated the purpose{about}",
    "recommendation.make": "Recommended on {measure}{about}",
    "recommendation.decide": "Decided on the recommendation on {measure}{about}",
    "determination.sign": "Signed the determination{about}: {kind}",
    "motion.move": "Put a question to the vote{about}: {question}",
    "ballot.cast": "Cast a ballot for {agency}",
    "motion.close": "Closed the vote{about}",
    "postponement.ask": "Asked for {agency} to vote by {until} instead",
    "postponement.answer": "Answered for {agency} the request to vote later",
    "escalation.raise": "Took a matter up for {agency}: {level}",
    "escalation.settle": "Recorded what a level above decided: {level}, {outcome}",
    "permission.record": "Recorded a permission of {owner} for {ref}",
    "permission.revoke": "Recorded that {owner} took back its permission for {ref}",
    "list.propose": "Proposed an entry for the public list{about}",
    "list.publish": "Published the entry on the public list{about}",
    "list.take_down": "Took the entry on the public list down{about}: {ground}",
    "petition.record": "Recorded a petition against {measure}{about}",
    "petition.answer": "Answered the petition against {measure}{about}",
    "legal_hold.place": "Placed the legal hold ordered by {authority}",
    "legal_hold.release": "Released the legal hold ordered by {authority}",
    "disposition.propose": "Proposed to destroy {files} stored files",
    "disposition.decide": "Decided on the proposal to destroy stored files",
    "packet.prepare": "Prepared packet {object} for {recipient}",
    "packet.render": "Drew the pages of packet {object}",
    "packet.fail": "Could not draw the pages of packet {object}",
    "packet.retry": "Asked for the pages of packet {object} again",
    "packet.issue": "Issued packet {object} to {recipient}",
    "packet.download": "Downloaded packet {object}",
    "report.passage": "Wrote “{section}” of the report “{title}”",
    "report.annex": "Registered where an annex of the report “{title}” is held",
    "report.prepare": "Prepared the report “{title}”, edition {object}",
    "report.render": "Drew the pages of the report “{title}”, edition {object}",
    "report.fail": "Could not draw the pages of the report “{title}”, edition {object}",
    "report.retry": "Asked for the pages of the report “{title}”, edition {object}, again",
    "report.check": "Checked the report “{title}”, edition {object}: {gate}",
    "report.approve": "Approved the report “{title}”, edition {object}",
    "report.download": "Downloaded the report “{title}”, edition {object}",
    "report.transmit": "Noted that the report “{title}”, edition {object}, was {step}: {receiver}",
}
# The vocabulary of a field's codes.
_VOCABULARY_OF = {
    "answer": "answer",
    "kind": "decision_kind",
    "level": "escalation_level",
    "ground": "takedown_ground",
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
    vocabulary = _VOCABULARY_OF.get(name)
    if vocabulary:
        return _label(vocabulary, str(value), pack)
    if name == "measure" and value in pack.measures:
        return pack.measures[str(value)].title
    if name == "agency" and value in pack.agencies:
        return pack.agencies[str(value)].label
    if name == "question" and value in pack.ballots:
        return pack.ballots[str(value)].title
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
    row = pack.records.get(kind)
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
