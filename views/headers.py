"""Headers on every answer (HD-1 to HD-3)."""

from __future__ import annotations

from flask import Flask, Response, g, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
YEAR = 365 * 24 * 3600


def send_headers(app: Flask, *, secure: bool) -> None:
    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        headers["Referrer-Policy"] = "same-origin"
        if secure:
            headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
        if "kept_for" in g and response.status_code in {200, 304} and not _has_cookie():
            headers["Cache-Control"] = f"public, max-age={g.kept_for}, must-revalidate"
        elif request.endpoint not in {"static", "assets.font"}:
            if not response.cache_control.no_store:
                headers["Cache-Control"] = "no-store"
            response.vary.add("Cookie")
        return response


def _has_cookie() -> bool:
    """An answer to somebody with a session may set its cookie anew, so nobody else keeps it."""
    return bool(request.cookies)
