"""Every action that changes something writes its entry in the log, found by reading the source."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeGuard

import pytest

from tests.architecture.source import ROOT, called, calls_in, name_of, tree_of

FILES = sorted(
    path
    for path in (ROOT / "casework").rglob("*.py")
    if path.stem == "actions" or (path.parent.name == "actions" and path.stem != "__init__")
)
RECORD = "casework.audit.record"
ADDS = {"session.add", "session.add_all", "session.delete", "session.merge"}
CHANGES_BY_STATEMENT = {"sa.update", "sa.insert", "sa.delete"}

# What changes rows and yet has no entry of its own, each with the reason.
WITHOUT_ENTRY = {
    "casework.desk.actions.keep_draft": "a draft is the officer's own and no part of any record",
    "casework.desk.actions.drop_draft": "a draft is the officer's own and no part of any record",
    "casework.desk.actions.remember_submission": "the action of the form has its entry",
    "casework.evidence.actions.exhibits.check": "the custody register is the record",
    "casework.evidence.actions.exhibits.enter": "the custody register is the record",
    "casework.evidence.actions.uploads.drop_pieces": "part of ending the upload",
    "casework.evidence.actions.uploads.put_piece": "opening and completing it have theirs",
    "casework.handling.actions.first.note_first": "part of receiving the item",
    "casework.incidents.actions.marks.mark_first": "part of submitting the report",
    "casework.incidents.actions.marks.note_marks": "part of submitting the report",
    "casework.people.actions.accounts.add_organization": "gives no right to anybody",
    "casework.people.actions.accounts.end_all_sessions": "part of actions that are logged",
    "casework.people.actions.accounts.end_sessions": "part of signing in and out",
    "casework.people.actions.accounts.keep_session": "says when a session was seen",
    "casework.workflow.actions.scope.put_incidents": "part of opening a case",
    "casework.workflow.actions.scope.put_subjects": "part of opening a case",
    "casework.screening.actions.watchlist_rows.count_grams": "part of importing an edition",
    "casework.screening.actions.watchlist_rows.end_entries": "part of importing an edition",
    "casework.screening.actions.watchlist_rows.store_entries": "part of importing an edition",
    "casework.screening.actions.watchlist_rows.store_rejects": "part of importing an edition",
}


@dataclass
class Action:
    """One function: whether it changes rows itself, and the full names of what it calls."""

    changes: bool = False
    calls: set[str] = field(default_factory=set)


def imported(tree: ast.Module) -> dict[str, str]:
    """Names of the file and the full names behind them."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def changes(function: ast.FunctionDef) -> bool:
    """It adds or removes rows, runs a changing statement, or sets a field of what it was given."""
    given = {argument.arg for argument in function.args.args + function.args.kwonlyargs}
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and called(node) in ADDS | CHANGES_BY_STATEMENT:
            return True
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AugAssign) else targets
        owners = [leaf.value for each in targets for leaf in ast.walk(each) if _is_field(leaf)]
        if any(isinstance(owner, ast.Name) and owner.id in given for owner in owners):
            return True
    return False


def _is_field(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute)


def read(path: Path) -> dict[str, Action]:
    tree, module = tree_of(path), name_of(path)
    names = imported(tree)
    local = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    found = {}
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        action = Action(changes(node))
        for call in calls_in(node):
            head, _, rest = called(call).partition(".")
            full = f"{module}.{head}" if head in local else names.get(head, head)
            action.calls.add(f"{full}.{rest}" if rest else full)
        found[f"{module}.{node.name}"] = action
    return found


ACTIONS = {name: action for path in FILES for name, action in read(path).items()}
PUBLIC = sorted(name for name in ACTIONS if not name.rpartition(".")[2].startswith("_"))


def reached(name: str) -> set[str]:
    seen, waiting = set(), [name]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += ACTIONS[here].calls if here in ACTIONS else []
    return seen


def alters(name: str) -> bool:
    return any(ACTIONS[each].changes for each in reached(name) if each in ACTIONS)


@pytest.mark.parametrize("name", [name for name in PUBLIC if alters(name)])
def test_an_action_that_changes_something_writes_its_entry(name):
    recorded = RECORD in reached(name)

    assert recorded != (name in WITHOUT_ENTRY), "one or the other, and an exception has its reason"


def test_exceptions_name_actions_that_exist_and_change_something():
    assert all(name in PUBLIC and alters(name) for name in WITHOUT_ENTRY)


def test_the_reading_finds_actions_that_change_by_each_of_the_ways():
    assert alters("casework.people.actions.accounts.set_active")
    assert alters("casework.people.actions.accounts.end_all_sessions")
    assert alters("casework.legislation.actions.record_event")
    assert len(PUBLIC) > 30
