"""`flask evidence analyze`: a usage log in, the four factors of each cluster of accounts out.

No database is opened: the command serves whoever has a log and this program, and nothing else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from views.cli.answers import as_json

evidence_cli = AppGroup("evidence", help="Usage logs.")
_PATH = click.Path(path_type=Path)


@evidence_cli.command("analyze")
@click.argument("logs", nargs=-1, required=True, metavar="LOG…", type=_PATH)
@click.option("--out", required=True, type=_PATH, metavar="DIR", help="A folder, new or empty.")
@click.option("--markers", type=_PATH, help="Releases and events of rivals, as JSON.")
@click.option("--public-prompts", type=_PATH, help="Hashes of public templates, one on a line.")
@click.option("--map", "pairs", multiple=True, metavar="OURS=THEIRS", help="A column's name there.")
@click.option("--zone", help="IANA zone of times written without one, such as UTC.")
@click.option("--epoch-unit", type=click.Choice(["s", "ms", "us"]), help="Of times in numbers.")
@click.option("--memory", help="Limit, such as 2GB; by default DOCKET_EVIDENCE_MEMORY.")
@click.option("--engine", help="duckdb or an Ibis URL; by default DOCKET_EVIDENCE_ENGINE.")
@click.option("--threads", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--sensitivity", is_flag=True, help="Say also what coarser and finer cuts give.")
@as_json
def analyze(*, as_json: bool, memory: str | None, engine: str | None, **asked: Any) -> None:
    """Find accounts that act together in the rows of LOG…, and measure the four factors.

    DIR gets report.json, accounts.csv, rejected.csv and the plots.
    """
    # Imported on use: what computes takes longer to load than the rest of the application.
    from views.cli.evidence_work import Asked, carry_out  # noqa: PLC0415

    settings = current_app.extensions["settings"]
    carry_out(
        Asked(
            memory=memory or settings.evidence_memory,
            engine=engine or settings.evidence_engine,
            **asked,
        ),
        in_json=as_json,
    )
