"""Baseline one: Flask with nothing in it, returning the bytes that Guichet returned; one gunicorn sync worker."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, Response, request

application = Flask(__name__)
FOLDER = Path(os.environ.get("BENCH_BODIES", "."))
BODIES = {path.stem: path.read_bytes() for path in FOLDER.glob("*.html")}


@application.get("/<name>")
def page(name: str) -> Response:
    return Response(BODIES[name], mimetype="text/html")


@application.post("/<name>")
def receive(name: str) -> Response:
    """Reads the form, as any answer to a POST must, and sends the browser on."""
    request.form.to_dict()
    return Response(b"", 303, {"Location": f"/{name}"})


@application.post("/<name>/again")
def refuse(name: str) -> Response:
    """Reads the form and shows the page with its faults."""
    request.form.to_dict()
    return Response(BODIES[name], 422, mimetype="text/html")
