"""Baseline two: one step of five questions as a developer would write it by hand with Flask, WTForms, Jinja and SQLite.

The same questions as the step that is measured, the same kind of page around them, a CSRF token, every answer on disk
before the reply. No compiled procedure, no path through steps, no encryption, no draft kept as typed, no second tab,
no second language. Run by gunicorn, one sync worker.
"""

from __future__ import annotations

import json
import os
import sqlite3
from datetime import timedelta

from flask import Flask, Response, redirect, render_template, request, session, url_for
from wtforms import Form, RadioField, StringField
from wtforms.csrf.session import SessionCSRF
from wtforms.validators import InputRequired, Length, Optional, Regexp

application = Flask(__name__)
application.secret_key = "only for the bench"
DATABASE = sqlite3.connect(os.environ.get("BENCH_DATABASE", ":memory:"), check_same_thread=False)
DATABASE.executescript(
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    "CREATE TABLE IF NOT EXISTS draft (id TEXT PRIMARY KEY, answers TEXT NOT NULL);"
    "INSERT OR IGNORE INTO draft VALUES ('1', '{}');"
)
NAME = Regexp(r"^[^0-9<>]+$", message="Un nom ne contient pas de chiffre.")


class StepForm(Form):
    class Meta:
        csrf = True
        csrf_class = SessionCSRF
        csrf_secret = b"only for the bench"
        csrf_time_limit = timedelta(hours=8)

        @property
        def csrf_context(self) -> object:
            return session

    birth_name = StringField(
        "Nom de naissance",
        [InputRequired("Écrivez le nom de naissance."), Length(max=200), NAME],
        description="Le nom de famille, comme sur le passeport ou l’acte de naissance.",
    )
    used_name = StringField(
        "Nom d’usage", [Optional(), Length(max=200), NAME], description="Seulement s’il est différent."
    )
    first_names = StringField(
        "Prénoms",
        [InputRequired("Écrivez les prénoms."), Length(max=200), NAME],
        description="Tous les prénoms, dans l’ordre du passeport.",
    )
    sex = RadioField(
        "Sexe écrit sur les papiers",
        [InputRequired("Choisissez une réponse.")],
        choices=[("f", "F"), ("m", "M"), ("x", "X"), ("blank", "Rien n’est écrit")],
    )
    foreigner_number = StringField(
        "Numéro étranger",
        [Optional(), Regexp(r"^[0-9]{10}$", message="Le numéro étranger a 10 chiffres.")],
        description="Souvent 10 chiffres. Il est derrière la carte de séjour, en haut à droite.",
    )


def _draft() -> str:
    return request.cookies.get("draft", "1")


@application.get("/step")
def show() -> str:
    row = DATABASE.execute("SELECT answers FROM draft WHERE id = ?", (_draft(),)).fetchone()
    return render_template("handwritten.html", form=StepForm(data=json.loads(row[0])))


@application.post("/step")
def receive() -> Response | tuple[str, int]:
    form = StepForm(request.form)
    if not form.validate():
        return render_template("handwritten.html", form=form), 422
    answers = {name: value for name, value in form.data.items() if name != "csrf_token"}
    with DATABASE:
        DATABASE.execute("UPDATE draft SET answers = ? WHERE id = ?", (json.dumps(answers), _draft()))
    return redirect(url_for("show"), 303)  # type: ignore[return-value]
