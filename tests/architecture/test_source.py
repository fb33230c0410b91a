"""Rules of the house that no linter of ours knows."""

from __future__ import annotations

import ast
import re

import pytest

from casework.packets import render
from tests.architecture.source import (
    ROOT,
    called,
    calls_in,
    functions_of,
    lines_of,
    product_files,
    short,
    tree_of,
)

MOST_LINES, MOST_LINES_OF_A_VIEW = 250, 25
VIEW_FILES = sorted((ROOT / "views").rglob("*.py"))
# Where text becomes markup without escaping, each with the reason why it may.
OWN_MARKUP = {
    "casework/packets/drawings.py": "the drawing module escapes every name that it writes",
    "casework/packets/render.py": "our own style sheet",
    "views/entities_page.py": "the drawing module escapes every name that it writes",
    "templates/components/shape.html": "drawings of our own, chosen by name",
    "templates/evidence/_pictures.html": "the drawing modules escape every name they write",
}
PROVISION = re.compile(r"\b[2-7]\([a-h]\)(\(\d\))?")
WRITES_OF_A_SESSION = {"add", "add_all", "delete", "execute", "merge", "commit"}


@pytest.mark.parametrize("path", product_files(), ids=short)
def test_a_file_has_250_lines_at_most(path):
    lines = path.read_text().count("\n")

    assert lines <= MOST_LINES


@pytest.mark.parametrize("path", VIEW_FILES, ids=short)
def test_the_body_of_a_view_has_25_lines_at_most(path):
    long = {
        function.name: lines_of(function)
        for function in functions_of(path)
        if _is_view(function) and lines_of(function) > MOST_LINES_OF_A_VIEW
    }

    assert long == {}


def _is_view(function: ast.FunctionDef) -> bool:
    marks = [ast.unparse(decorator) for decorator in function.decorator_list]
    return any(mark == "public" or mark.startswith("requires(") for mark in marks)


@pytest.mark.parametrize("path", product_files(), ids=short)
def test_no_provision_of_the_bill_is_named_in_python(path):
    found = [
        (number, line.strip())
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if PROVISION.search(line)
    ]

    assert found == [], "provision numbers live in the pack"


def test_documents_are_drawn_in_one_place():
    places = [
        short(path)
        for path in product_files()
        for call in calls_in(tree_of(path))
        if called(call) == "weasyprint.HTML"
    ]

    assert len(places) == 1, places


@pytest.mark.parametrize("path", product_files(), ids=short)
def test_markup_is_made_of_literals_only(path):
    made = [call for call in calls_in(tree_of(path)) if called(call).split(".")[-1] == "Markup"]
    risky = [call.lineno for call in made if not isinstance(call.args[0], ast.Constant)]

    assert bool(risky) == (short(path) in OWN_MARKUP), risky


@pytest.mark.parametrize("path", product_files(), ids=short)
def test_no_template_is_made_of_a_string(path):
    for call in calls_in(tree_of(path)):
        assert called(call) not in {"render_template_string", "from_string"}, call.lineno


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_no_template_passes_text_unescaped(path):
    text = path.read_text()

    found = re.findall(r"\|\s*safe\b|autoescape\s+false", text)

    assert bool(found) == (short(path) in OWN_MARKUP), found


def test_every_template_of_a_page_compiles(fresh_app):
    names = fresh_app.jinja_env.list_templates()
    for name in names:
        if not name.startswith("documents/"):
            assert fresh_app.jinja_env.get_template(name).name == name
    assert names


def test_every_template_of_a_document_compiles():
    environment = render._ENVIRONMENT  # noqa: SLF001 (documents have an environment of their own)
    names = environment.list_templates(extensions=["html"])
    for name in names:
        assert environment.get_template(name).name == name
    assert names


def test_exceptions_name_files_that_exist():
    assert all((ROOT / name).exists() for name in OWN_MARKUP)


@pytest.mark.parametrize("path", VIEW_FILES, ids=short)
def test_views_do_not_write_by_themselves(path):
    if path.name == "transaction.py":
        return
    for call in calls_in(tree_of(path)):
        owner, _, act = called(call).rpartition(".")
        assert not (owner in {"db", "session", "store"} and act in WRITES_OF_A_SESSION), call.lineno


@pytest.mark.parametrize("path", product_files(), ids=short)
def test_a_transaction_is_ended_in_one_file_only(path):
    if short(path) == "views/transaction.py":
        return
    for call in calls_in(tree_of(path)):
        assert called(call).split(".")[-1] not in {"commit", "rollback"}, call.lineno


@pytest.mark.parametrize("path", product_files(), ids=short)
def test_the_clock_is_read_in_one_file_only(path):
    if short(path) == "views/clock.py":
        return
    for call in calls_in(tree_of(path)):
        name = called(call)
        assert not name.endswith(("datetime.now", "date.today", "datetime.utcnow")), call.lineno


def test_addresses_are_plain_words_and_keys_have_types(fresh_app):
    plain = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.(ico|json|csv|txt))?")
    for rule in fresh_app.url_map.iter_rules():
        fixed = [part for part in rule.rule.strip("/").split("/") if part and "<" not in part]
        assert all(plain.fullmatch(part) for part in fixed), rule.rule
        for name in rule.arguments:
            if name.endswith("_id") and name not in {"element_id", "provision_id"}:
                assert f"<uuid:{name}>" in rule.rule, rule.rule
            if name.endswith("_number"):
                assert f"<int:{name}>" in rule.rule, rule.rule
