"""A language that Guichet does not speak yet, begun as docs/translators.md says: a copy, some words, a start."""

from __future__ import annotations

from pathlib import Path

from app.locale.catalogue import Catalogues
from app.locale.command import main
from app.locale.po import path_of, read
from tests.locale import pseudo
from tests.web.person import Person
from tests.web.written import SLUG, installed

LANGUAGE, NAME = "ti", "ትግርኛ"
STEPS = """
- id: "you"
  title: "Vous"
  fields:
    - {id: "name", kind: "name", label: "Votre nom"}
    - {id: "town", kind: "text", label: "Votre ville"}
"""
SAID = {"messages": {"Continuer": "ቀጽል"}, SLUG: {"Votre nom": "ስምኩም"}}


def extract(place: Path, action: str = "extract") -> int:
    folders = ["--procedures", str(place / "procedures"), "--translations", str(place / "tr")]
    return main([action, "--language", LANGUAGE, *folders])


def translate(place: Path, domain: str, said: dict[str, str]) -> None:
    """As an editor of PO files does it: the words between the quotation marks of a `msgstr`."""
    path = path_of(place / "tr", LANGUAGE, domain)
    text = path.read_text(encoding="utf-8")
    for source, words in said.items():
        before = f'msgid "{source}"\nmsgstr ""'
        assert before in text
        text = text.replace(before, f'msgid "{source}"\nmsgstr "{words}"')
    path.write_text(text, encoding="utf-8")


def test_a_new_language_is_a_copy_of_the_template_some_words_and_a_start(tmp_path: Path) -> None:
    place, site = tmp_path, installed(tmp_path, STEPS)
    assert extract(place) == 0
    assert read(path_of(place / "tr", LANGUAGE, "messages"), LANGUAGE).num_plurals == 2
    assert [one.code for one in Catalogues(place / "tr").available()] == ["fr"], "nothing is translated yet"
    for domain, said in SAID.items():
        translate(place, domain, said)
    assert extract(place) == 0, "the file of a translator is brought up to date"
    assert extract(place, "check") == 0
    assert extract(place, "status") == 1, "not complete"
    spoken = Catalogues(place / "tr")
    assert [(one.code, one.name, one.dir) for one in spoken.available()][1:] == [(LANGUAGE, NAME, "ltr")]
    with pseudo.only(spoken):
        site.restart()
        person = Person(site.client(), LANGUAGE).start(SLUG)
        page = person.html
        assert f'<html lang="{LANGUAGE}" dir="ltr">' in page
        assert ">ቀጽል</button>" in page
        assert "ስምኩም" in page
        assert "Votre nom" not in page
        assert '<span lang="fr" dir="ltr">Votre ville</span>' in page, "what is not translated is French, and says so"
        assert f'lang="{LANGUAGE}" dir="ltr" aria-current="true">{NAME}<' in page
