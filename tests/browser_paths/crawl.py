"""Finds every page that an officer can come to by links, as plain HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from tests.browser_paths.docket import Account, Docket

IN_VAIN = 3  # so many pages of one kind may lead to no new kind before the rest is left out
CHOICE = re.compile(r"<any\((.+?)\):(\w+)>")
SOUGHT = "Example"  # what is typed into every field for searching


@dataclass(frozen=True)
class Visit:
    """A page that one officer has opened. `kind` is its endpoint, with the word that the address
    chooses where it chooses one: `entities.new_fact names`. `on_screen` is not what machines read.
    """

    kind: str
    key: str
    path: str
    status: int
    length: int
    on_screen: bool = True


class Ways(HTMLParser):
    """Where a page leads on to: its links, and what its forms for searching would open."""

    def __init__(self, path: str, page: str) -> None:
        super().__init__()
        self._path = path
        self._search = ""
        self.found: list[str] = []
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self._lead_to(given["href"])
        if tag == "form":
            self._search = given.get("action", "") if given.get("method") == "get" else ""
        if tag == "input" and self._search and given.get("name") in ("q", "text"):
            self._lead_to(f"{self._search}?{urlencode({given['name']: SOUGHT})}")
        if tag == "input" and "name" in given:
            self.fields.setdefault(given["name"], given.get("value", ""))

    def _lead_to(self, link: str) -> None:
        target = urljoin(self._path, link).partition("#")[0]
        if target.startswith("/"):
            self.found.append(target)


def signed_in(docket: Docket, key: str) -> FlaskClient:
    """A client whose officer has come in by the form of the sign-in page."""
    client = docket.app.test_client()
    account: Account = docket.accounts[key]
    token = Ways("/", client.get("/sign-in").text).fields["csrf_token"]
    typed = {"email": account.email, "password": account.password, "notice": "y"}
    answer = client.post("/sign-in", data={"csrf_token": token, **typed})
    assert answer.status_code == 303, answer.text
    return client


def walk(client: FlaskClient, key: str, start: Sequence[str] = ("/",)) -> Iterator[Visit]:
    """Follow links until nothing new is left; of pages that are all alike only a few are opened."""
    waiting, seen, known, vain = list(start), set(start), set[str](), Counter[str]()
    while waiting:
        path = waiting.pop()
        kind, sort = kind_of(client.application, path), _sort(client.application, path)
        if vain[sort] >= IN_VAIN:
            continue
        answer = client.get(path)
        is_page = answer.mimetype == "text/html"
        yield Visit(kind, key, path, answer.status_code, len(answer.data), is_page)
        ways = Ways(path, answer.text).found if is_page else []
        new = dict.fromkeys(way for way in ways if way not in seen)
        sorts = {_sort(client.application, way) for way in new}
        vain[sort] = 0 if sorts - known else vain[sort] + 1
        waiting.extend(new)
        seen.update(new)
        known |= sorts


def _sort(app: Flask, path: str) -> str:
    """The kind of a page; one that was searched or filtered is of another sort."""
    return kind_of(app, path) + ("?" if "?" in path else "")


def kind_of(app: Flask, path: str) -> str:
    try:
        rule, values = app.url_map.bind("").match(urlsplit(path).path, return_rule=True)
    except HTTPException:
        return f"no page: {path}"
    return " ".join((rule.endpoint, *(values[name] for name in _choices(rule))))


def kinds(app: Flask) -> set[str]:
    """Every page that the application has, by its kind."""
    found = set()
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            words = [word for choice in _choices(rule).values() for word in choice]
            found |= {f"{rule.endpoint} {word}" for word in words} or {rule.endpoint}
    return found


def _choices(rule: Rule) -> dict[str, list[str]]:
    """The arguments of an address that are one of a few words, with these words."""
    found = CHOICE.findall(rule.rule)
    return {name: [word.strip() for word in words.split(",")] for words, name in found}
