"""Baseline two: one step of six questions as a developer would write it by hand with Flask, WTForms, Jinja and SQLite.

No compiled procedure, no encryption, no path, no conflict check, no second language. Run by gunicorn, one sync worker.
"""

from __future__ import annotations

import json
import os
import sqlite3

from flask import Flask, Response, render_template_string, request
from wtforms import DateField, EmailField, Form, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

application = Flask(__name__)
DATABASE = sqlite3.connect(os.environ.get("BENCH_DATABASE", ":memory:"), check_same_thread=False)
DATABASE.executescript(
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    "CREATE TABLE IF NOT EXISTS draft (id TEXT PRIMARY KEY, answers TEXT NOT NULL);"
    "INSERT OR IGNORE INTO draft VALUES ('1', '{}');"
)

TEMPLATE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Votre enfant</title></head><body>
<main id="main"><h1>Votre enfant</h1>
{% if form.errors %}<div role="alert"><ul>{% for name, said in form.errors.items() %}
<li><a href="#{{ name }}">{{ said[0] }}</a></li>{% endfor %}</ul></div>{% endif %}
<form method="post" action="/step">
{% for field in form %}<p>{{ field.label }} {{ field() }}
{%- for said in field.errors %}<span>{{ said }}</span>{% endfor %}</p>{% endfor %}
<button name="action" value="continue">Continuer</button></form></main></body></html>"""


class StepForm(Form):
    name = StringField("Nom", [InputRequired(), Length(max=200)])
    first_names = StringField("Prénoms", [InputRequired(), Length(max=200)])
    born = DateField("Date de naissance", [InputRequired()])
    sex = RadioField("Sexe", [InputRequired()], choices=[("f", "Féminin"), ("m", "Masculin")])
    country = SelectField("Pays", [InputRequired()], choices=[("SN", "Sénégal"), ("CN", "Chine"), ("ML", "Mali")])
    email = EmailField("Adresse électronique", [Optional(), Length(max=254)])


@application.get("/step")
def show() -> str:
    row = DATABASE.execute("SELECT answers FROM draft WHERE id = ?", (request.cookies.get("draft", "1"),)).fetchone()
    return render_template_string(TEMPLATE, form=StepForm(data=json.loads(row[0])))


@application.post("/step")
def receive() -> str | Response | tuple[str, int]:
    form = StepForm(request.form)
    if not form.validate():
        return render_template_string(TEMPLATE, form=form), 422
    answers = {name: str(value) for name, value in form.data.items() if name != "born"}
    with DATABASE:
        DATABASE.execute(
            "UPDATE draft SET answers = ? WHERE id = ?", (json.dumps(answers), request.cookies.get("draft", "1"))
        )
    return Response(status=303, headers={"Location": "/step"})
