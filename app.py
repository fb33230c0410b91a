"""Put the application together. Nothing else happens here."""

from __future__ import annotations

import logging
import os
import sys
from datetime import timedelta

from flask import Flask
from flask_compress import Compress
from jinja2 import StrictUndefined
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.middleware.proxy_fix import ProxyFix

from casework.evidence.store import BlobStore
from casework.statute.loader import PackError, read_also
from config import Settings, UnsafeSettings
from models.engine import open_engine
from views import register_commands, register_views
from views.access import deny_undeclared_views
from views.assembly import furnish
from views.assets import asset_urls
from views.audit_key import open_signer
from views.blobs import open_blobs
from views.csrf import protect
from views.errors import register_error_pages
from views.headers import send_headers
from views.origin import note_origin
from views.refusals import write_refusals
from views.schema import refuse_old_schema
from views.sessions import ServerSessions
from views.transaction import one_transaction_per_request
from views.wake import queue_answers


def settings_or_exit() -> Settings:
    """The settings of the environment; unsafe or unreadable ones end the process with one line."""
    try:
        return Settings.from_env(os.environ)
    except (UnsafeSettings, OSError) as fault:
        sys.stderr.write(f"Error: {fault}\n")
        raise SystemExit(2) from None


def read_packs_or_exit(settings: Settings) -> None:
    """Let the texts of the settings' own folder be read; one that clashes ends the process."""
    try:
        read_also([settings.statute_dir] if settings.statute_dir else [])
    except PackError as fault:
        sys.stderr.write(f"Error: {fault}\n")
        raise SystemExit(2) from None


def blobs_or_exit(settings: Settings) -> BlobStore:
    """The exhibits store of the settings; an address that cannot be read ends the process."""
    try:
        return open_blobs(settings)
    except UnsafeSettings as fault:
        sys.stderr.write(f"Error: {fault}\n")
        raise SystemExit(2) from None


def create_app(
    settings: Settings | None = None, sessions: sessionmaker[Session] | None = None
) -> Flask:
    """The application under `settings`, by default those of the environment."""
    settings = settings or settings_or_exit()
    read_packs_or_exit(settings)
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        PROPAGATE_EXCEPTIONS=False,
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        PERMANENT_SESSION_LIFETIME=timedelta(minutes=settings.idle_minutes),
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        COMPRESS_MIMETYPES=["text/html", "text/css", "text/javascript", "application/json"],
        COMPRESS_STREAMS=False,
    )
    app.extensions["settings"] = settings
    app.extensions["blobs"] = blobs_or_exit(settings)
    app.extensions["audit_signer"] = open_signer(settings)
    app.extensions["health_checks"] = [app.extensions["blobs"].works, queue_answers]
    app.jinja_options["undefined"] = StrictUndefined
    app.session_interface = ServerSessions(settings)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]

    app.teardown_request(write_refusals)  # last of all: the request's transaction is over by then
    one_transaction_per_request(
        app, sessions or sessionmaker(open_engine(settings.database_url), expire_on_commit=False)
    )
    note_origin(app)
    refuse_old_schema(app)
    protect(app)
    send_headers(app, secure=settings.base_url.startswith("https://"))
    register_error_pages(app)
    asset_urls(app)
    furnish(app)
    register_views(app)
    register_commands(app)
    Compress(app)
    deny_undeclared_views(app)
    return app
