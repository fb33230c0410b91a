"""Static files under names that change with their content, so that they may be cached for good."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, send_file, url_for

from views.access import public

assets = Blueprint("assets", __name__)

FONTS = {
    "PublicSans.ttf": ("fontpkg_public_sans", "files/PublicSans[wght].ttf"),
    "PublicSans-Italic.ttf": ("fontpkg_public_sans", "files/PublicSans-Italic[wght].ttf"),
}
YEAR = 365 * 24 * 3600


def font_path(name: str) -> Path:
    package, path = FONTS[name]
    return Path(str(files(package).joinpath(path)))


@assets.get("/static/fonts/<name>")
@public
def font(name: str) -> Response:
    """Typefaces are served from their installed packages; no copy lies in the repository."""
    if name not in FONTS:
        abort(404)
    return send_file(font_path(name), mimetype="font/ttf", max_age=YEAR)


@assets.get("/favicon.ico")
@public
def favicon() -> Response:
    return current_app.send_static_file("img/docket.svg")


def asset_urls(app: Flask) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR
    versions: dict[str, str] = {}

    def asset(path: str) -> str:
        if path.startswith("fonts/"):
            return url_for("assets.font", name=path.removeprefix("fonts/"))
        if path not in versions:
            content = (Path(str(app.static_folder)) / path).read_bytes()
            versions[path] = hashlib.sha256(content).hexdigest()[:12]
        return url_for("static", filename=path, v=versions[path])

    app.jinja_env.globals["asset"] = asset
