"""`valid_from`, `valid_until`: nobody begins outside these days, and whoever began before goes on."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader

from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.written import SLUG, installed

STEPS = """
- id: "you"
  title: "Vous"
  fields:
    - {id: "name", kind: "name", label: "Votre nom"}
"""
DAYS = """
valid_from: "2026-12-01"
valid_until: "2026-12-31"
"""
START = f"/fr/{SLUG}/"


@pytest.fixture
def small(tmp_path: Path) -> Installation:
    return installed(tmp_path, STEPS, DAYS)


def on(small: Installation, month: int, day: int, year: int = 2026) -> Person:
    small.clock.now = datetime(year, month, day, 12, tzinfo=UTC)
    return Person(small.client())


@pytest.mark.parametrize(
    ("day", "title", "why"),
    [
        ((11, 30), "Vous ne pouvez pas encore commencer", "à partir du 1er décembre 2026"),
        ((1, 1, 2027), "Vous ne pouvez plus commencer", "était le 31 décembre 2026"),
    ],
)
def test_nobody_begins_outside_the_days(small: Installation, day: tuple[int, ...], title: str, why: str) -> None:
    inside = on(small, 12, 1).open(START)
    form = inside.form(holds="csrf_token")
    late = on(small, *day)
    late.client = inside.client
    assert title in late.open("/fr/").text
    shown = late.open(START)
    assert title in shown.text
    assert why in shown.text
    assert "Le centre d'essai" in shown.text.replace("’", "'")
    assert "Le site d'essai" in shown.text.replace("’", "'")
    assert "Reprendre avec un code" in shown.text
    assert "<button>Commencer" not in shown.html
    refused = late.press(form)
    assert refused.reply.status_code == 409
    assert title in refused.text


@pytest.mark.parametrize("day", [1, 31])
def test_one_begins_on_the_first_and_on_the_last_day(small: Installation, day: int) -> None:
    person = on(small, 12, day)
    assert "Dernier jour pour commencer : 31 décembre 2026." in person.open(START).text
    assert person.start(SLUG).heading == "Vous"


def test_who_has_begun_goes_on_after_the_last_day(small: Installation) -> None:
    person = on(small, 12, 31).start(SLUG)
    form = person.form()
    small.clock.forward(days=2)
    went_on = person.press(form, "continue", name="Diallo")
    assert went_on.reply.status_code == 200
    assert urlsplit(went_on.url).path.endswith("/check"), "a one-question file is complete"


def test_the_blank_form_says_both_days(small: Installation) -> None:
    reply = on(small, 11, 30).open(f"{START}formulaire.pdf").reply
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(reply.get_data())).pages).split())
    assert "À partir du 1er décembre 2026." in said
    assert "Dernier jour pour commencer : 31 décembre 2026." in said
