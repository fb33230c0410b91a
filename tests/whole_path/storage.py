"""Fresh copies of prepared databases, so that each walk begins in the middle of the work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy

from flask import Flask

from models.engine import open_engine
from tests.databases import Databases
from tests.whole_path.desk import Desk
from tests.whole_path.ledger import Ledger
from tests.whole_path.preparing import go_further, prepare

PLACE = "walk"


class Prepared:
    """Two databases with three cases each, one further on than the other, and what the test
    knows of them. Every walk has a copy at one and the same place, under one engine: what the
    engine has compiled once serves them all. `current` is the desk of the walk under way.
    """

    def __init__(self, databases: Databases, app: Flask) -> None:
        self.databases = databases
        self.current = Desk(open_engine(databases.copy(PLACE)), app, Ledger())
        self.starts = [self._kept("near", prepare), self._kept("far", go_further)]

    def _kept(self, name: str, work: Callable[[Desk], None]) -> tuple[str, Ledger]:
        work(self.current)
        self.current.close()
        self.current.ledger.reached.clear()
        url = self.databases.copy(name, of=self.current.url)
        return url, deepcopy(self.current.ledger)

    def drop(self) -> None:
        self.current.close()
        for url in (self.current.url, *(start for start, _ in self.starts)):
            self.databases.drop(url)

    @contextmanager
    def desk(self, *, far: bool = False) -> Iterator[Desk]:
        desk = self.fresh(far=far)
        try:
            yield desk
        finally:
            desk.close()

    def fresh(self, *, far: bool = False) -> Desk:
        url, ledger = self.starts[far]
        self.current.close()
        self.databases.drop(self.current.url)
        self.databases.copy(PLACE, of=url)
        self.current = Desk(self.current.engine, self.current.app, deepcopy(ledger))
        return self.current
