"""The one blueprint to which all pages about incidents belong."""

from __future__ import annotations

from flask import Blueprint

incidents = Blueprint("incidents", __name__, url_prefix="/incidents")
